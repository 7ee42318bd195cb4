"""Type-checks the examples of the doc comments and of the landing articles against the modules that a release build left.

    examples.py BUILD
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(__file__).parents[2]
build = Path(sys.argv[1]).absolute()
FENCE = re.compile(r"^ *(?:/// )?```(swift)?$")
# What an example may take as given, with the target that its type is of.
GIVEN = {
    "schema": ("Schema", "Schema"), "coded": ("CodedRows", "Schema"), "columns": ("[TreeColumn]", "Trees"),
    "rows": ("Table", "Tabular"), "trainingRows": ("Table", "Tabular"), "otherRows": ("Table", "Tabular"),
    "left": ("[Bool]", "Swift"), "now": ("Int64", "Swift"),
    "model": ("ChurnModel", "ChurnModel"), "saved": ("SavedModel", "ChurnModel"),
    "references": ("ReferenceCustomers", "ChurnModel"), "reference": ("DriftReference", "Drift"),
    "explainer": ("Explainer", "Explanation"), "key": ("CampaignKey", "Campaign"),
    "customers": ("CampaignCustomers", "Campaign"), "members": ("[CampaignMember]", "Campaign"),
    "truths": ("[MemberTruth]", "Campaign"), "log": ("any RecordStore", "Record"),
}


def run(*command):
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def examples(path):
    """The blocks of a file: number of the first line, and the lines."""
    code = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if code is not None and fence:
            yield code
            code = None
        elif fence and fence[1]:
            code = (number + 1, [])
        elif code is not None:
            code[1].append(re.sub(r"^ *///? ?", "", line) if path.suffix == ".swift" else line)


def source(target, path, number, lines):
    """The example as a function that has what it takes as given."""
    text = "\n".join(lines)
    given = {name: of for name, of in GIVEN.items()
             if re.search(rf"(?<![.\w]){name}\b(?!:)", text) and not re.search(rf"\b(?:let|var) {name}\b", text)}
    modules = {target, *dependencies[target], *(module for _, module in given.values())}
    parameters = ", ".join(f"{name}: {kind}" for name, (kind, _) in given.items())
    return "\n".join([
        *(f"import {module}" for module in sorted(modules)),
        f"private func example({parameters}) async throws {{",
        f'#sourceLocation(file: "{path.relative_to(root)}", line: {number})', text, "#sourceLocation()", "}", "",
    ])


targets = {target["name"]: target for target in json.loads(run("swift", "package", "dump-package"))["targets"]}
dependencies = {name: [next(iter(one.values()))[0] for one in target["dependencies"]] for name, target in targets.items()}
written = []
with tempfile.TemporaryDirectory() as folder:
    for path in sorted([*root.glob("Sources/**/*.swift"), *root.glob("Sources/*/*.docc/*.md")]):
        target = path.relative_to(root).parts[1]
        for number, lines in examples(path):
            file = Path(folder, f"Example{len(written)}.swift")
            file.write_text(source(target, path, number, lines), encoding="utf-8")
            written.append(file)
    options = run("Scripts/docs/module-options.sh", str(build)).splitlines()
    checked = subprocess.run(
        ["swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6", *options, *map(str, written)],
        cwd=root, capture_output=True, text=True,
    )
problems = [line for line in checked.stderr.splitlines() if ": error:" in line]
if checked.returncode:
    sys.exit("\n".join(problems) or checked.stderr)
print(f"ok   {len(written)} examples in the sources: they are what the compiler takes")
