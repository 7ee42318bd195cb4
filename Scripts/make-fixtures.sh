#!/usr/bin/env bash
# Runs every script of Scripts/fixtures, which writes the reference numbers under Tests/. The Python
# packages go to a virtual environment in the user's cache, made once for each requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/fixtures"

digest=$(sha256sum requirements.txt | cut -c 1-12)
environment="${XDG_CACHE_HOME:-$HOME/.cache}/retain-fixtures/$digest"
if [[ ! -e "$environment/ready" ]]; then
    echo "installing the reference packages into $environment (once)" >&2
    python3 -m venv "$environment" || {
        echo "python3 can't make a virtual environment; on Debian: apt-get install python3-venv" >&2
        exit 1
    }
    "$environment/bin/pip" install -q -r requirements.txt
    touch "$environment/ready"
fi
for script in *.py; do
    echo "$script"
    "$environment/bin/python" "$script"
done
cd ../..
git --no-pager diff --stat -- Tests
