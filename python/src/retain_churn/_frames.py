"""Tables of customers as users have them, as batches of Arrow and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, cast

from ._packages import arrow, need
from .errors import BadDataError, UsageError

# So many rows wait at once between two programs.
BATCH = 65_536


class Frame:
    """A table: `batches` of `schema`, and `restore`, which makes scores of the kind that the table was of."""

    def __init__(self, schema: Any, batches: Iterable[Any], restore: Callable[[Any, Iterable[Any]], Any]) -> None:
        self.schema = schema
        self.batches = batches
        self.restore = restore


def frame_of(data: Any) -> Frame:
    """A pandas or polars frame, a table, batch or stream of Arrow, or whatever hands itself on as one."""
    pa = arrow()
    if isinstance(data, pa.RecordBatchReader):
        return Frame(data.schema, data, lambda schema, batches: pa.RecordBatchReader.from_batches(schema, batches))
    if isinstance(data, (pa.Table, pa.RecordBatch)):
        table = pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else data
        return Frame(table.schema, table.to_batches(BATCH), _table)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(data, pandas.DataFrame):
        table = _of_pandas(data)

        def with_index(schema: Any, batches: Iterable[Any]) -> Any:
            scores = _table(schema, batches).to_pandas()
            scores.index = data.index
            return scores

        return Frame(table.schema, table.to_batches(BATCH), with_index)
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(data, (polars.DataFrame, polars.LazyFrame)):
        table = data.lazy().collect().to_arrow()
        return Frame(
            table.schema, table.to_batches(BATCH), lambda kind, scores: polars.from_arrow(_table(kind, scores))
        )
    if hasattr(data, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(data)
        return Frame(reader.schema, reader, _table)
    raise UsageError(
        f"{type(data).__name__} is no table of customers: give a pandas or polars DataFrame, a pyarrow Table or"
        " RecordBatchReader, or the path of a CSV or Parquet file",
        64,
    )


def parquet_at(path: str) -> Frame | None:
    """The Parquet file at a path; None where the file is of another kind, which the program reads itself."""
    try:
        with open(path, "rb") as file:
            if file.read(4) != b"PAR1":
                return None
    except OSError:
        # The program says what is wrong with it.
        return None
    parquet = need("pyarrow.parquet", "pyarrow", "reading Parquet")
    try:
        file = parquet.ParquetFile(path)
        return Frame(file.schema_arrow, file.iter_batches(BATCH), _table)
    except arrow().ArrowInvalid as error:
        raise BadDataError(f"{path}: {error}; write the Parquet file again", 65) from error


def path_of(data: Any) -> str | None:
    """The path that `data` is; None where it is a table."""
    return os.fspath(cast("str | os.PathLike[str]", data)) if isinstance(data, (str, os.PathLike)) else None


def _table(schema: Any, batches: Iterable[Any]) -> Any:
    return arrow().Table.from_batches(batches, schema)


def _of_pandas(frame: Any) -> Any:
    pa = arrow()
    names = [str(name) for name in frame.columns]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadDataError(f'the frame has two columns called "{twice}"; rename one of them', 65)

    def column(place: int) -> Any:
        values = frame.iloc[:, place]
        try:
            return pa.array(values, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            # Of several kinds: each as a file would have it.
            return pa.array(
                [None if gone else str(value) for value, gone in zip(values, values.isna(), strict=True)], pa.string()
            )

    return pa.table([column(place) for place in range(len(names))], names=names)
