#!/usr/bin/env bash
# 20 people click through the desk, as Locust plays them, beside 1,000 predictions a second: `make desk-load`.
#
#   load.sh PROGRAM
#
# 100,000 customers are on record, and a campaign is open; SECONDS_OF_LOAD (default 60) says how long. A request that
# fails fails this; what takes too long is printed, and fails it only with STRICT=1: 95 % of the pages within 100 ms.
set -euo pipefail
program=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
python=$("$root/Scripts/interop/environments.sh" service)/service/bin
seconds=${SECONDS_OF_LOAD:-60}
work=$(mktemp -d)
trap 'kill "${service:-}" "${asking:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
{
    "$program" simulate --rows 10000 --seed 42 -o known.csv
    "$program" simulate --rows 100000 --seed 43 -o customers.csv
    "$program" train known.csv --output model --no-tracking
    "$program" score model customers.csv --database retain.db -o scores.csv
    "$program" campaign plan spring model --scored scores.csv --contacts 2000 --database retain.db -o list.csv
} >log 2>&1 || { cat log >&2; exit 1; }
"$python/python" -c 'import csv, json; json.dump(next(csv.DictReader(open("known.csv"))), open("one.json", "w"))'
: >serve.log
"$program" serve model --database retain.db --port 0 2>serve.log &
service=$!
for _ in $(seq 200); do
    url=$(sed -n 's/.* at \(http:[^ ]*\)$/\1/p' serve.log)
    [[ -n "$url" ]] && break
    sleep 0.05
done
[[ -n "$url" ]] || { cat serve.log >&2; exit 1; }
"$python/python" "$root/Scripts/load/open_loop.py" "$url" one.json 1000 "$seconds" 16 >predictions.json &
asking=$!
"$python/locust" -f "$root/Scripts/desk/clicks.py" --headless -H "$url" -u 20 -r 20 -t "${seconds}s" --csv clicks \
    --only-summary >locust.log 2>&1 || { tail -n 40 locust.log >&2; exit 1; }
wait "$asking"
cat predictions.json
"$python/python" - clicks_stats.csv "${STRICT:-0}" <<'PYTHON'
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1])))
for row in rows:
    print(f"{row['Name']:12} {row['Request Count']:>6} pages, {row['Failure Count']} failed; 50 % within {row['50%']} ms, 95 % within {row['95%']} ms")
statuses = json.load(open("predictions.json"))["statuses"]
assert set(statuses) == {"200"}, f"predictions failed: {statuses}"
assert int(rows[-1]["Request Count"]) > 0 and rows[-1]["Failure Count"] == "0", "pages failed"
assert sys.argv[2] != "1" or float(rows[-1]["95%"]) <= 100, "95 % of the pages took longer than 100 ms"
PYTHON
