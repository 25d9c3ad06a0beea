#!/usr/bin/env python3
"""Writes SampleTrails: the trails, snapshots and settings of a small, made-up organisation.

    Tests/Support/make_sample_trails.py            write them anew
    Tests/Support/make_sample_trails.py --check    compare what is there with what would be written

The same bytes come out every time. SampleTrails/README.md, written by hand, says which role shows what.
"""
import datetime
import json
import pathlib
import sys

import sample_organisation as org
from sample_events import CLI, entry, record, role_created, s3_object, service_entry, session_of
from sample_organisation import BY_NAME, DATA, GITHUB, HOME, KEY, LAKE_KEY, LAMBDA, SHOP, digest

FIRST, LAST = datetime.date(2026, 8, 2), datetime.date(2026, 10, 31)
STOP, START = "2026-09-11T17:40:12Z", "2026-09-14T07:15:20Z"      # the data account's trail, over a weekend
DAYS = [(FIRST + datetime.timedelta(n)).isoformat() for n in range((LAST - FIRST).days + 1)]

checkout, deploy = BY_NAME[SHOP, "shop-checkout"], BY_NAME[SHOP, "github-deploy"]
admin, media = BY_NAME[SHOP, "platform-admin"], BY_NAME[SHOP, "media-sync"]
archiver, jump = BY_NAME[SHOP, "order-archiver"], BY_NAME[SHOP, "ops-jump"]
operator, partner = BY_NAME[SHOP, "AWSReservedSSO_Operator_0a1b2c3d4e5f6789"], BY_NAME[SHOP, "partner-orders"]
finance, flow_logs = BY_NAME[SHOP, "finance-readonly"], BY_NAME[SHOP, "flow-log-writer"]
scaling = BY_NAME[SHOP, "AWSServiceRoleForAutoScaling"]
ingest, reader = BY_NAME[DATA, "lake-ingest"], BY_NAME[DATA, "lake-reader"]
maintenance, sync = BY_NAME[DATA, "lake-maintenance"], BY_NAME[DATA, "glue-partner-sync"]
sandbox, analyst = BY_NAME[DATA, "team-sandbox"], BY_NAME[DATA, "analyst-readonly"]
first_archiver = org.gone(SHOP, "order-archiver", org.FIRST_ARCHIVER, "/app/")
nightly_etl = org.gone(SHOP, "nightly-etl", org.NIGHTLY_ETL)
ANA, BO = "ana.lima@example.com", "bo.chen@example.com"


def at(day, key):
    """A time of the working day that follows from what happens."""
    second = 6 * 3600 + int(digest(day, key), 16) % (12 * 3600)
    return f"{day}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


def denied(role, session, action, resource, why):
    arn = f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{session}"
    return f"User: {arn} is not authorized to perform: {action} on resource: {resource} {why}"


def secret(name):
    return f"arn:aws:secretsmanager:{HOME}:{SHOP}:secret:shop/{name}-AbCdEf"


def shop_routine(n, day):
    """What the shop's account does day by day."""
    who = session_of(checkout, "shop-orders", at(day, "checkout"))
    yield [
        lambda t: record(t, who, "kms", "Decrypt", {
            "encryptionContext": {"aws:secretsmanager:arn": secret("database")}, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"},
            resources=[{"accountId": SHOP, "type": "AWS::KMS::Key", "ARN": KEY}]),
        lambda t: record(t, who, "secretsmanager", "GetSecretValue", {"secretId": secret("database")}),
        lambda t: s3_object(t, checkout, "shop-orders", "GetObject", "shop-orders", f"2026/{day[5:7]}/order-{n:04d}.json"),
        lambda t: record(t, who, "ssm", "GetParameter", {"name": "/shop/payment/url", "withDecryption": True}),
    ][n % 4](at(day, "checkout"))
    if n % 4 == 2:
        yield s3_object(at(day, "put"), checkout, "shop-orders", "PutObject", "shop-orders", f"2026/{day[5:7]}/receipt-{n:04d}.json")
    if n % 10 == 1:
        yield service_entry(f"{day}T05:58:30Z", checkout, "shop-orders", "lambda")
    if n % 15 == 3:
        yield service_entry(f"{day}T05:30:11Z", flow_logs, "vpc-flow-logs", "vpc-flow-logs")
    if n % 5 == 2:
        yield record(at(day, "media"), session_of(media, "media-sync", at(day, "media")), "s3", "GetBucketLifecycle", {
            "bucketName": "shop-media", "lifecycle": "", "Host": f"shop-media.s3.{HOME}.amazonaws.com"},
            resources=[{"accountId": SHOP, "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::shop-media"}])
    if n % 9 == 4:
        t = at(day, "scaling")
        yield record(t, session_of(scaling, "AutoScaling", t, invoked_by="autoscaling.amazonaws.com"), "ec2", "DescribeInstances", {
            "instancesSet": {"items": [{"instanceId": "i-0a1b2c3d4e5f60718"}]}, "filterSet": {}})
    if n % 8 == 5:
        t, person = at(day, "operator"), ANA if n % 16 == 5 else BO
        yield entry(t[:17] + "00Z", operator, person, {
            "type": "SAMLUser", "principalId": f"QSBwcm92aWRlciBub2JvZHk=:{person}", "userName": person,
            "identityProvider": "QSBwcm92aWRlciBub2JvZHk="}, "AssumeRoleWithSAML", account=SHOP, request={
            "principalArn": f"arn:aws:iam::{SHOP}:saml-provider/AWSSSO_89abcdef01234567_DO_NOT_DELETE", "durationSeconds": 3600})
        yield record(t, session_of(operator, person, t, mfa=True), "ec2", "DescribeInstances", {
            "instancesSet": {}, "filterSet": {"items": [{"name": "tag:app", "valueSet": {"items": [{"value": "shop"}]}}]}})
    if n % 14 == 6:
        t = at(day, "finance")
        yield record(t, session_of(finance, "month-end", t), "ce", "GetCostAndUsage", {
            "timePeriod": {"start": f"{day[:7]}-01", "end": day}, "granularity": "MONTHLY", "metrics": ["UnblendedCost"]},
            region="us-east-1")
    if n % 12 == 7:
        t = at(day, "partner")
        yield entry(t[:17] + "00Z", partner, "partner-batch", {
            "type": "AWSAccount", "principalId": org.unique_id("AIDA", org.PARTNER, "batch"), "accountId": org.PARTNER},
            account=SHOP, shared=("partner", day))
        yield s3_object(t, partner, "partner-batch", "GetObject", "shop-orders", f"2026/{day[5:7]}/order-{n:04d}.json", (
            "AccessDenied", denied(partner, "partner-batch", "s3:GetObject", f'"arn:aws:s3:::shop-orders/2026/{day[5:7]}/order-{n:04d}.json"',
                                   "with an explicit deny in a resource-based policy")))


def data_routine(n, day):
    """What the data account does day by day."""
    t = at(day, "ingest")
    who = session_of(ingest, "GlueJobRunnerSession", t)
    yield [
        lambda: record(t, who, "glue", "GetTable", {"databaseName": "lake", "name": "orders"}),
        lambda: record(t, who, "kms", "GenerateDataKey", {
            "keyId": LAKE_KEY, "keySpec": "AES_256", "encryptionContext": {"aws:s3:arn": "arn:aws:s3:::data-lake/orders"}},
            resources=[{"accountId": DATA, "type": "AWS::KMS::Key", "ARN": LAKE_KEY}]),
        lambda: record(t, who, "glue", "UpdateTable", {"databaseName": "lake", "tableInput": {"name": "orders"}}),
        lambda: record(t, who, "glue", "GetPartitions", {"databaseName": "lake", "tableName": "orders", "maxResults": 100}),
    ][n % 4]()
    if n % 10 == 3:
        yield service_entry(f"{day}T05:45:00Z", ingest, "GlueJobRunnerSession", "glue")
    if n % 7 == 2:
        t = at(day, "sandbox")
        yield record(t, session_of(sandbox, "zoe.kraus", t), "lambda", "ListFunctions20150331", {"maxItems": 50})
    if n % 8 == 1:
        t = at(day, "analyst")
        yield record(t, session_of(analyst, "analyst", t), "athena", "ListWorkGroups", {"maxResults": 50})
    if n % 11 == 5:
        t = at(day, "sync")
        yield record(t, session_of(sync, "GlueJobRunnerSession", t), "glue", "GetTable", {
            "databaseName": "partner", "name": "deliveries"}, error=("EntityNotFoundException", "Database partner not found."))


def chain(moment):
    """An operator enters ops-jump, and from there the data account: one call, recorded in both accounts."""
    first, second, third = f"{moment}:05Z", f"{moment}:41Z", f"{moment}:59Z"
    yield entry(first, jump, ANA, session_of(operator, ANA, first, mfa=True), request={"sourceIdentity": "ana.lima"}, agent=CLI)
    shared = ("jump", moment)
    yield entry(second, maintenance, ANA, session_of(jump, ANA, second, source_identity="ana.lima"),
                request={"sourceIdentity": "ana.lima"}, shared=shared, agent=CLI)
    yield entry(second, maintenance, ANA, {"type": "AWSAccount", "principalId": f"{jump.id}:{ANA}", "accountId": SHOP},
                request={"sourceIdentity": "ana.lima"}, account=DATA, shared=shared, agent=CLI)
    yield record(third, session_of(maintenance, ANA, third, source_identity="ana.lima"), "glue", "GetTable", {
        "databaseName": "lake", "name": "orders"}, agent=CLI)


def events_once():
    """What happened once: roles made and deleted, a trail stopped, a function created."""
    # A role is deleted, and its name is given to another one.
    for n in range(2, 24, 6):
        t = at(DAYS[n], "archiver")
        yield record(t, session_of(first_archiver, "nightly-archive", t), "states", "StartExecution", {
            "stateMachineArn": f"arn:aws:states:{HOME}:{SHOP}:stateMachine:archive", "input": "HIDDEN_DUE_TO_SECURITY_REASONS"})
    t = "2026-08-28T15:20:33Z"
    yield record(t, session_of(admin, "platform", t, mfa=True), "iam", "DeleteRole", {"roleName": "order-archiver"},
                 region="us-east-1", agent=CLI)
    yield role_created(archiver.created, session_of(admin, "platform", archiver.created, mfa=True), archiver, archiver.trust)
    for day in ("2026-09-10", "2026-10-01", "2026-10-22"):
        t = at(day, "archiver")
        yield record(t, session_of(archiver, "nightly-archive", t), "states", "StartExecution", {
            "stateMachineArn": f"arn:aws:states:{HOME}:{SHOP}:stateMachine:archive", "input": "HIDDEN_DUE_TO_SECURITY_REASONS"})

    # A role that lived for six weeks; what it was is known from its creation.
    t = "2026-08-10T10:02:17Z"
    yield role_created(t, session_of(admin, "platform", t, mfa=True), nightly_etl, org.policy(org.service("glue", SHOP)))
    for n in (9, 17, 33):
        t = at(DAYS[n], "etl")
        yield entry(t, reader, "etl", session_of(nightly_etl, "etl", t), shared=("etl", n))
        yield entry(t, reader, "etl", {"type": "AWSAccount", "principalId": f"{nightly_etl.id}:etl", "accountId": SHOP},
                    account=DATA, shared=("etl", n))
        then = t[:17] + "59Z"
        yield record(then, session_of(reader, "etl", then), "glue", "GetTable", {"databaseName": "lake", "name": "orders"})
    t = "2026-09-20T08:41:50Z"
    yield record(t, session_of(admin, "platform", t, mfa=True), "iam", "DeleteRole", {"roleName": "nightly-etl"},
                 region="us-east-1", agent=CLI)

    # Used while it was granted; the policy was cut afterwards.
    t = "2026-08-20T09:15:12Z"
    yield record(t, session_of(media, "media-sync", t), "cloudfront", "CreateInvalidation2020_05_31", {
        "distributionId": "E1A2B3C4D5E6F7", "invalidationBatch": {"paths": {"quantity": 1, "items": ["/media/*"]},
                                                                 "callerReference": "20260820"}},
        {"invalidation": {"id": "I1A2B3C4D5E6F", "status": "InProgress"}}, region="us-east-1", read_only=False)
    t = "2026-09-02T13:05:44Z"
    yield record(t, session_of(admin, "platform", t, mfa=True), "iam", "PutRolePolicy", {
        "roleName": "media-sync", "policyName": "media", "policyDocument": json.dumps(media.inline["media"], separators=(",", ":"))},
        region="us-east-1", agent=CLI)

    # A pipeline passes a role to a function.
    for day, name in (("2026-08-18", "UpdateFunctionCode20150331v2"), ("2026-10-06", "CreateFunction20150331"),
                      ("2026-10-20", "UpdateFunctionCode20150331v2")):
        t = f"{day}T11:30:20Z"
        subject = "repo:example/shop:ref:refs/heads/main"
        yield entry(f"{day}T11:29:58Z", deploy, "GitHubActions", {
            "type": "WebIdentityUser", "principalId": f"{GITHUB}:sts.amazonaws.com:{subject}", "userName": subject,
            "identityProvider": GITHUB}, "AssumeRoleWithWebIdentity", account=SHOP, response={
            "subjectFromWebIdentityToken": subject, "provider": GITHUB, "audience": "sts.amazonaws.com"})
        who = session_of(deploy, "GitHubActions", t, provider=GITHUB)
        if name.startswith("Create"):
            yield record(t, who, "lambda", name, {
                "functionName": "shop-returns", "runtime": "python3.13", "role": checkout.arn, "handler": "returns.handle", "code": {},
                "publish": False, "packageType": "Zip"}, {
                "functionName": "shop-returns", "functionArn": LAMBDA.replace("shop-orders", "shop-returns"), "role": checkout.arn,
                "runtime": "python3.13", "state": "Pending"})
        else:
            yield record(t, who, "lambda", name, {"functionName": "shop-orders", "s3Bucket": "shop-artifacts", "s3Key": "orders.zip",
                                                  "publish": False, "dryRun": False},
                         {"functionName": "shop-orders", "functionArn": LAMBDA, "state": "Active"})
    t = "2026-10-20T11:31:02Z"
    yield record(t, session_of(deploy, "GitHubActions", t, provider=GITHUB), "iam", "CreateRole", {"roleName": "shop-returns"},
                 error=("AccessDenied", denied(deploy, "GitHubActions", "iam:CreateRole", f"arn:aws:iam::{SHOP}:role/shop-returns",
                                               "because no identity-based policy allows the iam:CreateRole action")),
                 region="us-east-1")

    # A grant on a key, for a job that is long over.
    t = "2026-08-25T16:10:00Z"
    yield record(t, session_of(admin, "platform", t, mfa=True), "kms", "CreateGrant", {
        "keyId": KEY, "granteePrincipal": checkout.arn, "operations": ["Decrypt"]},
        {"grantId": digest("grant"), "keyId": KEY}, resources=[{"accountId": SHOP, "type": "AWS::KMS::Key", "ARN": KEY}], agent=CLI)

    # The data account's trail is stopped on a Friday and started on the Monday after.
    trail = org.trail_configuration(DATA)["getEventSelectors"]["TrailARN"]
    for t, name in ((STOP, "StopLogging"), (START, "StartLogging")):
        yield record(t, session_of(maintenance, ANA, t, source_identity="ana.lima"), "cloudtrail", name, {"name": trail}, agent=CLI)
    for moment in ("2026-08-12T09:21", "2026-09-11T17:38", "2026-09-14T07:10", "2026-10-15T13:52"):
        yield from chain(moment)

    # Operators at work.
    for day, name in (("2026-09-03", "StopInstances"), ("2026-09-04", "StartInstances")):
        t = at(day, name)
        yield record(t, session_of(operator, BO, t, mfa=True), "ec2", name, {
            "instancesSet": {"items": [{"instanceId": "i-0a1b2c3d4e5f60718"}]}}, {
            "instancesSet": {"items": [{"instanceId": "i-0a1b2c3d4e5f60718"}]}}, agent=CLI)
    t = at("2026-10-09", "user")
    yield record(t, {"type": "IAMUser", "principalId": org.unique_id("AIDA", SHOP, "build-bot"), "arn": f"arn:aws:iam::{SHOP}:user/build-bot",
                     "accountId": SHOP, "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "userName": "build-bot"}, "s3", "ListBuckets",
                 {"Host": f"s3.{HOME}.amazonaws.com"}, agent=CLI)


def events():
    found = list(events_once())
    for n, day in enumerate(DAYS):
        found += shop_routine(n, day)
        found += data_routine(n, day)
    found = [e for e in found if e["recipientAccountId"] == SHOP or not STOP < e["eventTime"] < START]
    return sorted(found, key=lambda e: (e["eventTime"], e["eventID"]))


def text(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def trail_files(found):
    """name → content: one file for each account, Region and day, as CloudTrail names them."""
    groups = {}
    for event in found:
        groups.setdefault((event["recipientAccountId"], event["awsRegion"], event["eventTime"][:10]), []).append(event)
    # Delivered again, under another name: CloudTrail promises at least once, not once.
    groups[SHOP, HOME, "2026-08-19", "again"] = groups[SHOP, HOME, "2026-08-19"][:1]
    files = {}
    for (account, region, day, *again), group in groups.items():
        minutes = int(group[-1]["eventTime"][11:13]) * 60 + int(group[-1]["eventTime"][14:16])
        minutes = min(minutes // 5 * 5 + (15 if again else 10), 1435)
        tag = "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[int(digest("file", account, region, day, i, *again), 16) % 62]
                      for i in range(16))
        owner = account if account == DATA else f"{org.ORGANISATION}/{account}"
        files[f"trails/AWSLogs/{owner}/CloudTrail/{region}/{day.replace('-', '/')}/{account}_CloudTrail_{region}_"
              f"{day.replace('-', '')}T{minutes // 60:02d}{minutes % 60:02d}Z_{tag}.json"] = text({"Records": group})
    return files


def last_used(found):
    """RoleId → when and where its sessions last called: what IAM tells as RoleLastUsed."""
    used = {}
    for event in found:
        issuer = event["userIdentity"].get("sessionContext", {}).get("sessionIssuer")
        if issuer:
            used[issuer["principalId"]] = (event["eventTime"], event["awsRegion"])
    return used


def sample():
    found = events()
    ids = [e["eventID"] for e in found]
    assert len(ids) == len(set(ids)), "two events share an id"
    files = trail_files(found)
    for account in (SHOP, DATA):
        files[f"iam/{account}.json"] = text(org.snapshot(account, last_used(found)))
        files[f"config/{account}.json"] = text(org.trail_configuration(account))
    files["org/scp.json"] = text(org.organisation_policies())
    return files


def main():
    root = pathlib.Path(__file__).resolve().parent.parent.parent / "SampleTrails"
    files = sample()
    there = {p.relative_to(root).as_posix() for p in root.rglob("*.json")}
    if sys.argv[1:] == ["--check"]:
        wrong = sorted(there ^ files.keys())
        wrong += sorted(n for n in there & files.keys() if (root / n).read_bytes() != files[n].encode())
        for name in wrong:
            print(f"SampleTrails/{name} is not what Tests/Support/make_sample_trails.py writes", file=sys.stderr)
        return 1 if wrong else 0
    for name in there - files.keys():
        (root / name).unlink()
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    print(f"{len(files)} files, {sum(len(c.encode()) for c in files.values()) // 1000} kB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
