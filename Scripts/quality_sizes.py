"""How good the default is on files of other lengths, from 500 rows to 200,000, with no setting changed."""

import csv
import json
import random
import statistics

from bench import say, table
from quality_statistics import area

SMALL = (500, 1000, 2000, 4000)
LONG = 200_000
SEED = 11


def other_sizes(options, folder, schema, called):
    """The page's last section."""
    say("other sizes ...")
    simulated = f"{folder}/simulated.csv"
    called(options, folder, "simulate", "--rows", "10000", "--seed", "7", "-o", simulated)
    called(options, folder, "init", simulated, "--target", options.target, "-o", f"{folder}/simulated.yaml")
    rows = []
    for size in SMALL:
        folds = f"{folder}/folds-{size}.csv"
        write_subsamples(folds, size, total=10_000, count=6 if size <= 1000 else 4)
        for name, data, plan in (("the bank's file", options.data, schema),
                                 ("simulated", simulated, f"{folder}/simulated.yaml")):
            cells = [f"{size:,}", name]
            for model in ("best", "seed"):
                found = run(options, folder, called, data, plan, folds, model)
                cells += [f"{mean(found, 'roc_auc'):.4f}", f"{mean(found, 'log_loss'):.4f}"]
            rows.append(cells)
    head = ["training rows", "data", "AUC of `best`", "log loss", "AUC of `seed`", "log loss"]
    return f"""
## Other sizes

Subsamples of so many rows are learned from, {SMALL[0]:,} and {SMALL[1]:,} of them six times, the others four,
and all other rows of the 10,000 judge. The simulated customers are those of `retain simulate --seed 7`.

{table(head, rows)}

{long_file(options, folder, called)}
"""


def long_file(options, folder, called):
    data, truth = f"{folder}/long.csv", f"{folder}/truth.csv"
    base = ["simulate", "--rows", str(LONG), "--seed", str(SEED)]
    called(options, folder, *base, "-o", data)
    called(options, folder, *base, "--truth", "-o", truth)
    schema = f"{folder}/long.yaml"
    called(options, folder, "init", data, "--target", options.target, "-o", schema)
    folds = f"{folder}/folds-long.csv"
    held = write_subsamples(folds, LONG * 7 // 10, total=LONG, count=1)[0]
    found = run(options, folder, called, data, schema, folds, "best")
    with open(truth, newline="") as file:
        rows = [row for place, row in enumerate(csv.DictReader(file)) if place in held]
    best = area([(float(row["TrueProbability"]), row[options.target] == "1") for row in rows])
    ours = mean(found, "roc_auc")
    return (f"On {LONG:,} simulated customers, of whom {LONG * 7 // 10:,} are learned from, `best` reaches an AUC of "
            f"{ours:.4f}; the true probabilities themselves, from which the outcomes were drawn, reach "
            f"{best:.4f}: {best - ours:.4f} more.")


def write_subsamples(path, size, total, count):
    """A fold file with a column for each subsample, 1 for the rows that judge: those rows."""
    held = []
    for number in range(count):
        chosen = set(random.Random(1000 * size + number).sample(range(total), size))
        held.append(set(range(total)) - chosen)
    with open(path, "w", encoding="utf-8") as file:
        file.write("row," + ",".join(f"sample{number}" for number in range(count)) + "\n")
        for row in range(total):
            file.write(f"{row}," + ",".join("1" if row in part else "0" for part in held) + "\n")
    return held


def run(options, folder, called, data, schema, folds, model):
    output = called(options, folder, "train", data, "--model", model, "--schema", schema,
                    "--fold-file", folds, "--json")
    return json.loads(output)["holdouts"]


def mean(splits, name):
    return statistics.fmean(metric["value"] for split in splits for metric in split["metrics"]
                            if metric["name"] == name)
