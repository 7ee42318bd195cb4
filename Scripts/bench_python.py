"""Measures what scoring takes from Python, beside the bare program on the same customers, and writes the section "python" of
docs/performance.md anew: `make bench-python`.

Processor time of Python and the program together, once all is imported; the ways take turns.
"""

import argparse
import resource
import statistics
import tempfile
import time

import pandas
import polars
import pyarrow.csv

import retain_churn
from bench import beside_first, processor_seconds, say, simulated, table, write

ROWS = 1_000_000
SINGLE_CALLS = 2_000


def used():
    """Processor seconds of this process and of those that it started and that ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def costs(work):
    before = used()
    work()
    return used() - before


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program")
    parser.add_argument("--runs", type=int, default=5, help="of each way")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, model = simulated(options.retain, folder, ROWS)
        frame, wide = pandas.read_csv(path), polars.read_csv(path)
        arrow = pyarrow.csv.read_csv(path)
        bare = [options.retain, "score", model, path, "--threads", "1", "-o", f"{folder}/scores"]
        ways = {
            "`retain score`, CSV to CSV": lambda: processor_seconds(bare),
            "`retain_churn.score` of a pyarrow table": lambda: costs(lambda: retain_churn.score(arrow, model, threads=1)),
            "of a polars frame": lambda: costs(lambda: retain_churn.score(wide, model, threads=1)),
            "of a pandas frame": lambda: costs(lambda: retain_churn.score(frame, model, threads=1)),
        }
        found = {title: [] for title in ways}
        for run in range(options.runs + 1):
            say(f"run {run} of {options.runs} ..." if run else "warming up ...")
            for title, way in ways.items():
                seconds = way()
                if run:
                    found[title].append(seconds)
        rows = beside_first(found.items())
        customer = frame.iloc[0].to_dict()
        with retain_churn.Session(model) as session:
            calls = []
            for _ in range(SINGLE_CALLS):
                started = time.perf_counter()
                session.score(customer)
                calls.append(time.perf_counter() - started)
        quantiles = statistics.quantiles(calls[1:], n=100)
        write("python", table(["1,000,000 customers, `seed`, one thread", "processor time", "of the bare program's"], rows)
              + f"\n\nOne customer through a `Session`: {statistics.median(calls[1:]) * 1000:.2f} ms, of 100 calls 99 within"
              f" {quantiles[98] * 1000:.2f} ms ({SINGLE_CALLS:,} calls; 1 ms asked).")


if __name__ == "__main__":
    main()
