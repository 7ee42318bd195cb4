"""A model's bytes become a folder once, however many want it at once."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from retain_churn import RetainError
from retain_churn._folders import read_folder
from retain_churn.spark import unpacked


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_once_for_all(temporary: Path, model: Path) -> None:
    files = read_folder(model)
    found: set[Path] = set()
    threads = [threading.Thread(target=lambda: found.add(unpacked(files))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1 and list(temporary.iterdir()) == list(found), "one folder, and nothing beside it"
    assert read_folder(found.pop()) == files


def test_other_bytes_are_another_folder(temporary: Path, model: Path) -> None:
    files = read_folder(model)
    first, second = unpacked(files), unpacked({**files, "retain/card.md": b"other"})
    assert first != second and {path.name for path in temporary.iterdir()} == {first.name, second.name}


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(model: Path) -> None:
    files = read_folder(model)
    os.chown(unpacked(files), 65532, 65532)
    with pytest.raises(RetainError, match="of another user"):
        unpacked(files)
