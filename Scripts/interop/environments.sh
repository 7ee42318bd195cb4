#!/usr/bin/env bash
# Makes Python environments for the proofs, once, in the folder of RETAIN_CACHE (default ~/.cache/retain-interop), each
# from its list beside this script. Prints the folder.
#
#   environments.sh [NAME...]    default: mlflow-2 mlflow-3 service
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${RETAIN_CACHE:-$HOME/.cache/retain-interop}
mkdir -p "$cache"
if (($# == 0)); then set -- mlflow-2 mlflow-3 service; fi
for name; do
    environment=$cache/$name
    if ! cmp -s "$here/$name.txt" "$environment/installed.txt"; then
        echo "interop: installing $name into $environment" >&2
        rm -rf "$environment"
        python3 -m venv "$environment"
        "$environment/bin/pip" install -q --disable-pip-version-check -r "$here/$name.txt" >&2
        cp "$here/$name.txt" "$environment/installed.txt"
    fi
done
echo "$cache"
