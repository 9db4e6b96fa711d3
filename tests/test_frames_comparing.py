"""Verdicts by two rulebooks, and the differences that turn them, on every engine and as `evaluate` has them."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas
import polars as pl
import pyarrow
import pytest

import cecrules as cec
from cecrules.frames import compare_frame, evaluate_frame
from tables import CODES, ENGINES, EVERYTHING, PACE, activity_table, held_table, rows_of

OLD = cec.NAAEI_2014
NEW = OLD.evolve(
    id="stricter",
    compliance={"credits": 2},
    caps={"association_service": {"credits": 1}},
    designations={"CAM": {"credits": 5}},
    in_network={"share": "2/3"},
)
FRAMES = {
    "polars": pl.DataFrame,
    "polars-lazy": pl.LazyFrame,
    "duckdb": duckdb.DuckDBPyRelation,
    "pandas": pandas.DataFrame,
    "pandas-arrow": pandas.DataFrame,
    "pyarrow": pyarrow.Table,
}


def entry(member: str, kind: str, minutes: int, title: str, **others: Any) -> dict[str, Any]:
    row = {"member": member, "title": title, "kind": kind, "earned_on": date(2013, 5, 1), "minutes": minutes}
    return {**row, "documents": EVERYTHING, "addresses_compliance": False, **others}


def compared(engine: str, activities: Any, held: Any, before: cec.Rulebook, after: cec.Rulebook, **options: Any) -> Any:
    native = ENGINES[engine]
    made = compare_frame(native(activity_table(activities)), native(held_table(held)), before, after, **options)
    return made, sorted(rows_of(made), key=lambda row: row["member"])


mixtures_of = functools.cache(cec.mixtures)


def by_hand(submission: cec.Submission, before: cec.Rulebook, after: cec.Rulebook) -> dict[str, Any] | None:
    """What `compare_frame` says of one holder, one mixture and one set after the other."""
    mixed = mixtures_of(before, after)
    verdicts = {
        frozenset(mixture.groups): cec.evaluate(submission, mixture.rulebook).renewable
        for mixture in mixed
        if mixture.rulebook
    }
    order = [mixture.groups for mixture in mixed]
    old, new = verdicts[frozenset()], verdicts[frozenset(order[-1])]
    if old == new:
        return None
    turning = {groups for groups, verdict in verdicts.items() if verdict != old}
    least = [groups for groups in order if frozenset(groups) in turning]
    least = [groups for groups in least if not any(other < frozenset(groups) for other in turning)]
    return {"before": old, "after": new, "because": "; ".join(map("+".join, least))}


def association(count: int, seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rng = random.Random(seed)
    kinds = [kind for kind in cec.ActivityKind if kind is not cec.ActivityKind.UNLISTED]
    activities, held = [], []
    for number in range(count):
        member = f"m{number:04}"
        held += [{"member": member, "designation": rng.choice(CODES[:4])} for _ in range(rng.choice([1, 1, 2]))]
        for place in range(rng.randrange(3, 10)):
            extra = {
                "provider": rng.choice(["Anytown", "Elsewhere"]),
                "addresses_compliance": rng.random() < 0.3,
                "bought_through_association": rng.random() < 0.9,
            }
            kind = rng.choice([*kinds, cec.ActivityKind.ASSOCIATION_COURSE])
            activities.append(entry(member, kind.value, rng.choice([60, 90, 120]), f"Course {place}", **extra))
    return activities, held


def submission_of(member: str, activities: Sequence[Any], held: Sequence[Any]) -> cec.Submission:
    own = [row for row in activities if row["member"] == member]
    named = {row["designation"] for row in held if row["member"] == member}
    keys = ("title", "kind", "earned_on", "minutes", "addresses_compliance", "provider", "bought_through_association")
    made = [cec.Activity(**{key: row[key] for key in keys}, documents=row["documents"].split(";")) for row in own]
    return cec.Submission(renewal_year=2014, designations=sorted(named), activities=made)


def test_a_thousand_members_change_as_evaluate_says() -> None:
    activities, held = association(1000, seed=14)
    _, found = compared("polars", activities, held, OLD, NEW, renewal_year=2014)
    own: dict[str, list[Any]] = {}
    for row in activities:
        own.setdefault(row["member"], []).append(row)
    expected = []
    for member, rows in own.items():
        if line := by_hand(submission_of(member, rows, held), OLD, NEW):
            expected.append({"member": member, **line})
    assert found == expected
    assert len({row["because"] for row in found}) >= 4


TEACHING = [entry("caps", "association_service", 60, f"Board {n}") for n in range(3)]
COURSES = [
    entry(member, "association_course", 180, "Fair housing", addresses_compliance=True) for member in ("caps", "same")
]
SAME = entry("same", "association_course", 180, "Leasing", addresses_compliance=True)
HELD = [{"member": member, "designation": "CAM"} for member in ("caps", "same", "nothing")]
CAPPED = OLD.evolve(id="capped", caps={"association_service": {"credits": 1}})


@pytest.mark.parametrize("engine", ENGINES)
class TestCompareFrame:
    def test_it_has_those_whose_verdict_changes_in_the_caller_s_kind_of_frame(self, engine: str) -> None:
        made, found = compared(engine, [*TEACHING, *COURSES, SAME], HELD, OLD, CAPPED, renewal_year=2014)
        assert isinstance(made, FRAMES[engine])
        assert found == [{"member": "caps", "before": True, "after": False, "because": "caps"}]
        types = dict(nw.from_native(made).collect_schema())
        assert [types["before"], types["after"]] == [nw.Boolean, nw.Boolean]
        _, back = compared(engine, [*TEACHING, *COURSES, SAME], HELD, CAPPED, OLD, renewal_year=2014)
        assert back == [{"member": "caps", "before": False, "after": True, "because": "caps"}]

    @pytest.mark.wide
    def test_it_agrees_with_evaluate_on_every_engine(self, engine: str) -> None:
        activities, held = association(30, seed=5)
        _, found = compared(engine, activities, held, OLD, NEW, renewal_year=2014)
        members = sorted({row["member"] for row in activities})
        lines = [(member, by_hand(submission_of(member, activities, held), OLD, NEW)) for member in members]
        assert found == [{"member": member, **line} for member, line in lines if line]
        assert found

    def test_a_rulebook_compared_with_itself_changes_nothing(self, engine: str) -> None:
        made, found = compared(engine, TEACHING, HELD, OLD, OLD, renewal_year=2014)
        assert found == []
        assert list(nw.from_native(made).collect_schema()) == ["member", "before", "after", "because"]

    def test_a_designation_that_one_rulebook_does_not_have_is_not_renewable_by_it(self, engine: str) -> None:
        fewer = OLD.evolve(id="fewer", designations={"CAM": None}, aliases={"CAMT": None})
        _, found = compared(engine, [*TEACHING, *COURSES], HELD[:1], OLD, fewer, renewal_year=2014)
        assert found == [{"member": "caps", "before": True, "after": False, "because": "requirements"}]

    def test_terms_on_one_side_are_compared_with_one_window(self, engine: str) -> None:
        held = [{"member": "same", "designation": "CAM", "term_start": date(2013, 9, 1)}]
        book = cec.edition("naaei-2022")
        rows = [entry("same", "association_course", 600, f"Course {n}") for n in range(2)]
        _, found = compared(engine, rows, held, book, PACE, renewal_year=2014)
        assert found == [{"member": "same", "before": True, "after": False, "because": "window"}]


def test_a_set_of_two_groups_is_told_where_neither_turns_the_verdict_alone() -> None:
    # Six and a half credits for six: each change takes half a credit.
    rows = [entry("m", "association_course", 210, "Fair housing", addresses_compliance=True)]
    rows += [entry("m", "association_service", 60, f"Board {number}") for number in range(3)]
    held = [{"member": "m", "designation": "CAM"}]
    capped = {"caps": {"association_service": {"credits": "2.5"}}}
    more = {"designations": {"CAM": {"credits": "6.5"}}}
    for changes in (capped, more):
        assert compared("polars", rows, held, OLD, OLD.evolve(id="one", **changes), renewal_year=2014)[1] == []
    _, found = compared("polars", rows, held, OLD, OLD.evolve(id="both", **capped, **more), renewal_year=2014)
    assert [row["because"] for row in found] == ["requirements+caps"]


def test_term_start_is_required_if_either_rulebook_has_terms() -> None:
    for books in ((cec.edition("naaei-2022"), PACE), (PACE, cec.edition("naaei-2022"))):
        with pytest.raises(cec.InvalidValue) as raised:
            compared("polars", TEACHING, HELD, *books, renewal_year=2014)
        assert raised.value.where == "designations.term_start"


def test_a_window_that_is_not_known_is_an_error_on_either_side() -> None:
    unknown = cec.edition("naaei-contact-hours")
    for books in ((OLD, unknown), (unknown, OLD)):
        with pytest.raises(cec.NotStated):
            compared("polars", TEACHING, HELD, *books, renewal_year=2014)


def test_a_mixture_that_contradicts_itself_decides_nothing() -> None:
    activities, held = association(60, seed=3)
    new = cec.edition("naaei-2022")
    _, found = compared("polars", activities, held, OLD, new, renewal_year=2014)
    unsound = {"+".join(mixture.groups) for mixture in cec.mixtures(OLD, new) if not mixture.rulebook}
    assert unsound
    assert found
    assert not unsound.intersection(each for row in found for each in row["because"].split("; "))
    verdicts = evaluate_frame(activity_table(activities), held_table(held), renewal_year=2014, rulebook=new)
    assert dict(verdicts.select("member", "renewable").rows()).items() >= {(r["member"], r["after"]) for r in found}
