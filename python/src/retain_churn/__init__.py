"""Retain from Python: scores, reasons, campaigns, drift and training by the program `retain`.

    import retain_churn

    model = retain_churn.train("customers.csv", target="Exited")
    scores = retain_churn.score(frame, model)

Nothing but the standard library is loaded before it is needed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._program import find_program as find_program
    from ._program import version as version
    from .errors import BadDataError as BadDataError
    from .errors import CannotWriteError as CannotWriteError
    from .errors import LeakError as LeakError
    from .errors import MissingPackageError as MissingPackageError
    from .errors import ProgramNotFoundError as ProgramNotFoundError
    from .errors import RefusedError as RefusedError
    from .errors import RetainError as RetainError
    from .errors import StoppedError as StoppedError
    from .errors import UnavailableError as UnavailableError
    from .errors import UsageError as UsageError
    from .model import Campaign as Campaign
    from .model import Drift as Drift
    from .model import Evaluation as Evaluation
    from .model import Model as Model
    from .questions import campaign as campaign
    from .questions import drift as drift
    from .questions import explain as explain
    from .report import Report as Report
    from .scoring import score as score
    from .session import Session as Session
    from .sklearn import RetainClassifier as RetainClassifier
    from .training import TrainedModel as TrainedModel
    from .training import train as train

_HOMES = {
    "_program": ["find_program", "version"],
    "errors": [
        "BadDataError", "CannotWriteError", "LeakError", "MissingPackageError", "ProgramNotFoundError", "RefusedError",
        "RetainError", "StoppedError", "UnavailableError", "UsageError",
    ],
    "model": ["Campaign", "Drift", "Evaluation", "Model"],
    "questions": ["campaign", "drift", "explain"],
    "report": ["Report"],
    "scoring": ["score"],
    "session": ["Session"],
    "sklearn": ["RetainClassifier"],
    "training": ["TrainedModel", "train"],
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
