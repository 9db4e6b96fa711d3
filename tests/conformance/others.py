"""The rulebooks of the kit, and the cases that stand beside the boundaries: mistakes, and one term for each activity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cecrules as cec
from conformance.boundaries import boundaries, requirements, shares, windows, years
from conformance.given import INSIDE, OUTSIDE, Case, Giver

WORKED = Path(__file__).parents[1] / "cases"


def rulebooks() -> Iterator[tuple[cec.Rulebook, str]]:
    """Yields each rulebook of the kit with the edition it is or stands for.

    Those that are no editions are there for what no edition says: a window for the contact hours, one term for each
    activity, compliance that is only advised, a window that runs back from a day, and two other readings.
    """
    for name in cec.editions():
        yield cec.edition(name), name
    yearly = {"kind": "calendar_year", "years_before": 1}
    dated = cec.edition("naaei-contact-hours").evolve(id="contact-hours-dated", window=yearly)
    yield dated, "naaei-contact-hours"
    yield dated.read_as("instruction-by-sixty-minutes").evolve(id="instruction-by-sixty"), "naaei-contact-hours"
    yield cec.NAAEI_2014.read_as("half-of-reported").evolve(id="half-of-reported"), "naaei-2014"
    yield cec.edition("naaei-pace").evolve(id="pace-one-term-each", window={"shared": False}), "naaei-pace"
    yield cec.NAAEI_2014.evolve(id="compliance-advised", compliance={"strength": "may"}), "naaei-2014"
    back = {"kind": "months_before", "months": 12, "years_before": None, "last_day_inside": False}
    yield cec.NAAEI_2014.evolve(id="months-before", window=back), "naaei-2014"


def cases(book: cec.Rulebook) -> Iterator[Case]:
    """Yields every case of a rulebook."""
    yield from worked(book)
    if book.id == "naaei-contact-hours":
        form = {"renewal_year": 2012, "designations": ["CAPS"], "activities": []}
        yield Case("the sources do not say which days count", form, "errors")
        return
    if book.id in IN_PART:
        for part in IN_PART[book.id]:
            yield from part(Giver(book))
        return
    yield from boundaries(book)
    yield from mistakes(Giver(book))


def worked(book: cec.Rulebook) -> Iterator[Case]:
    file = WORKED / f"{book.id.removeprefix('naaei-')}.json"
    for case in json.loads(file.read_text("utf-8")) if file.exists() else []:
        yield Case(case["name"], case["submission"])


def one_term_each(give: Giver) -> Iterator[Case]:
    total, inside, _ = give.asked("CALP")
    for minutes, name in ((total, "enough for the second"), (total - 1, "a minute short for the second")):
        did = [give.activity(INSIDE, total, title="First"), give.activity(INSIDE, minutes, title="Second")]
        yield Case(f"each activity serves one term, {name}", give.submission(["CALP", "CAS"], *did), "one-term-each")
    big = [give.activity(INSIDE, give.asked("CAM")[0], title="First"), give.activity(INSIDE, total, title="Second")]
    yield Case("the assignment renews both designations", give.submission(["CALP", "CAM"], *big), "one-term-each")
    did = [give.activity(INSIDE, inside), give.activity(OUTSIDE, 2 * (total - inside), title="Outside")]
    yield Case("credits outside serve one term too", give.submission(["CALP", "CAS"], *did), "one-term-each")
    early = give.submission(["CALP", "CAS"], give.activity(INSIDE, total))
    early["term_starts"]["CAS"] = str(give.first.replace(year=give.first.year - 1))
    yield Case("of two terms the one that ends first is served", early, "one-term-each")


def half_of_reported(give: Giver) -> Iterator[Case]:
    """Half of the credits that are reported: an activity from outside counts whole, or is left out."""
    name = "other-readings"
    for more, words in ((0, "as much"), (1, "a minute more"), (-1, "a minute less")):
        did = give.activity(INSIDE, 180), give.activity(OUTSIDE, 180 + more)
        yield Case(f"{words} outside as in network", give.submission(["CAM"], *did), name)
    several = [give.activity(OUTSIDE, minutes, title=str(minutes)) for minutes in (150, 100, 80)]
    inside = give.activity(INSIDE, 200)
    yield Case("of three outside, those that fit count whole", give.submission(["CAM"], inside, *several), name)
    about = [several[0], several[1] | {"addresses_compliance": True}, several[2]]
    yield Case("of three outside, the one on compliance comes first", give.submission(["CAM"], inside, *about), name)
    yield Case("nothing in network, so that nothing outside counts", give.submission(["CAM"], *several), name)


def credit_minutes(give: Giver) -> Iterator[Case]:
    """A kind whose credit has minutes of its own, beside the cap, which has those of the rulebook."""
    kind, held = "association_instruction", str(give.known[0].designation)
    for minutes in (50, 59, 60, 61, 119, 120, 600):
        taught = give.submission([held], give.activity(kind, minutes), give.activity(INSIDE, minutes))
        yield Case(f"{minutes} minutes taught and {minutes} minutes attended", taught, "other-readings")


def mistakes(give: Giver) -> Iterator[Case]:
    """Yields submissions that cannot be decided: one for each sort of problem, and one with several."""
    held = str(give.known[0].designation)
    did = give.activity(INSIDE, 60)
    sound = give.submission([held], did)
    without = {key: value for key, value in did.items() if key != "minutes"}
    unknown = [str(code) for code in cec.Designation if not _has(give.book, code)]
    activities = {
        "an activity without a length": without,
        "both hours and minutes": did | {"hours": 1},
        "a length of nothing": did | {"minutes": 0},
        "a length above a leap year": did | {"minutes": 366 * 1440 + 1},
        "minutes that are no whole number": did | {"minutes": 1.5},
        "minutes that are a truth value": did | {"minutes": True},
        "hours with a part of a minute": without | {"hours": "0.01"},
        "a kind that does not exist": did | {"kind": "webinar"},
        "a day that does not exist": did | {"earned_on": f"{give.first.year}-02-30"},
        "a day in another form": did | {"earned_on": "3/12/2013"},
        "a blank title": did | {"title": "  "},
        "a document that does not exist": did | {"documents": ["selfie"]},
        "an unknown key of an activity": did | {"hour": 1},
        "a statement that is a text": did | {"compensated": "no"},
    }
    for name, activity in activities.items():
        yield Case(name, sound | {"activities": [did, activity]}, "errors")
    whole = {
        "no designation": {"designations": []},
        "a designation that does not exist": {"designations": ["CPM"]},
        "a renewal year before 1900": {"renewal_year": 1899},
        "a renewal year as a text": {"renewal_year": str(give.year)},
        "a first renewal of a designation that is not held": {"first_renewal_of": ["CAMT"]},
        "an unknown key": {"activity": []},
        "several problems at once": {"renewal_year": None, "designations": "CAM", "activities": [{"title": 1}]},
    }
    for name, change in whole.items():
        yield Case(name, sound | change, "errors")
    for key in ("renewal_year", "designations", "activities", *(["term_starts"] if give.has_terms else [])):
        yield Case(f"no {key}", {name: value for name, value in sound.items() if name != key}, "errors")
    for code in unknown:
        yield Case(f"{code}, which the rulebook does not have", sound | {"designations": [code]}, "errors")


# What is tried of the rulebooks that are no editions: what no edition says.
IN_PART = {
    "pace-one-term-each": (one_term_each,),
    "compliance-advised": (requirements, shares),
    "months-before": (windows, years),
    "half-of-reported": (half_of_reported,),
    "instruction-by-sixty": (credit_minutes,),
}


def _has(book: cec.Rulebook, code: cec.Designation) -> bool:
    return any(rule.designation is book.own_code(code) and rule.credits is not None for rule in book.designations)
