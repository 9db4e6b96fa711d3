"""Mends the pages for small screens and screen readers.

Each cell of a table is named by its heading, so that the style sheet can show a row as a list on a small screen.
"""

import itertools
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdown_tables import FACT

# A table shown as blocks is a table to a screen reader only if its parts say so.
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


def setup(app: Any) -> None:
    # After the theme has put its frames around the tables.
    app.connect("html-page-context", _mended, priority=900)


def _mended(_app: Any, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    for part in ("furo_navigation_tree", "body"):
        # Captions have no level of their own.
        context[part] = str(context.get(part, "")).replace('role="heading"', 'role="heading" aria-level="2"')
    soup = BeautifulSoup(context["body"], "html.parser")
    for table in soup.find_all("table"):
        _name_cells(table)
    # A signature of several lines is a list of definitions that defines nothing.
    for lines in soup.select("dt.sig dl"):
        lines.name, lines["class"] = "span", "sig-lines"
        for line in lines.find_all("dd"):
            line.name = "span"
    context["body"] = str(soup)


def _name_cells(table: Tag) -> None:
    heads = [head.get_text(" ", strip=True) for head in table.select("thead th")]
    if heads[:1] == [FACT]:
        table["class"] = [*table.get_attribute_list("class"), "facts"]
    for row in table.select("tbody tr"):
        for head, cell in zip(heads, row.find_all("td", recursive=False), strict=False):
            if cell.get_text(strip=True):
                cell["data-head"] = head
            else:
                cell["class"] = "empty"
    for element in [table, *table.find_all(list(_ROLES))]:
        element["role"] = _ROLES[element.name]
    # A code may break after each of its words.
    for text in [each for literal in table.select("code") for each in literal.find_all(string=True)]:
        first, *rest = text.split("_")
        text.replace_with(first, *itertools.chain(*[("_", _place_to_break(), word) for word in rest]))


def _place_to_break() -> Tag:
    return Tag(name="wbr", can_be_empty_element=True)
