"""Lets a notebook show a value as a page does, the one way from values to their display, and names its renewal."""

from __future__ import annotations

from typing import Any, TypeVar

__all__ = ["displayed", "renewal_of"]

T = TypeVar("T")


def displayed(cls: type[T]) -> type[T]:
    """Gives a class the hook by which notebooks ask a value how it is shown."""
    setattr(cls, "_repr_html_", _repr_html_)  # noqa: B010 - no field and no method of the class itself
    return cls


def renewal_of(value: Any) -> str:
    """Names the renewal that an answer is for, in the line of text that a value is shown as."""
    return f"{', '.join(value.designations)} for {value.renewal_year} under {value.rulebook}"


def _repr_html_(value: object) -> str:
    from .presentation.display import to_fragment  # noqa: PLC0415 - only a notebook needs it

    return to_fragment(value)
