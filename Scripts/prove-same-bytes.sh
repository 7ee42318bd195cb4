#!/usr/bin/env bash
# prove-same-bytes.sh: does the same work with two programs and compares every byte that they write, where a change
# should change nothing that users see.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: prove-same-bytes.sh [--ignore REGEX]... OLD-PROGRAM NEW-PROGRAM [DATA.csv[:TARGET]]...

Simulated customers and each file go through init, train (each of MODELS), evaluate, score, drift, serve (requests of
every form), the record, and a challenger trained from the record; all that comes out is compared. What an extended
regular expression of --ignore matches counts as equal: --ignore '"risk":"[a-z]+"'. Exit code 1 where bytes differ.

ROWS=6000            simulated customers
MODELS="seed fast best"
KEEP=FOLDER          keep what the programs wrote

Both programs, from two commits:
  git worktree add ../old COMMIT
  (cd ../old && swift build -c release --product retain)
  swift build -c release --product retain
  Scripts/prove-same-bytes.sh ../old/.build/release/retain .build/release/retain customers.csv
TEXT
    exit 64
}

ignore='^$'
while [[ ${1:-} == --ignore ]]; do
    (($# >= 2)) || usage
    ignore+="|$2"
    shift 2
done
(($# >= 2)) || usage
programs=("$(realpath "$1")" "$(realpath "$2")")
shift 2
here=$(realpath "$(dirname "$0")")
read -ra models <<<"${MODELS:-seed fast best}"
work=${KEEP:-$(mktemp -d)}
service=""
trap '[[ -z $service ]] || kill "$service" 2>/dev/null; [[ -n ${KEEP:-} ]] || rm -rf "$work"' EXIT
mkdir -p "$work"
work=$(realpath "$work")

# run NAME ARGUMENTS...: what the program prints goes to NAME, its exit code to NAME.code. Codes beyond 3 (something
# drifts, a gate refuses) and 65 (rows break the schema) are failures.
run() {
    local name=$1 code=0
    shift
    "$program" "$@" >"$name" 2>messages || code=$?
    echo "$code" >"$name.code"
    case $code in
    0 | 3 | 65) ;;
    *)
        sed 's/^/    /' messages >&2
        echo "prove-same-bytes: $program $* ended with exit code $code" >&2
        exit 1
        ;;
    esac
}

# serve MODEL: starts the service and sets `url`.
serve() {
    : >serve.log
    "$program" serve "$1" --port 0 --database retain.db 2>serve.log &
    service=$!
    for _ in $(seq 600); do
        url=$(sed -n 's/.* at \(http:[^ ]*\)$/\1/p' serve.log)
        [[ -z $url ]] || return 0
        kill -0 "$service" 2>/dev/null || break
        sleep 0.1
    done
    cat serve.log >&2
    exit 1
}
stop() {
    kill -TERM "$service"
    wait "$service" || true
    service=""
}

# work_on FOLDER TARGET: all that the program does with learning.csv, later.csv and odd.csv of a folder.
work_on() {
    cd "$1"
    run init.txt init learning.csv ${2:+--target "$2"} -o retain.yaml
    for model in "${models[@]}"; do
        run "$model.train.json" train learning.csv --model "$model" --output "$model" --html "$model.train.html" \
            --seed 42 --no-tracking --json
        run "$model.evaluate.json" evaluate "$model" later.csv --html "$model.evaluate.html" --json
        run "$model.score.txt" score "$model" later.csv -o "$model.scores.csv"
        # The seed's training holds no rows out that could tell.
        [[ $model == seed ]] || run "$model.certain.txt" score "$model" later.csv -o "$model.certain.csv" --certainty
        run "$model.odd.txt" score "$model" odd.csv -o "$model.odd.csv" --rejects "$model.rejects.csv"
        run "$model.drift.json" drift "$model" odd.csv --rows learning.csv --html "$model.drift.html" --json
    done
    run files.drift.json drift learning.csv odd.csv --json
    run train.txt train learning.csv --model "${models[0]}" --output registered --register churn
    run promote.txt models promote churn 1
    local champion=registered
    [[ $(<promote.txt.code) != 0 ]] || champion=models:/churn@champion
    serve "$champion"
    python3 "$here/same_bytes_requests.py" ask "$url" registered later.csv >answers.txt
    stop
    if [[ $champion == models:* ]]; then
        run retrain.txt retrain churn --force --export challenger.csv
        [[ $(<retrain.txt.code) == 65 ]] || run challenger.txt export models:/churn/2 -o challenger.onnx
    fi
    python3 "$here/same_bytes_requests.py" record retain.db >record.txt
    # Names, places and times of one run; what they hold is compared above.
    rm -rf mlruns mlflow.db* retain.db* messages serve.log train.txt
    cd - >/dev/null
}

# prepare NAME FILE: the customers that both programs get.
prepare() {
    for side in old new; do
        mkdir -p "$work/$side/$1"
        python3 "$here/same_bytes_requests.py" split "$2" "$work/$side/$1"
    done
}

differences=0
# compare NAME: every file of both sides.
compare() {
    local file found=0 same=0
    while IFS= read -r file; do
        local old="$work/old/$1/$file" new="$work/new/$1/$file"
        if [[ ! -e $old || ! -e $new ]]; then
            echo "  ONLY ONE:  $1/$file"
        elif cmp -s "$old" "$new" || cmp -s <(sed -E "s/$ignore//g" "$old") <(sed -E "s/$ignore//g" "$new"); then
            same=$((same + 1))
            continue
        else
            echo "  DIFFERENT: $1/$file"
            diff <(sed -E "s/$ignore//g" "$old") <(sed -E "s/$ignore//g" "$new") | cut -c1-200 | head -n 5 |
                sed 's/^/      /' || true
        fi
        found=$((found + 1))
    done < <(cd "$work" && { (cd "old/$1" && find . -type f); (cd "new/$1" && find . -type f); } | LC_ALL=C sort -u)
    echo "  $1: $same files are the same bytes, $found are not"
    differences=$((differences + found))
}

names=(simulated)
targets=(Exited)
"${programs[0]}" simulate --rows "${ROWS:-6000}" --seed 7 -o "$work/simulated.csv"
prepare simulated "$work/simulated.csv"
for data in "$@"; do
    file=${data%%:*}
    name=$(basename "$file" .csv)
    prepare "$name" "$file"
    names+=("$name")
    if [[ $data == *:* ]]; then targets+=("${data#*:}"); else targets+=(""); fi
done
echo "the same bytes by ${programs[0]} and ${programs[1]}:"
for place in "${!names[@]}"; do
    for side in old new; do
        program=${programs[$([[ $side == old ]] && echo 0 || echo 1)]}
        work_on "$work/$side/${names[$place]}" "${targets[$place]}"
    done
    compare "${names[$place]}"
done
if ((differences)); then
    echo "prove-same-bytes: $differences files differ" >&2
    exit 1
fi
