"""Holds .github/workflows against what GitHub makes of them and against what this repository can prove: the schema of
workflows, expressions and what they refer to, versions of actions, and that each `run` is a make target that .ci/run
proves.

    check_workflows.py
"""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from expressions import Scope, problems

root = Path(__file__).parents[2]
files = sorted((root / ".github/workflows").glob("*.yml"))
makefile = (root / "Makefile").read_text(encoding="utf-8")
TARGETS = {
    target
    for line in re.findall(r"^([a-z][a-z -]*):(?!=)", makefile, re.MULTILINE)
    for target in line.split()
}
PROVEN = {
    target
    for line in re.findall(r"\bmake ([a-z][a-z -]*)", (root / ".ci/run").read_text(encoding="utf-8"))
    for target in line.split()
}
# `make pipeline` takes these steps.
STEPS = {target for target in TARGETS if target.startswith("step-")}
# What other steps stand on, and what the tests run: proven with them.
PROVEN |= {"setup", "build"} | (STEPS if "pipeline" in PROVEN else set()) | ({"checksums"} if "dist" in PROVEN else set())
findings = []


def texts(value, path=""):
    """All texts below a value, each with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, value


def matrix_of(job):
    """Each key of a job's matrix, with its values."""
    matrix = dict(job.get("strategy", {}).get("matrix", {}))
    values = {}
    for entry in matrix.pop("include", []):
        for key, value in entry.items():
            values.setdefault(key, []).append(value)
    return values | matrix


def check_run(line, job, say):
    command = line.strip()
    for found in re.findall(r"\$\{\{(.*?)\}\}", command):
        if not found.strip().startswith("matrix."):
            say(f"`{command}` has {found.strip()} in it, which others may write; hand it over by `env`")
    commands = [command]
    for key, values in matrix_of(job).items():
        name = "${{ matrix.%s }}" % key
        if name in command:
            commands = [text.replace(name, str(value)) for text in commands for value in values]
    for text in commands:
        target = re.fullmatch(r"make ([a-z-]+)( [A-Z_]+=[\w./-]+)*", text)
        if not target:
            say(f"`{text}` is no make target")
        elif target[1] not in TARGETS:
            say(f"the Makefile has no target {target[1]}")
        elif target[1] not in PROVEN:
            say(f".ci/run does not prove `make {target[1]}`")


def check_job(name, job, jobs, say):
    for other in [job.get("needs", [])] if isinstance(job.get("needs"), str) else job.get("needs", []):
        if other not in jobs:
            say(f"{name} needs {other}, which is no job")
    if "timeout-minutes" not in job:
        say(f"{name} has no timeout-minutes")
    scope = Scope(jobs, job, matrix_of(job))
    for step in job["steps"]:
        here = f"{name}, step {step.get('name') or step.get('run') or step.get('uses')}"
        tell = lambda text: say(f"{here}: {text}")
        if "run" in step:
            check_run(step["run"], job, tell)
        elif not re.fullmatch(r"[\w-]+/[\w./-]+@(release/)?v\d+", step.get("uses", "")):
            tell("neither a run nor an action with the tag or the branch of a major version")
        if "if" in step and "${{" not in str(step["if"]):
            for problem in problems(str(step["if"]), scope):
                tell(problem)
        check_texts(step, scope, tell)
        if "id" in step:
            scope.steps.add(step["id"])
    outer = {key: value for key, value in job.items() if key not in ("steps", "if")}
    check_texts(outer, scope, lambda text: say(f"{name}: {text}"))
    if "if" in job:
        for problem in problems(str(job["if"]), scope):
            say(f"{name}: {problem}")


def check_texts(value, scope, say):
    for path, text in texts(value):
        rest = re.sub(r"\$\{\{.*?\}\}", "", text, flags=re.DOTALL)
        if "${{" in rest:
            say(f"{path[1:]}: an expression that does not end")
        for expression in re.findall(r"\$\{\{(.*?)\}\}", text, re.DOTALL):
            for problem in problems(expression, scope):
                say(f"{path[1:]}: {problem}")


schema = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, files)]
checked = subprocess.run([Path(sys.executable).parent / schema[0], *schema[1:]], capture_output=True, text=True)
if checked.returncode:
    findings.append(checked.stdout + checked.stderr)
for file in files:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    say = lambda text: findings.append(f"{file.relative_to(root)}: {text}")
    if "permissions" not in workflow:
        say("no permissions: it would get all that the repository gives")
    for name, job in workflow["jobs"].items():
        check_job(name, job, workflow["jobs"], say)
    outer = {key: value for key, value in workflow.items() if key != "jobs"}
    check_texts(outer, Scope({}, {}, {}), say)
print("\n".join(findings) or f"ok   {len(files)} workflows: schema, expressions, actions; each run is proven by .ci/run")
sys.exit(1 if findings else 0)
