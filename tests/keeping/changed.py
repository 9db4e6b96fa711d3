"""Changes a certificate, its submission or its rulebook so that a stated fact no longer holds.

Every change is listed in `CHANGES` with the fact that it breaks. It takes a random source and the three forms in JSON,
changes one of them, and returns whether there was something to change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

Form = dict[str, Any]
Change = Callable[[random.Random, Form, Form, Form], bool]

REASONS = (
    "compensated",
    "earned_after_window",
    "earned_before_window",
    "kind_not_accepted",
    "not_bought_through_association",
    "undocumented",
)
MEASURES = ("total_minutes", "in_network_minutes", "compliance_minutes")


def rule_of(did: Form, book: Form) -> Form:
    return book["kinds"].get(did["kind"], book["kinds"]["unlisted"])


def one(rng: random.Random, those: Any) -> Any:
    """One of some things, or None if there are none."""
    those = list(those)
    return rng.choice(those) if those else None


def uses(c: Form, s: Form) -> Iterator[tuple[Form, Form, Form]]:
    """Each use of an activity, with its term and the activity."""
    for term in c["terms"]:
        yield from ((use, term, did) for use, did in zip(term["activities"], s["activities"], strict=True))


def verdict(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    c["renewable"] = not c["renewable"]
    return True


def verdict_of_a_term(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    term = rng.choice(c["terms"])
    term["renewable"] = not term["renewable"]
    return True


def required_minutes(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    rng.choice(c["terms"])["required"][rng.choice(MEASURES)] += rng.choice((-1, 1))
    return True


def credited_minutes(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    rng.choice(c["terms"])["credited"][rng.choice(MEASURES)] += rng.choice((-1, 1))
    return True


def minutes_used(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, uses(c, s))
    if found:
        found[0]["credited_minutes"] += rng.choice((-1, 1))
    return bool(found)


def minutes_claimed(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, uses(c, s))
    if found:
        found[0]["claimed_minutes"] += rng.choice((-1, 1))
    return bool(found)


def a_reason_left_out(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (use for use, *_ in uses(c, s) if use["refused"]))
    if found:
        found["refused"].remove(rng.choice(found["refused"]))
    return bool(found)


def a_reason_too_many(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, uses(c, s))
    if found:
        others = [code for code in REASONS if code not in found[0]["refused"]]
        found[0]["refused"] = sorted([*found[0]["refused"], rng.choice(others)])
    return bool(found)


def another_kept(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (pair for pair in uses(c, s) if pair[0]["duplicate_of"] is not None))
    if found:
        places = [*range(len(s["activities"])), None]
        alike = {found[0]["duplicate_of"]}
        # Another activity of the same kind may be the same body, but then it is a duplicate itself.
        found[0]["duplicate_of"] = rng.choice([place for place in places if place not in alike])
    return bool(found)


def a_duplicate_too_many(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (use for use, *_ in uses(c, s) if use["duplicate_of"] is None))
    if found:
        found["duplicate_of"] = rng.randrange(len(s["activities"]))
    return bool(found)


def a_limit_left_out(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (term["binding"] for term in c["terms"] if term["binding"]))
    if found:
        found.remove(rng.choice(found))
    return bool(found)


def a_limit_too_many(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    names = [f"caps.{name}" for name in b.get("caps", {})] + ["out_of_network"]
    term = rng.choice(c["terms"])
    free = one(rng, (name for name in names if name not in [limit["limit"] for limit in term["binding"]]))
    if free:
        term["binding"].append({"limit": free, "minutes": rng.choice((0, 60, 120, 180))})
    return bool(free)


def minutes_of_a_limit(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (limit for term in c["terms"] for limit in term["binding"]))
    if found:
        found["minutes"] += rng.choice((-1, 1))
    return bool(found)


def a_day_of_the_window(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    window, end = rng.choice(c["terms"])["window"], rng.choice(("first", "last"))
    day = date.fromisoformat(window[end])
    window[end] = str(day + timedelta(days=1 if day == date.min or (day != date.max and rng.random() < 0.5) else -1))
    return True


def names(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    key = rng.choice(("rulebook", "renewal_year", "designations", "format"))
    c[key] = {"rulebook": "another", "renewal_year": c["renewal_year"] + 1, "designations": [], "format": "x"}[key]
    return True


def a_part_left_out(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    part = rng.choice([c, *c["terms"], *(use for use, *_ in uses(c, s))])
    del part[rng.choice([key for key in part if key != "version"])]
    return True


def a_use_left_out(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    whole = rng.choice([c["terms"], *(term["activities"] for term in c["terms"] if term["activities"])])
    whole.pop(rng.randrange(len(whole)))
    return True


def a_flag_for_a_number(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (use for use, *_ in uses(c, s) if not use["credited_minutes"]))
    if found:
        found["credited_minutes"] = False
    return bool(found)


def a_better_choice(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Credits a minute less, with every sum to match: only the proof fails."""
    found = one(rng, (each for each in uses(c, s) if each[0]["credited_minutes"]))
    if found:
        use, term, did = found
        use["credited_minutes"] -= 1
        take(term, did, b, -1, rule_of(did, b)["side"])
        settle(c, b, s)
    return bool(found)


def a_better_choice_on_compliance(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Credits a minute to an activity that is not on compliance in the place of one that is, of the same kind."""
    pairs = [
        (use, other, term)
        for use, term, did in uses(c, s)
        for other, others, rival in uses(c, s)
        if term is others
        and did["kind"] == rival["kind"]
        and did["addresses_compliance"]
        and not rival["addresses_compliance"]
        and use["credited_minutes"]
        and other["credited_minutes"] < other["claimed_minutes"]
        and not other["refused"]
    ]
    found = one(rng, pairs)
    if found:
        use, other, term = found
        use["credited_minutes"] -= 1
        other["credited_minutes"] += 1
        term["credited"]["compliance_minutes"] -= 1
        settle(c, b, s)
    return bool(found)


def take(term: Form, did: Form, b: Form, minutes: int, side: str) -> None:
    """Adds minutes of an activity to the sums of a term."""
    term["credited"]["total_minutes"] += minutes
    term["credited"]["in_network_minutes"] += minutes * (side == "in_network")
    term["credited"]["compliance_minutes"] += minutes * bool(did["addresses_compliance"])


def settle(c: Form, b: Form, s: Form) -> None:
    """Makes the verdicts and the limits that bind match the minutes."""
    for term in c["terms"]:
        used: dict[str, int] = {}
        for use, did in zip(term["activities"], s["activities"], strict=True):
            kind = did["kind"] if did["kind"] in b["kinds"] else "unlisted"
            caps = [f"caps.{name}" for name, cap in b.get("caps", {}).items() if kind in cap["kinds"]]
            for name in [rule_of(did, b)["side"], *caps]:
                used[name] = used.get(name, 0) + use["credited_minutes"]
        term["binding"] = [limit for limit in term["binding"] if used.get(limit["limit"], 0) == limit["minutes"]]
        term["renewable"] = all(term["credited"][name] >= term["required"][name] for name in MEASURES)
    c["renewable"] = all(term["renewable"] for term in c["terms"])


def a_date(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Moves an activity out of the window of a term, or into it."""
    found = one(rng, uses(c, s))
    if found:
        use, term, did = found
        first, last = (date.fromisoformat(term["window"][end]) for end in ("first", "last"))
        early, late = ("earned_before_window" in use["refused"], "earned_after_window" in use["refused"])
        if (first, last) == (date.min, date.max):
            return False
        did["earned_on"] = str(first if early or late else rng.choice((first - timedelta(1), last + timedelta(1))))
    return bool(found)


def a_kind(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    refused = [kind for kind, rule in b["kinds"].items() if rule["side"] in ("not_accepted", "unknown")]
    found = one(rng, (did for use, _, did in uses(c, s) if "kind_not_accepted" not in use["refused"]))
    if found and refused:
        found["kind"] = rng.choice(refused)
    return bool(found and refused)


def a_document(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Takes away every document of an activity that needs one, or adds the one that is wanted."""
    pairs = [(use, did, rule_of(did, b).get("evidence")) for use, _, did in uses(c, s)]
    found = one(rng, ((use, did, group) for use, did, group in pairs if group))
    if found:
        use, did, group = found
        did["documents"] = b["evidence"][group]["documents"][:1] if "undocumented" in use["refused"] else []
    return bool(found)


def a_length(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (did for _, _, did in uses(c, s) if "each" not in rule_of(did, b) and length(did)))
    if found:
        found["minutes"] = length(found) + rng.choice((1, 7))
        found.pop("hours", None)
    return bool(found)


def length(did: Form) -> int:
    return round(did["hours"] * 60) if did.get("hours") is not None else did.get("minutes") or 0


def a_statement_on_compliance(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (did for use, _, did in uses(c, s) if use["credited_minutes"]))
    if found:
        found["addresses_compliance"] = not found["addresses_compliance"]
    return bool(found)


def a_statement_on_pay(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(rng, (did for _, _, did in uses(c, s) if "uncompensated" in rule_of(did, b).get("conditions", [])))
    if found:
        found["compensated"] = not found["compensated"]
    return bool(found)


def a_purchase(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    wanted = "bought_through_association"
    found = one(rng, (did for _, _, did in uses(c, s) if wanted in rule_of(did, b).get("conditions", [])))
    if found:
        found[wanted] = not found[wanted]
    return bool(found)


def an_activity(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Leaves an activity out, or reports one more."""
    if s["activities"] and rng.random() < 0.5:
        s["activities"].pop(rng.randrange(len(s["activities"])))
    else:
        s["activities"].append(
            {"title": "One more", "kind": "association_course", "earned_on": "2013-05-01", "hours": 1}
        )
    return True


def the_days_asked_about(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    """Changes the renewal year, or the day that a term began."""
    if s.get("term_starts"):
        code = rng.choice([*s["term_starts"]])
        own = {name: alias["means"] for name, alias in b.get("aliases", {}).items()}.get(code, code)
        if all(own not in term["designations"] for term in c["terms"]) or len(c["terms"]) != len(s["term_starts"]):
            return False
        s["term_starts"][code] = str(date.fromisoformat(s["term_starts"][code]) + timedelta(days=1))
    else:
        s["renewal_year"] += 1
    return True


def a_requirement(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    for designation in b["designations"].values():
        designation["credits"] = str(designation.get("credits", 0)) + "00" if designation.get("credits") else "9"
    return True


def a_cap(rng: random.Random, c: Form, s: Form, b: Form) -> bool:
    found = one(
        rng, (limit["limit"] for term in c["terms"] for limit in term["binding"] if limit["limit"][:4] == "caps")
    )
    if found:
        b["caps"][found[5:]]["credits"] = 17
    return bool(found)


CHANGES: dict[str, Change] = {
    # What the certificate states.
    "the verdict": verdict,
    "the verdict of a term": verdict_of_a_term,
    "the minutes required": required_minutes,
    "the minutes credited": credited_minutes,
    "the minutes used of an activity": minutes_used,
    "the minutes an activity claims": minutes_claimed,
    "a reason left out": a_reason_left_out,
    "a reason too many": a_reason_too_many,
    "the activity kept in the place of a duplicate": another_kept,
    "a duplicate that is none": a_duplicate_too_many,
    "a limit left out": a_limit_left_out,
    "a limit too many": a_limit_too_many,
    "the minutes of a limit": minutes_of_a_limit,
    "a day of the window": a_day_of_the_window,
    "the rulebook, the year, the designations or the format": names,
    "a statement left out": a_part_left_out,
    "an activity or a term left out": a_use_left_out,
    "a flag for a number": a_flag_for_a_number,
    "a choice that is not the best": a_better_choice,
    "a choice that is not the best on compliance": a_better_choice_on_compliance,
    # What the submission says.
    "a date": a_date,
    "a kind": a_kind,
    "a document": a_document,
    "a length": a_length,
    "a statement on compliance": a_statement_on_compliance,
    "a statement on pay": a_statement_on_pay,
    "a statement on a purchase": a_purchase,
    "an activity": an_activity,
    "the year, or the day a term began": the_days_asked_about,
    # What the rulebook says.
    "what a designation requires": a_requirement,
    "a cap that binds": a_cap,
}
