"""Scores of frames of every kind: the bits of `retain score`, a row for each customer."""

from __future__ import annotations

import decimal
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import retain_churn
from retain_churn import BadDataError, UsageError

SCORES = ["churn_probability", "risk", "rejected"]


def same(scores: pa.Table | pd.DataFrame, expected: pd.DataFrame) -> None:
    table = scores if isinstance(scores, pa.Table) else pa.table(scores[SCORES].reset_index(drop=True))
    assert table["churn_probability"].type == pa.float32()
    got = table["churn_probability"].to_numpy()
    assert got.view(np.uint32).tolist() == expected["churn_probability"].to_numpy().view(np.uint32).tolist()
    assert table["risk"].to_pylist() == expected["risk"].tolist()
    assert table["rejected"].null_count == len(expected)


def test_pandas_keeps_its_index(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    scores = retain_churn.score(frame, model)
    assert isinstance(scores, pd.DataFrame) and list(scores.columns) == SCORES
    assert scores.index.equals(frame.index) and scores.index.name == "who"
    same(scores, expected)


def test_polars(customers: Path, model: Path, expected: pd.DataFrame) -> None:
    frame = pl.read_csv(customers)
    scores = retain_churn.score(frame, model)
    assert isinstance(scores, pl.DataFrame)
    same(scores.to_arrow(), expected)
    same(retain_churn.score(frame.lazy(), model).to_arrow(), expected)
    levels = frame.with_columns(pl.col("Geography", "Gender").cast(pl.Categorical))
    same(retain_churn.score(levels, model).to_arrow(), expected)


def test_arrow(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    same(retain_churn.score(table, model), expected)
    same(retain_churn.score(table.combine_chunks().to_batches()[0], model), expected)
    reader = retain_churn.score(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(999)), model)
    assert isinstance(reader, pa.RecordBatchReader)
    same(reader.read_all(), expected)


def test_paths(customers: Path, frame: pd.DataFrame, model: Path, expected: pd.DataFrame, tmp_path: Path) -> None:
    scores = retain_churn.score(customers, model)
    assert scores.column_names == ["identifier", *SCORES]
    assert scores["identifier"].to_pylist() == [str(who) for who in frame["CustomerId"]]
    same(scores, expected)
    path = tmp_path / "customers"
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, row_group_size=1234)
    assert retain_churn.score(str(path), model).equals(scores)


def test_types_of_columns(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    """The same customers in other types get the same scores."""
    other = frame.assign(
        Geography=frame["Geography"].astype("category"),
        Gender=frame["Gender"].astype("string"),
        Balance=[decimal.Decimal(str(value)) for value in frame["Balance"]],
        Age=frame["Age"].astype("Int16"),
        Tenure=frame["Tenure"].astype("category"),
        CreditScore=frame["CreditScore"].astype(float),
        Surname=[{"first": "a"}] * len(frame),
    )
    same(retain_churn.score(other, model), expected)


def test_booleans(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    """Where the model's file had 0 and 1."""
    other = frame.assign(
        HasCrCard=frame["HasCrCard"].astype(bool), IsActiveMember=frame["IsActiveMember"].astype("boolean")
    )
    same(retain_churn.score(other, model), expected)


def test_missing_values(frame: pd.DataFrame, model: Path) -> None:
    few = frame.head(4).astype({"Age": float, "Geography": object})
    few.iloc[0, few.columns.get_loc("Age")] = np.nan
    few.iloc[1, few.columns.get_loc("Geography")] = None
    few.iloc[2, few.columns.get_loc("Balance")] = np.inf
    scores = retain_churn.score(few, model)
    assert scores["churn_probability"].isna().tolist() == [True, True, True, False]
    assert scores["risk"].isna().tolist() == [True, True, True, False]
    for row, column in enumerate(["Age", "Geography", "Balance"]):
        assert column in scores["rejected"].iloc[row]


def test_rejects_keep_their_place(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    """Every third customer breaks the schema, through many batches."""
    many = pd.concat([frame] * 20, ignore_index=True)
    broken = np.arange(len(many)) % 3 == 1
    many["Age"] = many["Age"].astype(object).where(~broken, "old")
    scores = retain_churn.score(many, model)
    assert (scores["rejected"].notna() == broken).all()
    assert (scores["churn_probability"].isna() == broken).all()
    assert scores["rejected"][broken].str.contains("old").all()
    known = np.tile(expected["churn_probability"].to_numpy(), 20)
    assert (scores["churn_probability"].to_numpy()[~broken] == known[~broken]).all()


def test_no_rows(frame: pd.DataFrame, model: Path) -> None:
    scores = retain_churn.score(frame.head(0), model)
    assert list(scores.columns) == SCORES and len(scores) == 0
    table = pa.Table.from_pandas(frame, preserve_index=False).slice(0, 0)
    assert retain_churn.score(table, model).column_names == SCORES


def test_texts_with_everything_in_them(frame: pd.DataFrame, model: Path, expected: pd.DataFrame) -> None:
    odd = frame.assign(Surname='a "quoted", text\nof two lines; and\ta tab')
    same(retain_churn.score(odd, model), expected)
    few = frame.head(3).assign(Geography=['a"b', "c,d", "e\nf"])
    assert retain_churn.score(few, model)["rejected"].isna().all(), "unseen levels count as none of the known"


def test_columns_by_request(frame: pd.DataFrame, model: Path) -> None:
    scores = retain_churn.score(frame.head(5), model, reasons=2, threads=1)
    added = ["reason_1", "points_1", "reason_2", "points_2"]
    assert list(scores.columns) == ["churn_probability", "risk", *added, "rejected"]
    assert scores["reason_1"].notna().all() and scores["points_1"].dtype == float


def test_wrong_usage(frame: pd.DataFrame, model: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="list is no table of customers"):
        retain_churn.score([1, 2], model)
    with pytest.raises(BadDataError, match="CreditScore"):
        retain_churn.score(frame.drop(columns="CreditScore"), model)
    with pytest.raises(BadDataError) as caught:
        retain_churn.score(frame, tmp_path / "nothing")
    assert caught.value.exit_status == 65 and "nothing" in str(caught.value)
    with pytest.raises(BadDataError):
        retain_churn.score(tmp_path / "nothing.csv", model)
    twice = pd.concat([frame, frame["Age"]], axis=1)
    with pytest.raises(BadDataError, match='two columns called "Age"'):
        retain_churn.score(twice, model)
    with pytest.raises(UsageError):
        retain_churn.score(frame, model, as_of="yesterday")
    with pytest.raises(UsageError, match="no rows were held out"):
        retain_churn.score(frame, model, certainty=True)
