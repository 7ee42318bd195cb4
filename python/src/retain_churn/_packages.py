"""Loads what a user has installed, at the moment when it is needed."""

from __future__ import annotations

import importlib
from typing import Any

from .errors import MissingPackageError


def need(module: str, package: str, purpose: str) -> Any:
    """The module; without it an error that says what to install."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            f"{purpose} needs {package}, which is not installed: pip install {package}"
        ) from error


def arrow() -> Any:
    return need("pyarrow", "pyarrow", "handing customers to the program")
