#!/usr/bin/env bash
# Proves that clients of other servers understand `retain serve`, and that killing it costs no more than it may:
# `make interop`.
#
#   service.sh PROGRAM DATA.csv
#
# KILLS (default 50) says how often the service is killed, EXAMPLES (default 30) how many requests schemathesis makes up
# for each route.
set -euo pipefail
program=$(realpath "$1")
data=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
python=$("$here/environments.sh")/service/bin
work=$(mktemp -d)
trap 'kill "${service:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

"$program" init "$data" -o retain.yaml 2>init.log || { cat init.log >&2; exit 1; }
"$program" train "$data" --model seed --seed 42 --output model --no-tracking >train.log 2>&1 || { cat train.log >&2; exit 1; }
"$program" score model "$data" -o scores.csv 2>score.log || { cat score.log >&2; exit 1; }

echo "== clients of other servers"
"$python/python" "$here/check_service.py" "$program" "$work/model" "$data" "$work"

echo "== requests made up by schemathesis"
# Empty first: the clients' service has left its address there, which could be read before this one has begun.
: >serve.log
"$program" serve model --port 0 --database made-up.db 2>serve.log &
service=$!
for _ in $(seq 200); do
    url=$(sed -n 's/.* at \(http:[^ ]*\)$/\1/p' serve.log)
    [[ -n "$url" ]] && break
    sleep 0.05
done
"$python/python" "$here/check_openapi.py" "$url/openapi.json"
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance
checks+=,response_schema_conformance
# made_up NAME CHECKS OPTIONS...: what is valid by the description must also be answered where it says all there is to
# say; it can't say that frames and tensors must fit each other.
made_up() {
    "$python/schemathesis" run "$url/openapi.json" --max-examples "${EXAMPLES:-30}" --seed 42 --workers 1 --no-color \
        --checks "$2" "${@:3}" >schemathesis.log 2>&1 ||
        { tail -n 80 schemathesis.log >&2; echo "FAIL schemathesis: $1" >&2; exit 1; }
    echo "$1: $(grep -E "generated" schemathesis.log | tail -n 1 | sed 's/^ *//')"
}
made_up "all routes" "$checks"
made_up "customers" "$checks,positive_data_acceptance" --include-path /predict
kill -TERM "$service"
wait "$service"

echo "== traffic that drifts"
mkdir drift
"$python/python" "$here/check_drift.py" "$program" "$work/drift"

echo "== killed at work"
"$python/python" - "$data" model/retain/schema.json >customer.json <<'PYTHON'
import csv, json, sys
schema = json.load(open(sys.argv[2]))
row = next(csv.DictReader(open(sys.argv[1])))
print(json.dumps({c["name"]: row[c["name"]] for c in schema["columns"] if c["role"] == "feature"}))
PYTHON
"$python/python" "$here/kill_service.py" "$program" model customer.json "$work" "${KILLS:-50}"
