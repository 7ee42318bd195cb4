#!/usr/bin/env bash
# Proves that MLflow's own programs and Retain understand each other: `make interop`.
#
#   prove.sh PROGRAM DATA.csv [TESTS...]
#
# PROGRAM is the release program; TESTS is a command that runs tests, to which a filter is added: the contract of both
# stores against the server that RETAIN_TEST_TRACKING_URI names, and graphs with every calibration. ROUNDS (default 200) says how often programs are killed.
set -euo pipefail
program=$(realpath "$1")
data=$(realpath "$2")
shift 2
tests=("$@")
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/Scripts/interop
cache=$("$here/environments.sh")
work=$(mktemp -d)
servers=()
kept=()
stop() { for pid in "${servers[@]}"; do "$here/server.sh" stop "$pid" || true; done; }
trap 'servers+=("${kept[@]}"); stop; rm -rf "$work"' EXIT
# Nothing of the person's own settings may reach into the proofs.
for name in $(compgen -e | grep -E '^(MLFLOW|DAGSHUB)_' || true); do unset "$name"; done
export MLFLOW_DISABLE_TELEMETRY=true MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false

# quietly COMMAND...: its output only where it fails.
quietly() {
    local log=$work/quietly.log
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "FAIL $*" >&2
        exit 1
    fi
}
# start VERSION KIND: starts a server and leaves its address in $address.
start() {
    local answer
    answer=$("$here/server.sh" start "$cache/mlflow-$1" "$work/server-$1-${2:-open}" "$2")
    address=${answer% *}
    servers+=("${answer#* }")
}
# record FOLDER: trains on the store of the environment, scores, and registers twice.
record() {
    mkdir -p "$1"
    cd "$1"
    cp "$work/retain.yaml" .
    quietly "$program" train "$data" --model seed --output model --register churn --seed 7
    quietly "$program" train "$data" --model "${MODEL:-seed}" --output model --register churn
    quietly "$program" score "models:/churn/2" "$data" -o scores.csv
}

quietly "$program" init "$data" -o "$work/retain.yaml"

for version in 2 3; do
    for kind in "" auth files; do
        echo "== MLflow $version, server${kind:+ ($kind)}"
        start "$version" "$kind"
        export MLFLOW_TRACKING_URI=$address
        if [[ $kind == auth ]]; then
            export MLFLOW_TRACKING_USERNAME=admin MLFLOW_TRACKING_PASSWORD=wrong
            status=0
            (cd "$work" && "$program" runs list >/dev/null 2>"$work/denied") || status=$?
            [[ $status == 69 ]] && grep -q MLFLOW_TRACKING_PASSWORD "$work/denied" ||
                { echo "FAIL a wrong password: exit $status"; cat "$work/denied"; exit 1; }
            echo "ok   a wrong password is refused with advice"
            export MLFLOW_TRACKING_PASSWORD=loopback-only-1
        fi
        record "$work/with-$version-${kind:-open}"
        "$cache/mlflow-$version/bin/python" "$here/read_back.py" "$address" churn "$data" scores.csv
        if ((${#tests[@]})) && [[ -z $kind ]]; then
            cd "$root"
            RETAIN_TEST_TRACKING_URI=$address quietly "${tests[@]}" --filter ContractTests
            echo "ok   the contract of both stores"
        fi
        unset MLFLOW_TRACKING_USERNAME MLFLOW_TRACKING_PASSWORD
        # One goes on for the replays.
        if [[ $version == 3 && -z $kind ]]; then
            open=$address
            kept=("${servers[@]}")
        else
            stop
        fi
        servers=()
    done
done
unset MLFLOW_TRACKING_URI

echo "== the store on disk, read by both"
MODEL=best record "$work/local"
cp mlflow.db upgraded.db
"$cache/mlflow-2/bin/python" "$here/read_back.py" "sqlite:///$work/local/mlflow.db" churn "$data" scores.csv
"$cache/mlflow-3/bin/python" "$here/read_back.py" "sqlite:///$work/local/upgraded.db" churn "$data" scores.csv
quietly "$program" train "$data" --model seed --output other --tracking-uri sqlite:///upgraded.db
echo "ok   Retain goes on with a file that MLflow 3 has brought up to date"
for version in 2 3; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    file=$([[ $version == 2 ]] && echo mlflow.db || echo upgraded.db)
    PATH="$cache/mlflow-$version/bin:$PATH" setsid "$cache/mlflow-$version/bin/mlflow" ui --backend-store-uri "sqlite:///$file" \
        --host 127.0.0.1 --port "$port" >ui.log 2>&1 &
    ui=$!
    python3 - "$port" <<'PY' || { cat ui.log; kill -- -$ui; exit 1; }
import json, sys, time, urllib.request
base = f"http://127.0.0.1:{sys.argv[1]}"
for _ in range(120):
    try:
        urllib.request.urlopen(base + "/health", timeout=2)
        break
    except OSError:
        time.sleep(0.5)
page = urllib.request.urlopen(base + "/", timeout=30).read()
body = json.dumps({"experiment_ids": ["0"], "max_results": 10}).encode()
request = urllib.request.Request(base + "/ajax-api/2.0/mlflow/runs/search", body, {"Content-Type": "application/json"})
runs = json.loads(urllib.request.urlopen(request, timeout=30).read())["runs"]
assert b"<html" in page.lower() and len(runs) >= 2, (len(page), len(runs))
PY
    echo "ok   mlflow ui of MLflow $version shows it"
    kill -- "-$ui"
done

echo "== models in Python"
if ((${#tests[@]})); then
    mkdir "$work/graphs"
    (cd "$root" && RETAIN_TEST_GRAPHS=$work/graphs quietly "${tests[@]}" --filter ModelGraphFileTests)
    "$cache/mlflow-3/bin/python" "$here/check_graphs.py" "$work/graphs"
fi
for model in seed fast best; do
    quietly "$program" train "$data" --model "$model" --output "$model" --no-tracking
    quietly "$program" score "$model" "$data" -o "$model.csv"
    for version in 2 3; do
        serve=$([[ $model == best ]] && echo --serve || true)
        echo "-- $model, MLflow $version"
        "$cache/mlflow-$version/bin/python" "$here/check_onnx.py" "$model" "$data" "$model.csv" $serve
    done
done

echo "== replaying, and programs that are killed"
quietly "$program" sync --to "$open"
"$program" sync --to "$open" 2>/dev/null | grep -q '^0 runs and 0 versions sent' || { echo "FAIL a second sync"; exit 1; }
echo "ok   a second sync finds everything there"
python3 "$here/kill.py" "$program" "$data" "$open" "${ROUNDS:-200}"
