#!/usr/bin/env bash
# prove-determinism.sh RELEASE DEBUG: runs the same work in every way that must not matter, each way in
# processes of its own, and compares digests of all that was written.
set -euo pipefail

if (($# != 2)); then
    echo "usage: ${0##*/} RELEASE-PROGRAM DEBUG-PROGRAM" >&2
    exit 64
fi
release=$(realpath "$1")
debug=$(realpath "$2")
rows=${ROWS:-2000}
# The C library then takes the variants of its functions that do without fused multiply-add. glibc
# before 2.33 knows these features by their longer names.
no_fma=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-FMA_Usable,-FMA4_Usable,-AVX2_Usable

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

digest_of_folder() {
    (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

# written PROGRAM THREADS [EXTRA]: simulates, infers, trains seed and best and scores in a new folder; prints
# digests. EXTRA are lines for the settings of best.
written() {
    local program=$1 threads=$2 extra=${3:-} folder
    folder=$(mktemp -d -p "$work")
    (
        cd "$folder"
        "$program" simulate --rows "$rows" --seed 7 -o bank.csv
        "$program" init bank.csv --target Exited -o retain.yaml
        # Settings of training stand last but for the rules of promotion.
        if [[ -n $extra ]]; then
            awk -v extra="$extra" '/^promotion:/ { print extra } { print }' retain.yaml >edited.yaml
            mv edited.yaml retain.yaml
        fi
        for model in seed best; do
            "$program" train bank.csv --schema retain.yaml --model "$model" --output "$model" \
                --seed 42 --threads "$threads"
            "$program" score "$model" bank.csv -o "$model.csv" --threads "$threads"
        done
    ) >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        return 1
    }
    for part in bank.csv retain.yaml seed.csv best.csv; do
        printf '%s %s\n' "$(sha256sum <"$folder/$part" | cut -d ' ' -f 1)" "$part"
    done
    for model in seed best; do
        printf '%s model %s\n' "$(digest_of_folder "$folder/$model")" "$model"
    done
}

failures=0
# same NAME COMMAND...: the command's digests are those of the first way.
same() {
    local name=$1 difference
    shift
    "$@" >"$work/found"
    if difference=$(diff "$work/expected" "$work/found"); then
        printf '  same bytes: %s\n' "$name"
    else
        printf '  DIFFERENT:  %s\n%s\n' "$name" "$difference" >&2
        failures=$((failures + 1))
    fi
}
without_fma() { GLIBC_TUNABLES=$no_fma written "$@"; }

written "$release" 1 >"$work/expected"
echo "determinism, $rows customers, model $(awk '/ model best$/ { print substr($1, 1, 12) }' "$work/expected"):"
same "release, 1 thread, again" written "$release" 1
same "release, 2 threads" written "$release" 2
same "release, glibc without FMA and AVX2" without_fma "$release" 2
same "debug, 1 thread" written "$debug" 1
same "debug, 2 threads, glibc without FMA and AVX2" without_fma "$debug" 2

# Another processor, emulated: one with the instructions that the kernels need, one without.
if [[ $(uname -m) == x86_64 ]] && command -v qemu-x86_64 >/dev/null; then
    # emulated CPU: a program that runs Retain on that processor.
    emulated() {
        printf '#!/bin/sh\nexec qemu-x86_64 -cpu %s "%s" "$@"\n' "$1" "$release" >"$work/$1"
        chmod +x "$work/$1"
        echo "$work/$1"
    }
    # An emulated multiply-add takes a hundred times as long, so best is a small one there.
    small=$'  hidden: [8, 8]\n  members: 2\n  epochs: 1\n  columns: all'
    rows=500
    written "$release" 2 "$small" >"$work/expected"
    same "release, emulated Haswell, smaller" written "$(emulated Haswell)" 2 "$small"
    code=0
    "$(emulated Nehalem)" --version >"$work/log" 2>&1 || code=$?
    if ((code == 1)) && grep -qF "has no AVX2 and FMA" "$work/log"; then
        echo "  says why:   a processor without AVX2 and FMA gets a message, not a crash"
    else
        echo "  CRASHED:    on a processor without AVX2 and FMA, exit code $code" >&2
        failures=$((failures + 1))
    fi
else
    echo "  SKIPPED:    other processors; qemu-x86_64 (package qemu-user) is not here"
fi

if ((failures)); then
    echo "determinism: $failures ways wrote other bytes" >&2
    exit 1
fi
