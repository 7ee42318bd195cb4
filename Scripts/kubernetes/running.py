"""Holds pods against what a cluster's standards, the program and its image ask of them."""

import re
import zoneinfo

from objects import named, pods, ports

QUANTITY = re.compile(r"([0-9]+(?:\.[0-9]+)?)(m|[kMGTPE]|[KMGTPE]i|e[0-9]+)?")
FACTORS = {"m": 1e-3, "k": 1e3} | {unit: 1000 ** power for power, unit in enumerate("MGTPE", 2)}
FACTORS |= {f"{unit}i": 1024 ** power for power, unit in enumerate("KMGTPE", 1)}
# What the standard "restricted" lets a pod have, of what is its own.
VOLUMES = {"secret", "configMap", "emptyDir", "persistentVolumeClaim"}
NODE = {"kubernetes.io/os": ["linux"], "kubernetes.io/arch": ["amd64"]} | {
    f"feature.node.kubernetes.io/cpu-cpuid.{feature}": ["true"] for feature in ("AVX2", "FMA3")
}
# Seconds that a start may take at least; exit codes that trying again would only repeat: a check's no, wrong usage, bad data.
STARTUP, FINAL = 60, {3, 64, 65}
LIVE, READY = {"/health", "/v2/health/live"}, {"/ready", "/v2/health/ready"}


def problems(objects, facts):
    for pod in pods(objects):
        checks = [rights, nodes, mounts, resources, probes if pod.serves else jobs]
        for check in checks:
            for problem in check(pod, objects, facts):
                yield f"{pod.where}: {problem}"
    for item in objects:
        if item["kind"] == "PersistentVolumeClaim":
            for name, text in item["spec"]["resources"]["requests"].items():
                if quantity(text) is None:
                    yield f"PersistentVolumeClaim {item['metadata']['name']}: {name} {text} is no quantity"
            if "storage" not in item["spec"]["resources"]["requests"] or not item["spec"]["accessModes"]:
                yield f"PersistentVolumeClaim {item['metadata']['name']}: must say how much storage it wants, and how it is shared"


def quantity(text):
    """A quantity's number; None where it is none."""
    found = QUANTITY.fullmatch(str(text))
    if not found:
        return None
    unit = found[2] or ""
    return float(found[1]) * (float(f"1{unit}") if unit.startswith("e") else FACTORS.get(unit, 1))


def rights(pod, objects, facts):
    own, inner = pod.spec.get("securityContext", {}), pod.container.get("securityContext", {})
    wanted = {
        "the pod's runAsNonRoot": (own.get("runAsNonRoot"), True),
        "the pod's runAsUser": (own.get("runAsUser"), facts.user),
        "the pod's runAsGroup": (own.get("runAsGroup"), facts.user),
        "the pod's fsGroup": (own.get("fsGroup"), facts.user),
        "seccompProfile": (own.get("seccompProfile"), {"type": "RuntimeDefault"}),
        "automountServiceAccountToken": (pod.spec.get("automountServiceAccountToken"), False),
        "allowPrivilegeEscalation": (inner.get("allowPrivilegeEscalation"), False),
        "readOnlyRootFilesystem": (inner.get("readOnlyRootFilesystem"), True),
        "the container's capabilities": (inner.get("capabilities"), {"drop": ["ALL"]}),
        # Else a Service called retain would set RETAIN_PORT to tcp://…, and the program refuses that as a setting.
        "enableServiceLinks": (pod.spec.get("enableServiceLinks"), False),
        "the number of containers": (len(pod.spec["containers"]), 1),
    }
    yield from (f"{what} is {found} and must be {must}" for what, (found, must) in wanted.items() if found != must)
    for key in {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod.spec):
        yield f"has {key}"
    for key in set(inner) - {"allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities"}:
        yield f"the container's securityContext has {key}, which the pod's says"
    # The record that a Secret tells of is in PostgreSQL, for which another image has the library.
    is_away = isinstance(pod.variables(objects, facts.secrets).get("RETAIN_DATABASE"), tuple)
    images = [f"{name}:{facts.version}" for name in ("retain", "retain-postgres")][is_away:]
    if pod.container.get("image") not in images:
        yield f"the image is {pod.container.get('image')} and must be {' or '.join(images)}"


def nodes(pod, objects, facts):
    """The terms are alternatives, so each must ask for the processor."""
    node = pod.spec.get("affinity", {}).get("nodeAffinity", {})
    terms = node.get("requiredDuringSchedulingIgnoredDuringExecution", {}).get("nodeSelectorTerms", [{}])
    for term in terms:
        asked = {e["key"]: e.get("values") for e in term.get("matchExpressions", []) if e["operator"] == "In"}
        for key, values in NODE.items():
            if asked.get(key) != values:
                yield f"may come to a node without {key} {values[0]}"


def mounts(pod, objects, facts):
    volumes = {volume["name"]: volume for volume in pod.spec.get("volumes", [])}
    mounted = [mount["name"] for mount in pod.container.get("volumeMounts", [])]
    for name in set(mounted) - set(volumes):
        yield f"mounts {name}, which is no volume"
    for name, volume in volumes.items():
        if name not in mounted:
            yield f"the volume {name} is mounted nowhere"
        if not set(volume) - {"name"} <= VOLUMES:
            yield f"the volume {name} is a {', '.join(set(volume) - {'name'})}"
    variables = facts.environment | pod.variables(objects, facts.secrets)
    brought = ["/mnt/models"] if "STORAGE_URI" in variables else []
    for name, is_written in (("RETAIN_MODEL", False), ("RETAIN_KEYS", False), ("RETAIN_DATABASE", True)):
        path = variables.get(name, "")
        if not isinstance(path, str) or not path.startswith("/") or path in brought:
            continue
        yield from in_volume(pod, name, path, is_written, facts)
    if place := pod.container.get("workingDir"):
        yield from in_volume(pod, "workingDir", place, True, facts)


def in_volume(pod, name, path, is_written, facts):
    # A job that has a variable of the service's and does not read it needs no file for it.
    if not pod.serves and name.startswith("RETAIN_") and f"$({name})" not in " ".join(pod.container["args"]):
        return
    found = pod.mount(path)
    if not found:
        yield f"{name} is {path}, where nothing is mounted"
        return
    mount, volume = found
    if is_written and mount.get("readOnly", "secret" in volume):
        yield f"{name} is {path}, which can't be written"
    if "secret" in volume:
        held, rest = volume["secret"]["secretName"], path.removeprefix(mount["mountPath"]).lstrip("/")
        if rest not in facts.secrets.get(held, {}):
            yield f"{name} is {path}, and the Secret {held} of docs/how-to/kubernetes.md has no {rest}"
        if volume["secret"].get("defaultMode", 0o644) & 0o777 != 0o440:
            yield f"the files of {held} must be of the mode 0440: read by the group, by others not"


def resources(pod, objects, facts):
    given = pod.container.get("resources", {})
    requests, limits = given.get("requests", {}), given.get("limits", {})
    for kind, values in given.items():
        for name, text in values.items():
            if quantity(text) is None:
                yield f"{kind} of {name}: {text} is no quantity"
    for name in {"cpu", "memory"} - set(requests):
        yield f"requests no {name}"
    if "memory" not in limits:
        yield "has no limit of memory"
    for name in set(requests) & set(limits):
        least, most = quantity(requests[name]), quantity(limits[name])
        if least and most and least > most:
            yield f"requests more {name} than its limit"


def probes(pod, objects, facts):
    container = pod.container
    for name, paths in (("startupProbe", READY), ("readinessProbe", READY), ("livenessProbe", LIVE)):
        asked = container.get(name, {}).get("httpGet", {})
        path, port = asked.get("path"), asked.get("port")
        if not asked:
            yield f"has no {name}"
            continue
        if path not in paths or path not in facts.scopes:
            yield f"{name} asks for {path} and must ask for {' or '.join(sorted(paths))}"
        elif facts.scopes[path]:
            yield f"{name} asks for {path}, which wants a key"
        if port not in ports(pod):
            yield f"{name} asks the port {port}, which is none of the container's"
    startup = container.get("startupProbe", {})
    if startup.get("periodSeconds", 10) * startup.get("failureThreshold", 3) < STARTUP:
        yield f"is given up before {STARTUP} s, in which a registry may be slow"
    if facts.port not in ports(pod):
        yield f"its ports are not {facts.port}, where the image listens"
    pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    if pause < 1:
        yield "has no pause before its end, in which load balancers hear of it"
    if (grace := pod.spec.get("terminationGracePeriodSeconds", 30)) <= pause + facts.drain:
        yield f"is killed after {grace} s; a pause of {pause} s and {facts.drain} s for requests in work need more"


# Minute, hour, day, month and weekday: how far each goes.
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def is_schedule(text):
    fields = text.split()
    return len(fields) == len(FIELDS) and all(
        field == "*" or all(part.isdecimal() and low <= int(part) <= high for part in field.split(","))
        for field, (low, high) in zip(fields, FIELDS)
    )


def jobs(pod, objects, facts):
    cron = named(objects, "CronJob", pod.name)["spec"]
    job = cron["jobTemplate"]["spec"]
    if not is_schedule(cron["schedule"]):
        yield f"the schedule {cron['schedule']} is none of five numbers or stars"
    if cron.get("timeZone") not in zoneinfo.available_timezones():
        yield f"there is no time zone {cron.get('timeZone')}"
    if cron.get("concurrencyPolicy") != "Forbid":
        yield "may run twice at once"
    if "activeDeadlineSeconds" not in job:
        yield "may run for ever"
    if pod.spec.get("restartPolicy") != "Never":
        yield "restartPolicy must be Never: the policy of failures counts pods"
    told = [rule["onExitCodes"] for rule in job.get("podFailurePolicy", {}).get("rules", []) if "onExitCodes" in rule]
    for rule in told:
        if rule["containerName"] != pod.container["name"]:
            yield f"its policy of failures names the container {rule['containerName']}"
        if unknown := set(rule["values"]) - facts.exit_codes:
            yield f"its policy of failures knows exit codes {sorted(unknown)}, the program does not"
    ended = [rule for rule in job.get("podFailurePolicy", {}).get("rules", []) if rule["action"] == "FailJob"]
    known = {code for rule in ended if rule.get("onExitCodes", {}).get("operator") == "In" for code in rule["onExitCodes"]["values"]}
    if known != FINAL:
        yield f"its policy of failures must end the job at the exit codes {sorted(FINAL)}, and does at {sorted(known)}"
