"""The two writers of a value say the same: its mapping as `json` would write it is its text."""

import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide
from cecrules import testing
from cecrules.rulebook.provisions import WindowKind
from cecrules.writer_making import CODE, TEXT, Key, Writers

PACE = cec.edition("naaei-pace")
FIFTY = cec.NAAEI_2014.evolve(id="fifty", credit={"minutes": 50})
BOOKS = testing.rulebooks(window_kinds=[WindowKind.CALENDAR_YEAR, WindowKind.TERM])
ODD = ['"', "\\", "\n\t\x00\x7f", "{it.title}", "{{}}", "%s", "'''", "Día", "\u2028", "\U0001f3e2", ""]


def as_json(value: object) -> str:
    return json.dumps(cec.to_dict(value), ensure_ascii=False)


@given(data=st.data())
def test_the_text_of_any_assessment_is_that_of_its_mapping(data: st.DataObject) -> None:
    book = data.draw(st.sampled_from([cec.NAAEI_2014, cec.edition("naaei-2022"), PACE, FIFTY]) | BOOKS)
    assessment = cec.evaluate(data.draw(testing.submissions(book)), book)
    assert cec.dumps(assessment) == as_json(assessment)


@pytest.mark.parametrize("odd", ODD)
def test_texts_are_escaped_alike(odd: str) -> None:
    made = decide(compliance(title=f"a{odd}", provider=odd, id=odd or None), activity(documents=()))
    made = attrs.evolve(made, holder=odd or None)
    assert cec.dumps(made) == as_json(made)
    assert cec.loads(cec.dumps(made), cec.Assessment) == made


@pytest.mark.parametrize("book", [cec.NAAEI_2014, FIFTY, PACE], ids=lambda book: book.id)
def test_every_part_has_a_text_of_its_own(book: cec.Rulebook) -> None:
    starts = {"CAM": "2013-01-31", "CAPS": "2012-11-30"}
    reported = [
        compliance(hours=1),
        activity("college_course", hours=9),
        activity("association_service"),
        activity("association_service"),
        activity(earned_on="2011-05-01", documents=()),
    ]
    made = decide(*reported, rulebook=book, held=["CAM", "CAPS"], term_starts=starts, holder="a CAM holder")
    findings = [finding for decision in made.decisions for finding in decision.findings]
    assert findings
    for part in (made, made.shortfall, *made.checks, *made.decisions, *findings, *made.binding, *made.terms):
        assert cec.dumps(part) == as_json(part)


def test_a_key_is_left_out_where_its_condition_does_not_hold() -> None:
    @attrs.frozen
    class Seen:
        title: str
        note: str = ""
        kind: str = "a"

    writers = Writers(code={"a": "A"})
    writers.add(Seen, Key("title", TEXT), Key("note", TEXT, where="it.note"), Key("kind", CODE))
    for value, form in (
        (Seen("x"), {"title": "x", "kind": "A"}),
        (Seen("x", "y"), {"title": "x", "note": "y", "kind": "A"}),
    ):
        assert writers.plain[Seen](value) == form
        assert writers.text[Seen](value) == json.dumps(form)
