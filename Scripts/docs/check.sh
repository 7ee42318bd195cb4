#!/usr/bin/env bash
# Holds the documents against the program: `make check-docs`.
#
#   check.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
python3 Scripts/docs/structure.py
python3 Scripts/docs/numbers.py
python3 Scripts/docs/configuration.py "$program"
python3 Scripts/docs/commands.py "$program"
