"""Networks of Keras with scalers of scikit-learn say the same as model folders, on every customer."""

from __future__ import annotations

import json
import logging
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import (
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    RobustScaler,
    StandardScaler,
)

from conftest import retain
from keras_networks import NETWORKS, functional, k, seed_network, sequential
from retain_churn import find_program
from retain_churn.migrate import migrate

NUMBERS = ["CreditScore", "Age", "Tenure", "Balance", "NumOfProducts", "HasCrCard", "IsActiveMember", "EstimatedSalary"]
LEVELS = ["Geography", "Gender", "Card Type"]
LEFT = ["RowNumber", "CustomerId", "Surname", "Exited", "Complain"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrate") / "customers.csv"
    retain("simulate", "--rows", 1_000, "--seed", 5, "--complain", "-o", path)
    retain("init", path, "--target", "Exited", "-o", path.with_name("retain.yaml"))
    return path


@pytest.fixture(scope="module")
def raw(data: Path) -> pd.DataFrame:
    return pd.read_csv(data).drop(columns=LEFT)


@pytest.fixture(scope="module")
def dummies(raw: pd.DataFrame) -> pd.DataFrame:
    """As a Python team prepares this table: 16 columns, with the first level of each left out."""
    return pd.get_dummies(raw, columns=LEVELS, drop_first=True, dtype=float)


@pytest.fixture
def agree(data: Path, tmp_path: Path) -> Callable[..., None]:
    """Migrates, and compares what Keras says of `inputs` with what the program says of the file."""

    def check(network: Any, scaler: Any, inputs: Any, form: str = ".keras", **options: Any) -> None:
        file, pickled = tmp_path / f"network{form}", tmp_path / "scaler.pkl"
        network.save(file)
        if scaler is not None:
            pickled.write_bytes(pickle.dumps(scaler))
        said = network.predict(np.asarray(inputs, dtype="float32"), verbose=0)[:, -1]
        made = migrate(
            file,
            None if scaler is None else pickled,
            schema=data.with_name("retain.yaml"),
            data=data,
            output=tmp_path / "model",
            trust_pickle=True,
            **options,
        )
        retain("score", made.output, data, "-o", tmp_path / "scores.csv")
        scores = pd.read_csv(tmp_path / "scores.csv")["churn_probability"].to_numpy()
        # A network that says the same of everybody would agree by chance.
        assert scores.shape == said.shape and said.std() > 0.01
        assert np.abs(scores - said).max() <= 1e-5
        assert (
            made.comparison is not None and made.comparison.compared == len(said) and made.comparison.difference <= 1e-5
        )

    return check


@pytest.mark.parametrize(("made", "form"), [(sequential, ".h5"), (functional, ".keras")])
def test_a_trained_network(made: Any, form: str, dummies: pd.DataFrame, data: Path, agree: Callable[..., None]) -> None:
    scaler = StandardScaler().fit(dummies)
    inputs = scaler.transform(dummies)
    network = made([k.Dense(10, "relu"), k.Dropout(0.1), k.Dense(10, "relu"), k.Dense(1, "sigmoid")])
    network.compile(loss="binary_crossentropy", optimizer="adam")
    network.fit(inputs, pd.read_csv(data)["Exited"], epochs=3, verbose=0)
    agree(network, scaler, inputs, form)


@pytest.mark.parametrize(("made", "form"), [(sequential, ".keras"), (functional, ".h5")])
@pytest.mark.parametrize("name", NETWORKS)
def test_layers(name: str, made: Any, form: str, dummies: pd.DataFrame, agree: Callable[..., None]) -> None:
    scaler = StandardScaler().fit(dummies)
    agree(made(NETWORKS[name]()), scaler, scaler.transform(dummies), form)


@pytest.mark.parametrize(
    "scaler",
    [
        StandardScaler(with_mean=False),
        StandardScaler(with_std=False),
        MinMaxScaler((-1, 1)),
        MaxAbsScaler(),
        RobustScaler(quantile_range=(10, 90)),
        RobustScaler(with_centering=False, with_scaling=False),
        make_pipeline(MinMaxScaler(), StandardScaler()),
    ],
    ids=str,
)
def test_scalers(scaler: Any, dummies: pd.DataFrame, agree: Callable[..., None]) -> None:
    inputs = scaler.fit_transform(dummies)
    # Some of these leave numbers large.
    network = sequential([k.BatchNormalization(), k.Dense(6, "relu"), k.Dense(1, "sigmoid")])
    network.layers[0].moving_mean.assign(inputs.mean(axis=0))
    network.layers[0].moving_variance.assign(inputs.var(axis=0))
    agree(network, scaler, inputs)


@pytest.mark.parametrize(
    "transformer",
    [
        ColumnTransformer([("n", StandardScaler(), NUMBERS), ("l", OneHotEncoder(drop="first"), LEVELS)]),
        ColumnTransformer([("l", OneHotEncoder(), LEVELS), ("n", MinMaxScaler(), NUMBERS)], remainder=RobustScaler()),
        ColumnTransformer(
            [
                ("l", OneHotEncoder(drop="if_binary", handle_unknown="ignore"), ["Gender", "Geography", "HasCrCard"]),
                ("gone", "drop", "Card Type"),
                ("n", StandardScaler(), slice(3, 6)),
            ]
        ),
        Pipeline(
            [
                ("all", ColumnTransformer([("l", OrdinalEncoder(), LEVELS), ("n", "passthrough", NUMBERS)])),
                ("none", "passthrough"),
                ("scale", StandardScaler()),
            ]
        ),
    ],
    ids=["drop first", "all levels, and the rest scaled", "drop binary, by places", "pipeline around it"],
)
def test_column_transformers(transformer: Any, raw: pd.DataFrame, agree: Callable[..., None]) -> None:
    inputs = transformer.fit_transform(raw)
    agree(seed_network(inputs.shape[1]), transformer, inputs)


def test_every_level_has_a_dummy(raw: pd.DataFrame, agree: Callable[..., None]) -> None:
    inputs = pd.get_dummies(raw, columns=[*LEVELS, "HasCrCard"], dtype=float)
    scaler = StandardScaler().fit(inputs)
    agree(seed_network(inputs.shape[1]), scaler, scaler.transform(inputs))


def test_a_scaler_without_names(dummies: pd.DataFrame, agree: Callable[..., None]) -> None:
    scaler = StandardScaler().fit(dummies.to_numpy())
    agree(seed_network(), scaler, scaler.transform(dummies.to_numpy()), columns=list(dummies))


def test_a_scaler_of_the_numbers_alone(dummies: pd.DataFrame, agree: Callable[..., None]) -> None:
    scaler = StandardScaler().fit(dummies[NUMBERS[::-1]])
    inputs = dummies.copy()
    inputs[NUMBERS[::-1]] = scaler.transform(dummies[NUMBERS[::-1]])
    network = sequential([k.BatchNormalization(), k.Dense(6, "relu"), k.Dense(1, "sigmoid")])
    network.layers[0].moving_mean.assign(inputs.mean())
    network.layers[0].moving_variance.assign(inputs.var())
    agree(network, scaler, inputs, columns=list(dummies))


@pytest.mark.parametrize(
    ("levels", "gender", "geography"),
    [
        (
            ["Gender=Male", "Geography=France,Germany,Spain"],
            {"Female": 0, "Male": 1},
            {"France": 0, "Germany": 1, "Spain": 2},
        ),
        (
            ["Gender=Male,Female", "Geography=Spain,France,Germany"],
            {"Female": 1, "Male": 0},
            {"France": 1, "Germany": 2, "Spain": 0},
        ),
    ],
)
def test_levels_that_were_numbers(
    levels: list[str], gender: dict[str, int], geography: dict[str, int], raw: pd.DataFrame, agree: Callable[..., None]
) -> None:
    inputs = raw.drop(columns="Card Type").assign(
        Gender=raw["Gender"].map(gender), Geography=raw["Geography"].map(geography)
    )
    scaler = StandardScaler().fit(inputs)
    agree(seed_network(inputs.shape[1]), scaler, scaler.transform(inputs), levels=levels)


def test_raw_numbers_and_a_normalization_layer(raw: pd.DataFrame, agree: Callable[..., None]) -> None:
    network = sequential([k.Normalization(), k.Dense(6, "relu"), k.Dense(1, "sigmoid")], len(NUMBERS))
    network.layers[0].adapt(raw[NUMBERS].to_numpy())
    agree(network, None, raw[NUMBERS], columns=NUMBERS)


@pytest.mark.parametrize("form", ["json", "joblib", "skops"])
def test_forms_of_the_scaler(
    form: str, dummies: pd.DataFrame, data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read = dummies.drop(columns=["Satisfaction Score", "Card Type_GOLD", "Card Type_PLATINUM", "Card Type_SILVER"])
    scaler = StandardScaler().fit(read)
    path = tmp_path / f"scaler.{form}"
    if form == "json":
        own = {"columns": list(read), "mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist()}
        path.write_text(json.dumps(own))
    elif form == "joblib":
        joblib.dump(scaler, path, compress=3)
    else:
        skops.io.dump(scaler, path)
    network = seed_network(12)
    network.save(tmp_path / "network.keras")
    said = network.predict(scaler.transform(read), verbose=0)
    np.savetxt(tmp_path / "said.csv", said, header="probability", comments="", fmt="%.9g")
    caplog.set_level(logging.INFO)
    made = migrate(
        tmp_path / "network.keras",
        path,
        schema=data.with_name("retain.yaml"),
        data=data,
        output=tmp_path / "model",
        trust_pickle=form == "joblib",
        check=tmp_path / "said.csv",
    )
    assert made.comparison is not None and made.comparison.difference <= 1e-5
    assert made.left_out == ["Satisfaction Score", "Card Type"]
    assert "does not read them (2): Satisfaction Score, Card Type." in caplog.text
    # The model does without what the network does not read.
    pd.read_csv(data).drop(columns=made.left_out).to_csv(tmp_path / "fewer.csv", index=False)
    retain("score", made.output, tmp_path / "fewer.csv", "-o", tmp_path / "scores.csv")
    assert np.abs(pd.read_csv(tmp_path / "scores.csv")["churn_probability"] - said[:, 0]).max() <= 1e-5


def test_the_document(tmp_path: Path) -> None:
    """All blocks of the how-to, in order, in an empty folder."""
    text = (Path(__file__).parents[2] / "docs/how-to/migrate.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["sh", "python", "sh", "python"]
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "retain").symlink_to(find_program())
    folder = tmp_path / "empty"
    folder.mkdir()
    path = os.pathsep.join([str(programs), os.path.dirname(sys.executable), os.environ["PATH"]])
    for kind, block in blocks:
        command = ["bash", "-euc", block] if kind == "sh" else [sys.executable, "-c", block]
        done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2000 rows compared; the greatest difference is ")
    assert len((folder / "scores.csv").read_text("utf-8").splitlines()) == 2_001
