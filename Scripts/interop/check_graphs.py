"""Checks the graphs of small models, one for each calibration and one with many levels: check_graphs.py FOLDER.

FOLDER holds NAME.onnx and NAME.json, which ModelGraphFileTests wrote. onnx.checker has to accept each graph and
onnxruntime to give Retain's probabilities. One line a graph; exit code 1 where one fails.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

TOLERANCE = 1e-6
TYPES = {"tensor(double)": np.float64, "tensor(int64)": np.int64}


def fed(item, texts):
    if item.type == "tensor(string)":
        return np.array(texts, dtype=object)
    return np.array([text or "nan" for text in texts], dtype=np.float64).astype(TYPES[item.type])


graphs = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
fits = len(graphs) == 7
for path in graphs:
    case = json.loads(path.with_suffix(".json").read_text())
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    got = session.run(None, {item.name: fed(item, case["inputs"][item.name]) for item in session.get_inputs()})[0]
    difference = np.max(np.abs(got - np.array(case["probabilities"])))
    fine = bool(got.shape == (len(case["probabilities"]),) and difference <= TOLERANCE)
    fits &= fine
    print(f"{'ok  ' if fine else 'FAIL'} calibration {path.stem}: largest difference {difference:.2e}")
sys.exit(0 if fits else 1)
