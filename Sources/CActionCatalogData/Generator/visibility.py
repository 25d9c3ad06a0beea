"""As what CloudTrail records the calls that need an action, whether as reads or writes, and how that is known."""
import collections
import fnmatch
import hashlib
import os
import re
import sys

from tables import HERE, operations, rows, sources

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


def read_only(event, action, exceptions, source):
    known = exceptions.get((source, event.lower())) or exceptions.get((action.split(":")[0], event.lower()))
    if known:
        return known
    if source == "apigateway" and action.split(":")[1] in ("get", "post", "put", "patch", "delete"):
        return "r" if action.endswith(":get") else "w"
    if event.startswith(READ_VERBS):
        return "r"
    if event.startswith(WRITE_VERBS):
        return "w"
    return "-"


def needs(models, mapping, acts):
    """(model, source, operation, what it needs, what it may need beside, whether by a row) of botocore's operations."""
    source_prefixes, prefixes = sources(), {p for p, _ in acts}
    mapped = collections.defaultdict(list)
    for source, name, _, actions, _ in mapping:
        mapped[source, name.lower()] += [a.lower() for a in actions.split() if a != "-"]
    for model, source, name, _, into in operations(models, source_prefixes, prefixes):
        rows_of = [mapped[x, name.lower()] for x in dict.fromkeys([source] + list(into)) if (x, name.lower()) in mapped]
        words = sorted(set(sum(rows_of, [])))
        needed, others = [w for w in words if w[0] not in "?+"], [w[1:] for w in words if w[0] in "?+"]
        own = ["%s:%s" % (p, name.lower()) for p in into if (p, name.lower()) in acts]
        # Rows that only add build on what the name says.
        adds = bool(rows_of) and bool(words) and all(w[0] == "+" for w in words)
        yield model, source, name, own if adds or not rows_of else needed, others, bool(rows_of) and not adds


def annotate(acts, models, mapping):
    """Visibility, data resource types, readOnly of each action, and what the visibility rests on."""
    exceptions = {(s, n.lower()): {"read": "r", "write": "w", "unknown": "-"}[v]
                  for s, n, v, _ in rows(os.path.join(HERE, "readonly.tsv"), 4)}
    control, data = collections.defaultdict(set), collections.defaultdict(set)      # action -> models
    readonly, at_times = collections.defaultdict(set), collections.defaultdict(set)
    needless, beside = {}, {}
    for model, source, name, keys, others, by_row in needs(models, mapping, acts):
        for key in keys:
            readonly[key].add(read_only(name, key, exceptions, source))
            (data if DATA_PLANE.search(model) else control)[key].add(model)
        # What a call needs only at times may be needed by calls of which nobody says so.
        for key in others:
            at_times[key].add(read_only(name, key, exceptions, source))
            beside[key] = min(beside.get(key, "~"), model)
        if by_row and not keys:
            needless["%s:%s" % (source, name.lower())] = model
    for source, name, _, actions, _ in mapping:
        if name == "*":     # any call of the source: its verb is not known here
            continue
        for word in (a.lower() for a in actions.split() if a != "-"):
            key = word.lstrip("?+")
            (at_times if word[0] in "?+" else readonly)[key].add(read_only(name, key, exceptions, source))
    rules = collections.defaultdict(list)
    for prefix, pattern, visibility, types, source in rows(os.path.join(HERE, "visibility.tsv"), 5):
        rules[prefix].append((pattern.lower(), visibility, types, source))
    matched = set()
    rules.setdefault("*", [])
    for (prefix, lower), entry in acts.items():
        key = "%s:%s" % (prefix, lower)
        said = readonly.get(key) or at_times.get(key) or {exceptions.get((prefix, lower), "-")}
        entry["readonly"] = "".join(said) if len(said) == 1 else "-"
        entry["data"], rule = "", None
        for place, rule in [("*", r) for r in rules["*"]] + [(prefix, r) for r in rules.get(prefix, [])]:
            if fnmatch.fnmatchcase(lower, rule[0]):
                matched.add((place, rule[0]))
                break
        else:
            rule = None
        if rule and rule[1] != "proved":        # `proved`: management, if botocore has an operation that needs it
            entry["visibility"], entry["data"], entry["why"] = VISIBILITY[rule[1]], rule[2], rule[3]
        elif "n" in entry["flags"]:
            entry["visibility"] = "u"
            entry["why"] = "nothing proves it: the lists of actions do not have it yet"
        elif key in control:
            entry["visibility"] = "m"
            entry["why"] = "control-plane operation of botocore's %s model; %s" % (
                sorted(control[key])[0],
                "not among the data events that this page lists: " + rule[3] if rule else
                "no resource type of the service in Understanding CloudTrail events, table of data events")
        else:
            entry["visibility"] = "u"
            entry["why"] = ("nothing proves it: only operations of a data plane need it, botocore's %s model" % sorted(data[key])[0]
                            if key in data else
                            "nothing proves it: the call of this name needs no action, botocore's %s model" % needless[key]
                            if key in needless else
                            "nothing proves it: some calls need it beside other actions, as in botocore's %s model" % beside[key]
                            if key in beside else
                            "nothing proves it: permission-only, and no operation is known to need it" if "o" in entry["flags"] else
                            "nothing proves it: botocore has no operation that needs it")
    for prefix in rules:
        for pattern, _, _, _ in rules[prefix]:
            if (prefix, pattern) not in matched:
                print("visibility.tsv: %s %s decides no action" % (prefix, pattern), file=sys.stderr)


def evidence(acts):
    """Gives each action the key of its evidence; returns the table of them."""
    keys, taken = {}, {}
    for text in sorted({e["why"] for e in acts.values()}):
        digest = hashlib.sha256(text.encode()).hexdigest()
        keys[text] = next(digest[:n] for n in range(5, 65) if taken.setdefault(digest[:n], text) == text)
    for e in acts.values():
        e["evidence"] = keys[e["why"]]
    return "".join("%s\t%s\n" % row for row in sorted((k, t) for t, k in keys.items()))
