"""What scoring costs within Spark: CPU seconds of the executors, their Python and their programs, beside Spark's own floor (the
same rows through a mapInArrow that does nothing) and plain `retain score`.

    spark_cost.py ROWS WORKERS

RETAIN_PROGRAM names the program. Each way is run once to warm up and then three times, of which the least counts.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

import retain_churn.spark
from retain_churn import find_program

ROWS, WORKERS = map(int, sys.argv[1:])
PARTITIONS = 9
TICKS = os.sysconf("SC_CLK_TCK")


def retain(*arguments):
    subprocess.run([find_program(), *map(str, arguments)], check=True, capture_output=True)


def processes():
    """Parent, name, and CPU seconds of every process: its own, and those of children that ended."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
        found[int(path.parent.name)] = int(rest[1]), name, sum(map(int, rest[11:15])) / TICKS
    return found


def executor_seconds(application):
    """Of the executors' JVMs, and of all that they started."""
    found, jvm, python = processes(), 0.0, 0.0
    for pid, (parent, _, seconds) in found.items():
        line = [pid]
        while found.get(line[-1], (0,))[0] in found:
            line.append(found[line[-1]][0])
        words = [Path(f"/proc/{one}/cmdline") for one in line]
        is_executor = [word.exists() and "CoarseGrainedExecutorBackend" in word.read_text() for word in words]
        if is_executor[0]:
            jvm += seconds
        elif any(is_executor):
            python += seconds
    return jvm, python


def measured(name, application, work):
    work()
    least = None
    for _ in range(3):
        before = executor_seconds(application)
        work()
        after = executor_seconds(application)
        took = [b - a for a, b in zip(before, after)]
        least = took if least is None or sum(took) < sum(least) else least
    print(f"{name:12} JVM {least[0]:6.2f} s  Python and program {least[1]:6.2f} s  together {sum(least):6.2f} s", flush=True)
    return sum(least)


def plain(folder):
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        retain("score", folder / "model", folder / "many.csv", "-o", "/dev/null", "--threads", 1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"{'retain score':12} {min(times):.2f} s", flush=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        retain("simulate", "--rows", 10_000, "--seed", 42, "-o", folder / "train.csv")
        retain("train", folder / "train.csv", "--model", "seed", "--output", folder / "model", "--no-tracking")
        retain("simulate", "--rows", ROWS, "--seed", 5, "-o", folder / "many.csv")
        plain(folder)
        table = pa.csv.read_csv(folder / "many.csv")
        (folder / "many").mkdir()
        for part in range(PARTITIONS):
            first, last = (len(table) * place // PARTITIONS for place in (part, part + 1))
            pq.write_table(table.slice(first, last - first), folder / "many" / f"{part}.parquet")
        os.environ["PYSPARK_PYTHON"], os.environ["SPARK_LOCAL_IP"] = sys.executable, "127.0.0.1"
        builder = SparkSession.builder.master(f"local-cluster[{WORKERS},1,1024]").config("spark.ui.enabled", False)
        for key, value in {
            "spark.ui.showConsoleProgress": False, "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"], "spark.executorEnv.RETAIN_PROGRAM": find_program(),
            "spark.sql.files.openCostInBytes": 1 << 27, "spark.local.dir": name,
        }.items():  # fmt: skip
            builder = builder.config(key, value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        application = spark.sparkContext.applicationId
        frame = spark.read.parquet(str(folder / "many"))

        def count(frame):
            # All columns are made, and none is kept.
            frame.write.format("noop").mode("overwrite").save()

        floor = measured("Spark alone", application, lambda: count(frame.mapInArrow(lambda rows: rows, frame.schema)))
        scored = measured("scoring", application, lambda: count(retain_churn.spark.score(frame, folder / "model")))
        print(f"scoring adds {(scored - floor) * 1e6 / ROWS:.2f} CPU seconds to 1,000,000 rows")
        spark.stop()


main()
