"""Runs the studies of `drift-study` and writes their tables into docs/drift.md.

A section of the page names the study that writes it:

    <!-- batch: written by make drift-study -->
    <!-- end of batch -->
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "drift.md"
SECTION = re.compile(
    r"(<!-- ([\w-]+): written by make drift-study -->\n).*?(<!-- end of \2 -->)", re.DOTALL)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", required=True, help="the release program drift-study")
    parser.add_argument("sections", nargs="*", help="which studies (default: all of the page)")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    known = [found[2] for found in SECTION.finditer(page)]
    for name in options.sections or known:
        if name not in known:
            sys.exit(f"{PAGE.name} has no section '{name}'; it has {', '.join(known)}")
        print(f"{name} ...", file=sys.stderr, flush=True)
        run = subprocess.run([options.study, name], stdout=subprocess.PIPE, check=True, text=True)
        print(run.stdout)
        page = SECTION.sub(
            lambda found: found[1] + run.stdout.strip() + "\n" + found[3]
            if found[2] == name else found[0], page)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
