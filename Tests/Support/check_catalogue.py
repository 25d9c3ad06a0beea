#!/usr/bin/env python3
"""Sends every operation that botocore knows through `accessreview catalog resolve`, and counts what comes out.

    check_catalogue.py --program PROGRAM --packages DIR

DIR holds botocore's wheel of the version that the catalogue was made from, as `pip download --no-deps` leaves it. The
check fails if an operation has no action and Generator/unknown.tsv does not list it with a reason, if it is one of a
core service, or if more than 3 % of all operations are unknown. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "Sources" / "CActionCatalogData"
sys.path.insert(0, str(DATA / "Generator"))
import tables  # noqa: E402

MOST_UNKNOWN = 0.03
# Services that nearly every account uses, by the names of botocore's models; those of `bedrock` are all that begin so.
CORE = set("""
    accessanalyzer acm apigateway apigatewayv2 application-autoscaling athena autoscaling backup batch
    cloudformation cloudfront cloudtrail cloudwatch codebuild codepipeline cognito-idp cognito-identity config dynamodb
    ec2 ecr ecs eks elasticache efs elb elbv2 emr es opensearch events firehose glue guardduty iam identitystore
    inspector2 kinesis kms lambda logs organizations rds redshift route53 s3 sagemaker secretsmanager securityhub
    service-quotas sns sqs ssm sso sso-admin stepfunctions sts support resourcegroupstaggingapi wafv2
    """.split())
RULES = ("override", "service-reference", "same-name", "dated-name", "family", "no-action-needed", "unmapped")


class Botocore(tables.Packages):
    """The one package that lists operations."""

    def __init__(self, folder):
        self.boto = self.wheel(folder, "botocore", tables.BOTO)


def is_core(model):
    return model in CORE or model.startswith("bedrock")


def operations(folder):
    """(model, event source, operation) of every operation."""
    prefixes = set()
    with open(DATA / "actions.tsv", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                prefixes.add(line.split("\t", 1)[0])
    found = tables.operations(Botocore(folder).models(), tables.sources(), prefixes)
    return [(model, source, name) for model, source, name, _, _ in found]


def resolve(program, calls):
    """What the program says of each call, in order."""
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(
            json.dumps({"eventSource": source + ".amazonaws.com", "eventName": name}) + "\n" for _, source, name in calls)
        done = subprocess.run([str(pathlib.Path(program).resolve()), "catalog", "resolve"], cwd=folder, text=True,
                              input=text, stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(calls):
        sys.exit("%d calls went in, and %d came out" % (len(calls), len(answers)))
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--packages", required=True)
    options = parser.parse_args()

    listed = {}
    for model, operation, reason in tables.rows(str(DATA / "Generator" / "unknown.tsv"), 3):
        listed[model.lower(), operation.lower()] = reason
    calls = operations(options.packages)
    counts, used, unlisted, core = collections.Counter(), set(), [], []
    for (model, source, name), answer in zip(calls, resolve(options.program, calls)):
        if answer["eventName"] != name:
            sys.exit("%s came out where %s went in" % (answer["eventName"], name))
        counts[answer["rule"]] += 1
        if answer["rule"] != "unmapped":
            continue
        key = next((k for k in ((model, name.lower()), (model, "*")) if k in listed), None)
        if key is None:
            unlisted.append("%s %s" % (model, name))
        else:
            used.add(key)
        if is_core(model):
            core.append("%s %s" % (model, name))

    total = len(calls)
    for rule in sorted(counts, key=lambda r: RULES.index(r) if r in RULES else len(RULES)):
        print("%-18s %6d  %5.2f %%" % (rule, counts[rule], 100 * counts[rule] / total))
    print("%-18s %6d" % ("operations", total))
    print("%-18s %6d" % ("listed as unknown", counts["unmapped"] - len(unlisted)))
    for key in sorted(set(listed) - used):
        print("unknown.tsv: %s %s has an action now; the row can go" % key)

    problems = []
    if unlisted:
        problems.append("%d operations have no action, and unknown.tsv does not say why:" % len(unlisted))
        problems += ["  " + line for line in sorted(unlisted)[:40]]
        if len(unlisted) > 40:
            problems.append("  and %d more" % (len(unlisted) - 40))
    if core:
        problems.append("%d operations of core services have no action: %s" % (len(core), ", ".join(sorted(core)[:40])))
    if counts["unmapped"] > MOST_UNKNOWN * total:
        problems.append("More than %.0f %% of the operations are unknown." % (100 * MOST_UNKNOWN))
    for line in problems:
        print(line, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
