#!/usr/bin/env bash
# Builds the program with Swift's libraries in it, and with SQLite, zlib, zstd and libcrypto where the system has them as archives only: the
# Dockerfile's first stage.
#
#   build-static.sh SCRATCH-FOLDER
#
# Leaves in SCRATCH-FOLDER/static: retain; dependencies.json, linked.txt and licenses/, which say what is in it.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1/static"
static=$(cd "$1/static" && pwd)

# Swift exports every symbol of a static program, which keeps whatever nobody calls.
echo '{ local: *; };' >"$static/exports.txt"
swift build --scratch-path "$1" -debug-info-format none -c release --product retain --static-swift-stdlib \
    -Xlinker --strip-all -Xlinker "--version-script=$static/exports.txt"
cp "$1/release/retain" "$static/retain"

swift package --scratch-path "$1" show-dependencies --format json --output-path "$static/dependencies.json"
cat >"$static/linked.txt" <<TEXT
swift $(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
sqlite $(sed -n 's/^#define SQLITE_VERSION  *"\(.*\)"/\1/p' /usr/include/sqlite3.h)
zlib $(sed -n 's/^#define ZLIB_VERSION "\(.*\)"/\1/p' /usr/include/zlib.h)
zstd $(awk '/^#define ZSTD_VERSION_(MAJOR|MINOR|RELEASE)/ { printf "%s%s", dot, $3; dot = "." }' /usr/include/zstd.h)
openssl $(sed -n 's/^# define OPENSSL_VERSION_STR "\(.*\)"/\1/p' /usr/include/openssl/opensslv.h)
TEXT
rm -rf "$static/licenses"
for checkout in "$1"/checkouts/*/; do
    for file in "$checkout"LICENSE* "$checkout"NOTICE*; do
        if [[ -f $file ]]; then
            install -D -m 644 "$file" "$static/licenses/$(basename "$checkout")/$(basename "$file")"
        fi
    done
done
