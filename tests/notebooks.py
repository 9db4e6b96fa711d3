"""Runs the notebooks of the documentation.

    python tests/notebooks.py

stores the outputs of each in its file; `test_notebooks.py` holds that they are those that the code gives now.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def stored(file: Path) -> Any:
    return nbformat.read(file, as_version=4)


def run(notebook: Any) -> Any:
    """Returns a notebook with the outputs that its code gives now, without the times and the warnings."""
    fresh = copy.deepcopy(notebook)
    NotebookClient(fresh, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    for cell in fresh.cells:
        cell.metadata.pop("execution", None)
    fresh.metadata = notebook.metadata
    return fresh


def outputs(notebook: Any) -> list[list[Any]]:
    """Returns the outputs of each cell of code, with the kind of a picture in its place."""
    return [_joined(map(_output, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"]


def _joined(found: Iterable[Any]) -> list[Any]:
    """Joins texts of one stream, which a kernel sends in as many pieces as it comes to."""
    made: list[Any] = []
    for name, group in itertools.groupby(found, key=lambda one: one[0] if isinstance(one, tuple) else None):
        each = [*group]
        made += [(name, "".join(text for _, text in each))] if name in ("stdout", "stderr") else each
    return made


def _output(output: Any) -> Any:
    if output.output_type == "stream":
        return output.name, output.text
    if output.output_type == "error":
        return output.ename, output.evalue
    return "image/png" if "image/png" in output.data else dict(output.data)


def main() -> None:
    """Stores the outputs."""
    for file in NOTEBOOKS:
        nbformat.write(run(stored(file)), file)


if __name__ == "__main__":
    main()
