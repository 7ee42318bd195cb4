"""What the queries of the dashboard and of the alerts ask for, and whether a page of /metrics has it."""

import json
import re
from pathlib import Path

import yaml

deploy = Path(__file__).parents[2] / "deploy"
# Words of PromQL, which are no metrics: https://prometheus.io/docs/prometheus/latest/querying/operators.
WORDS = set(
    "sum min max avg count by without on ignoring group_left group_right and or unless bool offset rate irate increase"
    " histogram_quantile clamp_max clamp_min absent delta changes time vector scalar topk bottomk".split()
)
# What Prometheus adds to every target.
ADDED_METRICS = {"up": {"job", "instance"}}
ADDED_LABELS = {"job", "instance"}
SELECTOR = re.compile(r"(?<![\w:.])(?P<metric>[a-zA-Z_:][\w:]*)\s*(?:\{(?P<labels>[^}]*)\})?")
GROUPING = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")


def dashboard_queries():
    for path in sorted(deploy.glob("grafana/dashboards/*.json")):
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{path.name}: {panel['title']}", target["expr"]


def alert_queries():
    for path in sorted(deploy.glob("prometheus/alerts.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for rule in group["rules"]:
                yield f"{path.name}: {rule['alert']}", rule["expr"]


def families(page):
    """The names on a page of /metrics, each with the labels that its samples have."""
    found = {}
    for line in page.splitlines():
        if not line or line.startswith("#"):
            continue
        name, labels = re.match(r"([\w:]+)(?:\{(.*)\})?", line).groups()
        found.setdefault(name, set()).update(re.findall(r'(\w+)="', labels or ""))
    return found


def problems(query, page):
    """What a query asks for that the families of a page do not have."""
    known = {**page, **ADDED_METRICS}
    grouped = {label for labels in GROUPING.findall(query) for label in re.findall(r"\w+", labels)}
    # Selectors without strings, durations, groupings: what is left of names are words and metrics.
    bare = re.sub(r"\[[^]]*\]", " ", GROUPING.sub(" ", query))
    named = set()
    for selector in SELECTOR.finditer(bare):
        metric = selector["metric"]
        if metric in WORDS:
            continue
        if metric not in known:
            yield f"{metric} is no metric of the service"
            continue
        named |= known[metric]
        for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", selector["labels"] or ""):
            if label not in known[metric] | ADDED_LABELS:
                yield f"{metric} has no label {label}"
    for label in sorted(grouped - named - ADDED_LABELS):
        yield f"nothing in it has a label {label}"
