# How images are built and run by a Docker engine; sourced by engine.sh. ENGINE names the program.

# image_build CONTEXT OPTIONS...: makes $image.
image_build() { "$ENGINE" build -t "$image" "${@:2}" "$1" >&2; }
image_config() { "$ENGINE" image inspect --format '{{json .Config}}' "$image"; }
image_bytes() { "$ENGINE" image inspect --format '{{.Size}}' "$image"; }
# copy_out PATH FOLDER: from the image.
copy_out() {
    local stopped
    stopped=$("$ENGINE" create "$image")
    "$ENGINE" cp -q "$stopped:$1" "$2"
    "$ENGINE" rm "$stopped" >/dev/null
}

# No rights, a root that can't be written, this machine's loopback; $mounts and $settings.
options() {
    echo --network=host --read-only --cap-drop=ALL --security-opt=no-new-privileges
    for option in "${mounts[@]}"; do echo "--volume=$option"; done
    for option in "${settings[@]}"; do echo "--env=$option"; done
}

# run ARGUMENTS...: to its end.
run() { "$ENGINE" run --rm $(options) "$image" "$@"; }

# start ARGUMENTS...: as a service, which writes to service.log.
start() {
    export STARTED=$EPOCHREALTIME
    container=$("$ENGINE" run --detach $(options) "$image" "$@")
    "$ENGINE" logs --follow "$container" >"$work/service.log" 2>&1 &
}
# service: the number of its process.
service() { "$ENGINE" inspect --format '{{.State.Pid}}' "$container"; }
# inside COMMAND...: beside the service.
inside() { "$ENGINE" exec "$container" "$@"; }
terminate() { "$ENGINE" kill --signal TERM "$container" >/dev/null; }
# ended: waits, and leaves the exit code in $code.
ended() {
    code=$("$ENGINE" wait "$container")
    "$ENGINE" rm --force "$container" >/dev/null
    container=
}
forget() { if [[ -n ${container:-} ]]; then "$ENGINE" rm --force "$container" >/dev/null; fi; }
