"""Measures what `retain score` takes for the same customers in other forms, and writes the section "forms" of
docs/performance.md anew: `make bench-forms PEERS=path-to-python`, whose Python has pyarrow.

Processor time, since other forms mostly cost other work; the forms take turns, so that whatever else the machine does slows
all of them.
"""

import argparse
import csv
import tempfile

import pyarrow
import pyarrow.csv

from bench import beside_first, processor_seconds, say, simulated, table, write

ROWS = 1_000_000


def forms(folder, plain):
    """Other forms of the same customers: (what they are, the file, options)."""
    customers = pyarrow.csv.read_csv(plain)
    quoted, stream, nameless = (f"{folder}/{name}" for name in ("quoted.csv", "customers.arrows", "nameless.csv"))
    # Every text between quotes, as pyarrow, pandas and Spark can be told to write them.
    pyarrow.csv.write_csv(customers, quoted)
    with pyarrow.OSFile(stream, "wb") as file, pyarrow.ipc.new_stream(file, customers.schema) as writer:
        writer.write_table(customers, max_chunksize=65_536)
    with open(plain, encoding="utf-8", newline="") as source, open(nameless, "w", encoding="utf-8") as target:
        rows = csv.reader(source)
        header = next(rows)
        place = header.index("CustomerId")
        for row in [header, *rows]:
            target.write(",".join(row[:place] + row[place + 1 :]) + "\n")
    return [
        ("CSV", plain, []),
        ("CSV, a line for each row (`--all-rows`)", plain, ["--all-rows"]),
        ("CSV without identifiers", nameless, []),
        ("CSV, texts between quotes", quoted, []),
        ("Arrow, scores as CSV", stream, []),
        ("Arrow, scores as Arrow (`--arrow`)", stream, ["--arrow"]),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retain", required=True, help="the release program")
    parser.add_argument("--runs", type=int, default=7, help="of each form")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, model = simulated(options.retain, folder, ROWS)
        found = [(*form, []) for form in forms(folder, plain)]
        for run in range(options.runs):
            say(f"run {run + 1} of {options.runs} ...")
            for _, path, flags, seconds in found:
                command = [options.retain, "score", model, path, "--threads", "1", "-o", f"{folder}/scores", *flags]
                seconds.append(processor_seconds(command))
        rows = beside_first([(title, seconds) for title, _, _, seconds in found])
        write("forms", table(["1,000,000 customers, `seed`, one thread", "processor time", "of plain CSV's"], rows))


if __name__ == "__main__":
    main()
