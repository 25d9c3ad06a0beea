"""Where the calls that pass a role hold it: iam:PassRole has no event of its own."""
import os
import re

from tables import HERE, operations, rows, sources

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
