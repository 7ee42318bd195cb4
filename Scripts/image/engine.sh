# Chooses what builds and runs images: a Docker engine where one answers, else buildah; ENGINE=docker or buildah
# says which. Sourced by scripts that have said where they work ($work); where nothing can, they end with a line on it.
image=localhost/retain:test
mounts=() settings=()

skip() {
    echo "SKIPPED: ${0##*/}; $*"
    exit 0
}
fail() {
    echo "FAIL $*" >&2
    exit 1
}
# value EXPRESSION: of the image's config.
value() { python3 -c "import json, sys; config = json.loads(sys.argv[1]); print($1)" "$config"; }

if [[ -z ${ENGINE:-} ]]; then
    ENGINE=docker
    if ! docker info >/dev/null 2>&1; then ENGINE=buildah; fi
fi
if [[ $ENGINE == buildah ]]; then
    [[ $(id -u) == 0 ]] || skip "no Docker engine answers, and without one it takes root"
    unshare --mount true 2>/dev/null || skip "no Docker engine answers, and this machine lets nobody mount"
    if ! { command -v buildah && command -v debootstrap; } >/dev/null; then
        command -v apt-get >/dev/null || skip "no Docker engine answers, and buildah is not here"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            buildah debootstrap; } >"$work/install.log" 2>&1 ||
            { tail -n 3 "$work/install.log"; skip "no Docker engine answers, and buildah can't be installed"; }
    fi
    source "${BASH_SOURCE[0]%/*}/engine-buildah.sh"
else
    source "${BASH_SOURCE[0]%/*}/engine-docker.sh"
fi

# build_service: builds the Dockerfile for this version, and leaves $version and $config.
build_service() {
    version=$(sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/ChurnModel/RetainVersion.swift)
    image_build . --build-arg "VERSION=$version" --build-arg REVISION=tested \
        --build-arg SOURCE=https://example.com/retain 2>"$work/build.log" ||
        { tail -n 40 "$work/build.log" >&2; fail "the image does not build"; }
    config=$(image_config)
}
