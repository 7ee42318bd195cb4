"""What is asked of a model: training, reasons, evaluation, campaigns, drift, and the pages of each."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import retain_churn
from conftest import retain
from retain_churn import LeakError, Model, RefusedError, Report


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs and records go to the working folder."""
    monkeypatch.chdir(tmp_path)


def test_training_on_a_frame(frame: pd.DataFrame, tmp_path: Path) -> None:
    model = retain_churn.train(frame, target="Exited", model="seed", register="churn")
    assert model.source == "model" and model.evaluation is not None
    assert "<html" in model.evaluation.report.html and 0.8 < model.evaluation.metrics["roc_auc"] < 0.9
    assert model.record["seed"] == 42
    # What was recorded and registered is found again by its name.
    named = Model("models:/churn/1").score(frame.head(20))
    pd.testing.assert_frame_equal(named, model.score(frame.head(20)))
    again = retain_churn.train(frame, target="Exited", model="seed", output="again", tracking=False)
    assert (
        Path("again/retain/network.safetensors").read_bytes() == Path("model/retain/network.safetensors").read_bytes()
    )
    assert again.evaluation is not None and again.evaluation.metrics == model.evaluation.metrics


def test_training_on_every_row(frame: pd.DataFrame) -> None:
    model = retain_churn.train(frame, target="Exited", model="seed", test=0, tracking=False)
    assert model.evaluation is None and len(model.score(frame)) == len(frame)


def test_a_leak_is_told_with_its_evidence(frame: pd.DataFrame, tmp_path: Path) -> None:
    retain("simulate", "--rows", 2000, "--seed", 1, "--complain", "-o", "complain.csv", cwd=tmp_path)
    retain("init", "complain.csv", cwd=tmp_path)
    schema = tmp_path / "retain.yaml"
    schema.write_text(schema.read_text().replace("role: leak", "role: feature"))
    with pytest.raises(LeakError) as caught:
        retain_churn.train(pl.read_csv("complain.csv"), schema=schema, model="seed", tracking=False)
    assert caught.value.exit_status == 3
    assert list(caught.value.evidence) == ["Complain"] and "AUC" in caught.value.evidence["Complain"]


def test_reasons(frame: pd.DataFrame, customers: Path, model: Path) -> None:
    told = retain_churn.explain(frame.head(3), model)
    assert [one["identifier"] for one in told] == [str(who) for who in frame["CustomerId"].head(3)]
    whole = told[0]["base"] + sum(reason["points"] for reason in told[0]["reasons"])
    assert whole == pytest.approx(told[0]["probability"], abs=1e-4)
    older = frame.head(3).assign(Age=30)
    moved = Model(model).explain(frame.head(3), before=older, language="pt-BR")
    assert moved[0]["move"]["to"] == pytest.approx(told[0]["probability"])
    broken = frame.head(3).astype({"Age": object})
    broken.loc[broken.index[1], "Age"] = "old"
    found = retain_churn.explain(broken, model)
    assert [found[0], found[2]] == [told[0], told[2]]
    assert list(found[1]) == ["identifier", "rejected"] and found[1]["identifier"] == told[1]["identifier"]
    assert "Age" in found[1]["rejected"]


def test_evaluation(frame: pd.DataFrame, model: Path) -> None:
    found = Model(model).evaluate(frame, slices=["Gender"], all_rows=True)
    assert found.intervals["roc_auc"][0] < found.metrics["roc_auc"] < found.intervals["roc_auc"][1]
    assert "Gender" in found.report.html


def test_drift(frame: pd.DataFrame, model: Path) -> None:
    assert not retain_churn.drift(frame, model).drifted
    found = retain_churn.drift(frame.assign(Age=frame["Age"] + 8), model)
    assert found.drifted and found.columns[0]["name"] == "Age" and found.columns[0]["hasDrifted"]
    assert "Age" in found.report.html


def test_campaign(frame: pd.DataFrame, customers: Path, model: Path, tmp_path: Path) -> None:
    chosen: list[set[str]] = []
    for name, data in (("file", customers), ("frame", frame)):
        found = Model(model).campaign(
            name, data, output=f"{name}.csv", contacts=100, hold_out=0.2, database=f"{name}.db"
        )
        assert found.decision["campaign"] == name
        contacted = [row["customer"] for row in csv.DictReader(found.path.open())]
        held_out = [row["customer"] for row in csv.DictReader(found.held_out.open())]
        assert (len(contacted), len(held_out)) == (80, 20)
        chosen.append({*contacted, *held_out})
        assert len(json.loads(retain("campaign", "list", "--database", f"{name}.db", "--json", cwd=tmp_path))) == 1
    assert chosen[0] == chosen[1] and len(chosen[0]) == 100
    with pytest.raises(RefusedError, match="allow-overlap"):
        retain_churn.campaign("again", frame, model, output="again.csv", contacts=5, database="frame.db")
    retain_churn.campaign("more", frame, model, output="o.csv", contacts=5, database="frame.db", allow_overlap=True)


def test_a_notebook_shows_a_page_in_a_frame_of_its_own(tmp_path: Path) -> None:
    page = '<html><style>body { color: "red" }</style>&amp; it\'s</html>'
    shown = Report(page)._repr_html_()
    inner = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox title="Retain" style="[^"]*"></iframe>', shown)
    assert inner is not None and "<" not in inner[1] and html.unescape(inner[1]) == page
    Report(page).save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == page
