"""Reads back with MLflow's own client what Retain recorded, and fails where something is missing.

    read_back.py ADDRESS MODEL_NAME DATA.csv SCORES.csv [RUN_ID]

ADDRESS is a server or sqlite:///file. Checks experiments, the run's parameters under Keras's names, metrics with
histories, tags, inputs, artifacts, the registered versions and aliases, and the model's predictions on every row.
"""

import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
import logging

import numpy as np
import pandas as pd
import mlflow
from mlflow.tracking import MlflowClient

logging.getLogger("mlflow").setLevel(logging.ERROR)
logging.getLogger("alembic").setLevel(logging.ERROR)

KERAS = """batch_size epochs validation_split shuffle class_weight sample_weight initial_epoch steps_per_epoch
validation_steps validation_batch_size validation_freq optimizer_name optimizer_learning_rate optimizer_weight_decay
optimizer_clipnorm optimizer_global_clipnorm optimizer_clipvalue optimizer_use_ema optimizer_ema_momentum
optimizer_ema_overwrite_frequency optimizer_loss_scale_factor optimizer_gradient_accumulation_steps
optimizer_beta_1 optimizer_beta_2 optimizer_epsilon optimizer_amsgrad""".split()
OWN = "model seed hidden members dropout test_share threshold calibration rows training_rows data_sha256".split()
failures = 0


def check(what, holds, detail=""):
    global failures
    failures += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {what}{': ' + str(detail) if detail != '' else ''}")


def main():
    address, name, data, scores = sys.argv[1:5]
    mlflow.set_tracking_uri(address)
    mlflow.set_registry_uri(address)
    client = MlflowClient(address)
    experiments = client.search_experiments()
    check("experiments", any(e.name == "Default" for e in experiments), [e.name for e in experiments])
    versions = sorted(client.search_model_versions(f"name='{name}'"), key=lambda v: int(v.version))
    check("versions", len(versions) >= 1, [v.version for v in versions])
    version = versions[-1]
    run = client.get_run(sys.argv[5] if len(sys.argv) > 5 else version.run_id)
    check("run finished", run.info.status == "FINISHED", run.info.run_name)
    check("wall time", run.info.end_time >= run.info.start_time > 0)
    params, metrics, tags = run.data.params, run.data.metrics, run.data.tags
    check("parameters of Keras's autologging", all(key in params for key in KERAS))
    check("parameters of Retain", all(key in params for key in OWN), params.get("model"))
    finals = [f"test_{key}" for key in ["accuracy", "roc_auc", "log_loss", "brier", "ece", "recall"]]
    check("final metrics", all(key in metrics for key in finals), {key: round(metrics.get(key, -1), 4) for key in finals})
    check("their intervals", all(metrics[key + "_low"] <= metrics[key] <= metrics[key + "_high"] for key in finals[:3]))
    check("system metrics", any(key.startswith("system/") for key in metrics), sum(k.startswith("system/") for k in metrics))
    history = client.get_metric_history(run.info.run_id, "loss")
    steps = [point.step for point in history]
    check("history of the loss", steps == list(range(len(steps))) and len(steps) == int(params["epochs"]), len(steps))
    check("source and user", tags.get("mlflow.source.type") == "LOCAL" and bool(tags.get("mlflow.user")))
    check("git", len(tags.get("mlflow.source.git.commit", "")) == 40 or not os.path.isdir(".git"), tags.get("mlflow.source.git.branch"))
    check("versions of Retain and Swift", bool(tags.get("retain.version")) and bool(tags.get("retain.swift")))
    inputs = run.inputs.dataset_inputs
    check("input data", len(inputs) == 1 and "mlflow_colspec" in inputs[0].dataset.schema
          and params["data_sha256"].startswith(inputs[0].dataset.digest), inputs and inputs[0].dataset.name)
    check("its context", inputs and {t.key: t.value for t in inputs[0].tags} == {"mlflow.data.context": "train"})
    top = [item.path for item in client.list_artifacts(run.info.run_id)]
    check("artifacts", {"report.html", "retain.yaml", "model_summary.txt", "plots"} <= set(top), top)
    plots = [item.path for item in client.list_artifacts(run.info.run_id, "plots")]
    check("plots", len(plots) >= 8 and all(path.endswith(".svg") for path in plots), len(plots))
    yaml = client.download_artifacts(run.info.run_id, "retain.yaml")
    check("retain.yaml", "target:" in open(yaml).read())
    registered = client.get_registered_model(name)
    check("registered model", registered.name == name, dict(registered.aliases))
    expected = pd.read_csv(scores)["churn_probability"].to_numpy(dtype=np.float64)
    frame = pd.read_csv(data)
    places = [f"models:/{name}/{version.version}", f"runs:/{run.info.run_id}/model"]
    places += [f"models:/{name}@{alias}" for alias in registered.aliases]
    for place in places:
        try:
            model = mlflow.pyfunc.load_model(place)
        except Exception as problem:
            # MLflow 3 does not find a model that it keeps apart from the run under the run's address.
            known = place.startswith("runs:/") and version.source.startswith("models:/m-")
            check(f"{place} can be loaded", known, "as MLflow 3 itself: " + str(problem)[:60] if known else problem)
            continue
        if place.startswith("models:/") and "@" in place and registered.aliases[place.split("@")[1]] != version.version:
            check(f"{place} answers", len(model.predict(frame.head(5))) == 5)
            continue
        got = model.predict(frame)["churn_probability"].to_numpy(dtype=np.float64)
        difference = np.max(np.abs(got - expected))
        check(f"{place} predicts as Retain", difference <= 1e-6, f"{difference:.1e} on {len(got)} rows")
    print(f"{failures} checks failed" if failures else "all checks passed")
    sys.exit(1 if failures else 0)


main()
