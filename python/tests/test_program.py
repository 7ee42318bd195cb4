"""The program is found and its errors are exceptions; packages are loaded where they are used."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

import retain_churn
from conftest import python, retain
from retain_churn import errors


def test_version() -> None:
    assert retain_churn.version() == retain("--version").strip()


def test_a_program_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETAIN_PROGRAM", str(tmp_path))
    with pytest.raises(retain_churn.ProgramNotFoundError, match="there is no program"):
        retain_churn.find_program()
    monkeypatch.delenv("RETAIN_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("retain_churn._program._script_folders", lambda: iter([tmp_path]))
    with pytest.raises(FileNotFoundError, match="pip install retain-churn"):
        retain_churn.find_program()
    (tmp_path / "retain").write_text("#!/bin/sh\n")
    (tmp_path / "retain").chmod(0o755)
    assert retain_churn.find_program() == str(tmp_path / "retain")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (1, errors.RetainError),
        (3, errors.RefusedError),
        (64, errors.UsageError),
        (65, errors.BadDataError),
        (69, errors.UnavailableError),
        (73, errors.CannotWriteError),
        (130, errors.StoppedError),
        (-9, errors.StoppedError),
    ],
)
def test_exit_statuses(status: int, kind: type[errors.RetainError]) -> None:
    error = errors.error_of(status, "A note.\nretain: what and where; how to fix it\n")
    assert type(error) is kind and error.exit_status == status
    assert status < 0 or str(error) == "what and where; how to fix it"
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind and (copy.exit_status, str(copy)) == (status, str(error))


def test_leaks_are_told_apart_from_other_refusals() -> None:
    said = 'column "a (b)" gives the target away (alone: AUC 1); exclude it with role: leak in retain.yaml, or …'
    error = errors.error_of(3, f"retain: {said}\n{said.replace('a (b)', 'c')}\n")
    assert isinstance(error, errors.LeakError)
    assert error.evidence == {"a (b)": "alone: AUC 1", "c": "alone: AUC 1"}


def test_errors_of_the_real_program(tmp_path: Path) -> None:
    with pytest.raises(errors.UsageError, match="sideways"):
        retain_churn.train(tmp_path / "x.csv", model="sideways")
    with pytest.raises(errors.UnavailableError, match="127.0.0.1:9"):
        python_error = python(
            "import retain_churn; retain_churn.Model('models:/churn@champion').drift('x.csv')",
            MLFLOW_TRACKING_URI="http://127.0.0.1:9",
            MLFLOW_HTTP_REQUEST_MAX_RETRIES="0",
        )
        kind, message = python_error.stderr.strip().splitlines()[-1].split(": ", 1)
        raise getattr(errors, kind.rsplit(".", 1)[1])(message)


def test_nothing_is_loaded_before_it_is_used() -> None:
    heavy = ["numpy", "pandas", "polars", "pyarrow", "sklearn", "pyspark"]
    done = python(
        "import sys, retain_churn; retain_churn.version(), retain_churn.Model, retain_churn.score, retain_churn.train\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_missing_package_is_named() -> None:
    for module, package, code in (
        ("pyarrow", "pyarrow", "retain_churn.score(object(), 'm')"),
        ("sklearn.base", "scikit-learn", "retain_churn.RetainClassifier"),
    ):
        done = python(f"import sys, retain_churn; sys.modules[{module!r}] = None; {code}")
        assert f"which is not installed: pip install {package}" in done.stderr.splitlines()[-1]


def test_all_names_are_there() -> None:
    for name in dir(retain_churn):
        assert getattr(retain_churn, name) is not None
    with pytest.raises(AttributeError):
        _ = retain_churn.nothing  # pyright: ignore
    assert "retain_churn" in sys.modules
