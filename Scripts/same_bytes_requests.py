"""What prove-same-bytes.sh asks a service, and how it reads the answers.

    same_bytes_requests.py split DATA.csv FOLDER     writes learning.csv, later.csv and odd.csv
    same_bytes_requests.py ask URL MODEL LATER.csv   prints what the service answers to requests of every form
    same_bytes_requests.py record RETAIN.db          prints what the service kept
"""

import csv
import json
import re
import sqlite3
import struct
import sys
import urllib.error
import urllib.request
from pathlib import Path

# Names of predictions and the service's own times differ from run to run.
NAMES = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        dialect = csv.Sniffer().sniff(file.readline(), ",;\t")
        file.seek(0)
        return list(csv.DictReader(file, dialect=dialect))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def split(data, folder):
    rows = read(data)
    later = [row for place, row in enumerate(rows) if place % 3 == 2]
    write(Path(folder, "learning.csv"), [row for place, row in enumerate(rows) if place % 3 != 2])
    write(Path(folder, "later.csv"), later)
    # Empty fields, unlisted levels and numbers out of their range, a column after the other.
    names = list(rows[0])
    odd = [dict(row) for row in later]
    for place, row in enumerate(odd):
        name = names[place // 5 % len(names)]
        if place % 5 < 3:
            row[name] = ["", "elsewhere", "1e9"][place % 5]
    write(Path(folder, "odd.csv"), odd)


def is_number(text):
    try:
        return text.strip() != "" and float(text) == float(text)
    except ValueError:
        return False


class Service:
    def __init__(self, url):
        self.url = url

    def ask(self, name, path, body=None, kind="application/json", headers=None):
        """Prints the answer; returns it."""
        request = urllib.request.Request(self.url + path, body, {"Content-Type": kind, **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=600) as response:
                status, answer = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, answer = error.code, error.read()
        print(name, status, NAMES.sub(b"ID", answer).decode())
        return answer

    def post(self, name, path, value):
        return self.ask(name, path, json.dumps(value).encode())


def ask(url, model, later):
    service = Service(url)
    schema = json.loads(Path(model, "retain", "schema.json").read_text())
    features = [column for column in schema["columns"] if column["role"] == "feature"]
    target = next(column for column in schema["columns"] if column["role"] == "target")
    rows = read(later)
    identifier = schema.get("identifier")

    def value(row, column):
        text = row[column["name"]]
        return float(text) if column["type"]["kind"] == "number" and is_number(text) else text

    def customer(row):
        return {column["name"]: value(row, column) for column in features}

    def listed(column):
        kind = column["type"]
        return kind.get("levels") or ([kind["no"], kind["yes"]] if "no" in kind else [])

    for path in ["/openapi.json", "/v2/models/churn"]:
        service.ask(f"GET {path}", path)
    for number, row in enumerate(rows[:100]):
        service.post(f"customer {number}", "/predict", customer(row))
        service.post(f"backwards {number}", "/predict", dict(reversed(customer(row).items())))
    texts = [{column["name"]: row[column["name"]] for column in features} for row in rows[100:200]]
    service.post("texts", "/predict", texts)
    whole = customer(rows[0])
    for column in features:
        name = column["name"]
        for odd in [None, "", "elsewhere", -1e12, 1e12, True, False, [1], {"a": 1}]:
            service.post(f"{name}={odd!r}", "/predict", whole | {name: odd})
        service.post(f"without {name}", "/predict", {key: one for key, one in whole.items() if key != name})
        for level in listed(column):
            rest = {key: one for key, one in whole.items() if key != name}
            encoded = {f"{name}_{other}": int(other == level) for other in listed(column)}
            service.post(f"{name}_{level}", "/predict", rest | encoded)
            service.post(f"{name}={level!r}", "/predict", whole | {name: level})
            first = f"{name}_{listed(column)[0]}"
            encoded.pop(first)
            service.post(f"{name}_{level} without base", "/predict", rest | encoded)
    names = [column["name"] for column in features]
    lists = [[customer(row)[name] for name in names] for row in rows[:50]]
    service.post("split", "/invocations", {"dataframe_split": {"columns": names, "data": lists}})
    service.post("inputs", "/invocations", {"inputs": {name: [one[place] for one in lists] for place, name in enumerate(names)}})
    tensors, tail = [], b""
    for place, column in enumerate(features):
        values = [one[place] for one in lists]
        tensor = {"name": column["name"], "shape": [len(values)]}
        if all(isinstance(one, float) for one in values):
            binary, tensor["datatype"] = struct.pack(f"<{len(values)}d", *values), "FP64"
        else:
            encoded = [str(one).encode() for one in values]
            binary, tensor["datatype"] = b"".join(struct.pack("<I", len(one)) + one for one in encoded), "BYTES"
        service.post(
            f"tensor {column['name']}", "/v2/models/churn/infer",
            {"inputs": [{**tensor, "data": [str(one) if tensor["datatype"] == "BYTES" else one for one in values]}]},
        )
        tensors.append({**tensor, "parameters": {"binary_data_size": len(binary)}})
        tail += binary
    head = json.dumps({"inputs": tensors}).encode()
    service.ask(
        "tensors", "/v2/models/churn/infer", head + tail, "application/octet-stream",
        {"Inference-Header-Content-Length": str(len(head))},
    )
    # Everybody with a name of their own, so that outcomes find the prediction.
    for place, row in enumerate(rows):
        if identifier:
            row[identifier] = f"c{place}"
    everybody = [customer(row) | ({identifier: row[identifier]} if identifier else {}) for row in rows]
    answer = json.loads(service.post("everybody", "/predict", everybody))
    predictions = answer.get("predictions", [])
    outcomes = [
        {
            "prediction_id": prediction["prediction_id"],
            "left": row[target["name"]] == schema["target"]["positive"],
            "treated": place % 4 == 0,
        }
        for place, (prediction, row) in enumerate(zip(predictions, rows))
    ]
    service.post("outcomes", "/outcomes", outcomes)


def record(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for row in database.execute("SELECT customer, probability, features FROM prediction ORDER BY id"):
        print(*row)
    print(*database.execute('SELECT count(*), sum("left"), sum(treated) FROM outcome').fetchone())


{"split": split, "ask": ask, "record": record}[sys.argv[1]](*sys.argv[2:])
