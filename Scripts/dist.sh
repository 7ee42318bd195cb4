#!/usr/bin/env bash
# Packs what a release gives away: the program of the image, with completions, license texts and a bill of materials.
#
#   dist.sh FOLDER
#
# The program needs glibc 2.36 or newer and nothing else. The same program and commit give the same archive.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$1"
dist=$(cd "$1" && pwd)
work=$(mktemp -d)
forget() { :; }
trap 'forget; rm -rf "$work"' EXIT
source Scripts/image/engine.sh

build_service
date=$(git log -1 --format=%ct)
name=retain-$version-linux-$(uname -m)
package=$work/$name
mkdir -p "$package/completions"
copy_out /usr/local/bin/retain "$package/retain"
copy_out /usr/share/doc/retain "$work/about"
cp -r "$work/about/licenses" "$package/licenses"
cp LICENSE README.md CHANGELOG.md "$package"
for shell in bash zsh fish; do
    "$package/retain" --generate-completion-script "$shell" >"$package/completions/retain.$shell"
done
if needed=$(ldd "$package/retain" | grep -vE 'linux-vdso|ld-linux|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so'); then
    fail "the program needs more than its system has: $needed"
fi
[[ $("$package/retain" --version) == "$version" ]] || fail "the program says another version"

python3 Scripts/sbom.py "$work/about" "$version" "$date" >"$dist/$name.cdx.json"
"$(Scripts/interop/environments.sh delivery)/delivery/bin/python" Scripts/delivery/check_sbom.py "$dist/$name.cdx.json"
cp "$dist/$name.cdx.json" "$package/sbom.cdx.json"
tar -c -C "$work" --sort=name --mtime="@$date" --owner=0 --group=0 --numeric-owner --mode=go-w "$name" |
    gzip -n -9 >"$dist/$name.tar.gz"
Scripts/checksums.sh "$dist"
echo "ok   $(du -h "$dist/$name.tar.gz" | cut -f1) $name.tar.gz"
