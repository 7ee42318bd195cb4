"""How good Retain's models are on other companies' files, beside CatBoost and LightGBM: the section of
docs/quality.md, and the splits that Scripts/quality/measure_peers.py measures the peers on."""

import csv
import hashlib
import sys
import time
from pathlib import Path

from bench import say
from quality_sets_page import missing, section
from quality_statistics import Model, area, log_loss

TARGET = "target"
SPLITS = (1, 2, 3)
TEST_SHARE = 0.3


class CustomerSet:
    """A file, and the models that were measured on its splits by their names."""

    def __init__(self, path, peers):
        self.name, self.path, self.models = path.stem, path, {}
        if {row["file"] for row in peers} != {digest(path)}:
            sys.exit(f"{path}: not the file on which the peers were measured; measure them anew")
        for row in peers:
            model = self.models.setdefault(row["model"], Model(row["model"]))
            model.folds[row["split"]] = {"logLoss": float(row["logLoss"]), "auc": float(row["auc"])}
        if any(set(model.folds) != set(map(str, SPLITS)) for model in self.models.values()):
            sys.exit(f"{path}: a peer was not measured on all {len(SPLITS)} splits")
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.rows, self.columns = len(rows), len(rows[0]) - 1
        self.positives = sum(row[TARGET] == "1" for row in rows)
        # Refused rows and seconds of training, by the name of one of Retain's models.
        self.refused, self.seconds = {}, {}


def digest(path):
    """What tells one file from another in Scripts/quality/sets.csv."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]


def split_files(path, split, folder):
    """Writes the training and the test rows of one split into files of their own: their two paths.

    Stratified, and the same in any language and version: the rows of each class, counted from 0 in the order of the
    file, stand in the order of the SHA-256 of "SPLIT ROW"; the first 30 % of them test.
    """
    with open(path, newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    place = head.index(TARGET)
    tested = set()
    for level in ("0", "1"):
        members = [number for number, row in enumerate(rows) if row[place] == level]
        members.sort(key=lambda number: hashlib.sha256(f"{split} {number}".encode()).digest())
        tested.update(members[:round(TEST_SHARE * len(members))])
    paths = []
    for part in ("train", "test"):
        paths.append(Path(folder) / f"{Path(path).stem}.{split}.{part}.csv")
        with open(paths[-1], "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(row for number, row in enumerate(rows) if (number in tested) == (part == "test"))
    return paths


def labels_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [row[TARGET] == "1" for row in csv.DictReader(file)]


def scored(retain, folder, name, train, test):
    """What a user gets who trains on all training rows and scores the test rows: (pairs of probability and label,
    number of rows refused, seconds of training). `retain(…)` calls the program, which finds retain.yaml in `folder`.
    """
    started = time.perf_counter()
    retain("train", train, "--model", name, "--test", "0", "--no-tracking", "--output", "made")
    seconds = time.perf_counter() - started
    retain("score", "made", test, "--output", "scores.csv", "--all-rows")
    learned, labels = labels_of(train), labels_of(test)
    share = sum(learned) / len(learned)
    with open(f"{folder}/scores.csv", newline="", encoding="utf-8") as file:
        found = [row["churn_probability"] for row in csv.DictReader(file)]
    if len(found) != len(labels):
        sys.exit(f"{test}: {len(labels)} rows, of which {len(found)} were answered")
    return ([(float(text) if text else share, label) for text, label in zip(found, labels)], found.count(""),
            seconds)


def measure(options, folder, called, customers, names):
    """Adds Retain's models to a set's."""
    def retain(*arguments):
        called(options, folder, *map(str, arguments))

    for split in SPLITS:
        train, test = split_files(customers.path, split, folder)
        retain("init", train, "--target", TARGET, "--force", "--output", "retain.yaml")
        for name in names:
            pairs, refused, seconds = scored(retain, folder, name, train, test)
            model = customers.models.setdefault(name, Model(name, ours=True))
            model.folds[str(split)] = {"logLoss": log_loss(pairs), "auc": area(pairs)}
            customers.refused[name] = customers.refused.get(name, 0) + refused
            customers.seconds[name] = customers.seconds.get(name, 0) + seconds


def other_sets(options, folder, called):
    """The section of the page; a line where the sets are not there."""
    if not options.sets or not list(Path(options.sets).glob("*.csv")):
        say(f"no development sets in {options.sets}: left out")
        return missing()
    measured = {}
    with open(options.set_peers_file, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            measured.setdefault(row["set"], []).append(row)
    paths = {path.stem: path for path in sorted(Path(options.sets).glob("*.csv"))}
    if paths.keys() != measured.keys():
        sys.exit(f"{options.sets} and {options.set_peers_file} name different sets: "
                 + ", ".join(sorted(paths.keys() ^ measured.keys())))
    names = options.models.split(",")
    sets = [CustomerSet(paths[name], rows) for name, rows in measured.items()]
    for customers in sets:
        say(f"{', '.join(names)} on {customers.name} ...")
        # Beside the bank's retain.yaml, not in its place.
        place = Path(folder) / customers.name
        place.mkdir()
        measure(options, place, called, customers, names)
    return section(sets, names, TEST_SHARE / (1 - TEST_SHARE))
