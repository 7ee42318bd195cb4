"""Trains Retain's models on the fixed folds of Scripts/quality and writes docs/quality.md: how good they
are beside their Python peers, and which of the differences are more than luck.

What the page claims is derived from the intervals of its own tables. The peers' numbers are read from
Scripts/quality/peers.csv; they are not measured again.
"""

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import say
from quality_page import page
from quality_sets import other_sets
from quality_sizes import other_sizes
from quality_statistics import METRICS, Model

FOLDER = Path(__file__).parent / "quality"
GIVES_AWAY = "Complain"


class Plan:
    """What folds.csv says: the test rows of each split by its name, and the number of rows."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.row_count = len(rows)
        self.repeats, self.folds, self.holdouts = 0, {}, {}
        for column in [name for name in rows[0] if name != "row"]:
            assigned = [int(row[column]) for row in rows]
            if max(assigned) > 1:
                self.repeats += 1
                for fold in range(max(assigned) + 1):
                    self.folds[f"{column}.{fold}"] = assigned.count(fold)
            else:
                self.holdouts[column] = sum(assigned)
        tests = statistics.fmean(self.folds.values())
        self.test_per_training_row = tests / (self.row_count - tests)


def splits_of(run):
    """What `retain train --fold-file --json` prints: (folds, hold-outs), each a dictionary from the split's
    name to (test rows, training rows, metrics, names of the columns that were kept)."""

    def part(found):
        return {
            split["name"]: (split["testRows"], split["trainingRows"], metrics_of(split),
                            split["keptColumns"])
            for split in found
        }

    return part(run["folds"]), part(run["holdouts"])


def metrics_of(split):
    values = {metric["name"]: metric["value"] for metric in split["metrics"]}
    return {metric.key: values[metric.name_in_retain] for metric in METRICS}


def schema(options, folder):
    """Lets `retain init` write the schema: (its path, the columns it leaves out as leaks)."""
    path = f"{folder}/retain.yaml"
    called(options, folder, "init", options.data, "--target", options.target, "-o", path)
    text = Path(path).read_text(encoding="utf-8")
    leaks = [name.strip("\"'") for name in re.findall(r"^  (.+):\n    role: leak\b", text, re.MULTILINE)]
    if re.search(rf"^  {GIVES_AWAY}:\n", text, re.MULTILINE) and GIVES_AWAY not in leaks:
        sys.exit(f"retain init took {GIVES_AWAY} for a feature; what is measured with it is worth nothing")
    return path, leaks


def called(options, folder, *arguments):
    # In the temporary folder, so that nothing is written where the caller stands.
    run = subprocess.run([options.retain, *arguments], cwd=folder, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"retain {' '.join(arguments)} ended with {run.returncode}: {run.stderr[-2000:]}")
    return run.stdout


def measured(options, folder, plan, name, schema_path, leaks):
    """One of Retain's models on all splits."""
    say(f"retain's {name} on {len(plan.folds)} folds ...")
    started = time.perf_counter()
    output = called(options, folder, "train", options.data, "--model", name, "--schema", schema_path,
                    "--fold-file", options.folds_file, "--json")
    model = Model(name, ours=True)
    model.seconds = time.perf_counter() - started
    folds, holdouts = splits_of(json.loads(output))
    for found, planned in ((folds, plan.folds), (holdouts, plan.holdouts)):
        if {split: rows[0] for split, rows in found.items()} != planned:
            sys.exit(f"{name}: its splits and their test rows are not those of {options.folds_file}")
        if any(test + training != plan.row_count for test, training, _, _ in found.values()):
            sys.exit(f"{name}: the test and training rows of a split are not all rows")
    model.folds = {split: folds[split][2] for split in plan.folds}
    model.holdouts = {split: holdouts[split][2] for split in plan.holdouts}
    model.kept = {split: found[3] for split, found in (folds | holdouts).items()}
    if used := {column for kept in model.kept.values() for column in kept} & {*leaks, GIVES_AWAY}:
        sys.exit(f"{name} read {', '.join(sorted(used))}, which gives the target away")
    return model


def peers(path, plan):
    models = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            model = models.setdefault(row["model"], Model(row["model"]))
            part, planned = ((model.folds, plan.folds) if row["split"] in plan.folds else
                             (model.holdouts, plan.holdouts))
            if planned.get(row["split"]) != int(row["testRows"]):
                sys.exit(f"{path}: {row['model']}, {row['split']}: not a split of the fold file")
            part[row["split"]] = {metric.key: float(row[metric.key]) for metric in METRICS}
    if few := [model.name for model in models.values() if len(model.folds) < 2]:
        sys.exit(f"{path}: {few[0]} has fewer than two folds, too few for a difference")
    return list(models.values())


def share_of(path, target, positive):
    with open(path, newline="", encoding="utf-8-sig") as file:
        labels = [row[target] for row in csv.DictReader(file)]
    return labels.count(positive) / len(labels), len(labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program")
    parser.add_argument("--data", required=True, help="the bank's file, whose rows the folds name")
    parser.add_argument("--target", default="Exited", help="its yes/no column")
    parser.add_argument("--positive", default="1", help="the level that means that the customer left")
    parser.add_argument("--models", default="best,fast,seed", help="the first is compared with all others")
    parser.add_argument("--folds-file", default=FOLDER / "folds.csv")
    parser.add_argument("--peers-file", default=FOLDER / "peers.csv")
    parser.add_argument("--sets", help="the folder of the development sets")
    parser.add_argument("--set-peers-file", default=FOLDER / "sets.csv")
    parser.add_argument("--output", required=True, help="the page to write")
    options = parser.parse_args()
    for name in ("retain", "data", "folds_file", "peers_file"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    plan, load = Plan(options.folds_file), os.getloadavg()[0]
    share, rows = share_of(options.data, options.target, options.positive)
    if rows != plan.row_count:
        sys.exit(f"{options.data} has {rows} rows, but the folds are those of a file with {plan.row_count}")
    others = peers(options.peers_file, plan)
    with tempfile.TemporaryDirectory() as folder:
        path, leaks = schema(options, folder)
        sizes = other_sizes(options, folder, path, called)
        sets = other_sets(options, folder, called)
        ours = [measured(options, folder, plan, name, path, leaks) for name in options.models.split(",")]
    Path(options.output).write_text(page(ours, others, plan, share, leaks, load, sets) + sizes, encoding="utf-8")
    print(f"wrote {options.output}")


if __name__ == "__main__":
    main()
