"""A scikit-learn classifier that is the program: `fit` is `retain train`, `predict_proba` is `retain score`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ._folders import read_folder, write_folder
from ._handing import customer_file
from ._packages import need
from ._program import run
from .scoring import score

_base = need("sklearn.base", "scikit-learn", "RetainClassifier")
_utils = need("sklearn.utils", "scikit-learn", "RetainClassifier")
_targets = need("sklearn.utils.multiclass", "scikit-learn", "RetainClassifier")
_validation = need("sklearn.utils.validation", "scikit-learn", "RetainClassifier")
numpy = need("numpy", "numpy", "RetainClassifier")
pandas = need("pandas", "pandas", "RetainClassifier")

__all__ = ["RetainClassifier"]


class RetainClassifier(_base.ClassifierMixin, _base.BaseEstimator):
    """Retain's models among scikit-learn's.

    A column that gives the target away is a LeakError, unless `allow_leaks` is true. Numbers, booleans, texts and categories
    may stand in a frame; empty fields are imputed, levels that `fit` has not seen count as none of the known.

    Parameters are those of `retain train`: `model` (best, fast, seed), `random_state`, `threads` (all cores by default).
    """

    def __init__(
        self,
        model: str = "best",
        *,
        random_state: Any = 42,
        threads: int | None = None,
        allow_leaks: bool = False,
    ) -> None:
        self.model = model
        self.random_state = random_state
        self.threads = threads
        self.allow_leaks = allow_leaks

    def __sklearn_tags__(self) -> Any:
        above: Any = super()
        tags = above.__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> RetainClassifier:
        """Trains on every row, but for those of weight 0; cross-validation of scikit-learn holds out rows itself."""
        frame = self._frame(X, reset=True)
        labels = self._labels(frame, y)
        if sample_weight is not None:
            weights = _validation._check_sample_weight(sample_weight, frame, ensure_non_negative=True)
            counts = weights > 0
            if not counts.any():
                raise ValueError("All sample weights are zero; give some rows a weight above 0")
            frame, labels, weights = frame[counts].reset_index(drop=True), labels[counts], weights[counts]
        else:
            weights = None
        self.classes_, codes = numpy.unique(labels, return_inverse=True)
        if len(self.classes_) > 2:
            kind = _targets.type_of_target(labels)
            raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
        if len(self.classes_) < 2:
            raise ValueError("Classifier can't train when only one class is present.")
        target, weight = _unlike(frame.columns, "target"), _unlike(frame.columns, "weight")
        added = {target: codes} if weights is None else {target: codes, weight: weights}
        meanings = {name: self._meaning(frame[name]) for name in frame.columns}
        meanings |= {target: {"role": "target"}}
        meanings |= {} if weights is None else {weight: {"role": "weight", "type": "number"}}
        options = ["--threads", str(self.threads)] if self.threads else []
        with TemporaryDirectory(prefix="retain-") as folder, customer_file(frame.assign(**added)) as data:
            schema, model = Path(folder) / "retain.yaml", Path(folder) / "model"
            # JSON is YAML.
            target_levels = {"column": target, "positive": "1", "negative": "0"}
            project: dict[str, Any] = {"version": 1, "target": target_levels, "null_values": [], "columns": meanings}
            schema.write_text(json.dumps(project), encoding="utf-8")
            run(
                ["train", data, "--schema", str(schema), "--model", self.model, "--seed", str(self._seed())]
                + ["--test", "0", "--no-tracking", "--output", str(model), *options]
            )
            # The bytes, so that the estimator can be copied, pickled and sent.
            self.model_files_ = read_folder(model)
        return self

    def predict_proba(self, X: Any) -> Any:
        _validation.check_is_fitted(self)
        frame = self._frame(X, reset=False)
        with TemporaryDirectory(prefix="retain-") as folder:
            self.save(folder)
            scores = score(frame, folder, threads=self.threads)
        rejected = scores["rejected"].dropna()
        if len(rejected):
            raise ValueError(f"{len(rejected)} rows have no probability; row {rejected.index[0]}: {rejected.iloc[0]}")
        second = scores["churn_probability"].to_numpy(dtype=float)
        return numpy.column_stack([1 - second, second])

    def predict(self, X: Any) -> Any:
        second = self.predict_proba(X)[:, 1] >= 0.5
        return self.classes_[second.astype(int)]

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes the model folder, for `retain serve` and all else that takes a MODEL."""
        write_folder(self.model_files_, Path(folder))

    def _frame(self, X: Any, *, reset: bool) -> Any:
        """X as a frame of pandas: its own columns, or x0, x1 and so on."""
        given = X.to_pandas() if hasattr(X, "to_pandas") else X
        if not isinstance(given, pandas.DataFrame):
            return self._array_frame(given, reset=reset)
        _validation._check_feature_names(self, given, reset=reset)
        _validation._check_n_features(self, given, reset=reset)
        if len(given) == 0:
            raise ValueError(f"Found array with 0 sample(s) (shape={given.shape}) while a minimum of 1 is required.")
        frame = given.reset_index(drop=True)
        if not all(isinstance(name, str) for name in frame.columns):
            frame.columns = [f"x{place}" for place in range(frame.shape[1])]
        return frame.apply(_readable)

    def _array_frame(self, X: Any, *, reset: bool) -> Any:
        array = _validation.validate_data(self, X, reset=reset, dtype=None, ensure_all_finite="allow-nan")
        frame = pandas.DataFrame(array, columns=[f"x{place}" for place in range(array.shape[1])])
        return (frame.apply(_number_if_any) if array.dtype.kind == "O" else frame).apply(_readable)

    def _labels(self, frame: Any, y: Any) -> Any:
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        labels = _utils.column_or_1d(y, warn=True)
        if labels.dtype.kind == "f":
            labels = _validation._check_y(labels)
        _utils.check_consistent_length(frame, labels)
        _targets.check_classification_targets(labels)
        return labels

    def _seed(self) -> int:
        """The program's random seed, of whatever scikit-learn calls a random state."""
        if isinstance(self.random_state, int):
            return self.random_state
        return int(_utils.check_random_state(self.random_state).randint(2**31 - 1))

    def _meaning(self, column: Any) -> dict[str, Any]:
        """What `retain.yaml` says of a column: by its type in the frame, not by what its values look like."""
        types = pandas.api.types
        if column.dropna().nunique() < 2:
            return {"role": "constant"}
        meaning: dict[str, Any] = {"role": "feature", "nulls": "impute"}
        if self.allow_leaks:
            meaning["leak"] = "allowed"
        if types.is_bool_dtype(column):
            return {**meaning, "type": "boolean", "levels": ["false", "true"]}
        if types.is_numeric_dtype(column):
            return {**meaning, "type": "number"}
        levels = sorted({value for value in column.dropna() if value.strip()})
        return {**meaning, "type": "levels", "levels": levels, "unseen": "other"}


def _unlike(names: Any, name: str) -> str:
    """A name that no column has."""
    while name in names:
        name += "_"
    return name


def _number_if_any(column: Any) -> Any:
    """A column of objects as numbers, where all of them are."""
    try:
        return pandas.to_numeric(column)
    except ValueError:
        return column
    except TypeError as error:
        raise TypeError(f"argument must be a string or a number: {error}") from error


def _readable(column: Any) -> Any:
    """Numbers and booleans as they are, anything else as text."""
    types = pandas.api.types
    if types.is_complex_dtype(column):
        raise ValueError("Complex data not supported")
    if types.is_datetime64_any_dtype(column) or types.is_timedelta64_dtype(column):
        raise ValueError(f'column "{column.name}" has dates; make numbers of them, such as the days until then')
    if types.is_bool_dtype(column):
        return column
    if types.is_numeric_dtype(column):
        if types.is_float_dtype(column) and numpy.isinf(column.to_numpy(dtype=float, na_value=numpy.nan)).any():
            raise ValueError("Input X contains infinity or a value too large for dtype('float64').")
        return column
    return column.astype(object).map(str, na_action="ignore")
