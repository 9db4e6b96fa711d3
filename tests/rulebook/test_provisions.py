"""Each provision refuses by itself what it contradicts."""

from collections.abc import Callable
from fractions import Fraction

import pytest

import cecrules as cec
from cecrules.rulebook.provisions import MOST_MONTHS

Problem = tuple[tuple[str, ...], str]


def window(kind: str, **values: object) -> cec.WindowRule:
    return cec.WindowRule(kind=cec.WindowKind(kind), clause="c", **values)


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
        (
            lambda: cec.InNetworkRule(strength=cec.Strength.MUST, clause="c", outside="c", share=Fraction(61, 60)),
            [(("share",), "out_of_range")],
        ),
        (lambda: cec.Evidence(name="e", documents=(), clause="c"), [(("documents",), "out_of_range")]),
        (
            lambda: cec.CapGroup(name="c", credits=Fraction(3), kinds=(), clause="c"),
            [(("kinds",), "out_of_range")],
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
        lambda: cec.InNetworkRule(strength=cec.Strength.MUST, clause="c", outside="c", share=Fraction(1)),
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


def test_a_duplicate_is_the_same_event_where_it_shares_a_day() -> None:
    by_day = kind("legislative_event", each=Fraction(1), once_per=(TITLE, cec.SameField.EARNED_ON))
    by_title = kind("legislative_event", each=Fraction(1), once_per=(TITLE,))
    assert (by_day.duplicate, by_title.duplicate) == ("same_event_again", "same_body_again")
