#!/usr/bin/env bash
# Writes DocC's pages of every target from what a release build left, and fails on a warning: `make docs`.
#
#   docc.sh BUILD FOLDER    leaves FOLDER/retain.doccarchive; `docc preview` or any web server shows it
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
pages=$(realpath "$2")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
release=$build/release
mapfile -t options < <(Scripts/docs/module-options.sh "$build")
options+=(-minimum-access-level internal)

rm -rf "$pages"/*.doccarchive
for folder in Sources/*; do
    target=${folder#Sources/}
    # Targets in C have no pages.
    if [[ -z $(find "$folder" -name '*.swift' -print -quit) ]]; then continue; fi
    # What the program does not stand on yet.
    if [[ ! -e $release/Modules/$target.swiftmodule ]]; then
        swift build --scratch-path "$build" -debug-info-format none -c release --target "$target" >"$work/log" 2>&1 ||
            { cat "$work/log" >&2; exit 1; }
    fi
    mkdir "$work/$target"
    swift-symbolgraph-extract -module-name "$target" "${options[@]}" -output-dir "$work/$target" >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
    # The page that says what comes in and what goes out, where there is one.
    catalog=()
    if [[ -d $folder/$target.docc ]]; then catalog=("$folder/$target.docc"); fi
    docc convert "${catalog[@]}" --fallback-display-name "$target" --fallback-bundle-identifier "retain.$target" --warnings-as-errors \
        --additional-symbol-graph-dir "$work/$target" --output-path "$pages/$target.doccarchive" >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; echo "FAIL DocC of $target" >&2; exit 1; }
done
docc merge "$pages"/*.doccarchive --output-path "$work/retain.doccarchive" --synthesized-landing-page-name Retain \
    >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
count=$(ls -d "$pages"/*.doccarchive | wc -l)
rm -rf "$pages"/*.doccarchive
mv "$work/retain.doccarchive" "$pages"
echo "ok   DocC of $count targets, without a warning: $(find "$pages" -name '*.json' | wc -l) pages"
