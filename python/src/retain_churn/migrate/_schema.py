"""retain.yaml: which column an input of the network reads, and by which of its levels."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from .._packages import need
from ..errors import BadDataError, UsageError
from ._features import Feature, Reading

__all__ = ["Column", "Schema"]


@dataclass(frozen=True)
class Column:
    """`role_place` is where the word of its role stands in the text."""

    name: str
    role: str
    type: str
    levels: tuple[str, ...]
    role_place: tuple[int, int]

    @property
    def codes(self) -> list[tuple[str, float]] | None:
        """The number that each level is where the column is read as a number; None where that must be asked."""
        try:
            return [(level, float(level)) for level in self.levels]
        except ValueError:
            # no, yes; but a LabelEncoder counts in the order of the alphabet, and words such as these are told apart by hand.
            in_order = self.type == "boolean" and list(self.levels) == sorted(self.levels)
            return [(level, float(code)) for code, level in enumerate(self.levels)] if in_order else None


class Schema:
    """`levels` says of columns that were numbers to the network which level had which number."""

    def __init__(self, path: str | os.PathLike[str], levels: Sequence[str] = ()) -> None:
        self.shown = os.fspath(path)
        yaml: Any = need("yaml", "PyYAML", f"reading {self.shown}")
        try:
            self.text = Path(path).read_text(encoding="utf-8-sig")
            root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except FileNotFoundError as error:
            raise BadDataError(f"{self.shown} is not there; retain init writes it", 65) from error
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            raise BadDataError(f"{self.shown} is no YAML: {' '.join(str(error).split())}", 65) from error
        self.columns = {column.name: column for column in _columns(root)}
        if not self.columns:
            raise BadDataError(f"{self.shown} lists no columns; retain init writes one that does", 65)
        self._codes = dict(self._coded(word) for word in levels)
        self._asked: set[str] = set()

    def _coded(self, word: str) -> tuple[str, list[tuple[str, float]]]:
        """`Gender=Male`: 1 for Male, else 0. `Geography=France,Germany,Spain`: 0, 1 and 2."""
        name, equals, rest = word.partition("=")
        column = self.columns.get(name)
        if column is None or not equals:
            raise UsageError(f"--level {word}: write COLUMN=LEVEL with a column of {self.shown}{self._near(name)}", 64)
        levels = [rest] if rest in column.levels else rest.split(",")
        for level in levels:
            if level not in column.levels:
                raise UsageError(
                    f'--level {word}: "{name}" has no level "{level}"; it has {", ".join(column.levels)}', 64
                )
        if len(levels) == 1:
            return name, [(levels[0], 1.0)]
        return name, [(level, float(code)) for code, level in enumerate(levels)]

    def _near(self, name: str) -> str:
        near = get_close_matches(name, list(self.columns), 1)
        return f'; did you mean "{near[0]}"?' if near else ""

    def check_levels(self) -> None:
        """Raises where --level was said of a column that the network does not read as a number."""
        unused = [name for name in self._codes if name not in self._asked]
        if unused:
            raise UsageError(f'--level {unused[0]}=…: the network reads no number of "{unused[0]}"; leave it out', 64)

    def resolved(self, feature: Feature) -> Feature:
        """The same by columns and levels of the schema: dummies named by column and level become their indicators."""
        factors: dict[Reading, float] = {}
        offset = feature.offset
        for reading, factor in feature.factors.items():
            readings, constant = self._readings(reading)
            offset += factor * constant
            for one, own in readings.items():
                factors[one] = factors.get(one, 0.0) + factor * own
        return Feature(factors, offset)

    def _readings(self, reading: Reading) -> tuple[dict[Reading, float], float]:
        """What a name of the scaler's means: readings times their factors, and a constant."""
        column = self.columns.get(reading.column)
        if column is None:
            if reading.level is None and (split := self.split(reading.column)):
                return self._readings(Reading(*split))
            raise BadDataError(
                f'the network reads "{reading.column}", which is no column of {self.shown}, nor a column and one of its'
                f" levels{self._near(reading.column)}",
                65,
            )
        if reading.level is None and column.levels:
            self._asked.add(column.name)
            coded = self._codes.get(column.name) or column.codes
            if coded is None:
                raise UsageError(
                    f'the network reads "{column.name}" as a number, and it has the levels {", ".join(column.levels)}; say which'
                    f" is 1 (--level '{column.name}={column.levels[-1]}'), or which are 0, 1, …: --level"
                    f" '{column.name}={','.join(column.levels)}'",
                    64,
                )
            sum = self.resolved(Feature({Reading(column.name, level): code for level, code in coded}))
            return dict(sum.factors), sum.offset
        if column.type == "boolean" and reading.level in column.levels:
            # The program reads no as 0 and yes as 1, and has no indicator of no.
            is_yes = reading.level == column.levels[-1]
            return {Reading(column.name): 1.0 if is_yes else -1.0}, 0.0 if is_yes else 1.0
        return {reading: 1.0}, 0.0

    def split(self, name: str) -> tuple[str, str] | None:
        """`Geography_Germany` → Geography, Germany; of columns that fit the longest, and one with that level before others."""
        fitting = [
            (column, name[len(column.name) + 1 :])
            for column in self.columns.values()
            if name.startswith(column.name) and name[len(column.name) : len(column.name) + 1] in ("_", "=", "-", ".")
        ]
        if not fitting:
            return None
        column, level = max(fitting, key=lambda pair: (pair[1] in pair[0].levels, len(pair[0].name)))
        return column.name, level

    def without(self, names: Sequence[str]) -> str:
        """The schema's text with these columns' role ignored, and else unchanged."""
        text = self.text
        for start, end in sorted((self.columns[name].role_place for name in names), reverse=True):
            text = f"{text[:start]}ignored{text[end:]}"
        return text

    def unread(self, read: Mapping[str, Any]) -> list[str]:
        """Features that the network does not read."""
        return [column.name for column in self.columns.values() if column.role == "feature" and column.name not in read]


def _pairs(node: Any) -> dict[str, Any]:
    """A mapping's nodes by key, as they are written: `No` stays the text that it is to the program."""
    if getattr(node, "id", None) != "mapping":
        return {}
    return {str(key.value): value for key, value in cast(list[tuple[Any, Any]], node.value) if key.id == "scalar"}


def _columns(root: Any) -> list[Column]:
    found: list[Column] = []
    for name, node in _pairs(_pairs(root).get("columns")).items():
        parts = _pairs(node)
        role, kind, levels = (parts.get(key) for key in ("role", "type", "levels"))
        # What is no schema, the program refuses, and says where.
        if role is None or role.id != "scalar":
            continue
        listed = [str(one.value) for one in levels.value] if levels is not None and levels.id == "sequence" else []
        place = (int(role.start_mark.index), int(role.end_mark.index))
        found.append(Column(name, str(role.value), str(kind.value) if kind is not None else "", tuple(listed), place))
    return found
