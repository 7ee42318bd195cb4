#!/usr/bin/env bash
# Takes a picture of a page with headless Chromium.
#
#   screenshot.sh PAGE.html FILE.png WIDTH,HEIGHT
set -euo pipefail
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    { echo "screenshot: no Chromium; install the package chromium" >&2; exit 1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
sandbox=()
if [[ $(id -u) == 0 ]]; then sandbox=(--no-sandbox); fi
# Pages that draw themselves get a while of the page's own time.
"$browser" --headless "${sandbox[@]}" --disable-gpu --hide-scrollbars --window-size="$3" --virtual-time-budget=5000 \
    --screenshot="$2" "file://$(realpath "$1")" 2>"$log" || { cat "$log" >&2; exit 1; }
(($(wc -c <"$2") < 300000)) || { echo "screenshot: $2 has over 300 kB" >&2; exit 1; }
