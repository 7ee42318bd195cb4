"""Runs the commands of README.md and the how-tos as a reader would: the blocks marked `sh`, in order, each document in a
folder of its own, with the program on PATH and a network of its own where that can be had.

    commands.py PROGRAM [DOCUMENT...]

A block after `<!-- not run: WHY -->` is only read: the shell must understand it, its make targets must exist, and its
`retain` commands must have their options. `<!-- before: COMMAND -->` runs first and is not shown to readers.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

root = Path(__file__).parents[2]
DOCUMENTS = ["README.md", *sorted(str(path.relative_to(root)) for path in root.glob("docs/how-to/*.md"))]
FENCE = re.compile(r"^```(\w*)$")
NOT_RUN = re.compile(r"<!-- not run: (.+) -->")
BEFORE = re.compile(r"<!-- before: (.+) -->")
LONGEST = 600


def blocks(document):
    """Each block of a document: its line, language, text and why it is not run."""
    reason, language, start, lines = None, None, 0, []
    for number, line in enumerate((root / document).read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if language is not None:
            if fence:
                yield start, language, "\n".join(lines), reason
                language, reason = None, None
            else:
                lines.append(line)
        elif fence:
            language, start, lines = fence[1], number + 1, []
        elif before := BEFORE.fullmatch(line):
            yield number, "before", before[1], None
        elif marked := NOT_RUN.fullmatch(line):
            reason = marked[1]
        elif line.strip():
            reason = None


class Usage:
    """What the program's verbs take, as it says itself."""

    def __init__(self, program):
        dump = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True)
        self.root = json.loads(dump.stdout)["command"]

    def examples(self, command=None, path=()):
        """The examples in the help of each verb; None where it has none."""
        command = command or self.root
        subcommands = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
        for inner in subcommands:
            yield from self.examples(inner, (*path, inner["commandName"]))
        if not subcommands:
            lines = re.findall(r"^ {2}(.*\bretain .*)$", command.get("discussion", ""), re.MULTILINE)
            yield path, "\n".join(lines) if any(" ".join(("retain", *path)) in line for line in lines) else None

    def problem(self, words):
        """What is wrong with the words after `retain`."""
        command, rest = self.root, list(words)
        while rest and (found := next((c for c in command.get("subcommands", []) if c["commandName"] == rest[0]), None)):
            command = found
            rest.pop(0)
        if command is self.root and rest and not rest[0].startswith("-"):
            return f"there is no verb {rest[0]}" if rest[0] != "help" else None
        known = {"--help", "-h", "--version", "--generate-completion-script"}
        for argument in command.get("arguments", []):
            for name in argument.get("names", []):
                known.add(("-" if name["kind"] == "short" else "--") + name["name"])
        unknown = [word for word in rest if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known]
        return f"{command['commandName']} takes no {unknown[0]}" if unknown else None


def read(text, usage, targets):
    """What is wrong with a block that is not run."""
    checked = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True)
    if checked.returncode:
        yield checked.stderr.strip()
    for line in text.splitlines():
        line = line.split("  #")[0]
        for target in re.findall(r"(?:^|&& |; )make ([a-z-]+)", line):
            if target not in targets:
                yield f"the Makefile has no target {target}"
        for command in re.findall(r"(?:^|&& |; |\| )retain ([^|;&>]*)", line):
            words = re.sub(r'"[^"]*"|\'[^\']*\'', "text", command).split()
            if words and (problem := usage.problem(words)):
                yield problem


def alone():
    """The command that gives its child a loopback of its own, so that ports are free; none where that can't be."""
    command = ["unshare", "--net", "--", "bash", "-c", 'ip link set lo up && exec "$@"', "_"]
    if shutil.which("unshare") and shutil.which("ip"):
        if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return []


def run(document, parts, program, apart):
    """Runs a document's blocks in one shell, so that what one sets the next has."""
    script = ["set -euo pipefail"]
    for number, language, text, reason in parts:
        if language in ("sh", "before") and not reason:
            script += [f"echo '== {document}:{number}' >&2", text]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bin").mkdir()
        (Path(folder) / "bin/retain").symlink_to(program)
        work = Path(folder) / "work"
        work.mkdir()
        environment = {k: v for k, v in os.environ.items() if not re.match("MLFLOW_|DAGSHUB_|RETAIN_|MAKE", k)}
        environment |= {"PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": folder}
        with open(Path(folder) / "log", "w+") as log:
            shell = subprocess.Popen(
                [*apart, "bash", "-c", "\n".join(script)], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)  # fmt: skip
            try:
                status = shell.wait(LONGEST)
            except subprocess.TimeoutExpired:
                status = f"no end after {LONGEST} s"
            finally:
                # What a document leaves in the background.
                try:
                    os.killpg(shell.pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass
            if status:
                log.seek(0)
                print("\n".join(log.read().splitlines()[-30:]), file=sys.stderr)
                return f"{document}: the commands end with {status}"


def main():
    program = str(Path(sys.argv[1]).resolve())
    usage = Usage(program)
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(" ".join(re.findall(r"^([a-z][a-z -]*):(?!=)", makefile, re.MULTILINE)).split())
    apart, failures = alone(), []
    for verb, examples in usage.examples():
        found = ["its help shows no example"] if examples is None else read(examples, usage, targets)
        failures += [f"retain {' '.join(verb)}: {problem}" for problem in found]
    for document in sys.argv[2:] or DOCUMENTS:
        parts, start = list(blocks(document)), time.monotonic()
        for number, language, text, reason in parts:
            if language == "" and re.search(r"^(retain|make|docker|curl) ", text, re.MULTILINE):
                failures.append(f"{document}:{number}: commands in a block that is not marked `sh`")
            if language == "sh" and reason:
                failures += [f"{document}:{number}: {problem}" for problem in read(text, usage, targets)]
        commands = [part for part in parts if part[1] == "sh"]
        runnable = [part for part in commands if not part[3]]
        if runnable and (failure := run(document, parts, program, apart)):
            failures.append(failure)
        else:
            took = time.monotonic() - start
            print(f"ok   {document}: {len(runnable)} blocks run, {len(commands) - len(runnable)} read, {took:.0f} s")
    print("\n".join(failures), end="\n" if failures else "", file=sys.stderr)
    sys.exit(1 if failures else 0)


main()
