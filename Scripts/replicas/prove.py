"""Proves that replicas with one record lose nothing: two services behind nginx with one PostgreSQL, all on loopback, under a
bounded load, while one service is killed and the server is stopped as by a power cut.

    prove.py PROGRAM [SECONDS]

Each caller asks about a customer; every other one tells at once what became of that customer, half of the time through the
other service. Every prediction must be answered 200. An outcome may be answered 503 while the record is away; then it is told again, as
Retry-After says. In the end the record must have every prediction but those that the killed service had answered last, and
the outcome of each.
"""

import csv
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

here = Path(__file__).parent
CALLERS = 8
# Between two requests of a caller: what is shown is that nothing is lost, not how fast that is.
PAUSE = 0.01
# A service that puts an outcome off is not down: `max_fails=0` keeps it asked for predictions.
NGINX = """
{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    upstream replicas {{ server 127.0.0.1:{one} max_fails=0; server 127.0.0.1:{other} max_fails=0; keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://replicas; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_next_upstream error timeout http_503 non_idempotent; proxy_next_upstream_tries 3;
            proxy_connect_timeout 2s; add_header X-Replica $upstream_addr always;
        }}
    }}
}}
"""


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Database:
    """The server of Scripts/replicas/postgres.sh."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            ["bash", here / "postgres.sh", f"{folder}/postgres"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(self.process.wait() or 1)
        self.address = f"postgres://retain:secret@127.0.0.1:{answer[1]}/retain"

    def tell(self, command):
        print(command, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def rows(self, sql):
        output = subprocess.run(["psql", "-qXAt", "-F", "\t", "-d", self.address, "-c", sql], check=True, capture_output=True, text=True)
        return [line.split("\t") for line in output.stdout.splitlines()]

    def end(self):
        self.process.stdin.close()
        self.process.wait(60)


class Replica:
    """A service with the record, on a port of its own."""

    def __init__(self, program, folder, database, port):
        self.log = open(f"{folder}/serve-{port}.log", "a")
        self.port = port
        environment = dict(os.environ, RETAIN_DATABASE=database.address)
        self.process = subprocess.Popen(
            [program, "serve", "model", "--port", str(port), "--drift-every", "1", "--no-desk"],
            cwd=folder, env=environment, stderr=self.log,
        )
        for _ in range(200):
            try:
                self.ask("/ready")
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("a service did not start:\n" + Path(self.log.name).read_text())

    def ask(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10).read().decode()

    def metric(self, name):
        found = re.findall(rf"^{re.escape(name)}(?:{{[^}}]*}})? (\S+)$", self.ask("/metrics"), re.MULTILINE)
        return sum(float(value) for value in found)


class Caller(threading.Thread):
    """Asks about one customer after the other, and tells of each."""

    def __init__(self, number, port, customers, identifier, is_over):
        super().__init__()
        self.number, self.port, self.customers, self.identifier = number, port, customers, identifier
        self.is_over = is_over
        self.predicted, self.told, self.failed, self.again, self.waited = [], [], [], 0, 0
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def post(self, path, body):
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers

    def run(self):
        turn = 0
        while not self.is_over.is_set():
            customer = dict(self.customers[turn % len(self.customers)])
            name = f"{self.number}-{turn}"
            customer[self.identifier] = name
            turn += 1
            status, text, headers = self.post("/predict", customer)
            if status != 200:
                self.failed.append(f"/predict {status} {text[:200]}")
                continue
            replica = (headers["X-Replica"] or "").split(",")[-1].strip()
            self.predicted.append((json.loads(text)["prediction_id"], time.monotonic(), replica))
            if self.number % 2:
                self.tell(name)
            time.sleep(PAUSE)

    def tell(self, name):
        outcome = {"customer": name, "left": len(self.predicted) % 3 == 0, "by": "proof"}
        for _ in range(60):
            status, text, headers = self.post("/outcomes", outcome)
            if status == 200:
                self.waited += '"waiting"' in text.decode()
                self.told.append(self.predicted[-1][0])
                return
            if status != 503 or not headers["Retry-After"]:
                break
            self.again += 1
            time.sleep(float(headers["Retry-After"]))
        self.failed.append(f"/outcomes {status} {text[:200]}")


def main(program, seconds):
    for tool in ("nginx", "psql"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed; on Debian: apt-get install {'postgresql' if tool == 'psql' else tool}")
    with tempfile.TemporaryDirectory() as folder:
        # The server runs as somebody else.
        os.chmod(folder, 0o755)
        run = lambda *arguments: subprocess.run([program, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run("simulate", "--rows", "2000", "--seed", "42", "-o", "customers.csv")
        run("train", "customers.csv", "--model", "seed", "--seed", "42", "--output", "model", "--no-tracking")
        schema = json.loads(Path(folder, "model/retain/schema.json").read_text())
        customers = [
            {name: number(value) for name, value in row.items()} for row in csv.DictReader(open(f"{folder}/customers.csv"))
        ]
        database = Database(folder)
        port, ports = free_port(), [free_port(), free_port()]
        replicas = [Replica(program, folder, database, each) for each in ports]
        user = "user root; " if os.getuid() == 0 else ""
        Path(folder, "nginx.conf").write_text(NGINX.format(folder=folder, port=port, one=ports[0], other=ports[1], user=user))
        nginx = subprocess.Popen(["nginx", "-p", folder, "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"])
        try:
            time.sleep(0.5)
            prove(program, folder, database, replicas, port, customers[:500], schema["identifier"], seconds)
        finally:
            nginx.terminate()
            for replica in replicas:
                replica.process.terminate()
            for process in [nginx, *(replica.process for replica in replicas)]:
                process.wait(40)
            database.end()


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def prove(program, folder, database, replicas, port, customers, identifier, seconds):
    is_over = threading.Event()
    callers = [Caller(place, port, customers, identifier, is_over) for place in range(CALLERS)]
    for caller in callers:
        caller.start()
    time.sleep(seconds / 4)
    killed, when = f"127.0.0.1:{replicas[1].port}", time.monotonic()
    replicas[1].process.kill()
    replicas[1].process.wait()
    print("one service is killed", flush=True)
    time.sleep(seconds / 4)
    replicas[1] = Replica(program, folder, database, replicas[1].port)
    print("it is there again", flush=True)
    time.sleep(seconds / 4)
    assert database.tell("kill") == "gone\n"
    print("the database is stopped as by a power cut", flush=True)
    time.sleep(2)
    waiting = sum(replica.metric("retain_log_queue_rows") for replica in replicas)
    assert database.tell("start").startswith("ready")
    print(f"it is there again; {waiting:.0f} predictions waited", flush=True)
    time.sleep(seconds / 4)
    is_over.set()
    for caller in callers:
        caller.join()
    for _ in range(100):
        if not any(replica.metric("retain_log_queue_rows") for replica in replicas):
            break
        time.sleep(0.1)
    # In a second what waits is joined.
    time.sleep(2)
    failed = [problem for caller in callers for problem in caller.failed]
    predicted = [prediction for caller in callers for prediction in caller.predicted]
    told = {name for caller in callers for name in caller.told}
    kept = {name for (name,) in database.rows("SELECT id FROM prediction")}
    known = {name for (name,) in database.rows("SELECT id FROM labelled")}
    lost = [prediction for prediction in predicted if prediction[0] not in kept]
    dropped = sum(replica.metric("retain_log_dropped_total") for replica in replicas)
    looks = [json.loads(replica.ask("/drift"))["looks"] for replica in replicas]
    print(
        f"{len(predicted)} predictions and {len(told)} outcomes answered, {len(failed)} failed;"
        f" {sum(caller.waited for caller in callers)} outcomes came before their prediction,"
        f" {sum(caller.again for caller in callers)} were told again while the record was away"
    )
    first = min((moment for _, moment, _ in lost), default=when)
    print(
        f"{len(lost)} predictions lost, the first answered {when - first:.1f} s before the kill;"
        f" {dropped:.0f} dropped; looks {looks}"
    )
    assert not failed, failed[:5]
    assert predicted and waiting > 0 and dropped == 0
    assert len(kept) >= len(predicted) - len(lost)
    # What a killed service takes along is what it had answered last: but for requests at once, nothing later was written.
    assert all(replica == killed for _, _, replica in lost), f"{lost[0]} is lost, and {killed} was killed"
    later = [name for name, moment, replica in predicted if replica == killed and first < moment <= when and name in kept]
    assert len(later) <= CALLERS, f"{len(later)} predictions are there that were answered after one that is lost"
    missing = (told & kept) - known
    assert not missing, f"{len(missing)} outcomes are lost, one of {min(missing)}"
    assert abs(looks[0] - looks[1]) <= 1 and max(looks) > 1, "the services must know of the same looks"


main(os.path.abspath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60)
