#!/usr/bin/env bash
# Measures what scoring costs within Spark: `make spark-cost`.
#
#   spark-cost.sh PROGRAM ROWS
set -euo pipefail
RETAIN_PROGRAM=$(realpath "$1")
export RETAIN_PROGRAM
cd "$(dirname "$0")/../.."
export PYTHONPATH=$PWD/python/src PYTHONDONTWRITEBYTECODE=1
"$(Scripts/interop/environments.sh spark)/spark/bin/python" Scripts/python/spark_cost.py "$2"
