"""Finds one's way in Kubernetes' objects."""

from dataclasses import dataclass


@dataclass
class Pod:
    """A pod as the object that makes it describes it."""

    kind: str
    name: str
    labels: dict
    spec: dict

    @property
    def container(self):
        return self.spec["containers"][0]

    @property
    def serves(self):
        """Whether it answers requests; the others do their work and end."""
        return self.kind != "CronJob"

    @property
    def where(self):
        return f"{self.kind} {self.name}"

    def variables(self, objects, secrets):
        """Each variable of its container: its text, or the pair of a Secret's name and key that it comes from."""
        found = {}
        for source in self.container.get("envFrom", []):
            if "configMapRef" in source:
                found |= named(objects, "ConfigMap", source["configMapRef"]["name"]).get("data", {})
            else:
                name = source["secretRef"]["name"]
                found |= {key: (name, key) for key in secrets.get(name, {})}
        for entry in self.container.get("env", []):
            reference = entry.get("valueFrom", {}).get("secretKeyRef")
            found[entry["name"]] = (reference["name"], reference["key"]) if reference else entry.get("value", "")
        return found

    def mount(self, path):
        """The mount that a path lies in, and the volume's source; None where it lies in the image."""
        volumes = {volume["name"]: volume for volume in self.spec.get("volumes", [])}
        mounts = [m for m in self.container.get("volumeMounts", []) if f"{path}/".startswith(f"{m['mountPath']}/")]
        best = max(mounts, key=lambda mount: len(mount["mountPath"]), default=None)
        return best and (best, volumes.get(best["name"], {}))


def pods(objects):
    for item in objects:
        kind, name, spec = item["kind"], item["metadata"]["name"], item.get("spec", {})
        if kind == "InferenceService":
            own = spec["predictor"]
            yield Pod(kind, name, own.get("labels", {}), own)
            continue
        if kind == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield Pod(kind, name, spec["template"]["metadata"].get("labels", {}), spec["template"]["spec"])


def of_kind(objects, kind):
    return [item for item in objects if item["kind"] == kind]


def named(objects, kind, name):
    """The object; an empty one where there is none."""
    return next((item for item in of_kind(objects, kind) if item["metadata"]["name"] == name), {})


def matches(selector, labels):
    """Whether labels are those that a selector asks for, by matchLabels. One that asks for nothing would choose everything, which
    nothing here means.
    """
    wanted = selector.get("matchLabels", {})
    return bool(wanted) and all(labels.get(key) == value for key, value in wanted.items())


def ports(pod):
    """What a container's ports are called, by number and by name."""
    found = {}
    for port in pod.container.get("ports", []):
        found |= {port["containerPort"]: port, port.get("name"): port}
    return found
