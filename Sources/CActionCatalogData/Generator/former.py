"""The names that actions had before."""
import os
import sys

from tables import HERE, rows


def pairs(acts):
    """(former, today's, evidence) of every single action that former.tsv speaks of."""
    table = rows(os.path.join(HERE, "former.tsv"), 3)
    named = {old.lower() for old, _, _ in table}
    for old, new, why in table:
        if old.endswith(":*") != new.endswith(":*"):
            sys.exit("former.tsv: %s %s: either both are whole services, or none" % (old, new))
        if not old.endswith(":*"):
            yield old, new, why
            continue
        old, new = old[:-2], new[:-2]
        ours = {n: e["name"] for (p, n), e in acts.items() if p == old}
        theirs = {n: e["name"] for (p, n), e in acts.items() if p == new}
        for name in sorted(set(theirs) & set(ours) if ours else theirs):
            single = "%s:%s" % (old, ours.get(name, theirs[name]))
            if single.lower() not in named:
                yield single, "%s:%s" % (new, theirs[name]), why


def former(acts):
    """The rows of the table of former names; names that no list has become retired actions."""
    out = {}
    for old, new, why in pairs(acts):
        today = acts.get(tuple(new.lower().split(":")))
        if today is None:
            sys.exit("former.tsv: no action %s" % new)
        prefix, name = old.split(":")
        key = (prefix, name.lower())
        if key not in acts:
            acts[key] = dict(name=name, level=today["level"], types=today["types"], flags="r", dependent=set())
        if old.lower() in out:
            sys.exit("former.tsv: %s twice" % old)
        out[old.lower()] = ("%s:%s" % (prefix, acts[key]["name"]), "%s:%s" % (new.split(":")[0], today["name"]), why)
    for start in out:
        seen, at = set(), start
        while at in out:
            if at in seen:
                sys.exit("former.tsv: %s is a former name of itself" % start)
            seen.add(at)
            at = out[at][1].lower()
    return sorted(out.values(), key=lambda row: "\t".join(row).encode())
