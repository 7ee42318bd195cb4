#!/usr/bin/env bash
# Walks README's commands on a bare Debian that has the Swift toolchain and nothing else, from a clean clone to a service
# that answers, and tells how long each took: `make bare-debian`. Some twenty minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/../.."
source Scripts/image/bare.sh
git clone -q --bare . "$work/retain.git"
# Where this machine reads addresses elsewhere, the clone does.
git config --get-regexp '^url\..*\.insteadof$' | while read -r key value; do
    git config --file "$root/etc/gitconfig" --add "$key" "$value"
done || true
toolchain=$(realpath "$(command -v swift)")
cat >"$root/walk.sh" <<'WALK'
set -euo pipefail
began=$SECONDS
told() { echo "ok   $1: $((SECONDS - began)) s since the start"; }
apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq git make >/dev/null 2>&1
told "git and make installed"
git clone -q /retain.git retain && cd retain
make demo
told "make demo"
.build/release/retain serve retain-demo/model --port 18090 2>serve.log &
for _ in $(seq 100); do
    if curl -fs http://127.0.0.1:18090/ready >/dev/null; then break; fi
    sleep 0.1
done
customer='{"CreditScore": 619, "Geography": "France", "Gender": "Female", "Age": 42, "Tenure": 2, "Balance": 0,
    "NumOfProducts": 1, "HasCrCard": 1, "IsActiveMember": 1, "EstimatedSalary": 101348.88, "Satisfaction Score": 2,
    "Card Type": "DIAMOND", "Point Earned": 464}'
curl -fsS http://127.0.0.1:18090/predict -H 'Content-Type: application/json' -d "$customer"
echo
told "the service answers"
kill %1 && wait
WALK
$BUILDAH run "${options[@]}" --volume "$work/retain.git:/retain.git:ro" --env "PATH=${toolchain%/*}:/usr/sbin:/usr/bin:/sbin:/bin" \
    --env HOME=/root --workingdir /root "$container" -- bash /walk.sh
