#!/usr/bin/env bash
# Training in production, step by step; .github/workflows/train.yml takes them in this order, and `make pipeline` proves
# them with a real MLflow server on loopback.
#
#   pipeline.sh PROGRAM FOLDER data|drift|train|gate|summary
#
# FOLDER keeps what one step leaves for the next. The environment says the rest: NAME of the registered model (default
# churn); CUSTOMERS_URL, where the labelled customers are (http, https or file; simulated without it) and
# CUSTOMERS_TOKEN for it; WHY the champion should move; MLFLOW_TRACKING_URI and its credentials. What later steps decide
# by goes to GITHUB_OUTPUT, what people read to GITHUB_STEP_SUMMARY, or both to standard output.
set -euo pipefail
program=$(realpath "$1")
mkdir -p "$2"
root=$(cd "$(dirname "$0")/.." && pwd)
step=$3
cd "$2"
name=${NAME:-churn}

tell() { echo "$1" | tee -a "${GITHUB_OUTPUT:-/dev/null}"; }
# ask MODELS-COMMAND EXPRESSION: a Python expression over `answer`, the JSON that `retain models` prints.
ask() { "$program" models $1 --json | python3 -c "import json, sys; answer = json.load(sys.stdin); print($2)"; }
champion() { ask list "next((m['aliases'].get('champion', '') for m in answer if m['name'] == '$name'), '')"; }
# gated COMMAND...: exit code 3, a gate's no, is an answer; it is left in $verdict.
gated() {
    verdict=0
    "$@" || verdict=$?
    [[ $verdict == 0 || $verdict == 3 ]] || exit "$verdict"
}

case $step in
data)
    if [[ -n ${CUSTOMERS_URL:-} ]]; then
        python3 "$root/Scripts/fetch.py" "$CUSTOMERS_URL" customers.csv
    else
        echo "CUSTOMERS_URL says nothing: simulated customers" >&2
        "$program" simulate --rows "${ROWS:-10000}" --seed "${SEED:-42}" ${SIMULATE:-} -o customers.csv
    fi
    if [[ -r $root/retain.yaml ]]; then
        cp "$root/retain.yaml" .
    elif [[ ! -e retain.yaml ]]; then
        "$program" init customers.csv -o retain.yaml
    fi
    "$program" check customers.csv
    ;;
drift)
    rm -f drift.md drift.xml
    champion=$(champion)
    if [[ -z $champion ]]; then
        echo "There is no champion yet, so there is nothing to compare with." >drift.md
        tell drift=first
        exit
    fi
    gated "$program" drift "models:/$name@champion" customers.csv --markdown drift.md --junit drift.xml
    tell "drift=$([[ $verdict == 3 ]] && echo true || echo false)"
    ;;
train)
    "$program" train customers.csv ${MODEL:+--model "$MODEL"} --output model --html report.html --register "$name" |
        tee train.txt
    tell "version=$(ask "show $name" "max(v['version'] for v in answer['versions'])")"
    ;;
gate)
    version=$(ask "show $name" "max(v['version'] for v in answer['versions'])")
    gated "$program" models promote "$name" "$version" --why "${WHY:-scheduled training}" >gate.txt
    cat gate.txt
    tell "promoted=$([[ $verdict == 0 ]] && echo true || echo false)"
    ;;
summary)
    {
        echo "## Training of $name"
        echo
        echo "The champion is version $(champion)."
        if [[ -r drift.md ]]; then printf '\n### Drift\n\n%s\n' "$(cat drift.md)"; fi
        if [[ -r gate.txt ]]; then printf '\n### Against the champion\n\n```text\n%s\n```\n' "$(cat gate.txt)"; fi
        if [[ -r train.txt ]]; then printf '\n### On the held-out rows\n\n```text\n%s\n```\n' "$(cat train.txt)"; fi
    } | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
    ;;
*)
    echo "pipeline: no step is called $step" >&2
    exit 64
    ;;
esac
