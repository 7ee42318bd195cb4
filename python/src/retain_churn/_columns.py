"""Arrow columns of any type as those that the program reads: numbers, booleans, texts, dates, levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ._packages import arrow
from ._program import log

# An array as the program reads it.
_Change = Callable[[Any], Any]


class Columns:
    """What of a table goes to the program: `schema`, and batches of it."""

    def __init__(self, schema: Any, wanted: Iterable[str] | None = None) -> None:
        """`wanted` names the columns that the model reads; where one of them is missing, the program is to say so of the
        whole table."""
        pa = arrow()
        names = [str(name) for name in schema.names]
        only = frozenset(wanted or ())
        if not only <= set(names):
            only = frozenset[str]()
        self._changes: list[tuple[int, _Change | None]] = []
        fields: list[Any] = []
        left_out: list[str] = []
        for place, field in enumerate(schema):
            if only and names[place] not in only:
                continue
            found = _readable(field.type)
            if found is None:
                left_out.append(f"{names[place]} ({field.type})")
                continue
            kind, change = found
            self._changes.append((place, change))
            fields.append(pa.field(names[place], kind))
        if left_out:
            log.info("columns that are no single value are left out: %s", ", ".join(left_out))
        self.schema = pa.schema(fields)

    def of(self, batch: Any) -> Any:
        """The batch's columns for the program."""
        taken = [
            batch.column(place) if change is None else change(batch.column(place)) for place, change in self._changes
        ]
        return arrow().RecordBatch.from_arrays(taken, schema=self.schema)

    def all(self, batches: Iterable[Any]) -> Iterator[Any]:
        return map(self.of, batches)


def _readable(kind: Any) -> tuple[Any, _Change | None] | None:
    """The type that the program reads in place of `kind`, and how to come to it; None where there is none."""
    pa = arrow()
    types = pa.types
    text = pa.string()
    if isinstance(kind, pa.BaseExtensionType):
        return _after(lambda array: array.storage, kind.storage_type)
    if types.is_run_end_encoded(kind):
        return _after(lambda array: array.cast(kind.value_type), kind.value_type)
    if types.is_dictionary(kind):
        if _is_text(kind.value_type):
            levels = pa.dictionary(pa.int32(), text)
            return levels, None if kind == levels else lambda array: array.cast(levels)
        return _after(lambda array: array.dictionary_decode(), kind.value_type)
    if types.is_string_view(kind):
        return pa.large_string(), lambda array: array.cast(pa.large_string())
    if types.is_float16(kind):
        return pa.float32(), lambda array: array.cast(pa.float32())
    if types.is_date64(kind):
        return pa.date32(), lambda array: array.cast(pa.date32())
    # Decimals as they are written: no number of the machine holds all of them.
    if types.is_null(kind) or types.is_decimal(kind) or types.is_time(kind):
        return text, lambda array: array.cast(text)
    if types.is_duration(kind):
        return pa.int64(), lambda array: array.cast(pa.int64())
    plain = (
        types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_boolean(kind)
        or _is_text(kind)
        or types.is_date32(kind)
        or types.is_timestamp(kind)
    )
    return (kind, None) if plain else None


def _is_text(kind: Any) -> bool:
    types = arrow().types
    return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)


def _after(first: _Change, kind: Any) -> tuple[Any, _Change | None] | None:
    """What becomes of `kind` once `first` has unpacked it."""
    found = _readable(kind)
    if found is None:
        return None
    target, second = found
    return target, first if second is None else lambda array: second(first(array))
