#!/usr/bin/env bash
# Starts an MLflow server on loopback for the proofs, and ends it.
#
#   server.sh start ENVIRONMENT FOLDER [auth|files]   prints "ADDRESS PID" once it answers
#   server.sh stop PID
#
# ENVIRONMENT is a Python environment with MLflow; FOLDER takes its database, artifacts and log. `auth` asks for
# name and password (admin, loopback-only-1); `files` lets clients write artifacts themselves.
set -euo pipefail

if [[ $1 == stop ]]; then
    kill "$2" 2>/dev/null || true
    for _ in {1..50}; do kill -0 "$2" 2>/dev/null || exit 0; sleep 0.1; done
    kill -9 "$2" 2>/dev/null || true
    exit 0
fi

environment=$2
folder=$3
kind=${4:-}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
port=$("$environment/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
options=(--backend-store-uri "sqlite:///$folder/server.db" --host 127.0.0.1 --port "$port" --workers 1)
case $kind in
    auth)
        cat >"$folder/auth.ini" <<INI
[mlflow]
default_permission = READ
database_uri = sqlite:///$folder/auth.db
admin_username = admin
admin_password = loopback-only-1
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
INI
        export MLFLOW_AUTH_CONFIG_PATH="$folder/auth.ini" MLFLOW_FLASK_SERVER_SECRET_KEY=loopback-only
        options+=(--app-name basic-auth --artifacts-destination "$folder/artifacts")
        ;;
    files) options+=(--no-serve-artifacts --default-artifact-root "$folder/artifacts") ;;
    *) options+=(--artifacts-destination "$folder/artifacts") ;;
esac
export MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false MLFLOW_DISABLE_TELEMETRY=true
# A process group of its own, so that its workers end with it.
cd "$folder"
setsid "$environment/bin/python" - "$environment/bin/mlflow" server "${options[@]}" >"$folder/server.log" 2>&1 <<'PY' &
import os, signal, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
def end(*_):
    child.terminate()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        pass
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
sys.exit(child.wait())
PY
pid=$!
for _ in {1..240}; do
    if "$environment/bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/health', timeout=2)" 2>/dev/null; then
        echo "http://127.0.0.1:$port $pid"
        exit 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
done
echo "the server did not start:" >&2
tail -20 "$folder/server.log" >&2
kill "$pid" 2>/dev/null || true
exit 1
