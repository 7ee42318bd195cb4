"""Checks the layout that CONTRIBUTING.md tells of against Package.swift and the tree: who may import whom, tests beside
every target, and nothing of one machine or of one network in any file.

One line per finding; exit code 1 where there is one.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

root = Path(__file__).parents[1]
TOOLCHAIN = {"Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization", "Testing"}
IMPORT = re.compile(r"^(?:@\w+ )*(?:(?:public|package|internal|private|fileprivate) )?import (?:\w+ )?(\w+)", re.MULTILINE)
# Folders of one machine; names of the places that packages come from, which each machine has its own settings for.
MACHINE = re.compile(
    r"(?<![\w.$}])/(?:root|Users/\w+|home/(?!a/)\w+|work|opt/\w+)/\w|deb\.debian\.org|(?<!\.)pypi\.org|registry\.npmjs"
)
findings = []


def run(*command):
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def dependencies(target):
    """What a target says it stands on: its own package's targets, and products of others."""
    for dependency in target["dependencies"]:
        yield next(iter(dependency.values()))[0]


targets = {target["name"]: target for target in json.loads(run("swift", "package", "dump-package"))["targets"]}
rooms = [name for name, target in targets.items() if target["type"] != "test"]
# Of C, or a door to a library of the system.
foreign = {name for name in rooms if not list((root / "Sources" / name).glob("**/*.swift"))}
for place, name in enumerate(rooms):
    declared = set(dependencies(targets[name]))
    imported = {}
    for file in sorted((root / "Sources" / name).glob("**/*.swift")):
        for module in IMPORT.findall(file.read_text(encoding="utf-8")):
            imported.setdefault(module, file.relative_to(root))
    for module, file in imported.items():
        if module not in declared | TOOLCHAIN:
            findings.append(f"{file}: imports {module}, on which {name} does not depend by Package.swift")
    for module in sorted(declared & set(rooms) - set(imported)) if name not in foreign else []:
        findings.append(f"Package.swift: {name} depends on {module} and imports it nowhere")
    for module in declared & set(rooms):
        if rooms.index(module) > place:
            findings.append(f"Package.swift: {name} stands above {module} and depends on it")
    if name not in foreign and name + "Tests" not in targets:
        findings.append(f"Package.swift: {name} has no tests")

table = re.search(r"^\| target \| what \|\n(.*?)\n\n", (root / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
rows = re.findall(r"^\| `(\w+)` \|", table[1], re.MULTILINE)
wanted = [name for name in rooms if name not in foreign]
if rows != wanted:
    findings.append(f"CONTRIBUTING.md: the table of targets is {', '.join(rows)}; Package.swift has {', '.join(wanted)}")

for name in run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
    file = root / name
    if not name or not file.is_file() or file == Path(__file__):
        continue
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue
    for number, line in enumerate(text.splitlines(), 1):
        if found := MACHINE.search(line):
            findings.append(f"{name}:{number}: {found[0]}… is one machine's")
print("\n".join(findings), end="\n" if findings else "")
sys.exit(1 if findings else 0)
