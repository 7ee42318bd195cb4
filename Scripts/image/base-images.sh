#!/usr/bin/env bash
# Makes the images that the Dockerfile begins with, under their official names, where no registry of images can be
# reached: Debian from its packages, Swift from the toolchain of this machine. Made once and kept.
#
#   base-images.sh    prints the options with which `buildah build` finds toolchain and packages
#
# BUILDAH is the command with its storage; Scripts/image/prove.sh sets it.
set -euo pipefail
cd "$(dirname "$0")/../.."
read -ra buildah <<<"$BUILDAH"
debian=docker.io/library/$(sed -n 's/^FROM \(debian:[^ ]*\).*/\1/p' Dockerfile)
swift=docker.io/library/$(sed -n 's/^FROM \(swift:[^ ]*\).*/\1/p' Dockerfile)
suite=${debian##*:}
suite=${suite%-slim}

compiler=$(realpath "$(command -v swift)")
toolchain=${compiler%/usr/bin/*}
wanted=${swift##*:}
wanted=${wanted%%-*}
if ! swift --version 2>/dev/null | grep -qE "Swift version ${wanted//./\\.}(\.[0-9]+)? "; then
    echo "the Dockerfile wants Swift $wanted, and this machine has another" >&2
    exit 1
fi
# Where this machine's packages come from.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk -v suite="$suite" '$2 == suite { print $1; exit }')

has() { "${buildah[@]}" images -q "$1" >/dev/null 2>&1; }

# As the official image is made: without what only people read.
if ! has "$debian"; then
    echo "image: making $debian" >&2
    container=$("${buildah[@]}" from scratch)
    root=$("${buildah[@]}" mount "$container")
    debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"} >&2
    find "$root/usr/share/doc" -depth ! -type d ! -name copyright -delete
    find "$root/usr/share/doc" -depth -type d -empty -delete
    rm -rf "$root"/usr/share/{man,info,groff,lintian}/* "$root"/usr/share/locale/[a-z]* \
        "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/*
    "${buildah[@]}" config --cmd bash --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        "$container"
    "${buildah[@]}" commit -q --rm "$container" "$debian" >&2
fi

# What the official image installs, without the toolchain, which is mounted: it is large, and lies here already.
if ! has "$swift"; then
    echo "image: making $swift" >&2
    container=$("${buildah[@]}" from "$debian")
    root=$("${buildah[@]}" mount "$container")
    "${buildah[@]}" run "$container" -- bash -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install \
        -y -qq --no-install-recommends binutils-gold gcc g++ git libc6-dev libcurl4 libedit2 libncurses6 libsqlite3-0 \
        libxml2 tzdata libuuid1 zlib1g' >&2
    # Addresses that git reads elsewhere on this machine are read there in the image too.
    git config --get-regexp '^url\..*\.insteadof$' | while read -r key value; do
        git config --file "$root/etc/gitconfig" --add "$key" "$value"
    done || true
    "${buildah[@]}" config --cmd swift --env "PATH=$toolchain/usr/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        "$container"
    "${buildah[@]}" commit -q --rm "$container" "$swift" >&2
fi

folders=$(git config --get-regexp '^url\..*\.insteadof$' | sed -E 's/^url\.(.*)\.insteadof .*/\1/' | sort -u)
for folder in "$toolchain" $folders; do
    if [[ -d $folder ]]; then echo "--volume=${folder%/}:${folder%/}:ro"; fi
done
