#!/usr/bin/env bash
# What a tool of the toolchain needs to read the modules that a release build left, an option a line.
#
#   module-options.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "$0")/../.."
release=$build/release
printf '%s\n' -target "$(basename "$(dirname "$(realpath "$release")")")" -I "$release/Modules"
# A module of Swift names modules of C that it stands on.
while read -r map; do
    printf '%s\n' -Xcc "-fmodule-map-file=$map" -Xcc "-I$(dirname "$map")"
done < <(find -L "$release" -path '*.build/module.modulemap'
    find "$build/checkouts" Sources -name module.modulemap -path '*Sources/*')
for folder in "$build"/checkouts/*/Sources/*/include Sources/*/include; do
    if [[ -d $folder ]]; then printf '%s\n' -Xcc "-I$folder"; fi
done
