"""How the documentation is built; the pages on rulebooks are written from the rulebooks themselves."""

import itertools
import re
from pathlib import Path
from typing import Any

import cecrules as cec

project = "cecrules"
version = release = cec.__version__
copyright = "the cecrules authors"  # noqa: A001 - Sphinx names it so
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "cecrules"
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
napoleon_use_ivar = True
suppress_warnings = ["ref.python"]
nitpick_ignore_regex = [("py:.*", r".*")]


def write_rulebooks(app: Any) -> None:
    """Writes a page for every edition, with its clauses, and one of what each changed."""
    folder = Path(app.srcdir, "generated")
    folder.mkdir(exist_ok=True)
    shelf = sorted(map(cec.edition, cec.editions()), key=_age)
    for book in shelf:
        _write(folder / f"{book.id}.md", _edition_page(book))
    changes = ["# What each edition changed", ""]
    for before, after in itertools.pairwise(shelf):
        lines = cec.explain_comparison(cec.compare(before, after)).splitlines()
        changes += [f"## {lines[0]}", "", *[f"- {line.strip()}" for line in lines[1:]], ""]
    _write(folder / "changes.md", "\n".join(changes))


def _age(book: cec.Rulebook) -> tuple[bool, int]:
    """Orders rulebooks by the years they govern; the undated ones are the latest known."""
    first, last = book.governs.first, book.governs.last
    return first is None and last is None, first or 0


def _edition_page(book: cec.Rulebook) -> str:
    lines = [f"# {book.id}", "", f"{book.title}. Governs renewals {book.governs.in_words()}.", ""]
    if book.governs.note:
        lines += [book.governs.note, ""]
    lines += ["## In short", "", "```text", cec.explain_rulebook(book).partition("\n\nClauses")[0], "```", ""]
    lines += ["## Clauses", ""]
    for clause in book.clauses:
        lines += [f"### {clause.id}", "", clause.says, ""]
        rows = {
            "Stands under": clause.section,
            "Read as": clause.reading,
            "Because": clause.because,
            "Also possible": clause.also_possible,
            "Against it": clause.contradicted,
            "Not decided": clause.undecided,
            "Restates": clause.restates,
            "Rests on it": ", ".join(f"`{key}`" for key in book.cited_by(clause.id)),
            "Seen at": "; ".join(source.page for source in book.sources_of(clause.id)),
            "Standing": book.confidence(clause.id).label,
        }
        lines += [f"- {name}: {text}" for name, text in rows.items() if text] + [""]
    return "\n".join(lines)


def _write(page: Path, text: str) -> None:
    text = re.sub(r"\n{3,}", "\n\n", text) + "\n"
    if not page.exists() or page.read_text("utf-8") != text:
        page.write_text(text, "utf-8")


def setup(app: Any) -> None:
    app.connect("builder-inited", write_rulebooks)
