"""What Keras says of the customers, and how far from it the model folder is."""

from __future__ import annotations

import csv
import importlib.util
import math
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .._packages import need
from .._program import find_program
from ..errors import BadDataError, RetainError, error_of
from ._features import Feature
from ._scaler import Preparation
from ._schema import Schema

__all__ = ["TOLERANCE", "Comparison", "can_ask_keras", "compared", "of_file", "of_keras", "quietly"]

TOLERANCE = 1e-5
_BACKENDS = ("tensorflow", "jax", "torch")


@dataclass(frozen=True)
class Comparison:
    """The greatest difference, the number from 1 of the row that has it, and how many rows were compared."""

    difference: float
    row: int
    compared: int

    def __str__(self) -> str:
        return f"{self.compared} rows compared; the greatest difference is {self.difference:.2g}, in row {self.row}"


def of_file(path: str | os.PathLike[str]) -> list[float]:
    """Probabilities in the order of the customers: a number a line, or the last column of a CSV file; a header may be there."""
    found: list[float] = []
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            for number, row in enumerate(csv.reader(file)):
                if not row:
                    continue
                try:
                    value = float(row[-1])
                except ValueError:
                    if number == 0:
                        continue
                    raise
                if not 0 <= value <= 1:
                    raise ValueError(f"{row[-1]} in line {number + 1} is no probability")
                found.append(value)
    except (OSError, ValueError, csv.Error) as error:
        raise BadDataError(f"{os.fspath(path)} can't be compared with: {error}", 65) from error
    return found


def quietly(arguments: Sequence[str]) -> None:
    """Runs the program for a step of which nobody needs to hear, unless it fails."""
    command = [find_program(), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode != 0:
        raise error_of(done.returncode, done.stderr)


def compared(model: str, data: str, expected: list[float]) -> Comparison:
    """Scores the customers and compares; raises where one has no score, or the numbers of rows differ."""
    with TemporaryDirectory(prefix="retain-") as folder:
        scores = Path(folder) / "scores.csv"
        quietly(["score", model, data, "-o", str(scores)])
        with open(scores, newline="", encoding="utf-8") as file:
            found = [float(row["churn_probability"]) for row in csv.DictReader(file)]
    if not found or len(found) != len(expected):
        raise BadDataError(
            f"{data} has {len(found)} customers, and there are {len(expected)} probabilities of Keras's", 65
        )
    differences = [abs(own - other) for own, other in zip(found, expected, strict=True)]
    # What is no number is as far away as can be.
    differences = [math.inf if math.isnan(one) else one for one in differences]
    worst = max(differences)
    return Comparison(worst, differences.index(worst) + 1, len(found))


def can_ask_keras() -> bool:
    """Whether Keras, one of its backends and pandas are installed."""
    return all(map(_is_there, ("keras", "pandas"))) and any(map(_is_there, _BACKENDS))


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def of_keras(network: str | os.PathLike[str], data: str, preparation: Preparation, schema: Schema) -> list[float]:
    """Asks the network itself, with the scaler itself."""
    if "KERAS_BACKEND" not in os.environ and not _is_there("tensorflow"):
        os.environ["KERAS_BACKEND"] = next(filter(_is_there, _BACKENDS))
    try:
        inputs = _Rows(data, schema).inputs(preparation)
        keras: Any = need("keras", "keras", "comparing with Keras")
        said = keras.models.load_model(os.fspath(network), compile=False).predict(inputs, batch_size=4096, verbose=0)
    # A backend that does not start, a version that reads the file no more: whatever it is, the file could be migrated.
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise RetainError(f"Keras can't be asked ({what}); give its probabilities: --check FILE", 1) from error
    # Of two classes the second one means yes.
    return [float(row[-1]) for row in said]


class _Rows:
    """The customers as a Python program reads them."""

    def __init__(self, data: str, schema: Schema) -> None:
        self._pandas: Any = need("pandas", "pandas", "comparing with Keras")
        self._data = data
        self._schema = schema
        # The separator is the one by which the header has most of the schema's columns.
        known = schema.columns.keys()
        self._separator = max(",;\t|", key=lambda one: len(known & self._read(separator=one, nrows=0).columns))
        self._texts = self._read(self._separator, dtype=str)
        self._typed = self._read(self._separator)

    def _read(self, separator: str, **options: Any) -> Any:
        return self._pandas.read_csv(self._data, sep=separator, **options)

    def inputs(self, preparation: Preparation) -> Any:
        """The matrix that the network is given, of 32 bits."""
        if preparation.scaler is None:
            made = self._frame(enumerate(map(self._schema.resolved, preparation.features)))
            return made.to_numpy().astype("float32")
        read = [one for feature in preparation.features for one in feature.factors]
        numbers = frozenset(one.column for one in read if one.level is None)
        raw = {name: self._raw(name, name in numbers) for name in {*preparation.read, *preparation.columns}}
        frame = self._pandas.DataFrame({name: raw[name] for name in preparation.read})
        made = preparation.scaler.transform(frame if preparation.named else frame.to_numpy())
        made = made.toarray() if hasattr(made, "toarray") else made
        made = made.to_numpy() if hasattr(made, "to_numpy") else made
        if preparation.columns != preparation.read:
            # The scaler knows some of what the network reads.
            scaled = {name: made[:, place] for place, name in enumerate(preparation.read)}
            made = self._pandas.DataFrame(
                {name: scaled.get(name, raw[name]) for name in preparation.columns}
            ).to_numpy()
        return made.astype("float32")

    def _raw(self, name: str, is_number: bool) -> Any:
        """A column as the scaler was fitted on it: as it stands, or a dummy, or by the numbers of its levels."""
        column = self._schema.columns.get(name)
        if column is not None and not (is_number and column.levels):
            return self._typed[name]
        return self._sum(self._schema.resolved(Feature.of(name)))

    def _frame(self, features: Iterable[tuple[int, Feature]]) -> Any:
        return self._pandas.DataFrame({place: self._sum(feature) for place, feature in features})

    def _sum(self, feature: Feature) -> Any:
        total: Any = feature.offset
        for reading, factor in feature.factors.items():
            column = self._schema.columns[reading.column]
            if reading.level is not None or column.type == "boolean":
                value = (self._texts[column.name] == (reading.level or column.levels[-1])).astype(float)
            else:
                value = self._pandas.to_numeric(self._texts[column.name])
            total = total + value * factor
        return total
