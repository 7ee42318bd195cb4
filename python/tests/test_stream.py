"""The process behind a stream of scores: when it is killed, when its feeder fails, when nobody listens any more."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import retain_churn
from retain_churn import RetainError, StoppedError, find_program

Children = Callable[[], list[int]]


def batches(frame: pd.DataFrame, count: int) -> Iterator[pa.RecordBatch]:
    batch = pa.RecordBatch.from_pandas(frame, preserve_index=False)
    for _ in range(count):
        yield batch


def reader(frame: pd.DataFrame, source: Iterator[pa.RecordBatch]) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(pa.Schema.from_pandas(frame, preserve_index=False), source)


@pytest.mark.parametrize("place", [0, 1, 7, 19])
def test_a_killed_child_raises(frame: pd.DataFrame, model: Path, children: Children, place: int) -> None:
    def source() -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(batches(frame, 20)):
            if number == place:
                (child,) = children()
                os.kill(child, signal.SIGKILL)
            yield batch

    with pytest.raises(StoppedError, match=r"SIGKILL.*after \d+ of \d+ rows") as caught:
        retain_churn.score(reader(frame, source()), model).read_all()
    assert caught.value.exit_status == -signal.SIGKILL
    assert children() == []


def test_a_child_killed_after_its_input_raises(frame: pd.DataFrame, model: Path, children: Children) -> None:
    """All is sent, and not all of it is answered."""

    def source() -> Iterator[pa.RecordBatch]:
        yield from batches(frame, 3)
        (child,) = children()
        os.kill(child, signal.SIGSTOP)
        # Ends it at the moment when it would go on.
        os.kill(child, signal.SIGKILL)

    with pytest.raises(StoppedError):
        retain_churn.score(reader(frame, source()), model).read_all()


def test_a_failing_source_ends_the_child(frame: pd.DataFrame, model: Path, children: Children) -> None:
    def source() -> Iterator[pa.RecordBatch]:
        yield from batches(frame, 3)
        raise ZeroDivisionError("the source fails")

    with pytest.raises(ZeroDivisionError):
        retain_churn.score(reader(frame, source()), model).read_all()
    assert children() == []


def test_who_stops_listening_ends_the_child(frame: pd.DataFrame, model: Path, children: Children) -> None:
    scores = retain_churn.score(reader(frame, batches(frame, 1000)), model)
    scores.read_next_batch()
    assert len(children()) == 1
    del scores
    for _ in range(100):
        if not children():
            break
        time.sleep(0.05)
    assert children() == []


def test_memory_does_not_grow_with_the_customers(frame: pd.DataFrame, model: Path) -> None:
    def peak() -> int:
        return pa.total_allocated_bytes()

    seen: list[int] = []
    rows = 0
    for batch in retain_churn.score(reader(frame, batches(frame, 100)), model):
        rows += batch.num_rows
        seen.append(peak())
    assert rows == 100 * len(frame)
    # A million customers have 80 MB; what is on its way is less.
    assert max(seen) - seen[0] < 40_000_000


def test_output_cut_short_is_no_end(
    frame: pd.DataFrame, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program whose output is lost on the way, and which ends as if all were well."""
    program = tmp_path / "retain"
    program.write_text(f'#!/bin/sh\n"{find_program()}" "$@" | head -c 40000\n')
    program.chmod(0o755)
    monkeypatch.setenv("RETAIN_PROGRAM", str(program))
    with pytest.raises(RetainError, match="after .* of 10000 rows"):
        retain_churn.score(frame, model)
