"""A model, and what is asked of it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ._handing import customer_file
from ._program import run
from .report import Report
from .scoring import score
from .session import Session

__all__ = ["Campaign", "Drift", "Evaluation", "Model"]


@dataclass(frozen=True)
class Evaluation:
    """What `retain evaluate` finds: `metrics` by name, the 95 % interval of each, all `details`, and the page."""

    metrics: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    details: dict[str, Any]
    report: Report

    @staticmethod
    def of(details: dict[str, Any], report: Report) -> Evaluation:
        """From the JSON of `retain evaluate`, or of `retain train` under `test`."""
        named = {one["name"]: one for one in details["metrics"]}
        metrics = {name: one["value"] for name, one in named.items()}
        intervals = {name: (one["interval"]["low"], one["interval"]["high"]) for name, one in named.items()}
        return Evaluation(metrics, intervals, details, report)

    def _repr_html_(self) -> str:
        return self.report.frame()


@dataclass(frozen=True)
class Drift:
    """What `retain drift` finds: whether anything `drifted`, the `columns`, the worst first, all `details`, the page."""

    drifted: bool
    columns: list[dict[str, Any]]
    details: dict[str, Any]
    report: Report

    def _repr_html_(self) -> str:
        return self.report.frame()


@dataclass(frozen=True)
class Campaign:
    """What `retain campaign plan` decided: the `decision`, whom to contact (`path`), and whom to leave alone."""

    decision: dict[str, Any]
    path: Path
    held_out: Path


class Model(os.PathLike[str]):
    """A model: a folder, `runs:/ID/model`, `models:/NAME/VERSION` or `models:/NAME@ALIAS`.

    Where runs and versions are kept, MLFLOW_TRACKING_URI says; else it is `mlflow.db` of the working folder.
    """

    def __init__(self, source: str | os.PathLike[str]) -> None:
        self.source = os.fspath(source)

    def __fspath__(self) -> str:
        return self.source

    def __repr__(self) -> str:
        return f"Model({self.source!r})"

    def score(
        self,
        data: Any,
        *,
        certainty: bool = False,
        reasons: int | None = None,
        as_of: str | None = None,
        threads: int | None = None,
    ) -> Any:
        """Scores customers; see `retain_churn.score`."""
        return score(data, self, certainty=certainty, reasons=reasons, as_of=as_of, threads=threads)

    def session(self) -> Session:
        """A kept process, for many small calls."""
        return Session(self)

    def explain(
        self,
        data: Any,
        *,
        before: Any = None,
        before_model: str | os.PathLike[str] | None = None,
        levers: bool = False,
        language: str = "en",
        as_of: str | None = None,
    ) -> list[dict[str, Any]]:
        """Why customers have their scores: an object for each, in their order, as `retain explain --json` writes it.

        `before` has the same customers as they were, and tells why scores moved; `levers` what the company can change. Of a
        row that breaks the schema there is only `identifier`, and `rejected`, which says why.
        """
        options = ["--language", language, "--json", "--all-rows"]
        options += ["--levers"] if levers else []
        options += ["--as-of", as_of] if as_of else []
        options += ["--before-model", os.fspath(before_model)] if before_model else []
        with customer_file(data) as file:
            if before is None:
                told = run(["explain", self.source, file, *options]).stdout
            else:
                with customer_file(before) as old:
                    told = run(["explain", self.source, file, "--before", old, *options]).stdout
        return json.loads(told)

    def evaluate(
        self, data: Any, *, slices: Sequence[str] = (), all_rows: bool = False, language: str = "en"
    ) -> Evaluation:
        """Judges the model on labelled customers; of those that it was trained on, by the ones that training never saw."""
        options = [word for name in slices for word in ("--slice", name)] + (["--all-rows"] if all_rows else [])
        with customer_file(data) as file, TemporaryDirectory(prefix="retain-") as folder:
            page = Path(folder) / "report.html"
            found = run(
                ["evaluate", self.source, file, "--json", "--html", str(page), "--language", language, *options]
            )
            return Evaluation.of(json.loads(found.stdout), Report(page.read_text(encoding="utf-8")))

    def campaign(
        self,
        name: str,
        data: Any,
        *,
        output: str | os.PathLike[str],
        contacts: int | None = None,
        budget: float | None = None,
        certain: bool = False,
        hold_out: float | None = None,
        reasons: int | None = None,
        allow_overlap: bool = False,
        database: str | os.PathLike[str] | None = None,
    ) -> Campaign:
        """Decides whom to contact, and whom to leave alone, and keeps that in the record, as `retain campaign plan`.

        The list goes to `output`, the held-out customers to a file beside it. Give the path of a file where the decision is
        to be reproduced later.
        """
        options = (["--certain"] if certain else []) + (["--allow-overlap"] if allow_overlap else [])
        for option, value in (
            ("--contacts", contacts),
            ("--budget", budget),
            ("--hold-out", hold_out),
            ("--reasons", reasons),
            ("--database", database and os.fspath(database)),
        ):
            if value is not None:
                options += [option, str(value)]
        path = Path(output)
        with customer_file(data) as file:
            done = run(["campaign", "plan", name, self.source, file, "--output", str(path), "--json", *options])
        return Campaign(json.loads(done.stdout), path, path.with_name(f"{name}.held-out.csv"))

    def drift(self, data: Any, *, rows: Any = None, language: str = "en") -> Drift:
        """Whether customers differ from those that the model learned from; with `rows`, its training file, also by how
        columns go together. That they do is an answer and no error."""
        with customer_file(data) as file, TemporaryDirectory(prefix="retain-") as folder:
            page = Path(folder) / "drift.html"
            arguments = ["drift", self.source, file, "--json", "--html", str(page), "--language", language]
            if rows is None:
                done = run(arguments, passes=(0, 3))
            else:
                with customer_file(rows) as known:
                    done = run([*arguments, "--rows", known], passes=(0, 3))
            details = json.loads(done.stdout)
            report = Report(page.read_text(encoding="utf-8"))
        return Drift(done.returncode == 3, details["verdict"]["columns"], details, report)
