"""The notebooks of the documentation run, and are stored with the outputs that the code gives now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.notebooks

for package in ("nbclient", "nbformat", "ipykernel", "matplotlib", "polars"):
    pytest.importorskip(package, reason=f"{package} is not installed: constraints/notebooks.txt")

import notebooks  # noqa: E402


@pytest.mark.parametrize("file", notebooks.NOTEBOOKS, ids=lambda file: file.stem)
@pytest.mark.filterwarnings("ignore")  # those of the kernel's own packages
def test_the_stored_outputs_of_a_notebook_are_those_of_today(file: Path) -> None:
    stored: Any = notebooks.stored(file)
    assert notebooks.outputs(stored) == notebooks.outputs(notebooks.run(stored)), "python tests/notebooks.py"
    assert not any(
        isinstance(one, tuple) and one[0].endswith("Error") for cell in notebooks.outputs(stored) for one in cell
    )
