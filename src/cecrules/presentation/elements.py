"""Builds elements of HTML whose every text is safe to show; contains no rule."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import TYPE_CHECKING

from ..printable import printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["element", "page", "put", "put_facts", "put_table", "style", "written"]


def element(tag: str, **attributes: str) -> Element:
    """Returns a new element."""
    from xml.etree.ElementTree import Element  # noqa: PLC0415 - importing the package need not load it

    return Element(tag, attributes)


def put(parent: Element, tag: str, text: str = "", class_: str = "", **attributes: str) -> Element:
    """Puts a new element into another one and returns it."""
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415

    made = SubElement(parent, tag, {"class": class_} if class_ else {}, **attributes)
    made.text = printable(text)
    return made


def put_facts(parent: Element, facts: Iterable[tuple[str, str]]) -> None:
    """Puts facts, each with its name."""
    made = put(parent, "dl", class_="facts")
    for name, value in facts:
        put(made, "dt", name)
        put(made, "dd", value)


def put_table(parent: Element, names: Iterable[str], rows: Iterable[Iterable[str]], class_: str = "") -> None:
    """Puts a table with a line of names above its rows; `class_` is that of the rows."""
    table = put(parent, "table")
    head = put(put(table, "thead"), "tr")
    for name in names:
        put(head, "th", name, scope="col")
    body = put(table, "tbody", class_=class_)
    for row in rows:
        line = put(body, "tr")
        for cell in row:
            put(line, "td", cell)


def page(title: str) -> tuple[Element, Element]:
    """Returns a whole page and the `main` of it, which is still empty."""
    whole = element("html", lang="en")
    head = put(whole, "head")
    put(head, "meta", charset="utf-8")
    put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    put(head, "title", title)
    put(head, "style").text = style()
    body = put(whole, "body", class_="cecrules")
    return whole, put(body, "main")


def written(made: Element) -> str:
    """Returns an element as text."""
    from xml.etree.ElementTree import tostring  # noqa: PLC0415

    text = tostring(made, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}\n" if made.tag == "html" else text


def style() -> str:
    """Returns the style of every page, which needs no other."""
    return resources.files("cecrules.presentation").joinpath("report.css").read_text("utf-8")
