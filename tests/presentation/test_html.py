"""The page is self-contained, escaped, and says what the explanation says."""

import itertools
import re
from datetime import date
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide, submission
from cecrules.presentation.sentences import under_verdict, verdict

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


def test_a_page_names_the_largest_of_several_requirements() -> None:
    assert "6 (CAM has the largest requirement)" in Page(cec.to_html(decide(held=["CAM", "NALP"]))).text


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
    assert page.attributes["aria-label"] == [
        "2 in network, 3 out of network, 3 required in network, 6 required",
        "2 on compliance, 1 required on compliance",
    ]
    assert {"width: 33.3333%", "width: 50.0000%"} <= set(page.attributes["style"])


def test_nothing_required_and_nothing_credited_is_drawn_too() -> None:
    Page(cec.to_html(decide(held=["CAMT"], rulebook=cec.edition("naaei-2022"))))


def test_several_assessments_make_one_page() -> None:
    page = Page(cec.to_html(decide(), FULL))
    assert page.tags.count("section") == 2
    assert "Renewals" in page.text


def test_each_of_several_says_who_and_by_which_edition_and_has_a_way_to_it() -> None:
    later = cec.evaluate(submission(), cec.edition("naaei-2021"))
    text = cec.to_html(FULL, later, source=["a.json", "b.json"], printed_on=date(2013, 12, 1))
    page = Page(text)
    assert page.attributes["href"] == ["#renewal-1", "#renewal-2"]
    assert page.attributes["id"] == ["renewal-1", "renewal-2"]
    for part, file, book in zip(text.split("<section")[1:], ("a.json", "b.json"), (FULL, later), strict=True):
        head = part[: part.index('class="bar"')]
        assert all(words in head for words in (file, "2013-12-01", f"({book.rulebook})", f"under {book.rulebook}"))


@pytest.mark.parametrize("pages", [[FULL], [FULL, FULL]], ids=["one", "several"])
def test_there_is_one_heading_of_the_first_level_and_none_is_left_out(pages: list[cec.Assessment]) -> None:
    tags = Page(cec.to_html(*pages)).tags
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert (tags.count("main"), levels.count(1), levels[0]) == (1, 1, 1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_top_names_the_holder_the_file_the_day_and_the_standing_of_the_edition() -> None:
    made = attrs.evolve(decide(year=2023), holder="a CAM holder")
    page = Page(cec.to_html(made, source="renewal.json", printed_on=date(2022, 12, 1)))
    assert "Holder a CAM holder File renewal.json Printed on 2022-12-01 Edition NAAEI" in page.text
    assert page.tags.count("dt") == page.tags.count("dd") == 6
    assert f" Note: {under_verdict(made)[0]}. Holder" in page.text


def test_the_list_of_several_says_the_standing_of_the_edition_too() -> None:
    made = decide(year=2023)
    (note,) = under_verdict(made)
    page = Page(cec.to_html(FULL, made)).text
    assert page.index("Not renewable. ") < page.index(f"Note: {note}.") < page.index("Edition NAAEI")
    assert page.count(f"Note: {note}.") == 2


def test_an_activity_shows_provider_day_documents_and_what_would_count() -> None:
    page = Page(cec.to_html(decide(activity("association_service", provider="Anytown", documents=["transcript"]))))
    assert f"Anytown, {activity().earned_on}, a transcript" in page.text
    assert "Add a directory or newsletter page that lists the members" in page.text


def test_clauses_lead_to_their_pages_where_those_are_given() -> None:
    page = Page(cec.to_html(FULL, clause_pages="https://docs.example/rules/"))
    assert "https://docs.example/rules/naaei-2014.html#network-half" in page.attributes["href"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("source", ["a"]), ("source", 3), ("source", [1, 2]), ("printed_on", "2013-12-01"), ("clause_pages", None)],
)
def test_what_is_shown_beside_has_its_type(name: str, value: Any) -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.to_html(FULL, FULL, **{name: value})
    assert (caught.value.where, caught.value.code) == (name, "wrong_type")


def luminance(color: str) -> float:
    """The relative luminance of a color, as WCAG 2 defines it."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_graphics_and_words_can_be_told_from_their_ground(theme: int) -> None:
    styles = resources.files("cecrules").joinpath("presentation/report.css").read_text("utf-8")
    colors = {name: pair[theme] for name, *pair in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", styles)}
    for ground in ("paper", "card"):
        for graphic in ("inside", "outside", "stripe", "compliance"):
            assert contrast(colors[graphic], colors[ground]) >= 3, graphic
        for words in ("ink", "soft", "good", "bad"):
            assert contrast(colors[words], colors[ground]) >= 4.5, words


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
