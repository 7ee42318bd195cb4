#!/usr/bin/env bash
# prove-main-job.sh PROGRAM DATA: proves on the bank's real file what the main job promises. DATA is
# Customer-Churn-Records.csv; its column names stand here because this is a test of that one file.
set -euo pipefail

if (($# != 2)); then
    echo "usage: ${0##*/} PROGRAM DATA" >&2
    exit 64
fi
retain=$(realpath "$1")
data=$(realpath "$2")
read_json="$(realpath "$(dirname "$0")")/read-metric.py"
work=$(mktemp -d)
scoring=""
trap '[[ -z $scoring ]] || kill "$scoring" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"

proved() { printf '  proved: %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    sed 's/^/    /' err >&2 2>/dev/null || true
    exit 1
}
# expect CODE ARGUMENTS...: runs the program; its output goes to `out`, its messages to `err`.
expect() {
    local expected=$1 code=0
    shift
    "$retain" "$@" >out 2>err || code=$?
    ((code == expected)) || fail "retain $* ended with exit code $code, not $expected"
}
says() { grep -qF -- "$1" err || fail "the message does not mention '$1'"; }
at_least() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a >= b) }'; }
records() { python3 -c 'import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], newline=""))) - 1)' "$1"; }
# columns ROLE: the columns of retain.yaml with that role, in a line.
columns() {
    awk -v role="$1" '/^  [^ #]/ { name = $0; gsub(/^ +|:.*$|["'\'']/, "", name) }
        /^    role:/ && $2 == role { printf "%s%s", separator, name; separator = " " }' retain.yaml
}

rows=$(records "$data")
echo "main job on ${data##*/}, $rows customers:"

expect 0 init "$data" --target Exited -o retain.yaml
[[ $(columns leak) == Complain ]] || fail "init excluded '$(columns leak)' as leaks, not 'Complain'"
[[ $(columns identifier) == "RowNumber CustomerId Surname" ]] ||
    fail "init found the identifiers '$(columns identifier)'"
[[ $(columns target) == Exited ]] || fail "init found the target '$(columns target)'"
proved "init excludes Complain and nothing else, and finds the three identifiers"

expect 0 check "$data" --schema retain.yaml
proved "check finds nothing wrong"

expect 0 train "$data" --schema retain.yaml --output model --seed 42 --json
accuracy=$(python3 "$read_json" out test.metrics accuracy) || fail "train's JSON has no accuracy"
auc=$(python3 "$read_json" out test.metrics roc_auc) || fail "train's JSON has no roc_auc"
at_least "$accuracy" 0.86 || fail "test accuracy is $accuracy, below 0.86"
at_least "$auc" 0.87 || fail "test AUC is $auc, below 0.87"
at_least 0.99 "$auc" || fail "test AUC is $auc: the model has eaten a leak"
proved "the default model reaches accuracy $accuracy and AUC $auc on the test rows"

expect 0 train "$data" --schema retain.yaml --model seed --output seed --seed 42 --json
seed_auc=$(python3 "$read_json" out test.metrics roc_auc) || fail "train's JSON has no roc_auc"
at_least "$seed_auc" 0.84 || fail "the seed's test AUC is $seed_auc, below 0.84"
at_least "$auc" "$(awk -v a="$seed_auc" 'BEGIN { print a + 0.01 }')" ||
    fail "the default model's AUC of $auc is hardly above the seed's $seed_auc"
proved "the seed's network reaches an AUC of $seed_auc on the same rows"

cp retain.yaml kept.yaml
sed '/^  Complain:/,/role:/ s/role: leak/role: feature/' kept.yaml >retain.yaml
[[ $(columns leak) == "" ]] || fail "retain.yaml could not be edited"
expect 3 train "$data" --schema retain.yaml --output leaked --seed 42
says Complain
[[ ! -e leaked ]] || fail "a model was written although a feature leaks"
cp kept.yaml retain.yaml
proved "Complain as a feature stops training with exit code 3: $(grep -F Complain err | head -n 1)"

expect 0 evaluate model "$data" --html report.html --json
python3 -m json.tool out /dev/null || fail "evaluate --json wrote no JSON"
size=$(wc -c <report.html)
((size < 300000)) || fail "report.html has $size bytes, 300,000 or more"
grep -q '<svg' report.html || fail "report.html shows no chart"
if grep -Eiq '(src|href)="?https?:|url\(["'\'']?https?:|@import' report.html; then
    fail "report.html loads something from the network"
fi
proved "evaluate writes JSON and a page of $size bytes that needs no network"

expect 0 score model "$data" -o scored.csv
python3 - "$data" scored.csv <<'PYTHON' || fail "scored rows are not the customers in order"
import csv, sys
with open(sys.argv[1], newline="") as given, open(sys.argv[2], newline="") as scored:
    customers = [row["CustomerId"] for row in csv.DictReader(given)]
    rows = list(csv.reader(scored))[1:]
assert [row[0] for row in rows] == customers
assert all(0 <= float(row[1]) <= 1 for row in rows)
PYTHON
proved "score writes $rows rows for $rows, in order"

"$retain" score model - -o - <"$data" 2>err | cmp - scored.csv ||
    fail "standard input to standard output gives other bytes"
proved "score reads standard input and writes standard output, same bytes"

broken_row="0,0,Nobody,600,France,Female,old,1,0,1,1,1,1,0,0,1,GOLD,300"
{
    cat "$data"
    [[ -z $(tail -c 1 "$data") ]] || echo
    echo "$broken_row"
} >broken.csv
expect 65 score model broken.csv -o broken-scored.csv
says Age
expect 0 score model broken.csv -o broken-scored.csv --rejects rejects.csv
scored=$(records broken-scored.csv)
rejected=$(records rejects.csv)
((scored + rejected == rows + 1 && rejected == 1)) ||
    fail "$((rows + 1)) rows in, but $scored scored and $rejected rejected"
grep -q "^$((rows + 2))," rejects.csv || fail "the reject does not carry its line number"
grep -q old rejects.csv || fail "the reject is not the row as it was"
cmp -s broken-scored.csv scored.csv || fail "a rejected row changed the others"
proved "a broken row is exit code 65, or goes to --rejects: $((rows + 1)) in = $scored scored + $rejected rejected"

cp -r model changed
python3 - changed/retain/network.safetensors <<'PYTHON'
import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(-1, 2)
    last = file.read(1)[0]
    file.seek(-1, 2)
    file.write(bytes([last ^ 1]))
PYTHON
code=0
"$retain" score changed "$data" -o changed.csv >out 2>err || code=$?
((code != 0)) || fail "a model with a changed byte was used"
says network.safetensors
[[ ! -e changed.csv ]] || fail "a refused model left a file"
proved "a changed byte in the model folder is refused"

mkdir killed
mkfifo pipe
"$retain" score model - -o killed/scored.csv <pipe >out 2>err &
scoring=$!
exec 9>pipe
head -c $(($(wc -c <"$data") / 2)) "$data" >&9 || fail "score stopped reading its input"
sleep 0.3
kill -0 "$scoring" 2>/dev/null || fail "score ended before its input did"
kill -TERM "$scoring"
wait "$scoring" 2>/dev/null && fail "score ended well although it was killed"
scoring=""
exec 9>&-
[[ -z $(ls -A killed) ]] || fail "killed half-way, score left $(ls -A killed)"
proved "killed half-way, score leaves no file"

echo "the main job holds: accuracy $accuracy, AUC $auc, leak gate closed, $rows rows in and out"
