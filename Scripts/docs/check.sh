#!/usr/bin/env bash
# Holds the documents against the program: `make check-docs`.
#
#   check.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
# Not of the real path: the folder of one machine's builds has no packages.
build=$(cd "$(dirname "$1")/.." && pwd -L)
cd "$(dirname "$0")/../.."
python3 Scripts/docs/structure.py
python3 Scripts/docs/examples.py "$build"
python3 Scripts/docs/numbers.py
python3 Scripts/docs/configuration.py "$program"
python3 Scripts/docs/exit_codes.py "$program"
python3 Scripts/docs/commands.py "$program"
