"""What goes wrong, as exceptions: the program's message unchanged, and the exit status that it ended with."""

from __future__ import annotations

import re
import signal

__all__ = [
    "BadDataError",
    "CannotWriteError",
    "LeakError",
    "MissingPackageError",
    "ProgramNotFoundError",
    "RefusedError",
    "RetainError",
    "StoppedError",
    "UnavailableError",
    "UsageError",
]


class RetainError(Exception):
    """The program failed. `exit_status` is what it ended with; less than zero is the signal that ended it."""

    def __init__(self, message: str, exit_status: int = 1) -> None:
        # Both, so that a copy made by pickle is complete.
        super().__init__(message, exit_status)
        self.message = message
        self.exit_status = exit_status

    def __str__(self) -> str:
        return self.message


class RefusedError(RetainError):
    """A check said no (exit status 3): the gate keeps the champion, a model does not come out again."""


class LeakError(RefusedError, ValueError):
    """A column gives the target away (exit status 3). `evidence` says of each such column how strongly."""

    @property
    def evidence(self) -> dict[str, str]:
        return dict(_LEAK.findall(self.message))


class UsageError(RetainError, ValueError):
    """An option, a setting, or a name that is not there (exit status 64)."""


class BadDataError(RetainError, ValueError):
    """A file or a frame can't be read, or breaks its rules (exit status 65)."""


class UnavailableError(RetainError, ConnectionError):
    """A server can't be reached or does not let you in (exit status 69)."""


class CannotWriteError(RetainError, OSError):
    """Output can't be written (exit status 73)."""


class StoppedError(RetainError):
    """Someone asked the program to stop (exit status 130), or a signal ended it."""


class ProgramNotFoundError(RetainError, FileNotFoundError):
    """The program `retain` is not there."""


class MissingPackageError(RetainError, ImportError):
    """A package that this call needs is not installed."""


_LEAK = re.compile(r'^column "(.*)" gives the target away \((.*)\); exclude it', re.MULTILINE)
_KINDS: dict[int, type[RetainError]] = {
    3: RefusedError,
    64: UsageError,
    65: BadDataError,
    69: UnavailableError,
    73: CannotWriteError,
    130: StoppedError,
}


def error_of(exit_status: int, said: str) -> RetainError:
    """The exception for a program that ended with `exit_status` and said this on standard error."""
    if exit_status < 0:
        name = signal.Signals(-exit_status).name
        return StoppedError(f"the program retain was ended by {name}; start it again", exit_status)
    # Notes stand before the message, which may have several lines.
    message = re.split(r"^retain: ", said, maxsplit=1, flags=re.MULTILINE)[-1].strip()
    message = message or f"the program retain ended with {exit_status} and said nothing"
    if exit_status == 3 and _LEAK.search(message):
        return LeakError(message, exit_status)
    return _KINDS.get(exit_status, RetainError)(message, exit_status)
