"""Holds objects against the forms that Kubernetes, KServe and the Prometheus Operator give them."""

import functools
import sys
import types
from pathlib import Path

import jsonschema
import kubernetes.client
from kubernetes_validate.utils import all_versions, schema_contents
from referencing import Registry, Resource

# `sleep` before a pod's end is there since 1.29, by default since 1.30.
OLDEST = (1, 30)
BUILTIN = ("v1", "apps/v1", "batch/v1", "policy/v1", "autoscaling/v2", "networking.k8s.io/v1")


@functools.cache
def versions():
    """Kubernetes' versions whose schemas are in the package, the last of each number, from the oldest that is supported."""
    found = {tuple(map(int, version.split(".")[:2])): version for version in all_versions()}
    return [version for number, version in sorted(found.items()) if number >= OLDEST]


@functools.cache
def contents(version, name):
    return schema_contents(f"kubernetes-json-schema/v{version}-local-strict/{name}.json", version)


@functools.cache
def validator(version, kind, api):
    """As kubernetes-validate --strict makes it, which reads its files for each object again and tells the first error."""
    schema, definitions = contents(version, f"{kind.lower()}-{api}"), contents(version, "_definitions")
    registry = Resource.from_contents(definitions) @ (Resource.from_contents(schema) @ Registry())
    return jsonschema.Draft202012Validator(schema, registry=registry)


def problems(objects, wanted=None):
    """What is wrong with the form of each object, for each version of Kubernetes."""
    for item in objects:
        where = f"{item['kind']} {item['metadata']['name']}"
        if item["apiVersion"] in BUILTIN:
            found = builtin(item, wanted or versions())
        elif item["kind"] == "InferenceService":
            found = [*inference_service(item), *builtin(predictor_pod(item), wanted or versions())]
        elif item["kind"] in MONITORS:
            found = monitor(item)
        else:
            found = [f"nothing here knows the form of {item['apiVersion']}"]
        yield from (f"{where}: {problem}" for problem in found)


def builtin(item, wanted):
    api = item["apiVersion"].replace(".k8s.io/", "/").replace("/", "-")
    for version in wanted:
        try:
            errors = validator(version, item["kind"], api).iter_errors(item)
        except FileNotFoundError:
            yield f"Kubernetes {version} has no {item['apiVersion']} {item['kind']}"
            continue
        for error in errors:
            path = ".".join(str(part) for part in error.absolute_path)
            yield f"in Kubernetes {version} {path or 'it'}: {error.message[:200]}"


@functools.cache
def kserve_models():
    """KServe's typed models, without the server that their package also is, and all that this would import."""
    place = next(Path(path) / "kserve" for path in sys.path if (Path(path) / "kserve/models").is_dir())
    package = types.ModuleType("kserve")
    package.__path__ = [str(place)]
    sys.modules["kserve"] = package
    import kserve.models

    return kserve.models


def model(name):
    found = getattr(kserve_models(), name, None) or getattr(kubernetes.client, name, None)
    return found if hasattr(found, "openapi_types") else None


def inference_service(item):
    return typed(item, "V1beta1InferenceService", "")


def typed(value, kind, path):
    """What of a value is not of the kind, as the models name kinds."""
    if kind.startswith("list["):
        if not isinstance(value, list):
            yield f"{path}: must be a list"
        else:
            for place, inner in enumerate(value):
                yield from typed(inner, kind[5:-1], f"{path}[{place}]")
    elif kind.startswith("dict("):
        if not isinstance(value, dict):
            yield f"{path}: must be a map"
        else:
            for key, inner in value.items():
                yield from typed(inner, kind[5:-1].split(", ", 1)[1], f"{path}.{key}")
    elif kind in ("str", "int", "bool", "float"):
        if type(value).__name__ != kind and (kind, type(value)) != ("float", int):
            yield f"{path}: {value!r} must be of the type {kind}"
    elif known := model(kind):
        if not isinstance(value, dict):
            yield f"{path}: must be a map"
            return
        names = {shown: name for name, shown in known.attribute_map.items()}
        for key, inner in value.items():
            if key not in names:
                yield f"{path}.{key}: KServe knows no such key"
            else:
                yield from typed(inner, known.openapi_types[names[key]], f"{path}.{key}")
    elif kind not in UNTYPED:
        yield f"{path}: nothing here knows the type {kind}"


# Quantities are held against their form elsewhere; the others may be a number or a text.
UNTYPED = ("object", "ResourceQuantity", "IntOrString")


def predictor_pod(item):
    """The pod that KServe makes of an InferenceService."""
    known = kubernetes.client.V1PodSpec.attribute_map.values()
    spec = {key: value for key, value in item["spec"]["predictor"].items() if key in known}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": item["metadata"]["name"]}, "spec": spec}


def closed(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


TEXT, DURATION = {"type": "string", "minLength": 1}, {"type": "string", "pattern": r"^(\d+(ms|[smhdwy]))+$"}
CREDENTIALS = closed(["name", "key"], name=TEXT, key=TEXT)
ENDPOINT = closed(
    ["port", "path"], port=TEXT, path={"type": "string", "pattern": "^/"}, interval=DURATION, scrapeTimeout=DURATION,
    authorization=closed(["credentials"], type={"const": "Bearer"}, credentials=CREDENTIALS))  # fmt: skip
SELECTOR = closed(["matchLabels"], matchLabels={"type": "object", "additionalProperties": {"type": "string"}})
# Of the Operator's keys those that are used here; no form of it is to be had without a cluster.
MONITORS = {
    kind: closed(
        ["selector", endpoints], jobLabel=TEXT, selector=SELECTOR,
        **{endpoints: {"type": "array", "minItems": 1, "items": ENDPOINT}})  # fmt: skip
    for kind, endpoints in (("ServiceMonitor", "endpoints"), ("PodMonitor", "podMetricsEndpoints"))
}


def monitor(item):
    if item["apiVersion"] != "monitoring.coreos.com/v1":
        yield f"{item['apiVersion']} is not the Prometheus Operator's"
    for error in jsonschema.Draft202012Validator(MONITORS[item["kind"]]).iter_errors(item["spec"]):
        yield f"spec.{'.'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
