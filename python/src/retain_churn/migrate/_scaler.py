"""The fitted scaler's file: a pickle of scikit-learn (only where it is trusted), skops, or a small JSON."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .._packages import need
from ..errors import BadDataError, MissingPackageError, UsageError
from ._features import Feature
from ._transformers import UNDERSTOOD, transformed

__all__ = ["Preparation", "preparation"]


@dataclass(frozen=True)
class Preparation:
    """The network's inputs, in its order. `scaler` is the fitted object, which reads the columns `read` (and by their names
    where it is `named`); None for JSON and without a scaler."""

    features: list[Feature]
    scaler: Any = None
    read: tuple[str, ...] = ()
    named: bool = False
    columns: tuple[str, ...] = ()


def preparation(path: str | os.PathLike[str] | None, columns: list[str] | None, *, trust_pickle: bool) -> Preparation:
    """Reads the scaler; `columns` names what the network reads, where the scaler does not tell or knows only some."""
    if columns is not None and len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise UsageError(f'--columns names "{twice}" twice', 64)
    if path is None:
        if columns is None:
            raise UsageError("without a scaler, --columns must name what the network reads, in its order", 64)
        return Preparation([Feature.of(name) for name in columns], columns=tuple(columns))
    shown = os.fspath(path)
    if Path(path).suffix.lower() == ".json":
        names, out = _of_json(path)
        return Preparation(_arranged(shown, names, out, columns), columns=tuple(columns or names))
    scaler = _loaded(path, trust_pickle)
    known = getattr(scaler, "feature_names_in_", None)
    count = getattr(scaler, "n_features_in_", None)
    if not isinstance(count, int):
        raise BadDataError(f"{shown} has a {type(scaler).__name__}, or one that was not fitted; {UNDERSTOOD}", 65)
    if known is None and columns is None:
        raise UsageError(
            f"{shown} was fitted without names; name its {count} columns, in their order: --columns CreditScore,Age,…",
            64,
        )
    names = [str(name) for name in known] if known is not None else list(columns or ())
    if len(names) != count:
        raise UsageError(f"--columns names {len(names)} columns, and {shown} was fitted on {count}", 64)
    try:
        out = transformed(scaler, [Feature.of(name) for name in names], names)
    except BadDataError as error:
        raise BadDataError(f"{shown}: {error}", 65) from error
    features = _arranged(shown, names, out, columns)
    return Preparation(features, scaler, tuple(names), known is not None, tuple(columns or names))


def _arranged(shown: str, names: list[str], out: list[Feature], columns: list[str] | None) -> list[Feature]:
    """In the order of `columns`, if there are; those that the scaler does not know go to the network as they are."""
    if columns is None or columns == names:
        return out
    if [len(one.factors) for one in out] != [1] * len(names) or [
        next(iter(one.factors)).column for one in out
    ] != names:
        raise UsageError(f"{shown} makes columns of its own; leave out --columns", 64)
    missing = [name for name in names if name not in columns]
    if missing:
        raise UsageError(f'{shown} scales "{missing[0]}", which --columns does not name', 64)
    scaled = dict(zip(names, out, strict=True))
    return [scaled.get(name, Feature.of(name)) for name in columns]


def _loaded(path: str | os.PathLike[str], trust_pickle: bool) -> Any:
    shown = os.fspath(path)
    if not os.path.isfile(path):
        raise BadDataError(f"{shown} is not there", 65)
    if Path(path).suffix.lower() == ".skops":
        skops: Any = need("skops.io", "skops", f"reading {shown}")
        try:
            return skops.load(path)
        except Exception as error:
            raise BadDataError(f"{shown} can't be read: {_line(error)}", 65) from error
    if not trust_pickle:
        raise UsageError(
            f"{shown} is a pickle, which runs any code that was put into it; say --trust-pickle where you know who wrote it,"
            " or write it as JSON: columns, mean, scale",
            64,
        )
    joblib: Any = need("joblib", "scikit-learn", f"reading {shown}")
    try:
        return joblib.load(path)
    except ModuleNotFoundError as error:
        raise MissingPackageError(f"{shown} needs {error.name}, which is not installed", 1) from error
    except Exception as error:
        raise BadDataError(f"{shown} is no pickle that can be read: {_line(error)}", 65) from error


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _of_json(path: str | os.PathLike[str]) -> tuple[list[str], list[Feature]]:
    shown = os.fspath(path)
    try:
        found: Any = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadDataError(f"{shown} is no JSON: {_line(error)}", 65) from error
    if not isinstance(found, dict) or not set(cast(dict[str, Any], found)) <= {"columns", "mean", "scale"}:
        raise BadDataError(f'{shown} must be {{"columns": […], "mean": […], "scale": […]}}', 65)
    scaler = cast(dict[str, Any], found)
    names: Any = scaler.get("columns")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in cast(list[Any], names)):
        raise BadDataError(f"{shown}: columns must be a list of names", 65)
    columns = cast(list[str], names)
    if len(set(columns)) < len(columns):
        raise BadDataError(f"{shown}: columns names one twice", 65)
    lists: list[list[float]] = []
    for key, usual in (("mean", 0.0), ("scale", 1.0)):
        numbers: Any = scaler.get(key, [usual] * len(columns))
        if not isinstance(numbers, list) or len(cast(list[Any], numbers)) != len(columns):
            raise BadDataError(f"{shown}: {key} must be a list of {len(columns)} numbers, one for each column", 65)
        for number in cast(list[Any], numbers):
            if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
                raise BadDataError(f"{shown}: {key} has {number!r}, which is no finite number", 65)
        lists.append(cast(list[float], numbers))
    return columns, [Feature.of(name).standardized(*by) for name, *by in zip(columns, *lists, strict=True)]
