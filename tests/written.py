"""The pages of the documentation that are written by hand."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
# `docs/pages.py` writes these from the code, and Sphinx the site.
_MADE = ("_build", "generated", "reference/rules")


def written_pages() -> list[Path]:
    pages = sorted(DOCS.rglob("*.md"))
    return [page for page in pages if not page.relative_to(DOCS).as_posix().startswith(_MADE)]
