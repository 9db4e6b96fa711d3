"""States the laws that hold for every submission, each once, of any implementation that answers in JSON.

A law reads the answers of an implementation and yields a sentence for everything that contradicts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..activities import Activity, ActivityKind
from ..assessments import CheckRule
from ..designations import Designation
from ..documents import DocumentKind
from ..interchange import to_dict
from ..rulebook.index import index_of
from ..rulebook.provisions import Side, WindowKind
from ..rulebook.rulebook import Rulebook
from ..rules.acceptance import not_accepted
from ..rules.documentation import undocumented
from ..rules.requirement import requirement_of
from ..rules.window import renewal_window
from ..submissions import Submission
from .people import acceptable_activities, activities, limited_activities, windows_of

__all__ = ["LAWS", "Decide", "Law", "Trial", "free_course"]

#: Decides the JSON form of a submission and returns the JSON form of an assessment.
Decide: TypeAlias = Callable[[dict[str, Any]], Mapping[str, Any]]
Answer: TypeAlias = Mapping[str, Any]
Problems: TypeAlias = Iterator[str]

SHORT = ("total_minutes", "in_network_minutes", "compliance_minutes")


@attrs.frozen(kw_only=True)
class Trial:
    """One submission on which a law is tried."""

    decide: Decide
    book: Rulebook
    made: Submission
    draw: Callable[[SearchStrategy[Any]], Any]

    def ask(self, submission: Submission | None = None) -> Answer:
        """Returns the answer for the submission of the trial, or for another one."""
        return self.decide(to_dict(self.made if submission is None else submission))

    def did(self, *activities: Activity) -> Submission:
        """Returns the submission with other activities."""
        return attrs.evolve(self.made, activities=activities)

    def with_others(self, index: int, *others: Activity) -> Submission:
        """Returns the submission with others in the place of one activity, or with none."""
        done = self.made.activities
        return self.did(*done[:index], *others, *done[index + 1 :])


@attrs.frozen(kw_only=True)
class Law:
    """One law.

    Attributes:
        name: The name, which stays the same.
        says: The law in a sentence.
        clauses: The ids of the clauses in `naaei-2014` that it proves.
        holds_for: Whether it is stated for a rulebook.
        of: The strategy for the activities it is tried on.
        problems: Yields everything that contradicts it in one trial.
    """

    name: str
    says: str
    clauses: tuple[str, ...]
    holds_for: Callable[[Rulebook], bool]
    of: Callable[..., SearchStrategy[Activity]]
    problems: Callable[[Trial], Problems]


LAWS: list[Law] = []


def _law(
    *clauses: str,
    holds_for: Callable[[Rulebook], bool] = lambda _: True,
    of: Callable[..., SearchStrategy[Activity]] = activities,
) -> Callable[[Callable[[Trial], Problems]], Callable[[Trial], Problems]]:
    def stated(problems: Callable[[Trial], Problems]) -> Callable[[Trial], Problems]:
        says, name = (problems.__doc__ or "").strip(), problems.__name__.removeprefix("_")
        LAWS.append(Law(name=name, says=says, clauses=clauses, holds_for=holds_for, of=of, problems=problems))
        return problems

    return stated


def _shared(book: Rulebook) -> bool:
    return book.window.shared


def _yearly(book: Rulebook) -> bool:
    return book.window.kind in (WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE)


def free_course(book: Rulebook) -> ActivityKind | None:
    """Returns a kind in network that is worth its hours and has no cap; None if there is none."""
    index = index_of(book)
    found = (
        kind
        for kind, rule in index.kind_rules.items()
        if rule.side is Side.IN_NETWORK and rule.each is None and kind not in index.cap_of_kind
    )
    return next(found, None)


def _has_free_course(book: Rulebook) -> bool:
    return _yearly(book) and free_course(book) is not None


def _parts(answer: Answer) -> list[Answer]:
    """The answer itself, or that for each designation where each has a term of its own."""
    return list(answer.get("terms") or [answer])


def _measures(part: Answer) -> list[int]:
    return [part["credited_minutes"], part["in_network_minutes"], part["compliance_minutes"]]


def _short(part: Answer) -> list[int]:
    return [part["shortfall"][measure] for measure in SHORT]


def _figures(answer: Answer) -> list[Any]:
    each = [(_measures(part), _short(part)) for part in _parts(answer)]
    return [answer["required_minutes"], answer["renewable"], *each]


def _required(part: Answer) -> dict[str, int]:
    return {check["rule"]: check["required_minutes"] for check in part["checks"]}


def _taken(decision: Answer, *codes: str) -> int:
    return sum(each["credits_minutes"] for each in decision["findings"] if not codes or each["code"] in codes)


def _compared(what: str, one: object, other: object) -> Problems:
    if one != other:
        yield f"{what}: {one} and {other}"


@_law("required.multiple", holds_for=_yearly)
def _the_largest_requirement_applies(trial: Trial) -> Problems:
    """The same credits serve all designations held, so that the largest requirement applies."""
    alone = [_held(trial, held)["required_minutes"] for held in trial.made.designations]
    yield from _compared("required together and at most alone", trial.ask()["required_minutes"], max(alone))


@_law("required.cam", "required.nalp", "required.caps", "required.cas", "compliance.one", holds_for=_yearly)
def _what_is_required_is_what_is_published(trial: Trial) -> Problems:
    """The credits required in all, in network and on compliance are those that the rulebook publishes."""
    required = requirement_of(trial.made.designations, trial.book)
    found = _required(trial.ask())
    for rule in CheckRule:
        amount = getattr(required, rule.value).minutes
        # A check that nothing is required of may be left out.
        yield from _compared(f"required in {rule} by the rulebook and found", amount, found.get(rule, 0))


@_law("required.multiple", holds_for=_yearly)
def _who_renews_one_renews_every_lesser_one(trial: Trial) -> Problems:
    """Who renews one designation renews every other one that requires no more, if compliance leaves room outside."""
    known = [rule.designation for rule in trial.book.designations if rule.credits is not None]
    greater, lesser = trial.ask(), _held(trial, trial.draw(st.sampled_from(known)))
    if lesser["required_minutes"] > greater["required_minutes"]:
        return
    required = _required(lesser)
    has_room = required.get("compliance", 0) + required["in_network"] <= required["total"]
    for measure, less, more in zip(SHORT, _short(lesser), _short(greater), strict=True):
        if less > more and (has_room or measure != "compliance_minutes"):
            yield f"short in {measure} for the lesser designation by {less}, for the greater one by {more}"


def _held(trial: Trial, held: Designation) -> Answer:
    return trial.ask(attrs.evolve(trial.made, designations=[held], first_renewal_of=()))


@_law("required.one-submission", holds_for=_shared)
def _the_order_changes_no_figure(trial: Trial) -> Problems:
    """The order in which activities are reported changes no figure."""
    shuffled = trial.did(*trial.draw(st.permutations(trial.made.activities)))
    yield from _compared("figures in two orders", _figures(trial.ask()), _figures(trial.ask(shuffled)))


@_law("required.one-submission", holds_for=_shared)
def _one_activity_more_lowers_nothing(trial: Trial) -> Problems:
    """Adding an activity never lowers a measure nor undoes a renewal."""
    more = trial.ask()
    for index in range(len(trial.made.activities)):
        fewer = trial.ask(trial.with_others(index))
        for before, after in zip(_parts(fewer), _parts(more), strict=True):
            if any(less > most for less, most in zip(_measures(before), _measures(after), strict=True)):
                yield f"with activity {index} the measures fall from {_measures(before)} to {_measures(after)}"
        if fewer["renewable"] and not more["renewable"]:
            yield f"activity {index} undoes the renewal"


@_law("required.one-submission", holds_for=_shared)
def _a_rejected_activity_can_be_left_out(trial: Trial) -> Problems:
    """Leaving a rejected activity out changes no figure."""
    answer = trial.ask()
    for index in range(len(trial.made.activities)):
        if all(part["decisions"][index]["outcome"] == "rejected" for part in _parts(answer)):
            left = _figures(trial.ask(trial.with_others(index)))
            yield from _compared(f"figures with and without activity {index}", _figures(answer), left)


@_law("unit.hour")
def _every_credit_is_accounted_for(trial: Trial) -> Problems:
    """The credits claimed are credited or taken away by findings, and the totals are the sums of the decisions."""
    for part in _parts(trial.ask()):
        for index, decision in enumerate(part["decisions"]):
            kept = decision["credited_minutes"] + _taken(decision)
            yield from _compared(f"claimed and accounted for of activity {index}", decision["claimed_minutes"], kept)
        total = sum(decision["credited_minutes"] for decision in part["decisions"])
        yield from _compared("credited in all and in the decisions", part["credited_minutes"], total)
        sides = part["in_network_minutes"] + part["out_of_network_minutes"]
        yield from _compared("credited in all and on both sides", part["credited_minutes"], sides)


@_law("unit.hour", holds_for=_shared)
def _hours_in_two_parts_count_the_same(trial: Trial) -> Problems:
    """An activity reported in two parts counts like the whole."""
    for index, whole in enumerate(trial.made.activities):
        length = whole.minutes or 0
        if index_of(trial.book).kind_rules[whole.kind].each is None and length > 1:
            first = trial.draw(st.integers(1, length - 1))
            split = trial.with_others(index, *[attrs.evolve(whole, minutes=part) for part in (first, length - first)])
            found = _figures(trial.ask()), _figures(trial.ask(split))
            yield from _compared(f"figures with activity {index} whole and in parts", *found)


@_law("network.service", "network.instruction", of=limited_activities)
def _no_cap_is_exceeded(trial: Trial) -> Problems:
    """No cap is exceeded, to the minute."""
    for part in _parts(trial.ask()):
        for name, most, under in _under_caps(part, trial.book):
            kept = sum(decision["credited_minutes"] for decision in under)
            if kept > most:
                yield f"{kept} minutes are credited under the cap {name} of {most}"


@_law("network.service", "network.instruction", of=limited_activities)
def _a_cap_takes_only_credits_above_it(trial: Trial) -> Problems:
    """A cap takes credits away only if it is reached, to the minute."""
    for part in _parts(trial.ask()):
        for name, most, under in _under_caps(part, trial.book):
            if any(_taken(decision, "over_cap") for decision in under):
                kept = sum(decision["credited_minutes"] + _taken(decision, "over_half") for decision in under)
                yield from _compared(f"the cap {name} and the credits under it", most, kept)


def _under_caps(part: Answer, book: Rulebook) -> Iterator[tuple[str, int, list[Answer]]]:
    for cap in book.caps:
        yield cap.name, book.minutes(cap.credits), [each for each in part["decisions"] if each["kind"] in cap.kinds]


@_law("outside.half", "network.half", of=limited_activities)
def _no_more_than_the_rest_comes_from_outside(trial: Trial) -> Problems:
    """The credits outside the network are at most the rest of those required, and no fewer if some are taken away."""
    for part in _parts(trial.ask()):
        required, outside = _required(part), part["out_of_network_minutes"]
        room = required["total"] - required["in_network"]
        if outside > room:
            yield f"{outside} minutes from outside are credited, where {room} may be"
        if any(_taken(decision, "over_half") for decision in part["decisions"]):
            yield from _compared("the out-of-network share and the credits under it", room, outside)


@_law("network.half")
def _the_share_in_network_is_exact(trial: Trial) -> Problems:
    """The share in network is exact, and only a part of a minute is rounded up."""
    share = trial.book.in_network.share
    if share is None:
        return
    for part in _parts(trial.ask()):
        least, total = _required(part)["in_network"], _required(part)["total"]
        if not least - 1 < share * total <= least:
            yield f"{least} of {total} minutes are required in network, where {share} must be"


@_law("window.previous-year")
def _nothing_counts_outside_the_window(trial: Trial) -> Problems:
    """Nothing counts that was earned on a day outside the window."""
    windows = windows_of(trial.made, trial.book)
    for window, part in zip(windows, _parts(trial.ask()), strict=False):  # without a term, every day counts
        for did, decision in zip(trial.made.activities, part["decisions"], strict=True):
            if decision["outcome"] != "rejected" and not window.first <= did.earned_on <= window.last:
                yield f"{did.earned_on} counts, where the window is {window.first} to {window.last}"


@_law(
    *("network.instruction", "outside.instruction", "refused.unlisted", "evidence.education", "evidence.service"),
    of=acceptable_activities,
)
def _nothing_counts_that_is_refused_or_undocumented(trial: Trial) -> Problems:
    """No activity counts that is of a refused kind, against a condition of its kind, or without a document it needs."""
    against = {"compensated": True, "bought_through_association": False}
    for change in ({}, against, {"documents": ()}):
        made = trial.did(*[attrs.evolve(did, **change) for did in trial.made.activities])
        did = made.activities
        for part in _parts(trial.ask(made)):
            for index, finding in (*not_accepted(did, trial.book), *undocumented(did, trial.book)):
                if part["decisions"][index]["credited_minutes"]:
                    yield f"activity {index} counts, where it is {finding.code}"


@_law("network.service", "network.event", holds_for=_shared, of=limited_activities)
def _a_duplicate_adds_nothing(trial: Trial) -> Problems:
    """Reporting an activity again changes no figure if its kind counts once."""
    for index, did in enumerate(trial.made.activities):
        if index_of(trial.book).kind_rules[did.kind].once_per:
            found = _figures(trial.ask()), _figures(trial.ask(trial.with_others(index, did, did)))
            yield from _compared(f"figures with activity {index} once and twice", *found)


@_law("compliance.one", "network.half", of=limited_activities)
def _a_check_is_met_from_the_amount_required_on(trial: Trial) -> Problems:
    """A check is met from exactly the amount required on, is short of the rest, and a renewal needs every check."""
    answer = trial.ask()
    for part in _parts(answer):
        for check in part["checks"]:
            required, found = check["required_minutes"], check["found_minutes"]
            yield from _compared(f"{check['rule']} met at {found} of {required}", check["met"], found >= required)
            short = part["shortfall"][f"{check['rule']}_minutes"]
            yield from _compared(f"{check['rule']} short", short, max(required - found, 0))
        yield from _compared("renewable", part["renewable"], all(check["met"] for check in part["checks"]))
    yield from _compared("renewable in all", answer["renewable"], all(part["renewable"] for part in _parts(answer)))


@_law("compliance.one")
def _every_credit_on_compliance_counts(trial: Trial) -> Problems:
    """The compliance credits are all the credits of activities that address compliance, from either side."""
    for part in _parts(trial.ask()):
        pairs = zip(trial.made.activities, part["decisions"], strict=True)
        found = sum(decision["credited_minutes"] for did, decision in pairs if did.addresses_compliance)
        yield from _compared("compliance in all and in the decisions", part["compliance_minutes"], found)
        for check in part["checks"]:
            if check["rule"] == "compliance":
                yield from _compared("compliance in all and in its check", found, check["found_minutes"])


@_law("compliance.one", holds_for=_has_free_course)
def _the_shortfall_is_exactly_what_is_missing(trial: Trial) -> Problems:
    """A course with the credits that are short completes the renewal, and one with a minute less does not."""
    short = _short(trial.ask())
    most = max(short)
    for minutes in sorted({most, most - 1, trial.draw(st.integers(1, max(most, 1)))} - {0, -1}):
        after = trial.ask(_with_course(trial, minutes))
        left = [max(amount - minutes, 0) for amount in short]
        yield from _compared(f"short after {minutes} more minutes", _short(after), left)
        yield from _compared(f"renewable after {minutes} more minutes", after["renewable"], minutes >= most)


def _with_course(trial: Trial, minutes: int) -> Submission:
    """The submission with a course in network on compliance, which serves every measure."""
    course = Activity(
        title="Missing before",
        kind=free_course(trial.book) or "",
        earned_on=_first_day(trial),
        minutes=minutes,
        addresses_compliance=True,
        bought_through_association=True,
        documents=DocumentKind,
    )
    return trial.did(*trial.made.activities, course)


def _first_day(trial: Trial) -> date:
    return renewal_window(trial.made.renewal_year, trial.book, renewal_date=trial.made.renewal_date).first


@_law()
def _the_same_question_has_the_same_answer(trial: Trial) -> Problems:
    """The same submission always has the same answer."""
    if trial.ask() != trial.ask():
        yield "two answers to the same submission differ"
