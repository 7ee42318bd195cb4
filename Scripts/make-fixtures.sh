#!/usr/bin/env bash
# Runs every script of Scripts/fixtures, which writes the reference numbers under Tests/. The Python
# packages go to virtual environments in the user's cache, made once for each list of requirements:
# NAME.requirements.txt for NAME.py where there is one, else requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/fixtures"

# Prints the folder of the environment that has what the file lists.
environment_of() {
    local digest environment
    digest=$(sha256sum "$1" | cut -c 1-12)
    environment="${XDG_CACHE_HOME:-$HOME/.cache}/retain-fixtures/$digest"
    if [[ ! -e "$environment/ready" ]]; then
        echo "installing the packages of $1 into $environment (once)" >&2
        python3 -m venv "$environment" || {
            echo "python3 can't make a virtual environment; on Debian: apt-get install python3-venv" >&2
            return 1
        }
        "$environment/bin/pip" install -q -r "$1" >&2 || return 1
        touch "$environment/ready"
    fi
    echo "$environment"
}

shared=$(environment_of requirements.txt)
for script in *.py; do
    echo "$script"
    own="${script%.py}.requirements.txt"
    environment="$shared"
    if [[ -e "$own" ]]; then
        environment=$(environment_of "$own") || {
            echo "skipped $script, its fixture stays: the packages of $own can't be installed" >&2
            continue
        }
    fi
    (cd ../.. && "$environment/bin/python" "Scripts/fixtures/$script")
done
cd ../..
git --no-pager diff --stat -- Tests
