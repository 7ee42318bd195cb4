"""Holds what objects say of each other against what is there: a wrong name, label or port is no mistake of form, and a
cluster takes it.
"""

from objects import matches, named, of_kind, pods, ports


def problems(objects, facts):
    for check in (names, services, selections, budgets, autoscalers, sources, claims, monitors, records):
        for problem in check(objects, facts):
            yield problem


def names(objects, facts):
    seen = set()
    spaces = {item["metadata"]["name"] for item in of_kind(objects, "Namespace")}
    for item in objects:
        kind, name, space = item["kind"], item["metadata"]["name"], item["metadata"].get("namespace")
        if (kind, name) in seen:
            yield f"{kind} {name}: is there twice"
        seen.add((kind, name))
        if kind != "Namespace" and space not in spaces:
            yield f"{kind} {name}: is in the namespace {space}, which is not made"
        if kind == "Namespace" and "pod-security.kubernetes.io/enforce" not in item["metadata"].get("labels", {}):
            yield f"{kind} {name}: enforces no standard for pods"
        if kind == "ServiceAccount" and item.get("automountServiceAccountToken") is not False:
            yield f"{kind} {name}: gives its pods a token"
    for pod in pods(objects):
        account = pod.spec.get("serviceAccountName")
        if not named(objects, "ServiceAccount", account):
            yield f"{pod.where}: there is no ServiceAccount {account}"


def services(objects, facts):
    for service in of_kind(objects, "Service"):
        where = f"Service {service['metadata']['name']}"
        chosen = [pod for pod in pods(objects) if matches({"matchLabels": service["spec"]["selector"]}, pod.labels)]
        if not chosen:
            yield f"{where}: chooses no pod"
        for pod in chosen:
            for port in service["spec"]["ports"]:
                if port["targetPort"] not in ports(pod):
                    yield f"{where}: {pod.where} has no port {port['targetPort']}"


def selections(objects, facts):
    """Who chooses pods by labels: workloads their own, budgets and neighbours those that serve."""
    every = list(pods(objects))
    for workload in of_kind(objects, "Deployment"):
        name, selector = workload["metadata"]["name"], workload["spec"]["selector"]
        for pod in every:
            if matches(selector, pod.labels) != (pod.where == f"Deployment {name}"):
                yield f"Deployment {name}: its selector does not choose its own pods alone ({pod.where})"
    asked = [(f"PodDisruptionBudget {item['metadata']['name']}", item["spec"]["selector"])
             for item in of_kind(objects, "PodDisruptionBudget")]  # fmt: skip
    for pod in every:
        asked += [(f"{pod.where}: podAffinity", term["labelSelector"]) for term in neighbours(pod)]
        asked += [(f"{pod.where}: topologySpreadConstraints", term["labelSelector"])
                  for term in pod.spec.get("topologySpreadConstraints", [])]  # fmt: skip
    for where, selector in asked:
        if {pod.serves for pod in every if matches(selector, pod.labels)} != {True}:
            yield f"{where}: its labels must choose the service, and nothing else"


def budgets(objects, facts):
    """Of the pods that there are at least, some stay while a node is emptied."""
    least = [item["spec"].get("minReplicas", 1) for item in of_kind(objects, "HorizontalPodAutoscaler")]
    least += [item["spec"]["predictor"].get("minReplicas", 1) for item in of_kind(objects, "InferenceService")]
    if max(least, default=1) > 1 and not of_kind(objects, "PodDisruptionBudget"):
        yield "there are several pods, and no PodDisruptionBudget keeps some of them"
    for budget in of_kind(objects, "PodDisruptionBudget"):
        if not 0 < budget["spec"].get("maxUnavailable", 0) < max(least, default=1):
            yield f"PodDisruptionBudget {budget['metadata']['name']}: must let some of {max(least, default=1)} pods go, and not all"


def neighbours(pod):
    affinity = pod.spec.get("affinity", {}).get("podAffinity", {})
    return affinity.get("requiredDuringSchedulingIgnoredDuringExecution", [])


def autoscalers(objects, facts):
    for scaler in of_kind(objects, "HorizontalPodAutoscaler"):
        where, spec = f"HorizontalPodAutoscaler {scaler['metadata']['name']}", scaler["spec"]
        target = named(objects, spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"])
        if not target:
            yield f"{where}: there is no {spec['scaleTargetRef']['kind']} {spec['scaleTargetRef']['name']}"
            continue
        if "replicas" in target["spec"]:
            yield f"{where}: its target says replicas, too; each rollout would set them back"
        if spec["minReplicas"] > spec["maxReplicas"]:
            yield f"{where}: minReplicas is above maxReplicas"
        if target["spec"].get("strategy", {}).get("rollingUpdate", {}).get("maxUnavailable") != 0:
            yield f"{where}: a rollout of its target takes pods away before others are there (maxUnavailable)"
        for metric in spec["metrics"]:
            name = metric["resource"]["name"]
            for pod in pods([target]):
                if name not in pod.container.get("resources", {}).get("requests", {}):
                    yield f"{where}: {pod.where} requests no {name} to be a share of"


def sources(objects, facts):
    """ConfigMaps are among the objects, Secrets are those that the page makes."""
    for pod in pods(objects):
        for source in pod.container.get("envFrom", []):
            if "configMapRef" in source and not named(objects, "ConfigMap", source["configMapRef"]["name"]):
                yield f"{pod.where}: there is no ConfigMap {source['configMapRef']['name']}"
            if "secretRef" in source:
                yield from secret(pod.where, source["secretRef"]["name"], None, facts)
        for entry in pod.container.get("env", []):
            if reference := entry.get("valueFrom", {}).get("secretKeyRef"):
                yield from secret(pod.where, reference["name"], reference["key"], facts)
        for volume in pod.spec.get("volumes", []):
            if "secret" in volume:
                yield from secret(pod.where, volume["secret"]["secretName"], None, facts)


def secret(where, name, key, facts):
    if name not in facts.secrets:
        yield f"{where}: no command of docs/how-to/kubernetes.md makes a Secret {name}"
    elif key is not None and key not in facts.secrets[name]:
        yield f"{where}: the Secret {name} of docs/how-to/kubernetes.md has no key {key}"


def claims(objects, facts):
    """A disk of one node is for pods that are on one node."""
    users = {}
    for pod in pods(objects):
        for volume in pod.spec.get("volumes", []):
            if "persistentVolumeClaim" in volume:
                users.setdefault(volume["persistentVolumeClaim"]["claimName"], []).append(pod)
    for name, wanted in users.items():
        claim = named(objects, "PersistentVolumeClaim", name)
        if not claim:
            yield f"{wanted[0].where}: there is no PersistentVolumeClaim {name}"
        elif "ReadWriteMany" not in claim["spec"]["accessModes"]:
            first = next((pod for pod in wanted if pod.serves), wanted[0])
            for pod in wanted:
                beside = [term for term in neighbours(pod) if matches(term["labelSelector"], first.labels)]
                if pod is not first and "kubernetes.io/hostname" not in [term["topologyKey"] for term in beside]:
                    yield f"{pod.where}: shares the disk {name}, and nothing puts it on the node of {first.where}"
    for claim in of_kind(objects, "PersistentVolumeClaim"):
        if claim["metadata"]["name"] not in users:
            yield f"PersistentVolumeClaim {claim['metadata']['name']}: nobody uses it"


def monitors(objects, facts):
    targets = {
        "ServiceMonitor": ("endpoints", [
            (service["metadata"].get("labels", {}), {port.get("name") for port in service["spec"]["ports"]})
            for service in of_kind(objects, "Service")]),
        "PodMonitor": ("podMetricsEndpoints", [(pod.labels, set(ports(pod))) for pod in pods(objects) if pod.serves]),
    }  # fmt: skip
    for item in objects:
        if item["kind"] not in targets:
            continue
        where, (endpoints, chosen) = f"{item['kind']} {item['metadata']['name']}", targets[item["kind"]]
        chosen = [(labels, there) for labels, there in chosen if matches(item["spec"]["selector"], labels)]
        if not chosen:
            yield f"{where}: its labels choose nothing that can be asked"
        for labels, there in chosen:
            if item["spec"].get("jobLabel") not in labels:
                yield f"{where}: what it asks has no label {item['spec'].get('jobLabel')}"
            for endpoint in item["spec"][endpoints]:
                if endpoint["port"] not in there:
                    yield f"{where}: what it asks has no port {endpoint['port']}"
        for endpoint in item["spec"][endpoints]:
            yield from endpoint_key(where, endpoint, facts)


def endpoint_key(where, endpoint, facts):
    scope = facts.scopes.get(endpoint["path"], "")
    if endpoint["path"] not in facts.scopes:
        yield f"{where}: the service has no path {endpoint['path']}"
    credentials = endpoint.get("authorization", {}).get("credentials")
    if credentials is None:
        if scope:
            yield f"{where}: {endpoint['path']} asks for a key of scope {scope}"
        return
    yield from secret(where, credentials["name"], credentials["key"], facts)
    key = facts.secrets.get(credentials["name"], {}).get(credentials["key"], "")
    if key and scope not in facts.scopes_of_key(key):
        yield f"{where}: the key in {credentials['name']} is none of scope {scope}"


def records(objects, facts):
    """Where the record is a file of the pod, there is one pod."""
    scaled = {item["spec"]["scaleTargetRef"]["name"] for item in of_kind(objects, "HorizontalPodAutoscaler")}
    for pod in pods(objects):
        record = pod.variables(objects, facts.secrets).get("RETAIN_DATABASE")
        if not pod.serves or record == "none" or isinstance(record, tuple):
            continue
        owner = named(objects, pod.kind, pod.name)["spec"]
        if pod.kind == "InferenceService" or pod.name in scaled or owner.get("replicas", 1) > 1:
            yield f"{pod.where}: its record is a file, so there may be one pod of it, and there are several"
        elif pod.kind == "Deployment" and owner.get("strategy", {}).get("type") != "Recreate":
            yield f"{pod.where}: its record is on a disk of one node; without the strategy Recreate two pods want it"
