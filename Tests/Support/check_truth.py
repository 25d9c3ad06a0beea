#!/usr/bin/env python3
"""Compares what the store says with what is known about generated organisations.

The generator is no part of this repository: ACCESSREVIEW_GENERATOR names it. It writes trails, snapshots, settings and
`truth.json`; this imports and reviews them and asks the store's public views, by the definitions that stand in
`truth.json`. Numbers, times and lists must be the same, not nearly. `make truth` runs it, and the tests of the program do
with a small organisation.
"""
import argparse
import collections
import importlib.util
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATOR = "ACCESSREVIEW_GENERATOR"
END = "2026-10-31T23:59:59Z"
WORDS = {"ok": "success", "failed": "failed", "denied": "denied"}
NEITHER = {"unobservable", "not-enough-evidence"}
# A list of the truth → the verdicts that agree with it. None: the action is not granted.
AGREE = {
    "used": {"used"}, "onlyFailed": {"used-by-failed-calls-only"}, "unused": {"unused"}, "unusedButGap": {"not-enough-evidence"},
    "unusedButNew": {"not-enough-evidence"}, "unusedWhereRecorded": NEITHER, "endpointOnly": NEITHER, "unobservable": {"unobservable"},
    "scpDenied": None, "boundaryDenied": None,
}


class Organisation:
    """A generated organisation, what is known of it, and what the store says."""

    def __init__(self, folder, store, summary, calls):
        self.truth = json.loads((folder / "truth.json").read_text())
        self.roles = self.truth["roles"]
        self.window = self.truth["window"]["start"]
        self.connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        self.summary = summary
        # "eventSource eventName" → the actions that the generator had in mind.
        self.calls = calls

    def rows(self, statement):
        return self.connection.execute(statement).fetchall()


def compare(name, known, found):
    """Differences between two dictionaries or sets, as lines."""
    if isinstance(known, (set, frozenset)):
        known, found = dict.fromkeys(known, True), dict.fromkeys(found, True)
    keys = sorted(set(known) | set(found), key=repr)
    return [f"{name} {key}: known {known.get(key)}, found {found.get(key)}" for key in keys if known.get(key) != found.get(key)]


def check_totals(o):
    known, alone = o.truth["totals"], sum(e["count"] for e in o.truth["endpointOnly"])
    expected = {
        "records": known["records"], "events": known["distinctEvents"], "duplicates": known["duplicates"],
        "joined": known["sharedPairs"], "endpointOnly": alone, "refused": 0, "trails": known["files"], "others": known["otherFiles"],
        "uses": known["uses"], "files' events": known["distinctEvents"], "files' duplicates": known["duplicates"],
    }
    found = {key: o.summary[key] for key in ("records", "events", "duplicates", "joined", "endpointOnly", "refused")}
    found["trails"] = o.summary["files"]["trail"]
    found["others"] = o.summary["files"]["digest"] + o.summary["files"]["insight"]
    found["uses"] = o.rows("SELECT (SELECT total(events) FROM role_usage) + (SELECT total(events) FROM principal_usage)")[0][0]
    # A file that came twice is one file in the view, and its second coming is in the summary only.
    new, twice = o.rows("SELECT sum(new_events), sum(duplicates) FROM source_files")[0]
    again = o.rows("SELECT total(f.records * (n.paths - 1)) FROM source_files f JOIN (SELECT source_file_id, count(*) AS paths "
                   "FROM source_file_paths GROUP BY 1) n ON n.source_file_id = f.source_file_id")[0][0]
    found["files' events"], found["files' duplicates"] = new, twice + again
    return compare("total", expected, found)


def usage(truth):
    """(who, call) → counts by outcome, the first and last time of all and the last of those that were not denied."""
    return {(who, call): (by["ok"], by["failed"], by["denied"], by["first"], by["last"], by["lastUsed"])
            for who, calls in truth.items() for call, by in calls.items()}


def seen(rows):
    found = collections.defaultdict(lambda: [0, 0, 0, None, None, None])
    for who, source, name, outcome, n, first, last in rows:
        by = found[who, f"{source} {name}"]
        by[("success", "failed", "denied").index(outcome)] += n
        by[3] = min(by[3] or first, first)
        by[4] = max(by[4] or last, last)
        if outcome != "denied":
            by[5] = max(by[5] or last, last)
    return {key: tuple(by) for key, by in found.items()}


def check_calls(o):
    columns = "event_source, event_name, outcome, events, first_seen_at, last_seen_at"
    roles = o.rows(f"SELECT role_id, {columns} FROM role_usage")
    others = o.rows(f"SELECT principal_id, {columns} FROM principal_usage")
    lines = compare("calls", usage({role: facts["calls"] for role, facts in o.roles.items()}), seen(r for r in roles if r[0] in o.roles))
    return lines + compare("calls", usage(o.truth["principals"]), seen(others + [r for r in roles if r[0] not in o.roles]))


def check_days(o):
    """The days' rows are the same uses, and ids of first and last events exist."""
    columns = "role_id, region, target_account_id, event_source, event_name, event_kind, via_service, outcome"
    whole = {row[:8]: row[8:] for row in o.rows(f"SELECT {columns}, events, first_seen_at, last_seen_at FROM role_usage")}
    days = {row[:8]: row[8:] for row in o.rows(
        f"SELECT {columns}, sum(events), min(first_seen_at), max(last_seen_at) FROM role_usage_daily GROUP BY 1, 2, 3, 4, 5, 6, 7, 8")}
    lines = compare("daily", whole, days)
    nameless = o.rows("SELECT count(*) FROM role_usage WHERE first_event_id IS NULL OR last_event_id IS NULL")[0][0]
    return lines + compare("usage without event ids", {"rows": 0}, {"rows": nameless})


def check_entries(o):
    known = {role: facts["entered"] for role, facts in o.roles.items() if facts["entered"]}
    found = dict(o.rows("SELECT role_id, max(last_seen_at) FROM role_entries WHERE outcome = 'success' GROUP BY 1"))
    lines = compare("entered", known, {r: t for r, t in found.items() if r in o.roles})
    chains = {(c["from"], c["to"]): (c["count"], c["first"], c["last"]) for c in o.truth["chains"]}
    between = {(a, b): (n, first, last) for a, b, n, first, last in o.rows(
        "SELECT entered_by_id, role_id, sum(entries), min(first_seen_at), max(last_seen_at) FROM role_entries "
        "WHERE outcome = 'success' GROUP BY 1, 2") if a in o.roles and b in o.roles and a != b}
    return lines + compare("chain", chains, between)


def check_roles(o):
    """Who each role is: its ARN, and whether and when it was deleted."""
    found = {role: (arn, account, state == "live") for role, arn, account, state in o.rows(
        "SELECT role_id, role_arn, account_id, state FROM roles")}
    known = {role: (facts["arn"], facts["account"], facts["deleted"] is None) for role, facts in o.roles.items()}
    # Of a role that nothing in trail and snapshot mentions, nothing can be said.
    silent = {x["roleId"] for x in o.truth["orphans"] if x["evidence"] == "none"}
    lines = compare("role", {r: v for r, v in known.items() if r not in silent}, {r: v for r, v in found.items() if r in known})
    again = collections.defaultdict(set)
    for role, (arn, _, _) in found.items():
        if role in o.roles:
            again[arn].add(role)
    recreated = {(r["arn"], frozenset((r["old"], r["new"]))) for r in o.truth["recreated"]}
    return lines + compare("re-created", recreated, {(arn, frozenset(ids)) for arn, ids in again.items() if len(ids) > 1})


def check_verdicts(o):
    found = {(role, action.lower()): (verdict, denials) for role, action, verdict, denials in o.rows(
        "SELECT role_id, action, verdict, denials FROM permission_verdicts")}
    denied = {role for role, facts in o.roles.items() for by in facts["calls"].values() if by["denied"] and by["last"] >= o.window}
    lines = []
    for role, facts in sorted(o.roles.items()):
        explicit = dict(facts["explicit"] or {})
        passing = explicit.pop("passRole", None)
        known = {action: name for name in AGREE for action in explicit.get(name, [])}
        if passing:
            known["iam:PassRole"] = passing
        unknown = set(explicit) - set(AGREE)
        if unknown:
            lines.append(f"verdict {role}: known {sorted(unknown)}, found no such list")
        for action, name in sorted(known.items()):
            verdict, denials = found.get((role, action.lower()), (None, 0))
            # The truth's lists know calls that were not denied; denied ones make an attempt of what else would be unused.
            attempted = verdict == "attempted-only" and denials > 0 and role in denied and name not in ("used", "onlyFailed")
            fine = verdict is None if AGREE[name] is None else verdict in AGREE[name] or attempted
            if not fine:
                lines.append(f"verdict {facts['name']} {role} {action}: known {name}, found {verdict}")
    return lines


def check_never_wrongly_unused(o):
    """Whatever was used in the window, be it granted by a wildcard, is not called unused."""
    unused = {(role, action.lower()) for role, action in o.rows("SELECT role_id, action FROM unused_permissions")}
    used = {(role, action.lower()): call for role, facts in o.roles.items() for call, by in facts["calls"].items()
            if (by["lastUsed"] or "") >= o.window for action in o.calls.get(call, [])}
    alone = {(e["role"], a.lower()): e["call"] for e in o.truth["endpointOnly"] if e["last"] >= o.window for a in e["actions"]}
    lines = [f"unused {role} {action}: known used by {call}, found unused"
             for (role, action), call in sorted({**used, **alone}.items()) if (role, action) in unused]
    return lines if o.calls else ["unused: known calls, found none in the generator"]


def check_dormant(o):
    known = {role: "dormant" for role in o.truth["dormant"]}
    known.update((role, "never-used") for role in o.truth["neverUsed"])
    rows = o.rows("SELECT role_id, kind, last_denied_at, last_used_at FROM dormant_roles")
    lines = compare("dormant", known, {role: kind for role, kind, _, _ in rows})
    lines += compare("deniedOnly", set(o.truth["deniedOnly"]), {role for role, kind, denied, _ in rows if kind == "never-used" and denied})
    used = {role for (role,) in o.rows("SELECT DISTINCT role_id FROM role_usage WHERE outcome IN ('success', 'failed')")}
    recent = {role for (role,) in o.rows(
        f"SELECT DISTINCT role_id FROM role_usage WHERE outcome IN ('success', 'failed') AND last_seen_at >= '{o.window}'")}
    entered = {role for (role,) in o.rows(f"SELECT role_id FROM role_entries WHERE outcome = 'success' AND last_seen_at >= '{o.window}'")}
    live = {role: last for role, last in o.rows("SELECT role_id, iam_last_used_at FROM roles WHERE state = 'live'")}
    lines += compare("assumedOnly", set(o.truth["assumedOnly"]), {r for r in live if r in entered and r not in used})
    young = {role for role, facts in o.roles.items() if facts["created"] >= o.window}
    return lines + compare("lastUsedOnly", set(o.truth["lastUsedOnly"]), {
        r for r, last in live.items() if (last or "") >= o.window and r not in recent and r not in entered and r not in young})


def check_orphans(o):
    how = {"lifecycle": {"created"}, "session": {"observed"}, "none": {"unknown", "inferred", "candidates"}}
    rows = o.rows("SELECT principal_id, resolved_arn, resolution, in_role_id, state FROM orphaned_principals WHERE element = 'principal'")
    known = {(x["roleId"], x["trustedBy"]): x["arn"] if x["evidence"] != "none" else None for x in o.truth["orphans"]}
    found = {(role, by): arn for role, arn, _, by, _ in rows}
    lines = compare("orphan", set(known.items()), set(found.items()))
    evidence = {(x["roleId"], x["trustedBy"]): x["evidence"] for x in o.truth["orphans"]}
    for role, _, resolution, by, state in rows:
        name = evidence.get((role, by))
        if name and (resolution not in how[name] or state != "gone"):
            lines.append(f"orphan {role}: known {name}, found {resolution}, {state}")
    return lines


def check_passed(o):
    known = {(p["by"], p["role"], p["via"]): (p["count"], p["first"], p["last"]) for p in o.truth["passed"]}
    found = {(by, role, f"{source} {name}"): row for by, role, source, name, *row in (
        (*r[:4], *r[4:]) for r in o.rows("SELECT role_id, passed_role_arn, event_source, event_name, sum(passes), min(first_seen_at), "
                                         "max(last_seen_at) FROM passed_roles GROUP BY 1, 2, 3, 4"))}
    return compare("passed", known, {key: tuple(row) for key, row in found.items()})


def check_gaps(o):
    known = {(g["account"], region, kind, g["firstDay"], g["lastDay"])
             for g in o.truth["gaps"] for region in g["regions"] for kind in ("management-read", "management-write")}
    found = set(o.rows("SELECT account_id, region, event_kind, first_day, last_day FROM coverage_gaps WHERE event_kind LIKE 'management%'"))
    lines = compare("gap", known, found)
    causes = {cause for (cause,) in o.rows("SELECT DISTINCT cause FROM coverage_gaps WHERE event_kind LIKE 'management%'")}
    lines += compare("cause", {"logging-stopped"} if known else set(), causes)
    digests = o.truth["digests"]
    if digests:
        quiet = set(o.rows(f"SELECT DISTINCT day FROM coverage WHERE account_id = '{digests['account']}' AND state = 'quiet' "
                           "AND event_kind LIKE 'management%'"))
        lines += compare("quiet", {(day,) for day in digests["quietDays"]}, quiet)
        problems = set(o.rows("SELECT code, path FROM import_problems WHERE code LIKE 'digest-%'"))
        listed = {("digest-file-missing", p) for p in digests["missing"]} | {("digest-file-altered", p) for p in digests["altered"]}
        lines += compare("digest", listed, problems)
    return lines


CHECKS = [check_totals, check_calls, check_days, check_entries, check_roles, check_verdicts, check_never_wrongly_unused, check_dormant,
          check_orphans, check_passed, check_gaps]


def run(*command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def calls_of(generator):
    spec = importlib.util.spec_from_file_location("generate_trails", generator)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {f"{c['source']} {c['name']}": c["actions"] for c in module.CALLS}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "accessreview"))
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 11, 23])
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build" / "truth", help="where the organisations are written")
    parser.add_argument("--show", type=int, default=5, help="differences to print for each check")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    generator = pathlib.Path(os.environ.get(GENERATOR) or ROOT.parent / "shared" / "tools" / "generate_trails.py")
    if not generator.is_file():
        sys.exit(f"No generator of trails at {generator}. Set {GENERATOR} to the path of generate_trails.py.")
    calls = calls_of(generator)

    wrong = 0
    for seed in options.seeds:
        folder = options.folder / f"{options.events}-{seed}"
        if not (folder / "truth.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(sys.executable, "-B", str(generator), str(folder), "--events", str(options.events), "--seed", str(seed))
        store = folder / "accessreview.sqlite"
        for old in folder.glob(store.name + "*"):
            old.unlink()
        summary = run(program, "import", "--db", str(store), "--taken-at", END, "--format", "json",
                      *(str(folder / part) for part in ("trails", "iam", "config", "org")))
        run(program, "review", "--db", str(store), "--month", "2026-10")
        organisation = Organisation(folder, store, json.loads(summary), calls)
        for check in CHECKS:
            lines = check(organisation)
            wrong += len(lines)
            name = check.__name__[6:].replace("_", " ")
            print(f"seed {seed}: {name:22} {'agrees' if not lines else f'{len(lines)} differences'}")
            kinds = collections.Counter(line.split(": known ")[1] for line in lines)
            for line in lines[:options.show]:
                print(f"    {line}")
            if len(lines) > options.show:
                print("    in all: " + "; ".join(f"{n} times known {kind}" for kind, n in kinds.most_common(8)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
