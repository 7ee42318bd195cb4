"""Measures CatBoost and LightGBM, as they come and tuned, on the splits of the development sets, and writes
Scripts/quality/sets.csv.

Needs the packages of Scripts/quality/requirements.txt. A line that is already there is kept, not measured again.
"""

import argparse
import copy
import csv
import itertools
import os
import sys
import tempfile
from pathlib import Path

import lightgbm
import pandas
from catboost import CatBoostClassifier
from sklearn.model_selection import train_test_split

sys.path.insert(0, str(Path(__file__).parents[1]))
from quality_sets import SPLITS, TARGET, digest, split_files  # noqa: E402
from quality_statistics import area, log_loss  # noqa: E402

HEAD = ["set", "file", "split", "model", "trainingRows", "testRows", "logLoss", "auc", "setting"]
# Of the training rows, to choose a setting by; most trees there, and trees without a gain that end its training.
HELD_OUT = 0.25
MOST_TREES = 2000
PATIENCE = 100

CATBOOST = [
    {"iterations": 1000},
    {"depth": 4, "learning_rate": 0.03},
    {"depth": 6, "learning_rate": 0.03},
    {"depth": 8, "learning_rate": 0.05},
    {"depth": 3, "learning_rate": 0.05, "l2_leaf_reg": 10},
    {"depth": 6, "learning_rate": 0.05, "l2_leaf_reg": 10, "rsm": 0.5, "one_hot_max_size": 20},
    {"depth": 7, "learning_rate": 0.1, "l2_leaf_reg": 1},
]
LIGHTGBM = [
    {"learning_rate": 0.05},
    {"learning_rate": 0.05, "num_leaves": 7},
    {"learning_rate": 0.03, "num_leaves": 15, "colsample_bytree": 0.5, "subsample": 0.8, "subsample_freq": 1,
     "reg_lambda": 10},
    {"learning_rate": 0.05, "num_leaves": 63, "min_child_samples": 5, "colsample_bytree": 0.8, "subsample": 0.8,
     "subsample_freq": 1},
]


class Part:
    """The rows of a file; columns of text are categories, all others numbers."""

    def __init__(self, path):
        self.frame = pandas.read_csv(path, keep_default_na=False, na_values=[""])
        self.labels = self.frame.pop(TARGET)
        self.text = [name for name in self.frame if not pandas.api.types.is_numeric_dtype(self.frame[name])]

    def rows(self, places):
        part = copy.copy(self)
        part.frame, part.labels = self.frame.iloc[places], self.labels.iloc[places]
        return part


class CatBoost:
    name, settings = "CatBoost", CATBOOST

    def __init__(self, training, seed, threads):
        self.text, self.fixed = training.text, {"random_seed": seed, "thread_count": threads, "verbose": 0,
                                                "allow_writing_files": False}

    def inputs(self, part):
        return part.frame.assign(**{name: part.frame[name].fillna("").astype(str) for name in self.text})

    def fit(self, part, setting, held=None):
        model = CatBoostClassifier(cat_features=self.text, **self.fixed, **setting)
        if held is None:
            return model.fit(self.inputs(part), part.labels)
        return model.fit(self.inputs(part), part.labels, eval_set=(self.inputs(held), held.labels),
                         early_stopping_rounds=PATIENCE)

    def searched(self, part, held, setting):
        """The loss on `held`, and the setting with the number of trees that was best there."""
        model = self.fit(part, {"iterations": MOST_TREES} | setting, held)
        # CatBoost derives its own rate from the number of trees; here that number is another one.
        found = {"learning_rate": round(model.learning_rate_, 6)} | setting
        return model.get_best_score()["validation"]["Logloss"], found | {"iterations": model.get_best_iteration() + 1}

    def predicted(self, model, part):
        return model.predict_proba(self.inputs(part))[:, 1]


class LightGBM:
    name, settings = "LightGBM", LIGHTGBM

    def __init__(self, training, seed, threads):
        self.kinds = {name: pandas.CategoricalDtype(sorted(training.frame[name].dropna().unique()))
                      for name in training.text}
        self.fixed = {"random_state": seed, "n_jobs": threads, "verbose": -1, "deterministic": True,
                      "force_row_wise": True}

    def inputs(self, part):
        return part.frame.astype(self.kinds)

    def fit(self, part, setting, held=None):
        model = lightgbm.LGBMClassifier(**self.fixed, **setting)
        if held is None:
            return model.fit(self.inputs(part), part.labels)
        return model.fit(self.inputs(part), part.labels, eval_X=(self.inputs(held),), eval_y=(held.labels,),
                         eval_metric="binary_logloss",
                         callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)])

    def searched(self, part, held, setting):
        model = self.fit(part, {"n_estimators": MOST_TREES} | setting, held)
        return model.best_score_["valid_0"]["binary_logloss"], setting | {"n_estimators": model.best_iteration_}

    def predicted(self, model, part):
        return model.predict_proba(self.inputs(part))[:, 1]


def tuned(peer, training, seed):
    """The setting with the lowest loss on a quarter of the training rows, with its number of trees there."""
    places = range(len(training.labels))
    learned, held = train_test_split(places, test_size=HELD_OUT, random_state=seed, stratify=training.labels)
    found = [peer.searched(training.rows(learned), training.rows(held), setting) for setting in peer.settings]
    return min(found, key=lambda pair: pair[0])[1]


def measured(kind, variant, training, test, seed, threads):
    """The log loss and the AUC of a peer on the test rows, and what was set."""
    peer = kind(training, seed, threads)
    setting = tuned(peer, training, seed) if variant == "tuned" else {}
    found = list(zip(peer.predicted(peer.fit(training, setting), test).tolist(), (test.labels == 1).tolist()))
    return [f"{log_loss(found):.6f}", f"{area(found):.6f}", " ".join(f"{name}={value}" for name, value in
                                                                  setting.items())]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", required=True, help="the folder of the development sets")
    parser.add_argument("--threads", type=int, default=1, help="the numbers hold for 1")
    parser.add_argument("--output", default=Path(__file__).parent / "sets.csv")
    options = parser.parse_args()
    if not os.path.exists(options.output):
        Path(options.output).write_text(",".join(HEAD) + "\n", encoding="utf-8")
    with open(options.output, newline="", encoding="utf-8") as file:
        there = {(row["set"], row["file"], int(row["split"]), row["model"]) for row in csv.DictReader(file)}
    for path, split in itertools.product(sorted(Path(options.sets).glob("*.csv")), SPLITS):
        with tempfile.TemporaryDirectory() as folder:
            training, test = (Part(file) for file in split_files(path, split, folder))
        for kind, variant in itertools.product((CatBoost, LightGBM), ("defaults", "tuned")):
            line = [path.stem, digest(path), split, f"{kind.name} ({variant})"]
            if tuple(line) in there:
                continue
            line += [len(training.labels), len(test.labels)]
            line += measured(kind, variant, training, test, split, options.threads)
            with open(options.output, "a", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerow(line)
            print(*line, flush=True)


if __name__ == "__main__":
    main()
