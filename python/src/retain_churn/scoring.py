"""Scores of any table of customers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._columns import Columns
from ._frames import Frame, frame_of, parquet_at, path_of
from ._packages import arrow
from ._program import run
from ._stream import ScoreStream

if TYPE_CHECKING:
    from .model import Model

# Where the program's name for a customer stands: the row's number, where it was not asked for.
IDENTIFIER = "identifier"


def score(
    data: Any,
    model: str | os.PathLike[str] | Model,
    *,
    certainty: bool = False,
    reasons: int | None = None,
    as_of: str | None = None,
    threads: int | None = None,
) -> Any:
    """Scores customers, as `retain score` does and with the same bits.

    `data` is a pandas or polars frame, a pyarrow Table, RecordBatch or RecordBatchReader, anything else that hands itself on
    as a stream of Arrow, or the path of a CSV or Parquet file. The result is of the same kind (a pyarrow Table for a path),
    with a row for each customer in their order, and the same index: `churn_probability`, `risk`, and `rejected`, which says
    why a row that breaks the schema has neither. A path's result begins with `identifier`.

    `certainty` adds a column that says whether the outcome is certain, `reasons=3` the three columns that weigh most and
    their points. `as_of` is the day from which dates are counted back. A RecordBatchReader is scored while it is read.
    """
    source = os.fspath(model)
    options = score_options(certainty, reasons, as_of, threads)
    path = path_of(data)
    if path is not None:
        frame = parquet_at(path)
        return _score_file(path, source, options) if frame is None else _score_frame(frame, source, options, named=True)
    return _score_frame(frame_of(data), source, options, named=False)


def score_options(certainty: bool, reasons: int | None, as_of: str | None, threads: int | None) -> list[str]:
    options = ["--certainty"] if certainty else []
    for name, value in (("--reasons", reasons), ("--as-of", as_of), ("--threads", threads)):
        if value is not None:
            options += [name, str(value)]
    return options


def wanted_columns(model: str, *, named: bool = False) -> list[str] | None:
    """The columns that a model folder reads, without the identifier unless it is asked for; None where the model is of a
    registry, which the program asks."""
    try:
        schema = json.loads((Path(model) / "retain" / "schema.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # The program says what is wrong with it.
        return None
    features = [column for column in schema["columns"] if column["role"] == "feature"]
    # A place in the year or the week is read from another column.
    names = [column["type"].get("source", column["name"]) for column in features]
    dates: dict[str, Any] = schema.get("dates") or {}
    names += [dates.get("column"), schema.get("identifier") if named else None]
    return [name for name in names if name]


def _score_frame(frame: Frame, model: str, options: list[str], *, named: bool) -> Any:
    columns = Columns(frame.schema, wanted_columns(model, named=named))
    stream = ScoreStream(model, columns, options)
    scores = (scored for _, scored in stream.pairs(frame.batches))
    # With the first of them the schema is there.
    first = next(scores, None)
    every: Iterable[Any] = scores if first is None else chain([first], scores)
    if named:
        return frame.restore(stream.schema, every)
    place = stream.schema.get_field_index(IDENTIFIER)
    return frame.restore(stream.schema.remove(place), _without(IDENTIFIER, every))


def _without(name: str, batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        yield batch.drop_columns([name])


def _score_file(path: str, model: str, options: list[str]) -> Any:
    """A file that the program reads itself."""
    with tempfile.TemporaryDirectory(prefix="retain-") as folder:
        output = os.path.join(folder, "scores.arrow")
        run(["score", model, path, "--output", output, "--all-rows", "--arrow", *options])
        return arrow().ipc.open_stream(output).read_all()
