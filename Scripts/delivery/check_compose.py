"""Holds compose.yaml against what lies in the repository: every file that is mounted or built from is there, every
image has a version, every service says whether it is well, and no password stands in the file except for loopback.

    check_compose.py
"""

import re
import sys
from pathlib import Path

import yaml

root = Path(__file__).parents[2]
SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|_KEY$")
findings = []


def complain(service, text):
    findings.append(f"compose.yaml: {service}: {text}")


def check_mounts(name, service, volumes):
    for mount in service.get("volumes", []):
        source, target = mount.split(":")[:2]
        if not source.startswith("."):
            if source not in volumes:
                complain(name, f"there is no volume {source}")
        elif source == "./model":
            continue  # What `retain train --output model` writes.
        elif not (root / source).exists():
            complain(name, f"{source} is mounted at {target} and is not there")


def check_service(name, service, compose):
    check_mounts(name, service, compose["volumes"])
    if "build" in service:
        if not (root / service["build"] / "Dockerfile").exists():
            complain(name, f"{service['build']} has no Dockerfile")
    elif not re.search(r":v?\d+\.\d+", service["image"]):
        complain(name, f"the image {service['image']} has no version")
    # The image of the service brings its own check.
    if name != "retain" and "healthcheck" not in service:
        complain(name, "nothing tells whether it is well")
    for other, wanted in service.get("depends_on", {}).items():
        if other not in compose["services"] or wanted != {"condition": "service_healthy"}:
            complain(name, f"waits for {other}, and not until it is well")
    for port in service.get("ports", []):
        if not port.startswith("127.0.0.1:"):
            complain(name, f"the port {port} is open to other machines")
    for key, value in service.get("environment", {}).items():
        if not isinstance(value, str):
            complain(name, f"{key} must be a text")
        elif SECRET.search(key) and not re.fullmatch(r"\$\{\w+:-local-only\}", value):
            complain(name, f"{key} must come from the environment, local-only without it")


compose = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
for name, service in compose["services"].items():
    check_service(name, service, compose)
used = {m.split(":")[0] for s in compose["services"].values() for m in s.get("volumes", [])}
for volume in compose["volumes"]:
    if volume not in used:
        complain(volume, "nobody uses this volume")
print("\n".join(findings) or f"ok   compose.yaml: {len(compose['services'])} services")
sys.exit(1 if findings else 0)
