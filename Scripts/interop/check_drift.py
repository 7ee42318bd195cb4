"""Serves simulated traffic, shifts it, and sees what /drift, /metrics, the webhook and the audit say of it.

    check_drift.py PROGRAM FOLDER

Traffic like the training rows must change nothing; traffic with older customers (Age + 2.5) and larger balances (times
1.8) must be called drifted in exactly these columns within one window, and not twice.
"""

import base64
import csv
import hashlib
import hmac
import http.server
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time

import requests

from serving import Service

program, folder = sys.argv[1:]
KEY = b"0123456789abcdef0123456789abcdef"
WINDOW = 3000
events = []


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes webhooks at the second try, and checks each signature (https://www.standardwebhooks.com)."""

    tries = {}

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name, stamp = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        digest = hmac.digest(KEY, f"{name}.{stamp}.".encode() + body, hashlib.sha256)
        assert self.headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode(), "not signed"
        Receiver.tries[name] = Receiver.tries.get(name, 0) + 1
        if Receiver.tries[name] > 1:
            events.append(json.loads(body))
        self.send_response(200 if Receiver.tries[name] > 1 else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def run(*arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def customers(name, *shift):
    run("simulate", "--rows", str(2 * WINDOW), "--seed", "7", *shift, "-o", name)
    schema = json.load(open(f"{folder}/model/retain/schema.json"))
    features = {c["name"] for c in schema["columns"] if c["role"] == "feature"}
    with open(f"{folder}/{name}") as file:
        return [{k: v for k, v in row.items() if k in features} for row in csv.DictReader(file)]


def send(url, rows):
    """So that there are some looks on the way."""
    step = WINDOW // 4
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        answer = requests.post(f"{url}/predict", json=part)
        if answer.status_code == 422:
            # A shifted number can leave the schema's range; as a caller would, leave that customer out.
            wrong = {error["index"] for error in answer.json()["errors"]}
            assert len(wrong) < 5, wrong
            answer = requests.post(f"{url}/predict", json=[row for place, row in enumerate(part) if place not in wrong])
        assert answer.status_code == 200, answer.text
        time.sleep(1.3)


def drifted(url):
    answer = requests.get(f"{url}/drift").json()
    page = requests.get(f"{url}/metrics").text
    names = {column["column"] for column in answer["columns"] if column["drift"]}
    told = {line.split('"')[1] for line in page.splitlines() if line.startswith("retain_drift_verdict{") and line.endswith(" 1")}
    assert answer["drift"] == bool(names) and names == told, (names, told)
    return names


run("simulate", "--rows", "10000", "--seed", "42", "-o", "train.csv")
run("train", "train.csv", "--model", "seed", "--seed", "42", "--output", "model", "--no-tracking")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["RETAIN_WEBHOOK_SECRET"] = "whsec_" + base64.b64encode(KEY).decode()
options = ["--drift-every", "1", "--drift-window", str(WINDOW), "--webhook", f"http://127.0.0.1:{server.server_port}/"]
with Service(program, "model", folder, *options) as service:
    send(service.url, customers("same.csv"))
    assert drifted(service.url) == set() and not events, "unshifted traffic must change nothing"
    print(f"{2 * WINDOW} unshifted customers: no verdict changed")
    send(service.url, customers("shifted.csv", "--shift", "Age=+2.5", "--scale", "Balance=1.8")[: WINDOW + WINDOW // 4])
    found = drifted(service.url) - {"score"}
    assert found == {"Age", "Balance"}, found
    for _ in range(60):
        if len(events) >= len(drifted(service.url)):
            break
        time.sleep(0.2)
    told = [event["data"]["changed"]["column"] for event in events]
    assert sorted(told) == sorted(drifted(service.url)), "each change is told once"
    assert all(event["type"] == "drift.verdict.changed" and event["data"]["drift"] for event in events)
    print(f"shifted customers: {', '.join(sorted(told))} within one window; each told once, at the second try")
# Another process goes on where this one ended.
with Service(program, "model", folder, *options) as service:
    send(service.url, customers("more.csv", "--shift", "Age=+2.5", "--scale", "Balance=1.8")[:750])
    assert drifted(service.url) >= {"Age", "Balance"}, "what was known must be known after a restart"
    print("a new process knows what the last one knew")
database = sqlite3.connect(f"{folder}/retain.db")
audited = [json.loads(row[0])["changed"]["column"] for row in database.execute("SELECT detail FROM audit ORDER BY id")]
assert sorted(audited) == sorted(told), audited
