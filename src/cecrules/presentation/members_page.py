"""Shows the outcome of a batch as one page, with its sums, the reasons, and a table of members that can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .elements import page, put, put_facts, put_table, written

__all__ = ["MOST_ROWS", "members_page"]

# A browser searches this many at once while one types.
MOST_ROWS = 20_000
# Shows the rows that hold every word of the search; without scripts, the whole table is shown and the field is not.
_SEARCH = """
const field = document.querySelector("input"), rows = [...document.querySelectorAll("tbody.members tr")];
const texts = rows.map(row => [...row.cells].map(cell => cell.textContent).join(" ").toLowerCase());
field.closest("p").hidden = false;
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\\s+/);
  rows.forEach((row, at) => { row.hidden = !words.every(word => texts[at].includes(word)); });
});
"""


def members_page(
    facts: Iterable[tuple[str, str]],
    counts: Iterable[tuple[str, Sequence[tuple[str, int]]]],
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> str:
    """Returns the outcome of a batch as an HTML page that needs no network.

    Args:
        facts: The facts at the top, each with its name.
        counts: Tables of counts, each with its title; those that are empty are left out.
        names: The columns of the table of members.
        rows: The cells of each member; the first 20,000 are shown.
    """
    whole, main = page("Renewals of many members")
    put(main, "h1", "Renewals of many members")
    put_facts(main, facts)
    for title, found in counts:
        if found:
            put(main, "h2", title, class_="part")
            body = put(put(main, "table"), "tbody")
            for words, count in found:
                line = put(body, "tr")
                put(line, "th", words, scope="row")
                put(line, "td", f"{count:,}", class_="number")
    put(main, "h2", "Members", class_="part")
    if len(rows) > MOST_ROWS:
        put(main, "p", f"The first {MOST_ROWS:,} of {len(rows):,} are shown.")
    label = put(put(main, "p", hidden="hidden"), "label", "Search ")
    put(label, "input", type="search")
    wide = put(main, "div", class_="wide", tabindex="0", role="region", **{"aria-label": "Members"})
    put_table(wide, names, rows[:MOST_ROWS], "members")
    put(main, "script").text = _SEARCH
    return written(whole)
