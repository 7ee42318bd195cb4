#!/usr/bin/env bash
# Walks the desk in a real browser: see walk.py.
#
#   test.sh PROGRAM [--short] [--pictures FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
Scripts/setup.sh chromium
environments=$(Scripts/interop/environments.sh desk)
"$environments/desk/bin/python" Scripts/desk/walk.py "$@"
