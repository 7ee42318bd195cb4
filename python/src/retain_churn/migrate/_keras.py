"""A network's file as Keras wrote it, without Keras: the chain of its layers, and their numbers."""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from .._packages import need
from ..errors import BadDataError, UsageError

__all__ = ["KerasFile", "Layer", "opened"]

# Far above any network of customers' columns; below it a file that promises more than it holds does no harm.
_LARGEST_FILE = 1 << 30
_MOST_NUMBERS = 20_000_000
# Where Keras 3, and Keras 2.13 to 2.15, keep layers in the file of weights.
_ROOTS = ("layers", "_layer_checkpoint_dependencies")

# What a file that is cut short or was changed by hand leads to: in the archive, in HDF5, in what config.json says.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError,
    ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
)  # fmt: skip

# Keras makes objects of these where it loads a layer; some of its versions did so of any function that a file names.
_HARMLESS = re.compile(
    r"keras\.(initializers|regularizers|constraints|activations|dtype_policies)\.\w+|keras\.(Float)?DTypePolicy"
    r"|builtins\.function"
)

Object = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """A layer: its name, its class, its settings; `place` counts those of its class from 0 in the order of the file."""

    name: str
    kind: str
    config: Object
    place: int


class KerasFile:
    """`layers` is the chain, the first first; `shown` names the file."""

    def __init__(self, shown: str, model: Object, datasets: Callable[[Layer], list[Any]]) -> None:
        self.shown = shown
        self.layers = _chain(shown, model)
        # What Keras would call beside layers; None where that is its initializers and the like alone.
        self.foreign = next(_foreign([layer.config for layer in self.layers]), None)
        self._datasets = datasets

    def refusal(self, layer: Layer, problem: str) -> BadDataError:
        return BadDataError(f'{self.shown}: layer "{layer.name}" ({layer.kind}) {problem}', 65)

    def numbers(self, layer: Layer, shapes: Sequence[tuple[int, ...]], extra: int = 0) -> list[Any]:
        """The layer's arrays as lists; each must have its shape, and `extra` more may follow."""
        found = self._datasets(layer)
        if not len(shapes) <= len(found) <= len(shapes) + extra:
            raise self.refusal(layer, f"has {len(found)} arrays of weights where {len(shapes)} are needed")
        taken: list[Any] = []
        for dataset, shape in zip(found, shapes, strict=False):
            # Of an array that lies in another file, what is read would be anyone's.
            if dataset.external or dataset.is_virtual:
                raise self.refusal(layer, "keeps its weights in another file; save the model as one file")
            if tuple(dataset.shape) != shape:
                raise self.refusal(layer, f"has weights of shape {tuple(dataset.shape)} where {shape} is needed")
            if dataset.size > _MOST_NUMBERS:
                raise self.refusal(layer, f"has {dataset.size} weights; {_MOST_NUMBERS} are the most")
            if dataset.dtype.kind != "f":
                raise self.refusal(layer, f"has weights of type {dataset.dtype}; floating point is understood")
            taken.append(dataset[()].astype("float64").tolist())
        return taken


@contextmanager
def opened(path: str | os.PathLike[str]) -> Generator[KerasFile]:
    """Opens `.keras` (Keras 3, and 2.13 on) or the older `.h5`; told apart by what they begin with."""
    shown = os.fspath(path)
    if Path(path).is_dir():
        raise UsageError(
            f"{shown} is a folder; migrate reads .keras and .h5 files: keras.models.load_model(…).save('model.keras')",
            64,
        )
    h5py = need("h5py", "h5py", "reading a Keras file")
    try:
        with open(path, "rb") as file:
            start = file.read(8)
            if start.startswith(b"PK"):
                with zipfile.ZipFile(file) as archive:
                    model: Any = json.loads(_member(archive, shown, "config.json"))
                    weights = BytesIO(_member(archive, shown, "model.weights.h5"))
                with h5py.File(weights, "r") as store:
                    yield KerasFile(shown, model, lambda layer: _of_archive(store, layer, h5py))
            elif start == b"\x89HDF\r\n\x1a\n":
                with h5py.File(file, "r") as store:
                    if "model_config" not in store.attrs:
                        raise BadDataError(
                            f"{shown} has weights alone, without layers; save the whole model: model.save(…)", 65
                        )
                    model = json.loads(store.attrs["model_config"])
                    yield KerasFile(shown, model, lambda layer: _of_legacy(store, layer, h5py))
            else:
                raise BadDataError(f"{shown} is no file of Keras: neither a .keras archive nor HDF5", 65)
    except FileNotFoundError as error:
        raise BadDataError(f"{shown} is not there", 65) from error
    except _BROKEN as error:
        if isinstance(error, BadDataError | UsageError):
            raise
        raise BadDataError(f"{shown} is cut short or broken ({_line(error)}); save the model again", 65) from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _member(archive: zipfile.ZipFile, shown: str, name: str) -> bytes:
    if name not in archive.namelist():
        raise BadDataError(f"{shown} has no {name}; save the model with Keras's model.save('model.keras')", 65)
    if archive.getinfo(name).file_size > _LARGEST_FILE:
        raise BadDataError(f"{shown}: {name} is larger than {_LARGEST_FILE} bytes", 65)
    return archive.read(name)


def _of_archive(store: Any, layer: Layer, h5py: Any) -> list[Any]:
    """Layers stand under their class in snake case, counted; newer versions write the layer's name beside."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", layer.kind).lower()
    usual = snake if layer.place == 0 else f"{snake}_{layer.place}"
    for root in _ROOTS:
        group = _inner(store, root, h5py.Group, h5py)
        if group is None:
            continue
        places = {name: _inner(store, f"{root}/{name}/vars", h5py.Group, h5py) for name in group}
        named = [vars for vars in places.values() if vars is not None and vars.attrs.get("name") == layer.name]
        found = named[0] if len(named) == 1 else places.get(usual)
        if found is not None:
            datasets = [_inner(found, str(place), h5py.Dataset, h5py) for place in range(len(found))]
            return [dataset for dataset in datasets if dataset is not None]
    return []


def _of_legacy(store: Any, layer: Layer, h5py: Any) -> list[Any]:
    group = _inner(store, f"model_weights/{layer.name}", h5py.Group, h5py)
    if group is None:
        return []
    names = [name.decode() if isinstance(name, bytes) else str(name) for name in group.attrs.get("weight_names", ())]
    datasets = [_inner(group, name, h5py.Dataset, h5py) for name in names]
    return [dataset for dataset in datasets if dataset is not None]


def _inner(group: Any, path: str, kind: Any, h5py: Any) -> Any:
    """What stands at `path` in this very file: a link out of it is followed nowhere."""
    for part in path.split("/"):
        link = group.get(part, getlink=True) if isinstance(group, h5py.Group) else None
        if not isinstance(link, h5py.HardLink):
            return None
        group = group[part]
    return group if isinstance(group, kind) else None


def _chain(shown: str, model: Any) -> list[Layer]:
    """The layers in the order in which they work."""
    kind: Any = cast(Object, model).get("class_name") if isinstance(model, dict) else None
    if kind not in ("Sequential", "Functional", "Model"):
        raise BadDataError(
            f"{shown} is a {kind or 'file without layers'}; Sequential and Functional models are understood", 65
        )
    config: Any = cast(Any, model)["config"]
    # Keras before 2.2.3 wrote the list itself.
    entries = cast(list[Object], config if isinstance(config, list) else config["layers"])
    counts: dict[str, int] = {}
    layers: list[Layer] = []
    for entry in entries:
        own = str(entry["class_name"])
        # A class of the user's own may be called Dense, too.
        owner = str(entry.get("registered_name") or "")
        if ">" in owner or not str(entry.get("module") or "keras").startswith("keras"):
            own = owner or f"{entry['module']}.{own}"
        place = counts.get(own, 0)
        counts[own] = place + 1
        layers.append(Layer(str(entry["config"].get("name") or entry.get("name")), own, entry["config"], place))
    return layers if kind == "Sequential" else _ordered(shown, entries, layers)


def _ordered(shown: str, entries: list[Object], layers: list[Layer]) -> list[Layer]:
    """The same of a graph, which must be a chain: each layer reads one, and is read by one."""
    after: dict[str | None, Layer] = {}
    for entry, layer in zip(entries, layers, strict=True):
        read = list(_sources(entry.get("inbound_nodes")))
        parent = read[0] if read else None
        if len(read) > 1 or parent in after or (parent is None) != (layer.kind == "InputLayer"):
            raise BadDataError(
                f'{shown}: layer "{layer.name}" ({layer.kind}) branches; a chain of layers, each read by the next, is understood',
                65,
            )
        after[parent] = layer
    chain: list[Layer] = []
    name: str | None = None
    while name in after:
        chain.append(after.pop(name))
        name = chain[-1].name
    if after:
        raise BadDataError(
            f"{shown}: its layers are no chain; a chain of layers, each read by the next, is understood", 65
        )
    return chain


def _foreign(node: Any) -> Iterator[str]:
    """The names of what a layer's settings call and Keras's own settings never do."""
    if isinstance(node, dict):
        part = cast(Object, node)
        called = f"{part.get('module')}.{part.get('class_name')}"
        if "class_name" in part and part.get("module") is not None and not _HARMLESS.fullmatch(called):
            yield called
        node = list(part.values())
    if isinstance(node, list):
        for value in cast(list[Any], node):
            yield from _foreign(value)


def _sources(node: Any) -> Iterator[str]:
    """The names of the layers that a layer reads: `["dense", 0, 0, {}]` of Keras 2, tensors with a history of Keras 3."""
    if isinstance(node, dict):
        tensor = cast(Object, node)
        if tensor.get("class_name") == "__keras_tensor__":
            yield str(tensor["config"]["keras_history"][0])
            return
        for value in tensor.values():
            yield from _sources(value)
    elif isinstance(node, list):
        values = cast(list[Any], node)
        if len(values) >= 3 and isinstance(values[0], str) and isinstance(values[1], int):
            yield values[0]
            return
        for value in values:
            yield from _sources(value)
