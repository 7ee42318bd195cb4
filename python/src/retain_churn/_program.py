"""Finds the program `retain` and runs it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from .errors import ProgramNotFoundError, error_of

NAME = "retain"
log = logging.getLogger("retain_churn")


def find_program() -> str:
    """The path of the program.

    RETAIN_PROGRAM names it; else it is where `pip install` puts programs for this Python, else on PATH.
    """
    named = os.environ.get("RETAIN_PROGRAM")
    if named:
        if not os.access(named, os.X_OK) or os.path.isdir(named):
            raise ProgramNotFoundError(f"RETAIN_PROGRAM={named}: there is no program; name the file retain itself")
        return os.path.abspath(named)
    for folder in _script_folders():
        if os.access(folder / NAME, os.X_OK):
            return str(folder / NAME)
    found = shutil.which(NAME)
    if found is None:
        raise ProgramNotFoundError(
            "the program retain is not there; `pip install retain-churn` brings it for Linux on x86-64,"
            " elsewhere build it and name it in RETAIN_PROGRAM"
        )
    return found


def _script_folders() -> Iterator[Path]:
    # Of this environment; of the interpreter that it was made with; of the user.
    yield Path(sysconfig.get_path("scripts"))
    yield Path(sysconfig.get_path("scripts", vars={"base": sys.base_prefix}))
    yield Path(sysconfig.get_path("scripts", scheme=sysconfig.get_preferred_scheme("user")))
    package = Path(__file__).resolve().parent
    # `pip install --target` and `--prefix`.
    yield package.parent / "bin"
    yield from (folder / "bin" for folder in package.parents[3:4])


def run(arguments: Sequence[str], *, passes: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end; raises what it says unless it ends with a status of `passes`."""
    command = [find_program(), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode not in passes:
        raise error_of(done.returncode, done.stderr)
    tell(done.stderr)
    return done


def tell(said: str) -> None:
    """Hands on what the program tells beside its result."""
    for line in filter(None, said.splitlines()):
        log.info("%s", line)


def version() -> str:
    """The version that the program says."""
    return run(["--version"]).stdout.strip()
