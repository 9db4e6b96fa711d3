"""Values that a notebook shows as a page does: escaped, closed, with one style and no scripts."""

from __future__ import annotations

from importlib import resources
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import activity, compliance, submission
from presentation.test_html import Page

HOSTILE = "<script>alert(1)</script> & more"
MADE = submission(
    compliance(2, provider="Anytown"),
    activity("association_service", title=HOSTILE, documents=[]),
    activity("college_course", hours=5, addresses_compliance=None),
    holder=HOSTILE,
)
PACE = cec.edition("naaei-pace")
IN_TERMS = submission(held=["CAM"], year=2025, term_starts={"CAM": "2024-01-31"})
OFFER = cec.Offering(title=HOSTILE, kind="association_course", minutes=360, price=4900, addresses_compliance=True)
# Each value, what its display says, and its one line of text.
VALUES: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "assessment": (
        cec.evaluate(MADE),
        ("Short: 1 credit, at least 1 in network.", HOSTILE),
        "<Assessment of CAM for 2014 under naaei-2014: not renewable, 5 credited, 6 required>",
    ),
    "decision": (
        cec.evaluate(MADE).decisions[0],
        ("2 of 2", "Anytown"),
        "<Decision 'Fair housing update': accepted, 2 of 2 credits>",
    ),
    "screening": (
        cec.screen(activity(documents=[])),
        ("Does not count as it stands", "calls for a certificate of completion"),
        "<Screening of <Decision 'Budgeting basics': rejected, 0 of 1 credits> for 2014 under naaei-2014>",
    ),
    "submission": (MADE, ("not stated", "2 h", HOSTILE), "<Submission of CAM for 2014: activities 3>"),
    "submission in terms": (
        IN_TERMS,
        ("Terms CAM from 2024-01-31",),
        "<Submission of CAM for 2025: activities 0>",
    ),
    "rulebook": (PACE, ("Governs", "months of grace", "Designation Requires"), "<Rulebook naaei-pace>"),
    "clause": (
        cec.NAAEI_2014.clause("network.half"),
        ("Read as", "Other readings", "half-of-reported: "),
        "<Clause network.half>",
    ),
    "clause in short": (
        attrs.evolve(cec.NAAEI_2014.clause("network.half"), also_possible=()),
        ("network.half",),
        "<Clause network.half>",
    ),
    "shortfall": (
        cec.evaluate(MADE).shortfall,
        ("Short: 1 credit, at least 1 in network",),
        "Shortfall(total=Credits('1'), in_network=Credits('1'), compliance=Credits('0'))",
    ),
    "comparison": (
        cec.compare(cec.NAAEI_2014, cec.edition("naaei-2021")),
        ("naaei-2021 compared with naaei-2014", "before"),
        "<Comparison of naaei-2014 with naaei-2021: differences 17>",
    ),
    "comparison of equals": (
        cec.compare(PACE, PACE),
        ("no difference",),
        "<Comparison of naaei-pace with naaei-pace: differences 0>",
    ),
    "outlook": (
        cec.outlook(MADE, "2013-05-01"),
        ("Outlook for CAM on 2013-05-01",),
        "<Outlook of CAM for 2014 under naaei-2014 on 2013-05-01: evidence>",
    ),
    "worth": (
        cec.worth(MADE),
        ("One more entry for CAM",),
        "<Worth of one more entry for CAM for 2014 under naaei-2014>",
    ),
    "plan": (
        cec.plan(submission(), [OFFER]),
        ("$49.00", HOSTILE, "keep"),
        "<Plan for CAM for 2014 under naaei-2014: offerings chosen 1, cents 4900>",
    ),
    "readings": (
        cec.readings(MADE),
        ("Other readings of the clauses, for CAM",),
        "<Readings for CAM for 2014 under naaei-2014: sets that turn it 0>",
    ),
}


@pytest.mark.parametrize(("value", "words"), [v[:2] for v in VALUES.values()], ids=VALUES)
def test_a_notebook_shows_a_value(value: Any, words: tuple[str, ...]) -> None:
    page = Page(value._repr_html_())
    assert page.tags[0] == "div"
    assert page.tags.count("style") == 1
    assert not {"html", "script", "link", "img", "h1", "h2"} & set(page.tags)
    assert not {"src", "onclick"} & set(page.attributes)
    for each in words:
        assert each in page.text, each


@pytest.mark.parametrize(("value", "line"), [v[::2] for v in VALUES.values()], ids=VALUES)
def test_a_value_has_one_line_of_text(value: Any, line: str) -> None:
    assert repr(value) == line


def test_the_theme_of_a_notebook_stands_over_that_of_the_system() -> None:
    styles = resources.files("cecrules").joinpath("presentation/report.css").read_text("utf-8")
    system = styles.index(".cecrules { color-scheme: light dark;")
    for theme, scheme in (("true", "light"), ("false", "dark")):
        rule = f'[data-jp-theme-light="{theme}"] .cecrules {{ color-scheme: {scheme}; }}'
        assert styles.index(rule) > system
    assert "prefers-color-scheme" not in styles
