"""Makes frozen values from parts that were already checked, faster than their constructors.

attrs writes a constructor that sets each field through `object.__setattr__`, a call a field. The function written here
fills an object of a class with the same slots that is not frozen, and then makes it an object of the frozen class. It
does not check or convert, so only code that has done both may call it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import attrs

__all__ = ["maker"]

T = TypeVar("T")


def maker(cls: type[T]) -> Callable[..., T]:
    """Returns a function that makes a value of a frozen class from its fields, by position or by name.

    The class has slots, none of them for weak references, and no base class: only then do the two have one layout.
    """
    fields = attrs.fields(cast("Any", cls))
    names = [field.name for field in fields]
    defaults = {field.name: field.default for field in fields if field.default is not attrs.NOTHING}
    parameters = [f"{name}=defaults[{name!r}]" if name in defaults else name for name in names]
    open_class = type(f"Open{cls.__name__}", (), {"__slots__": names})
    space: dict[str, Any] = {"open_class": open_class, "cls": cls, "defaults": defaults}
    lines = [f"def make({', '.join(parameters)}):", "made = open_class()", *[f"made.{name} = {name}" for name in names]]
    exec("\n    ".join([*lines, "made.__class__ = cls", "return made"]), space)  # nosec B102 # noqa: S102 - only names of fields
    make: Callable[..., T] = space["make"]
    return make
