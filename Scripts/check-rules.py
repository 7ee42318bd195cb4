"""Checks the rules of CONTRIBUTING.md that a compiler does not: order of imports, the places of
`unsafe` and of the bank's column names, length of files, words that have no place in a source.

One line per finding; exit code 1 where there is one.
"""

import re
import sys
from pathlib import Path

LONGEST = 400
UNSAFE_TARGETS = {"Kernels", "Files"}
# Hands texts to SQLite's own functions; see docs/decisions/0024-predictions-wait-in-columns.md.
UNSAFE_FILE = "PredictionInsert.swift"
COLUMNS = re.compile(
    r"CreditScore|Geography|NumOfProducts|HasCrCard|IsActiveMember|EstimatedSalary|CustomerId"
    r"|RowNumber|\bExited\b|\bComplain\b|Satisfaction Score|Card Type|Point Earned"
)
UNSAFE = re.compile(r"\bunsafe\s+[\w(]|@unsafe\b|nonisolated\(unsafe\)|@unchecked\b")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
IMPORT = re.compile(r"^(?:@\w+ )*(?:public |package |internal |private |fileprivate )?import (\w+)")

root = Path(__file__).parents[1]
manifest = (root / "Package.swift").read_text(encoding="utf-8")
order = re.findall(r'(?:\broom\(|\.executableTarget\(\s*name: )"(\w+)"', manifest)
findings = []


def code_of(line):
    """The line without its comment; good enough for these checks."""
    return re.sub(r"(^|\s)//.*", "", line)


def check(file):
    folder, target = file.relative_to(root).parts[:2]
    lines = file.read_text(encoding="utf-8").splitlines()
    if len(lines) > LONGEST and not file.name.endswith(".pb.swift"):
        yield LONGEST, f"{len(lines)} lines; split the file, at most {LONGEST}"
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line):
            yield number, "unfinished work; finish it or open an issue"
        if folder != "Sources":
            continue
        code = code_of(line)
        imported = IMPORT.match(code)
        if imported and imported[1] in order and target in order:
            if order.index(imported[1]) > order.index(target):
                yield number, f"{target} stands above {imported[1]} and must not import it"
        if target not in UNSAFE_TARGETS and file.name != UNSAFE_FILE and UNSAFE.search(code):
            yield number, f"unsafe code belongs in {' or '.join(sorted(UNSAFE_TARGETS))}"
        is_example = target == "retain" and re.search(r"\bhelp: |^ *retain ", code)
        if target != "Simulation" and not is_example and COLUMNS.search(code):
            yield number, "a column name of the bank; only Simulation knows it, rules come from the schema"


for file in sorted([*root.glob("Sources/**/*.swift"), *root.glob("Tests/**/*.swift")]):
    for number, problem in check(file):
        findings.append(f"{file.relative_to(root)}:{number}: {problem}")
print("\n".join(findings), end="\n" if findings else "")
sys.exit(1 if findings else 0)
