# A container of a bare Debian, in which nothing is installed; sourced by scripts that stand in the repository's root. It takes
# root and buildah, whose base image is made by base-images.sh.
#
# Leaves $container, its files in $root, how it is run in $options, and a folder for what is needed until the end in $work.
work=$(mktemp -d)
forget() { :; }
trap 'forget; rm -rf "$work"' EXIT
ENGINE=buildah
source Scripts/image/engine.sh
mapfile -t options < <(Scripts/image/base-images.sh)
container=$($BUILDAH from --pull-never debian:bookworm-slim)
forget() { $BUILDAH rm "$container" >/dev/null; }
root=$($BUILDAH mount "$container")
