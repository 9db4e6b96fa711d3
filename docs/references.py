"""Leads every name in a signature or a docstring to its one public path, or to a page of another project."""

import re
import typing
import zlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
from sphinx.util.typing import stringify_annotation

import cecrules as cec
import cecrules.frames
import cecrules.plots
import cecrules.testing

# Every public name with the path it is documented under; a name of the package itself stands before others.
_PACKAGES = (cecrules.testing, cecrules.plots, cecrules.frames, cec)
PUBLIC = {name: f"{module.__name__}.{name}" for module in _PACKAGES for name in module.__all__}
_MODULES = {module.__name__: module for module in _PACKAGES}
_NAME = re.compile(r"(?<![`:])`([A-Za-z_]\w*)((?:\.\w+)?)`(?!`)")

HOMES = {
    "python": "https://docs.python.org/3",
    "hypothesis": "https://hypothesis.readthedocs.io/en/latest",
    "matplotlib": "https://matplotlib.org/stable",
}


def inventories(docs: Path) -> dict[str, tuple[str, str]]:
    """Packs the lists in `inventories/` the way Sphinx reads them, so that links to other pages need no network."""
    folder = docs / "generated"
    folder.mkdir(exist_ok=True)
    mapping: dict[str, tuple[str, str]] = {}
    for name, home in HOMES.items():
        lines = [line for line in (docs / f"inventories/{name}.txt").read_text("utf-8").splitlines() if line]
        head = f"# Sphinx inventory version 2\n# Project: {name}\n# Version: \n# The rest is compressed with zlib.\n"
        packed = folder / f"{name}.inv"
        packed.write_bytes(head.encode() + zlib.compress("".join(f"{line}\n" for line in lines).encode()))
        mapping[name] = home, str(packed)
    return mapping


def setup(app: Any) -> None:
    app.connect("missing-reference", _at_its_public_path)
    # After napoleon has read the sections of a docstring.
    app.connect("autodoc-process-docstring", _with_roles, priority=900)
    app.connect("autodoc-process-docstring", _with_types, priority=901)
    app.connect("autodoc-process-signature", _without_fields)


def _at_its_public_path(app: Any, env: Any, node: Any, shown: Any) -> Any:
    """Leads a reference by the module a name is written in to the path under which it is public."""
    target = str(node.get("reftarget", ""))
    path = PUBLIC.get(target.rpartition(".")[2])
    if node.get("refdomain") != "py" or path is None or not target.startswith("cecrules."):
        return None
    return env.get_domain("py").resolve_xref(env, node["refdoc"], app.builder, "obj", path, node, shown)


def _with_roles(_app: Any, _what: str, name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Gives the public names in a docstring the roles that make them links; they stay plain for `help`."""
    home = name.rpartition(".")[0]
    lines[:] = [_NAME.sub(lambda found: _role(found, home), line) for line in lines]


def _role(found: re.Match[str], home: str) -> str:
    name, attribute = found.groups()
    nearby = f"{home}.{name}" if name in getattr(_MODULES.get(home), "__all__", ()) else ""
    # Many fields are called what a strategy is called, so that those are links among themselves alone.
    path = nearby or ("" if PUBLIC.get(name, "").startswith("cecrules.testing") else PUBLIC.get(name, ""))
    return f":py:obj:`{name}{attribute} <{path}{attribute}>`" if path else found.group()


def _with_types(_app: Any, what: str, _name: str, obj: Any, _options: Any, lines: list[str]) -> None:
    """Puts the type of an attribute, and what it is unless given, on the line of its name."""
    if what == "class":
        lines[:] = [line for given in lines for line in (given, *_options_of(given, obj))]


def _options_of(line: str, owner: type) -> Iterator[str]:
    _, is_attribute, name = line.partition(".. attribute:: ")
    annotation = typing.get_type_hints(owner).get(name) if is_attribute else None
    if annotation is not None:
        yield f"   :type: {stringify_annotation(annotation, 'fully-qualified-except-typing')}"
        default = attrs.fields_dict(owner)[name].default if attrs.has(owner) else attrs.NOTHING
        if default is not attrs.NOTHING:
            yield f"   :value: {default!r}"


def _without_fields(_app: Any, what: str, _name: str, obj: Any, _options: Any, _signature: Any, returns: Any) -> Any:
    """Leaves out a signature that lists the attributes once more, and that of a class no caller makes values of."""
    if what not in ("class", "exception"):
        return None
    lists_attributes = attrs.has(obj) and not hasattr(obj, "__attrs_init__")
    return ("", returns) if lists_attributes or issubclass(obj, Enum | Exception) else None
