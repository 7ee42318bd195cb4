"""A dense layer, and what is folded into it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul

__all__ = ["Dense"]


@dataclass
class Dense:
    """Weights of shape [inputs][outputs]."""

    weights: list[list[float]]
    biases: list[float]

    def scale_outputs(self, factors: list[float], shifts: list[float]) -> None:
        self.weights = [[w * f for w, f in zip(row, factors, strict=True)] for row in self.weights]
        self.biases = [b * f + s for b, f, s in zip(self.biases, factors, shifts, strict=True)]

    def scale_inputs(self, factors: list[float], shifts: list[float]) -> None:
        self.biases = [
            bias + math.fsum(s * row[j] for s, row in zip(shifts, self.weights, strict=True))
            for j, bias in enumerate(self.biases)
        ]
        self.weights = [[w * f for w in row] for f, row in zip(factors, self.weights, strict=True)]

    def followed_by(self, other: Dense) -> Dense:
        """Both as one, where nothing stands between them."""
        columns = list(zip(*other.weights, strict=True))
        return Dense(
            [[math.fsum(map(mul, row, column)) for column in columns] for row in self.weights],
            [
                bias + math.fsum(map(mul, self.biases, column))
                for bias, column in zip(other.biases, columns, strict=True)
            ],
        )
