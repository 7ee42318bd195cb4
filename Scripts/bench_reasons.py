"""Measures exact reasons beside shap's exact explainer with onnxruntime, and writes the table of docs/performance.md anew.

    bench_reasons.py --retain PROGRAM --data CUSTOMERS.csv [--model FOLDER]

Runs in a Python environment with Scripts/fixtures/reasons.requirements.txt. Both explain the same customers by the same model
(the networks alone, without trees) against the same weighted reference customers, over the columns that the networks read, with
as many threads. shap asks the model's ONNX file for all mixtures; points are held against each other. Retain's time is that of the
process less that of one that has nobody to explain; shap's is without imports and loading. They take turns.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
import shap

sys.path.insert(0, str(Path(__file__).parent / "fixtures"))

from bench import Spread, machine, number, say, table, write
from reasons import coded, onnx_scores

ASKED = 2.5
NEARNESS = 1e-6


class Reasons:
    def __init__(self, options, folder):
        self.retain = options.retain
        self.folder = folder
        self.model = options.model or self.trained(options.data)
        with open(options.data, newline="") as file:
            lines = list(csv.reader(file))
        # Evenly from all, so that no group of the file is left out.
        step = max(1, (len(lines) - 1) // options.customers)
        self.customers = lines[1::step][: options.customers]
        for name, rows in [("some.csv", self.customers), ("nobody.csv", [])]:
            with open(f"{folder}/{name}", "w", newline="") as file:
                csv.writer(file).writerows([lines[0]] + rows)
        self.rows = [dict(zip(lines[0], row)) for row in self.customers]
        columns = json.loads(Path(self.model, "retain/schema.json").read_text())["columns"]
        self.schema = [column for column in columns if column["role"] == "feature"]
        explain = json.loads(Path(self.model, "retain/explain.json").read_text())
        self.references, self.weights = np.array(explain["rows"], dtype=float), np.array(explain["weights"])
        inputs = {one.name for one in onnxruntime.InferenceSession(f"{self.model}/model.onnx").get_inputs()}
        self.players = [place for place, column in enumerate(self.schema) if column["name"] in inputs]

    def trained(self, data):
        """The folder of the default model without trees."""
        self.run("init", data, "-o", "retain.yaml")
        path = Path(self.folder, "retain.yaml")
        settings = path.read_text()
        changed = settings.replace("  model: best", "  model: best\n  trees: false")
        if changed == settings:
            sys.exit("retain.yaml does not say `model: best`, below which trees are left out")
        path.write_text(changed)
        say("training the networks")
        self.run("train", data, "--seed", "42", "--output", "model", "--no-tracking")
        return f"{self.folder}/model"

    def run(self, *arguments):
        done = subprocess.run([self.retain, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit(f"retain {arguments[0]} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def explained(self, name, threads):
        start = time.perf_counter()
        found = json.loads(self.run("explain", self.model, name, "--exact", "--json", "--threads", str(threads)))
        return time.perf_counter() - start, found

    def ours(self, threads):
        """Milliseconds a customer, and the points of each by column."""
        nobody, _ = self.explained("nobody.csv", threads)
        seconds, found = self.explained("some.csv", threads)
        points = [{reason["column"]: reason["points"] for reason in one["reasons"]} for one in found]
        return 1000 * (seconds - nobody) / len(found), points

    def peers(self, threads):
        """The same by shap."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        session = onnxruntime.InferenceSession(f"{self.model}/model.onnx", options)
        count, found, seconds = len(self.players), [], 0
        for row in self.rows:
            values = np.array(coded(self.schema, row))

            def game(coalitions):
                known = np.zeros((len(coalitions), 1, len(values)), dtype=bool)
                known[:, 0, self.players] = np.asarray(coalitions, dtype=bool)
                mixed = np.where(known, values, self.references).reshape(-1, len(values))
                return onnx_scores(session, self.schema, mixed).reshape(len(known), -1) @ self.weights

            start = time.perf_counter()
            masker = shap.maskers.Independent(np.zeros((1, count)), max_samples=1)
            explained = shap.explainers.Exact(game, masker)(np.ones((1, count)), max_evals=1 << count)
            seconds += time.perf_counter() - start
            points = explained.values[0]
            found.append({self.schema[place]["name"]: float(points[at]) for at, place in enumerate(self.players)})
        return 1000 * seconds / len(self.rows), found


def farthest(some, others):
    """The greatest difference of two programs' points; a column that one does not read has none."""
    return max(
        abs(one.get(name, 0) - other.get(name, 0)) for one, other in zip(some, others) for name in one.keys() | other.keys()
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--retain", required=True, type=os.path.abspath)
    parser.add_argument("--data", required=True, type=os.path.abspath)
    parser.add_argument("--model", type=os.path.abspath, help="a model folder without trees (default: one is trained)")
    parser.add_argument("--customers", type=int, default=12)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        reasons = Reasons(options, folder)
        rows, distance = [], 0
        for threads in sorted({1, os.cpu_count() or 1}):
            mine, theirs = [], []
            for run in range(options.runs):
                say(f"{threads} threads, run {run + 1} of {options.runs}")
                time_of_ours, points = reasons.ours(threads)
                time_of_peers, others = reasons.peers(threads)
                mine.append(time_of_ours)
                theirs.append(time_of_peers)
                distance = max(distance, farthest(points, others))
            mine.append(reasons.ours(threads)[0])
            ours, peers = Spread(mine), Spread(theirs)
            ratio = peers.median / ours.median
            verdict = "met" if ratio >= ASKED else f"**missed**: {100 * ratio / ASKED:.0f}% of it"
            rows.append(
                [f"{threads}", f"{peers.text()} ms", f"{ours.text()} ms", f"{number(ratio)} ×", f"{ASKED} ×", verdict]
            )
        if not distance < NEARNESS:
            sys.exit(f"points differ by {distance}: both do not compute the same")
        count, players = len(reasons.references), len(reasons.players)
        write(
            "reasons",
            table(["threads", "shap's time a customer", "Retain's", "ratio", "at least", ""], rows)
            + f"\n\n{players} columns, {count} reference customers, {len(reasons.rows)} customers; points differ by at most"
            + f" {distance:.0e}. {machine()}; load {load:.1f} at the start; {time.strftime('%Y-%m-%d')}.",
        )


if __name__ == "__main__":
    main()
