#!/usr/bin/env bash
# Installs a wheel into an empty Python environment, where there is no Swift, and does the main job with it, timed.
#
#   prove.sh WHEEL
set -euo pipefail
wheel=$(realpath "$1")
# `swift` stands in usr/bin of the toolchain's folder.
if swift=$(command -v swift); then
    toolchain=$(realpath "$(dirname "$(realpath "$swift")")/../..")
    if [[ ${2:-} == apart ]]; then
        echo "FAIL the toolchain is still there: $swift" >&2
        exit 1
    elif unshare --mount true 2>/dev/null; then
        # shellcheck disable=SC2016 # The inner shell expands them.
        exec unshare --mount bash -c 'mount -t tmpfs none "$1" && exec "$2" "$3" apart' _ \
            "$toolchain" "$(realpath "$0")" "$wheel"
    fi
    echo "SKIPPED: the toolchain is not hidden, since this machine lets nobody mount"
fi
unset RETAIN_PROGRAM PYTHONPATH LD_LIBRARY_PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
began=$(date +%s%N)
# told WHAT: the time since the last one.
told() {
    local now
    now=$(date +%s%N)
    printf 'ok   %6d ms %s\n' $(((now - began) / 1000000)) "$1"
    began=$now
}
python3 -m venv environment
told "an empty environment"
environment/bin/pip install -q --disable-pip-version-check --no-index "$wheel"
told "pip install"
PATH=$work/environment/bin:$PATH
[[ $(command -v retain) == "$work/environment/bin/retain" ]]
retain simulate --rows 10000 --seed 42 -o customers.csv
retain init customers.csv -o retain.yaml 2>log || { cat log >&2; exit 1; }
told "10,000 customers, retain init"
retain train customers.csv --model seed --html report.html >/dev/null 2>log || { cat log >&2; exit 1; }
told "retain train, with its report"
retain score model customers.csv -o scores.csv 2>log || { cat log >&2; exit 1; }
(($(wc -l <scores.csv) == 10001))
told "retain score"
python - <<'PYTHON'
import pathlib
import retain_churn

evaluation = retain_churn.Model("model").evaluate("customers.csv")
assert evaluation.metrics["roc_auc"] > 0.8, evaluation.metrics
evaluation.report.save("evaluation.html")
with retain_churn.Session("model") as session:
    answer = session.score({})
    assert "CreditScore" in answer["rejected"], answer
again = retain_churn.train("customers.csv", model="seed", output="again", tracking=False)
for name in ("network.safetensors", "calibration.json"):
    assert pathlib.Path("again/retain", name).read_bytes() == pathlib.Path("model/retain", name).read_bytes(), name
PYTHON
[[ -s report.html && -s evaluation.html ]]
told "retain_churn: evaluation, session, the same model again"
environment/bin/pip uninstall -q -y retain-churn
[[ ! -e environment/bin/retain ]]
told "pip uninstall"
