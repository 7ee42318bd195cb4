"""Measures Retain as design.md asks, beside its Python peers where they are installed, and writes the
tables of docs/performance.md anew.

Everything is timed in one session: a peer's run stands between two runs of Retain's, so that whatever
else the machine does at that time slows both. A ratio is a median over a median.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
LONG_ROWS = 1_000_000


class Spread:
    """Runs of one measurement."""

    def __init__(self, values):
        self.values = sorted(values)
        self.median = statistics.median(values)

    def text(self, digits=3):
        low, high = self.values[0], self.values[-1]
        return f"{number(self.median, digits)} ({number(low, digits)} to {number(high, digits)})"


def number(value, digits=3):
    """`digits` significant digits, thousands apart by commas, no exponent."""
    if value >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def say(text):
    print(text, file=sys.stderr, flush=True)


def ended(command):
    """Runs a process to its end: (seconds, what it used)."""
    # Scoring ends with a flush to disk, which must not pay for what others have yet to write.
    os.sync()
    # A forked child counts this process's few megabytes as its own peak until it executes.
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}: {message}")
    return seconds, usage


def timed(command):
    """Of a process that is run to its end: (seconds, peak resident bytes)."""
    seconds, usage = ended(command)
    return seconds, usage.ru_maxrss * 1024


def processor_seconds(command):
    """Of a process that is run to its end, on all cores together."""
    usage = ended(command)[1]
    return usage.ru_utime + usage.ru_stime


def simulated(retain, folder, rows):
    """Simulated customers, and a model that `seed` learned from them: (file, model folder)."""
    path, model = f"{folder}/customers.csv", f"{folder}/model"
    for arguments in (["simulate", "--rows", str(rows), "--seed", "5", "-o", path],
                      ["train", path, "--model", "seed", "--no-tracking", "--output", model]):
        subprocess.run([retain, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path, model


def beside_first(found):
    """Rows of a table from pairs of title and seconds: title, seconds, and how many times the first one's they are."""
    spreads = [(title, Spread(seconds)) for title, seconds in found]
    base = spreads[0][1].median
    return [[title, spread.text() + " s", f"{spread.median / base:.2f} ×"] for title, spread in spreads]


class Bench:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.data = options.data

    def measure(self, *parts, runs):
        command = [self.options.measure, *parts, "--folder", self.folder, "--json"]
        command += ["--runs", str(runs), "--rows", str(LONG_ROWS)]
        command += ["--data", self.data] if self.data else []
        run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        return {found["name"]: found for found in json.loads(run.stdout)}

    def simulated(self, rows):
        """A CSV file with the column that the peers expect to drop."""
        path = f"{self.folder}/simulated-{rows}.csv"
        if not os.path.exists(path):
            command = [self.options.retain, "simulate", "--rows", str(rows), "--seed", "1"]
            subprocess.run([*command, "--complain", "-o", path], check=True)
        return path

    def score(self, rows):
        """Scores a file as a whole process, from start to exit: (seconds, peak bytes)."""
        output = f"{self.folder}/retain-scores.csv"
        model = f"{self.folder}/model"
        return timed([self.options.retain, "score", model, self.simulated(rows), "-o", output])

    def fit(self):
        return self.measure("training", runs=3)["training.fit"]["median"]

    def compare(self):
        return self.measure("drift", runs=3)["drift.kolmogorov"]["median"]

    def training_file(self):
        return self.data or f"{self.folder}/customers.csv"

    def peer(self, script, *arguments):
        """Runs a peer's script: what it says of itself."""
        environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", PYTHONDONTWRITEBYTECODE="1")
        run = subprocess.run(
            [self.options.peers, f"{self.options.peer_scripts}/{script}", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)
        if run.returncode != 0:
            sys.exit(f"{script} {' '.join(arguments)} failed: {run.stderr[-2000:]}")
        return json.loads(run.stdout.strip().splitlines()[-1])

    def against(self, ours, peer):
        """Alternates: ours, peer, ours, peer, ..., ours."""
        mine, theirs = [ours()], []
        for _ in range(self.options.peer_runs):
            theirs.append(peer()["seconds"])
            mine.append(ours())
        return Spread(mine), Spread(theirs)


def ratios(bench):
    """Rows of design.md's table, against each peer."""
    training, long_file = bench.training_file(), bench.simulated(LONG_ROWS)
    output = f"{bench.folder}/peer-scores.csv"
    contests = [
        ("seed's training", "Keras fit", 300, bench.fit,
         lambda: bench.peer("train.py", training, "keras")),
        ("", "scikit-learn MLPClassifier fit", 50, bench.fit,
         lambda: bench.peer("train.py", training, "sklearn")),
        ("score 1,000,000 rows CSV → CSV", "polars + numpy", 6, lambda: bench.score(LONG_ROWS)[0],
         lambda: bench.peer("score.py", training, long_file, output, "polars-numpy")),
        ("", "pandas + Keras", 20, lambda: bench.score(LONG_ROWS)[0],
         lambda: bench.peer("score.py", training, long_file, output, "pandas-keras")),
        ("Kolmogorov-Smirnov, two samples of 1,000,000, 10 columns", "scipy", 25, bench.compare,
         lambda: bench.peer("drift.py", str(LONG_ROWS))),
    ]
    rows = []
    for work, name, least, ours, peer in contests:
        say(f"against {name} ...")
        mine, theirs = bench.against(ours, peer)
        ratio = theirs.median / mine.median
        verdict = "met" if ratio >= least else f"**missed**: {ratio / least:.0%} of it"
        rows.append([work, name, theirs.text() + " s", mine.text() + " s",
                     f"{number(ratio)} ×", f"{least} ×", verdict])
    return rows


def memory(bench):
    rows = []
    for count in (LONG_ROWS, 5 * LONG_ROWS):
        say(f"scoring {count:,} rows ...")
        runs = [bench.score(count) for _ in range(3)]
        seconds, peaks = (Spread(values) for values in zip(*runs))
        highest = peaks.values[-1] / 1e6
        rows.append([f"{count:,} rows", seconds.text() + " s", f"{count / seconds.median:,.0f}",
                     f"{highest:.0f} MB", "met" if highest < 100 else "**missed**"])
    return rows


def limits(found):
    """How far from the machine's limits: what, reached, limit, share."""
    def row(what, name, limit, of, unit):
        # The best run of a limit, for a busy machine only takes away from it.
        reached, most = found[name]["median"], found[limit]["max"]
        return [what, f"{number(reached)} {unit}", f"{number(most)} {unit}", of,
                f"{reached / most:.1%}"]

    cores = max(int(name.split(".")[-1]) for name in found if name.startswith("parsing.split"))
    rows = [
        row("training, 1 core", "training.rate", "limit.fma", "multiply-adds in registers", "GFLOP/s"),
        *(row(f"matrix product of the ensembles: {title}, 1 core", f"kernels.{name}", "limit.fma",
              "multiply-adds in registers", "GFLOP/s")
          for name, title in (("forward", "forward"), ("backward", "back to the inputs"),
                              ("gradients", "back to the weights"))),
        row("splitting CSV, 1 core", "parsing.split.1", "limit.file",
            "reading the file from the page cache", "MB/s"),
        row("typed columns, 1 core", "parsing.typed.1", "limit.file",
            "reading the file from the page cache", "MB/s"),
    ]
    if cores > 1:
        for what, name in (("splitting CSV", "split"), ("typed columns", "typed")):
            rows.append(row(f"{what}, {cores} cores", f"parsing.{name}.{cores}",
                            f"limit.memory.{cores}", "reading memory", "MB/s"))
    return rows


def machine():
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if
                 line.startswith("model name")]
        model = names[0] if names else model
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{model}, {os.cpu_count()} cores, {gigabytes:.0f} GB memory, {platform.system()} {platform.machine()}"


def write(section, text):
    """Replaces what stands between the section's two markers in docs/performance.md."""
    begin, end = f"<!-- {section}: written by make bench -->", f"<!-- end of {section} -->"
    page = PAGE.read_text(encoding="utf-8")
    head, found, rest = page.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        sys.exit(f"{PAGE.name} lacks the markers of its section '{section}'")
    PAGE.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
    print(f"\n{text}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program")
    parser.add_argument("--measure", required=True, help="the release program of Benchmarks")
    parser.add_argument("--data", help="a customer file (default: simulated)")
    parser.add_argument("--peers", help="a Python with the peers' packages (default: no peers)")
    parser.add_argument("--peer-scripts", help="the folder of train.py and score.py")
    parser.add_argument("--runs", type=int, default=7, help="of each of Retain's measurements")
    parser.add_argument("--peer-runs", type=int, default=3, help="of each peer")
    options = parser.parse_args()
    for name in ("retain", "measure"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    if options.peers and not Path(options.peer_scripts or "", "train.py").is_file():
        sys.exit(f"{options.peer_scripts}: there is no train.py; say where the peers' scripts are")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder)
        say("Retain alone ...")
        load = os.getloadavg()[0]
        found = bench.measure(runs=options.runs)
        source = "the bank's real file" if options.data else "simulated customers"
        write("machine", f"{machine()}; load {load:.1f} at the start; {time.strftime('%Y-%m-%d')}. "
              f"Trained on {source}; parsed and scored: simulated customers.")
        write("results", table(
            ["work", "median", "least to most", "unit", "runs"],
            [[m["title"], number(m["median"]), f"{number(m['min'])} to {number(m['max'])}",
              m["unit"], str(m["runs"])] for m in found.values()]))
        write("limits", table(["work", "reached", "limit", "of", "share"], limits(found)))
        write("memory", table(["`retain score`", "seconds", "rows/s", "peak resident", "under 100 MB"],
                              memory(bench)))
        if options.peers:
            write("ratios", table(["work", "peer", "peer's time", "Retain's", "ratio", "at least", ""],
                                  ratios(bench)))
        else:
            say("the ratios stay as they are: name the peers' Python with PEERS=path-to-python")


if __name__ == "__main__":
    main()
