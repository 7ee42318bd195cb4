"""read-metric.py FILE PATH METRIC: prints one metric of a JSON file that retain wrote.

PATH leads to the list of metrics by keys with dots, such as `test.metrics`; each element of the list
has a `name` and a `value`.
"""

import json
import sys

file, path, metric = sys.argv[1:]
with open(file, encoding="utf-8") as opened:
    node = json.load(opened)
for key in path.split("."):
    node = node[key]
values = [entry["value"] for entry in node if entry["name"] == metric]
if len(values) != 1:
    sys.exit(f"{file}: {path} has {len(values)} metrics called {metric}")
print(values[0])
