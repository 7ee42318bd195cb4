"""Asks a real service with the clients of other servers, and holds all answers against `retain score`, bit by bit.

    check_service.py PROGRAM MODEL DATA.csv FOLDER
"""

import csv
import gzip
import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pandas
import requests
import tritonclient.http as triton
from prometheus_client.parser import text_string_to_metric_families

from serving import Service

program, model, data, folder = sys.argv[1:]
COUNT = 200


def rows():
    """The first customers: raw texts, and with numbers as numbers."""
    schema = json.load(open(f"{model}/retain/schema.json"))
    features = [column for column in schema["columns"] if column["role"] == "feature"]
    numbers = {c["name"] for c in features if c["type"]["kind"] in ("number", "boolean")}
    names = [column["name"] for column in features]
    with open(data) as file:
        for _, row in zip(range(COUNT), csv.DictReader(file)):
            yield {name: float(row[name]) if name in numbers else row[name] for name in names}


def scored():
    with open(f"{folder}/scores.csv") as file:
        return [np.float32(row["churn_probability"]) for _, row in zip(range(COUNT), csv.DictReader(file))]


def same(name, got, expected):
    got = [np.float32(value) for value in got]
    assert got == expected, f"{name}: {[p for p in zip(got, expected) if p[0] != p[1]][:3]}"
    print(f"{name}: {len(got)} customers, the same bits as retain score")


def predict(url, customers, expected):
    single = [requests.post(f"{url}/predict", json=customer).json() for customer in customers]
    same("/predict, one by one", [answer["churn_probability"] for answer in single], expected)
    many = requests.post(f"{url}/predict", json=customers).json()["predictions"]
    same("/predict, an array", [answer["churn_probability"] for answer in many], expected)


def packed(url, customers, expected):
    body = json.dumps(customers).encode()
    for encoding, pack in (("gzip", gzip.compress), ("deflate", zlib.compress)):
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        answer = requests.post(f"{url}/predict", data=pack(body), headers=headers)
        same(f"/predict, {encoding}", [p["churn_probability"] for p in answer.json()["predictions"]], expected)
    refused = requests.post(f"{url}/predict", data=body, headers={"Content-Encoding": "br"})
    assert refused.status_code == 415 and "br" in refused.json()["detail"], refused.text


NODE = """
const customers = JSON.parse(require("fs").readFileSync(process.argv[2]));
(async () => {
    for (const customer of customers) {
        const answer = await fetch(process.argv[1],
            { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(customer) });
        console.log((await answer.json()).churn_probability);
    }
})();
"""
JAVA = r"""
import java.net.URI; import java.net.http.*; import java.nio.file.*;
public class Ask { public static void main(String[] a) throws Exception {
    var client = HttpClient.newHttpClient();
    for (String line : Files.readAllLines(Path.of(a[1]))) {
        if (line.length() < 2) continue;
        var body = HttpRequest.BodyPublishers.ofString(line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
        var request = HttpRequest.newBuilder(URI.create(a[0])).header("Content-Type", "application/json").POST(body).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        System.out.println(answer.split("churn_probability\":")[1].split(",")[0]);
    }
} }
"""


def elsewhere(url, customers, expected):
    """Clients of other languages, where they are here, one request after the other over one connection."""
    file, source = Path(folder) / "lines.json", Path(folder) / "Ask.java"
    file.write_text("[\n" + ",\n".join(map(json.dumps, customers)) + "\n]\n")
    source.write_text(JAVA)
    for name, command in (("Node's fetch", ["node", "-e", NODE]), ("Java's HttpClient", ["java", str(source)])):
        if not shutil.which(command[0]):
            print(f"/predict by {name}: {command[0]} is not here")
            continue
        command += [f"{url}/predict", str(file)]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=120).stdout
        same(f"/predict by {name}", text.split(), expected)


def encoded(url, customers, expected):
    """As the Python project asked: one flat object, levels encoded, of the card types without the first."""
    frame = pandas.get_dummies(pandas.DataFrame(customers), dtype=int)
    dropped = [name for name in frame.columns if name in ("Card Type_DIAMOND", "Geography_France")]
    frame = frame.drop(columns=dropped).rename(columns=lambda name: name.replace(" ", "_"))
    answers = [requests.post(f"{url}/predict", json=row).json() for row in frame.to_dict("records")]
    same(f"/predict, {len(frame.columns)} encoded fields", [a["churn_probability"] for a in answers], expected)


def mlflow(url, customers, expected):
    frame = pandas.DataFrame(customers)
    split = json.loads(frame.to_json(orient="split"))
    bodies = {
        "dataframe_split": {"dataframe_split": split},
        "dataframe_records": {"dataframe_records": customers},
        "instances": {"instances": customers},
        "inputs": {"inputs": {name: list(frame[name]) for name in frame}},
    }
    for name, body in bodies.items():
        answer = requests.post(f"{url}/invocations", json=body).json()
        same(f"/invocations, {name}", [p["churn_probability"] for p in answer["predictions"]], expected)
    answer = requests.post(
        f"{url}/invocations", data=frame.to_csv(index=False), headers={"Content-Type": "text/csv"}
    ).json()
    same("/invocations, text/csv", [p["churn_probability"] for p in answer["predictions"]], expected)
    assert requests.get(f"{url}/ping").status_code == 200
    assert requests.post(f"{url}/invocations", json={"rows": []}).status_code == 400
    assert requests.post(f"{url}/invocations", data="x", headers={"Content-Type": "text/plain"}).status_code == 415


def tensors(url, customers, expected):
    client = triton.InferenceServerClient(url.removeprefix("http://"))
    name = requests.get(f"{url}/version").json()["model"]
    assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(name)
    assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
    for binary in (True, False):
        inputs = []
        for column in client.get_model_metadata(name)["inputs"]:
            values = [customer[column["name"]] for customer in customers]
            if column["datatype"] == "BYTES":
                texts = [f"{v:g}" if isinstance(v, float) else v for v in values]
                array = np.array([text.encode() for text in texts], dtype=np.object_)
            else:
                array = np.array(values, dtype=np.float64)
            tensor = triton.InferInput(column["name"], [len(values)], column["datatype"])
            tensor.set_data_from_numpy(array, binary_data=binary)
            inputs.append(tensor)
        answer = client.infer(name, inputs, request_id="q7")
        assert answer.get_response()["id"] == "q7"
        form = "binary" if binary else "JSON"
        same(f"/v2 by tritonclient, {form} tensors", answer.as_numpy("churn_probability"), expected)
        for coding in ("gzip", "deflate"):
            answer = client.infer(name, inputs, request_compression_algorithm=coding)
            same(f"/v2 by tritonclient, {form} tensors, {coding}", answer.as_numpy("churn_probability"), expected)
    try:
        client.infer("other", inputs)
        raise SystemExit("another model must not answer")
    except triton.InferenceServerException as error:
        assert "no such model" in str(error), error
    client.close()


def metrics(url):
    text = requests.get(f"{url}/metrics").text
    families = list(text_string_to_metric_families(text))
    assert len(families) > 10
    for family in families:
        assert family.documentation and family.type in ("counter", "gauge", "histogram"), family
        assert f"# HELP {family.name}" in text, family.name
        if family.type == "counter":
            assert all(sample.name.endswith("_total") for sample in family.samples), family.name
        if family.type == "histogram":
            series = {}
            for sample in family.samples:
                if sample.name.endswith("_bucket"):
                    key = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
                    series.setdefault(key, []).append(sample.value)
            assert series and all(values == sorted(values) for values in series.values()), family.name
    print(f"/metrics by prometheus-client: {len(families)} families")


with Service(program, model, folder) as service:
    customers, expected = list(rows()), scored()
    predict(service.url, customers, expected)
    packed(service.url, customers, expected)
    elsewhere(service.url, customers, expected)
    encoded(service.url, customers, expected)
    mlflow(service.url, customers, expected)
    tensors(service.url, customers, expected)
    metrics(service.url)
