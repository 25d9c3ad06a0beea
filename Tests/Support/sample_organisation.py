"""The sample organisation: two accounts, their roles, policies, trails and organisation policies."""
import hashlib

SHOP, DATA = "111122223333", "444455556666"
ORGANISATION, HOME = "o-exampleorg", "eu-west-1"
BUCKET = "example-org-trails"
PARTNER = "999988887777"
GITHUB = f"arn:aws:iam::{SHOP}:oidc-provider/token.actions.githubusercontent.com"


def digest(*key):
    return hashlib.sha256("/".join(map(str, key)).encode()).hexdigest()


def unique_id(prefix, *key):
    """A unique id as IAM makes them: four letters that tell the kind, and 17 characters."""
    number = int(digest(prefix, *key), 16)
    return prefix + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[number >> 5 * i & 31] for i in range(17))


# Roles that are gone, and whose ids live on.
FIRST_ARCHIVER = unique_id("AROA", SHOP, "order-archiver", "first")
NIGHTLY_ETL = unique_id("AROA", SHOP, "nightly-etl")
NOBODY_KNOWS = unique_id("AROA", SHOP, "gone before any record")


def allow(actions, resource="*", sid=None, condition=None):
    statement = {"Sid": sid} if sid else {}
    statement.update(Effect="Allow", Action=actions, Resource=resource)
    if condition:
        statement["Condition"] = condition
    return statement


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(principal, action="sts:AssumeRole", condition=None):
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    if condition:
        statement["Condition"] = condition
    return statement


def service(name, account=None):
    return trust({"Service": f"{name}.amazonaws.com"},
                 condition={"StringEquals": {"aws:SourceAccount": account}} if account else None)


class Role:
    """A role as its account's snapshot shows it."""

    def __init__(self, account, name, created, trusts, inline=None, attached=(), path="/", boundary=None, key=None,
                 last_used=None, tags=None):
        self.account, self.name, self.path, self.created = account, name, path, created
        self.trust, self.inline, self.attached, self.boundary = policy(*trusts), inline or {}, attached, boundary
        self.id = key or unique_id("AROA", account, name)
        self.arn = f"arn:aws:iam::{account}:role{path}{name}"
        self.last_used, self.tags = last_used, tags or {}


def managed(account, name):
    return f"arn:aws:iam::{account}:policy/{name}"


ADMINISTRATOR = managed("aws", "AdministratorAccess")
AUTOSCALING = managed("aws", "aws-service-role/AutoScalingServiceRolePolicy")
READ_ONLY = managed("aws", "ReadOnlyAccess")
DEPLOY = managed(SHOP, "ci/deploy-access")
LAKE = managed(DATA, "lake/lake-access")
BOUNDARY = managed(DATA, "boundary/developer-boundary")

# (account, ARN) → (date, document). ReadOnlyAccess is attached in the data account and left out of its snapshot.
POLICIES = {
    (SHOP, ADMINISTRATOR): ("2015-02-06T18:39:46Z", policy(allow("*"))),
    (SHOP, AUTOSCALING): ("2018-01-08T23:10:55Z", policy(
        allow(["ec2:Describe*", "ec2:TerminateInstances", "ec2:CreateTags"], sid="EC2InstanceManagement"))),
    (SHOP, DEPLOY): ("2025-04-08T09:30:00Z", policy(
        allow(["lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:GetFunction", "lambda:DeleteFunction"],
              f"arn:aws:lambda:eu-west-1:{SHOP}:function:shop-*", "Functions"),
        allow(["cloudformation:DescribeStacks", "cloudformation:UpdateStack", "cloudformation:DeleteStack"],
              f"arn:aws:cloudformation:eu-west-1:{SHOP}:stack/shop-*/*", "Stacks"),
        allow("iam:PassRole", sid="PassAnything"))),
    (DATA, LAKE): ("2025-02-11T14:05:00Z", policy(
        allow(["glue:GetTable", "glue:GetPartitions", "glue:UpdateTable", "glue:DeleteTable"], sid="Catalog"),
        allow(["athena:StartQueryExecution", "athena:GetQueryResults"],
              f"arn:aws:athena:eu-west-1:{DATA}:workgroup/lake", "Queries"),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], sid="AnyKey"))),
    (DATA, BOUNDARY): ("2025-01-20T10:00:00Z", policy(
        allow(["lambda:*", "logs:*", "s3:Get*", "s3:List*", "cloudformation:*"], sid="WhatDevelopersMayHold"))),
}

LAMBDA = f"arn:aws:lambda:eu-west-1:{SHOP}:function:shop-orders"
KEY = f"arn:aws:kms:eu-west-1:{SHOP}:key/1f0c2d3e-4a5b-4c6d-8e7f-901234567890"
LAKE_KEY = f"arn:aws:kms:eu-west-1:{DATA}:key/7a8b9c0d-1e2f-4a3b-9c4d-567890123456"

ROLES = [
    Role(SHOP, "shop-checkout", "2025-03-03T08:12:45Z", [service("lambda", SHOP)], {"checkout": policy(
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::shop-orders/*", "Orders"),
        allow(["kms:Decrypt", "kms:Encrypt"], KEY, "OrderKey"),
        allow(["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
              f"arn:aws:secretsmanager:eu-west-1:{SHOP}:secret:shop/*", "Secrets"),
        allow(["ssm:GetParameter", "ssm:DeleteParameter"], f"arn:aws:ssm:eu-west-1:{SHOP}:parameter/shop/*", "Parameters"),
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage"], [
            f"arn:aws:dynamodb:eu-west-1:{SHOP}:table/orders", f"arn:aws:sqs:eu-west-1:{SHOP}:orders"], "NoTrailShowsThese"))},
        path="/app/", tags={"owner": "checkout-team"}),
    Role(SHOP, "github-deploy", "2025-04-08T09:20:11Z", [trust(
        {"Federated": GITHUB}, "sts:AssumeRoleWithWebIdentity", {
            "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
            "StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"}})],
        attached=[DEPLOY], path="/ci/", tags={"owner": "platform-team"}),
    Role(SHOP, "platform-admin", "2024-06-17T07:55:02Z", [trust({"AWS": f"arn:aws:iam::{SHOP}:root"})],
         attached=[ADMINISTRATOR], path="/platform/", tags={"owner": "platform-team"}),
    Role(SHOP, "media-sync", "2025-05-21T13:40:30Z", [service("ecs-tasks")], {"media": policy(
        allow("s3:*", ["arn:aws:s3:::shop-media", "arn:aws:s3:::shop-media/*"], "EverythingInTheBucket"))},
        path="/app/", tags={"owner": "media-team"}),
    Role(SHOP, "finance-readonly", "2024-11-04T10:10:10Z", [trust({"AWS": f"arn:aws:iam::{SHOP}:root"})], {
        "all-but-identity": policy({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"})},
        path="/finance/", tags={"owner": "finance"}),
    Role(SHOP, "legacy-export", "2023-09-12T15:02:00Z", [trust({"AWS": [NOBODY_KNOWS, f"arn:aws:iam::{SHOP}:user/build-bot"]})], {
        "export": policy(allow(["rds:DescribeDBSnapshots", "rds:StartExportTask", "rds:DeleteDBSnapshot"]))},
        last_used="2026-03-14T04:31:09Z"),
    Role(SHOP, "reporting-trial", "2026-01-15T11:45:00Z", [service("quicksight")], {
        "trial": policy(allow(["athena:StartQueryExecution", "athena:GetQueryResults"]),
                        allow(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]))}, path="/trial/"),
    Role(SHOP, "order-archiver", "2026-09-07T09:12:04Z", [service("scheduler", SHOP)], {
        "archive": policy(allow(["states:StartExecution", "states:DescribeExecution"],
                                f"arn:aws:states:eu-west-1:{SHOP}:*"),
                          allow("sts:AssumeRole", f"arn:aws:iam::{DATA}:role/lake/lake-ingest"))},
        path="/app/", key=unique_id("AROA", SHOP, "order-archiver", "second"), tags={"owner": "orders-team"}),
    Role(SHOP, "ops-jump", "2025-01-09T09:00:00Z", [trust(
        {"AWS": f"arn:aws:iam::{SHOP}:root"}, ["sts:AssumeRole", "sts:SetSourceIdentity"], {"ArnLike": {"aws:PrincipalArn": [
            f"arn:aws:iam::{SHOP}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Operator_*",
            f"arn:aws:iam::{SHOP}:role/ops-night-shift"]}})], {
        "jump": policy(allow("sts:AssumeRole", f"arn:aws:iam::{DATA}:role/lake/lake-maintenance"))}, tags={"owner": "operations"}),
    Role(SHOP, "partner-orders", "2025-07-01T12:00:00Z", [trust({"AWS": f"arn:aws:iam::{PARTNER}:root"})], {
        "orders": policy(allow(["s3:GetObject"], "arn:aws:s3:::shop-orders/*"))}, tags={"owner": "partnerships"}),
    Role(SHOP, "flow-log-writer", "2024-08-20T06:30:00Z", [service("vpc-flow-logs", SHOP)], {
        "write": policy(allow(["logs:CreateLogStream", "logs:PutLogEvents"],
                              f"arn:aws:logs:eu-west-1:{SHOP}:log-group:/vpc/flow:*"))}, last_used="2026-10-31T20:45:00Z"),
    Role(SHOP, "AWSReservedSSO_Operator_0a1b2c3d4e5f6789", "2025-01-08T16:20:33Z", [trust(
        {"Federated": f"arn:aws:iam::{SHOP}:saml-provider/AWSSSO_89abcdef01234567_DO_NOT_DELETE"},
        ["sts:AssumeRoleWithSAML", "sts:TagSession"], {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}})], {
        "AwsSSOInlinePolicy": policy(
            allow(["ec2:DescribeInstances", "ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances"]),
            allow("sts:AssumeRole", f"arn:aws:iam::{SHOP}:role/ops-jump"))},
        path="/aws-reserved/sso.amazonaws.com/eu-west-1/"),
    Role(SHOP, "AWSServiceRoleForAutoScaling", "2024-06-17T08:30:00Z", [service("autoscaling")], attached=[AUTOSCALING],
         path="/aws-service-role/autoscaling.amazonaws.com/"),

    Role(DATA, "lake-ingest", "2025-02-11T14:10:00Z", [service("glue", DATA), trust({"AWS": FIRST_ARCHIVER})],
         attached=[LAKE], path="/lake/", tags={"owner": "lake-team"}),
    Role(DATA, "lake-reader", "2025-02-11T14:12:00Z", [trust({"AWS": [NIGHTLY_ETL, f"arn:aws:iam::{SHOP}:role/finance/finance-readonly"]})], {
        "read": policy(allow(["glue:GetTable", "glue:GetPartitions"]))}, path="/lake/", tags={"owner": "lake-team"}),
    Role(DATA, "lake-maintenance", "2025-02-12T08:00:00Z", [trust(
        {"AWS": f"arn:aws:iam::{SHOP}:role/ops-jump"}, ["sts:AssumeRole", "sts:SetSourceIdentity"])], {
        "maintain": policy(allow(["glue:GetTable", "glue:DeleteTable"]),
                           allow(["cloudtrail:StartLogging", "cloudtrail:StopLogging", "cloudtrail:DescribeTrails"]))},
        path="/lake/", tags={"owner": "operations"}),
    Role(DATA, "glue-partner-sync", "2025-09-30T10:25:00Z", [service("glue", DATA)], {
        "sync": policy(allow(["glue:GetTable", "glue:GetPartitions", "glue:CreateTable"]))}, tags={"owner": "lake-team"}),
    Role(DATA, "team-sandbox", "2025-06-10T09:45:00Z", [trust({"AWS": f"arn:aws:iam::{DATA}:root"})], {
        "build": policy(allow(["lambda:*", "iam:CreateRole", "iam:AttachRolePolicy"]))},
        path="/dev/", boundary=BOUNDARY, tags={"owner": "lake-team"}),
    Role(DATA, "analyst-readonly", "2025-03-18T11:00:00Z", [trust({"AWS": f"arn:aws:iam::{DATA}:root"})],
         attached=[READ_ONLY], tags={"owner": "analysts"}),
]
BY_NAME = {(r.account, r.name): r for r in ROLES}


def gone(account, name, key, path="/"):
    """A role that no snapshot shows any more; its events do."""
    return Role(account, name, "", [], path=path, key=key)


def zoned(time):
    return time.replace("Z", "+00:00")


def snapshot(account, last_used):
    """What `aws iam get-account-authorization-details` prints. last_used: RoleId → (time, Region)."""
    roles = []
    for role in (r for r in ROLES if r.account == account):
        shown = {"Path": role.path, "RoleName": role.name, "RoleId": role.id, "Arn": role.arn, "CreateDate": zoned(role.created),
                 "AssumeRolePolicyDocument": role.trust, "InstanceProfileList": [],
                 "RolePolicyList": [{"PolicyName": n, "PolicyDocument": d} for n, d in role.inline.items()],
                 "AttachedManagedPolicies": [{"PolicyName": a.rsplit("/", 1)[1], "PolicyArn": a} for a in role.attached]}
        if role.boundary:
            shown["PermissionsBoundary"] = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": role.boundary}
        shown["Tags"] = [{"Key": k, "Value": v} for k, v in role.tags.items()]
        time, region = last_used.get(role.id, (role.last_used, HOME))
        shown["RoleLastUsed"] = {"LastUsedDate": zoned(time), "Region": region} if time else {}
        roles.append(shown)
    policies = []
    for (owner, arn), (date, document) in POLICIES.items():
        if owner != account:
            continue
        name = arn.rsplit("/", 1)[1]
        versions = [{"Document": document, "VersionId": "v2", "IsDefaultVersion": True, "CreateDate": zoned(date)}]
        if arn == DEPLOY:
            versions.append({"Document": policy(allow("lambda:*")), "VersionId": "v1", "IsDefaultVersion": False,
                             "CreateDate": "2025-04-08T09:15:00+00:00"})
        policies.append({
            "PolicyName": name, "PolicyId": unique_id("ANPA", arn), "Arn": arn, "Path": "/" + arn.split("policy/")[1][:-len(name)],
            "DefaultVersionId": "v2", "AttachmentCount": sum(arn in r.attached for r in ROLES if r.account == account),
            "PermissionsBoundaryUsageCount": sum(arn == r.boundary for r in ROLES if r.account == account),
            "IsAttachable": True, "CreateDate": zoned(date), "UpdateDate": zoned(date), "PolicyVersionList": versions})
    users = [{"Path": "/", "UserName": "build-bot", "UserId": unique_id("AIDA", SHOP, "build-bot"),
              "Arn": f"arn:aws:iam::{SHOP}:user/build-bot", "CreateDate": "2023-09-12T14:50:00+00:00", "GroupList": [],
              "UserPolicyList": [{"PolicyName": "list", "PolicyDocument": policy(allow("s3:ListAllMyBuckets"))}],
              "AttachedManagedPolicies": [], "Tags": []}] if account == SHOP else []
    return {"UserDetailList": users, "GroupDetailList": [], "RoleDetailList": roles, "Policies": policies}


def trail_configuration(account):
    """What `describe-trails`, `get-event-selectors` and `get-trail-status` print, in one file."""
    own = account == DATA
    name = "data-trail" if own else "organisation-trail"
    arn = f"arn:aws:cloudtrail:{HOME}:{account}:trail/{name}"
    began = "2026-09-14T07:15:20Z" if own else "2025-01-02T09:00:00Z"
    trail = {"Name": name, "S3BucketName": BUCKET, "IncludeGlobalServiceEvents": True, "IsMultiRegionTrail": True, "HomeRegion": HOME,
             "TrailARN": arn, "LogFileValidationEnabled": False, "HasCustomEventSelectors": not own, "HasInsightSelectors": False,
             "IsOrganizationTrail": not own}
    status = {"IsLogging": True, "LatestDeliveryTime": "2026-10-31T23:55:00+00:00", "StartLoggingTime": zoned(began)}
    if own:
        status["StopLoggingTime"] = "2026-09-11T17:40:12+00:00"
        selectors = {"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [],
                                         "ExcludeManagementEventSources": []}]}
    else:
        selectors = {"AdvancedEventSelectors": [
            {"Name": "Management events", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]},
            {"Name": "Objects of one bucket", "FieldSelectors": [
                {"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                {"Field": "resources.ARN", "StartsWith": ["arn:aws:s3:::shop-orders/"]}]}]}
    return {"account": account, "describeTrails": {"trailList": [trail]}, "getEventSelectors": {"TrailARN": arn, **selectors},
            "getTrailStatus": status}


def organisation_policies():
    full = policy(allow("*"))
    guardrail = policy({"Sid": "KeepTheTrail", "Effect": "Deny", "Action": ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
                        "Resource": "*"})
    # From the root down to the account: the policies of each level.
    return {"organizationId": ORGANISATION, "managementAccountId": SHOP,
            "accounts": {SHOP: [[full], [full]], DATA: [[full], [full, guardrail], [full]]}}
