"""CloudTrail records as they are delivered, field by field."""
import datetime
import json
import urllib.parse

from sample_organisation import HOME, digest

TLS = {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256"}
BOTO = "Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux#6.1.132 md/arch#arm64 lang/python#3.13.2 Botocore/1.40.2"
CLI = "aws-cli/2.27.1 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.2 md/prompt#off md/command"


def uuid(*key):
    h = digest("uuid", *key)
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:32]}"


def access_key(*key):
    number = int(digest("key", *key), 16)
    return "ASIA" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[number >> 5 * i & 31] for i in range(9)) + "EXAMPLE"


def spoken(time, later=0):
    """A time, some hours later, as responses show it: Sep 7, 2026, 9:12:04 AM."""
    t = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ") + datetime.timedelta(hours=later)
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[t.month - 1]
    return f"{month} {t.day}, {t.year}, {(t.hour - 1) % 12 + 1}:{t.minute:02d}:{t.second:02d} {'AM' if t.hour < 12 else 'PM'}"


def session_of(role, session, time, invoked_by=None, source_identity=None, mfa=False, provider=None):
    """userIdentity of a session of a role."""
    context = {"sessionIssuer": {"type": "Role", "principalId": role.id, "arn": role.arn, "accountId": role.account,
                                 "userName": role.name}}
    if provider:
        context["webIdFederationData"] = {"federatedProvider": provider, "attributes": {}}
    context["attributes"] = {"creationDate": f"{time[:17]}00Z", "mfaAuthenticated": "true" if mfa else "false"}
    if source_identity:
        context["sourceIdentity"] = source_identity
    who = {"type": "AssumedRole", "principalId": f"{role.id}:{session}",
           "arn": f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{session}", "accountId": role.account,
           "accessKeyId": access_key(role.id, session, time[:10]), "sessionContext": context}
    if invoked_by:
        who["invokedBy"] = invoked_by
    return who


def record(time, who, source, name, request=None, response=None, account=None, region=HOME, error=None, read_only=None,
           resources=None, data=False, extra=None, shared=None, agent=None, kind="AwsApiCall"):
    """One event. error: (code, message). The ids follow from what happened when, to whom."""
    account = account or who["accountId"]
    invoked_by = who.get("invokedBy")
    if read_only is None:
        read_only = name.startswith(("Get", "List", "Describe", "Assume", "Decrypt", "Generate", "Lookup"))
    key = (time, account, source, name, who.get("principalId", invoked_by))
    address = invoked_by or "198.51.100.%d" % (1 + int(digest("address", who.get("principalId")), 16) % 254)
    event = {"eventVersion": "1.11", "userIdentity": who, "eventTime": time, "eventSource": f"{source}.amazonaws.com",
             "eventName": name, "awsRegion": region, "sourceIPAddress": address, "userAgent": invoked_by or agent or BOTO}
    if error:
        event["errorCode"], event["errorMessage"] = error
    event.update(requestParameters=request, responseElements=None if error else response)
    if extra:
        event["additionalEventData"] = extra
    event.update(requestID=uuid("request", *(key if shared is None else shared)), eventID=uuid("event", *key), readOnly=read_only)
    if resources:
        event["resources"] = resources
    event.update(eventType=kind, managementEvent=not data, recipientAccountId=account)
    if shared is not None:
        event["sharedEventID"] = uuid("shared", *shared)
    event["eventCategory"] = "Data" if data else "Management"
    if not invoked_by:
        host = f"{source}.amazonaws.com" if region == "us-east-1" and source == "iam" else f"{source}.{region}.amazonaws.com"
        event["tlsDetails"] = dict(TLS, clientProvidedHostHeader=host)
    return event


def role_resource(role):
    return [{"accountId": role.account, "type": "AWS::IAM::Role", "ARN": role.arn}]


def entry(time, role, session, who, name="AssumeRole", request=None, response=None, **more):
    """Somebody enters a role: AssumeRole and its kin. request, response: what comes on top."""
    answer = {"credentials": {"accessKeyId": access_key(role.id, session, time[:10]),
                              "sessionToken": f"{digest('token', time, session)[:32]}==", "expiration": spoken(time, later=1)},
              "assumedRoleUser": {"assumedRoleId": f"{role.id}:{session}",
                                  "arn": f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{session}"}, **(response or {})}
    return record(time, who, "sts", name, {"roleArn": role.arn, "roleSessionName": session, **(request or {})}, answer,
                  resources=role_resource(role), read_only=True, **more)


def service_entry(time, role, session, service):
    """An AWS service enters a role on its own behalf."""
    host = f"{service}.amazonaws.com"
    return entry(time, role, session, {"type": "AWSService", "invokedBy": host}, account=role.account)


def role_created(time, who, role, document):
    text = json.dumps(document, separators=(",", ":"))
    return record(time, who, "iam", "CreateRole", {"roleName": role.name, "path": role.path, "assumeRolePolicyDocument": text}, {
        "role": {"path": role.path, "roleName": role.name, "roleId": role.id, "arn": role.arn, "createDate": spoken(time),
                 "assumeRolePolicyDocument": urllib.parse.quote(text, safe="")}}, region="us-east-1", agent=CLI)


def s3_object(time, role, session, name, bucket, key, error=None):
    arn = f"arn:aws:s3:::{bucket}"
    return record(time, session_of(role, session, time), "s3", name, {
        "bucketName": bucket, "Host": f"{bucket}.s3.{HOME}.amazonaws.com", "key": key}, None, error=error, data=True,
        read_only=name == "GetObject", resources=[
            {"type": "AWS::S3::Object", "ARN": f"{arn}/{key}"}, {"accountId": role.account, "type": "AWS::S3::Bucket", "ARN": arn}],
        extra={"SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256", "bytesTransferredIn": 0,
               "AuthenticationMethod": "AuthHeader", "bytesTransferredOut": 243 if error else 5120})
