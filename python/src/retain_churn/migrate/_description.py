"""The network and its inputs as `retain import` reads them."""

from __future__ import annotations

from typing import Any

from ..errors import BadDataError
from ._dense import Dense
from ._features import Feature, Reading
from ._network import Network

__all__ = ["described"]


def described(name: str, network: Network, features: list[Feature]) -> dict[str, Any]:
    """The JSON of `retain import`: each reading is an input once, whatever the network made of it.

    A feature of one reading keeps its scaling, which the program applies in double precision; what else a feature is made
    of is folded into the first layer's weights.
    """
    first = network.layers[0]
    if network.factors:
        features = [
            feature.scaled(factor, shift)
            for feature, factor, shift in zip(features, network.factors, network.shifts, strict=True)
        ]
    scaling: dict[Reading, tuple[float, float]] = {}
    for feature in features:
        if len(feature.factors) == 1:
            reading, factor = next(iter(feature.factors.items()))
            if factor != 0:
                scaling.setdefault(reading, (-feature.offset / factor, 1 / abs(factor)))
    outputs = len(first.biases)
    biases = list(first.biases)
    rows: dict[Reading, list[float]] = {}
    for feature, weights in zip(features, first.weights, strict=True):
        constant = feature.offset
        for reading, factor in feature.factors.items():
            mean, deviation = scaling.setdefault(reading, (0.0, 1.0))
            constant += factor * mean
            row = rows.setdefault(reading, [0.0] * outputs)
            rows[reading] = [old + factor * deviation * weight for old, weight in zip(row, weights, strict=True)]
        biases = [bias + constant * weight for bias, weight in zip(biases, weights, strict=True)]
    if not rows:
        raise BadDataError(f"{name} reads no column", 65)
    inputs: list[dict[str, Any]] = []
    for reading in rows:
        mean, deviation = scaling[reading]
        level = {} if reading.level is None else {"level": reading.level}
        inputs.append({"column": reading.column, **level, "mean": mean, "deviation": deviation})
    layers = [Dense(list(rows.values()), biases), *network.layers[1:]]
    return {
        "name": name,
        "activation": network.activation,
        "inputs": inputs,
        "layers": [{"weights": layer.weights, "biases": layer.biases} for layer in layers],
    }
