"""Holds commands and variables of pods against what the program takes."""

import re

from objects import pods

# Read by KServe, and by the library with which the program opens PostgreSQL.
KSERVE, LIBPQ = {"STORAGE_URI"}, {"PGPASSWORD"}


def problems(objects, facts):
    for pod in pods(objects):
        variables = pod.variables(objects, facts.secrets)
        for check in (command, names, settings):
            for problem in check(pod, variables, facts):
                yield f"{pod.where}: {problem}"


def command(pod, variables, facts):
    words = pod.container.get("args", [])
    if "command" in pod.container:
        yield "has a command in place of the image's, which is the program"
    for name in re.findall(r"\$\((\w+)\)", " ".join(words)):
        if name not in variables:
            yield f"$({name}) stands in its command and in none of its variables"
    verb = facts.verbs.get(words[0] if words else "")
    if not verb:
        yield f"the program has no verb {words[0] if words else ''}"
        return
    known = {
        ("-" if name["kind"] == "short" else "--") + name["name"]: argument
        for argument in verb["arguments"]
        for name in argument.get("names", [])
    }
    free, rest = [], list(words[1:])
    while rest:
        word, _, value = rest.pop(0).partition("=")
        if not word.startswith("-"):
            free.append(word)
        elif word not in known:
            yield f"{verb['commandName']} takes no {word}"
        elif known[word]["kind"] == "flag":
            if value:
                yield f"{verb['commandName']} {word} takes no value"
        elif not value and (not rest or rest.pop(0).startswith("-")):
            yield f"{verb['commandName']} {word} wants a value"
    places = [argument for argument in verb["arguments"] if argument["kind"] == "positional"]
    least = sum(not argument["isOptional"] for argument in places)
    if not least <= len(free) <= len(places):
        yield f"{verb['commandName']} takes {' '.join(place['valueName'] for place in places)}, not {' '.join(free)}"


def names(pod, variables, facts):
    known = facts.variables | (KSERVE if pod.kind == "InferenceService" else set())
    if isinstance(variables.get("RETAIN_DATABASE"), tuple):
        known = known | LIBPQ
    for name in sorted(set(variables) - known):
        yield f"docs/configuration.md knows no variable {name}"


def settings(pod, variables, facts):
    if variables.get("RETAIN_MODEL", "").startswith(("models:", "runs:")) and not variables.get("MLFLOW_TRACKING_URI"):
        yield "has its model of a registry, and MLFLOW_TRACKING_URI does not tell of which"
    if not pod.serves:
        return
    variables = facts.environment | variables
    if variables.get("RETAIN_HOST") not in (None, "127.0.0.1") and not (
        variables.get("RETAIN_KEYS") or variables.get("RETAIN_INSECURE") == "true"
    ):
        yield "listens on all addresses, and asks nobody for a key"
    if pod.kind == "InferenceService":
        if variables.get("RETAIN_NAME") != pod.name:
            yield f"RETAIN_NAME is {variables.get('RETAIN_NAME')}; callers of KServe ask for {pod.name}"
        if pod.container["name"] != "kserve-container":
            yield "KServe knows the container only by the name kserve-container"
        if ("STORAGE_URI" in variables) != (variables.get("RETAIN_MODEL") == "/mnt/models"):
            yield "KServe brings the folder of STORAGE_URI to /mnt/models, and RETAIN_MODEL must name that"
