"""Kills training and replaying at random moments, and fails where a store does not open or a finished run is not whole.

    kill.py RETAIN DATA.csv ADDRESS [ROUNDS]

Half of the rounds kill `retain train` on the local store with SIGKILL, the other half `retain sync` to the server at
ADDRESS. Afterwards SQLite's own check must pass, every run that counts as finished must have all that runs have, and
after a last, undisturbed replay the server must have each of them exactly once.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request


def run_for(command, folder, seconds):
    """Starts the command and kills it after so long; returns whether it was still at work."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def timed(command, folder):
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stderr[-500:]}")
    return time.monotonic() - start


def finished(folder):
    """The finished runs of the local store, after checking that each is whole."""
    with sqlite3.connect(f"{folder}/mlflow.db", timeout=20) as db:
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            sys.exit("the database is damaged")
        rows = db.execute("SELECT run_uuid, artifact_uri FROM runs WHERE status = 'FINISHED'").fetchall()
        for run, place in rows:
            count = lambda table: db.execute(f"SELECT COUNT(*) FROM {table} WHERE run_uuid = ?", [run]).fetchone()[0]
            epochs = int(db.execute("SELECT value FROM params WHERE run_uuid = ? AND key = 'epochs'", [run]).fetchone()[0])
            losses = db.execute("SELECT COUNT(*) FROM metrics WHERE run_uuid = ? AND key = 'loss'", [run]).fetchone()[0]
            inputs = db.execute("SELECT COUNT(*) FROM inputs WHERE destination_id = ?", [run]).fetchone()[0]
            whole = losses == epochs and count("params") > 40 and count("latest_metrics") > 20 and inputs == 1
            for path in ["report.html", "retain.yaml", "plots/roc.svg", "model/MLmodel", "model/retain/manifest.json"]:
                whole = whole and os.path.getsize(f"{place}/{path}") > 0
            if not whole:
                sys.exit(f"run {run} counts as finished but is not whole")
        return {run for run, _ in rows}


def on_server(address, local):
    """How many runs of the server carry each local identifier."""
    found, token = {}, ""
    while True:
        body = {"experiment_ids": ["0"], "max_results": 1000, "page_token": token}
        request = urllib.request.Request(f"{address}/api/2.0/mlflow/runs/search", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        page = json.loads(urllib.request.urlopen(request, timeout=60).read())
        for run in page.get("runs", []):
            tags = {tag["key"]: tag["value"] for tag in run["data"].get("tags", [])}
            mark = tags.get("retain.sync.run")
            if mark in local:
                metrics = {metric["key"] for metric in run["data"].get("metrics", [])}
                whole = run["info"]["status"] == "FINISHED" and "test_log_loss" in metrics
                found.setdefault(mark, []).append(whole)
        token = page.get("next_page_token", "")
        if not token:
            return found


def main():
    retain, data, address = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 200
    seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([retain, "init", data, "-o", "retain.yaml"], cwd=folder, check=True, capture_output=True)
        train = [retain, "train", data, "--model", "seed", "--output", "model", "--register", "killed"]
        sync = [retain, "sync", "--to", address]
        length = timed(train, folder)
        killed = sum(run_for(train, folder, random.uniform(0, 1.1 * length)) for _ in range(rounds - rounds // 2))
        print(f"ok   train killed {killed} times at work (seed {seed}); {len(finished(folder))} runs finished, all whole")
        killed = 0
        for _ in range(rounds // 2):
            timed(train, folder)
            killed += run_for(sync, folder, random.expovariate(1 / 0.4))
        runs = finished(folder)
        print(f"ok   sync killed {killed} times at work; {len(runs)} runs finished, all whole")
        timed(sync, folder)
        found = on_server(address, runs)
        missing = [run for run in runs if run not in found]
        double = [run for run, copies in found.items() if len(copies) != 1]
        partial = [run for run, copies in found.items() if not all(copies)]
        if missing or double or partial:
            sys.exit(f"FAIL on the server: {len(missing)} missing, {len(double)} doubled, {len(partial)} not whole")
        print(f"ok   the server has each of the {len(runs)} runs once, whole")


main()
