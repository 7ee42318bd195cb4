"""Reads a local store's file by MLflow's own client and prints what it finds as JSON.

    python check_local.py FILE

MLflow 3 brings the file up to date at that, so use a copy where that is not wanted. Fails where MLflow
finds no experiment, can't read a run's metrics or artifacts, or an alias leads nowhere.
"""

import json
import sys
from pathlib import Path

import mlflow
from mlflow import MlflowClient

client = MlflowClient(tracking_uri=f"sqlite:///{Path(sys.argv[1]).resolve()}")


def files(run, path=None):
    for item in client.list_artifacts(run, path):
        yield from files(run, item.path) if item.is_dir else [[item.path, item.file_size]]


def described(run):
    history = json.loads(run.data.tags.get("mlflow.log-model.history", "[]"))
    return {
        "name": run.info.run_name,
        "user": run.info.user_id,
        "status": run.info.status,
        "params": run.data.params,
        "latest": {key: str(value) for key, value in run.data.metrics.items()},
        "history": {
            key: [[metric.step, str(metric.value)] for metric in client.get_metric_history(run.info.run_id, key)]
            for key in run.data.metrics
        },
        "datasets": [
            [data.dataset.name, data.dataset.digest, {tag.key: tag.value for tag in data.tags}]
            for data in run.inputs.dataset_inputs
        ],
        "artifacts": sorted(files(run.info.run_id)),
        "models": [[entry["artifact_path"], sorted(entry["flavors"])] for entry in history],
    }


experiments = client.search_experiments()
assert any(experiment.experiment_id == "0" for experiment in experiments), "experiment 0 is missing"
runs = client.search_runs([experiment.experiment_id for experiment in experiments])
registered = {}
for model in client.search_registered_models():
    for alias, version in model.aliases.items():
        assert int(client.get_model_version_by_alias(model.name, alias).version) == int(version)
    registered[model.name] = {
        "aliases": {alias: int(version) for alias, version in model.aliases.items()},
        "tags": model.tags,
        "versions": sorted(
            [int(version.version), version.description, version.tags, version.aliases]
            for version in client.search_model_versions(f"name = '{model.name}'")
        ),
    }
    for version in client.search_model_versions(f"name = '{model.name}'"):
        source = client.get_model_version_download_uri(model.name, version.version)
        assert (Path(source) / "MLmodel").is_file(), f"{source} is no model folder"
found = {
    "mlflow": mlflow.__version__,
    "experiments": sorted(experiment.name for experiment in experiments),
    "runs": [described(run) for run in runs],
    "registered": registered,
}
print(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False))
