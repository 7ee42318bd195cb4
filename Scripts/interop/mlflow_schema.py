"""The database that MLflow makes: each table's columns, keys, names of constraints, and indexes.

    python mlflow_schema.py OUTPUT.json

Writes `Tests/TrackingTests/Fixtures/mlflow_2_22_1.json` with MLflow 2.22.1. With MLflow 3 it writes only the
statements (`mlflow_3_17_2.json`), by which a test makes the form that its upgrade leaves.
"""

import json
import re
import sqlite3
import sys
import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient


def table(db, name, sql):
    return {
        "columns": [
            {"name": column, "type": kind, "isNotNull": bool(needed), "standard": value, "key": key}
            for _, column, kind, needed, value, key in db.execute(f"PRAGMA table_info({name})")
        ],
        "constraints": sorted(re.findall(r"CONSTRAINT \"?(\w+)\"? ", sql)),
        "checks": sorted(
            line[line.index("CHECK") :].rstrip().rstrip(",").replace('"', "")
            for line in sql.splitlines()
            if "CHECK" in line
        ),
        "foreign": sorted(
            [row[3], row[2], row[4] or row[3], row[5].upper(), row[6].upper()]
            for row in db.execute(f"PRAGMA foreign_key_list({name})")
        ),
        "unique": sorted(
            [column for _, _, column in db.execute(f"PRAGMA index_info({index})")]
            for _, index, unique, origin, _ in db.execute(f"PRAGMA index_list({name})")
            if unique and origin == "u"
        ),
    }


with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "mlflow.db"
    MlflowClient(tracking_uri=f"sqlite:///{file}").search_experiments()
    with sqlite3.connect(file) as db:
        master = db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        result = {
            "version": mlflow.__version__,
            "revision": db.execute("SELECT version_num FROM alembic_version").fetchone()[0],
        }
        form = {
            "tables": {name: table(db, name, sql) for kind, name, sql in master if kind == "table"},
            "indexes": {
                name: [
                    re.search(r" ON \"?(\w+)\"?", sql)[1],
                    *(row[2] for row in db.execute(f"PRAGMA index_info({name})")),
                ]
                for kind, name, sql in master
                if kind == "index"
            },
        }
        is_old = mlflow.__version__.startswith("2.")
        result |= form if is_old else {"statements": [sql for _, _, sql in master]}
Path(sys.argv[1]).write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
