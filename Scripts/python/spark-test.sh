#!/usr/bin/env bash
# Scores with Spark, on executors that are processes of their own: `make spark-test`.
#
#   spark-test.sh PROGRAM [PYTEST-OPTION...]
#
# RETAIN_SPARK_ROWS says how many customers (100,000). It takes Java 17 or newer.
set -euo pipefail
program=$1
shift
exec "$(dirname "$0")/python.sh" spark "$program" \
    -m pytest -q -p no:cacheprovider -W ignore::FutureWarning tests/spark "$@"
