"""A receipt has the same bytes on every Python, in WebAssembly too, and so this needs no Hypothesis and no other process."""

from __future__ import annotations

import cecrules as cec
from keeping.kept import KEPT, MADE, as_of_then


def test_the_receipt_that_was_stored_is_the_same_byte_for_byte() -> None:
    assert cec.dumps(as_of_then(cec.receipt(MADE))).encode() == KEPT.read_bytes()


def test_it_is_confirmed_by_the_library_of_today() -> None:
    assert cec.replay(cec.loads(KEPT.read_bytes(), cec.Receipt), MADE).confirmed
