#!/usr/bin/env python3
"""Measures what policies cost: effective permissions of an account's roles, and expanding and minimising managed policies.

The account is made up: roles with an inline policy of their own, three managed policies, a boundary, and three levels of
service control policies above. The managed policies are AWS's own, as far as the package `moto` has them; `policyuniverse`, a peer,
expands them too, by a list of actions of its own. `make bench` runs this.
"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

from measuring import measure

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Support"))
from managed_policies import write  # noqa: E402

ACCOUNT = "111122223333"
CREATED = "2026-01-01T00:00:00Z"


def statement(effect, actions, resource="*", **more):
    return dict({"Effect": effect, "Action": actions, "Resource": resource}, **more)


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


class Account:
    """A made-up account, the same for the same seed."""

    def __init__(self, actions, roles, seed=7):
        self.random = random.Random(seed)
        self.services = {}
        for action in actions:
            self.services.setdefault(action.partition(":")[0], []).append(action)
        self.pool = [self.managed("policy/team-%03d" % n, self.policy(self.random.randint(5, 60))) for n in range(150)]
        self.boundaries = [
            self.managed("policy/boundary-%02d" % n, document(
                statement("Allow", ["%s:*" % s for s in self.some(self.services, 60)]),
                statement("Deny", ["iam:*User*", "organizations:*"]))) for n in range(20)]
        self.roles = [self.role(n) for n in range(roles)]

    def some(self, values, count):
        values = sorted(values)
        return self.random.sample(values, min(count, len(values)))

    def pattern(self):
        service = self.random.choice(sorted(self.services))
        verb = self.random.choice(["Get", "List", "Describe", "Create", "Put", "Delete", "Update", None])
        return "%s:%s*" % (service, verb) if verb else self.random.choice(self.services[service])

    def policy(self, size):
        return document(
            statement("Allow", sorted({self.pattern() for _ in range(size)})),
            statement("Allow", self.some(self.services["s3"], 12), ["arn:aws:s3:::data-%d/*" % size],
                      Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
            statement("Deny", self.some(self.services["ec2"], 8), "arn:aws:ec2:*:*:instance/*"))

    @staticmethod
    def managed(name, content):
        return {"PolicyName": name.rpartition("/")[2], "PolicyId": "ANPA" + name.upper().replace("/", "")[-12:],
                "Arn": "arn:aws:iam::%s:%s" % (ACCOUNT, name), "Path": "/", "DefaultVersionId": "v1", "CreateDate": CREATED,
                "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": True, "CreateDate": CREATED, "Document": content}]}

    def role(self, number):
        boundary = self.random.choice(self.boundaries)["Arn"]
        return {"Path": "/", "RoleName": "role-%04d" % number, "RoleId": "AROA%016d" % number, "CreateDate": CREATED,
                "Arn": "arn:aws:iam::%s:role/role-%04d" % (ACCOUNT, number), "Tags": [], "InstanceProfileList": [],
                "AssumeRolePolicyDocument": document({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                                                      "Action": "sts:AssumeRole"}),
                "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": self.policy(number % 30 + 3)}],
                "AttachedManagedPolicies": [{"PolicyName": p["PolicyName"], "PolicyArn": p["Arn"]}
                                            for p in self.random.sample(self.pool, 3)],
                "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary}}

    def levels(self):
        full = document(statement("Allow", "*"))
        guard = document(
            statement("Deny", ["organizations:LeaveOrganization", "cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]),
            statement("Deny", "iam:Create*", Condition={"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/role-00*"}}))
        regions = document({"Effect": "Deny", "NotAction": ["iam:*", "sts:*", "s3:*"], "Resource": "*",
                            "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}})
        return [[full, guard], [full, regions], [full, document(statement("Deny", "sagemaker:*"))]]

    def write(self, folder):
        snapshot = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": self.roles,
                    "Policies": self.pool + self.boundaries, "IsTruncated": False}
        (folder / "iam.json").write_text(json.dumps(snapshot))
        (folder / "org.json").write_text(json.dumps(
            {"managementAccountId": "999999999999", "accounts": {ACCOUNT: self.levels()}}))


def peer(files):
    """Expands the actions of policies with the package policyuniverse."""
    from policyuniverse.expander_minimizer import expand_policy
    for file in files:
        expand_policy(policy=json.loads(pathlib.Path(file).read_text()))


def main():
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--peer", default=sys.executable, help="the Python that has policyuniverse")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--roles", type=int, default=500)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        listing = subprocess.run([program, "catalog", "actions", "--format", "jsonl"], stdout=subprocess.PIPE, check=True, cwd=place)
        actions = [json.loads(line)["action"] for line in listing.stdout.splitlines()]
        Account(actions, options.roles).write(place)
        store = str(place / "store.sqlite")
        subprocess.run([program, "import", "--db", store, "--taken-at", "2026-10-31T00:00:00Z", str(place / "iam.json"),
                        str(place / "org.json")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        jobs = {"effective permissions of %d roles" % options.roles: [program, "permissions", "--db", store]}
        files = write(place / "managed")
        jobs["expanding %d managed policies" % len(files)] = [program, "policy", "expand", "--format", "json"] + files
        jobs["policyuniverse expands them"] = [options.peer, "-B", __file__, "--peer"] + files
        jobs["minimising them"] = [program, "policy", "minimise", "--format", "json"] + files
        figures = {name: [] for name in jobs}
        for _ in range(options.rounds):
            for name, command in jobs.items():
                figures[name].append(measure(command))
    print("%-44s %10s %10s %8s" % ("medians of %d rounds" % options.rounds, "wall s", "CPU s", "MB"))
    for name, rows in figures.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows))
        print("%-44s %10.2f %10.2f %8.0f" % (name, wall, cpu, memory))


if __name__ == "__main__":
    main()
