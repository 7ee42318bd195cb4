#!/usr/bin/env bash
# Scores with Spark, on executors that are processes of their own: `make spark-test`.
#
#   spark-test.sh PROGRAM [PYTEST-OPTION...]
#
# RETAIN_SPARK_ROWS says how many customers (100,000). It takes Java 17 or newer.
set -euo pipefail
RETAIN_PROGRAM=$(realpath "$1")
shift
export RETAIN_PROGRAM
cd "$(dirname "$0")/../.."
bin=$(Scripts/interop/environments.sh spark)/spark/bin
export PYTHONPATH=$PWD/python/src PYTHONDONTWRITEBYTECODE=1
cd python
"$bin/python" -m pytest -q -p no:cacheprovider -W ignore::FutureWarning tests/spark "$@"
