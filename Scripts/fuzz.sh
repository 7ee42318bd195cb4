#!/usr/bin/env bash
# Tries to break the readers of requests with libFuzzer: `make fuzz`.
#
#   fuzz.sh BUILD-FOLDER SECONDS
#
# What it found before is in Fuzzing/Corpus; what it finds stays in the build folder, and a crash is named at the end.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$1
seconds=$2
runtime=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")/lib/clang
if ! compgen -G "$runtime/*/lib/*/libclang_rt.fuzzer*.a" >/dev/null; then
    echo "SKIPPED: this toolchain has no libFuzzer"
    exit 0
fi
# Coverage in everything that is tried, also in the package's own targets.
swift build --package-path "$root/Fuzzing" --scratch-path "$build" -c release --product FuzzWire \
    -Xswiftc -sanitize=fuzzer 2>&1 | tail -n 3
mkdir -p "$build/corpus" "$build/crashes"
cd "$build"
log=$build/fuzz.log
if ! "$build/release/FuzzWire" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=2048 \
    -artifact_prefix="$build/crashes/" "$build/corpus" "$root/Fuzzing/Corpus" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "FAIL: the input is in $build/crashes" >&2
    exit 1
fi
grep -E "cov:" "$log" | tail -n 1
tail -n 1 "$log"
