"""The page is self-contained, escaped, and says what the explanation says."""

import re
from html.parser import HTMLParser
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide
from cecrules.presentation.sentences import verdict

VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page and insists that every element is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


FULL = decide(
    compliance(hours=2),
    activity("college_course", hours=5),
    activity("in_house_training"),
    first_renewal_of=["CAM"],
    year=2014,
)


def test_a_page_holds_verdict_figures_checks_and_reasons() -> None:
    page = Page(cec.to_html(FULL))
    head, _, missing = verdict(FULL).partition(": ")
    assert head in page.text
    for words in (
        "Short: 1 credit, at least 1 in network.",
        "2 in network",
        "3 out of network",
        "6 required",
        "network.half",
        "over the 3 credits that may come from outside the network",
        "this kind of activity is not accepted",
        "first renewal of CAM",
        "(naaei-2014)",
        "Compare the credits required with the renewal invoice.",
    ):
        assert words in page.text, words
    assert missing


def test_a_page_needs_nothing_beside_it() -> None:
    text = cec.to_html(FULL)
    page = Page(text)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not {"src", "href"} & set(page.attributes)
    assert not re.search(r"url\(|@import|https?:", text)


@pytest.mark.parametrize("text", [cec.to_html(FULL), FULL._repr_html_()], ids=["page", "notebook"])
def test_the_styles_stand_as_they_were_written(text: str) -> None:
    styles = resources.files("cecrules").joinpath("presentation/report.css").read_text("utf-8")
    assert styles in text
    assert "\ufffd" not in text


def test_the_bar_shows_each_side_against_what_is_required() -> None:
    page = Page(cec.to_html(FULL))
    assert "2 in network, 3 out of network, 6 required" in page.attributes["aria-label"]
    assert {"width: 33.3333%", "width: 50.0000%"} <= set(page.attributes["style"])


def test_nothing_required_and_nothing_credited_is_drawn_too() -> None:
    Page(cec.to_html(decide(held=["CAMT"], rulebook=cec.edition("naaei-2022"))))


def test_several_assessments_make_one_page() -> None:
    page = Page(cec.to_html(decide(), FULL))
    assert page.tags.count("section") == 2
    assert "Renewals" in page.text


def test_terms_are_shown_side_by_side() -> None:
    terms = decide(
        year=2025,
        held=["CAM", "CALP"],
        rulebook=cec.edition("naaei-pace"),
        term_starts={"CAM": "2024-01-31", "CALP": "2024-11-30"},
    )
    assert "CALP: 2024-11-30 to 2026-02-28" in Page(cec.to_html(terms)).text


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "a & b", '" onmouseover="x', "</style><b>", "]]>", "\x1b[31m"]
)
def test_every_text_is_escaped(title: str) -> None:
    page = Page(cec.to_html(decide(activity(title=title))))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert "onmouseover" not in page.attributes
    assert " ".join(title.replace("\x1b", "\ufffd").split()) in page.text


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_title_makes_a_well_formed_page(title: str, provider: str) -> None:
    try:
        made = activity(title=title, provider=provider)
    except cec.CecRulesError:
        return
    assert Page(cec.to_html(decide(made))).tags == Page(cec.to_html(decide(activity()))).tags


def test_what_is_short_only_of_a_should_is_told_in_a_sentence_of_its_own() -> None:
    page = Page(cec.to_html(decide(activity(hours=6))))
    assert "Short only of the compliance credit, which the page says should be reported." in page.text


def test_a_notebook_shows_the_same() -> None:
    page = Page(FULL._repr_html_())
    assert "html" not in page.tags
    assert page.tags[0] == "div"
    assert "Short: 1 credit, at least 1 in network." in page.text
