"""What is asked of a model, as functions."""

from __future__ import annotations

import os
from typing import Any

from .model import Campaign, Drift, Model


def explain(data: Any, model: str | os.PathLike[str], **options: Any) -> list[dict[str, Any]]:
    """Why customers have their scores; see `Model.explain`."""
    return Model(model).explain(data, **options)


def campaign(name: str, data: Any, model: str | os.PathLike[str], **options: Any) -> Campaign:
    """Decides whom to contact, and whom to leave alone; see `Model.campaign`."""
    return Model(model).campaign(name, data, **options)


def drift(data: Any, model: str | os.PathLike[str], **options: Any) -> Drift:
    """Whether customers differ from those that the model learned from; see `Model.drift`."""
    return Model(model).drift(data, **options)
