#!/usr/bin/env bash
# Holds a release's tag against the version that the program says and against CHANGELOG.md.
#
#   check-version.sh TAG    without TAG, only whether the program's version is one
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/ChurnModel/RetainVersion.swift)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "FAIL the program's version is '$version'" >&2; exit 1; }
if [[ -n ${1:-} ]]; then
    [[ $1 == "v$version" ]] || { echo "FAIL the tag is $1 and the program says $version" >&2; exit 1; }
    grep -q "^## \[$version\]" CHANGELOG.md || { echo "FAIL CHANGELOG.md has no section [$version]" >&2; exit 1; }
fi
echo "ok   version ${1:-$version}"
