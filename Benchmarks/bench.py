#!/usr/bin/env python3
"""Measures import beside DuckDB, in turns and within one run: A B C A B C …

Each round starts every contender as a process of its own, on the same generated trails, with a fresh store. Seconds mean
little on a machine with other work to do; the ratios within a round are what to look at. `make bench` runs this.
"""
import argparse
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys

from measuring import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
GENERATOR = "ACCESSREVIEW_GENERATOR"

# What a record is read as: all that a row of the store is made of, spelled out so that nothing has to be guessed.
WHO = """STRUCT(type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, invokedBy VARCHAR,
  sessionContext STRUCT(sessionIssuer STRUCT(principalId VARCHAR, arn VARCHAR)))"""
RECORD = f"""STRUCT(userIdentity {WHO}, eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR,
  errorCode VARCHAR, eventID VARCHAR, sharedEventID VARCHAR, recipientAccountId VARCHAR, eventCategory VARCHAR,
  readOnly BOOLEAN, userAgent VARCHAR)"""
COUNTED = f"""STRUCT(userIdentity {WHO}, eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR,
  errorCode VARCHAR)"""
CALLER = "coalesce(r.userIdentity.sessionContext.sessionIssuer.principalId, r.userIdentity.principalId, r.userIdentity.invokedBy)"


def records(trails, shape):
    return f"""(SELECT unnest(Records) AS r FROM read_json('{trails}/AWSLogs/**/*_CloudTrail_*.json.gz',
      columns = {{Records: '{shape}[]'}}, format = 'newline_delimited', maximum_object_size = 67108864, maximum_sample_files = 1))"""


def duckdb_load(trails, store):
    """One row an event, each event id once."""
    return f"""CREATE TABLE event AS SELECT DISTINCT ON (r.eventID) r.eventID::UUID AS id, r.eventTime::TIMESTAMP AS time,
      {CALLER} AS principal, r.userIdentity.sessionContext.sessionIssuer.arn AS role, r.userIdentity.type AS kind,
      r.userIdentity.principalId AS session, r.eventSource AS source, r.eventName AS name, r.errorCode AS error,
      r.awsRegion AS region, r.recipientAccountId AS account, r.eventCategory AS category, r.readOnly AS read_only,
      r.userAgent AS agent, r.sharedEventID::UUID AS shared FROM {records(trails, RECORD)}"""


def duckdb_count(trails, store):
    """No store: calls counted by who, what and where, day by day."""
    return f"""CREATE TABLE usage AS SELECT {CALLER} AS principal, r.eventSource AS source, r.eventName AS name, r.errorCode AS error,
      r.awsRegion AS region, r.eventTime[1:10] AS day, count(*) AS calls, min(r.eventTime) AS first, max(r.eventTime) AS last
      FROM {records(trails, COUNTED)} GROUP BY ALL"""


def run_duckdb(statement, store):
    import duckdb
    connection = duckdb.connect(store)
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(statement)
    connection.execute("CHECKPOINT")
    connection.close()


def contenders(program, trails, folder):
    """name → (command, its store)"""
    me = [sys.executable, "-B", __file__]
    sqlite, duck = folder / "accessreview.sqlite", folder / "load.duckdb"
    return {
        "accessreview import": ([program, "import", "--db", str(sqlite), str(trails)], sqlite),
        "DuckDB, load and deduplicate": (me + ["--duckdb", "load", str(trails), str(duck)], duck),
        "DuckDB, count only": (me + ["--duckdb", "count", str(trails), ":memory:"], None),
    }


def store_size(store):
    return sum(p.stat().st_size for p in store.parent.glob(store.name + "*"))


def stored_events(store):
    if store.suffix == ".sqlite":
        with sqlite3.connect(store) as connection:
            return connection.execute("SELECT sum(new_events) FROM source_files").fetchone()[0]
    import duckdb
    with duckdb.connect(str(store), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM event").fetchone()[0]


def generated(events, seed):
    generator = pathlib.Path(os.environ.get(GENERATOR, ROOT.parent / "shared" / "tools" / "generate_trails.py"))
    if not generator.is_file():
        sys.exit(f"No generator of trails at {generator}. Set {GENERATOR} to the path of generate_trails.py.")
    out = ROOT / ".build" / "bench" / f"trails-{events}-{seed}"
    if not (out / "truth.json").exists():
        shutil.rmtree(out, ignore_errors=True)
        print(f"Generating {events:,} events in {out} …", file=sys.stderr)
        subprocess.run([sys.executable, "-B", str(generator), str(out), "--events", str(events), "--seed", str(seed)],
                       check=True, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    return out / "trails"


def main():
    if sys.argv[1:2] == ["--duckdb"]:
        kind, trails, store = sys.argv[2:]
        run_duckdb({"load": duckdb_load, "count": duckdb_count}[kind](trails, store), store)
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "accessreview"))
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help="contenders whose name contains this", default="")
    options = parser.parse_args()

    trails = generated(options.events, options.seed)
    files = sorted(trails.rglob("*_CloudTrail_*.json.gz"))
    size = sum(len(path.read_bytes()) for path in files)          # reading them all also warms the page cache
    folder = ROOT / ".build" / "bench" / "stores"
    runners = {n: c for n, c in contenders(os.path.abspath(options.program), trails, folder).items() if options.only in n}
    measured, sizes, counts = {n: [] for n in runners}, {}, {}
    for number in range(options.rounds):
        for name, (command, store) in runners.items():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            measured[name].append(measure(command))
            print(f"round {number + 1} of {options.rounds}: {name}: {measured[name][-1][0]:.2f} s", file=sys.stderr)
            if store and number == options.rounds - 1:
                sizes[name], counts[name] = store_size(store), stored_events(store)
    shutil.rmtree(folder, ignore_errors=True)

    first = next(iter(runners))
    print(f"{options.events:,} distinct events, {len(files):,} files, {size / 1e6:.0f} MB gzip; medians of {options.rounds} rounds in "
          f"turns, {os.cpu_count()} cores; ratios are medians of each round's.\n")
    print(f"{'':30} {'wall s':>8} {'ratio':>7} {'CPU s':>8} {'peak MB':>8} {'bytes/event':>12} {'events kept':>12}")
    for name, rounds in measured.items():
        wall, cpu, peak = (statistics.median(r[i] for r in rounds) for i in range(3))
        ratio = statistics.median(r[0] / f[0] for r, f in zip(rounds, measured[first]))
        kept = f"{counts[name]:,}" if name in counts else "–"
        each = f"{sizes[name] / counts[name]:.1f}" if counts.get(name) else "–"
        print(f"{name:30} {wall:8.2f} {ratio:7.2f} {cpu:8.2f} {peak:8.0f} {each:>12} {kept:>12}")
    if len(set(counts.values())) > 1:
        sys.exit("The stores do not agree on how many events there are.")


if __name__ == "__main__":
    main()
