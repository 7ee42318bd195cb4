"""Measures `retain serve` beside the Python services that do the same and beside nginx, and writes the table of
docs/performance.md anew.

    bench_serving.py --retain PROGRAM --data CUSTOMERS.csv [--peers PYTHON --peer-scripts FOLDER]

Load comes from wrk with 64 connections on the same machine, so it pays for the client, too; what it sends are the heads
of real clients (Scripts/serving/heads), with a key. Retain and a peer take turns, Retain before and
after each run of the peer. nginx gets the same requests and returns a constant as long as Retain's answer: what is left
of a web server once nothing is predicted.
"""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench import Spread, number, say, table, write

HEADS = Path(__file__).parent / "serving" / "heads"
CONNECTIONS = 64
PORT = 18347
NGINX = """
daemon off; master_process on; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000000;
    server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{answer}'; }} }}
}}
"""
# The whole request, byte by byte, from the file REQUEST.
WRK = """
local text = io.open(os.getenv("REQUEST"), "rb"):read("*a")
function request() return text end
"""
# What wrk sends by itself; no client of anybody's.
BARE = "POST /predict HTTP/1.1\nHost: 127.0.0.1:8080\nContent-Length: LENGTH\nContent-Type: application/json\n"
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A server that answers on PORT while it is entered."""

    def __init__(self, command, path, body, folder, head=BARE, key=None, **environment):
        self.command, self.path, self.body, self.folder, self.key = command, path, body, folder, key
        fields = head + (f"Authorization: Bearer {key}\n" if key else "")
        fields = fields.replace("/predict", path).replace("LENGTH", str(len(body)))
        self.request = fields.replace("\n", "\r\n").encode() + b"\r\n" + body
        self.environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", **environment)

    def __enter__(self):
        # Removing an earlier run's predictions would be part of this run's work.
        for record in Path(self.folder).glob("retain.db*"):
            record.unlink()
        started = time.perf_counter()
        with open(f"{self.folder}/server.log", "w") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        deadline = started + 120
        while time.perf_counter() < deadline and self.process.poll() is None:
            try:
                self.answer = self.ask()
                self.started = time.perf_counter() - started
                return self
            except OSError:
                time.sleep(0.002)
        self.process.kill()
        sys.exit(f"{self.command[0]} did not start:\n" + open(f"{self.folder}/server.log").read()[-2000:])

    def ask(self):
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}{self.path}", self.body, headers)
        return urllib.request.urlopen(request, timeout=60).read().decode()

    def resident(self):
        """Bytes that the process itself holds."""
        status = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def processor_seconds(self):
        """What the process and its children have used so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        stats = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in [self.process.pid, *children]]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICK

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)


def rate(server, seconds):
    """Answers a second at 64 connections, every one 200, and the server's microseconds of processor time for each."""
    with server as running:
        script, request = f"{running.folder}/wrk.lua", f"{running.folder}/request"
        Path(script).write_text(WRK, encoding="utf-8")
        Path(request).write_bytes(running.request)
        environment = dict(os.environ, REQUEST=request)
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-s", script, "--latency", "--timeout", "60s"]
        url = f"http://127.0.0.1:{PORT}{running.path}"

        def load(duration):
            return subprocess.run([*command, "-d", f"{duration}s", url], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout

        load(1)
        used = running.processor_seconds()
        text = load(seconds)
        used = running.processor_seconds() - used
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"{server.command[0]} failed requests:\n{text}")
    count = int(re.search(r"(\d+) requests in", text)[1])
    if not count:
        sys.exit(f"{server.command[0]} answered nothing within {seconds} s; give more with --seconds")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), 1e6 * used / count


def against(ours, peer, runs, seconds):
    """Alternates: ours, peer, ours, peer, ..., ours. Spreads of ours and theirs: rates, and processor time."""
    mine, theirs = [rate(ours, seconds)], []
    for _ in range(runs):
        theirs.append(rate(peer, seconds))
        mine.append(rate(ours, seconds))
    return [Spread(values) for values in zip(*mine)], [Spread(values) for values in zip(*theirs)]


def first_customer(path, model):
    """The first row in the features' own names, numbers as numbers; and in the peers' names."""
    schema = json.load(open(f"{model}/retain/schema.json"))
    numbers = {c["name"]: c["type"]["kind"] in ("number", "boolean") for c in schema["columns"] if c["role"] == "feature"}
    with open(path, encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    customer = {name: float(row[name]) if is_number else row[name] for name, is_number in numbers.items()}
    underscored = {name.replace(" ", "_"): value for name, value in customer.items()}
    return json.dumps(customer).encode(), json.dumps(underscored).encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--retain", required=True, type=os.path.abspath, help="the release program")
    parser.add_argument("--data", required=True, type=os.path.abspath, help="a customer file")
    parser.add_argument("--peers", help="a Python with the peers' packages (default: no Python peers)")
    parser.add_argument("--peer-scripts", type=os.path.abspath, help="the folder of serve.py")
    parser.add_argument("--runs", type=int, default=5, help="of each peer")
    parser.add_argument("--seconds", type=int, default=5, help="of each run")
    options = parser.parse_args()
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed; on Debian: apt-get install {tool}")
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            return subprocess.run([options.retain, *arguments], cwd=folder, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

        for model in ("seed", "best"):
            run("train", options.data, "--model", model, "--seed", "42", "--output", model, "--no-tracking")
        key = run("key", "crm", "--scope", "predict", "--file", "keys.txt").split()[0]
        body, peer_body = first_customer(options.data, f"{folder}/seed")

        def retain(model, head=BARE, has_key=False):
            keys = ["--keys", "keys.txt"] if has_key else []
            command = [options.retain, "serve", model, "--port", str(PORT), *keys]
            return Server(command, "/predict", body, folder, head, key if has_key else None)

        starts = []
        for _ in range(5):
            with retain("seed") as running:
                starts.append((running.started, running.resident()))
                answer = running.answer
        Path(f"{folder}/nginx.conf").write_text(NGINX.format(folder=folder, port=PORT, answer=answer), encoding="utf-8")

        def nginx(head=BARE, has_key=False):
            command = ["nginx", "-c", f"{folder}/nginx.conf", "-p", folder]
            return Server(command, "/predict", body, folder, head, key if has_key else None)

        def head(client):
            return (HEADS / f"{client}.txt").read_text(encoding="utf-8")

        contests = [
            ("seed", "wrk, bare", "", 0.5, retain("seed"), "nginx", nginx(), options.runs),
            *(("seed", client, "yes", least, retain("seed", head(client), True), "nginx", nginx(head(client), True), options.runs)
              for client, least in (("requests", 0.45), ("java", None), ("node", None))),
            ("best", "requests", "yes", 0.2, retain("best", head("requests"), True), "nginx", nginx(head("requests"), True), options.runs),
        ]
        if options.peers:
            uvicorn = [options.peers, "-m", "uvicorn", "--app-dir", options.peer_scripts, "serve:app", "--port", str(PORT),
                       "--workers", "2", "--log-level", "warning"]
            for name, least, kind in (("FastAPI + onnxruntime", 15, "onnx"), ("FastAPI + Keras", 500, "keras")):
                peer = Server(uvicorn, "/predict", peer_body, folder, CHURN_CSV=options.data, PEER=kind,
                              PYTHONDONTWRITEBYTECODE="1")
                contests.append(("seed", "wrk, bare", "", least, retain("seed"), name, peer, min(3, options.runs)))
        else:
            say("no Python peers: name their Python with PEERS=path-to-python")
        rows = []
        for model, client, has_key, least, ours, name, peer, runs in contests:
            say(f"{model}, {client}, against {name} ...")
            (mine, used), (theirs, their_used) = against(ours, peer, runs, options.seconds)
            ratio = mine.median / theirs.median
            verdict = "" if least is None else "met" if ratio >= least else f"**missed**: {ratio / least:.0%} of it"
            rows.append([model, client, has_key, name, theirs.text(), mine.text(), f"{number(ratio)} ×",
                         "" if least is None else f"{least} ×", verdict,
                         f"{number(used.median)}", f"{number(their_used.median)}"])
        times, sizes = (Spread(values) for values in zip(*starts))
        write("serving", table(["model", "client", "key", "peer", "peer's requests/s", "Retain's", "ratio", "at least", "", "Retain's µs",
                                  "peer's µs"], rows)
              + f"\n\nFrom start to first answer {number(1000 * times.median)} ms (100 ms asked), "
              f"{number(sizes.median / 1e6)} MB resident then (60 MB asked); medians of {len(starts)} starts.")


if __name__ == "__main__":
    main()
