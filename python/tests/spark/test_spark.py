"""Scores by Spark, on executors that are processes of their own: the same bits, every row, whatever is killed.

RETAIN_SPARK_ROWS says how many customers (100,000), RETAIN_SPARK_MASTER on which cluster."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import retain_churn.spark
from conftest import retain
from retain_churn import BadDataError, RetainError, UsageError, find_program

ROWS = int(os.environ.get("RETAIN_SPARK_ROWS", "100000"))
MASTER = os.environ.get("RETAIN_SPARK_MASTER", "local-cluster[2,1,1024]")
PARTITIONS = 9
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def spark(folder: Path) -> Iterator[SparkSession]:
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": str(ROOT / "python/src"),
        "spark.executorEnv.RETAIN_PROGRAM": find_program(),
        "spark.executor.cores": "1",
        "spark.sql.shuffle.partitions": "4",
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    }
    builder: Any = SparkSession.builder.master(MASTER).appName("retain")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def many(folder: Path, model: Path) -> tuple[Path, pd.DataFrame]:
    """A folder of Parquet files, and the scores of `retain score` for the customers in it."""
    retain("simulate", "--rows", ROWS, "--seed", 5, "-o", folder / "many.csv")
    retain("score", model, folder / "many.csv", "-o", folder / "many-scores.csv")
    frame = pd.read_csv(folder / "many.csv")
    (folder / "many").mkdir()
    for part in range(PARTITIONS):
        rows = frame.iloc[len(frame) * part // PARTITIONS : len(frame) * (part + 1) // PARTITIONS]
        pq.write_table(pa.Table.from_pandas(rows, preserve_index=False), folder / "many" / f"{part}.parquet")
    scores = pd.read_csv(folder / "many-scores.csv", dtype={"churn_probability": "float32"})
    return folder / "many", scores.set_index("identifier").sort_index()


def read(spark: SparkSession, many: Path) -> DataFrame:
    # A partition for each file.
    return spark.read.option("maxPartitionBytes", 1 << 30).parquet(str(many)).repartition(PARTITIONS)


def same(got: pd.DataFrame, expected: pd.DataFrame) -> None:
    got = got.set_index("CustomerId").sort_index()
    assert got.index.equals(expected.index), f"{len(got)} rows for {len(expected)}"
    bits = got["churn_probability"].to_numpy(dtype=np.float32).view(np.uint32)
    assert (bits == expected["churn_probability"].to_numpy().view(np.uint32)).all()
    assert (got["risk"].to_numpy() == expected["risk"].to_numpy()).all()
    assert got["rejected"].isna().all()


def test_every_row_with_the_same_bits(
    spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path, tmp_path: Path
) -> None:
    scores = retain_churn.spark.score(read(spark, many[0]), model)
    assert scores.columns[-3:] == ["churn_probability", "risk", "rejected"]
    scores.write.parquet(str(tmp_path / "scores"))
    columns = ["CustomerId", "churn_probability", "risk", "rejected"]
    same(pq.read_table(tmp_path / "scores", columns=columns).to_pandas(), many[1])


def test_rejected_rows_say_why(spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path) -> None:
    broken = F.col("RowNumber") % 100 == 7
    frame = read(spark, many[0]).withColumn("Age", F.when(broken, F.lit("old")).otherwise(F.col("Age").cast("string")))
    scores = retain_churn.spark.score(frame, model)
    counts = scores.groupBy(broken.alias("broken")).agg(
        F.count("*").alias("rows"),
        F.count("churn_probability").alias("scored"),
        F.count("risk").alias("risks"),
        F.count("rejected").alias("rejected"),
    )
    found = {row["broken"]: row.asDict() for row in counts.collect()}
    assert sum(row["rows"] for row in found.values()) == ROWS
    assert (found[True]["scored"], found[True]["risks"]) == (0, 0) and found[True]["rejected"] == found[True]["rows"]
    assert found[False]["scored"] == found[False]["risks"] == found[False]["rows"] and found[False]["rejected"] == 0
    assert 'column "Age"' in scores.where("rejected IS NOT NULL").select("rejected").first()[0]


def test_types_of_spark(spark: SparkSession, frame: pd.DataFrame, expected: pd.DataFrame, model: Path) -> None:
    """Decimals, texts of numbers, and columns that are no single value, which stay as they are."""
    given = spark.createDataFrame(frame.reset_index(drop=True)).select(
        F.col("Balance").cast("decimal(20,2)").alias("Balance"),
        F.col("EstimatedSalary").cast("string").alias("EstimatedSalary"),
        F.array("Age", "Tenure").alias("pair"),
        F.current_timestamp().alias("now"),
        *[name for name in frame.columns if name not in ("Balance", "EstimatedSalary")],
    )
    scores = retain_churn.spark.score(given, model).toPandas()
    same(scores[["CustomerId", "churn_probability", "risk", "rejected"]], expected.set_index("identifier").sort_index())
    assert list(scores["pair"][0]) == [scores["Age"][0], scores["Tenure"][0]]


def test_columns_by_request(spark: SparkSession, frame: pd.DataFrame, model: Path) -> None:
    few = spark.createDataFrame(frame.head(20).reset_index(drop=True)).repartition(2)
    scores = retain_churn.spark.score(few, model, reasons=1)
    assert scores.columns[-5:] == ["churn_probability", "risk", "reason_1", "points_1", "rejected"]
    assert scores.where("reason_1 IS NULL OR points_1 IS NULL").count() == 0


def test_a_sample_to_train_on(
    spark: SparkSession, many: tuple[Path, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    customers = read(spark, many[0])
    drawn = retain_churn.spark.sample(customers, ROWS // 10)
    assert abs(drawn.num_rows - ROWS / 10) < 5 * (ROWS / 10) ** 0.5
    identifiers = drawn["CustomerId"].to_pylist()
    assert len(set(identifiers)) == len(identifiers) and set(identifiers) <= set(many[1].index)
    assert retain_churn.spark.sample(customers, ROWS + 1).num_rows == ROWS
    with pytest.raises(UsageError, match="ask for 1 or more"):
        retain_churn.spark.sample(customers, 0)
    trained = retain_churn.train(drawn, target="Exited", model="seed", test=0, tracking=False)
    assert retain_churn.spark.score(customers, trained).where("rejected IS NOT NULL").count() == 0


def test_no_rows(spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path) -> None:
    assert retain_churn.spark.score(read(spark, many[0]).where("Age < 0"), model).count() == 0


def test_a_streaming_frame(spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path, tmp_path: Path) -> None:
    source = spark.readStream.schema(read(spark, many[0]).schema).option("maxFilesPerTrigger", 3).parquet(str(many[0]))
    query = (
        retain_churn.spark.score(source, model)
        .writeStream.trigger(availableNow=True)
        .option("checkpointLocation", str(tmp_path / "checkpoint"))
        .format("parquet")
        .start(str(tmp_path / "scores"))
    )
    query.awaitTermination()
    assert len(query.recentProgress) >= 3
    columns = ["CustomerId", "churn_probability", "risk", "rejected"]
    same(spark.read.parquet(str(tmp_path / "scores")).select(columns).toPandas(), many[1])


def processes(of: Callable[[str], bool]) -> list[int]:
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode("utf-8", "replace").replace("\0", " ")
        except OSError:
            # It has ended meanwhile.
            continue
        if of(words):
            found.append(int(path.parent.name))
    return found


def scoring_processes() -> list[int]:
    """The programs that score for the executors of this run."""
    own = f"retain-model-{os.getuid()}-"
    return processes(lambda words: words.startswith(find_program() + " score ") and own in words)


def executors(session: SparkSession) -> list[int]:
    own = session.sparkContext.applicationId
    return processes(lambda words: "CoarseGrainedExecutorBackend" in words and own in words)


def failed_tasks(session: SparkSession, group: str) -> int:
    tracker = session.sparkContext.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(group)]
    stages = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
    return sum(stage.numFailedTasks for stage in stages if stage)


@pytest.mark.parametrize("what", ["the program", "an executor"])
def test_killed(spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path, tmp_path: Path, what: str) -> None:
    """SIGKILL in the middle of the work: all rows are there in the end, once."""

    def slowly(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            time.sleep(0.3)
            yield batch

    frame = read(spark, many[0])
    scores = retain_churn.spark.score(frame.mapInArrow(slowly, frame.schema), model)
    killed: list[int] = []

    def kill() -> None:
        for _ in range(1200):
            scoring = scoring_processes()
            victims = (scoring if what == "the program" else executors(spark)) if scoring else []
            if victims:
                # In the middle: it has begun, and has more customers to come.
                time.sleep(0.3)
                os.kill(victims[0], signal.SIGKILL)
                killed.append(victims[0])
                return
            time.sleep(0.05)

    killer = threading.Thread(target=kill)
    killer.start()
    spark.sparkContext.setJobGroup(what, what)
    scores.write.parquet(str(tmp_path / "scores"))
    killer.join()
    assert killed
    # Tasks of an executor that is lost count as none that failed.
    assert failed_tasks(spark, what) > 0 or what == "an executor"
    columns = ["CustomerId", "churn_probability", "risk", "rejected"]
    same(pq.read_table(tmp_path / "scores", columns=columns).to_pandas(), many[1])


def test_a_program_that_always_dies_fails_the_job(
    spark: SparkSession, frame: pd.DataFrame, model: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "model"
    subprocess.run(["cp", "-r", str(model), str(broken)], check=True)
    (broken / "retain/network.safetensors").write_bytes(b"nothing")
    given = spark.createDataFrame(frame.head(10).reset_index(drop=True))
    with pytest.raises(Exception, match="BadDataError"):
        retain_churn.spark.score(given, broken).count()


def test_a_registered_model(
    spark: SparkSession, frame: pd.DataFrame, customers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trained = retain_churn.train(customers, model="seed", test=0, register="churn")
    few = frame.head(50).reset_index(drop=True)
    scores = retain_churn.spark.score(spark.createDataFrame(few).coalesce(1), "models:/churn/1").toPandas()
    expected = retain_churn.score(few, trained)
    assert (scores["churn_probability"] == expected["churn_probability"]).all()


def test_wrong_usage(
    spark: SparkSession, frame: pd.DataFrame, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = spark.createDataFrame(frame.head(2).reset_index(drop=True))
    with pytest.raises(UsageError, match="no model folder"):
        retain_churn.spark.score(given, tmp_path)
    with pytest.raises(RetainError, match="churn"):
        retain_churn.spark.score(given, "models:/churn/77")
    with pytest.raises(BadDataError, match="has a column risk already"):
        retain_churn.spark.score(given.withColumn("Risk", F.lit(1)), model)


def test_examples(many: tuple[Path, pd.DataFrame], model: Path, tmp_path: Path) -> None:
    """As their readers start them, with a Spark of their own: Retain's way, and MLflow's beside it."""
    one = sorted(many[0].iterdir())[0]
    for example, column in (("score.py", "rejected"), ("score_by_mlflow.py", "churn_probability")):
        words = [Path(sys.executable).parent / "spark-submit", "--master", "local[2]"]
        for setting in ("spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1"):
            words += ["--conf", setting]
        words += [ROOT / "examples/spark" / example, model, one, tmp_path / example]
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        done = subprocess.run(list(map(str, words)), env=environment, capture_output=True, text=True, timeout=280)
        assert done.returncode == 0, done.stderr[-3000:]
        rows = pq.read_table(tmp_path / example)
        assert f"{rows.num_rows} scored" in done.stdout or "0 rows without a score" in done.stdout, done.stdout
        assert rows.num_rows == pq.read_metadata(one).num_rows and column in rows.column_names
        expected = many[1].loc[rows["CustomerId"].to_pylist(), "churn_probability"]
        assert np.abs(rows["churn_probability"].to_numpy() - expected.to_numpy()).max() < 1e-6


def test_examples_of_the_document(
    spark: SparkSession, many: tuple[Path, pd.DataFrame], model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "customers").symlink_to(many[0])
    (tmp_path / "model").symlink_to(model)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/how-to/spark.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    # Spark takes relative paths for those of where it was started.
    exec("\n".join(blocks).replace('parquet("', f'parquet("{tmp_path}/'), {"spark": spark})
    assert pq.read_table(tmp_path / "scores").num_rows == ROWS
