"""Canonical JSON is that of RFC 8785, for data without fractions."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from cecrules.canonical import canonical, digest
from cecrules.credits import MOST
from cecrules.exact import deciding, exact, exact_rulebook, rules_of

TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


class TestCanonical:
    """One text for equal data."""

    def test_keys_are_in_the_order_of_their_utf_16_units(self) -> None:
        """The names of the example in section 3.2.3 of the RFC, in the order that it gives."""
        names = ["\r", "1", "\x80", "ö", "€", "\U0001f600", "\ufb33"]
        text = canonical({name: place for place, name in enumerate(sorted(names))})
        assert list(json.loads(text)) == names

    def test_texts_are_escaped_as_little_as_json_allows(self) -> None:
        every = "".join(map(chr, range(0x20))) + '"\\/\x7f\u2028é𝄞'
        escapes = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
        low = "".join(escapes.get(code, f"\\u{code:04x}") for code in range(0x20))
        assert canonical(every) == f'"{low}\\"\\\\/\x7f\u2028é𝄞"'

    def test_no_space_is_left(self) -> None:
        assert canonical({"b": [1, (True, None)], "a": {}}) == '{"a":{},"b":[1,[true,null]]}'

    @given(DATA)
    def test_it_reads_back_and_has_no_other_text(self, data: Any) -> None:
        text = canonical(data)
        assert json.loads(text) == data
        assert canonical(json.loads(text)) == text
        assert digest(data) == hashlib.sha256(text.encode()).hexdigest()

    @pytest.mark.parametrize(
        ("value", "path", "code"),
        [
            (1.5, (), "wrong_type"),
            ({"a": [0, 0.0]}, ("a", 1), "wrong_type"),
            ({"a": {1: 2}}, ("a",), "wrong_type"),
            ([MOST + 1], (0,), "out_of_range"),
            ([-MOST - 1], (0,), "out_of_range"),
            ({"a": "\ud800"}, ("a",), "malformed"),
            ({"\ud800": 1}, (), "malformed"),
            ({"a": {2}}, ("a",), "wrong_type"),
        ],
    )
    def test_what_it_cannot_hold_is_refused_by_path(self, value: Any, path: Any, code: str) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            canonical(value)
        assert (caught.value.path, caught.value.code) == (path, code)


class TestExact:
    """Forms without a number that two languages could write in two ways."""

    def test_an_amount_is_left_in_minutes(self) -> None:
        assert exact({"a": 1.5, "a_minutes": 90, "b": [{"c": 1, "c_minutes": 60, "minutes": 3}]}) == {
            "a_minutes": 90,
            "b": [{"c_minutes": 60, "minutes": 3}],
        }

    def test_a_number_of_a_rulebook_that_is_not_whole_is_a_text(self) -> None:
        made = {"share": 0.5, "credits": 6, "each": "5/3", "shared": False, "rows": [1.25, float("inf")]}
        assert exact_rulebook(made) == made | {"share": "1/2", "rows": ["5/4", "inf"]}

    def test_words_are_no_decision(self) -> None:
        form = {
            "code": "x",
            "message": "m",
            "subject": "s",
            "terms": [{"edition": "e", "version": "v", "rulebook": "r"}],
        }
        assert deciding(form) == {"code": "x", "subject": "s", "terms": [{}]}
        assert deciding({"code": "edition_undated", "subject": "its note"}) == {"code": "edition_undated"}

    def test_names_and_sources_are_no_rules(self) -> None:
        named = {"id": "a", "title": "b", "sources": {}, "clauses": {}}
        assert rules_of({**named, "governs": {"first": 1, "note": "c"}, "caps": {}}) == {
            "governs": {"first": 1},
            "caps": {},
        }
        assert rules_of(named) == {}
