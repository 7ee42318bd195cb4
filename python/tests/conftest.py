"""The real program, simulated customers, and models trained on them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from retain_churn import find_program


def retain(*arguments: object, cwd: Path | None = None) -> str:
    """What the program prints, itself and not by way of the package."""
    words = [find_program(), *map(str, arguments)]
    return subprocess.run(words, cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("retain")


@pytest.fixture(scope="session")
def customers(folder: Path) -> Path:
    """A file of 10,000 simulated customers."""
    path = folder / "customers.csv"
    retain("simulate", "--rows", 10_000, "--seed", 42, "-o", path)
    return path


@pytest.fixture(scope="session")
def model(folder: Path, customers: Path) -> Path:
    path = folder / "model"
    retain("train", customers, "--model", "seed", "--output", path, "--no-tracking", cwd=folder)
    return path


@pytest.fixture(scope="session")
def frame(customers: Path) -> pd.DataFrame:
    """The same customers, by an index that is no row number."""
    return pd.read_csv(customers).set_index("CustomerId", drop=False).rename_axis("who")


@pytest.fixture(scope="session")
def expected(folder: Path, customers: Path, model: Path) -> pd.DataFrame:
    """What `retain score` itself says of them."""
    path = folder / "scores.csv"
    retain("score", model, customers, "-o", path)
    return pd.read_csv(path, dtype={"churn_probability": "float32"})


@pytest.fixture
def children() -> Callable[[], list[int]]:
    """The processes that this one has started and that live."""

    def found() -> list[int]:
        pids: list[int] = []
        for task in Path("/proc/self/task").iterdir():
            try:
                pids += map(int, (task / "children").read_text().split())
            except FileNotFoundError:
                # A thread that has ended meanwhile.
                pass
        return [pid for pid in pids if "retain" in Path(f"/proc/{pid}/comm").read_text()]

    return found


@pytest.fixture(autouse=True)
def no_hanging() -> Iterator[None]:
    """A test that waits for a dead process fails, rather than the run."""

    def end(*_: object) -> None:
        raise TimeoutError("no end after 300 s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(300)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def python(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Another Python that runs some code."""
    words = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120)
