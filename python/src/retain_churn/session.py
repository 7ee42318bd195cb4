"""A kept process that answers many small calls at once: `retain serve` on this machine's loopback."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ._columns import Columns
from ._frames import Frame, frame_of
from ._packages import arrow
from ._program import find_program, run
from .errors import RetainError, StoppedError, UsageError, error_of

if TYPE_CHECKING:
    from .model import Model

# So many customers a request: far below the size of body that the service takes.
ROWS = 1_000
# A model of a registry is fetched first.
STARTS_WITHIN = 120.0
_ADDRESS = re.compile(rb"^Serving .* at http://127\.0\.0\.1:(\d+)$", re.MULTILINE)


class Session:
    """Scores of single customers and small tables, without a start of the program for each.

    The service listens on loopback with a key made for it, which nobody else has; it keeps no record and has no desk. It
    ends with `close()`, with the block of `with`, with the object, and with Python. Threads may share a session.
    """

    def __init__(self, model: str | os.PathLike[str] | Model) -> None:
        self._folder = tempfile.mkdtemp(prefix="retain-session-")
        # Of the folder alone, until there is a process.
        self._end = weakref.finalize(self, _end, None, self._folder, os.getpid())
        try:
            keys = os.path.join(self._folder, "keys")
            self._key = run(["key", "session", "--scope", "predict", "--file", keys]).stdout.strip()
            self._process, self._port = _serve(os.fspath(model), keys, Path(self._folder) / "log")
        except BaseException:
            self._end()
            raise
        self._end.detach()
        self._end = weakref.finalize(self, _end, self._process, self._folder, os.getpid())
        self._own = threading.local()

    def score(self, customers: Any) -> Any:
        """One customer, a mapping of column names to values, gets a dict of churn_probability, risk and rejected; a list of
        them a list; a frame the frame that `retain_churn.score` gives, as long as it is small."""
        if isinstance(customers, Mapping):
            return self._ask([cast("Mapping[str, Any]", customers)])[0]
        if isinstance(customers, Sequence) and not isinstance(customers, (str, bytes)):
            rows = cast("Sequence[Mapping[str, Any]]", customers)
            return [score for first in range(0, len(rows), ROWS) for score in self._ask(rows[first : first + ROWS])]
        return self._score_frame(frame_of(customers))

    def close(self) -> None:
        """Ends the service."""
        self._end()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _score_frame(self, frame: Frame) -> Any:
        pa = arrow()
        schema = pa.schema([("churn_probability", pa.float32()), ("risk", pa.string()), ("rejected", pa.string())])
        columns = Columns(frame.schema)

        def scores() -> Iterator[Any]:
            for batch in columns.all(frame.batches):
                for first in range(0, batch.num_rows, ROWS):
                    yield pa.RecordBatch.from_pylist(self._ask(batch.slice(first, ROWS).to_pylist()), schema=schema)

        return frame.restore(schema, scores())

    def _ask(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """A score for each row. Rows that break the schema are named by the service, and the others asked for again."""
        status, answer = self._post(rows)
        reasons: dict[int, list[str]] = {}
        if status == 422:
            for error in answer["errors"]:
                reasons.setdefault(error.get("index", 0), []).append(_told(error))
            good = [row for place, row in enumerate(rows) if place not in reasons]
            if good:
                status, answer = self._post(good)
            else:
                status, answer["predictions"] = 200, []
        if status != 200:
            raise RetainError(f"the session's service answered {status}: {answer.get('detail', answer)}")
        scored = iter(cast("list[dict[str, Any]]", answer["predictions"]))
        result: list[dict[str, Any]] = []
        for place in range(len(rows)):
            if place in reasons:
                result.append({"churn_probability": None, "risk": None, "rejected": "; ".join(reasons[place])})
            else:
                one = next(scored)
                result.append({"churn_probability": one["churn_probability"], "risk": one["risk"], "rejected": None})
        return result

    def _post(self, rows: Sequence[Mapping[str, Any]]) -> tuple[int, Any]:
        if not self._end.alive:
            raise UsageError("the session is closed; make another one", 64)
        body = json.dumps(list(rows), default=_plain).encode()
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        try:
            connection = self._connection()
            try:
                connection.request("POST", "/predict", body, headers)
                answer = connection.getresponse()
            except (ConnectionError, http.client.BadStatusLine):
                # The service may end a connection that was idle; a new one tells whether it is there.
                connection.close()
                connection.request("POST", "/predict", body, headers)
                answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException) as error:
            status = self._process.poll()
            if status is None:
                raise RetainError(f"the session's service does not answer: {error}") from error
            log = (Path(self._folder) / "log").read_text(encoding="utf-8", errors="replace")
            raise error_of(status, log) if status else StoppedError("the session's service was ended", 0) from error

    def _connection(self) -> http.client.HTTPConnection:
        """A connection of this thread in this process."""
        kept: tuple[int, http.client.HTTPConnection] | None = getattr(self._own, "connection", None)
        if kept is None or kept[0] != os.getpid():
            kept = os.getpid(), http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            self._own.connection = kept
        return kept[1]


def _serve(model: str, keys: str, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    command = [
        find_program(), "serve", model, "--host", "127.0.0.1", "--port", "0", "--keys", keys, "--database", "none",
        "--no-desk", "--drift-window", "0", "--until-input-ends",
    ]  # fmt: skip
    # Settings of a service that the user runs are none of this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RETAIN_")}
    with open(log, "wb") as file:
        # Its input ends with this process, however that ends.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file, stderr=file, env=environment)
    try:
        return process, _port(process, log)
    except BaseException:
        process.kill()
        process.wait()
        raise


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """The port, once the service says it."""
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends:
        status = process.poll()
        said = log.read_bytes()
        found = _ADDRESS.search(said)
        if found:
            return int(found[1])
        if status is not None:
            raise error_of(status, said.decode("utf-8", "replace"))
        time.sleep(0.005)
    raise RetainError(f"the session's service did not begin within {STARTS_WITHIN:.0f} s")


def _end(process: subprocess.Popen[bytes] | None, folder: str, owner: int) -> None:
    # A copy of this process, as multiprocessing makes them, must not end what the first one uses.
    if os.getpid() != owner:
        return
    if process is not None:
        # It keeps nothing, so there is nothing to wait for.
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
    shutil.rmtree(folder, ignore_errors=True)


def _told(error: Mapping[str, Any]) -> str:
    # As `retain score` says it.
    return f'column "{error["field"]}": {error["problem"]}' if "field" in error else str(error["problem"])


def _plain(value: Any) -> Any:
    """What JSON has no form for: numbers of numpy as numbers, all else as text."""
    return value.item() if hasattr(value, "item") else str(value)
