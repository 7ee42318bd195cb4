#!/usr/bin/env bash
# Walks README's first commands on a bare Debian with Python and nothing else, from `pip install` of a wheel to scores, report
# and drift, and tells how long each took: `make bare-wheel`.
#
#   bare-debian.sh WHEEL
set -euo pipefail
wheel=$(realpath "$1")
cd "$(dirname "$0")/../.."
source Scripts/image/bare.sh
mkdir "$root/wheel"
cp "$wheel" "$root/wheel/"
# README's first block, with the wheel at hand in place of the one of a release; a line for each command.
sed -n '/^```sh$/,/^```$/ { /^```$/q; /^```/!p }' README.md | sed 's/ *#.*//; s|^pip install retain-churn$|pip install -q /wheel/*.whl|' >"$root/readme.sh"
grep -q '^pip install -q /wheel/' "$root/readme.sh" || fail "README does not begin with pip install retain-churn"
cat >"$root/walk.sh" <<'WALK'
set -euo pipefail
began=$(date +%s%N)
told() {
    local now
    now=$(date +%s%N)
    printf 'ok   %6d ms %s\n' $(((now - began) / 1000000)) "$1"
    began=$(date +%s%N)
}
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1
if command -v swift swiftc cc gcc clang; then
    echo "FAIL there is a compiler, which nobody needs"
    exit 1
fi
python3 -m venv environment
PATH=$PWD/environment/bin:$PATH
told "Python, and an empty environment"
while IFS= read -r line; do
    case $line in
    "retain init customers.csv")
        # Somebody's own files.
        retain simulate --rows 10000 --seed 42 -o customers.csv
        retain simulate --rows 10000 --seed 43 -o new.csv
        told "(two files to have)"
        ;;
    esac
    code=0
    eval "$line" >out 2>&1 || code=$?
    # That customers have drifted is an answer.
    if ((code != 0)) && [[ $code != 3 || $line != "retain drift "* ]]; then
        tail -n 20 out
        echo "FAIL $line: exit status $code"
        exit 1
    fi
    told "$line"
done </readme.sh
[[ -s report.html && $(wc -l <scores.csv) == 10001 && -s retain-demo/report.html ]]
WALK
$BUILDAH run "${options[@]}" --env HOME=/root --workingdir /root "$container" -- bash /walk.sh
