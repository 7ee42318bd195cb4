#!/usr/bin/env bash
# Builds the Dockerfile and no more: `make image`. Scripts/image/prove.sh finds what is built here.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
forget() { :; }
trap 'forget; rm -rf "$work"' EXIT
source Scripts/image/engine.sh
build_service
echo "ok   built $image by $ENGINE in $SECONDS s"
