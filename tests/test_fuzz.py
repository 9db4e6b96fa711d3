"""Both doors, JSON and TOML, are shut to everything but what they take: only a `CecRulesError` ever comes out.

The bounded run; `python tests/fuzz.py` is the longer one, guided by coverage.
"""

import json
import pickle
import tracemalloc
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, submission
from cecrules.cli import main

SUBMISSION = cec.dumps(submission(activity(id="a"), activity("legislative_event"), term_starts={"CAM": "2013-01-31"}))
RULEBOOK = resources.files("cecrules").joinpath("editions/naaei-2014.toml").read_text("utf-8")
OWN = 'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\n'
SCRAPS = [
    *'"{}[]:,=.#\n\\-+',
    "null",
    "1e999",
    "NaN",
    "\x00",
    "\ud800",
    "🏠",
    "'''",
    "true",
    "0x",
    "2013-02-30",
    "[[",
    '"""',
]


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A sound text with a few pieces cut out, doubled, or replaced by scraps."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(st.sampled_from([*SCRAPS, text[start:end] * 2, ""])) + text[end:]
    return text


@settings(max_examples=300)
@given(damaged(SUBMISSION))
def test_a_damaged_submission_is_read_or_refused(text: str) -> None:
    try:
        made = cec.loads(text)
    except cec.CecRulesError as error:
        assert str(error)
    else:
        assert cec.loads(cec.dumps(made)) == made


@settings(max_examples=150)
@given(damaged(RULEBOOK))
def test_a_damaged_rulebook_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(cec.read_rulebook(text), cec.Rulebook)
    except cec.CecRulesError as error:
        assert str(error)


@settings(max_examples=150)
@given(st.text(max_size=60) | st.sampled_from([f"{key} = 3" for key in cec.schema("rulebook")["properties"]]))
def test_anything_after_a_sound_beginning_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(cec.read_rulebook(OWN + text), cec.Rulebook)
    except cec.CecRulesError as error:
        assert str(error)


@pytest.mark.parametrize("piece", ["{},", '{"title": "x"},', '"CAM",', "1,", "[", '{"a":', '"' + "x" * 100])
@pytest.mark.parametrize("end", ["", "0]}"])
def test_memory_is_bounded_by_the_size_of_what_is_read(piece: str, end: str) -> None:
    text = '{"renewal_year": 2014, "designations": ["CAM"], "activities": [' + piece * 20_000 + end
    tracemalloc.start()
    with pytest.raises(cec.CecRulesError) as caught:
        cec.loads(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 200 * len(text) + 10_000_000
    assert len(str(caught.value)) < 100 * len(text) + 1000


def test_every_row_of_a_long_list_is_told_where_it_is_wrong() -> None:
    rows = [{"title": "x", "kind": "college_course", "earned_on": "2013-01-01", "hours": 0}] * 500
    with pytest.raises(cec.InvalidDocument) as caught:
        cec.loads(json.dumps({"renewal_year": 2014, "designations": ["CAM"], "activities": rows}))
    assert [problem.where for problem in caught.value.problems] == [f"activities[{n}].hours" for n in range(500)]


def test_a_list_of_problems_has_an_end_and_says_how_many_are_left_out() -> None:
    rows = [{"title": "x", "kind": "college_course", "earned_on": "2013-01-01", "hours": 0}] * 12_000
    with pytest.raises(cec.InvalidDocument) as caught:
        cec.loads(json.dumps({"renewal_year": 14, "designations": ["CAM"], "activities": rows}))
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert (len(error.problems), error.unlisted) == (10_000, 2_001)
        assert str(error).endswith("and 2,001 more problems")
    assert caught.value.problems[0].unlisted == 0


def test_the_problems_that_are_not_listed_are_told_by_commands_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({"renewal_year": 2014, "designations": ["CAM"], "activities": [0] * 12_000})
    file = tmp_path / "many.json"
    file.write_text(text, "utf-8")
    assert main(["check", str(file)]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "cecrules: and 2,000 more problems"
    assert main(["batch", "--jsonl", str(file)]) == 2
    told = capsys.readouterr().err.splitlines()
    listed = [line for line in told if line.startswith("cecrules: line 1: activities")]
    assert f"cecrules: line 1: {12_000 - len(listed)} more problems" in told
