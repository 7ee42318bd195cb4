#!/usr/bin/env bash
# Takes the picture of the report that the documents show: `make picture`.
#
#   picture.sh PROGRAM FILE.png
set -euo pipefail
program=$(realpath "$1")
picture=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" simulate --rows 10000 --seed 42 -o customers.csv
"$program" train customers.csv --output model --html report.html --no-tracking >/dev/null
"$here/screenshot.sh" report.html "$picture" 1100,1352
