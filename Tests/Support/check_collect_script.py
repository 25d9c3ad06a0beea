#!/usr/bin/env python3
"""Runs what `accessreview collect-script` prints against moto, a stand-in for AWS, and looks at what it wrote.

Needs the environment of Tests/requirements.txt, whose aws and moto_server lie beside this interpreter. Access control is
on while the script runs, so that it is also seen whether the policy of --policy is enough.
"""
import argparse
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import boto3

BIN = pathlib.Path(sys.executable).parent
HOME_REGION, OTHER_REGION = "us-east-1", "eu-west-1"
MEMBERS = {"accessreview", "command", "account", "region", "resource", "parameters", "takenAt", "complete", "error", "output"}
ODD = 'Grüße, "quoted" \\ and\ta tab\nand a line, \u2028 \U0001F511'
ALLOW_ALL = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
# What moto 5 cannot do: it takes the signature of some REST paths for wrong, and lacks an operation.
BEYOND_MOTO = {"lambda list-functions", "sso-admin get-permissions-boundary-for-permission-set"}
failures = []


def check(holds, message):
    if not holds:
        failures.append(message)
        print(f"FAILED: {message}", file=sys.stderr)


class World:
    """moto on a port of its own, with a few resources in it."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(folder / "moto.log", "wb")
        self.server = subprocess.Popen(
            [BIN / "python", "-B", BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)

    def wait(self):
        for _ in range(300):
            if self.server.poll() is not None:
                sys.exit(f"moto ended: {pathlib.Path(self.log.name).read_text(errors='replace')}")
            try:
                urllib.request.urlopen(self.url + "/moto-api/data.json", timeout=5).read()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        sys.exit("moto did not start within a minute")

    def end(self):
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.log.close()

    def client(self, service, region=HOME_REGION, **credentials):
        credentials = credentials or {"aws_access_key_id": "root", "aws_secret_access_key": "root"}
        return boto3.client(service, region_name=region, endpoint_url=self.url, **credentials)

    def control_access(self, on):
        """Whether policies decide from the next call on."""
        # As anything but a form, of which moto would see nothing.
        request = urllib.request.Request(self.url + "/moto-api/reset-auth", data=b"0" if on else b"inf", method="POST",
                                         headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(request).read()

    def user(self, name, policy):
        """A user that may do what the policy says, as variables of the environment."""
        iam = self.client("iam")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="policy", PolicyDocument=policy)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    def fill(self):
        """Makes resources; gives (command, resource) of everything that must be found, and the accounts there are."""
        found = set()
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
        iam = self.client("iam")
        iam.create_role(RoleName="odd", Path="/a/b/", AssumeRolePolicyDocument=json.dumps(trust))
        iam.put_role_policy(RoleName="odd", PolicyName="p", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                                                     "Condition": {"StringEquals": {"aws:PrincipalTag/x": ODD}}}]}))

        s3 = self.client("s3")
        for bucket, place in [("here", None), ("elsewhere", OTHER_REGION)]:
            more = {"CreateBucketConfiguration": {"LocationConstraint": place}} if place else {}
            s3.create_bucket(Bucket=bucket, **more)
            found |= {("s3api get-bucket-location", bucket), ("s3api get-bucket-policy", bucket)}
        s3.put_bucket_policy(Bucket="here", Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::here/*"}]}))

        for region in [HOME_REGION, OTHER_REGION]:
            kms = self.client("kms", region)
            key = kms.create_key(Description=ODD)["KeyMetadata"]
            kms.create_grant(KeyId=key["KeyId"], GranteePrincipal="arn:aws:iam::123456789012:role/odd", Operations=["Decrypt"])
            found |= {(f"kms {x}", key["Arn"]) for x in ["describe-key", "get-key-policy", "list-grants"]}
        region = OTHER_REGION
        queue = self.client("sqs", region).create_queue(QueueName="queue")["QueueUrl"]
        found.add(("sqs get-queue-attributes", queue))
        topic = self.client("sns", region).create_topic(Name="topic")["TopicArn"]
        found.add(("sns get-topic-attributes", topic))
        secrets = self.client("secretsmanager", region)
        secret = secrets.create_secret(Name="a/b@c", SecretString="hidden")["ARN"]
        found.add(("secretsmanager get-resource-policy", secret))
        repository = self.client("ecr", region).create_repository(repositoryName="team/app")["repository"]
        found.add(("ecr get-repository-policy", repository["repositoryArn"]))

        functions = self.client("lambda")
        functions.create_function(
            FunctionName="function", Runtime="python3.12", Role="arn:aws:iam::123456789012:role/a/b/odd", Handler="x.y",
            Code={"ZipFile": b"PK\5\6" + bytes(18)}, Environment={"Variables": {"PASSWORD": "hidden"}})
        functions.add_permission(FunctionName="function", StatementId="s", Action="lambda:InvokeFunction", Principal="*")

        s3.create_bucket(Bucket="logs")
        trail = self.client("cloudtrail").create_trail(Name="trail", S3BucketName="logs", IsMultiRegionTrail=True)["TrailARN"]
        found |= {("cloudtrail get-trail-status", trail), ("cloudtrail get-event-selectors", trail)}

        organizations = self.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        root = organizations.list_roots()["Roots"][0]["Id"]
        organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
        unit = organizations.create_organizational_unit(ParentId=root, Name="unit")["OrganizationalUnit"]["Id"]
        inner = organizations.create_organizational_unit(ParentId=unit, Name="inner")["OrganizationalUnit"]["Id"]
        made = organizations.create_account(Email="a@example.com", AccountName=ODD[:6])["CreateAccountStatus"]["AccountId"]
        organizations.move_account(AccountId=made, SourceParentId=root, DestinationParentId=inner)
        policy = organizations.create_policy(
            Name="scp", Description=ODD[:10], Type="SERVICE_CONTROL_POLICY", Content=ALLOW_ALL)["Policy"]["PolicySummary"]["Id"]
        organizations.attach_policy(PolicyId=policy, TargetId=inner)
        found |= {(f"organizations {x}", policy) for x in ["describe-policy", "list-targets-for-policy"]}
        for parent in [root, unit, inner]:
            found |= {(f"organizations {x}", parent) for x in [
                "list-accounts-for-parent", "list-organizational-units-for-parent", "list-policies-for-target"]}
        found.add(("organizations list-policies-for-target", made))

        sso = self.client("sso-admin")
        instance = sso.list_instances()["Instances"][0]["InstanceArn"]
        permission_set = sso.create_permission_set(Name="Readers", InstanceArn=instance)["PermissionSet"]["PermissionSetArn"]
        found |= {("sso-admin list-permission-sets", instance), ("sso-admin describe-permission-set", permission_set)}

        # The role that --assume enters, in the account that was made.
        inside = self.client("sts").assume_role(RoleArn=f"arn:aws:iam::{made}:role/OrganizationAccountAccessRole", RoleSessionName="maker")
        inside = inside["Credentials"]
        there = self.client("iam", aws_access_key_id=inside["AccessKeyId"], aws_secret_access_key=inside["SecretAccessKey"],
                            aws_session_token=inside["SessionToken"])
        there.create_role(RoleName="Reader", AssumeRolePolicyDocument=json.dumps(trust))
        there.put_role_policy(RoleName="Reader", PolicyName="p", PolicyDocument=ALLOW_ALL)
        return found, made


class Collection:
    """What a run of the script wrote."""

    def __init__(self, program, world, folder, name, options, credentials):
        script = folder / f"{name}.sh"
        script.write_text(subprocess.run(
            [program, "collect-script", *options], stdout=subprocess.PIPE, check=True, text=True).stdout)
        home = folder / f"{name}.home"
        home.mkdir()
        environment = {
            "PATH": f"{command_line(folder)}:{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C.UTF-8", "AWS_ENDPOINT_URL": world.url,
            "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true", "PYTHONDONTWRITEBYTECODE": "1",
            **credentials}
        self.path = folder / name
        # Its umask is not to depend on the caller's.
        os.umask(0o022)
        run = subprocess.run(["bash", script, name], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.name, self.status, self.said = name, run.returncode, run.stderr
        check(run.stdout == "", f"{name}: something on standard output: {run.stdout[:200]}")
        check(not list(home.iterdir()), f"{name}: something was written to the home folder: {list(home.iterdir())}")
        self.lines = []
        check(self.path.is_dir(), f"{name}: no folder: {self.said}")
        for path in sorted(self.path.rglob("*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            check(mode == (0o700 if path.is_dir() else 0o600), f"{name}: {path} has mode {mode:o}")
            if path.is_file():
                self.read(path)
        check(not (self.path / ".work").exists(), f"{name}: the working files are still there")

    def read(self, path):
        text = path.read_bytes().decode("utf-8")
        check(text.endswith("\n"), f"{path}: the last line has no end")
        for line in text.removesuffix("\n").split("\n"):
            try:
                item = json.loads(line)
            except ValueError as error:
                check(False, f"{path}: a line that is not JSON: {error}: {line[:200]}")
                continue
            check(set(item) == MEMBERS and item["accessreview"] == 1, f"{path}: a line with other members: {sorted(item)}")
            check(item["error"] is None or set(item["error"]) == {"code", "message"}, f"{path}: {item['error']}")
            check((item["output"] is None) == (item["error"] is not None), f"{path}: output and error: {line[:200]}")
            self.lines.append(item)

    def incomplete(self):
        return {(x["command"], x["error"] and x["error"]["code"]) for x in self.lines if not x["complete"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, type=lambda x: str(pathlib.Path(x).resolve()))
    program = parser.parse_args().program
    with tempfile.TemporaryDirectory(prefix="accessreview-collect-") as folder:
        folder = pathlib.Path(folder).resolve()
        world = World(folder)
        try:
            world.wait()
            run(program, world, folder)
        finally:
            world.end()
    print(f"The script that collects: {'all as expected' if not failures else f'{len(failures)} checks failed'}")
    return 1 if failures else 0


def command_line(folder):
    """A folder with nothing but aws in it, which version 1 asks SQS at names of long ago without the option."""
    place = folder / "bin"
    if not place.exists():
        place.mkdir()
        (place / "aws").write_text(f'#!/bin/sh\nexec "{BIN}/aws" --endpoint-url="$AWS_ENDPOINT_URL" "$@"\n')
        (place / "aws").chmod(0o755)
    return place


def policy(program, *options):
    return subprocess.run(
        [program, "collect-script", "--policy", *options], stdout=subprocess.PIPE, check=True, text=True).stdout


def run(program, world, folder):
    found, made = world.fill()
    regions = ["--regions", f"{HOME_REGION},{OTHER_REGION}"]
    auditor = world.user("auditor", policy(program))
    limited = json.loads(policy(program))
    for statement in limited["Statement"]:
        statement["Action"] = [x for x in statement["Action"] if x not in ("kms:GetKeyPolicy", "iam:GetCredentialReport")]
    limited = world.user("limited", json.dumps(limited))

    world.control_access(True)
    whole = Collection(program, world, folder, "whole", regions, auditor)
    check(whole.status == 3 and {x[0] for x in whole.incomplete()} == BEYOND_MOTO,
          f"with its own policy everything is fetched: {whole.status} {whole.incomplete()} {whole.said}")
    have = {(x["command"], x["resource"]) for x in whole.lines}
    check(found <= have, f"everything that is there is asked about: {sorted(found - have)}")
    answers = {(x["command"], x["resource"]): x for x in whole.lines}
    none = answers["s3api get-bucket-policy", "elsewhere"]
    check(none["complete"] and none["error"]["code"] == "NoSuchBucketPolicy" and none["region"] == OTHER_REGION,
          f"no policy is an answer: {none}")
    details = answers["iam get-account-authorization-details", None]["output"]
    role = next(x for x in details["RoleDetailList"] if x["RoleName"] == "odd")
    check(role["RolePolicyList"][0]["PolicyDocument"]["Statement"][0]["Condition"]
          == {"StringEquals": {"aws:PrincipalTag/x": ODD}}, f"odd text survives: {role}")
    check("hidden" not in json.dumps(whole.lines), "no secret is fetched")
    check("State" not in (answers["iam get-credential-report", None]["output"] or {}), "the credential report is fetched")

    part = Collection(program, world, folder, "part", [
        "--regions", OTHER_REGION, "--without", "organizations,s3,sqs,sns,lambda,secretsmanager,ecr,sso"], limited)
    check(part.status == 3, f"what is refused makes status 3: {part.status}")
    check({x[0] for x in part.incomplete()} == {"kms get-key-policy", "iam get-credential-report"},
          f"what is refused is incomplete, and nothing else: {part.incomplete()}")
    # moto denies in XML, which the CLI reads where the service speaks it.
    check(("iam get-credential-report", "AccessDenied") in part.incomplete(), f"the code is kept: {part.incomplete()}")
    check({"kms list-grants", "cloudtrail describe-trails"} <= {x["command"] for x in part.lines}, "the rest is fetched")
    check("iam get-credential-report: AccessDenied" in part.said, f"the end says what was refused: {part.said}")

    world.control_access(False)
    few = ["--regions", HOME_REGION, "--without", "organizations,sso,s3,cloudtrail,kms,sqs,sns,secretsmanager,ecr"]
    many = Collection(program, world, folder, "many", few + ["--assume", "Reader"], auditor)
    check({x["account"] for x in many.lines} == {"123456789012", made}, f"both accounts: {many.said}")
    check(many.status == 0 and "nothing is missing" in many.said, f"both accounts are entered: {many.said}")
    roles = [x["output"]["RoleDetailList"] for x in many.lines
             if x["account"] == made and x["command"] == "iam get-account-authorization-details"]
    check(roles and "Reader" in {x["RoleName"] for x in roles[0]}, f"the role's own account is read: {roles}")

    functions = [x["output"] for x in many.lines if x["command"] == "lambda get-policy"]
    check(len(functions) == 1 and "InvokeFunction" in functions[0]["Policy"], f"the function's policy: {functions}")
    check("hidden" not in json.dumps(many.lines), "no environment variable of a function is fetched")

    configuration = folder / "profiles"
    configuration.write_text("".join(
        f"[{name}]\naws_access_key_id = {auditor['AWS_ACCESS_KEY_ID']}\n"
        f"aws_secret_access_key = {auditor['AWS_SECRET_ACCESS_KEY']}\n" for name in ["one", "two o'clock"]))
    named = Collection(program, world, folder, "named", few + ["--profiles", "one,two o'clock,gone"],
                       {"AWS_SHARED_CREDENTIALS_FILE": str(configuration)})
    check(named.status == 3 and named.incomplete() == {("sts get-caller-identity", "CLIError")},
          f"a profile that is not there is incomplete: {named.incomplete()} {named.said}")
    check(sum(x["command"] == "iam get-account-authorization-details" for x in named.lines) == 1,
          f"two profiles of one account fetch it once: {named.said}")

    script = folder / "whole.sh"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    again = subprocess.run(["bash", script, "whole"], cwd=folder, env={**environment, "PATH": f"{folder}/bin:/usr/bin:/bin"},
                           stderr=subprocess.PIPE, text=True)
    check(again.returncode == 1 and "there already" in again.stderr, f"a folder that is there is left alone: {again.stderr}")

    for collection in [whole, part, many, named]:
        imported = subprocess.run([program, "import", "--db", folder / f"{collection.name}.sqlite", collection.path],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        check(imported.returncode in (0, 3), f"the import of {collection.name} ends: {imported.returncode} {imported.stderr}")


if __name__ == "__main__":
    sys.exit(main())
