#!/usr/bin/env bash
# Checks what delivers the program: `make check-delivery`.
#
#   check.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
python=$(Scripts/interop/environments.sh delivery)/delivery/bin/python
"$python" Scripts/delivery/test_checks.py
"$python" Scripts/delivery/check_environments.py
"$python" Scripts/delivery/check_workflows.py
"$python" Scripts/delivery/check_compose.py
"$python" Scripts/delivery/check_monitoring.py "$program"
