#!/usr/bin/env bash
# Makes the wheel of the Python package with the program in it, as `pip install` puts it on PATH.
#
#   build.sh FOLDER [PROGRAM]
#
# PROGRAM is one that Scripts/build-static.sh built, what is in it beside it; without one, the image's. The platform in the
# wheel's name is what `auditwheel show` says of the program. The same program and commit give the same wheel.
set -euo pipefail
cd "$(dirname "$0")/../.."
# PyPI takes 100 MB; who installs it waits for each of them.
most_megabytes=40
mkdir -p "$1"
dist=$(cd "$1" && pwd)
work=$(mktemp -d)
forget() { :; }
trap 'forget; rm -rf "$work"' EXIT
fail() {
    echo "FAIL $*" >&2
    exit 1
}
mkdir -p "$work/about"
if [[ -n ${2:-} ]]; then
    [[ -x $2 ]] || fail "$2: no such program"
    version=$(sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/ChurnModel/RetainVersion.swift)
    cp "$2" "$work/retain"
    for part in dependencies.json linked.txt licenses; do
        cp -r "$(dirname "$2")/$part" "$work/about" 2>/dev/null ||
            fail "$2: there is no $part beside it, which says what is in it"
    done
else
    source Scripts/image/engine.sh
    build_service
    copy_out /usr/local/bin/retain "$work/retain"
    rm -rf "$work/about"
    copy_out /usr/share/doc/retain "$work/about"
fi
strip --strip-all "$work/retain"
chmod 755 "$work/retain"
[[ $("$work/retain" --version) == "$version" ]] || fail "the program says another version than $version"

# Apart from the tree, so that nothing is left in it.
python=$(Scripts/interop/environments.sh wheel)/wheel/bin/python
git ls-files -z --cached --others --exclude-standard python Sources/ChurnModel/RetainVersion.swift | xargs -0 cp --parents -t "$work"
cp LICENSE "$work/python"
cp -r "$work/about/licenses" "$work/python/licenses"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH RETAIN_WHEEL_PROGRAM=$work/retain RETAIN_WHEEL_SBOM=retain.cdx.json
python3 Scripts/sbom.py "$work/about" "$version" "$SOURCE_DATE_EPOCH" >"$work/python/$RETAIN_WHEEL_SBOM"
# wheel_for PLATFORM
wheel_for() {
    rm -rf "$work/dist"
    (cd "$work/python" && RETAIN_WHEEL_PLATFORM=$1 "$python" -m hatchling build -t wheel -d "$work/dist") >"$work/build.log" 2>&1 ||
        { cat "$work/build.log" >&2; fail "the wheel does not build"; }
}
wheel_for "linux_$(uname -m)"
"$python" -m auditwheel show "$work"/dist/*.whl >"$work/audit.txt" 2>&1
platform=$(tr '\n' ' ' <"$work/audit.txt" | sed -n 's/.*platform tag: *"\(manylinux_[0-9_a-z]*\)".*/\1/p')
if [[ -z $platform ]]; then
    cat "$work/audit.txt" >&2
    fail "the program runs on no system but one like this; build it with Scripts/build-static.sh"
fi
wheel_for "$platform"

wheel=$(basename "$work"/dist/*.whl)
size=$(stat -c %s "$work/dist/$wheel")
((size <= most_megabytes * 1000000)) || fail "$wheel: $size bytes, at most $most_megabytes MB are wanted"
rm -f "$dist"/retain_churn-*.whl
cp "$work/dist/$wheel" "$dist/"
echo "ok   $((size / 100000 / 10)).$((size / 100000 % 10)) MB $wheel"
