"""Each provision refuses by itself what it contradicts."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import refusal
from cecrules.rulebook.provisions import MOST_MONTHS

Problem = tuple[tuple[str, ...], str]


def window(kind: str, **values: object) -> cec.WindowRule:
    return cec.WindowRule(kind=cec.WindowKind(kind), clause="c", **values)


def in_network(share: int | Fraction | None = None, **values: object) -> cec.InNetworkRule:
    given = {"strength": cec.Strength.MUST, "clause": "c", "outside": "c", **values}
    return cec.InNetworkRule(share=None if share is None else Fraction(share), **given)


def total(strength: str) -> cec.TotalRule:
    return cec.TotalRule(strength=cec.Strength(strength), clause="c", several="c", who="c", invoice="c")


def kind(name: str, **values: object) -> cec.KindRule:
    return cec.KindRule(**{"kind": cec.ActivityKind(name), "side": cec.Side.IN_NETWORK, "clause": "c", **values})


TITLE, MINUTES = cec.SameField.TITLE, cec.SameField.MINUTES


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        (lambda: cec.Governs(first=2014, last=2013), [(("last",), "conflict")]),
        (lambda: cec.CreditUnit(minutes=0, clause="c"), [(("minutes",), "out_of_range")]),
        (
            lambda: cec.DesignationRule(
                designation=cec.Designation.CAM, clause="c", credits=Fraction(3), in_network=Fraction(4)
            ),
            [(("in_network",), "out_of_range")],
        ),
        (lambda: cec.Governs(followed_by="b"), [(("last",), "missing")]),
        (lambda: total("may"), [(("strength",), "conflict")]),
        (lambda: in_network(Fraction(61, 60)), [(("share",), "out_of_range")]),
        (lambda: in_network(Fraction(-1, 60)), [(("share",), "out_of_range")]),
        (lambda: in_network(of=cec.ShareOf.REPORTED), [(("of",), "conflict")]),
        (lambda: in_network(1, strength=cec.Strength.MAY), [(("strength",), "conflict")]),
        (lambda: in_network(strength=cec.Strength.MAY), [(("strength",), "conflict")]),
        (lambda: cec.Evidence(name="e", documents=(), clause="c"), [(("documents",), "out_of_range")]),
        (
            lambda: cec.CapGroup(name="c", credits=Fraction(3), kinds=(), clause="c"),
            [(("kinds",), "out_of_range")],
        ),
        (
            lambda: cec.CapGroup(name="c", credits=Fraction(3), kinds=(cec.ActivityKind.UNLISTED,) * 3, clause="c"),
            [(("kinds",), "repeated_key")],
        ),
        (lambda: kind("unlisted", side=cec.Side.NOT_ACCEPTED, evidence="e"), [(("evidence",), "conflict")]),
        (lambda: kind("unlisted", side=cec.Side.UNKNOWN, evidence="e"), [(("evidence",), "conflict")]),
        (lambda: kind("legislative_event"), [(("each",), "missing")]),
        (lambda: kind("college_course", once_per=(TITLE,)), [(("once_per",), "conflict")]),
        (
            lambda: kind("legislative_event", once_per=(TITLE,)),
            [(("each",), "missing"), (("once_per",), "conflict")],
        ),
        (lambda: window("calendar_year"), [(("years_before",), "out_of_range")]),
        (lambda: window("calendar_year", years_before=MOST_MONTHS + 1), [(("years_before",), "out_of_range")]),
        (lambda: window("calendar_year", years_before=1, months=1), [(("months",), "conflict")]),
        (lambda: window("calendar_year", years_before=1, grace_months=1), [(("grace_months",), "conflict")]),
        (lambda: window("calendar_year", years_before=1, last_day_inside=False), [(("last_day_inside",), "conflict")]),
        (lambda: window("calendar_year", years_before=1, shared=False), [(("shared",), "conflict")]),
        (lambda: window("months_before"), [(("months",), "out_of_range")]),
        (lambda: window("months_before", months=12, grace_months=1), [(("grace_months",), "conflict")]),
        (lambda: window("months_before", months=12, shared=False), [(("shared",), "conflict")]),
        (lambda: window("term", months=0), [(("months",), "out_of_range")]),
        (lambda: window("term", months=1, grace_months=-1), [(("grace_months",), "out_of_range")]),
        (lambda: window("term", months=1, grace_months=MOST_MONTHS + 1), [(("grace_months",), "out_of_range")]),
        (
            lambda: window("term", months=0, years_before=1),
            [(("years_before",), "conflict"), (("months",), "out_of_range")],
        ),
        (lambda: window("unknown", months=1), [(("months",), "conflict")]),
        (lambda: window("unknown", last_day_inside=False), [(("last_day_inside",), "conflict")]),
    ],
)
def test_what_contradicts_itself_is_refused_with_every_problem(
    make: Callable[[], object], problems: list[Problem]
) -> None:
    with pytest.raises(cec.CecRulesError) as caught:
        make()
    assert [(problem.path, problem.code) for problem in caught.value.problems] == problems


@pytest.mark.parametrize(
    "make",
    [
        lambda: cec.Governs(first=2014, last=2014),
        lambda: cec.CreditUnit(minutes=1, clause="c"),
        lambda: cec.DesignationRule(
            designation=cec.Designation.CAM, clause="c", credits=Fraction(3), in_network=Fraction(3)
        ),
        lambda: cec.DesignationRule(designation=cec.Designation.CAM, clause="c", in_network=Fraction(3)),
        lambda: cec.Governs(last=2014, followed_by="b"),
        lambda: total("should"),
        lambda: in_network(1),
        lambda: in_network(0, strength=cec.Strength.MAY),
        lambda: kind("legislative_event", side=cec.Side.NOT_ACCEPTED),
        lambda: kind("legislative_event", each=Fraction(1), once_per=(TITLE,)),
        lambda: kind("college_course", once_per=(TITLE, MINUTES)),
        lambda: window("calendar_year", years_before=MOST_MONTHS),
        lambda: window("months_before", months=1, last_day_inside=False),
        lambda: window("term", months=MOST_MONTHS, grace_months=MOST_MONTHS, shared=False, last_day_inside=False),
        lambda: window("unknown"),
    ],
)
def test_what_is_just_inside_its_bounds_is_made(make: Callable[[], object]) -> None:
    assert make() == make()


def test_a_rulebook_tells_of_it_under_the_key_of_the_provision() -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.NAAEI_2014.evolve(caps={"association_service": {"kinds": []}})
    assert (caught.value.path, caught.value.code) == (("caps", "association_service", "kinds"), "out_of_range")


@pytest.mark.parametrize(
    ("where", "change"),
    [
        (("designations", "CAM", "credits"), lambda rule: attrs.evolve(rule, credits=Fraction(-1))),
        (("caps", "association_service", "credits"), lambda cap: attrs.evolve(cap, credits=Fraction(-1))),
        (("kinds", "legislative_event", "each"), lambda rule: attrs.evolve(rule, each=Fraction(-1))),
        (("compliance", "credits"), lambda rule: attrs.evolve(rule, credits=Fraction(-1))),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_no_number_of_credits_is_negative(where: tuple[str, ...], change: Callable[[Any], Any]) -> None:
    book = cec.NAAEI_2014
    held = getattr(book, where[0])
    names = {"designations": "designation", "caps": "name", "kinds": "kind"}
    if isinstance(held, tuple):
        made = tuple(change(row) if getattr(row, names[where[0]]) == where[1] else row for row in held)
    else:
        made = change(held)
    found = refusal(lambda: attrs.evolve(book, **{where[0]: made}))
    assert (found[0], found[3]) == (where, "out_of_range")


def test_a_duplicate_is_the_same_event_where_it_shares_a_day() -> None:
    by_day = kind("legislative_event", each=Fraction(1), once_per=(TITLE, cec.SameField.EARNED_ON))
    by_title = kind("legislative_event", each=Fraction(1), once_per=(TITLE,))
    assert (by_day.duplicate, by_title.duplicate) == ("same_event_again", "same_body_again")
