"""Holds the documents against each other and against the tree: links and files that they name are there, and
README.pt-BR.md has the parts of README.md.

    structure.py
"""

import re
import subprocess
import sys
from pathlib import Path

root = Path(__file__).parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
FILE = re.compile(r"`((?:Sources|Tests|Scripts|docs|deploy|Benchmarks|Fuzzing)/[\w./+-]+)`")
findings = []


def anchors(path):
    """What a link into a document may name: its headings as GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def without_code(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def check(path):
    text = without_code(path.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (path.parent / place).resolve() if place else path
        if not file.exists():
            findings.append(f"{path.relative_to(root)}: the link {target} leads nowhere")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            findings.append(f"{path.relative_to(root)}: {target} has no such heading")
    for name in FILE.findall(text):
        if not (root / name).exists():
            findings.append(f"{path.relative_to(root)}: {name} is not there")


def shape(path):
    """The levels of headings, the languages of blocks with the commands in them, rows of tables, and pictures."""
    text = path.read_text(encoding="utf-8")
    parts, code = [], None
    for line in text.splitlines():
        if fence := re.match(r"^```(\w*)$", line):
            if code is None:
                code = (fence[1] or "text", [])
            else:
                parts.append((code[0], tuple(code[1]) if code[0] in ("sh", "yaml") else len(code[1])))
                code = None
        elif code is not None:
            # What a command says of itself is translated, the command is not.
            command = re.split(r"\s+#|^#", line)[0].rstrip()
            if command:
                code[1].append(command)
        elif heading := re.match(r"^(#+) ", line):
            parts.append(("heading", len(heading[1])))
        elif line.startswith("|"):
            parts.append(("row", line.count("|")))
        elif line.startswith("!["):
            # A picture of a page may speak the language of the document.
            parts.append(("picture", LINK.match(line)[1].replace(".pt-BR.", ".")))
        elif line.startswith("<!-- "):
            parts.append(("mark", line.split(":")[0]))
    return parts


tracked = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=root, capture_output=True, text=True, check=True
).stdout.splitlines()
for name in tracked:
    if not name.startswith("Tests/") and (root / name).exists():
        check(root / name)
english, portuguese = shape(root / "README.md"), shape(root / "README.pt-BR.md")
for place, (one, other) in enumerate(zip(english, portuguese)):
    if one != other:
        findings.append(f"README.pt-BR.md: part {place + 1} is {other} and in README.md {one}")
        break
if len(english) != len(portuguese):
    findings.append(f"README.pt-BR.md has {len(portuguese)} parts and README.md {len(english)}")
print("\n".join(findings) or f"ok   {len(tracked)} documents: links, files; README.pt-BR.md has all of README.md")
sys.exit(1 if findings else 0)
