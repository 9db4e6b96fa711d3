"""The site as a reader sees it: nothing is cut off, every link leads somewhere, search finds, and axe finds no fault.

`pytest -m browser tests/test_site.py` builds the site and looks at every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from browsing import browser, build, package, served

pytestmark = pytest.mark.browser

WIDTHS = (400, 1280)
# The elements whose right edge is outside the window, or whose text is wider than they are.
CUT_OFF = """() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page scrolls sideways"] : [];
  const inside = node => { const box = node.getBoundingClientRect(); return box.right <= window.innerWidth + 1; };
  for (const node of document.querySelectorAll("main *, article *")) {
    const style = getComputedStyle(node);
    if (style.position === "absolute" || style.visibility === "hidden" || !node.getClientRects().length) continue;
    if (node.closest(".visually-hidden, thead, .headerlink, svg, .sr-only") && !node.matches("svg")) continue;
    // A field scrolls under its own cursor.
    const hidden = !node.matches("input, select") && style.overflowX !== "visible" && style.display !== "inline" && node.scrollWidth > node.clientWidth + 1;
    if (hidden || !inside(node)) wide.push(`${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`);
  }
  return wide;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


def pages(site: Path) -> list[str]:
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)
    return [page for page in found if page not in ("genindex.html", "py-modindex.html")]


class Links(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.anchors |= {str(values[name]) for name in ("id", "name") if values.get(name)}
        self.links += [str(values[name]) for name in ("href", "src") if values.get(name)]


def test_every_link_within_the_site_leads_to_a_page_and_an_anchor(site: Path) -> None:
    read = {page: Links(page.read_text("utf-8")) for page in site.rglob("*.html")}
    lost = []
    for page, found in read.items():
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path, anchor = urldefrag(link)
            target = (page.parent / unquote(urlsplit(path).path)).resolve() if path else page
            target = target / "index.html" if target.is_dir() else target
            is_lost = anchor and target in read and unquote(anchor) not in read[target].anchors
            if not target.exists() or is_lost:
                lost.append(f"{page.relative_to(site)}: {link}")
    assert not lost


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    loads = re.compile(r"""<(?:script|img|iframe|source|link rel="stylesheet")[^>]+(?:src|href)=["']?(?:https?:)?//""")
    assert [page for page in pages(site) if loads.search((site / page).read_text("utf-8"))] == []


def test_nothing_is_cut_off(site: Path, address: str, chromium: Any) -> None:
    faults = {}
    with closing(chromium.new_page()) as view:
        for page in pages(site):
            view.goto(f"{address}/{page}")
            for width in WIDTHS:
                view.set_viewport_size({"width": width, "height": 900})
                if found := view.evaluate(CUT_OFF):
                    faults[f"{page} at {width}"] = found[:5]
    assert not faults, listed(faults)


def test_the_front_page_says_everything_in_one_screen(address: str, chromium: Any) -> None:
    with closing(chromium.new_page(viewport={"width": 1280, "height": 900})) as view:
        view.goto(f"{address}/index.html")
        parts = ".front-code, .front-picture img, .sd-card"
        below = view.eval_on_selector_all(parts, "found => found.map(part => part.getBoundingClientRect().bottom)")
    assert len(below) == 5
    assert max(below) < 900


def test_axe_finds_no_serious_fault(site: Path, address: str, chromium: Any) -> None:
    axe = package("axe-core") / "axe.min.js"
    faults = {}
    with closing(chromium.new_page(viewport={"width": 1280, "height": 900})) as view:
        for page in pages(site):
            view.goto(f"{address}/{page}")
            view.add_script_tag(path=str(axe))
            found = list(
                serious(
                    view.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
                )
            )
            view.emulate_media(color_scheme="dark")
            found += serious(
                view.evaluate("async () => (await axe.run(document, {runOnly: ['color-contrast']})).violations")
            )
            view.emulate_media(color_scheme="light")
            if found:
                faults[page] = found
    assert not faults, listed(faults)


def serious(violations: list[dict[str, Any]]) -> Iterator[str]:
    for each in violations:
        if each["impact"] in ("serious", "critical"):
            node = each["nodes"][0]
            yield f"{each['id']}, {len(each['nodes'])} times: {node['html'][:200]} {node['failureSummary'][-300:]}"


def listed(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{page}: {fault}" for page, found in faults.items() for fault in found)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("half", "reference/rules/naaei-2014"),
        ("board", "reference/rules/naaei-2014"),
        ("Grace Hill", "reference/rules/naaei-2014"),
    ],
)
def test_search_finds(address: str, chromium: Any, words: str, page: str) -> None:
    view = chromium.new_page()
    view.goto(f"{address}/search.html?q={words}")
    view.wait_for_selector("#search-results ul.search li a")
    view.wait_for_function("!document.querySelector('#search-progress')?.textContent.includes('Searching')")
    view.wait_for_timeout(1000)
    links = view.eval_on_selector_all("#search-results ul.search li a", "found => found.map(link => link.href)")
    view.close()
    assert any(page in link for link in links), links
