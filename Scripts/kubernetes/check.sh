#!/usr/bin/env bash
# Holds deploy/kubernetes against Kubernetes, KServe, the program, its image and the documents: `make kubernetes`.
#
#   check.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
python=$(Scripts/interop/environments.sh kubernetes)/kubernetes/bin/python
"$python" Scripts/kubernetes/check_manifests.py "$program"
"$python" Scripts/kubernetes/test_checks.py "$program"
"$python" Scripts/kubernetes/play.py "$program"
