"""The public names with their signatures, one a line, read from the sources by griffe.

    python tests/public_api.py > tests/public-api.txt

writes the list that a release promises to keep; `test_public_api.py` compares it with the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

import cecrules as cec

LIST = Path(__file__).with_name("public-api.txt")
MODULES = (
    "cecrules",
    "cecrules.conformance",
    "cecrules.frames",
    "cecrules.plots",
    "cecrules.testing",
    "cecrules.testing.laws",
)


def public_api() -> list[str]:
    """Returns the lines of the list, in the order of the names."""
    package = griffe.load("cecrules", search_paths=[Path(cec.__file__).parents[1]], resolve_aliases=True)
    return sorted(line for module in MODULES for line in _of_module(package, module))


def _of_module(package: griffe.Object | griffe.Alias, name: str) -> Iterator[str]:
    module = package[name.partition(".")[2]] if "." in name else package
    for public in set(module.exports or ()) - {"__version__"}:
        yield from _of(module[str(public)], f"{name}.{public}")


def _of(name: griffe.Object | griffe.Alias, path: str) -> Iterator[str]:
    found: Any = name.final_target if isinstance(name, griffe.Alias) else name
    if found.is_function:
        yield found.signature(name=path)
    elif found.is_class:
        yield f"{path}({', '.join(str(base) for base in found.bases)})"
        for inner, member in found.members.items():
            if not inner.startswith("_") or inner in ("__init__", "__call__"):
                yield from _of(member, f"{path}.{inner}")
    else:
        yield path + _type(found)


def _type(found: Any) -> str:
    """The type of an attribute and whether it has a default; the code of a member of an enum, without its label."""
    value = str(found.value or "")
    if not found.annotation:
        code = re.match(r"\(?('[^']*'|-?\d+)", value)
        return f" = {code[1]}" if code else ""
    has_default = value and not (
        value.startswith(("attrs.field(", "cites(", "in_credits(")) and not re.search(r"\b(default|factory)=", value)
    )
    return f": {found.annotation}{' = ...' if has_default else ''}"


def main() -> None:
    """Prints the list, headed by the version."""
    print(f"# The public names of cecrules {cec.__version__}; written by tests/public_api.py.")
    print("\n".join(public_api()))


if __name__ == "__main__":
    main()
