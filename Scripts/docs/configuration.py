"""Writes docs/configuration.md from the program and its sources, or says where it is not what it would be.

    configuration.py PROGRAM [--write]
"""

import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(__file__).parents[2]
page = root / "docs/configuration.md"
program = str(Path(sys.argv[1]).resolve())
# What the variables mean; which there are, the sources say.
MEANINGS = {
    "MLFLOW_TRACKING_URI": "where runs are kept: `http(s)://…`, or `sqlite:///file.db`; else `mlflow.db` of the folder",
    "MLFLOW_TRACKING_USERNAME": "who asks; name and password go before a token",
    "MLFLOW_TRACKING_PASSWORD": "the password",
    "MLFLOW_TRACKING_TOKEN": "a token instead of both",
    "MLFLOW_EXPERIMENT_NAME": "where runs are gathered; else `Default`",
    "MLFLOW_EXPERIMENT_ID": "the same by its number",
    "MLFLOW_TRACKING_INSECURE_TLS": "`true` believes any certificate",
    "MLFLOW_TRACKING_SERVER_CERT_PATH": "certificates to believe (PEM)",
    "MLFLOW_TRACKING_CLIENT_CERT_PATH": "own certificate and key (PEM)",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "how often a request is tried again",
    "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "how fast the pause between tries grows",
    "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER": "how much of chance is in that pause, in seconds",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "seconds to wait for an answer",
    "DAGSHUB_USER_TOKEN": "a token for addresses of DagsHub, where nothing else is said",
    "DAGSHUB_USERNAME": "whose token it is",
    "DAGSHUB_CLIENT_HOST": "DagsHub's address, for an own installation",
}
# Settings that are no options, since everybody on a machine sees those.
SECRETS = {"webhookSecret": "Signs what is sent to the webhook (whsec_…)"}
HEAD = """# Configuration

Written by `make reference` from the program itself; `make check-docs` fails where it is not current.

"""
SERVICE = """## The service

`retain serve` takes each setting as an option, as a variable of the environment, or from a YAML file (`--config FILE`
or `RETAIN_CONFIG`); the first that has it counts, in this order. A name in the file that is no setting is an error.

| option | variable | in the file | what |
|---|---|---|---|
"""
FILE = """
As a file:

```yaml
host: 0.0.0.0
keys: keys.txt
maxBody: 1000000
logFormat: json
```

"""
TRACKING = """## Runs and registered models

Every command that reads or writes them takes `--tracking-uri`, and MLflow's variables; [tracking](tracking.md) tells
how they are used. Empty ones count as absent. Name and password may also stand in `~/.mlflow/credentials`.

| variable | what |
|---|---|
"""
SCHEMA = """
## retain.yaml

What `retain init` writes for the simulated bank; what stands behind `#` are a model's defaults. Unknown keys are errors.

```yaml
"""


def settings():
    """The names that a file of settings may have, as the program checks them."""
    source = (root / "Sources/retain/Serving/ServeSettings.swift").read_text(encoding="utf-8")
    return re.findall(r'"(\w+)"', re.search(r"static let names = \[(.*?)\]", source, re.DOTALL)[1])


def options():
    """What `serve` takes, by the name of the setting."""
    dump = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True)
    commands = json.loads(dump.stdout)["command"]["subcommands"]
    serve = next(command for command in commands if command["commandName"] == "serve")
    for argument in serve["arguments"]:
        name = argument["valueName"] if argument["kind"] == "positional" else argument["names"][0]["name"]
        shown = f"`{name.upper()}`" if argument["kind"] == "positional" else f"`--{name}`"
        yield re.sub(r"-(\w)", lambda found: found[1].upper(), name), shown, argument.get("abstract", "")


def service():
    known = settings()
    found = {name: (shown, about) for name, shown, about in options()}
    for name in known:
        shown, about = found[name] if name in found else ("", SECRETS[name])
        variable = "RETAIN_" + re.sub(r"([A-Z])", r"_\1", name).upper()
        about = about.rstrip(".").replace("|", r"\|")
        yield f"| {shown} | `{variable}` | `{name}` | {about} |\n"


def tracking():
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("Sources/**/*.swift")))
    read = set(re.findall(r'"((?:MLFLOW|DAGSHUB)_[A-Z_]+)"', sources))
    if read != set(MEANINGS):
        sys.exit(f"configuration: say in {Path(__file__).name} what {sorted(read ^ set(MEANINGS))} mean")
    return (f"| `{name}` | {about} |\n" for name, about in MEANINGS.items())


def schema():
    with tempfile.TemporaryDirectory() as folder:
        for command in (["simulate", "--rows", "10000", "--seed", "42", "--complain", "-o", "customers.csv"],
                        ["init", "customers.csv", "-o", "retain.yaml"]):  # fmt: skip
            subprocess.run([program, *command], cwd=folder, check=True, capture_output=True)
        return (Path(folder) / "retain.yaml").read_text(encoding="utf-8").rstrip() + "\n```\n"


text = HEAD + SERVICE + "".join(service()) + FILE + TRACKING + "".join(tracking()) + SCHEMA + schema()
if "--write" in sys.argv:
    page.write_text(text, encoding="utf-8")
    sys.exit()
current = page.read_text(encoding="utf-8") if page.exists() else ""
if current != text:
    sys.stdout.writelines(difflib.unified_diff(current.splitlines(True), text.splitlines(True), "there", "current"))
    sys.exit("FAIL docs/configuration.md is not current; `make reference` writes it")
print("ok   docs/configuration.md is current")
