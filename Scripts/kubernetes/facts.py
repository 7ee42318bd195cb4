"""What the program, the image and the documents say, to hold deploy/kubernetes against."""

import base64
import hashlib
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import yaml

from kubectl import kubectl, root

PAGE = root / "docs/how-to/kubernetes.md"


def read(name):
    return (root / name).read_text(encoding="utf-8")


class Facts:
    def __init__(self, program):
        dump = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True)
        self.verbs = {verb["commandName"]: verb for verb in json.loads(dump.stdout)["command"]["subcommands"]}
        self.version = re.search(r'static let current = "(.*)"', read("Sources/ChurnModel/RetainVersion.swift"))[1]
        self.drain = int(re.search(r"var drain = Duration\.seconds\((\d+)\)", read("Sources/Serving/ServiceLimits.swift"))[1])
        # Of the tables, whose first or second cell is the variable.
        self.variables = set(re.findall(r"^\|(?:[^|]*\|)? `([A-Z][A-Z_]+)` \|", read("docs/configuration.md"), re.MULTILINE))
        self.exit_codes = {int(code) for code in re.findall(r"^\| (\d+) \|", read("README.md"), re.MULTILINE)}
        routes = re.findall(r"^\| (`[^|]*`) \| (?:`(\w+)`)? ?\|", read("docs/http-api.md"), re.MULTILINE)
        # The scope that a GET of a path asks for; none where it is open.
        self.scopes = {path: scope for cell, scope in routes for path in re.findall(r"`(?:GET )?(/[^`]*)`", cell)}
        image = read("Dockerfile")
        self.user = int(re.search(r"^USER (\d+)", image, re.MULTILINE)[1])
        self.port = int(re.search(r"^EXPOSE (\d+)", image, re.MULTILINE)[1])
        self.workdir = re.findall(r"^WORKDIR (.*)$", image, re.MULTILINE)[-1]
        self.environment = dict(re.findall(r"^(?:ENV|   ) (\w+)=(\S+?)(?: \\)?$", image, re.MULTILINE))
        page = PAGE.read_text(encoding="utf-8")
        self.callers = dict(re.findall(r"^kubectl label namespace \S+ (\S+)=(\S+)$", page, re.MULTILINE))
        # All that the page writes as code may be one; names are asked for there.
        self.namespaces = {"kube-system", *re.findall(r"`([a-z][a-z-]*)`", page), *re.findall(r"value: ([a-z-]+)$", page, re.MULTILINE)}
        self.secrets, self.keys = documented_secrets(program)

    def scopes_of_key(self, key):
        """What a key may do by the lines of the key file: NAME SCOPES SHA256."""
        digest = hashlib.sha256(key.encode()).hexdigest()
        lines = [line.split() for text in self.secrets.get("retain-keys", {}).values() for line in text.splitlines()]
        return {scope for line in lines if digest in line for scope in line[1].split(",")}


def documented_secrets(program):
    """Runs those of the page's commands that make keys and Secrets, as they stand there; kubectl prints the objects instead
    of sending them. Gives each Secret's texts by name and key, and the keys by their callers' names.
    """
    blocks = re.findall(r"^```sh$(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if re.match(r"retain key |kubectl .*create secret ", line)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "retain").symlink_to(program)
        script = f'set -euo pipefail\nkubectl() {{ {kubectl()} "$@" --dry-run=client -o yaml; echo ---; }}\n' + "\n".join(wanted)
        environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
        done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"FAIL the commands of {PAGE.relative_to(root)} for keys and Secrets\n{done.stderr}")
        keys = {path.stem: path.read_text().strip() for path in Path(folder).glob("*.key")}
    secrets = {
        item["metadata"]["name"]: {key: base64.b64decode(text).decode() for key, text in item["data"].items()}
        for item in yaml.safe_load_all(done.stdout) if item
    }
    return secrets, keys
