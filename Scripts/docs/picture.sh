#!/usr/bin/env bash
# Takes the picture of the report that the documents show, with headless Chromium: `make picture`.
#
#   picture.sh PROGRAM FILE.png
set -euo pipefail
program=$(realpath "$1")
picture=$(realpath "$2")
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    { echo "picture: no Chromium; install the package chromium" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" simulate --rows 10000 --seed 42 -o customers.csv
"$program" train customers.csv --output model --html report.html --no-tracking >/dev/null
sandbox=()
if [[ $(id -u) == 0 ]]; then sandbox=(--no-sandbox); fi
"$browser" --headless "${sandbox[@]}" --disable-gpu --hide-scrollbars --window-size=1100,1352 \
    --screenshot="$picture" "file://$work/report.html" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
(($(wc -c <"$picture") < 300000)) || { echo "picture: over 300 kB" >&2; exit 1; }
