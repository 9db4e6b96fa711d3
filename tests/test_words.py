"""Everything that people read uses one word for each concept, and no word that has to be read twice.

The words to avoid stand here, each with the word to use; `words-allowed.txt` has the exceptions, each with its reason.
The changelog is exempt.
"""

from __future__ import annotations

import ast
import functools
import io
import itertools
import json
import re
import tokenize
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec
from cecrules import cli
from cecrules.schemas import FORMS
from written import written_pages

ROOT = Path(__file__).parents[1]
PACKAGE = Path(cec.__file__).parent
SOURCES = [*sorted(PACKAGE.rglob("*.py")), *sorted((ROOT / "docs").glob("*.py"))]
PAGES = [*sorted(ROOT.glob("[CR]*.md")), ROOT / "benchmarks" / "README.md", *written_pages()]
PAGES.remove(ROOT / "CHANGELOG.md")
TABLES = [*sorted((PACKAGE / "editions").glob("*.toml")), *sorted((ROOT / "examples").glob("*.toml"))]

AVOIDED = {
    r"\bow(?:e|es|ed|ing)\b": "required",
    r"\b(?:credits|amount|total) due\b": "required",
    r"\bask(?:s|ed)? (?:for|of)\b": "required",
    r"\bcounted\b": "credited",
    r"\boutstanding\b": "short",
    r"\bmissing \w+ credits?\b|\bstill missing\b": "short",
    r"\bpersons?\b": "holder or member",
    r"\bshel(?:f|ves)\b": "editions",
    r"\bhandbooks?\b": "rulebook",
    r"\breported again\b|\brepetitions?\b": "duplicate",
    r"\bor else\b": "also possible",
    r"\bagainst it\b": "contradicted by",
    r"(?m)^\W*standing\b": "attested by",
    r"\bone'?s own\b": "your own",
    r"\bwho(?:ever|soever)\b": "the holder, the member, you",
    r"\bwhat (?:is|was|are|were|stands|counts)\b": "the noun that it means",
    r"\bof (?:which|whom)\b": "a clause of its own",
    r"\bspeaks? of\b|\bspoken of\b": "has, mentions",
    r"\bso many\b": "a number of",
    r"\bslips? of the keyboard\b": "typing mistake",
    r"\bas good as\b": "the plain statement",
    r"\bno more spoken\b|\bunasked\b": "the plain statement",
    r"\bseveral (?:problems |headings )?are\b|\bthere are several\.|\bevery one is reported\b": "more than one",
    r"\bwhich\s+of\s+several\b": "the one that",
    r"\bwhole\s+associations?\b": "many members",
}


def exceptions() -> list[tuple[str, str, str]]:
    lines = (ROOT / "tests" / "words-allowed.txt").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    assert all(len(row) == 3 for row in rows), rows
    return rows  # type: ignore[return-value]


def texts_of_code(text: str) -> Iterator[str]:
    """Yields every comment of a module and every string but names; docstrings, labels and messages are among them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isidentifier():
            yield node.value
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def strings(value: Any) -> Iterator[str]:
    """Yields every text inside a value of JSON or TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def place_of(file: Path) -> str:
    """The place of a file in the project, wherever the package is installed."""
    if file.is_relative_to(PACKAGE):
        return f"src/cecrules/{file.relative_to(PACKAGE).as_posix()}"
    return file.relative_to(ROOT).as_posix()


def files() -> Iterator[tuple[str, str]]:
    for file in (*SOURCES, *TABLES, *PAGES):
        place, text = place_of(file), file.read_text("utf-8")
        if file.suffix == ".py":
            yield place, "\n".join(texts_of_code(text))
        elif file.suffix == ".toml":
            comments = re.findall(r"^#.*", text, re.MULTILINE)
            yield place, "\n".join([*comments, *strings(tomllib.loads(text))])
        else:
            yield place, text
    for file in sorted((ROOT / "examples").glob("*.[ij]*")):
        yield place_of(file), "\n".join(strings(json.loads(file.read_text("utf-8"))))


def explanations() -> Iterator[tuple[str, str]]:
    books = [cec.edition(name) for name in cec.editions()]
    for book in books:
        yield f"explain_rulebook({book.id})", cec.explain_rulebook(book)
        for clause in book.clauses:
            yield f"explain_clause({clause.id}, {book.id})", cec.explain_clause(clause.id, book)
    for before, after in itertools.permutations(books, 2):
        yield "explain_comparison", cec.explain_comparison(cec.compare(before, after))
    for file, book in itertools.product(sorted((ROOT / "examples").glob("*.json")), books):
        submission = cec.loads(file.read_bytes())
        try:
            assessment = cec.evaluate(submission, book)
        except cec.CecRulesError as error:
            yield "an error", str(error)
            continue
        outlook, worth = cec.outlook(submission, assessment.window.last, book), cec.worth(submission, book)
        yield "explain", cec.explain(assessment, outlook=outlook, worth=worth, readings=cec.readings(submission, book))
        yield "to_html", cec.to_html(assessment)
        for activity in submission.activities:
            if activity.kind in {rule.kind for rule in book.kinds} and book.governs.first:
                yield "explain", cec.explain(cec.screen(activity, book.governs.first, book))
    for form in FORMS:
        yield "schema", "\n".join(strings(cec.schema(form)))


WRONG: list[dict[str, Any]] = [
    {},
    {"renewal_year": "2014", "designations": [], "activities": [{"title": " ", "kind": "x", "earned_on": "May"}]},
    {"renewal_year": 14, "designations": ["CAMM"], "activities": [{"hours": -1, "minutes": 3, "colour": 1}]},
    {"renewal_year": 2014, "designations": ["CAM"], "activities": [{"title": "a", "kind": "college_course"}]},
    {"renewal_year": 2014, "designations": ["CAM"], "activities": [], "term_starts": {"CAS": "2013-01-01"}},
]


def errors() -> Iterator[tuple[str, str]]:
    for document in WRONG:
        with pytest.raises(cec.CecRulesError) as caught:
            cec.from_dict(document)
        yield "an error", str(caught.value)
    for call in (
        lambda: cec.required_credits(["CAM"], cec.edition("naaei-contact-hours")),
        lambda: cec.required_credits(["CAMT"], cec.NAAEI_2014),
        lambda: cec.renewal_window(2014, cec.edition("naaei-contact-hours")),
        lambda: cec.renewal_window(2025, cec.edition("naaei-pace")),
        lambda: cec.edition("naaei-1066"),
        lambda: cec.edition_for(2013),
        lambda: cec.NAAEI_2014.evolve(designations=None, clauses={"unit.hour": {"seen_at": ["x"]}}, caps={"a": {}}),
    ):
        with pytest.raises(cec.CecRulesError) as caught:
            call()
        yield "an error", str(caught.value)


def helps(capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    for command in (
        [],
        ["check"],
        ["plan"],
        ["years"],
        ["rules"],
        ["schema"],
        ["batch"],
        ["layout"],
        ["verify"],
        ["certify"],
    ):
        cli.main([*command, "--help"])
        yield " ".join(["cecrules", *command, "--help"]), capsys.readouterr().out


@functools.cache
def rows() -> list[tuple[str, str, str]]:
    return exceptions()


def found_in(place: str, text: str, needed: set[tuple[str, str, str]]) -> list[str]:
    """Returns the words to avoid in a text, without the allowed ones, which are added to `needed`."""
    found: list[str] = []
    for pattern, better in AVOIDED.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            words = " ".join(match[0].lower().split())
            allowed = [row for row in rows() if fnmatch(place, row[0]) and row[1] in ("*", words)]
            needed.update(allowed)
            if not allowed:
                around = " ".join(text[max(match.start() - 50, 0) : match.end() + 50].split())
                found.append(f"{place}: {words!r}, better {better!r}: ...{around}...")
    return found


def test_no_word_to_avoid_is_read_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    needed: set[tuple[str, str, str]] = set()
    found: list[str] = []
    for place, text in itertools.chain(files(), explanations(), errors(), helps(capsys)):
        found += found_in(place, text, needed)
    assert found == []
    assert [row for row in rows() if row not in needed] == []


@pytest.mark.parametrize(
    "text",
    [
        "CAM owes six",
        "5 counted",
        "Still missing: 1 more",
        "  standing  stated by NAA",
        "a rulebook of one's own",
        "Whoever reads",
        "the kinds of which a limit takes credits",
        "an edition on the shelf",
    ],
)
def test_a_word_to_avoid_is_found(text: str) -> None:
    assert found_in("nowhere", text, set())


def docstrings() -> Iterator[tuple[str, ast.AST, str]]:
    for file in SOURCES:
        place = place_of(file)
        if any(fnmatch(place, row[0]) and row[1] == "*" for row in rows()):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
                yield place, node, text


def test_the_first_line_of_a_module_or_a_property_has_no_colon() -> None:
    """Documentation tools read the words before a colon as a type."""
    found = [
        (place, text.splitlines()[0])
        for place, node, text in docstrings()
        if ":" in text.splitlines()[0]
        and (isinstance(node, ast.Module) or (isinstance(node, ast.FunctionDef) and is_property(node)))
    ]
    assert found == []


def is_property(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list)


def test_every_docstring_begins_with_a_whole_sentence() -> None:
    assert [
        (place, text) for place, _, text in docstrings() if not re.search(r"[.!?]\)?$", text.split("\n\n")[0])
    ] == []
