# How images are built and run where no Docker engine does; sourced by engine.sh. buildah builds. To run, the image is a
# root of its own: own processes and mounts, read only but for what is mounted, the image's user without rights.
cache=${RETAIN_IMAGE_CACHE:-$HOME/.cache/retain-image}
mkdir -p "$cache/tmp"
export BUILDAH_ISOLATION=chroot BUILDAH_FORMAT=docker BUILDAH
# Layers share files where the kernel can overlay folders, and are copies where it can't.
for driver in overlay vfs; do
    BUILDAH="buildah --storage-driver $driver --root $cache/$driver --runroot $cache/$driver-run"
    if $BUILDAH images >/dev/null 2>&1; then break; fi
done

# The containers that are to be removed.
kept=()
# image_build CONTEXT OPTIONS...: makes $image, and leaves its files in $root.
image_build() {
    local options=() context=$1
    shift
    if [[ $context == . ]]; then
        # In it, buildah also keeps what the Dockerfile wants kept between builds.
        export TMPDIR=$cache/tmp
        options=$(Scripts/image/base-images.sh) || return
        mapfile -t options <<<"$options"
        # Times and owners would make the same files of another clone look new.
        context=$cache/context
        rm -rf "$context"
        mkdir "$context"
        git ls-files -z --cached --others --exclude-standard |
            tar -c --null --ignore-failed-read --mtime=@0 --owner=0 --group=0 --mode=go-w -T - 2>/dev/null |
            tar -x -C "$context"
    fi
    nice -n 5 $BUILDAH build --layers --pull-never "${options[@]}" -t "$image" "$@" "$context" >&2 || return
    unset TMPDIR
    kept+=("$($BUILDAH from --pull-never "$image")")
    root=$($BUILDAH mount "${kept[-1]}")
    bytes=$(du -s -B1 --apparent-size "$root" | cut -f1)
}
image_config() {
    $BUILDAH inspect --type image "$image" |
        python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)["Docker"]["config"]))'
}
image_bytes() { echo "$bytes"; }
copy_out() { cp -r "$root$1" "$2"; }

# variables: of a process in the image, one a line.
variables() {
    value "'\n'.join(config['Env'])"
    if ((${#settings[@]})); then printf '%s\n' "${settings[@]}"; fi
}
# prepare ARGUMENTS...: leaves in $command what runs the image's program with them.
prepare() {
    local mount source target access environment entry script user
    user=$(value "config['User']")
    mapfile -t environment < <(variables)
    read -ra entry < <(value "' '.join(config['Entrypoint'])")
    mkdir -p "$root/proc" "$root/dev"
    script="mount --bind '$root' '$root' && mount --bind /dev '$root/dev'"
    for mount in "${mounts[@]}"; do
        IFS=: read -r source target access <<<"$mount"
        mkdir -p "$root$target"
        script+=" && mount --bind '$source' '$root$target'"
        if [[ $access == ro ]]; then script+=" && mount -o remount,bind,ro '$root$target'"; fi
    done
    script+=" && mount -t proc proc '$root/proc' && mount -o remount,bind,ro '$root'"
    script+=' && exec "$@"'
    command=(unshare --mount --pid --fork --kill-child bash -c "$script" _ env -i "${environment[@]}"
        "$(command -v unshare)" --root="$root" --wd="$(value "config['WorkingDir']")" --setgid="${user#*:}"
        --setuid="${user%:*}" "${entry[@]}" "$@")
}
run() {
    prepare "$@"
    "${command[@]}"
}

start() {
    prepare "$@"
    export STARTED=$EPOCHREALTIME
    "${command[@]}" >"$work/service.log" 2>&1 &
    runner=$!
}
# service: the number of its process.
service() { cut -d" " -f1 "/proc/$runner/task/$runner/children"; }
inside() {
    local user environment
    user=$(value "config['User']")
    mapfile -t environment < <(variables)
    env -i "${environment[@]}" "$(command -v nsenter)" --target "$(service)" --mount --pid --root --wd \
        --setgid "${user#*:}" --setuid "${user%:*}" "$@"
}
terminate() { kill -TERM "$(service)"; }
ended() {
    code=0
    wait "$runner" || code=$?
    runner=
}
forget() {
    if [[ -n ${runner:-} ]]; then kill -KILL "$runner" 2>/dev/null || true; fi
    if ((${#kept[@]})); then $BUILDAH rm "${kept[@]}" >/dev/null; fi
}
