"""Asks the service in a container, as prove.sh has started it.

    ask.py answers URL KEY FOLDER          it is ready soon, wants the key, and gives the bits of `retain score`
    ask.py drains URL KEY FOLDER FILE      it answers a request that it has only begun to read when it is told to stop;
                                           FILE is made when half of the request is there

FOLDER has customers.csv and scores.csv; STARTED in the environment says when the service was started.
"""

import csv
import http.client
import json
import os
import socket
import struct
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

verb, url, key, folder = sys.argv[1:5]
place = urlsplit(url)
rows = list(csv.DictReader(open(f"{folder}/customers.csv")))[:50]
scores = list(csv.DictReader(open(f"{folder}/scores.csv")))[:50]
headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}


def ask(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=5)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def float32(value):
    return struct.pack("f", float(value))


def is_ready():
    try:
        return ask("GET", "/ready")[0] == 200
    except OSError:
        return False


def answers():
    started = float(os.environ["STARTED"])
    while not is_ready():
        assert time.time() - started < 30, "it is not ready after 30 s"
        time.sleep(0.01)
    took = time.time() - started
    print(f"{'ok  ' if took <= 1 else 'SLOW'} ready {took:.2f} s after its start")
    body = json.dumps(rows)
    assert ask("POST", "/predict", body)[0] == 401, "it answers without a key"
    status, text = ask("POST", "/predict", body, headers)
    assert status == 200, (status, text)
    got = [float32(prediction["churn_probability"]) for prediction in json.loads(text)["predictions"]]
    assert got == [float32(row["churn_probability"]) for row in scores], "other numbers than retain score's"
    print(f"ok   /predict: {len(got)} customers, the bits of retain score")


def drains(file):
    body = json.dumps(rows[0]).encode()
    head = f"POST /predict HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {key}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(head.encode() + body[: len(body) // 2])
        Path(file).touch()
        time.sleep(1)
        connection.sendall(body[len(body) // 2 :])
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200"), answer
    assert float32(json.loads(answer.split(b"\r\n\r\n", 1)[1])["churn_probability"]) == float32(scores[0]["churn_probability"])
    print("ok   a request half read at SIGTERM is answered")


answers() if verb == "answers" else drains(sys.argv[5])
