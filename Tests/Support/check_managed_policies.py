#!/usr/bin/env python3
"""Minimises AWS's managed policies and expands what comes of it: the actions must be those that the policies allow.

Needs the environment of Tests/requirements.txt.
"""
import argparse
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile

from managed_policies import write


def lines(program, command, files, *options):
    run = subprocess.run([program, "policy", command, "--format", "json", *options, *files], stdout=subprocess.PIPE, check=True)
    found = {line["file"]: line for line in map(json.loads, run.stdout.splitlines())}
    if len(found) != len(files):
        sys.exit(f"policy {command} answered for {len(found)} of {len(files)} files.")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    failures = []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        files = write(place / "managed")
        wanted = lines(program, "expand", files)
        for options in [], ["--no-wildcards"]:
            again = place / ("again" + "".join(options))
            again.mkdir()
            patterns = {}
            for file, line in lines(program, "minimise", files, *options).items():
                path = again / pathlib.Path(file).name
                statements = [{"Effect": "Allow", "Action": line["patterns"], "Resource": "*"}] if line["patterns"] else []
                path.write_text(json.dumps({"Version": "2012-10-17", "Statement": statements}))
                patterns[str(path)] = (file, line["patterns"])
            for path, line in lines(program, "expand", sorted(patterns)).items():
                file, list_ = patterns[path]
                if line["actions"] != wanted[file]["actions"]:
                    failures.append(f"{pathlib.Path(file).name}: {sorted(set(line['actions']) ^ set(wanted[file]['actions']))[:5]}")
                # What the catalogue does not know is spelled out, or a pattern takes it in.
                lost = [a for a in wanted[file]["unknown"] if not any(fnmatch.fnmatch(a.lower(), p.lower()) for p in list_)]
                if lost:
                    failures.append(f"{pathlib.Path(file).name} lost {lost[:5]}")
                if options and sorted(list_) != sorted(wanted[file]["actions"] + wanted[file]["unknown"]):
                    failures.append(f"{pathlib.Path(file).name}: spelled out, the list is another")
    if len(files) < 1_000 or sum(len(line["actions"]) for line in wanted.values()) < 100_000:
        failures.append("There are fewer policies or actions than AWS has.")
    for failure in failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    if failures:
        sys.exit(1)
    print(f"{len(files)} managed policies stand for the same actions when they are minimised.")


if __name__ == "__main__":
    main()
