"""Checks a certificate of cecrules against its submission and rulebook, and shares no code with cecrules.

    python -I verifier.py CERTIFICATE SUBMISSION RULEBOOK

All three are JSON files. The exit code is 0 if every statement of the certificate holds, and otherwise 1.
The days that count, the credits required, and what each activity claims or is refused for are worked out here. The
certificate gives the minutes credited for each activity, and the one duplicate that counts, within every limit.
Nothing better is possible: each activity that is not refused is credited in full or is under a full limit. Limits are
nested: no kind has two caps, and a cap has kinds of one side. The minutes of the outermost full limits and of the
activities under none of them are then the most of any choice. So it is on compliance alone.
"""

import calendar
import json
import math
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any


def insist(holds: bool, statement: str) -> None:
    if not holds:
        raise ValueError(statement)


def check(certificate: Any, submission: Any, book: Any) -> None:
    """Returns if every statement of the certificate holds, and raises ValueError otherwise."""
    try:
        insist(book["window"].get("shared", True), "terms that do not share an activity: no limit proves them")
        insist(book["in_network"].get("of") != "reported", "a share of the credits reported: no limit proves it")
        own = {code: alias["means"] for code, alias in book.get("aliases", {}).items()}
        held = list(dict.fromkeys(own.get(code, code) for code in submission["designations"]))
        terms = zip(certificate["terms"], days(submission, held, own, book), strict=True)
        renewable = [check_term(stated, submission["activities"], *term, book) for stated, term in terms]
        facts = {"format": "cecrules.certificate/1", "rulebook": book["id"], "renewal_year": submission["renewal_year"]}
        agree(certificate, {**facts, "designations": held, "renewable": all(renewable)}, "terms", "version")
    except (LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"something is missing or has another form: {error!r}") from error


def agree(stated: Any, facts: dict[str, Any], *others: str) -> None:
    insist(stated.keys() == {*facts, *others}, f"the keys must be {[*facts, *others]}, got {[*stated]}")
    for name, fact in facts.items():  # a text tells 1 from true
        texts = [json.dumps(each, sort_keys=True) for each in (stated[name], fact)]
        insist(texts[0] == texts[1], f"{name}: must be {texts[1]}, got {texts[0]}")


def days(submission: Any, held: list[str], own: Any, book: Any) -> list[tuple[list[str], date, date]]:
    """Returns the first and the last day that count, for all designations together or for the term of each."""
    window = book["window"]
    short = timedelta(days=0 if window.get("last_day_inside", True) else 1)
    if window["kind"] == "calendar_year":
        year = submission["renewal_year"] - window["years_before"]
        return [(held, date(year, 1, 1), date(year, 12, 31))]
    if window["kind"] == "months_before":
        due = date.fromisoformat(submission["renewal_date"])
        return [(held, later(due, -window["months"]), due - short)]
    insist(window["kind"] == "term", "the rulebook does not say which days count")
    starts = {own.get(code, code): date.fromisoformat(day) for code, day in submission.get("term_starts", {}).items()}
    months = window["months"] + window.get("grace_months", 0)
    having = [code for code in held if code in starts or required([code], book)[0]]
    return [([code], starts[code], later(starts[code], months) - short) for code in having] or [
        (held, date.min, date.max)
    ]


def later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def minutes(credits: Any, book: Any) -> Fraction:
    return Fraction(str(credits)) * int(book["credit"]["minutes"])


def required(held: list[str], book: Any) -> tuple[int, int, int]:
    """Returns the minutes required in all, in network and on compliance, the most of any designation held."""
    rows, share = [book["designations"][code] for code in held], book["in_network"].get("share")
    total = max(minutes(row["credits"], book) for row in rows)
    least = max(minutes(row["in_network"], book) for row in rows) if share is None else Fraction(str(share)) * total
    rule = book.get("compliance", {"strength": "may"})
    asked = 0 if rule["strength"] == "may" else min(minutes(rule["credits"], book), total)
    return int(total), math.ceil(least), int(asked)


def reasons(did: Any, rule: Any, first: date, last: date, book: Any) -> list[str]:
    insist(rule["side"] != "unknown", f"the rulebook does not say how {did['kind']} counts")
    day, only = date.fromisoformat(did["earned_on"]), rule.get("conditions", [])
    found = ["compensated"] * bool("uncompensated" in only and did.get("compensated"))
    found += ["earned_after_window"] * (day > last) + ["earned_before_window"] * (day < first)
    found += ["kind_not_accepted"] * (rule["side"] == "not_accepted")
    if "bought_through_association" in only and not did.get("bought_through_association"):
        found.append("not_bought_through_association")
    wanted = {*book["evidence"][rule["evidence"]]["documents"]} if "evidence" in rule else set[str]()
    return found + ["undocumented"] * bool(wanted and wanted.isdisjoint(did.get("documents", [])))


def check_term(stated: Any, activities: Any, held: list[str], first: date, last: date, book: Any) -> bool:
    """Checks the statements on one term, and returns whether it is renewable."""
    need, caps, unit = required(held, book), book.get("caps", {}), book["credit"]["minutes"]
    limits = {f"caps.{name}": int(minutes(cap["credits"], book)) for name, cap in caps.items()}
    limits["out_of_network"] = need[0] - need[1]
    used, about, counting, again = Counter[str](), Counter[str](), dict[int, Any](), list[Any]()
    for place, (did, use) in enumerate(zip(activities, stated["activities"], strict=True)):
        name = did["kind"] if did["kind"] in book["kinds"] else "unlisted"
        rule, credited, kept = book["kinds"][name], use["credited_minutes"], use["duplicate_of"]
        long = int(Fraction(str(did["hours"])) * 60) if did.get("hours") is not None else did.get("minutes") or 0
        claimed = long * unit // rule.get("credit_minutes", unit)
        claimed = int(minutes(rule["each"], book)) if "each" in rule else claimed
        texts = {text: "".join(did.get(text, "").casefold().split()) for text in ("provider", "title", "earned_on")}
        same = [did["kind"], *[texts.get(field, long) for field in rule["once_per"]]] if "once_per" in rule else place
        refused, on_compliance = reasons(did, rule, first, last, book), bool(did.get("addresses_compliance"))
        if kept is not None:
            insist(not refused and type(kept) is int, f"activity {place}: is no duplicate")
            refused = ["same_event_again" if "earned_on" in rule["once_per"] else "same_body_again"]
            again.append((kept, same, on_compliance))
        elif not refused:
            under = ["all", rule["side"], *[f"caps.{cap}" for cap in caps if name in caps[cap]["kinds"]]]
            counting[place] = same, on_compliance, under, credited < claimed
            used.update(dict.fromkeys(under, credited))
            about.update(dict.fromkeys(under, credited * on_compliance))
        insist(type(credited) is int and 0 <= credited <= (0 if refused else claimed), f"activity {place}: minutes")
        agree(use, {"claimed_minutes": claimed, "refused": refused}, "credited_minutes", "duplicate_of")
    insist(len({str(same) for same, *_ in counting.values()}) == len(counting), "a duplicate is credited")
    for kept, same, on_compliance in again:
        insist(counting[kept][:2] in ((same, True), (same, on_compliance)), f"activity {kept}: is not the one to keep")
    insist(all(used[name] <= limits[name] for name in limits), "a limit is exceeded")
    for place, (_, on_compliance, under, cut) in counting.items():
        for sums in [used, about][: cut + (cut and on_compliance)]:
            insist(any(sums[name] == limits.get(name) for name in under), f"activity {place}: more of it would count")
    found = used["all"], used["in_network"], about["all"]
    names = ("total_minutes", "in_network_minutes", "compliance_minutes")
    facts: Any = {"designations": held, "window": {"first": str(first), "last": str(last)}}
    facts |= {"required": dict(zip(names, need, strict=True)), "credited": dict(zip(names, found, strict=True))}
    facts["binding"] = [{"limit": name, "minutes": limits[name]} for name in limits if used[name] == limits[name]]
    renewable = all(has >= needs for has, needs in zip(found, need, strict=True))
    agree(stated, {**facts, "renewable": renewable}, "activities")
    return renewable


if __name__ == "__main__":
    try:
        check(*[json.loads(Path(name).read_bytes()) for name in sys.argv[1:4]])
    except (OSError, TypeError, ValueError):
        sys.exit(f"refused: {sys.exc_info()[1]}")
    sys.stdout.write("accepted\n")
