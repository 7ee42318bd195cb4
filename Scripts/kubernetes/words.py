"""Holds words against those that Kubernetes and KServe know. Their schemas take any text, and a cluster refuses it later, or does
something else.
"""

# By the key, or by the key and the one above it where the key alone says too little.
WORDS = {
    "accessModes": {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"},
    "action": {"FailJob", "FailIndex", "Ignore", "Count"},
    "concurrencyPolicy": {"Allow", "Forbid", "Replace"},
    "fsGroupChangePolicy": {"OnRootMismatch", "Always"},
    "metrics.type": {"Resource", "ContainerResource", "Pods", "Object", "External"},
    "onExitCodes.operator": {"In", "NotIn"},
    "onPodConditions.status": {"True", "False", "Unknown"},
    "onPodConditions.type": {"DisruptionTarget"},
    "matchExpressions.operator": {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"},
    "pod-security.kubernetes.io/enforce": {"restricted"},
    "policyTypes": {"Ingress", "Egress"},
    "protocol": {"TCP", "UDP", "SCTP"},
    "restartPolicy": {"Never", "OnFailure", "Always"},
    "scaleMetric": {"cpu", "memory", "concurrency", "rps"},
    "seccompProfile.type": {"RuntimeDefault", "Localhost", "Unconfined"},
    "serving.kserve.io/deploymentMode": {"Standard", "Knative"},
    "strategy.type": {"RollingUpdate", "Recreate"},
    "target.type": {"Utilization", "Value", "AverageValue"},
    "topologyKey": {"kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region"},
    "whenUnsatisfiable": {"DoNotSchedule", "ScheduleAnyway"},
}


def problems(objects, facts):
    for item in objects:
        for key, word, known in unknown(item, "", ""):
            yield f"{item['kind']} {item['metadata']['name']}: {key} is {word} and must be of {', '.join(sorted(known))}"


def unknown(value, above, key):
    if isinstance(value, dict):
        for inner, found in value.items():
            yield from unknown(found, key, inner)
    elif isinstance(value, list):
        for found in value:
            yield from unknown(found, above, key)
    else:
        known = WORDS.get(key) or WORDS.get(f"{above}.{key}")
        if known and value not in known:
            yield key, value, known
