"""Layers of Keras → dense layers with one activation between them, which is what Retain runs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, cast

from ._dense import Dense
from ._keras import KerasFile, Layer, Object

__all__ = ["Network", "network_of"]

_IDENTITIES = frozenset(
    ["ActivityRegularization", "AlphaDropout", "Dropout", "GaussianDropout", "GaussianNoise", "InputLayer"]
)
_UNDERSTOOD = "Dense, Activation, ReLU, Softmax, Dropout and noise, BatchNormalization, Normalization and InputLayer are understood"


@dataclass
class Network:
    """`factors` and `shifts` stand for normalization before the first layer; there are none without it."""

    layers: list[Dense] = field(default_factory=list[Dense])
    activation: str = "relu"
    factors: list[float] = field(default_factory=list[float])
    shifts: list[float] = field(default_factory=list[float])

    @property
    def inputs(self) -> int:
        return len(self.layers[0].weights)


def network_of(file: KerasFile) -> Network:
    """Folds the layers; in double precision, and exactly but for its rounding."""
    fold = _Fold(file)
    for layer in file.layers:
        fold.take(layer)
    return fold.network()


class _Fold:
    """What has been read of a chain so far."""

    def __init__(self, file: KerasFile) -> None:
        self._file = file
        self._layers: list[Dense] = []
        # The activation behind each of these layers, once it came: relu, gelu; sigmoid and softmax at the end.
        self._activations: list[str] = []
        # Behind the last activation, or before all: waits for a dense layer.
        self._waiting: tuple[list[float], list[float]] | None = None
        self._before: tuple[list[float], list[float]] | None = None
        self._last: Layer | None = None

    def take(self, layer: Layer) -> None:
        kind, config = layer.kind, layer.config
        policy = config.get("dtype")
        if isinstance(policy, dict):
            policy = cast(Object, policy).get("config", {}).get("name")
        if policy not in (None, "float32", "float64"):
            raise self._file.refusal(layer, f"computes in {policy}; float32 and float64 are understood")
        if kind in _IDENTITIES:
            return
        self._last = layer
        if self._activations and self._activations[-1] in ("sigmoid", "softmax"):
            raise self._file.refusal(layer, f"follows {self._activations[-1]}, which must be the last")
        match kind:
            case "Dense":
                self._dense(layer)
                self._activate(layer, config.get("activation"))
            case "Activation":
                self._activate(layer, config.get("activation"))
            case "ReLU":
                if config.get("max_value") is not None or config.get("negative_slope") or config.get("threshold"):
                    raise self._file.refusal(layer, "has a bound, a slope or a threshold; plain relu is understood")
                self._activate(layer, "relu")
            case "Softmax":
                if config.get("axis", -1) not in (-1, 1, [-1]):
                    raise self._file.refusal(layer, "is not over the outputs")
                self._activate(layer, "softmax")
            case "BatchNormalization" | "Normalization":
                self._normalize(layer)
            case _:
                raise self._file.refusal(layer, f"is not understood; {_UNDERSTOOD}")

    def _open(self) -> bool:
        """Whether the last dense layer's activation is still to come."""
        return len(self._layers) > len(self._activations)

    def _width(self) -> int | None:
        if self._layers:
            return len(self._layers[-1].biases)
        return len(self._waiting[0]) if self._waiting else None

    def _dense(self, layer: Layer) -> None:
        units, width = int(layer.config["units"]), self._width()
        if width is None:
            width = self._given_width(layer)
        shapes = [(width, units), (units,)]
        uses_bias = layer.config.get("use_bias", True)
        numbers = self._file.numbers(layer, shapes if uses_bias else shapes[:1])
        dense = Dense(numbers[0], numbers[1] if uses_bias else [0.0] * units)
        if self._open():
            self._layers[-1] = self._layers[-1].followed_by(dense)
            return
        if self._waiting:
            if self._layers:
                dense.scale_inputs(*self._waiting)
            else:
                self._before = self._waiting
            self._waiting = None
        self._layers.append(dense)

    def _given_width(self, layer: Layer) -> int:
        """How many inputs the model has: its own word, or that of the layer that is asked first."""
        for one in [*self._file.layers, layer]:
            shape = one.config.get("batch_shape") or one.config.get("batch_input_shape")
            if shape is not None:
                if len(shape) != 2 or not isinstance(shape[1], int):
                    raise self._file.refusal(one, f"has inputs of shape {shape}; rows of numbers are understood")
                return shape[1]
        raise self._file.refusal(layer, "has inputs of unknown number; build the model with an Input before saving it")

    def _activate(self, layer: Layer, activation: Any) -> None:
        if isinstance(activation, dict):
            activation = cast(Object, activation).get("config")
        if activation in (None, "linear"):
            return
        if activation not in ("relu", "gelu", "sigmoid", "softmax"):
            raise self._file.refusal(
                layer,
                f"has the activation {str(activation)[:60]}; relu, gelu and linear, and sigmoid or softmax at the end, are understood",
            )
        if not self._open() or self._waiting:
            raise self._file.refusal(
                layer, f"is a second activation, or one before the first dense layer: {activation}"
            )
        self._activations.append(str(activation))

    def _normalize(self, layer: Layer) -> None:
        config, width = layer.config, self._width()
        if width is None:
            width = self._given_width(layer)
        if config.get("axis", -1) not in (-1, 1, [-1], [1], (-1,)):
            raise self._file.refusal(
                layer, f"is over axis {config.get('axis')}; one for each column (-1) is understood"
            )
        factors, shifts = (
            self._batch_normalization(layer, width)
            if layer.kind == "BatchNormalization"
            else self._normalization(layer, width)
        )
        if self._open():
            self._layers[-1].scale_outputs(factors, shifts)
        elif self._waiting:
            earlier, moved = self._waiting
            self._waiting = (
                [a * f for a, f in zip(earlier, factors, strict=True)],
                [a * f + s for a, f, s in zip(moved, factors, shifts, strict=True)],
            )
        else:
            self._waiting = (factors, shifts)

    def _batch_normalization(self, layer: Layer, width: int) -> tuple[list[float], list[float]]:
        has_scale, has_center = layer.config.get("scale", True), layer.config.get("center", True)
        numbers = self._file.numbers(layer, [(width,)] * (2 + bool(has_scale) + bool(has_center)))
        gamma = numbers.pop(0) if has_scale else [1.0] * width
        beta = numbers.pop(0) if has_center else [0.0] * width
        mean, variance = numbers
        epsilon = float(layer.config.get("epsilon", 1e-3))
        factors = [g / math.sqrt(v + epsilon) for g, v in zip(gamma, variance, strict=True)]
        return factors, [b - m * f for b, m, f in zip(beta, mean, factors, strict=True)]

    def _normalization(self, layer: Layer, width: int) -> tuple[list[float], list[float]]:
        if layer.config.get("invert"):
            raise self._file.refusal(layer, "is inverted; one that takes the mean off is understood")
        given = layer.config.get("mean"), layer.config.get("variance")
        if given == (None, None):
            # How many rows it saw may follow.
            mean, variance = self._file.numbers(layer, [(width,)] * 2, extra=1)
        else:
            mean, variance = (self._spread(layer, one, width) for one in given)
        # As Keras does: the standard deviation is 1e-7 at least.
        factors = [1 / max(math.sqrt(v), 1e-7) for v in variance]
        return factors, [-m * f for m, f in zip(mean, factors, strict=True)]

    def _spread(self, layer: Layer, value: Any, width: int) -> list[float]:
        # Keras 3 writes arrays as {"class_name": "__numpy__", "config": {"value": …}}.
        if isinstance(value, dict):
            value = cast(Any, value)["config"]["value"]
        while isinstance(value, list) and len(cast(list[Any], value)) == 1:
            value = cast(list[Any], value)[0]
        if isinstance(value, list) and len(cast(list[Any], value)) == width:
            return [float(one) for one in cast(list[Any], value)]
        if isinstance(value, int | float):
            return [float(value)] * width
        raise self._file.refusal(layer, f"has a mean or variance that is not of {width} columns")

    def network(self) -> Network:
        shown, last = self._file.shown, self._last
        if last is None or not self._layers:
            raise self._file.refusal(Layer("", "model", {}, 0), f"has no dense layer; {_UNDERSTOOD}")
        if self._waiting or self._open() or self._activations[-1] not in ("sigmoid", "softmax"):
            raise self._file.refusal(
                last, "is the last and gives no probability; sigmoid, or softmax of two outputs, must come last"
            )
        final, outputs = self._layers[-1], len(self._layers[-1].biases)
        if self._activations[-1] == "softmax" and outputs == 2:
            # Of two classes e^b / (e^a + e^b) is the logistic function of b - a; the second one means yes.
            final = Dense([[row[1] - row[0]] for row in final.weights], [final.biases[1] - final.biases[0]])
        elif self._activations[-1] == "softmax" or outputs != 1:
            raise self._file.refusal(
                last,
                f"has {outputs} outputs with {self._activations[-1]}; one with sigmoid or two with softmax are understood",
            )
        hidden = sorted(set(self._activations[:-1]))
        if len(hidden) > 1:
            raise self._file.refusal(last, "follows both relu and gelu; hidden layers of one of them are understood")
        layers = [*self._layers[:-1], final]
        for number, dense in enumerate(layers):
            if not all(map(math.isfinite, [*dense.biases, *(w for row in dense.weights for w in row)])):
                raise self._file.refusal(
                    last,
                    f"ends a network whose dense layer {number + 1} has weights that are no finite numbers; {shown} can't be used",
                )
        factors, shifts = self._before or ([], [])
        return Network(layers, hidden[0] if hidden else "relu", factors, shifts)
