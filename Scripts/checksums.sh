#!/usr/bin/env bash
# Writes SHA256SUMS for all other files of a folder.
#
#   checksums.sh FOLDER
set -euo pipefail
cd "$1"
find . -maxdepth 1 -type f ! -name 'SHA256SUMS*' -printf '%f\n' | LC_ALL=C sort | xargs -r -d '\n' sha256sum >SHA256SUMS.new
mv SHA256SUMS.new SHA256SUMS
sha256sum --quiet --check SHA256SUMS
