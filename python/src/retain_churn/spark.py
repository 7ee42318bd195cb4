"""Scores of Apache Spark's frames, streaming ones too: one process of the program for each partition; and rows to train on."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from ._columns import Columns
from ._folders import read_folder, write_folder
from ._packages import arrow, need
from ._program import run
from ._stream import ScoreStream
from .errors import BadDataError, RetainError, UsageError
from .scoring import score_options, wanted_columns

if TYPE_CHECKING:
    from .model import Model

__all__ = ["sample", "score"]


def score(
    frame: Any,
    model: str | os.PathLike[str] | Model,
    *,
    certainty: bool = False,
    reasons: int | None = None,
    as_of: str | None = None,
) -> Any:
    """The rows of a DataFrame with churn_probability, risk, and rejected: why a row that breaks the schema has neither.

    Each row of `frame` is there, with the bits that `retain score` gives. `certainty`, `reasons` and `as_of` are those of
    `retain_churn.score`. The model's bytes go with the task; executors need this package and pyarrow in their Python.
    """
    types = need("pyspark.sql.types", "pyspark", "scoring with Spark")
    added = [types.StructField("churn_probability", types.FloatType()), types.StructField("risk", types.StringType())]
    if certainty:
        added.append(types.StructField("certainty", types.StringType()))
    if as_of is not None:
        added.append(types.StructField("as_of", types.StringType()))
    for place in range(1, (reasons or 0) + 1):
        added.append(types.StructField(f"reason_{place}", types.StringType()))
        added.append(types.StructField(f"points_{place}", types.DoubleType()))
    added.append(types.StructField("rejected", types.StringType()))
    taken = {field.name.lower() for field in frame.schema.fields} & {field.name for field in added}
    if taken:
        raise BadDataError(f"the frame has a column {sorted(taken)[0]} already; rename or drop it", 65)
    # Spark owns the cores: a task has one of them.
    options = score_options(certainty, reasons, as_of, threads=1)
    work = _Partition(_files(os.fspath(model)), options, [field.name for field in added])
    return frame.mapInArrow(work, types.StructType([*frame.schema.fields, *added]))


def sample(frame: Any, rows: int, *, seed: int = 42) -> Any:
    """About so many rows of a DataFrame, each with the same chance, as an Arrow table for `retain_churn.train`.

    All rows where there are no more. The same rows again where the frame comes in the same partitions. They pass through the
    driver.
    """
    if rows < 1:
        raise UsageError(f"rows is {rows}; ask for 1 or more", 64)
    count = frame.count()
    drawn = frame if count <= rows else frame.sample(fraction=rows / count, seed=seed)
    return drawn.toArrow() if hasattr(drawn, "toArrow") else arrow().Table.from_pandas(drawn.toPandas())


def _files(model: str) -> dict[str, bytes]:
    """Of a model folder, or of a model that a registry has."""
    with tempfile.TemporaryDirectory(prefix="retain-") as place:
        folder = Path(model)
        if model.startswith(("models:/", "runs:/")):
            folder = Path(place) / "model"
            run(["models", "fetch", model, "--output", str(folder)])
        if not (folder / "MLmodel").is_file():
            raise UsageError(f"{model} is no model folder; Spark's executors need the files of one", 64)
        return read_folder(folder)


class _Partition:
    """What an executor does with the batches of a partition."""

    def __init__(self, files: Mapping[str, bytes], options: list[str], names: list[str]) -> None:
        self._files = dict(files)
        self._options = options
        self._names = names

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is None:
            return
        folder = str(unpacked(self._files))
        stream = ScoreStream(folder, Columns(first.schema, wanted_columns(folder)), self._options)
        for batch, scores in stream.pairs(_all(first, batches)):
            added = [scores.column(name) for name in self._names]
            yield arrow().RecordBatch.from_arrays([*batch.columns, *added], [*batch.schema.names, *self._names])


def _all(first: Any, others: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from others


def unpacked(files: Mapping[str, bytes]) -> Path:
    """The model's folder on this machine, named by its bytes and written by whoever is first."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    target = Path(tempfile.gettempdir()) / f"retain-model-{os.getuid()}-{digest.hexdigest()}"
    if not target.is_dir():
        made = Path(tempfile.mkdtemp(prefix="retain-model-", dir=target.parent))
        write_folder(files, made)
        try:
            made.rename(target)
        except OSError as error:
            # Another one was first.
            rmtree(made)
            if not target.is_dir():
                raise RetainError(f"{target}: {error}; can the executor write there?") from error
    # Whoever else may write to the temporary folder could have put one there.
    if target.stat().st_uid != os.getuid():
        raise RetainError(f"{target} is of another user; remove it")
    return target
