"""Tables of a whole association for tests, in every engine, and what `evaluate` says of the same rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas
import polars as pl
from hypothesis import strategies as st

import cecrules as cec
from cecrules.rulebook.index import index_of

Rows = Sequence[Mapping[str, Any]]

EDUCATION = "certificate_of_completion"
EVERYTHING = ";".join(cec.DocumentKind)
ACTIVITY_TYPES = {
    "member": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "earned_on": pl.Date,
    "minutes": pl.Int64,
    "hours": pl.Float64,
    "provider": pl.String,
    "addresses_compliance": pl.Boolean,
    "compensated": pl.Boolean,
    "bought_through_association": pl.Boolean,
    "documents": pl.String,
    "row": pl.Int64,
}
CODES = list(cec.Designation)
HELD_TYPES = {"member": pl.String, "designation": pl.String, "term_start": pl.Date, "row": pl.Int64}
AMOUNTS = ("required", "credited", "in_network", "out_of_network", "compliance")
SHORTAGES = ("total", "in_network", "compliance")

BOOKS = {
    book.id: (book, year)
    for book, year in (
        (cec.NAAEI_2014, 2014),
        (cec.edition("naaei-2021"), 2021),
        (cec.edition("naaei-2022"), 2022),
        (
            cec.NAAEI_2014.evolve(
                id="repeatable",
                kinds={"association_service": {"once_per": None}, "legislative_event": {"once_per": None}},
            ),
            2014,
        ),
        (cec.NAAEI_2014.evolve(id="fifty-minutes", credit={"minutes": 50}, compliance={"strength": "may"}), 2014),
        (
            cec.NAAEI_2014.evolve(
                id="open",
                kinds={
                    "unlisted": {"side": "in_network"},
                    "college_course": {"each": None, "once_per": ["title", "minutes"]},
                },
                caps={"unlisted": {"credits": 1, "kinds": ["unlisted"], "clause": "refused.unlisted"}},
            ),
            2014,
        ),
        (
            cec.NAAEI_2014.evolve(
                id="odd",
                in_network={"share": "1/3"},
                caps={"courses": {"credits": 2, "kinds": ["college_course"], "clause": "outside.college"}},
                kinds={"published_article": {"each": "0.75", "once_per": ["title"]}},
            ),
            2014,
        ),
    )
}

PACE = cec.edition("naaei-pace")
TERM_BOOKS = {
    book.id: (book, 2024)
    for book in (
        PACE,
        PACE.evolve(id="last-day-outside", window={"last_day_inside": False}),
        PACE.evolve(id="short", window={"months": 5, "grace_months": None}),
    )
}


# A test is handed the name: of a failing one Hypothesis prints every argument, and a rulebook is long.
BY_WINDOW = {"one window": BOOKS, "terms": TERM_BOOKS}


def drawn_book(data: st.DataObject, window: str) -> tuple[cec.Rulebook, int]:
    """A rulebook of those with one window, or of those with terms, and a year to decide by it."""
    books = BY_WINDOW[window]
    return books[data.draw(st.sampled_from(list(books)))]


def frame(rows: Rows, types: Mapping[str, Any]) -> Any:
    """A Polars frame of the columns that any row has, or of all that are required."""
    named = {name for row in rows for name in row}
    optional = {"minutes", "hours", "row", "provider", "documents", "term_start"}
    optional |= {n for n in types if types[n] == pl.Boolean}
    schema = {name: types[name] for name in types if not rows or name in named or name not in optional}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def activity_table(rows: Rows) -> Any:
    return frame(rows, ACTIVITY_TYPES)


def held_table(rows: Rows) -> Any:
    return frame(rows, HELD_TYPES)


def _pandas(table: Any) -> Any:
    made = table.to_pandas()
    for name, dtype in table.schema.items():
        if dtype == pl.Date:
            # Nanoseconds end with 2262.
            made[name] = made[name].astype("datetime64[us]" if name == "term_start" else "datetime64[ns]")
        elif dtype == pl.Boolean:
            made[name] = made[name].eq(other=True)
        elif dtype == pl.String and not pandas.__version__.startswith("2"):
            # Before pandas 3 text stands among its objects, and this would make a text of None.
            made[name] = made[name].astype("str")
    return made


ENGINES: dict[str, Callable[[Any], Any]] = {
    "polars": lambda table: table,
    "polars-lazy": lambda table: table.lazy(),
    "duckdb": lambda table: duckdb.from_arrow(table.to_arrow()),
    "pandas": _pandas,
    "pandas-arrow": lambda table: table.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda table: table.to_arrow(),
}


def rows_of(native: Any) -> list[dict[str, Any]]:
    """The rows of any frame, with None for whatever an engine holds in its place."""
    lazy = nw.from_native(native).lazy().collect("pyarrow").to_native().to_pylist()
    return [
        {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
        for row in lazy
    ]


def activity_of(row: Mapping[str, Any]) -> cec.Activity:
    """The activity a row stands for; raises what the library raises where it stands for none."""
    flags = ("addresses_compliance", "compensated", "bought_through_association")
    values = {name: row[name] for name in ("title", "kind", "earned_on", "minutes", "hours") if name in row}
    values |= {name: row.get(name, False) for name in flags}
    values["provider"] = row.get("provider") or ""
    documents = row.get("documents") or ""
    named = documents.split(";") if isinstance(documents, str) else documents
    values["documents"] = [kind.strip() for kind in named if kind.strip()]
    return cec.Activity(**values)


def readable(row: Mapping[str, Any]) -> bool:
    try:
        activity_of(row)
    except cec.CecRulesError:
        return False
    return named(row)


def named(row: Mapping[str, Any]) -> bool:
    return row["member"] is not None and bool(row["member"].strip())


def submissions(activities: Rows, held: Rows, book: cec.Rulebook, year: int) -> dict[str, cec.Submission | None]:
    """The submission of every member, of readable rows alone; None where what is owed is not known."""
    made: dict[str, cec.Submission | None] = {}
    for member in {row["member"] for row in [*activities, *held] if named(row)}:
        mine = [row for row in held if row["member"] == member]
        own = [row for row in activities if row["member"] == member and readable(row)]
        if not mine or any(bad_holding(row, mine, book) for row in mine):
            made[member] = None
        else:
            places = [asked.designation for asked in book.designations]
            codes = sorted(
                (cec.Designation(row["designation"]) for row in mine), key=lambda c: places.index(book.own_code(c))
            )
            starts = {row["designation"]: row["term_start"] for row in mine if row.get("term_start")}
            made[member] = cec.Submission(
                renewal_year=year,
                designations=codes,
                activities=[activity_of(row) for row in own],
                term_starts=starts if index_of(book).has_terms else {},
            )
    return made


def bad_holding(row: Mapping[str, Any], mine: Rows, book: cec.Rulebook) -> bool:
    """Whether a row of one member, of all those of this one, does not say what is owed, or in which one term."""
    own = own_code(row["designation"], book)
    starts = {other.get("term_start") for other in mine if own_code(other["designation"], book) == own}
    try:
        owed = cec.required_credits([row["designation"]], book)
        if index_of(book).has_terms and (owed or starts != {None}):
            cec.renewal_window(2024, book, term_start=row["term_start"])
    except cec.CecRulesError:
        return True
    return index_of(book).has_terms and len(starts - {None}) > 1


def own_code(code: Any, book: cec.Rulebook) -> Any:
    return book.own_code(cec.Designation(code)) if code in CODES else code


def assessed(activities: Rows, held: Rows, book: cec.Rulebook, year: int) -> list[dict[str, Any]]:
    """What `evaluate` says of every member, in the form of `evaluate_frame`."""
    made = []
    for member, submission in submissions(activities, held, book, year).items():
        own = [row for row in activities if row["member"] == member]
        line: dict[str, Any] = {"member": member, "renewable": False}
        line |= dict.fromkeys((*AMOUNTS, *(f"short_{name}" for name in SHORTAGES)))
        mine = [row for row in held if row["member"] == member]
        bad_held = [row for row in mine if bad_holding(row, mine, book)]
        if submission is None:
            line["bad_rows"] = len(own) + len(bad_held)
        else:
            assessment = cec.evaluate(submission, book)
            line |= {name: float(getattr(assessment, name)) for name in AMOUNTS}
            line |= {f"short_{name}": float(getattr(assessment.shortfall, name)) for name in SHORTAGES}
            line |= {"renewable": assessment.renewable, "bad_rows": sum(not readable(row) for row in own)}
        made.append(line)
    return sorted(made, key=lambda line: line["member"])


def foreseen(
    activities: Rows, held: Rows, book: cec.Rulebook, year: int, day: date, **options: Any
) -> list[dict[str, Any]]:
    """What `outlook` says of every member, in the form of `outlook_frame`."""
    bad = {line["member"]: line["bad_rows"] for line in assessed(activities, held, book, year)}
    made = []
    for member, submission in submissions(activities, held, book, year).items():
        found = cec.outlook(submission, day, book, **options) if submission else None
        for one in (found.terms or (found,)) if found else (None,):
            line = {"member": member, "bad_rows": bad[member]}
            line["designations"] = ";".join(one.designations) if one else None
            line |= {name: getattr(one, name, None) for name in ("days_left", "last_start")}
            line |= {name: getattr(getattr(one, name, None), "value", None) for name in ("state", "limit")}
            for short in ("short", "short_with_paper"):
                amounts = getattr(one, short, None)
                line |= {f"{short}_{name}": float(getattr(amounts, name)) if one else None for name in SHORTAGES}
            # Which of several sets as small is named depends on the order of the rows.
            line |= {"plans": len(one.plans) if one else None, "needs": len(one.needs) if one else None}
            made.append(line)
    return sorted(made, key=lambda line: (line["member"], line["designations"] or ""))


def counted(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `outlook_frame` says, with the number of documents and statements that are needed in place of the words."""
    return [line if line["needs"] is None else {**line, "needs": line["needs"].count(": ")} for line in found]


def _mostly(usual: Sequence[Any], seldom: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 19).flatmap(lambda roll: st.sampled_from(seldom if roll == 0 else usual))


TITLES = ["Board", "board ", "Bo\u00a0ard", "Straße", "STRASSE", "ΣΑΣ", "σας", "Día", "DÍA", "ﬁn", "FIN", "İ", "i̇"]
KINDS = list(cec.ActivityKind)
_MINUTES = _mostly([15, 30, 50, 60, 90, 120, 200], [None, 0, -5, 527040, 527041])
_HOURS = _mostly([0.25, 0.5, 1.1, 1.5, 2.0], [None, 0.0, -1.0, 1 / 3, 1 / 60, math.inf, 9000.0])


def activity_rows(year: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of activities of a few members: most of them sound, every way of being wrong among them."""
    last = date(year - 1, 12, 31)
    days = [date(year - 1, 6, 15), last, date(year - 1, 1, 1)]
    columns = {
        "member": _mostly(["a", "b", "c"], ["d", None, "", " \u2003"]),
        "title": _mostly(TITLES, ["", " \u2003", None]),
        "kind": _mostly(KINDS, ["webinar", None]),
        "earned_on": _mostly(days, [date(year - 2, 12, 31), date(year, 1, 1), None]),
        "provider": _mostly(["Anytown", "any town"], [None, "", "Elsewhere"]),
        "addresses_compliance": _mostly([True, False], [None]),
        "compensated": _mostly([False], [True, None]),
        "bought_through_association": _mostly([True], [False, None]),
        "documents": _mostly([EVERYTHING], ["", None, EDUCATION, "member_listing; exam_results", "a_letter", ";"]),
    }
    lengths = st.sampled_from([{"minutes": _MINUTES}, {"hours": _HOURS}])
    return lengths.flatmap(lambda length: st.lists(st.fixed_dictionaries({**columns, **length}), max_size=14))


@st.composite
def held_rows(draw: st.DrawFn, book: cec.Rulebook, year: int) -> list[dict[str, Any]]:
    """Rows of designations of the same members: most of them sound, every way of being wrong among them."""
    columns = {
        "member": _mostly(["a", "b", "c"], ["e", None, "", "\t"]),
        "designation": _mostly(CODES, ["CPM", None]),
    }
    rows = draw(st.lists(st.fixed_dictionaries(columns), max_size=6))
    if index_of(book).has_terms:
        days = [(year - 2, 9, 30), (year - 2, 10, 1), (year - 1, 1, 1), (year - 1, 6, 15), (year - 1, 8, 31)]
        begun = _mostly([date(*day) for day in days], [None, date(9998, 9, 30), date(9998, 10, 1)])
        starts: dict[Any, Any] = {}
        for row in rows:
            day = draw(begun)
            first = starts.setdefault((row["member"], own_code(row["designation"], book)), day)
            row["term_start"] = draw(_mostly([first], [day]))
    return rows


def rows_of_submissions(made: Sequence[cec.Submission], book: cec.Rulebook) -> tuple[list[Any], list[Any]]:
    """The two tables in which some submissions stand, by rulebooks with terms."""
    activities: list[Any] = []
    held: list[Any] = []
    for member, submission in enumerate(made):
        starts = {book.own_code(code): day for code, day in submission.term_starts}
        one = {"member": str(member)}
        held += [{**one, "designation": c, "term_start": starts[book.own_code(c)]} for c in submission.designations]
        for activity in submission.activities:
            row = {name: getattr(activity, name) for name in ACTIVITY_TYPES if hasattr(activity, name)}
            activities.append({**row, **one, "documents": ";".join(activity.documents)})
    return activities, held


def numbered(rows: Rows) -> list[dict[str, Any]]:
    """The rows, each with its place among them."""
    return [{**row, "row": place} for place, row in enumerate(rows)]


def decisions(activities: Rows, held: Rows, book: cec.Rulebook, year: int) -> list[dict[str, Any]]:
    """What `evaluate` says of every activity, in the form of `decide_frame`, by row."""
    made = []
    for member, submission in submissions(activities, held, book, year).items():
        if submission is not None:
            own = [row for row in activities if row["member"] == member and readable(row)]
            for row, decision in zip(own, cec.evaluate(submission, book).decisions, strict=True):
                line = {"member": member, "row": row["row"], "title": decision.title, "kind": decision.kind.value}
                line |= {"outcome": decision.outcome.value, "claimed": float(decision.claimed)}
                line |= {"credited": float(decision.credited)}
                line["findings"] = ";".join(finding.code for finding in decision.findings)
                made.append(line)
    return sorted(made, key=lambda line: line["row"])
