"""Networks of real Keras, with numbers of their own in all layers."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

# The backend that takes least to install; the files are the same from all.
os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as k  # noqa: E402

__all__ = ["NETWORKS", "functional", "k", "keras", "seed_network", "sequential"]

# Each form that is understood.
NETWORKS: dict[str, Callable[[], list[Any]]] = {
    "gelu": lambda: [k.Dense(12, "gelu"), k.Dense(8, "gelu"), k.Dense(1, "sigmoid")],
    "no hidden layer": lambda: [k.Dense(1, "sigmoid")],
    "activations of their own": lambda: [
        *[k.Dense(8), k.ReLU(), k.Dropout(0.5), k.Dense(8, use_bias=False), k.Activation("relu")],
        *[k.Dense(1), k.Activation("sigmoid")],
    ],
    "linear layers merge": lambda: [
        *[k.Dense(9), k.Dense(8, "linear"), k.Activation("linear"), k.Dense(7, "relu"), k.Dense(1, "sigmoid")]
    ],
    "normalization before activation": lambda: [
        *[k.Dense(8), k.BatchNormalization(), k.Activation("relu")],
        *[k.Dense(8), k.BatchNormalization(scale=False), k.ReLU(), k.Dense(1, "sigmoid")],
    ],
    "normalization after activation": lambda: [
        *[k.Dense(8, "relu"), k.BatchNormalization(epsilon=0.01), k.BatchNormalization(center=False)],
        *[k.GaussianNoise(0.1), k.Dense(1, "sigmoid")],
    ],
    "normalization first": lambda: [
        *[k.Normalization(), k.BatchNormalization(), k.Dense(8, "relu"), k.Dense(1, "sigmoid")]
    ],
    "normalization by constants": lambda: [
        *[k.Normalization(mean=[0.1] * 16, variance=[2.0] * 16), k.Dense(8, "relu"), k.Dense(1, "sigmoid")]
    ],
    "normalization before sigmoid": lambda: [
        *[k.Dense(8, "relu"), k.Dense(1), k.BatchNormalization(), k.Activation("sigmoid")]
    ],
    "two classes": lambda: [k.Dense(8, "relu"), k.Dense(2, "softmax")],
    "two classes by a layer": lambda: [k.Dense(8, "relu"), k.Dense(2), k.Softmax()],
}


def sequential(layers: list[Any], inputs: int = 16) -> Any:
    return _filled(keras.Sequential([k.Input((inputs,)), *layers]))


def functional(layers: list[Any], inputs: int = 16) -> Any:
    first = tensor = k.Input((inputs,))
    for layer in layers:
        tensor = layer(tensor)
    return _filled(keras.Model(first, tensor))


def seed_network(inputs: int = 16) -> Any:
    """The network of the Python project that Retain takes the place of."""
    return sequential([k.Dense(10, "relu"), k.Dense(10, "relu"), k.Dense(1, "sigmoid")], inputs)


def _filled(network: Any) -> Any:
    """Gives weights that are no zeros or ones, where Keras begins with these."""
    random = np.random.default_rng(7)
    for weight in network.weights:
        if weight.name != "count":
            spread = "variance" in weight.path
            weight.assign(random.uniform(0.3, 1.5, weight.shape) if spread else random.normal(0, 0.5, weight.shape))
    for layer in network.layers:
        if isinstance(layer, k.Normalization):
            layer.finalize_state()
    return network
