"""Fitted transformers of scikit-learn as what they do to columns; scikit-learn itself is not needed for it."""

from __future__ import annotations

from typing import Any, cast

from ..errors import BadDataError
from ._features import Feature, Reading, text_of

__all__ = ["transformed"]

UNDERSTOOD = (
    "StandardScaler, MinMaxScaler, MaxAbsScaler, RobustScaler, OneHotEncoder, OrdinalEncoder, and Pipeline and"
    " ColumnTransformer of these are understood"
)


def transformed(transformer: Any, features: list[Feature], names: list[str]) -> list[Feature]:
    """What comes out of a fitted transformer where `features`, of these names, go in."""
    kind = type(transformer).__name__
    if transformer == "passthrough" or transformer is None:
        return features
    # Of columns that were only handed on, and since version 1.4 of them all.
    if kind == "FunctionTransformer" and transformer.func is None:
        return features
    match kind:
        case "Pipeline":
            for _, step in transformer.steps:
                features = transformed(step, features, names)
            return features
        case "ColumnTransformer":
            return _by_column(transformer, features, names)
        case "OneHotEncoder":
            return _one_hot(transformer, features)
        case "OrdinalEncoder":
            return [
                Feature({Reading(column, level): float(code) for code, level in enumerate(levels)})
                for column, levels in _categories(transformer, features)
            ]
        case "StandardScaler" | "RobustScaler":
            return _standardized(transformer, features)
        case "MinMaxScaler":
            _no_clipping(transformer)
            return [
                feature.scaled(factor, shift)
                for feature, factor, shift in _together(
                    features, _numbers(transformer.scale_, features), _numbers(transformer.min_, features)
                )
            ]
        case "MaxAbsScaler":
            _no_clipping(transformer)
            return [
                feature.standardized(0.0, scale)
                for feature, scale in zip(features, _numbers(transformer.scale_, features), strict=True)
            ]
        case _:
            raise BadDataError(f"a {kind} is not understood; {UNDERSTOOD}", 65)


def _standardized(transformer: Any, features: list[Feature]) -> list[Feature]:
    centers = transformer.mean_ if hasattr(transformer, "mean_") else transformer.center_
    # Without centring or scaling the fitted numbers are there or not, by version.
    centred = getattr(transformer, "with_mean", True) and getattr(transformer, "with_centering", True)
    scaling = getattr(transformer, "with_std", True) and getattr(transformer, "with_scaling", True)
    means = _numbers(centers, features) if centred else [0.0] * len(features)
    scales = _numbers(transformer.scale_, features) if scaling else [1.0] * len(features)
    return [feature.standardized(mean, scale) for feature, mean, scale in _together(features, means, scales)]


def _together(features: list[Feature], first: list[float], second: list[float]) -> list[tuple[Feature, float, float]]:
    return list(zip(features, first, second, strict=True))


def _numbers(array: Any, features: list[Feature]) -> list[float]:
    numbers = [float(number) for number in array]
    if len(numbers) != len(features):
        raise BadDataError(f"the scaler was fitted on {len(numbers)} columns and is given {len(features)}", 65)
    return numbers


def _no_clipping(transformer: Any) -> None:
    if getattr(transformer, "clip", False):
        raise BadDataError(
            f"a {type(transformer).__name__} with clip=True is not understood; bounds stand in retain.yaml:"
            " minimum and maximum of each column",
            65,
        )


def _categories(transformer: Any, features: list[Feature]) -> list[tuple[str, list[str]]]:
    if len(transformer.categories_) != len(features):
        raise BadDataError(
            f"the encoder was fitted on {len(transformer.categories_)} columns and is given {len(features)}", 65
        )
    found: list[tuple[str, list[str]]] = []
    for feature, categories in zip(features, transformer.categories_, strict=True):
        column = feature.column
        if column is None:
            raise BadDataError(f"an encoder of {feature} is not understood: it must read a column as it stands", 65)
        values: list[Any] = categories.tolist()
        if any(value is None or value != value for value in values):
            raise BadDataError(
                f'the encoder of "{column}" has a category for empty fields, which is not understood', 65
            )
        found.append((column, [text_of(value) for value in values]))
    return found


def _one_hot(transformer: Any, features: list[Feature]) -> list[Feature]:
    if any(rare is not None for rare in getattr(transformer, "infrequent_categories_", ())):
        raise BadDataError("a OneHotEncoder that gathers infrequent categories is not understood", 65)
    dropped = transformer.drop_idx_
    return [
        Feature.of(column, level)
        for place, (column, levels) in enumerate(_categories(transformer, features))
        for code, level in enumerate(levels)
        if dropped is None or dropped[place] != code
    ]


def _by_column(transformer: Any, features: list[Feature], names: list[str]) -> list[Feature]:
    found: list[Feature] = []
    for _, inner, columns in transformer.transformers_:
        if inner == "drop":
            continue
        places = _places(columns, names)
        found += transformed(inner, [features[place] for place in places], [names[place] for place in places])
    return found


def _places(columns: Any, names: list[str]) -> list[int]:
    """Where the columns are that a ColumnTransformer was told by name, by place, as a slice or by true and false."""
    every = list(range(len(names)))
    if isinstance(columns, slice):
        return every[cast("slice[int, int, int]", columns)]
    listed: list[Any] = (
        [columns]
        if isinstance(columns, str | int)
        else [getattr(one, "item", lambda one=one: one)() for one in columns]
    )
    if listed and all(isinstance(one, bool) for one in listed) and len(listed) == len(names):
        return [place for place in every if listed[place]]
    unknown = [
        one for one in listed if one not in names and not (isinstance(one, int) and -len(names) <= one < len(names))
    ]
    if unknown:
        raise BadDataError(f'the ColumnTransformer reads "{unknown[0]}", which is none of its columns', 65)
    return [names.index(one) if isinstance(one, str) else every[one] for one in listed]
