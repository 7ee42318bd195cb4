"""From the files of a Keras network to a model folder that says the same."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .._program import log, run
from ..errors import BadDataError, RefusedError, UsageError
from ._comparison import TOLERANCE, Comparison, can_ask_keras, compared, of_file, of_keras, quietly
from ._description import described
from ._keras import opened
from ._network import network_of
from ._scaler import preparation
from ._schema import Schema

__all__ = ["Migration", "migrate"]

_Path = str | os.PathLike[str]


@dataclass(frozen=True)
class Migration:
    """The model folder that was written; `comparison` is None where there was nothing to compare with; `left_out` names the
    schema's features that the network does not read."""

    output: str
    comparison: Comparison | None
    left_out: list[str]


def migrate(
    network: _Path,
    scaler: _Path | None = None,
    *,
    schema: _Path = "retain.yaml",
    data: _Path,
    output: _Path = "model",
    trust_pickle: bool = False,
    columns: Sequence[str] | None = None,
    levels: Sequence[str] = (),
    check: _Path | None = None,
) -> Migration:
    """Makes a model folder of a Keras network; raises RefusedError, and writes none, where it differs by more than 1e-5.

    `columns` names what the network reads, where the scaler does not tell; `levels` are words such as Gender=Male, or
    Geography=France,Germany,Spain, for columns of levels that the network reads as numbers; `check` is a file of Keras's
    probabilities, without which Keras itself is asked where it is installed.
    """
    prepared = preparation(scaler, None if columns is None else list(columns), trust_pickle=trust_pickle)
    meaning = Schema(schema, levels)
    features = [meaning.resolved(feature) for feature in prepared.features]
    meaning.check_levels()
    with opened(network) as file:
        taken, foreign = network_of(file), file.foreign
    if taken.inputs != len(features):
        raise BadDataError(
            f"{os.fspath(network)} reads {taken.inputs} inputs, and there are {len(features)} of"
            f" {os.fspath(scaler) if scaler is not None else '--columns'}: {', '.join(map(str, prepared.features))}",
            65,
        )
    description = described(Path(network).name, taken, features)
    left_out = meaning.unread({entry["column"]: None for entry in description["inputs"]})
    if left_out:
        log.info("Left out, since the network does not read them (%d): %s.", len(left_out), ", ".join(left_out))
    customers = os.fspath(data)
    if foreign is not None and check is None and can_ask_keras():
        raise UsageError(
            f"{os.fspath(network)} names {foreign}, which asking Keras would run; give Keras's probabilities: --check FILE",
            64,
        )
    expected = of_file(check) if check is not None else None
    with TemporaryDirectory(prefix="retain-") as folder:
        given, yaml = Path(folder) / "network.json", Path(folder) / "retain.yaml"
        given.write_text(json.dumps(description), encoding="utf-8")
        yaml.write_text(meaning.without(left_out), encoding="utf-8")
        words = ["import", str(given), customers, "--schema", str(yaml), "-o"]
        if expected is None and not can_ask_keras():
            run([*words, os.fspath(output)])
            log.info("Nothing was compared: Keras is not installed here; give its probabilities (--check).")
            return Migration(os.fspath(output), None, left_out)
        # A folder that is there already must outlive a network that does not come out as it was.
        trial = os.path.join(folder, "model")
        quietly([*words, trial])
        if expected is None:
            expected = of_keras(network, customers, prepared, meaning)
        comparison = compared(trial, customers, expected)
        if comparison.difference > TOLERANCE:
            raise RefusedError(
                f"the model is not what Keras says: {comparison}, above {TOLERANCE:g}; are the scaler, --columns and --level"
                " those of the network, and no numbers outside the ranges of retain.yaml? No model was written",
                3,
            )
        log.info("%s.", comparison)
        run([*words, os.fspath(output)])
    return Migration(os.fspath(output), comparison, left_out)
