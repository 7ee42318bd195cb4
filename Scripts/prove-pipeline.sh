#!/usr/bin/env bash
# Proves the steps of training in production with a real MLflow server on loopback: `make pipeline`.
#
#   prove-pipeline.sh PROGRAM
#
# Four rounds as months go by: no champion yet; customers as before; customers who have aged; customers of whom some got
# an offer. Then the alias is moved past the gate, by MLflow's own client.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
python=$(Scripts/interop/environments.sh mlflow-3)/mlflow-3
work=$(mktemp -d)
server= service=
trap 'if [[ -n $service ]]; then kill "$service" || true; fi; if [[ -n $server ]]; then Scripts/interop/server.sh stop "$server"; fi; rm -rf "$work"' EXIT
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
    cp "$work/log" "$work/log-$1"
}
# round WHAT [DRIFT]: all steps; says whether the data drifted, and holds that against what is expected.
round() {
    rm -f "$work/output" "$work/summary.md"
    step data
    step drift
    grep -qx "drift=${2:-.*}" "$work/output" || fail "$1: $(cat "$work/output")"
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
"$program" simulate --rows 10000 --seed 4 2>"$work/log" -o "$work/plain.csv" || fail "simulate"
awk 'NR == 1 { print $0 ",offered" } NR > 1 { print $0 "," (NR % 5 ? "no" : "yes") }' "$work/plain.csv" >"$work/offered.csv"
sed -i 's/^\( *\)# treated_column:.*/\1treated_column: offered/' "$work/pipeline/retain.yaml"
CUSTOMERS_URL=file://$work/offered.csv round "customers of whom some got an offer"
grep "2000 customers who got an offer (offered) are left out." "$work/log-train" >"$work/offers" ||
    fail "the offers: $(cat "$work/log-train")"
echo "ok   $(cat "$work/offers")"

# The service follows what passes the gate, and nothing else.
step train
other=$(sed -n 's/^version=//p' "$work/output" | tail -n 1)
champion=$("$program" models list --json | python3 -c "import json, sys; print(json.load(sys.stdin)[0]['aliases']['champion'])")
: >"$work/serve.log"
"$program" serve models:/churn@champion --port 0 --database none --poll 1 2>"$work/serve.log" &
service=$!
for _ in $(seq 100); do
    url=$(sed -n 's/.* at \(http:[^ ]*\)$/\1/p' "$work/serve.log")
    [[ -n $url ]] && break
    sleep 0.1
done
# answers VERSION: whether it is that one.
answers() { curl -fsS "$url/version" | grep -q "\"model_version\":\"$1\""; }
answers "$champion" || fail "the service: $(cat "$work/serve.log")"
"$python/bin/python" -c "import mlflow; mlflow.MlflowClient().set_registered_model_alias('churn', 'champion', $other)" \
    >"$work/log" 2>&1 || fail "MLflow's client"
for _ in $(seq 100); do
    grep -q "without having passed the gate" "$work/serve.log" && break
    sleep 0.1
done
grep -q "version $other of churn is champion without having passed the gate" "$work/serve.log" || fail "it was not refused: $(cat "$work/serve.log")"
answers "$champion" || fail "it follows past the gate"
curl -fsS "$url/metrics" | grep -q 'retain_model_refresh_total{result="refused"} 1' || fail "the refusal is not counted"
status=0
"$program" serve models:/churn@champion --port 0 --database none >"$work/log" 2>&1 || status=$?
[[ $status == 3 ]] || fail "it starts with a champion that has not passed the gate: exit $status"
"$program" models rollback churn --why "moved past the gate" >"$work/log" 2>&1 || fail "rollback"
kill "$service" && wait "$service" || fail "the service does not end"
service=
echo "ok   a champion that MLflow's client set is refused, by the service that runs and by one that starts"
! CUSTOMERS_URL=file://$work/nothing.csv make step-data "PIPELINE=$work/pipeline" >"$work/log" 2>&1 ||
    fail "customers that are not there"
echo "ok   customers that are not there: $(grep fetch: "$work/log" | sed "s|$work|…|")"
