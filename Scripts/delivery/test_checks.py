"""Checks the checks: what is wrong must be found, what is right must pass.

    test_checks.py
"""

from expressions import Scope, problems
from queries import alert_queries, dashboard_queries
from queries import problems as query_problems

jobs = {"train": {"outputs": {"promoted": "…"}}}
scope = Scope(jobs, {"needs": "train"}, {"runner": ["a"]})
scope.steps.add("gate")
RIGHT = [
    "github.sha", "always() && matrix.runner == 'load'", "hashFiles('Package.swift')", "vars.NAME || 'churn'",
    "needs.train.outputs.promoted == 'true'", "!cancelled() && (steps.gate.outcome != 'failure')",
    "contains(github.event.labels.*.name, 'it''s')",
]  # fmt: skip
WRONG = [
    "github.shaa", "matrix.machine", "steps.drift.outputs.drift", "needs.image.result", "needs.train.outputs.version",
    "secret.TOKEN", "hashFile('x')", "always(", "always())", "github.sha ==", "== github.sha", "github.sha 'x'",
    'github.ref == "x"', "steps.gate.output.x", "",
]  # fmt: skip
for expression in RIGHT:
    assert not list(problems(expression, scope)), (expression, list(problems(expression, scope)))
for expression in WRONG:
    assert list(problems(expression, scope)), f"{expression!r} is wrong and passes"

page = {"requests_total": {"route", "status"}, "seconds_bucket": {"route", "le"}, "seconds": set()}
RIGHT_QUERIES = [
    'sum by (route) (rate(requests_total{status=~"5..", status!="503"}[5m])) > 0.01',
    'histogram_quantile(0.99, sum by (le) (rate(seconds_bucket{route="/predict"}[$__rate_interval])))',
    'up{job="retain"} == 0 and seconds > 1e3',
]
WRONG_QUERIES = [
    "rate(request_total[5m])", 'requests_total{state="503"}', "sum by (risk) (requests_total)", "sum(secondss)",
    "quantil(0.9, seconds)",
]  # fmt: skip
for query in RIGHT_QUERIES:
    assert not list(query_problems(query, page)), (query, list(query_problems(query, page)))
for query in WRONG_QUERIES:
    assert list(query_problems(query, page)), f"{query!r} is wrong and passes"
assert len(list(dashboard_queries())) >= 10 and len(list(alert_queries())) >= 5
count = len(RIGHT) + len(WRONG) + len(RIGHT_QUERIES) + len(WRONG_QUERIES)
print(f"ok   the checks find what is wrong: {count} cases")
