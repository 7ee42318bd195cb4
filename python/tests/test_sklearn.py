"""The classifier among scikit-learn's: its own checks, and what people do with a classifier."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import make_column_transformer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import retain_churn
from conftest import retain
from retain_churn import LeakError, RetainClassifier

# scikit-learn's toy data have a column that tells the target: what the leak gate is there to refuse. Each of these checks
# passes with allow_leaks=True.
REFUSED = dict.fromkeys(
    [
        "check_classifiers_classes",
        "check_classifiers_train",
        "check_estimators_pickle",
        "check_fit2d_1feature",
        "check_pipeline_consistency",
        "check_positive_only_tag_during_fit",
        "check_sample_weights_not_overwritten",
        "check_sample_weights_shape",
    ],
    "the leak gate refuses data with a column that tells the target",
)

# With or without the gate.
UNEQUAL = {
    "check_sample_weight_equivalence_on_dense_data": "rows are learned from in batches: one of weight 2 is not two rows"
}


def expected_failures(estimator: RetainClassifier) -> dict[str, str]:
    return UNEQUAL if estimator.allow_leaks else UNEQUAL | REFUSED


@parametrize_with_checks(
    [RetainClassifier("seed", allow_leaks=True), RetainClassifier("seed")],
    expected_failed_checks=expected_failures,
    xfail_strict=True,
)
def test_checks_of_scikit_learn(estimator: RetainClassifier, check: Any) -> None:
    check(estimator)


@pytest.fixture(scope="module")
def features(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=["RowNumber", "CustomerId", "Surname", "Exited"])


def test_the_scores_of_the_program(features: pd.DataFrame, frame: pd.DataFrame, tmp_path: Path) -> None:
    """The folder that it saves scores to the same bits, and is a MODEL like any other."""
    classifier = RetainClassifier("seed").fit(features, frame["Exited"])
    second = classifier.predict_proba(features)[:, 1]
    assert 0.8 < roc_auc_score(frame["Exited"], second) < 0.9
    classifier.save(tmp_path / "model")
    scores = retain_churn.score(features, tmp_path / "model")["churn_probability"]
    assert (scores.to_numpy() == second.astype(np.float32)).all()
    assert (classifier.predict(features) == (second >= 0.5)).all()


def test_names_of_classes(features: pd.DataFrame, frame: pd.DataFrame) -> None:
    words = frame["Exited"].map({0: "stayed", 1: "left"})
    classifier = RetainClassifier("seed").fit(features, words)
    assert list(classifier.classes_) == ["left", "stayed"]
    left = classifier.predict_proba(features)[:, 0]
    assert left[words == "left"].mean() > left[words == "stayed"].mean()
    assert set(classifier.predict(features)) == {"left", "stayed"}


def test_frames_of_every_kind_are_the_same(features: pd.DataFrame, frame: pd.DataFrame) -> None:
    classifier = RetainClassifier("seed").fit(features, frame["Exited"])
    expected = classifier.predict_proba(features)
    assert (classifier.predict_proba(pl.from_pandas(features)) == expected).all()
    other = features.astype({"Geography": "category", "HasCrCard": bool})
    trained = RetainClassifier("seed").fit(other, frame["Exited"])
    assert np.abs(trained.predict_proba(other) - expected).max() < 0.2
    gaps = features.astype({"Age": float})
    gaps.iloc[::7, gaps.columns.get_loc("Age")] = np.nan
    gaps.iloc[::5, gaps.columns.get_loc("Geography")] = None
    assert np.isfinite(RetainClassifier("seed").fit(gaps, frame["Exited"]).predict_proba(gaps)).all()
    strange = features.assign(Geography="Atlantis")
    assert np.isfinite(classifier.predict_proba(strange)).all()
    with pytest.raises(ValueError, match="dates"):
        classifier.fit(features.assign(Since=pd.Timestamp("2026-01-01")), frame["Exited"])


def test_pipelines_and_searches(features: pd.DataFrame, frame: pd.DataFrame) -> None:
    few, labels = features.head(1500), frame["Exited"].head(1500)
    scaled = make_column_transformer(
        (StandardScaler(), ["Age", "Balance"]), remainder="passthrough", verbose_feature_names_out=False
    ).set_output(transform="pandas")
    pipeline = make_pipeline(scaled, RetainClassifier("seed", threads=1))
    found = cross_val_score(pipeline, few, labels, cv=3, scoring="roc_auc", error_score="raise")
    assert found.min() > 0.6
    search = GridSearchCV(
        pipeline,
        {"retainclassifier__random_state": [1, 2]},
        cv=2,
        scoring="neg_log_loss",
        n_jobs=2,
        error_score="raise",
    ).fit(few, labels)
    assert search.best_params_["retainclassifier__random_state"] in (1, 2)
    calibrated = CalibratedClassifierCV(RetainClassifier("seed"), cv=2).fit(few, labels)
    assert calibrated.predict_proba(few).shape == (1500, 2)


def test_copies_are_the_same(features: pd.DataFrame, frame: pd.DataFrame) -> None:
    classifier = RetainClassifier("seed", random_state=7).fit(features, frame["Exited"])
    copy = pickle.loads(pickle.dumps(classifier))
    assert (copy.predict_proba(features) == classifier.predict_proba(features)).all()
    fresh = clone(classifier)
    assert fresh.random_state == 7 and not hasattr(fresh, "model_files_")
    assert (fresh.fit(features, frame["Exited"]).predict_proba(features) == copy.predict_proba(features)).all()


def test_leaks_stop_it(tmp_path: Path) -> None:
    retain("simulate", "--rows", 2000, "--seed", 1, "--complain", "-o", tmp_path / "complain.csv")
    frame = pd.read_csv(tmp_path / "complain.csv").drop(columns=["RowNumber", "CustomerId", "Surname"])
    customers, labels = frame.drop(columns="Exited"), frame["Exited"]
    with pytest.raises(LeakError) as caught:
        RetainClassifier("seed").fit(customers, labels)
    assert list(caught.value.evidence) == ["Complain"]
    RetainClassifier("seed", allow_leaks=True).fit(customers, labels)


def test_weights(features: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Equal weights are none; rows of weight 0 are not there; heavier churners make for higher probabilities."""
    left = frame["Exited"] == 1
    plain = RetainClassifier("seed").fit(features, frame["Exited"])
    expected = plain.predict_proba(features)[:, 1]
    equal = RetainClassifier("seed").fit(features, frame["Exited"], sample_weight=np.full(len(frame), 3.0))
    assert np.abs(equal.predict_proba(features)[:, 1] - expected).max() < 1e-3
    heavy = RetainClassifier("seed").fit(features, frame["Exited"], sample_weight=np.where(left, 4.0, 1.0))
    assert heavy.predict_proba(features)[:, 1].mean() > expected.mean() + 0.1
    kept = np.arange(len(frame)) % 2 == 0
    half = RetainClassifier("seed").fit(features[kept], frame["Exited"][kept], sample_weight=np.ones(kept.sum()))
    zero = RetainClassifier("seed").fit(features, frame["Exited"], sample_weight=kept.astype(float))
    assert (zero.predict_proba(features) == half.predict_proba(features)).all()
    with pytest.raises(ValueError, match="zero"):
        plain.fit(features, frame["Exited"], sample_weight=np.zeros(len(frame)))
