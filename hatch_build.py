"""Writes the README of the package, in which each relative link leads to the project's source.

The address of the source and the version are those of `pyproject.toml`, so that it stands there alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

__all__ = ["ReadmeHook", "absolute"]

# The target of a Markdown link or image that is neither an address nor a place on the same page.
_RELATIVE = re.compile(r"(?<=\]\()(?![a-z]+:|#)(?:\./)?([^)\s]+)(?=[)\s])")


class ReadmeHook(MetadataHookInterface):
    """Sets the field `readme`, which `pyproject.toml` leaves to the build."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds the README in the text that package indexes show."""
        text = Path(self.root, "README.md").read_text("utf-8")
        tree = f"{metadata['urls']['Source']}/blob/v{metadata['version']}"
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(text, tree)}


def absolute(text: str, tree: str) -> str:
    """Returns Markdown with `tree` and a slash before the target of every relative link."""
    return _RELATIVE.sub(rf"{tree}/\1", text)
