"""Every text that is shown to a person goes through one function."""

from __future__ import annotations

import sys
import unicodedata

import pytest

import cecrules as cec
from cecrules.printable import printable

# Formats that are drawn, or that scripts and emoji need: Arabic and Kaithi signs, the two joiners.
KEPT = {*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, 0x200C, 0x200D}


def test_a_text_stays_on_one_line_and_its_letters_stay() -> None:
    assert printable("a\x1b[31mb\u202ec\nd") == "a\ufffd[31mb\ufffdc\ufffdd"
    assert printable("Zoë 李 👩‍🏫 می‌خواهم") == "Zoë 李 👩‍🏫 می‌خواهم"


@pytest.mark.parametrize(
    "character", ["\u200f", "\u061c", "\u200b", "\ufeff", "\x9b", "\ud800", *"\U000e0000\U000e0041\U000e007f"]
)
def test_what_is_not_seen_is_replaced(character: str) -> None:
    assert printable(f"CAM{character}") == "CAM\ufffd"


@pytest.mark.parametrize("category", ["Cc", "Cf", "Zl", "Zp", "Cs"])
def test_every_character_that_acts_is_replaced_and_no_other(category: str) -> None:
    acting = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == category]
    assert {code for code in acting if printable(chr(code)) == chr(code)} == {code for code in acting if code in KEPT}


def test_letters_marks_numbers_and_symbols_stay() -> None:
    seen = "".join(chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "LMNPS")
    assert printable(seen) == seen


def test_an_error_is_safe_to_show() -> None:
    class Odd:
        def __repr__(self) -> str:
            return "\x1b[2J"

    with pytest.raises(cec.CecRulesError) as raised:
        cec.from_dict({"\x1b[31m": 1, "renewal_year": Odd(), "designations": ["CAM"], "activities": []})
    assert printable(str(raised.value).replace("\n", "")) == str(raised.value).replace("\n", "")
