"""Holds the numbers of README.md and README.pt-BR.md against the pages that measure them.

    numbers.py [--write]    writes the numbers of those pages into both instead

A measured number is the text of a link whose title says where it stands on the page: cells of its row and the head of
its column, as in [772 ×](docs/performance.md#against-the-python-stack "seed's training; Keras fit; ratio"). A number with
three or more decimals, or a factor (×), without such a link is an error.
"""

import re
import sys
from pathlib import Path

root = Path(__file__).parents[2]
LINK = re.compile(r'\[([^\]]+)\]\((docs/[\w./-]+\.md)#([\w-]+) "([^"]+)"\)')
findings = []


def plain(cell):
    return re.sub(r"[*`]", "", cell).strip()


def slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def rows(page, anchor):
    """The rows of the tables below a heading, each as a dictionary; an empty first cell is the one above's."""
    within, head, first = False, None, ""
    for line in (root / page).read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"#+ (.+)", line):
            within = slug(heading[1]) == anchor
        if not line.startswith("|"):
            head = None
            continue
        cells = [plain(cell) for cell in line.strip("|").split("|")]
        if head is None:
            head = cells
        elif within and not set("".join(cells)) <= set("-: "):
            first = cells[0] or first
            yield dict(zip(head, [first, *cells[1:]]))


def value(page, anchor, title):
    """What stands where a title says, without its deviation or range."""
    *wanted, column = [part.strip() for part in title.split(";")]
    found = [row for row in rows(page, anchor) if set(wanted) <= set(row.values()) and column in row]
    if len(found) != 1:
        raise LookupError(f"{page}#{anchor} has {len(found)} rows with {wanted} and a column {column}")
    return re.split(r" ±| \(", found[0][column])[0]


def localised(number, name):
    """Commas for points where the language has them so."""
    return number.translate(str.maketrans(".,", ",.")) if "pt-BR" in name else number


def measured(name):
    """What looks like a measured number: three or more decimals, or a factor."""
    return re.compile(r"(?<![\w.,])\d+%s\d{3,}|\d ×" % ("," if "pt-BR" in name else r"\."))


def without(text, pattern):
    """The text with what fits made blank, lines kept."""
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.MULTILINE | re.DOTALL)


for name in ("README.md", "README.pt-BR.md"):
    text = (root / name).read_text(encoding="utf-8")

    def current(link):
        try:
            number = localised(value(*link.groups()[1:]), name)
        except LookupError as problem:
            findings.append(f"{name}: {problem}")
            return link[0]
        if number != link[1] and "--write" not in sys.argv:
            findings.append(f"{name}: {link[1]} is {number} by {link[2]} ({link[4]}); `make reference` writes it")
        return f'[{number}]({link[2]}#{link[3]} "{link[4]}")'

    written = LINK.sub(current, text)
    if "--write" in sys.argv:
        (root / name).write_text(written, encoding="utf-8")
    bare = without(without(without(text, r"^```.*?^```$"), LINK.pattern), r"\]\([^)]*\)")
    for number, line in enumerate(bare.splitlines(), 1):
        for found in measured(name).finditer(line):
            findings.append(f"{name}:{number}: {found[0]} says not where it was measured")
print("\n".join(findings) or "ok   the numbers of README.md and README.pt-BR.md are those of the pages that measure them")
sys.exit(1 if findings else 0)
