"""Checks that a model folder answers in Python as Retain does.

    check_onnx.py MODEL DATA.csv SCORES.csv [--serve]

onnx.checker, onnxruntime and mlflow.pyfunc.load_model on the raw columns of every row, against the scores that
`retain score` wrote; with --serve also `mlflow models serve` on loopback. A row without a score, which Retain
rejected, has to be NaN. One line a check; exit code 1 where one fails.
"""

import argparse
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

import mlflow
import numpy as np
import onnx
import onnxruntime
import pandas as pd

logging.getLogger("mlflow").setLevel(logging.ERROR)
TOLERANCE = 1e-6
TYPES = {
    "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(bool)": np.bool_, "tensor(string)": object,
}


class Expected:
    """What Retain says of each row of the data; NaN where it rejected the row."""

    def __init__(self, model, frame, scores):
        with open(model + "/retain/schema.json") as file:
            identifier = json.load(file).get("identifier")
        table = pd.read_csv(scores, dtype={"identifier": str})
        values = table["churn_probability"].to_numpy(dtype=np.float64)
        if len(table) < len(frame):
            by_customer = dict(zip(table["identifier"], values))
            values = np.array([by_customer.get(str(key), np.nan) for key in frame[identifier]])
        self.values = values

    def compare(self, name, got, rows=slice(None)):
        expected = self.values[rows]
        got = np.asarray(got, dtype=np.float64).reshape(-1)
        if got.shape != expected.shape:
            print(f"FAIL {name}: {len(got)} answers for {len(expected)} rows")
            return False
        blank = np.isnan(expected)
        difference = np.abs(got - expected)[~blank]
        fits = bool(np.isnan(got[blank]).all() and (difference <= TOLERANCE).all())
        refused = f", {blank.sum()} refused" if blank.any() else ""
        print(
            f"{'ok  ' if fits else 'FAIL'} {name}: {len(got)} rows{refused},"
            f" largest difference {np.max(difference, initial=0):.2e}"
        )
        if not fits:
            wrong = np.flatnonzero(np.where(blank, ~np.isnan(got), ~(np.abs(got - expected) <= TOLERANCE)))
            print(f"     {len(wrong)} rows differ, the first is row {wrong[0]}: {got[wrong[0]]} for {expected[wrong[0]]}")
        return fits


def feeds(session, frame):
    """The frame's columns as the graph's inputs."""
    inputs = session.get_inputs()
    result = {}
    for item in inputs:
        column = frame[item.name]
        if item.type == "tensor(string)":
            column = column.astype(object).where(column.notna(), "").map(str)
        column = column.to_numpy().astype(TYPES[item.type])
        result[item.name] = column.reshape(-1, 1) if len(item.shape) == 2 else column
    return result


def ask(address, body=None, timeout=60):
    request = urllib.request.Request(address, body and json.dumps(body).encode(), {"Content-Type": "application/json"})
    return urllib.request.urlopen(request, timeout=timeout).read()


def serve(folder, frame, expected):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    programs = os.path.dirname(sys.executable)
    command = [
        os.path.join(programs, "mlflow"), "models", "serve", "--env-manager", "local", "-m", folder,
        "-h", "127.0.0.1", "-p", str(port),
    ]
    environment = dict(os.environ, PATH=programs + os.pathsep + os.environ["PATH"])
    rows = [row for row in range(len(frame)) if not np.isnan(expected.values[row])][:3]
    # As JSON has it: null, not NaN.
    table = json.loads(frame.iloc[rows].to_json(orient="split", index=False))
    records = [dict(zip(table["columns"], row)) for row in table["data"]]
    with open(folder + "/serving_input_example.json") as file:
        example = json.load(file)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        try:
            for _ in range(240):
                try:
                    ask(f"http://127.0.0.1:{port}/ping", timeout=2)
                    break
                except OSError:
                    if process.poll() is not None:
                        break
                    time.sleep(0.5)
            else:
                print("FAIL mlflow models serve does not answer")
            fits = True
            bodies = {"dataframe_split": table, "dataframe_records": records}
            for form, body in bodies.items():
                answer = json.loads(ask(f"http://127.0.0.1:{port}/invocations", {form: body}))
                got = [row["churn_probability"] for row in answer["predictions"]]
                fits &= expected.compare(f"mlflow models serve, {form}", got, rows)
            answer = json.loads(ask(f"http://127.0.0.1:{port}/invocations", example))["predictions"]
            fine = len(answer) == 1 and 0 <= answer[0]["churn_probability"] <= 1
            print(f"{'ok  ' if fine else 'FAIL'} mlflow models serve, the folder's example: {answer}")
            return fits and fine
        except OSError as error:
            log.seek(0)
            print(f"FAIL mlflow models serve: {error}", log.read().decode(errors="replace")[-3000:], sep="\n")
            return False
        finally:
            # The server's own process group; its workers end with it.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(20)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("scores")
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    frame = pd.read_csv(options.data)
    expected = Expected(options.model, frame, options.scores)

    model = onnx.load(options.model + "/model.onnx")
    onnx.checker.check_model(model, full_check=True)
    print(f"ok   onnx.checker: {len(model.graph.node)} nodes, {model.ByteSize()} bytes")

    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    fed = feeds(session, frame)
    fits = expected.compare("onnxruntime", session.run(None, fed)[0])
    some = range(0, len(frame), max(1, len(frame) // 50))
    alone = [session.run(None, {name: values[[row]] for name, values in fed.items()})[0][0] for row in some]
    fits &= expected.compare("onnxruntime, rows alone", alone, list(some))
    nobody = session.run(None, {name: values[:0] for name, values in fed.items()})[0]
    fits &= expected.compare("onnxruntime, no rows", nobody, slice(0, 0))

    loaded = mlflow.pyfunc.load_model(options.model)
    fits &= expected.compare("mlflow.pyfunc", loaded.predict(frame)["churn_probability"])
    example = loaded.predict(loaded.input_example)["churn_probability"].to_numpy()
    fine = example.shape == (1,) and 0 <= example[0] <= 1
    print(f"{'ok  ' if fine else 'FAIL'} mlflow.pyfunc, the folder's example: {example}")
    fits &= bool(fine)

    if options.serve:
        names = [column.name for column in loaded.metadata.signature.inputs.inputs]
        fits &= serve(options.model, frame[names], expected)
    sys.exit(0 if fits else 1)


main()
