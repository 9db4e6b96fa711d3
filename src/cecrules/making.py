"""Makes frozen values from parts that were already checked, faster than their constructors.

attrs writes a constructor that sets each field through `object.__setattr__`; the function written here sets the same
slots directly. It does not check or convert, so only code that has done both may call it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import attrs

__all__ = ["maker"]

T = TypeVar("T")


def maker(cls: type[T]) -> Callable[..., T]:
    """Returns a function that makes a value of a frozen, slotted class from its fields, by position or by name."""
    kind: Any = cls
    names = [field.name for field in attrs.fields(kind)]
    defaults = {field.name: field.default for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    parameters = [f"{name}=defaults[{name!r}]" if name in defaults else name for name in names]
    space: dict[str, Any] = {f"set_{name}": getattr(cls, name).__set__ for name in names}
    space |= {"new": object.__new__, "cls": cls, "defaults": defaults}
    lines = [f"def make({', '.join(parameters)}):", "made = new(cls)", *[f"set_{name}(made, {name})" for name in names]]
    exec("\n    ".join([*lines, "return made"]), space)  # noqa: S102 - the text contains only names of fields
    make: Callable[..., T] = space["make"]
    return make
