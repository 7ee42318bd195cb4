"""Trains a model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ._handing import customer_file
from ._program import run
from .model import Evaluation, Model
from .report import Report

__all__ = ["TrainedModel", "train"]


class TrainedModel(Model):
    """A model folder that was just written: the `record` of its training, and how it did on rows that it has not seen, or
    None where it was trained on all of them."""

    def __init__(self, source: str | os.PathLike[str], record: dict[str, Any], evaluation: Evaluation | None) -> None:
        super().__init__(source)
        self.record = record
        self.evaluation = evaluation

    def _repr_html_(self) -> str | None:
        return self.evaluation and self.evaluation.report.frame()


def train(
    data: Any,
    *,
    output: str | os.PathLike[str] = "model",
    target: str | None = None,
    positive: str | None = None,
    schema: str | os.PathLike[str] | None = None,
    model: str | None = None,
    seed: int = 42,
    test: float | None = None,
    register: str | None = None,
    tracking: bool = True,
    as_of: str | None = None,
    language: str = "en",
    threads: int | None = None,
) -> TrainedModel:
    """Trains on customers whose end is known, as `retain train` does, and writes the model folder to `output`.

    A column that gives the target away is a LeakError. `schema` is a `retain.yaml`; without one, that of the working folder,
    else it is inferred. The run is recorded as MLflow records runs (MLFLOW_TRACKING_URI, else `mlflow.db` of the working
    folder), unless `tracking` is false; `register` makes the model the next version of a name.
    """
    options = [] if tracking else ["--no-tracking"]
    for option, value in (
        ("--target", target),
        ("--positive", positive),
        ("--schema", schema and os.fspath(schema)),
        ("--model", model),
        ("--test", test),
        ("--register", register),
        ("--as-of", as_of),
        ("--threads", threads),
    ):
        if value is not None:
            options += [option, str(value)]
    with customer_file(data) as file, TemporaryDirectory(prefix="retain-") as folder:
        page = Path(folder) / "report.html"
        if test != 0:
            options += ["--html", str(page), "--language", language]
        done = run(["train", file, "--output", os.fspath(output), "--seed", str(seed), "--json", *options])
        record = json.loads(done.stdout)
        if test == 0:
            return TrainedModel(output, record, None)
        return TrainedModel(output, record, Evaluation.of(record["test"], Report(page.read_text(encoding="utf-8"))))
