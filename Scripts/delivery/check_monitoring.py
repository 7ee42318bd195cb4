"""Asks a real service what its /metrics has, and holds each query of the dashboard and of the alerts against it. Where
Prometheus is installed, it scrapes that service by deploy/prometheus, and must answer each query.

    check_monitoring.py PROGRAM
"""

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from queries import alert_queries, dashboard_queries, deploy, families, problems

sys.path.insert(0, str(Path(__file__).parents[1] / "interop"))
from serving import Service

program = str(Path(sys.argv[1]).resolve())


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def post(url, value):
    request = urllib.request.Request(url, json.dumps(value).encode(), {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=10).read()
    except urllib.error.HTTPError as refusal:
        refusal.read()


def after_a_look(url):
    """The page of /metrics, once the service has looked at its traffic for drift."""
    for _ in range(100):
        page = get(f"{url}/metrics")
        if "retain_drift_verdict{" in page and "retain_performance_profit_change" in page:
            return page
        time.sleep(0.1)
    raise SystemExit("FAIL the service does not look at its traffic for drift")


def run(*arguments, folder):
    subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True)


def promtool(*arguments):
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"FAIL promtool {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    print(f"ok   promtool {arguments[0]} {arguments[1]}")


def check_in_prometheus(service, folder):
    promtool("check", "config", str(deploy / "prometheus/prometheus.yml"))
    promtool("test", "rules", str(deploy / "prometheus/alerts.test.yml"))
    settings = (deploy / "prometheus/prometheus.yml").read_text(encoding="utf-8")
    host = service.url.split("//")[1]
    settings, replaced = re.subn(r'targets: \["[^"]*"\]', f'targets: ["{host}"]', settings)
    assert replaced == 1, "prometheus.yml names one target"
    settings = settings.replace("5s", "1s").replace("alerts.yml", str(deploy / "prometheus/alerts.yml"))
    (folder / "prometheus.yml").write_text(settings, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with open(folder / "prometheus.log", "w") as log:
        prometheus = subprocess.Popen(
            ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
             f"--web.listen-address={address}", "--log.level=warn"], stderr=log)  # fmt: skip
    try:
        ask_prometheus(f"http://{address}/api/v1", service.url)
    except BaseException:
        print((folder / "prometheus.log").read_text(), file=sys.stderr)
        raise
    finally:
        prometheus.terminate()
        prometheus.wait()


def ask_prometheus(api, url):
    def ask(query):
        text = get(f"{api}/query?query={urllib.parse.quote(query)}")
        return json.loads(text)["data"]["result"]

    for attempt in range(100):
        try:
            if len(ask('up{job="retain"} == 1 and count_over_time(up[10s]) > 3')) == 1:
                break
        except OSError:
            pass
        time.sleep(0.3)
    else:
        raise SystemExit("FAIL Prometheus does not reach the service")
    queries = list(dashboard_queries())
    for place, query in queries:
        answer = ask(query.replace("$__rate_interval", "10s"))
        assert answer, f"{place}: Prometheus has no answer to {query}"
    rules = [rule for group in json.loads(get(f"{api}/rules"))["data"]["groups"] for rule in group["rules"]]
    assert len(rules) == len(list(alert_queries()))
    for rule in rules:
        assert rule["health"] == "ok", rule
    print(f"ok   Prometheus answers {len(queries)} queries and evaluates {len(rules)} alerts")


def main(folder):
    run("simulate", "--rows", "2000", "--seed", "42", "-o", "customers.csv", folder=folder)
    run("train", "customers.csv", "--model", "seed", "--output", "model", "--no-tracking", folder=folder)
    with Service(program, "model", str(folder), "--drift-every", "1") as service:
        customers = list(csv.DictReader(open(folder / "customers.csv")))[:200]
        for _ in range(3):
            post(f"{service.url}/predict", customers)
        post(f"{service.url}/predict", {"nothing": 1})
        page = families(after_a_look(service.url))
        queries = [*dashboard_queries(), *alert_queries()]
        findings = [f"{place}: {problem}" for place, query in queries for problem in problems(query, page)]
        if findings:
            raise SystemExit("\n".join(findings))
        print(f"ok   {len(queries)} queries name {len(page)} metrics of the service")
        if shutil.which("prometheus"):
            check_in_prometheus(service, folder)
        else:
            print("SKIPPED: the queries in Prometheus; it is not installed")


with tempfile.TemporaryDirectory() as folder:
    main(Path(folder))
