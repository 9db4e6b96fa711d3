"""The suite of laws catches an implementation that is wrong, and names the law it breaks."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, submission
from cecrules.testing import laws

Form = dict[str, Any]


def by(book: cec.Rulebook | None = None) -> Callable[[Form], Form]:
    return lambda form: cec.to_dict(cec.evaluate(cec.from_dict(form), book))


def with_cap(minutes: int) -> Callable[[Form], Form]:
    return by(cec.NAAEI_2014.evolve(caps={"association_instruction": {"credits": f"{minutes}/60"}}))


def strict_half(form: Form) -> Form:
    """Asks for more than half in network, where exactly half is enough."""
    answer = by()(form)
    for check in answer["checks"]:
        if check["rule"] == "in_network":
            check["met"] = check["found_minutes"] > check["required_minutes"]
    return answer | {"renewable": all(check["met"] for check in answer["checks"])}


def dropped_compliance(form: Form) -> Form:
    """Leaves out the compliance credits from outside the network."""
    answer = by()(form)
    pairs = zip(form["activities"], answer["decisions"], strict=True)
    inside = [
        decision for did, decision in pairs if did.get("addresses_compliance") and decision["side"] == "in_network"
    ]
    return answer | {"compliance_minutes": sum(decision["credited_minutes"] for decision in inside)}


def without_evidence() -> laws.Decide:
    kinds = {str(rule.kind): {"evidence": ""} for rule in cec.NAAEI_2014.kinds if rule.evidence}
    return by(cec.NAAEI_2014.evolve(kinds=kinds, evidence=None))


def without_duplicates() -> laws.Decide:
    kinds = {str(rule.kind): {"once_per": []} for rule in cec.NAAEI_2014.kinds if rule.once_per}
    return by(cec.NAAEI_2014.evolve(kinds=kinds))


PUBLISHED, REFUSED = "what_is_required_is_what_is_published", "nothing_counts_that_is_refused_or_undocumented"
PLANTED = {
    "no compliance required": (by(cec.NAAEI_2014.evolve(compliance=None)), {PUBLISHED}),
    "two credits on compliance": (by(cec.NAAEI_2014.evolve(compliance={"credits": 2})), {PUBLISHED}),
    "five credits for a CAM": (by(cec.NAAEI_2014.evolve(designations={"CAM": {"credits": 5}})), {PUBLISHED}),
    "no document called for": (without_evidence(), {REFUSED}),
    "paid teaching": (by(cec.NAAEI_2014.evolve(kinds={"association_instruction": {"conditions": []}})), {REFUSED}),
    "duplicates that count": (without_duplicates(), {"a_duplicate_adds_nothing"}),
    "a cap a minute too high": (with_cap(181), {"no_cap_is_exceeded", "a_cap_takes_only_credits_above_it"}),
    "a cap a minute too low": (with_cap(179), {"a_cap_takes_only_credits_above_it"}),
    "a strict half": (strict_half, {"the_shortfall_is_exactly_what_is_missing"}),
    "a dropped compliance credit": (dropped_compliance, {"every_credit_on_compliance_counts"}),
}
planted = pytest.mark.parametrize(("wrong", "names"), PLANTED.values(), ids=PLANTED)


@pytest.mark.proof
@planted
def test_a_wrong_implementation_breaks_the_law_of_what_is_wrong(wrong: laws.Decide, names: set[str]) -> None:
    broken = laws.check(wrong, examples=40, only=names)
    assert {each.law for each in broken} == names
    for each in broken:
        assert each.rulebook == "naaei-2014"
        assert each.problem
        assert each.says.endswith(".")
        assert cec.from_dict(each.submission)


def test_the_library_keeps_the_laws() -> None:
    assert laws.check(by(), examples=1) == ()


def test_an_implementation_that_changes_its_mind_is_caught() -> None:
    asked = itertools.count()

    def fickle(form: Form) -> Form:
        return by()(form) | {"version": str(next(asked))}

    (broken,) = laws.check(fickle, examples=3, only=["the_same_question_has_the_same_answer"])
    assert broken.problem == "two answers to the same submission differ"


def test_one_that_errs_only_at_times_is_caught_too() -> None:
    times = iter([True])

    def erring(form: Form) -> Form:
        answer = by()(form)
        return answer | {"credited_minutes": -1} if next(times, False) else answer

    (broken,) = laws.check(erring, examples=3, only=["every_credit_is_accounted_for"])
    assert (broken.problem, broken.submission) == ("the answers to one submission differ", {})


def test_a_law_is_chosen_by_its_name() -> None:
    with pytest.raises(cec.UnknownName, match="there is no law 'gravity'"):
        laws.check(by(), only=["the_order_changes_no_figure", "gravity"])
    assert len({law.name for law in laws.LAWS}) == len(laws.LAWS)


# One submission at the limits, on which a law is tried without a search.
COURSE = activity(minutes=150, title="Law", addresses_compliance=True)
TAUGHT = activity("association_instruction", minutes=400, title="Taught")
OUTSIDE = activity("college_course", minutes=400, title="Finance", addresses_compliance=True)
EARLY = activity(minutes=60, title="Early", earned_on="2012-01-01")
# What a law draws, a permutation of the activities, a designation, or minutes.
CHOICES = {"permutations": (EARLY, OUTSIDE, TAUGHT, COURSE), "sampled_from": cec.Designation.NALP, "integers": 1}


def problems(name: str, decide: laws.Decide, book: cec.Rulebook = cec.NAAEI_2014, *did: cec.Activity) -> list[str]:
    """What contradicts a law on that submission, or on one with other activities."""
    (law,) = (law for law in laws.LAWS if law.name == name)
    made = submission(*(did or (COURSE, TAUGHT, OUTSIDE, EARLY)), held=["CAM", "NALP"])

    def draw(strategy: st.SearchStrategy[Any]) -> Any:
        (choice,) = (value for key, value in CHOICES.items() if key in repr(strategy))
        return choice

    return list(law.problems(laws.Trial(decide=decide, book=book, made=made, draw=draw)))


@pytest.mark.parametrize(("minutes", "exceeded"), [(181, True), (179, False)])
def test_a_cap_off_by_a_minute_is_caught(minutes: int, exceeded: bool) -> None:
    assert problems("a_cap_takes_only_credits_above_it", by()) == []
    assert problems("a_cap_takes_only_credits_above_it", with_cap(minutes)) != []
    assert bool(problems("no_cap_is_exceeded", with_cap(minutes))) is exceeded


def test_a_strict_half_is_caught() -> None:
    exact = activity(minutes=180), activity("college_course", minutes=180, title="Finance")
    assert problems("a_check_is_met_from_the_amount_required_on", by(), cec.NAAEI_2014, *exact) == []
    assert problems("a_check_is_met_from_the_amount_required_on", strict_half, cec.NAAEI_2014, *exact) != []
    assert problems("the_shortfall_is_exactly_what_is_missing", strict_half, cec.NAAEI_2014, exact[1]) != []


def test_a_dropped_compliance_credit_is_caught() -> None:
    assert problems("every_credit_on_compliance_counts", by()) == []
    assert problems("every_credit_on_compliance_counts", dropped_compliance) != []


def test_what_is_required_is_held_to_the_rulebook() -> None:
    assert problems(PUBLISHED, by()) == []
    assert problems(PUBLISHED, PLANTED["no compliance required"][0]) == [
        "required in compliance by the rulebook and found: 60 and 0"
    ]


def test_what_is_refused_and_counts_all_the_same_is_caught() -> None:
    taught = activity("association_instruction", minutes=60), activity(minutes=60)
    assert problems(REFUSED, by(), cec.NAAEI_2014, *taught) == []
    assert problems(REFUSED, PLANTED["paid teaching"][0], cec.NAAEI_2014, *taught) == [
        "activity 0 counts, where it is compensated"
    ]
    assert problems(REFUSED, without_evidence(), cec.NAAEI_2014, *taught) == [
        "activity 0 counts, where it is undocumented",
        "activity 1 counts, where it is undocumented",
    ]


def test_a_duplicate_that_counts_is_caught() -> None:
    board = activity("association_service", hours=None), activity()
    assert problems("a_duplicate_adds_nothing", by(), cec.NAAEI_2014, *board) == []
    assert len(problems("a_duplicate_adds_nothing", without_duplicates(), cec.NAAEI_2014, *board)) == 1


# Each answer contradicts one law, and only in the place that is named.
def changed(**changes: Any) -> laws.Decide:
    return lambda form: by()(form) | changes


def rejected(form: Form) -> Form:
    answer = by()(form)
    for decision in answer["decisions"]:
        decision["outcome"] = "rejected"
    return answer


def accepted(form: Form) -> Form:
    answer = by()(form)
    for decision in answer["decisions"]:
        decision["outcome"] = "accepted"
    return answer


def fewer_for_more(form: Form) -> Form:
    count = len(form["activities"])
    return by()(form) | {"credited_minutes": -count, "renewable": count == 0}


def by_position(form: Form) -> Form:
    return by()(form) | {"credited_minutes": len(form["activities"][0]["title"])}


def more_for_more(form: Form) -> Form:
    answer = by()(form)
    return answer | {"shortfall": answer["shortfall"] | {"total_minutes": 1000 - answer["required_minutes"]}}


def no_room(form: Form) -> Form:
    answer = by()(form)
    checks = [check | {"required_minutes": 0} for check in answer["checks"]]
    return answer | {"checks": checks}


def no_share(form: Form) -> Form:
    answer = by()(form)
    checks = [check | {"required_minutes": 1 if check["rule"] == "in_network" else 360} for check in answer["checks"]]
    return answer | {"checks": checks}


@pytest.mark.parametrize(
    ("wrong", "law"),
    [
        (lambda form: by()(form) | {"required_minutes": len(form["designations"])}, "the_largest_requirement_applies"),
        (more_for_more, "who_renews_one_renews_every_lesser_one"),
        (by_position, "the_order_changes_no_figure"),
        (fewer_for_more, "one_activity_more_lowers_nothing"),
        (rejected, "a_rejected_activity_can_be_left_out"),
        (changed(credited_minutes=-1), "every_credit_is_accounted_for"),
        (lambda form: by()(form) | {"credited_minutes": len(form["activities"])}, "hours_in_two_parts_count_the_same"),
        (no_room, "no_more_than_the_rest_comes_from_outside"),
        (no_share, "the_share_in_network_is_exact"),
        (accepted, "nothing_counts_outside_the_window"),
        (changed(renewable=False), "a_check_is_met_from_the_amount_required_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_law_can_be_broken(wrong: laws.Decide, law: str) -> None:
    assert problems(law, by()) == []
    assert problems(law, wrong) != []


def test_only_a_rulebook_with_a_share_has_an_exact_one() -> None:
    assert problems("the_share_in_network_is_exact", no_share, cec.edition("naaei-2021")) == []


def test_a_rulebook_without_a_free_course_has_no_law_of_what_is_missing() -> None:
    capped = cec.NAAEI_2014.evolve(
        id="capped",
        caps={
            "courses": {
                "credits": 3,
                "kinds": ["conference_session", "association_course", "grace_hill_course"],
                "clause": "network.course",
            },
        },
    )
    (law,) = (law for law in laws.LAWS if law.name == "the_shortfall_is_exactly_what_is_missing")
    assert law.holds_for(cec.NAAEI_2014)
    assert not law.holds_for(capped)


def test_an_activity_that_undoes_a_renewal_is_caught() -> None:
    found = problems("one_activity_more_lowers_nothing", fewer_for_more, cec.NAAEI_2014, COURSE)
    assert found[-1] == "activity 0 undoes the renewal"


def test_what_a_law_does_not_speak_of_is_left_out() -> None:
    service = activity("association_service", title="Board")
    assert problems("hours_in_two_parts_count_the_same", by(), cec.NAAEI_2014, service) == []
    (law,) = (law for law in laws.LAWS if law.name == "who_renews_one_renews_every_lesser_one")
    lesser = laws.Trial(decide=by(), book=cec.NAAEI_2014, made=submission(held=["NALP"]), draw=lambda _: "CAM")
    assert list(law.problems(lesser)) == []
