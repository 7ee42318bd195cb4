#!/usr/bin/env bash
# Builds the Dockerfile and proves the image: its size, labels and user, and the service in it as it runs in production,
# with a root that can't be written and without rights: `make image-test`.
#
# Where a Docker engine answers, it does both. Where none does, buildah builds on base images that are made from Debian's
# packages and the toolchain of this machine. ENGINE=docker or buildah chooses.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/Scripts/image
work=$(mktemp -d)
server=
finish() {
    forget
    if [[ -n $server ]]; then Scripts/interop/server.sh stop "$server"; fi
    # What a Docker engine's container wrote may be nobody's here.
    rm -rf "$work" 2>/dev/null || true
}
forget() { :; }
trap finish EXIT
source "$here/engine.sh"

# expect WHAT ACTUAL WANTED
expect() {
    [[ $2 == "$3" ]] || fail "$1: $2 instead of $3"
    echo "ok   $1: $2"
}
label() { value "config['Labels']['org.opencontainers.image.$1']"; }
quietly() { "$@" >"$work/quietly.log" 2>&1 || { cat "$work/quietly.log" >&2; fail "$*"; }; }
# ask VERB ARGUMENTS...: with ask.py; shows what the service says where that fails.
ask() {
    python3 "$here/ask.py" "$1" "http://127.0.0.1:$port" "$key" "$work/made" "${@:2}" ||
        { cat "$work/service.log" >&2; fail "$1"; }
}

began=$SECONDS
build_service
echo "ok   built by $ENGINE in $((SECONDS - began)) s"
bytes=$(image_bytes)
((bytes < 150000000)) || fail "the image has $((bytes / 1000000)) MB, 150 are allowed"
echo "ok   $((bytes / 1000000)) MB"
expect "version" "$(label version)" "$version"
expect "revision" "$(label revision)" tested
expect "source" "$(label source)" https://example.com/retain
expect "license" "$(label licenses)" Apache-2.0
expect "user" "$(value "config['User']")" 65532:65532
expect "port" "$(value "' '.join(config['ExposedPorts'])")" 8080/tcp
expect "health check" "$(value "' '.join(config['Healthcheck']['Test'])")" "CMD retain health"

# What training writes; the service gets it read only.
mkdir -m 777 "$work/made" "$work/keys" "$work/data"
mounts=("$work/made:/data")
quietly run simulate --rows 2000 --seed 42 -o customers.csv
quietly run train customers.csv --model seed --seed 42 --output model --no-tracking
quietly run score model customers.csv -o scores.csv

mounts=("$work/made/model:/model:ro" "$work/data:/data")
status=0
run serve 2>"$work/refused.log" || status=$?
expect "open to all without keys: exit code" "$status" 64
grep -q "retain key" "$work/refused.log" || fail "the refusal says nothing of keys: $(cat "$work/refused.log")"

mounts=("$work/keys:/data")
key=$(run key tester --file keys.txt)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mounts=("$work/made/model:/model:ro" "$work/keys:/keys:ro" "$work/data:/data")
settings=(RETAIN_KEYS=/keys/keys.txt "RETAIN_PORT=$port")
start serve
ask answers
inside retain health || fail "the health check"
echo "ok   the health check finds it ready"
status=0
inside retain key somebody --file /somewhere 2>/dev/null || status=$?
expect "writing to the root: exit code" "$status" 73
expect "runs as" "$(awk '/^[UG]id:/ { print $3 }' "/proc/$(service)/status" | paste -s -d :)" 65532:65532
expect "its rights" "$(awk '/^CapEff:/ { print $2 }' "/proc/$(service)/status")" 0000000000000000
ask drains "$work/started" &
asking=$!
while [[ ! -e $work/started ]]; do
    kill -0 "$asking" || fail "the request that was to be drained"
    sleep 0.05
done
terminate
wait "$asking" || fail "SIGTERM lost a request"
ended
expect "after SIGTERM: exit code" "$code" 0
[[ -s $work/data/retain.db ]] || fail "no prediction was kept"

# The model from a registry instead of a folder.
python=$(Scripts/interop/environments.sh mlflow-3)/mlflow-3
answer=$(Scripts/interop/server.sh start "$python" "$work/mlflow" open)
server=${answer#* }
mounts=("$work/made:/data")
settings=("MLFLOW_TRACKING_URI=${answer% *}")
quietly run train customers.csv --model seed --seed 42 --output model --register churn
quietly run models promote churn 1 --why first
mounts=("$work/keys:/keys:ro" "$work/data:/data")
settings+=(RETAIN_KEYS=/keys/keys.txt "RETAIN_PORT=$port" RETAIN_MODEL=models:/churn@champion)
start serve
ask answers
terminate
ended
expect "models:/churn@champion, after SIGTERM: exit code" "$code" 0

# The model in the image.
service_image=$image image=localhost/retain-model:test
image_build "$work/made/model" -f deploy/model.Dockerfile --build-arg "SERVICE=$service_image" 2>"$work/build.log" ||
    { tail -n 20 "$work/build.log" >&2; fail "the image with a model does not build"; }
settings=(RETAIN_KEYS=/keys/keys.txt "RETAIN_PORT=$port")
start serve
ask answers
terminate
ended
expect "the model in the image, after SIGTERM: exit code" "$code" 0
echo "ok   the image, in $((SECONDS - began)) s"
