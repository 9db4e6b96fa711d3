"""Texts of the classes that public suites of hostile input have, made here: JSON, TOML, and what people may type."""

from __future__ import annotations

import json
import sys
import unicodedata
import xml.etree.ElementTree as ET
from importlib import resources

import pytest

import cecrules as cec
from builders import activity, submission
from cecrules.layouts.loading import read_layout
from cecrules.printable import printable

SOUND = cec.dumps(submission(activity(id="a"), activity("legislative_event")))
RULEBOOK = resources.files("cecrules").joinpath("editions/naaei-2014.toml").read_text("utf-8")
TITLE = json.dumps(activity().title)


def in_title(written: str) -> str:
    """The sound submission, with something else where its titles stand."""
    assert TITLE in SOUND
    return SOUND.replace(TITLE, written)


WRONG_STRINGS = [
    r'"\a"',
    r'"\u12"',
    r'"\ud800\u"',
    r'"\x41"',
    '"\x00"',
    '"\x1f"',
    '"\n"',
    '"\t"',
    "'a'",
    '"',
    '"\\',
    "a",
]
WRONG_NUMBERS = ["01", "-", "+1", ".5", "5.", "1e", "0x1", "1_0", "--1", "1.e1", "Inf", "-Infinity", "NaN", "\u0661"]
WRONG_WHOLES = ["", " ", "\ufeff", "{", "[", "nul", "True", SOUND + ",", SOUND + SOUND, SOUND + "\x00", "[" * 100_000]
BETWEEN = ["/* a */", "// a\n", "# a\n", "\x0b", "\x0c", "\xa0", "\u2028", "\ufeff", "\x00", ",", ":", ";"]
WRONG_JSON = [
    *map(in_title, WRONG_STRINGS),
    *(SOUND.replace("2014", number) for number in WRONG_NUMBERS),
    *WRONG_WHOLES,
    *(SOUND.replace(", ", f",{extra}", 1) for extra in BETWEEN),
    *(SOUND[:place] for place in range(0, len(SOUND), 7)),
    SOUND.replace(": ", " ", 1),
    SOUND.replace('"renewal_year"', "renewal_year"),
    SOUND.replace('{"', '{"renewal_year": 2014, "', 1),
]


@pytest.mark.parametrize("text", WRONG_JSON)
def test_what_is_no_json_is_refused_as_text_and_as_bytes(text: str) -> None:
    for given in (text, text.encode()):
        with pytest.raises(cec.CecRulesError):
            cec.loads(given)


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r\n", " \r\n\t " * 100])
def test_space_between_the_parts_of_json_says_nothing(space: str) -> None:
    assert cec.loads(space + SOUND.replace(", ", f"{space},{space}") + space) == cec.loads(SOUND)


@pytest.mark.parametrize("written", [r'"\u0041\n\/\"\\"', r'"\ud83c\udfe0"', '"\U0001f3e0\x7f"', '"\ufffe\U0010ffff"'])
def test_every_way_to_write_a_text_in_json_is_read(written: str) -> None:
    assert cec.loads(in_title(written)).activities[0].title == json.loads(written)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "utf-8-sig"])
@pytest.mark.parametrize("broken", [False, True])
def test_bytes_of_another_encoding_are_read_right_or_refused(encoding: str, broken: bool) -> None:
    data = in_title('"Zoë 🏠"').encode(encoding)[: -1 if broken else None]
    try:
        read = cec.loads(data)
    except cec.CecRulesError:
        return
    assert read.activities[0].title == "Zoë 🏠"


@pytest.mark.parametrize("byte", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x80\x80\x80\x80", b"\xc3"])
def test_bytes_that_are_no_utf_8_are_refused(byte: bytes) -> None:
    with pytest.raises(cec.CecRulesError):
        cec.loads(in_title('"@"').encode().replace(b"@", byte))


WRONG_TOML = [
    "a = 1\na = 2",
    "[a]\n[a]",
    "a.b = 1\n[a]",
    "[[a]]\n[a]",
    "a = {b = 1}\na.c = 2",
    "a = {b = 1,\n}",
    "a = [1",
    "a = 01",
    "a = 1__0",
    "a = _1",
    "a = 0X1",
    "a = 1.",
    "a = .1",
    "a = 1e",
    "a = +nan_",
    "a = tru",
    "a = 2013-02-30",
    "a = 25:00:00",
    "a = 2013-01-01T",
    'a = "\\x"',
    'a = "\\ud800"',
    'a = "\n"',
    "a = '\x01'",
    'a = """b',
    "a = '''b",
    "a =",
    "= 1",
    "a b = 1",
    "a = 1 b = 2",
    "a = 1\rb = 2",
    "# \x00",
    "[a",
    "[]",
    "[a.]",
    "é = 1",
    "a" + ".a" * 2000 + " = 1",
    "a = " + "[" * 2000,
]


@pytest.mark.parametrize("text", WRONG_TOML)
def test_what_is_no_toml_is_refused_as_a_rulebook_and_as_a_layout(text: str) -> None:
    for given in (text, RULEBOOK + "\n" + text):
        for read in (cec.read_rulebook, read_layout):
            with pytest.raises(cec.CecRulesError):
                read(given)


CATEGORIES: dict[str, str] = {}
for char in map(chr, range(sys.maxunicode + 1)):
    category = unicodedata.category(char)
    if len(CATEGORIES.setdefault(category, "")) < 99:
        CATEGORIES[category] += char
SURROGATES = CATEGORIES.pop("Cs")
TYPED = {
    **CATEGORIES,
    "a mark on nothing": "\u0301\u0489" * 20,
    "many marks": "e" + "\u0301" * 200,
    "two directions": "\u202eabc\u202c \u05d0\u05d1 \u0627\u0644",
    "markup": '<script>alert(1)</script>"><img src=x onerror=alert(1)>&amp;&#x27;]]></style><!--',
    "a template": "{{7*7}} ${7*7} %s %n %(a)s {0.__class__} \\N{DIGIT ONE}",
    "a query": "'; DROP TABLE members; -- \" OR 1=1",
    "a command": "$(reboot) `reboot` | reboot; && \n -rf ..\\..\\ /dev/null CON NUL",
    "a formula": "=1+1 @SUM(A1) +1 -1",
    "a number": "1e999 0x10 NaN Infinity -0 1,5 \u0661\u0662 \u2167 1/0",
    "nothing": "null None undefined nil true False",
    "a terminal's": "\x1b[31m\x1b]8;;http://example.invalid\x07\x9b2J\r\b\x00",
    "long": "long " * 20_000,
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_people_may_type_is_kept_as_it_is_and_shown_safely(typed: str) -> None:
    one = activity(title=f"a{typed}", provider=f"b{typed}")
    given = submission(one, activity("legislative_event", title=f"c{typed}"), holder=f"d{typed}")
    assessment = cec.evaluate(given)
    assert cec.loads(cec.dumps(given)) == given
    assert cec.loads(cec.dumps(assessment), cec.Assessment) == assessment
    told = cec.explain(assessment)
    assert printable(told.replace("\n", "")) == told.replace("\n", "")
    page = cec.to_html(assessment)
    body = ET.fromstring(page[page.index("<body") : page.index("</body>") + 7])  # noqa: S314 - made here
    assert not [*body.iter("script"), *body.iter("img")]
    assert "".join(printable(f"a{typed}").split()) in "".join("".join(body.itertext()).split())


def test_half_a_character_is_refused_where_it_stands() -> None:
    for char in SURROGATES:
        with pytest.raises(cec.InvalidValue, match="title: must be valid Unicode text"):
            activity(title=char)
