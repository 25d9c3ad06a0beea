#!/usr/bin/env python3
"""Compares what a review says with what is known about generated organisations.

The generator is no part of this repository: ACCESSREVIEW_GENERATOR names it. It writes trails, snapshots, settings and
`truth.json`; this imports and reviews them and asks the store's public views. `make truth` runs it.
"""
import argparse
import collections
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATOR = "ACCESSREVIEW_GENERATOR"
NEITHER = {"unobservable", "not-enough-evidence"}
# A list of the truth → the verdicts that agree with it. None: the action is not granted.
AGREE = {
    "onlyFailed": {"used-by-failed-calls-only"}, "used": {"used"}, "unused": {"unused"}, "unusedButGap": {"not-enough-evidence"},
    "unusedButNew": {"not-enough-evidence"}, "unusedWhereRecorded": NEITHER, "endpointOnly": NEITHER, "unobservable": {"unobservable"},
    "scpDenied": None, "boundaryDenied": None,
}


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def rows(self, statement):
        return self.connection.execute(statement).fetchall()


def compare(name, expected, found):
    """Differences between two dictionaries or sets, as lines."""
    if isinstance(expected, (set, frozenset)):
        expected, found = dict.fromkeys(expected, True), dict.fromkeys(found, True)
    keys = sorted(set(expected) | set(found), key=repr)
    return [f"{name} {key}: known {expected.get(key)}, found {found.get(key)}" for key in keys if expected.get(key) != found.get(key)]


def check_totals(truth, store):
    new = store.rows("SELECT sum(new_events) FROM source_files")[0][0]
    uses = store.rows("SELECT (SELECT total(events) FROM role_usage) + (SELECT total(events) FROM principal_usage)")[0][0]
    known = truth["totals"]
    return compare("total", {"events": known["distinctEvents"], "uses": known["uses"]}, {"events": new, "uses": uses})


def check_calls(truth, store):
    words = {"ok": "success", "failed": "failed", "denied": "denied"}
    known = {(role, call, words[outcome]): by[outcome] for role, facts in truth["roles"].items()
             for call, by in facts["calls"].items() for outcome in words if by[outcome]}
    found = {(role, f"{source} {name}", outcome): n for role, source, name, outcome, n in store.rows(
        "SELECT role_id, event_source, event_name, outcome, sum(events) FROM role_usage GROUP BY 1, 2, 3, 4") if role in truth["roles"]}
    return compare("calls", known, found)


def check_entries(truth, store):
    known = {role: facts["entered"] for role, facts in truth["roles"].items() if facts["entered"]}
    found = dict(store.rows("SELECT role_id, max(last_seen_at) FROM role_entries WHERE outcome = 'success' GROUP BY 1"))
    return compare("entered", known, {r: t for r, t in found.items() if r in truth["roles"]})


def check_verdicts(truth, store):
    found = {(role, action.lower()): (verdict, denials) for role, action, verdict, denials in store.rows(
        "SELECT role_id, action, verdict, denials FROM permission_verdicts")}
    lines = []
    for role, facts in sorted(truth["roles"].items()):
        explicit = dict(facts["explicit"] or {})
        passing = explicit.pop("passRole", None)
        known = {action: name for name in AGREE for action in explicit.get(name, [])}
        known.update((action, "onlyFailed") for action in explicit.get("onlyFailed", []))
        if passing:
            known["iam:PassRole"] = passing
        for action, name in sorted(known.items()):
            verdict, denials = found.get((role, action.lower()), (None, 0))
            # The truth knows calls that were not denied; denied ones make an attempt of what else would be unused.
            fine = verdict is None if AGREE[name] is None else verdict in AGREE[name] or (
                verdict == "attempted-only" and denials and name not in ("used", "onlyFailed"))
            if not fine:
                lines.append(f"verdict {facts['name']} {role} {action}: known {name}, found {verdict}")
    return lines


def check_dormant(truth, store):
    known = {role: "dormant" for role in truth["dormant"]}
    known.update((role, "never-used") for role in truth["neverUsed"])
    return compare("dormant", known, dict(store.rows("SELECT role_id, kind FROM dormant_roles")))


def check_orphans(truth, store):
    known = {o["roleId"]: o["arn"] if o["evidence"] != "none" else None for o in truth["orphans"]}
    found = {role: arn if how in ("observed", "created", "snapshot") else None for role, arn, how in store.rows(
        "SELECT principal_id, resolved_arn, resolution FROM orphaned_principals WHERE element = 'principal'")}
    return compare("orphan", set(known.items()), set(found.items()))


def check_passed(truth, store):
    known = {(p["by"], p["role"], p["via"]): p["count"] for p in truth["passed"]}
    found = {(by, role, f"{source} {name}"): n for by, role, source, name, n in store.rows(
        "SELECT role_id, passed_role_arn, event_source, event_name, sum(passes) FROM passed_roles GROUP BY 1, 2, 3, 4")}
    return compare("passed", known, found)


def check_gaps(truth, store):
    known = {(g["account"], g["firstDay"], g["lastDay"]) for g in truth["gaps"]}
    found = set(store.rows("SELECT DISTINCT account_id, first_day, last_day FROM coverage_gaps WHERE event_kind LIKE 'management%'"))
    return compare("gap", known, found)


CHECKS = [check_totals, check_calls, check_entries, check_verdicts, check_dormant, check_orphans, check_passed, check_gaps]


def run(*command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # 3: some input could not be read. The generator leaves such a thing on purpose.
    if result.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)}: exit status {result.returncode}\n{result.stdout}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "accessreview"))
    parser.add_argument("--events", type=int, default=60_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 11])
    parser.add_argument("--show", type=int, default=5, help="differences to print for each check")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    generator = pathlib.Path(os.environ.get(GENERATOR, ROOT.parent / "shared" / "tools" / "generate_trails.py"))
    if not generator.is_file():
        sys.exit(f"No generator of trails at {generator}. Set {GENERATOR} to the path of generate_trails.py.")

    wrong = 0
    for seed in options.seeds:
        folder = ROOT / ".build" / "truth" / f"{options.events}-{seed}"
        if not (folder / "truth.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(sys.executable, "-B", str(generator), str(folder), "--events", str(options.events), "--seed", str(seed))
        store = folder / "accessreview.sqlite"
        for old in folder.glob(store.name + "*"):
            old.unlink()
        run(program, "import", "--db", str(store), "--taken-at", "2026-10-31T23:59:59Z", *(str(folder / part) for part in ("trails", "iam", "config", "org")))
        run(program, "review", "--db", str(store), "--month", "2026-10")
        truth, opened = json.loads((folder / "truth.json").read_text()), Store(store)
        for check in CHECKS:
            lines = check(truth, opened)
            wrong += len(lines)
            print(f"seed {seed}: {check.__name__[6:]:9} {'agrees' if not lines else f'{len(lines)} differences'}")
            kinds = collections.Counter(line.split(": known ")[1] for line in lines)
            for line in lines[:options.show]:
                print(f"    {line}")
            if len(lines) > options.show:
                print("    in all: " + "; ".join(f"{n} times known {kind}" for kind, n in kinds.most_common(8)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
