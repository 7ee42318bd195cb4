"""Checks the rules of CONTRIBUTING.md that a compiler does not: order of imports, the places of
`unsafe` and of the bank's column names, length of files, words that have no place in a source, titles of tests.

One line per finding; exit code 1 where there is one.
"""

import re
import sys
from pathlib import Path

LONGEST = 400
UNSAFE_TARGETS = {"Kernels", "Files"}
# They hand texts to the databases' own functions; see docs/decisions/0024-predictions-wait-in-columns.md and
# docs/decisions/0039-libpq-at-run-time.md.
UNSAFE_FILES = {"PredictionInsert.swift", "MemberInsert.swift", "LibPQ.swift", "PostgresConnection.swift"}
COLUMNS = re.compile(
    r"CreditScore|Geography|NumOfProducts|HasCrCard|IsActiveMember|EstimatedSalary|CustomerId"
    r"|RowNumber|\bExited\b|\bComplain\b|Satisfaction Score|Card Type|Point Earned"
)
UNSAFE = re.compile(r"\bunsafe\s+[\w(]|@unsafe\b|nonisolated\(unsafe\)|@unchecked\b")
# An error says its exit status; `Problem`, `DeskProblem` and `BodyTooLarge` end a request, and the others never get out of
# their files.
STATUSLESS = re.compile(r"\b(?:struct|enum|class|actor|extension)\s+(?!(?:Problem|DeskProblem|BodyTooLarge|KeyProblem|PlanRefusal|Refusal|Fault)\b)[\w.]+\s*:[^{]*\bError\b")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
IMPORT = re.compile(r"^(?:@\w+ )*(?:public |package |internal |private |fileprivate )?import (\w+)")

TEST = re.compile(r"@Test\b")
FUNCTION = re.compile(r"\bfunc (`|\w+)")
TITLE = re.compile(r'@(?:Test|Suite)\s*\(\s*"')
SUITE = re.compile(r"^(.*)\b(?:struct|class|enum|actor) (\w+)", re.MULTILINE)

root = Path(__file__).parents[1]
manifest = (root / "Package.swift").read_text(encoding="utf-8")
order = re.findall(r'(?:\broom\(\s*|\.executableTarget\(\s*name: )"(\w+)"', manifest)
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
        if STATUSLESS.search(code):
            yield number, "an error without an exit status; conform to RetainError instead of Error"
        if target not in UNSAFE_TARGETS and file.name not in UNSAFE_FILES and UNSAFE.search(code):
            yield number, f"unsafe code belongs in {' or '.join(sorted(UNSAFE_TARGETS))}"
        is_example = target == "retain" and re.search(r"\bhelp: |^ *retain ", code)
        if target != "Simulation" and not is_example and COLUMNS.search(code):
            yield number, "a column name of the bank; only Simulation knows it, rules come from the schema"


def check_titles(file):
    """Tests are named by raw identifiers, suites for what they test."""
    text = file.read_text(encoding="utf-8")
    tests = [match.start() for match in TEST.finditer(text)]

    def line(place):
        return text.count("\n", 0, place) + 1

    for place in tests:
        name = FUNCTION.search(text, place)
        if name and name[1] != "`":
            yield line(name.start()), f"name the test by what it shows, func `…`, instead of {name[1]}"
    for title in TITLE.finditer(text):
        yield line(title.start()), "the title belongs in the name: @Test func `…`, @Suite struct …Tests"
    outer = [match for match in SUITE.finditer(text) if not match[1].startswith((" ", "//"))]
    for place, (begin, declared, name) in enumerate((match.start(), match[1], match[2]) for match in outer):
        end = outer[place + 1].start() if place + 1 < len(outer) else len(text)
        if any(begin < test < end for test in tests):
            if "@Suite" not in declared or not name.endswith("Tests"):
                yield line(begin), f"holds tests and is to be declared @Suite struct …Tests, not {name}"


for file in sorted([*root.glob("Sources/**/*.swift"), *root.glob("Tests/**/*.swift")]):
    titles = check_titles(file) if "Tests" in file.relative_to(root).parts else []
    for number, problem in [*check(file), *titles]:
        findings.append(f"{file.relative_to(root)}:{number}: {problem}")
print("\n".join(findings), end="\n" if findings else "")
sys.exit(1 if findings else 0)
