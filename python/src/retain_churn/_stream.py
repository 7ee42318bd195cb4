"""Batches of customers through one process of `retain score`: as many scores out as customers in, in their order."""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ._columns import Columns
from ._packages import arrow
from ._program import find_program, tell
from .errors import RetainError, error_of


class ScoreStream:
    """One process of `retain score`.

    The thread that iterates feeds it, and another one drains it: a program that can't get rid of its output takes no more
    input, and whoever feeds it would wait forever. Memory does not grow with the customers.
    """

    def __init__(self, model: str, columns: Columns, options: Sequence[str] = ()) -> None:
        self._columns = columns
        command = [find_program(), "score", model, "-", "--output", "-", "--all-rows", "--arrow", *options]
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)
        # Of the scores; known once the first pair is there, or the last.
        self.schema: Any = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        # Why nothing more comes, once that is so: the end of the scores, or what went wrong with them.
        self._end: EOFError | BaseException | None = None
        # Customers whose scores are not whole yet, and scores that are not handed out yet.
        self._sent: deque[Any] = deque()
        self._scored: deque[Any] = deque()
        self._scored_rows = 0
        self.rows = 0

    def pairs(self, batches: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Each batch that has rows, with a batch of as many scores."""
        threading.Thread(target=self._drain, name="retain score", daemon=True).start()
        try:
            try:
                with arrow().ipc.new_stream(self._process.stdin, self._columns.schema) as writer:
                    for batch in batches:
                        if batch.num_rows == 0:
                            continue
                        self.rows += batch.num_rows
                        self._sent.append(batch)
                        writer.write_batch(self._columns.of(batch))
                        yield from self._whole(wait=False)
                self._close_input()
            except BrokenPipeError:
                # It has ended before its input; its status says why.
                pass
            yield from self._whole(wait=True)
            while self._receive(wait=True):
                pass
            self._check()
        finally:
            self.stop()

    def stop(self) -> None:
        """Ends the process, if it has not ended."""
        self._process.kill()
        self._process.wait()
        try:
            self._close_input()
        except BrokenPipeError:
            pass

    def _close_input(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()

    def _drain(self) -> None:
        output: Any = self._process.stdout
        try:
            with arrow().ipc.open_stream(output) as reader:
                self._answers.put(reader.schema)
                for batch in reader:
                    self._answers.put(batch)
            self._answers.put(EOFError())
        except BaseException as error:
            # All that still comes is taken, so that the process can end and say why.
            while output.read(1 << 20):
                pass
            self._answers.put(error)
        finally:
            output.close()

    def _receive(self, wait: bool) -> bool:
        """Takes what the other thread has; False where it has nothing, or will never have."""
        if self._end is not None:
            return False
        try:
            answer = self._answers.get(wait)
        except queue.Empty:
            return False
        if isinstance(answer, BaseException):
            self._end = answer
            return False
        if self.schema is None:
            self.schema = answer
        else:
            self._scored.append(answer)
            self._scored_rows += answer.num_rows
        return True

    def _whole(self, wait: bool) -> Iterator[tuple[Any, Any]]:
        while self._sent:
            while self._scored_rows < self._sent[0].num_rows:
                if not self._receive(wait):
                    return
            batch = self._sent.popleft()
            yield batch, self._cut(batch.num_rows)

    def _cut(self, rows: int) -> Any:
        """The next scores, as one batch."""
        self._scored_rows -= rows
        parts: list[Any] = []
        while rows:
            part = self._scored.popleft()
            if part.num_rows > rows:
                self._scored.appendleft(part.slice(rows))
                part = part.slice(0, rows)
            rows -= part.num_rows
            parts.append(part)
        return parts[0] if len(parts) == 1 else arrow().Table.from_batches(parts).combine_chunks().to_batches()[0]

    def _check(self) -> None:
        """Raises unless the process ended well, with a score or a reason for each customer."""
        status = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        left = sum(batch.num_rows for batch in self._sent)
        where = f"after {self.rows - left + self._scored_rows} of {self.rows} rows"
        if status < 0:
            error = error_of(status, said)
            raise type(error)(f"{error.message} ({where})", status)
        if status:
            raise error_of(status, said)
        if not isinstance(self._end, EOFError):
            raise RetainError(f"what the program retain wrote can't be read ({where})") from self._end
        if left or self._scored_rows:
            raise RetainError(f"the program retain ended {where}: is its version that of retain_churn?")
        tell(said)
