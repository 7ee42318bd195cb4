#!/usr/bin/env bash
# Makes a fresh Debian (or Ubuntu) machine ready: installs the system packages that are missing, then
# checks the Swift toolchain. Quick and silent where nothing is missing. Arguments name programs that this work needs
# beside, each of a package of the same name.
set -euo pipefail

minimum=6.2
missing=()

# needs PACKAGE TEST...: the package is missing where the test fails. Tests look for the thing itself,
# since package names differ between releases (libcurl4, libcurl4t64).
needs() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
has_library() { ldconfig -p | grep -F "$1" >/dev/null; }
has_file() { compgen -G "$1"; }
PATH="$PATH:/usr/sbin:/sbin"

if [[ $(uname -s) == Linux ]]; then
    # To fetch the dependencies.
    needs git command -v git
    needs ca-certificates has_file "/etc/ssl/certs/ca-certificates.crt"
    # To compile and link: headers and start files of C and C++, linker.
    needs g++ has_file "/usr/include/c++/*/vector"
    needs libc6-dev has_file "/usr/include/stdlib.h"
    needs binutils-gold command -v ld.gold
    # To keep runs in a file.
    needs libsqlite3-dev has_file "/usr/include/sqlite3.h"
    # SHA-256 and HMAC.
    needs libssl-dev has_file "/usr/include/openssl/evp.h"
    # To unpack requests; dependencies are linked with it, too.
    needs zlib1g-dev has_file "/usr/lib/*/libz.so"
    # To read files that zstd packed.
    needs libzstd-dev has_file "/usr/include/zstd.h"
    # What the toolchain's programs are linked with.
    needs libcurl4 has_library libcurl.so.4
    needs libxml2 has_library libxml2.so.2
    needs libsqlite3-0 has_library libsqlite3.so.0
    needs libncurses6 has_library libncurses.so.6
    needs libuuid1 has_library libuuid.so.1
    needs zlib1g has_library libz.so.1
    # For records on a server, and a server of their own for tests.
    needs libpq5 has_library libpq.so.5
    needs postgresql has_file "/usr/lib/postgresql/*/bin/initdb"
    # For the proofs of Scripts/, some in Python environments of their own.
    needs curl command -v curl
    needs python3 command -v python3
    needs python3-venv python3 -c "import ensurepip, venv"
    # Makes the certificates of tests.
    needs openssl command -v openssl
    for program in "$@"; do needs "$program" command -v "$program"; done
fi

if ((${#missing[@]})); then
    install=(apt-get install -y --no-install-recommends "${missing[@]}")
    if ! command -v apt-get >/dev/null; then
        echo "setup: missing: ${missing[*]}; install them with this system's package manager" >&2
        exit 1
    fi
    root=()
    if [[ $(id -u) != 0 ]]; then
        if ! command -v sudo >/dev/null; then
            echo "setup: as root, run: apt-get update && ${install[*]}" >&2
            exit 1
        fi
        root=(sudo)
    fi
    echo "setup: installing ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    "${root[@]}" apt-get update -qq
    "${root[@]}" "${install[@]}" -qq >/dev/null
fi

if ! command -v swift >/dev/null; then
    echo "setup: no 'swift' on PATH. Install Swift $minimum or later from swift.org/install, unpack it," \
        "and add its usr/bin folder to PATH: export PATH=FOLDER/usr/bin:\$PATH" >&2
    exit 1
fi
if ! answer=$(swift --version 2>&1); then
    echo "setup: $(command -v swift) does not run: ${answer%%$'\n'*}" >&2
    exit 1
fi
version=$(sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' <<<"$answer" | head -n 1)
if [[ $(printf '%s\n' "$minimum" "$version" | sort -V | head -n 1) != "$minimum" ]]; then
    echo "setup: Swift ${version:-of an unknown version} at $(command -v swift) is too old;" \
        "install $minimum or later from swift.org/install" >&2
    exit 1
fi
