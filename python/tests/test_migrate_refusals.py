"""What can't be migrated is refused in one line that names it, and an earlier model folder stays as it was."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from conftest import python, retain
from keras_networks import functional, k, keras, seed_network, sequential
from retain_churn.errors import BadDataError, RefusedError, RetainError, UsageError
from retain_churn.migrate import migrate
from retain_churn.migrate._features import Feature, Reading
from retain_churn.migrate._schema import Schema

COLUMNS = ["CreditScore", "Age", "Balance", "Geography_Germany"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("refusals") / "customers.csv"
    retain("simulate", "--rows", 500, "--seed", 5, "--complain", "-o", path)
    retain("init", path, "--target", "Exited", "-o", path.with_name("retain.yaml"))
    return path


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A network of four inputs in both forms, and its scaler in both forms."""
    found = {form: tmp_path / f"network.{form}" for form in ("keras", "h5")}
    for path in found.values():
        seed_network(4).save(path)
    mean, scale = [650.0, 38.0, 76000.0, 0.25], [96.0, 10.5, 62000.0, 0.43]
    (tmp_path / "scaler.json").write_text(json.dumps({"columns": COLUMNS, "mean": mean, "scale": scale}))
    scaler = StandardScaler().fit(pd.DataFrame(np.random.default_rng(1).normal(size=(9, 4)), columns=COLUMNS))
    (tmp_path / "scaler.pkl").write_bytes(pickle.dumps(scaler))
    return {**found, "json": tmp_path / "scaler.json", "pkl": tmp_path / "scaler.pkl", "model": tmp_path / "model"}


@pytest.fixture
def refused(data: Path, files: dict[str, Path]) -> Callable[..., str]:
    """The message of what must be refused."""

    def check(kind: type[RetainError], network: Path | None = None, scaler: Path | None = None, **options: Any) -> str:
        words = {"schema": data.with_name("retain.yaml"), "data": data, "output": files["model"], **options}
        with pytest.raises(kind) as caught:
            migrate(network or files["keras"], scaler or files["json"], **words)
        assert caught.value.exit_status == {UsageError: 64, BadDataError: 65, RefusedError: 3}[kind]
        assert "\n" not in str(caught.value) and not files["model"].exists()
        return str(caught.value)

    return check


class Trap:
    """Leaves a file behind where a pickle of it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_runs_only_where_it_is_trusted(refused: Callable[..., str], tmp_path: Path) -> None:
    trap = tmp_path / "trap.pkl"
    trap.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    assert "--trust-pickle" in refused(UsageError, scaler=trap)
    assert not (tmp_path / "sprung").exists()
    # The test can fail: trusted, it is run.
    refused(BadDataError, scaler=trap, trust_pickle=True)
    assert (tmp_path / "sprung").exists()


@pytest.mark.parametrize("form", ["keras", "h5"])
def test_files_that_are_cut_short(form: str, files: dict[str, Path], refused: Callable[..., str]) -> None:
    whole = files[form].read_bytes()
    for length in (0, 5, 100, len(whole) // 4, len(whole) // 2, len(whole) - 30):
        files[form].write_bytes(whole[:length])
        assert "network" in refused(BadDataError, files[form])


def test_files_that_are_none_of_keras(tmp_path: Path, files: dict[str, Path], refused: Callable[..., str]) -> None:
    assert "is not there" in refused(BadDataError, tmp_path / "nowhere.keras")
    assert "is a folder" in refused(UsageError, tmp_path)
    assert "no file of Keras" in refused(BadDataError, files["json"])
    seed_network(4).save_weights(tmp_path / "only.weights.h5")
    assert "weights alone" in refused(BadDataError, tmp_path / "only.weights.h5")
    with zipfile.ZipFile(tmp_path / "other.keras", "w") as archive:
        archive.writestr("config.json", "[]")
    assert "has no model.weights.h5" in refused(BadDataError, tmp_path / "other.keras")


def config_of(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrites what a .keras file says of its layers."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    change(config["config"])
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


@pytest.mark.parametrize(
    "change", [{"layers": 3}, {"layers": [3]}, {"layers": [{"class_name": "Dense"}]}, {"layers": []}], ids=str
)
def test_descriptions_that_make_no_sense(change: Any, files: dict[str, Path], refused: Callable[..., str]) -> None:
    config_of(files["keras"], lambda config: config.update(change))
    assert "network.keras" in refused(BadDataError)


OTHERS = {
    "LayerNormalization": [k.Dense(4, "relu"), k.LayerNormalization(), k.Dense(1, "sigmoid")],
    "LeakyReLU": [k.Dense(4), k.LeakyReLU(), k.Dense(1, "sigmoid")],
    "activation tanh": [k.Dense(4, "tanh"), k.Dense(1, "sigmoid")],
    "has a bound": [k.Dense(4), k.ReLU(max_value=6), k.Dense(1, "sigmoid")],
    "both relu and gelu": [k.Dense(4, "relu"), k.Dense(4, "gelu"), k.Dense(1, "sigmoid")],
    "gives no probability": [k.Dense(4, "relu"), k.Dense(1)],
    "3 outputs with softmax": [k.Dense(3, "softmax")],
    "2 outputs with sigmoid": [k.Dense(2, "sigmoid")],
    "follows sigmoid": [k.Dense(1, "sigmoid"), k.Dense(1, "sigmoid")],
    "before the first dense": [k.Activation("relu"), k.Dense(1, "sigmoid")],
    "computes in mixed_float16": [k.Dense(4, "relu", dtype="mixed_float16"), k.Dense(1, "sigmoid")],
    "is inverted": [k.Normalization(mean=0.5, variance=2.0, invert=True), k.Dense(1, "sigmoid")],
}


@pytest.mark.parametrize("named", OTHERS)
def test_networks_that_are_not_understood(named: str, tmp_path: Path, refused: Callable[..., str]) -> None:
    sequential(OTHERS[named], 4).save(tmp_path / "other.keras")
    message = refused(BadDataError, tmp_path / "other.keras")
    assert named in message and "other.keras" in message


def test_graphs_that_branch(tmp_path: Path, refused: Callable[..., str]) -> None:
    first = k.Input((4,))
    hidden = k.Dense(4, "relu")(first)
    keras.Model(first, k.Dense(1, "sigmoid")(k.Add()([hidden, first]))).save(tmp_path / "branch.keras")
    assert "branches" in refused(BadDataError, tmp_path / "branch.keras")
    inner = functional([k.Dense(4, "relu")], 4)
    sequential([inner, k.Dense(1, "sigmoid")], 4).save(tmp_path / "inner.keras")
    assert "(Functional) is not understood" in refused(BadDataError, tmp_path / "inner.keras")


def test_a_class_of_ones_own_is_no_layer_of_keras(files: dict[str, Path], refused: Callable[..., str]) -> None:
    config_of(files["keras"], lambda config: config["layers"][1].update(module="bank", registered_name="bank>Dense"))
    assert "(bank>Dense) is not understood" in refused(BadDataError)


@pytest.mark.parametrize(("module", "called"), [("os", "mkdir"), ("keras.utils", "get_file"), ("builtins", "exec")])
def test_keras_is_not_asked_to_run_what_a_file_names(
    module: str, called: str, files: dict[str, Path], refused: Callable[..., str]
) -> None:
    call = {"module": module, "class_name": called, "config": {"path": "x"}, "registered_name": None}
    config_of(files["keras"], lambda config: config["layers"][1]["config"].update(kernel_initializer=call))
    assert f"names {module}.{called}, which asking Keras would run" in refused(UsageError)


def test_weights_that_do_not_fit(files: dict[str, Path], refused: Callable[..., str]) -> None:
    def other_weights(change: Callable[[Any, str], None]) -> str:
        seed_network(4).save(files["h5"])
        with h5py.File(files["h5"], "r+") as store:
            group = store["model_weights"][
                "dense_1" if "dense_1" in store["model_weights"] else list(store["model_weights"])[1]
            ]
            change(group, group.attrs["weight_names"][0])
        return refused(BadDataError, files["h5"])

    def replaced(value: Any) -> Callable[[Any, str], None]:
        def change(group: Any, name: str) -> None:
            del group[name]
            group[name] = value

        return change

    assert "shape (10, 9) where (10, 10) is needed" in other_weights(replaced(np.zeros((10, 9))))
    assert "type int8" in other_weights(replaced(np.zeros((10, 10), "int8")))
    assert "no finite number" in other_weights(replaced(np.full((10, 10), np.nan)))
    # A link could read another file of the machine.
    assert "has 1 arrays of weights where 2" in other_weights(replaced(h5py.ExternalLink("network.keras", "/x")))

    def outside(group: Any, name: str) -> None:
        del group[name]
        group.create_dataset(name, (10, 10), "f4", external=[(str(files["json"]), 0, 400)])

    assert "in another file" in other_weights(outside)


def test_scalers_of_other_columns(files: dict[str, Path], refused: Callable[..., str]) -> None:
    def json_of(**parts: Any) -> str:
        files["json"].write_text(json.dumps(parts))
        return refused(BadDataError)

    assert '"Tariff", which is no column' in json_of(columns=[*COLUMNS[:3], "Tariff"])
    assert 'did you mean "Balance"?' in json_of(columns=[*COLUMNS[:3], "Balanse"])
    assert 'has no level "Italy"' in json_of(columns=[*COLUMNS[:3], "Geography_Italy"])
    assert '"Complain": is read by the network, but is no feature' in json_of(columns=[*COLUMNS[:3], "Complain"])
    assert "reads 4 inputs, and there are 3" in json_of(columns=COLUMNS[:3])
    assert "mean must be a list of 4 numbers" in json_of(columns=COLUMNS, mean=[1])
    assert "scale has NaN" in json_of(columns=COLUMNS, scale=[1, 1, float("nan"), 1]).replace("nan", "NaN")
    assert "scale 0" in json_of(columns=COLUMNS, scale=[1, 1, 1, 0])
    assert "names one twice" in json_of(columns=["Age"] * 4)
    assert "columns must be a list of names" in json_of()
    assert 'must be {"columns"' in json_of(columns=COLUMNS, variance=[1])


def test_scalers_that_are_not_understood(files: dict[str, Path], refused: Callable[..., str]) -> None:
    def pickle_of(scaler: Any, kind: type[RetainError] = BadDataError, **options: Any) -> str:
        files["pkl"].write_bytes(pickle.dumps(scaler))
        return refused(kind, scaler=files["pkl"], trust_pickle=True, **options)

    rows = np.arange(12.0).reshape(3, 4)
    assert "not fitted" in pickle_of(StandardScaler())
    assert "has a dict" in pickle_of({"mean": 1})
    assert "a LogisticRegression is not understood" in pickle_of(
        LogisticRegression().fit(rows, [0, 1, 1]), columns=COLUMNS
    )
    assert "clip=True" in pickle_of(MinMaxScaler(clip=True).fit(rows), columns=COLUMNS)
    assert "name its 4 columns" in pickle_of(StandardScaler().fit(rows), UsageError)
    assert "names 3 columns" in pickle_of(StandardScaler().fit(rows), UsageError, columns=COLUMNS[:3])
    files["pkl"].write_bytes(b"\x80\x05")
    assert "no pickle" in refused(BadDataError, scaler=files["pkl"], trust_pickle=True)


def test_another_answer_leaves_the_earlier_model(data: Path, files: dict[str, Path], tmp_path: Path) -> None:
    words: dict[str, Any] = {"schema": data.with_name("retain.yaml"), "data": data, "output": files["model"]}
    migrate(files["keras"], files["json"], **words)

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in files["model"].rglob("*") if path.is_file()}

    before = content()
    said = tmp_path / "said.csv"
    said.write_text("0.5\n" * 500)
    with pytest.raises(RefusedError, match="the greatest difference is 0.*No model was written"):
        migrate(files["keras"], files["json"], **words, check=said)
    said.write_text("0.5\n" * 499)
    with pytest.raises(BadDataError, match="has 500 customers, and there are 499 probabilities"):
        migrate(files["keras"], files["json"], **words, check=said)
    (tmp_path / "gender.json").write_text(json.dumps({"columns": [*COLUMNS[:3], "Gender_Male"]}))
    said.write_text("7\n" * 500)
    with pytest.raises(BadDataError, match="7 in line 1 is no probability"):
        migrate(files["keras"], files["json"], **words, check=said)
    broken = tmp_path / "broken.csv"
    broken.write_text(data.read_text("utf-8").replace(",Female,", ",,", 1), encoding="utf-8")
    with pytest.raises(BadDataError, match="1 row breaks the schema"):
        migrate(files["keras"], tmp_path / "gender.json", **{**words, "data": broken})
    assert len(before) > 5 and content() == before


def test_the_command(data: Path, files: dict[str, Path]) -> None:
    def ended(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "retain_churn.migrate", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, cwd=data.parent)

    done = ended(files["keras"], files["pkl"], "--data", data, "-o", files["model"])
    assert done.returncode == 64 and "--trust-pickle" in done.stderr.splitlines()[-1]
    done = ended(files["keras"], files["json"], "-o", files["model"])
    assert done.returncode == 64 and "--data" in done.stderr.splitlines()[-1]
    done = ended(files["keras"], "--columns", ",".join(COLUMNS), "--data", data, "-o", files["model"])
    assert done.returncode == 0, done.stderr
    assert "500 rows compared" in done.stderr
    done = ended(files["keras"], files["json"], "--data", data, "-o", files["model"], "--level", "Gender=Male")
    assert done.returncode == 64 and 'reads no number of "Gender"' in done.stderr


def test_neither_keras_nor_tensorflow_is_needed(data: Path, files: dict[str, Path]) -> None:
    code = """
import sys
for name in sys.argv[1].split(","):
    sys.modules[name] = None
from retain_churn.migrate import migrate
made = migrate(sys.argv[2], sys.argv[3], schema=sys.argv[4], data=sys.argv[5], output=sys.argv[6])
print(made.comparison)
"""
    paths = [files["keras"], files["json"], data.with_name("retain.yaml"), data, files["model"]]
    absent = "keras,tensorflow,jax,torch,sklearn,pandas,joblib"
    done = python(code, absent, *paths)
    assert done.stdout.strip() == "None" and files["model"].exists(), done.stderr
    for module, package in (("h5py", "h5py"), ("yaml", "PyYAML")):
        done = python(code, f"{absent},{module}", *paths)
        assert f"which is not installed: pip install {package}" in done.stderr.splitlines()[-1]


def test_names_of_columns_and_levels(tmp_path: Path) -> None:
    path = tmp_path / "retain.yaml"
    path.write_text(
        """columns:
  Plan: {role: feature, type: levels, levels: [A, B_2]}
  Plan_B: {role: feature, type: levels, levels: ["1", "2"]}
  Partner: {role: feature, type: boolean, levels: [No, Yes]}
  Left: {role: feature, type: boolean, levels: ["2", "1"]}
  Stays: {role: 'feature', type: boolean, levels: [stays, goes]}
""",
        encoding="utf-8",
    )
    schema = Schema(path)

    def resolved(column: str, level: str | None = None) -> tuple[dict[Reading, float], float]:
        feature = schema.resolved(Feature.of(column, level))
        return dict(feature.factors), feature.offset

    assert resolved("Plan_A") == ({Reading("Plan", "A"): 1}, 0)
    # Both columns have such a level; the longer name counts.
    assert resolved("Plan_B_2") == ({Reading("Plan_B", "2"): 1}, 0)
    assert resolved("Plan_B") == ({Reading("Plan_B", "1"): 1, Reading("Plan_B", "2"): 2}, 0)
    assert resolved("Partner_Yes") == ({Reading("Partner"): 1}, 0)
    assert resolved("Partner_No") == ({Reading("Partner"): -1}, 1)
    assert resolved("Partner") == ({Reading("Partner"): 1}, 0)
    # The number was 2 where the program reads 0, and 1 where it reads 1.
    assert resolved("Left") == ({Reading("Left"): -1}, 2)
    with pytest.raises(UsageError, match="say which is 1"):
        resolved("Stays")
    assert schema.without(["Plan", "Stays"]) == path.read_text("utf-8").replace(
        "feature, type: levels, levels: [A", "ignored, type: levels, levels: [A"
    ).replace("'feature'", "ignored")
