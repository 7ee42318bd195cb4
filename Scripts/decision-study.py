"""Runs the studies of `decision-study` and of the program, and writes their tables into docs/worth.md.

A section of the page names the study that writes it:

    <!-- looks: written by make decision-study -->
    <!-- end of looks -->
"""

import argparse
import csv
import math
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "worth.md"
SECTION = re.compile(
    r"(<!-- ([\w-]+): written by make decision-study -->\n).*?(<!-- end of \2 -->)", re.DOTALL)

# What Retain takes where nothing is said.
OFFER, CONTACT, ACCEPTANCE = 10.0, 1.0, 0.3
CUSTOMERS, COMPANIES = 100_000, 3


def profit(probability, value):
    """What contacting a customer earns on average."""
    saved = probability * ACCEPTANCE
    return saved * value - CONTACT - OFFER * (saved + 1 - probability)


def regret(retain):
    """By how much the lists of `retain campaign plan` earn less than those of an oracle, by true probabilities."""
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            subprocess.run([retain, *map(str, arguments)], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)  # fmt: skip

        root = Path(folder)
        run("simulate", "--rows", 20_000, "--seed", 1, "-o", "known.csv")
        run("train", "known.csv", "--output", "model", "--seed", 42)
        found = {}
        for company in range(COMPANIES):
            run("simulate", "--rows", CUSTOMERS, "--seed", 100 + company, "--truth", "-o", "customers.csv")
            run("score", "model", "customers.csv", "-o", "plain.csv")
            with open(root / "customers.csv", newline="", encoding="utf-8") as file:
                truth = {row["CustomerId"]: float(row["TrueProbability"]) for row in csv.DictReader(file)}
            draw = random.Random(company)
            values = {name: round(math.exp(draw.gauss(5, 0.8)), 2) for name in truth}
            scores = {}
            with open(root / "plain.csv", newline="", encoding="utf-8") as file, \
                    open(root / "scored.csv", "w", newline="", encoding="utf-8") as target:
                reader = csv.reader(file)
                writer = csv.writer(target, lineterminator="\n")
                writer.writerow([*next(reader)[:2], "value"])
                for name, score, *_ in reader:
                    writer.writerow([name, score, values[name]])
                    scores[name] = float(score)
            earns = {name: profit(truth[name], values[name]) for name in truth}
            best = sorted((earned for earned in earns.values() if earned > 0), reverse=True)
            likely = sorted(scores, key=lambda name: -scores[name])
            for contacts in (2_000, 10_000, 30_000):
                name = f"c{company}-{contacts}"
                run("campaign", "plan", name, "model", "--scored", "scored.csv", "--contacts", contacts, "--hold-out", 0,
                    "--allow-overlap", "-o", "list.csv")  # fmt: skip
                with open(root / "list.csv", newline="", encoding="utf-8") as file:
                    chosen = [row["customer"] for row in csv.DictReader(file)]
                oracle = sum(best[:contacts])
                found.setdefault(contacts, []).append((
                    1 - sum(earns[name] for name in chosen) / oracle,
                    1 - sum(earns[name] for name in likely[:contacts]) / oracle))  # fmt: skip
    lines = ["| contacts | regret on average | at worst | of a list by probability |", "| --: | --: | --: | --: |"]
    for contacts, pairs in found.items():
        own, by_probability = zip(*pairs, strict=True)
        lines.append(f"| {contacts:,} | {sum(own) / len(own):.2%} | {max(own):.2%} |"
                     f" {sum(by_probability) / len(by_probability):.1%} |")  # fmt: skip
    return "\n".join(line.replace("%", " %") for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program retain")
    parser.add_argument("--study", required=True, help="the release program decision-study")
    parser.add_argument("sections", nargs="*", help="which studies (default: all of the page)")
    options = parser.parse_args()
    retain = str(Path(options.retain).resolve())
    page = PAGE.read_text(encoding="utf-8")
    known = [found[2] for found in SECTION.finditer(page)]
    for name in options.sections or known:
        if name not in known:
            sys.exit(f"{PAGE.name} has no section '{name}'; it has {', '.join(known)}")
        print(f"{name} ...", file=sys.stderr, flush=True)
        if name == "regret":
            text = regret(retain)
        else:
            run = subprocess.run([options.study, name], stdout=subprocess.PIPE, check=True, text=True)
            text = run.stdout.strip()
        print(text)
        page = SECTION.sub(
            lambda found, name=name, text=text: found[1] + text + "\n" + found[3] if found[2] == name else found[0], page)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
