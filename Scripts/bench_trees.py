"""Measures what the default model's trees take, beside CatBoost, and writes the section "trees" of docs/performance.md anew:
`make bench-trees PEERS=path-to-python`, whose Python has catboost and pandas.

Retain's training is all of `retain train` with networks of two units and one epoch: reading, the ways to grow in five
folds, and both ensembles on all rows. CatBoost's is one `fit` with its defaults, without reading. They take turns.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas
from catboost import CatBoostClassifier

from bench import Spread, processor_seconds, say, table, timed, write

SIZES = (10_000, 100_000)
MOST_ROWS = 1_000_000
THREADS = 2
TREES_ALONE = "\ntraining:\n  columns: all\n  epochs: 1\n  hidden: [2]\n  members: 1\n"


def fit_peer(path):
    """Seconds of a fit with CatBoost's defaults."""
    customers = pandas.read_csv(path).drop(columns=["RowNumber", "CustomerId", "Surname"])
    left = customers.pop("Exited")
    texts = [name for name in customers if not pandas.api.types.is_numeric_dtype(customers[name])]
    started = time.perf_counter()
    CatBoostClassifier(verbose=0, thread_count=THREADS, cat_features=texts, allow_writing_files=False).fit(customers, left)
    return time.perf_counter() - started


def tree_count(model):
    blend = json.loads(Path(model, "retain/metrics.json").read_text(encoding="utf-8"))["blend"]
    return sum(ensemble["trees"] for ensemble in blend["ensembles"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program")
    parser.add_argument("--runs", type=int, default=3, help="of each training")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        def retain(*arguments):
            subprocess.run([options.retain, *arguments], check=True, capture_output=True)

        def customers(rows):
            path = f"{folder}/{rows}.csv"
            retain("simulate", "--rows", str(rows), "--seed", "1", "-o", path)
            return path

        first = customers(SIZES[0])
        schema = Path(folder, "retain.yaml")
        retain("init", first, "-o", str(schema))
        schema.write_text(schema.read_text(encoding="utf-8").replace("\ntraining:\n", TREES_ALONE), encoding="utf-8")

        def train(path, model):
            return timed([options.retain, "train", path, "--schema", str(schema), "--test", "0", "--no-tracking",
                          "--threads", str(THREADS), "--output", model])

        rows = []
        for size in SIZES:
            path, model = customers(size), f"{folder}/model-{size}"
            peers, own, peak = [], [], 0
            for run in range(options.runs):
                say(f"{size} rows, run {run + 1} of {options.runs} ...")
                seconds, memory = train(path, model)
                own.append(seconds)
                peak = max(peak, memory)
                peers.append(fit_peer(path))
            peer, retains = Spread(peers), Spread(own)
            rows.append([f"{size:,}", peer.text() + " s", retains.text() + " s",
                         f"{peer.median / retains.median:.2f} ×", f"{peak / 1e6:,.0f} MB"])
        say(f"{MOST_ROWS} rows ...")
        many = customers(MOST_ROWS)
        seconds, memory = train(many, f"{folder}/many")
        rows.append([f"{MOST_ROWS:,}", "", f"{seconds:.0f} s", "", f"{memory / 1e6:,.0f} MB"])
        # A model of trees beside one without: what reading, encoding and writing take is in both.
        model = f"{folder}/model-{SIZES[0]}"
        schema.write_text(schema.read_text(encoding="utf-8").replace(TREES_ALONE, TREES_ALONE + "  trees: false\n"),
                          encoding="utf-8")
        train(first, f"{folder}/plain")
        command = [options.retain, "score", "--threads", "1", many, "-o", f"{folder}/scores"]
        scored = {name: [] for name in (model, f"{folder}/plain")}
        for _ in range(5):
            for name, found in scored.items():
                found.append(processor_seconds([*command[:2], name, *command[2:]]))
        least, most = (Spread(scored[name]).median for name in (f"{folder}/plain", model))
        trees = tree_count(model)
        rate = MOST_ROWS / (most - least)
        write("trees", table(["rows", "CatBoost's fit", "Retain's trees", "ratio", "peak resident"], rows)
              + f"\n\nScoring by {trees} trees takes {(most - least) * 1e9 / MOST_ROWS:,.0f} ns of a core a customer: {rate:,.0f} customers"
              f" a second, and by 300 trees {rate * trees / 300:,.0f}.")


if __name__ == "__main__":
    main()
