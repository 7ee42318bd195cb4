#!/usr/bin/env bash
# Tests the Python package with the real program: `make python-test`.
#
#   test.sh PROGRAM [PYTEST-OPTION...]
set -euo pipefail
RETAIN_PROGRAM=$(realpath "$1")
shift
export RETAIN_PROGRAM
cd "$(dirname "$0")/../.."
bin=$(Scripts/interop/environments.sh python)/python/bin
export PYTHONPATH=$PWD/python/src PYTHONDONTWRITEBYTECODE=1
cd python
"$bin/ruff" format --no-cache --check .
"$bin/ruff" check --no-cache .
"$bin/pyright" --pythonpath "$bin/python"
"$bin/python" -m pytest -q -p no:cacheprovider --ignore tests/spark "$@"
