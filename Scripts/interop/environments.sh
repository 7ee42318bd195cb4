#!/usr/bin/env bash
# Makes Python environments for the proofs, once, in the folder of RETAIN_CACHE (default ~/.cache/retain-interop), each
# from its list beside this script. What stands in NAME.alone.txt is installed without what it asks for. Prints the folder.
#
#   environments.sh [NAME...]    default: mlflow-2 mlflow-3 service
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${RETAIN_CACHE:-$HOME/.cache/retain-interop}
mkdir -p "$cache"
if (($# == 0)); then set -- mlflow-2 mlflow-3 service; fi
for name; do
    environment=$cache/$name
    lists=("$here/$name.txt")
    alone=$here/$name.alone.txt
    if [[ -e $alone ]]; then lists+=("$alone"); fi
    if ! cat "${lists[@]}" | cmp -s - "$environment/installed.txt"; then
        echo "interop: installing $name into $environment" >&2
        rm -rf "$environment"
        python3 -m venv "$environment"
        pip=("$environment/bin/pip" install -q --disable-pip-version-check)
        "${pip[@]}" -r "$here/$name.txt" >&2
        if [[ -e $alone ]]; then "${pip[@]}" --no-deps -r "$alone" >&2; fi
        cat "${lists[@]}" >"$environment/installed.txt"
    fi
done
echo "$cache"
