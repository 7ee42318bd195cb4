#!/usr/bin/env bash
# Holds the size of the release program, without the names and lines that only a debugger reads, against its limit.
#
#   check-size.sh PROGRAM
set -euo pipefail
limit=40000000
stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$1"
bytes=$(stat -c %s "$stripped")
((bytes <= limit)) || { echo "FAIL $1 has $bytes bytes stripped, $limit are allowed" >&2; exit 1; }
echo "ok   $1 has $bytes bytes stripped, of $limit allowed"
