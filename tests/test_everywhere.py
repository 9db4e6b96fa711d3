"""What has to hold on every Python there is, in WebAssembly too, and so needs no Hypothesis and no other process.

A receipt made here, written and read, is confirmed. The kit has tests of its own: `test_conformance.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cecrules as cec

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


@pytest.mark.parametrize("name", ["naaei-2014", "naaei-2021", "naaei-2022"])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_receipt_is_confirmed_after_it_was_written_and_read(file: Path, name: str) -> None:
    submission = cec.loads(file.read_bytes())
    made = cec.receipt(submission, cec.edition(name))
    assert cec.replay(cec.loads(cec.dumps(made), into=cec.Receipt), submission).same
