"""python -m retain_churn.migrate"""

from __future__ import annotations

import argparse
import csv
import logging
import sys
from collections.abc import Sequence
from typing import NoReturn

from ..errors import RetainError, UsageError
from ._migration import migrate


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see python -m retain_churn.migrate --help", 64)


def parser() -> argparse.ArgumentParser:
    made = _Parser(
        prog="python -m retain_churn.migrate",
        description="Make a Retain model folder of a Keras network and its scikit-learn scaler, with the same probabilities.",
        epilog="Exit codes are the program's: 3 where the folder would say anything else than Keras, 64 wrong usage, 65 bad data.",
    )
    made.add_argument("network", help="the network: .keras, or .h5 of older versions")
    made.add_argument(
        "scaler", nargs="?", help="the fitted scaler: a pickle (joblib), .skops, or .json with columns, mean and scale"
    )
    made.add_argument(
        "--data", required=True, metavar="FILE", help="customers such as the network learned from, with the target"
    )
    made.add_argument(
        "--schema", default="retain.yaml", metavar="FILE", help="what the columns mean (default: retain.yaml)"
    )
    made.add_argument(
        "-o", "--output", default="model", metavar="FOLDER", help="the model folder to write (default: model)"
    )
    made.add_argument(
        "--trust-pickle", action="store_true", help="load a pickle, which runs any code that was put into it"
    )
    made.add_argument(
        "--columns",
        metavar="NAMES",
        help="what the network reads, in its order, with commas: CreditScore,Geography_Germany",
    )
    made.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="COLUMN=LEVEL",
        help="the level that was 1, or with commas the levels that were 0, 1, …, of a column that the network reads as a"
        " number; may be repeated",
    )
    made.add_argument(
        "--check", metavar="FILE", help="Keras's probabilities of the customers, CSV, instead of asking Keras"
    )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING)
    logging.getLogger("retain_churn").setLevel(logging.INFO)
    try:
        given = parser().parse_args(arguments)
        migrate(
            given.network,
            given.scaler,
            schema=given.schema,
            data=given.data,
            output=given.output,
            trust_pickle=given.trust_pickle,
            columns=None if given.columns is None else next(csv.reader([given.columns])),
            levels=given.level,
            check=given.check,
        )
    except RetainError as error:
        print(f"retain_churn.migrate: {error}", file=sys.stderr)
        return error.exit_status if error.exit_status > 0 else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
