#!/usr/bin/env bash
# Proves the steps of training in production with a real MLflow server on loopback: `make pipeline`.
#
#   prove-pipeline.sh PROGRAM
#
# Three rounds as months go by: no champion yet; customers as before; customers who have aged.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
python=$(Scripts/interop/environments.sh mlflow-3)/mlflow-3
work=$(mktemp -d)
server=
trap 'if [[ -n $server ]]; then Scripts/interop/server.sh stop "$server"; fi; rm -rf "$work"' EXIT
for name in $(compgen -e | grep -E '^(MLFLOW|DAGSHUB|CUSTOMERS)_' || true); do unset "$name"; done
answer=$(Scripts/interop/server.sh start "$python" "$work/mlflow" open)
server=${answer#* }
export MLFLOW_TRACKING_URI=${answer% *} MODEL=seed

fail() {
    cat "$work/log" >&2
    echo "FAIL $*" >&2
    exit 1
}
# step NAME: takes it as a workflow does.
step() {
    GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary.md \
        make "step-$1" "PIPELINE=$work/pipeline" >"$work/log" 2>&1 || fail "the step $1"
}
# round WHAT DRIFT: all steps; says whether the data drifted.
round() {
    rm -f "$work/output" "$work/summary.md"
    step data
    step drift
    grep -qx "drift=$2" "$work/output" || fail "$1: $(cat "$work/output")"
    step train
    step gate
    step summary
    grep -q "Log loss" "$work/summary.md" && grep -q "calibration error" "$work/summary.md" || fail "$1: the summary"
    echo "ok   $1: $(tr '\n' ' ' <"$work/output")"
}

SEED=1 round "no champion yet" first
grep -qx promoted=true "$work/output" || fail "the first version is let through"
SEED=2 round "customers as before" false
"$program" simulate --rows 10000 --seed 3 --shift Age=+8 -o "$work/aged.csv" 2>"$work/log" || fail "simulate"
CUSTOMERS_URL=file://$work/aged.csv round "customers who have aged" true
! CUSTOMERS_URL=file://$work/nothing.csv make step-data "PIPELINE=$work/pipeline" >"$work/log" 2>&1 ||
    fail "customers that are not there"
echo "ok   customers that are not there: $(grep fetch: "$work/log" | sed "s|$work|…|")"
