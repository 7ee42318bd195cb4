"""Plays what a cluster does with the overlays, as far as one machine can: pods with their own commands, variables, Secrets, disks and
user, from the first probe to the end after SIGTERM, and each job. A folder takes the place of MLflow, which has its own proof
(`make interop`), and where the record is in PostgreSQL, none is kept (`make replicas` has one).

    play.py PROGRAM
"""

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from changes import changed
from facts import Facts
from kubectl import manifests, overlays, render
from machine import Machine, NotStarted, Running, ended
from mistakes import PLAYED
from objects import of_kind, pods
from running import quantity

APART = ["unshare", "--net", "--", "bash", "-c", 'ip link set lo up && exec "$@"', "_"]


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"FAIL {what}: {found} instead of {wanted}")


def until(what, test):
    for _ in range(60):
        if test():
            return
        time.sleep(0.25)
    raise SystemExit(f"FAIL {what}: not after 15 s")


class Stage:
    """What the pods find: customers, a champion and the model's folder."""

    def __init__(self, folder, program, facts):
        self.folder, self.program, self.facts = Path(folder), program, facts
        self.registry = self.folder / "registry"
        self.registry.mkdir()
        (self.folder / "program").mkdir(0o755)
        shutil.copy(program, self.folder / "program/retain")
        self.retain("simulate", "--rows", "2000", "--seed", "42", "-o", "customers.csv")
        self.retain("simulate", "--rows", "2000", "--seed", "9", "--shift", "Age=+8", "-o", "older.csv")
        self.retain("train", "customers.csv", "--model", "seed", "--seed", "42", "--output", "model", "--register", "churn")
        self.retain("models", "promote", "churn", "1", "--why", "first")
        for path in [self.registry, *self.registry.rglob("*")]:
            os.chown(path, facts.user, facts.user)
        self.customers = list(csv.DictReader(open(self.registry / "customers.csv")))

    def retain(self, *arguments):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "RETAIN_"))}
        done = subprocess.run([self.program, *arguments], cwd=self.registry, env=environment, capture_output=True, text=True)
        expect(f"retain {' '.join(arguments)}: {done.stderr}", done.returncode, 0)

    def machine(self, overlay, *change):
        """Where an overlay's pods are played, and those; with one place of its objects changed."""
        objects = render(manifests / "overlays" / overlay)
        if change:
            objects = changed(objects, *change)
        overrides, shared = {"MLFLOW_TRACKING_URI": "sqlite:////registry/mlflow.db"}, [f"{self.registry}:/registry:rw"]
        if overlay == "kserve":
            overrides, shared = {}, [f"{self.registry}/model:/mnt/models:ro"]
        if overlay == "postgres":
            overrides["RETAIN_DATABASE"] = "none"
        folder = Path(tempfile.mkdtemp(prefix=f"{overlay}-", dir=self.folder))
        folder.chmod(0o755)
        machine = Machine(folder, objects, self.facts, overrides, [f"{self.folder}/program:/program:ro", *shared])
        return machine, {pod.container["args"][0]: pod for pod in pods(objects)}


def overlay(machine):
    return machine.folder.name.split("-")[0]


def within(pod, peak):
    limit = quantity(pod.container["resources"]["limits"]["memory"]) / 1024**2
    if peak > limit:
        raise SystemExit(f"FAIL {pod.where} had {peak:.0f} MB of memory, its limit is {limit:.0f}")
    return f"{peak:.0f} of {limit:.0f} MB"


def serve(machine, pod, facts, body):
    with Running(machine, pod) as service:
        shown = dict(line.split(":\t", 1) for line in Path(f"/proc/{service.process.pid}/status").read_text().splitlines())
        found = shown["Uid"].split()[0], shown["CapBnd"], shown["NoNewPrivs"]
        expect(f"{pod.where}: user, rights", found, (str(facts.user), "0" * 16, "1"))
        for name in ("readinessProbe", "livenessProbe"):
            expect(f"{pod.where}: {name}", service.probe(name), 200)
        monitor, = [item["spec"] for item in machine.objects if item["kind"] in ("ServiceMonitor", "PodMonitor")]
        endpoint, = monitor.get("endpoints") or monitor["podMetricsEndpoints"]
        credentials = endpoint["authorization"]["credentials"]
        key = facts.secrets[credentials["name"]][credentials["key"]]
        expect(f"{pod.where}: metrics without a key", service.ask("GET", endpoint["path"])[0], 401)
        expect(f"{pod.where}: metrics", service.ask("GET", endpoint["path"], key)[0], 200)
        expect(f"{pod.where}: predictions with a key of scope read", service.ask("POST", "/predict", key, "{}")[0], 403)
        body(service, facts.keys["crm"], key)
        began = time.monotonic()
    print(f"ok   {pod.where} of {overlay(machine)}: ready after {service.took:.1f} s, ended after"
          f" {time.monotonic() - began:.1f} s, {within(pod, service.peak)}")  # fmt: skip


def job(machine, pod, wanted):
    """Runs a job's pod to its end."""
    log = f"{pod.name}.log"
    process = machine.start(pod, log)
    began, peak = time.monotonic(), None
    while peak is None:
        if time.monotonic() - began > 300:
            process.kill()
        peak = ended(process)
        time.sleep(0.05)
    expect(f"{pod.where}: exit code, and it says: {machine.said(log)}", process.returncode, wanted)
    print(f"ok   {pod.where} of {overlay(machine)}: exit code {wanted}, {time.monotonic() - began:.1f} s, {within(pod, peak)}")


def play_plain(stage):
    machine, own = stage.machine("plain")
    customers = machine.claim("retain-customers")
    shutil.copy(stage.registry / "customers.csv", customers)

    def body(service, key, read):
        status, answer = service.ask("POST", "/predict", key, json.dumps(stage.customers[0]))
        expect("predict", (status, json.loads(answer)["model_version"]), (200, "1"))
        outcome = json.dumps({"prediction_id": json.loads(answer)["prediction_id"], "left": True})
        # The prediction is written down a moment after its answer.
        until("outcomes are recorded", lambda: json.loads(service.ask("POST", "/outcomes", key, outcome)[1])["recorded"] == 1)
        # On the service's disk, while it runs.
        job(machine, own["score"], 0)
        job(machine, own["drift"], 0)
        # Nothing speaks for a challenger, until all turns out the other way.
        job(machine, own["retrain"], 0)
        truth = [{"customer": row["CustomerId"], "left": row["Exited"] == "0"} for row in stage.customers]
        service.ask("POST", "/outcomes", key, json.dumps(truth))
        job(machine, own["retrain"], 0)
        service.process.send_signal(signal.SIGHUP)
        until("the challenger is served", lambda: json.loads(service.ask("GET", "/version", read)[1])["model_version"] == "2")
        shutil.copy(stage.registry / "older.csv", customers / "customers.csv")
        job(machine, own["drift"], 3)

    serve(machine, own["serve"], stage.facts, body)
    for name in ("scores.csv", "drift.html", "rejects.csv"):
        expect(f"{name} is written", (customers / name).exists(), True)
    with open(customers / "scores.csv") as scores:
        expect("scores", len(scores.readlines()) - 1, len(stage.customers))
    with sqlite3.connect(machine.claim("retain-record") / "retain.db") as record:
        count, = record.execute("SELECT count(*) FROM prediction").fetchone()
    expect("predictions in the record", count, len(stage.customers) + 1)


def play_postgres(stage):
    machine, own = stage.machine("postgres")

    def body(service, key, _):
        expect("predict", service.ask("POST", "/predict", key, json.dumps(stage.customers[0]))[0], 200)
        expect("the desk", service.ask("GET", "/desk", key)[0], 404)

    serve(machine, own["serve"], stage.facts, body)


def play_kserve(stage):
    machine, own = stage.machine("kserve")
    name = of_kind(machine.objects, "InferenceService")[0]["metadata"]["name"]

    def body(service, key, read):
        expect("the model is ready", service.ask("GET", f"/v2/models/{name}/ready", read)[0], 200)
        columns = json.loads(service.ask("GET", f"/v2/models/{name}", read)[1])["inputs"]
        inputs = [
            {"name": column["name"], "datatype": column["datatype"], "shape": [1, 1],
             "data": [value if column["datatype"] == "BYTES" else float(value)]}
            for column in columns
            for value in [stage.customers[0][column["name"]]]
        ]  # fmt: skip
        status, answer = service.ask("POST", f"/v2/models/{name}/infer", key, json.dumps({"inputs": inputs}))
        expect(f"infer: {answer}", status, 200)

    serve(machine, own["serve"], stage.facts, body)


def play_mistakes(stage):
    for overlay, name, place, value, wanted in PLAYED:
        machine, own = stage.machine(overlay, name, place, value)
        try:
            with Running(machine, own["serve"]):
                raise SystemExit(f"FAIL {overlay} {name} {place} = {value!r} is wrong, and its pod is ready")
        except NotStarted as refusal:
            if wanted not in str(refusal):
                raise SystemExit(f"FAIL {overlay} {name} {place} = {value!r} is refused without {wanted}: {refusal}") from None
    # The root: as it is, and where it could be written.
    for change, wanted in (((), 73), (("CronJob/retain-drift", "in.securityContext.readOnlyRootFilesystem", False), 0)):
        machine, own = stage.machine("plain", *change)
        own["drift"].container["args"] = ["key", "somebody", "--scope", "read", "--file", "/keys.txt"]
        job(machine, own["drift"], wanted)
    print(f"ok   playing finds what is wrong: {len(PLAYED)} mistakes")


def main(program):
    facts = Facts(program)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        stage = Stage(folder, program, facts)
        for overlay in overlays():
            {"plain": play_plain, "postgres": play_postgres, "kserve": play_kserve}[overlay](stage)
        play_mistakes(stage)


if os.geteuid() or subprocess.run([*APART, "true"], capture_output=True).returncode:
    print("SKIPPED: playing the pods; it takes root, and namespaces")
elif sys.argv[2:] == ["apart"]:
    main(sys.argv[1])
else:
    # In a network of its own the ports that the pods name are free.
    os.execvp(APART[0], [*APART, sys.executable, __file__, str(Path(sys.argv[1]).resolve()), "apart"])
