#!/usr/bin/env bash
# Runs the tests that lie built in the scratch path given, and says at the end what failed: among the thousands of lines
# that come before, nobody finds it, and of a long output often only the end is kept.
set -euo pipefail
log=$1/tests.log
swift test --scratch-path "$1" -c release --disable-xctest --skip-build 2>&1 | tee "$log" || {
    printf '\nWHAT FAILED\n'
    # Each issue with the lines that explain it; what one test prints can stand between those of another.
    grep -A 4 -E '^✘ .* recorded an issue|^.*(Fatal error|Crash|Segmentation)' "$log" | grep -v -e '^◇' -e '^✔' | head -n 200
    exit 1
}
