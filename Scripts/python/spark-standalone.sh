#!/usr/bin/env bash
# Tests the Python package's part for Apache Spark on a standalone cluster: a master and two workers on loopback.
#
#   spark-standalone.sh PROGRAM [PYTEST-OPTION...]
#
# RETAIN_SPARK_ROWS says how many customers (100,000). It takes Java 17 or newer.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(Scripts/interop/environments.sh spark)/spark/bin
SPARK_HOME=$("$bin/python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$bin/python
work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
# begin NAME CLASS ARGUMENT...: a part of the cluster, until this script ends.
begin() {
    local name=$1 class=org.apache.spark.deploy.$2
    shift 2
    "$SPARK_HOME/bin/spark-class" "$class" --host 127.0.0.1 "$@" >"$work/$name.log" 2>&1 &
    started+=($!)
}
# wait_for NAME WORDS: until a part says so.
wait_for() {
    for _ in {1..600}; do
        if grep -q "$2" "$work/$1.log"; then return; fi
        sleep 0.1
    done
    cat "$work/$1.log" >&2
    echo "FAIL $1 does not start" >&2
    exit 1
}
port=$("$bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
begin master master.Master --port "$port" --webui-port 0
wait_for master "I have been elected leader"
for number in 1 2; do
    begin "worker$number" worker.Worker --webui-port 0 --cores 1 --memory 1500m --work-dir "$work/$number" "spark://127.0.0.1:$port"
    wait_for "worker$number" "Successfully registered"
done
echo "ok   a master and two workers on port $port"
RETAIN_SPARK_MASTER=spark://127.0.0.1:$port Scripts/python/spark-test.sh "$@"
