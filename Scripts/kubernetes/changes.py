"""Changes one place of one object, to see whether the checks notice."""

import copy

PODS = {"Deployment": "spec.template.spec", "CronJob": "spec.jobTemplate.spec.template.spec", "InferenceService": "spec.predictor"}


def chosen(objects, name):
    """The object KIND/NAME; what generators make has a digest behind its name."""
    kind, _, name = name.partition("/")
    own = [item for item in objects if item["kind"] == kind]
    exact = [item for item in own if item["metadata"]["name"] == name]
    found, = exact or [item for item in own if item["metadata"]["name"].startswith(f"{name}-")]
    return found


def change(item, place, value):
    """Puts a value where a path leads, or takes away what is there."""
    pod = PODS.get(item["kind"], "")
    first, _, rest = place.partition(".")
    place = f"{ {'pod': pod, 'in': f'{pod}.containers.0'}.get(first, first) }{'.' if rest else ''}{rest}"
    *path, last = [int(part) if part.isdecimal() else part for part in place.split(".")]
    for part in path:
        item = item[part]
    if value is None:
        assert last in item if isinstance(item, dict) else last < len(item), f"{place} is not there"
        del item[last]
    elif isinstance(item, list) and last == len(item):
        item.append(value)
    else:
        item[last] = value


def changed(objects, name, place, value):
    """A copy of objects in which one is changed."""
    objects = copy.deepcopy(objects)
    change(chosen(objects, name), place, value)
    return objects
