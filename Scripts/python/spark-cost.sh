#!/usr/bin/env bash
# Measures what scoring costs within Spark: `make spark-cost`.
#
#   spark-cost.sh PROGRAM ROWS WORKERS
set -euo pipefail
exec "$(dirname "$0")/python.sh" spark "$1" ../Scripts/python/spark_cost.py "$2" "$3"
