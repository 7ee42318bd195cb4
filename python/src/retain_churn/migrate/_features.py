"""What a network's input is made of: values and indicators of columns, added up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import BadDataError

__all__ = ["Feature", "Reading", "text_of"]


@dataclass(frozen=True)
class Reading:
    """A column's number, or with a level whether the column has it (1) or not (0)."""

    column: str
    level: str | None = None

    def __str__(self) -> str:
        return self.column if self.level is None else f"{self.column}={self.level}"


@dataclass(frozen=True)
class Feature:
    """The sum of readings times their factors, and `offset`."""

    factors: Mapping[Reading, float]
    offset: float = 0.0

    @staticmethod
    def of(column: str, level: str | None = None) -> Feature:
        return Feature({Reading(column, level): 1.0})

    def scaled(self, factor: float, shift: float) -> Feature:
        return Feature({one: value * factor for one, value in self.factors.items()}, self.offset * factor + shift)

    def standardized(self, mean: float, scale: float) -> Feature:
        if not (math.isfinite(mean) and math.isfinite(scale) and scale != 0):
            raise BadDataError(
                f"{self} is scaled by mean {mean} and scale {scale}; finite numbers other than 0 are needed", 65
            )
        return self.scaled(1 / scale, -mean / scale)

    @property
    def column(self) -> str | None:
        """The column whose number it is, as it stands."""
        match list(self.factors.items()):
            case [(Reading(column, None), 1.0)] if self.offset == 0:
                return column
            case _:
                return None

    def __str__(self) -> str:
        return " + ".join(map(str, self.factors)) or "a constant"


def text_of(value: object) -> str:
    """A category as the file writes it: whole numbers of floating point without .0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
