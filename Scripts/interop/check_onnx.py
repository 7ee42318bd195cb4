"""Checks that a model folder answers in Python as Retain does.

    check_onnx.py MODEL DATA.csv SCORES.csv [--serve]

onnx.checker, onnxruntime and mlflow.pyfunc.load_model on the raw columns of every row, against the scores that
`retain score` wrote; with --serve also `mlflow models serve` on loopback. One line a check; exit code 1 where one
fails.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
import logging

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import mlflow

logging.getLogger("mlflow").setLevel(logging.ERROR)
TOLERANCE = 1e-6


def compare(name, got, expected):
    got = np.asarray(got, dtype=np.float64).reshape(-1)
    blank = np.isnan(expected)
    difference = np.max(np.abs(got - expected)[~blank], initial=0)
    fits = got.shape == expected.shape and np.isnan(got[blank]).all() and difference <= TOLERANCE
    print(f"{'ok  ' if fits else 'FAIL'} {name}: {len(got)} rows, largest difference {difference:.2e}")
    return fits


def feeds(session, frame):
    """The frame's columns as the graph's inputs."""
    types = {
        "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(bool)": np.bool_, "tensor(string)": object,
    }
    result = {}
    for item in session.get_inputs():
        column = frame[item.name]
        if item.type == "tensor(string)":
            column = column.fillna("")
            if column.dtype == bool:
                column = column.map({True: "true", False: "false"})
        result[item.name] = column.to_numpy().astype(types[item.type])
    return result


def serve(folder, frame, expected):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        os.path.join(os.path.dirname(sys.executable), "mlflow"), "models", "serve", "--env-manager", "local",
        "-m", folder, "-h", "127.0.0.1", "-p", str(port),
    ]
    environment = dict(os.environ, PATH=os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
    log = open("serve.log", "w")
    process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=2).read()
                break
            except OSError:
                if process.poll() is not None:
                    print("FAIL mlflow models serve did not start; see serve.log")
                    return False
                time.sleep(0.5)
        fits = True
        rows = json.loads(frame.head(3).to_json(orient="split", index=False))
        records = json.loads(frame.head(3).to_json(orient="records"))
        for form, body in [("dataframe_split", rows), ("dataframe_records", records)]:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/invocations", json.dumps({form: body}).encode(),
                {"Content-Type": "application/json"},
            )
            answer = json.loads(urllib.request.urlopen(request, timeout=60).read())["predictions"]
            got = [row["churn_probability"] for row in answer]
            fits &= compare(f"mlflow models serve, {form}", got, expected[:3])
        return fits
    finally:
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
    expected = pd.read_csv(options.scores)["churn_probability"].to_numpy(dtype=np.float64)
    model = onnx.load(options.model + "/model.onnx")
    onnx.checker.check_model(model, full_check=True)
    print(f"ok   onnx.checker: {len(model.graph.node)} nodes, {model.ByteSize()} bytes")
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    fits = compare("onnxruntime", session.run(None, feeds(session, frame))[0], expected)
    alone = [session.run(None, feeds(session, frame.iloc[[row]]))[0][0] for row in range(min(20, len(frame)))]
    fits &= compare("onnxruntime, rows alone", alone, expected[: len(alone)])
    loaded = mlflow.pyfunc.load_model(options.model)
    fits &= compare("mlflow.pyfunc", loaded.predict(frame)["churn_probability"], expected)
    if options.serve:
        fits &= serve(options.model, frame[[c.name for c in loaded.metadata.signature.inputs.inputs]], expected)
    sys.exit(0 if fits else 1)


main()
