#!/usr/bin/env bash
# Tests the Python package with the real program: `make python-test`.
#
#   test.sh PROGRAM [PYTEST-OPTION...]
set -euo pipefail
program=$(realpath "$1")
shift
cd "$(dirname "$0")/../.."
bin=$(Scripts/interop/environments.sh python)/python/bin
(
    cd python
    "$bin/ruff" format --no-cache --check .
    "$bin/ruff" check --no-cache .
    PYTHONPATH=$PWD/src "$bin/pyright" --pythonpath "$bin/python"
)
exec Scripts/python/python.sh python "$program" -m pytest -q -p no:cacheprovider --ignore tests/spark "$@"
