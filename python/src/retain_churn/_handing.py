"""Hands customers to verbs of the program that read a file as a whole."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ._columns import Columns
from ._frames import frame_of, parquet_at, path_of
from ._packages import arrow


@contextmanager
def customer_file(data: Any) -> Generator[str]:
    """The path of a file that the program reads: the user's own, or one made for the time of a call."""
    path = path_of(data)
    frame = frame_of(data) if path is None else parquet_at(path)
    if frame is None and path is not None:
        yield path
        return
    assert frame is not None
    with TemporaryDirectory(prefix="retain-") as folder:
        # The file is called so where the program tells of it.
        name = Path(folder) / "customers"
        columns = Columns(frame.schema)
        with arrow().OSFile(str(name), "wb") as sink, arrow().ipc.new_stream(sink, columns.schema) as writer:
            for batch in columns.all(frame.batches):
                writer.write_batch(batch)
        yield str(name)
