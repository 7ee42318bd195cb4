"""Holds requirements.txt and environment.yml against the lists that the proofs install: Scripts/interop/*.txt.

    check_environments.py [--write]    writes both instead

MLflow 2 stays out: it is there to prove that it still works, and can't share an environment with MLflow 3.
"""

import re
import sys
from pathlib import Path

import yaml

root = Path(__file__).parents[2]
LISTS = ["mlflow-3", "service"]
HEAD = "# The Python side: MLflow, Locust, and the clients of the proofs. Written by `make requirements` from\n"
HEAD += "# Scripts/interop/{}.\n".format(" and ".join(f"{name}.txt" for name in LISTS))


def joined():
    """All that the lists have, each once, by name."""
    found = {}
    for name in LISTS:
        for line in (root / f"Scripts/interop/{name}.txt").read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            package = re.match(r"[\w.-]+", line)[0].lower()
            if found.setdefault(package, line) != line:
                sys.exit(f"environments: the lists have both {found[package]} and {line}")
    return [found[package] for package in sorted(found)]


lines = joined()
requirements = HEAD + "\n".join(lines) + "\n"
environment = HEAD + yaml.safe_dump(
    {"name": "retain", "channels": ["conda-forge"], "dependencies": ["python=3.11", "pip", {"pip": lines}]},
    sort_keys=False,
)
findings = []
for name, text in (("requirements.txt", requirements), ("environment.yml", environment)):
    if "--write" in sys.argv:
        (root / name).write_text(text, encoding="utf-8")
    elif not (root / name).exists() or (root / name).read_text(encoding="utf-8") != text:
        findings.append(f"{name} is not what Scripts/interop installs; `make requirements` writes it")
print("\n".join(findings) or f"ok   requirements.txt and environment.yml: {len(lines)} packages, those of the proofs")
sys.exit(1 if findings else 0)
