#!/usr/bin/env bash
# Runs a PostgreSQL server of its own on loopback, for tests and proofs, until standard input ends: so it ends with whoever
# started it, however that ends.
#
#   postgres.sh FOLDER [OPTION-OF-POSTGRES...]
#
# FOLDER must not be there yet, in a folder that all may enter, and is removed in the end. The user is `retain`, the password `secret`, the database
# `retain`. Each line of standard input is a command: start, stop (as an administrator does) or kill (as a power cut does).
# Each is answered by a line: `ready PORT` or `gone`. The server is started at once.
set -euo pipefail
folder=$1
shift
PATH=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1):$PATH
if ! command -v initdb postgres >/dev/null; then
    echo "postgres: PostgreSQL's server is not installed; on Debian: apt-get install postgresql" >&2
    exit 69
fi
mkdir "$folder"
# It refuses to run as root.
as=()
if [[ $(id -u) == 0 ]]; then
    user=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$user" "$folder"
    as=(setpriv "--reuid=$user" "--regid=$(id -gn "$user")" --clear-groups)
fi
cd "$folder"
server=
stop() {
    [[ -z $server ]] || { kill "-$1" "$server" 2>/dev/null || true; wait "$server" || true; }
    server=
}
trap 'stop INT; cd /; rm -rf "$folder"' EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo secret >password
chmod 644 password
"${as[@]}" initdb --pgdata data --username retain --pwfile password --auth scram-sha-256 --encoding UTF8 --locale C \
    --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
start() {
    "${as[@]}" postgres -D data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" \
        <&- >>server.log 2>&1 &
    server=$!
    for _ in $(seq 300); do
        if PGPASSWORD=secret PGCONNECT_TIMEOUT=2 psql -qXh 127.0.0.1 -p "$port" -U retain postgres -c "" >/dev/null 2>&1; then
            return
        fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat server.log >&2
    exit 1
}
start "$@"
PGPASSWORD=secret createdb -h 127.0.0.1 -p "$port" -U retain retain
echo "ready $port"
while read -r command; do
    case $command in
    start) start "$@" && echo "ready $port" ;;
    stop) stop INT && echo gone ;;
    kill) stop QUIT && echo gone ;;
    esac
done
