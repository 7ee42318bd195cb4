#!/usr/bin/env bash
# Runs Python with the package of this tree and the real program: what the targets of the package stand on.
#
#   python.sh ENVIRONMENT PROGRAM ARGUMENT...
#
# ENVIRONMENT is one of Scripts/interop/NAME.txt. Arguments are Python's, in the folder `python`.
set -euo pipefail
environment=$1
RETAIN_PROGRAM=$(realpath "$2")
shift 2
export RETAIN_PROGRAM
cd "$(dirname "$0")/../.."
bin=$(Scripts/interop/environments.sh "$environment")/$environment/bin
export PYTHONPATH=$PWD/python/src PYTHONDONTWRITEBYTECODE=1
cd python
exec "$bin/python" "$@"
