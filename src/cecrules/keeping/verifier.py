"""Checks a certificate of cecrules against its submission and rulebook, and shares no code with cecrules.

    python -I verifier.py CERTIFICATE SUBMISSION RULEBOOK

Each is JSON. The exit code is 0 if every statement holds, and otherwise 1. The days that count, the credits required,
and what each activity claims or is refused for are worked out here. The certificate gives the minutes credited, and
the one duplicate that counts. Nothing better is possible: each activity that is not refused is credited in full or
is under a full limit, and limits are nested. The minutes of the outermost full limits and of the activities under none
of them are then the most of any choice. So it is on compliance alone.
"""

import calendar
import json
import math
import re
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
        year = int(exact(submission["renewal_year"]))
        facts = {"format": "cecrules.certificate/1", "rulebook": book["id"], "renewal_year": year}
        agree(certificate, {**facts, "designations": held, "renewable": all(renewable)}, "terms", "version")
    except (LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"something is missing or has another form: {error!r}") from error


def agree(stated: Any, facts: dict[str, Any], *others: str) -> None:
    insist(stated.keys() == {*facts, *others}, f"the keys must be {[*facts, *others]}, got {[*stated]}")
    for name, fact in facts.items():  # a text tells 1 from true
        texts = [json.dumps(each, sort_keys=True) for each in (stated[name], fact)]
        insist(texts[0] == texts[1], f"{name}: must be {texts[1]}, got {texts[0]}")


def exact(number: Any, times: int = 1) -> Fraction:
    insist(bool(re.fullmatch(r"[0-9./ ]{1,40}", str(number))), f"must be a number, got {number!s:.40}")
    return Fraction(str(number)) * times


def days(submission: Any, held: list[str], own: Any, book: Any) -> list[tuple[list[str], date, date]]:
    """Returns the first and the last day that count, for all designations together or for the term of each."""
    window = book["window"]
    short = timedelta(days=0 if window.get("last_day_inside", True) else 1)
    if window["kind"] == "calendar_year":
        year = int(exact(submission["renewal_year"])) - window["years_before"]
        return [(held, date(year, 1, 1), date(year, 12, 31))]
    if window["kind"] == "months_before":
        due = date.fromisoformat(submission["renewal_date"])
        return [(held, later(due, -window["months"]), due - short)]
    insist(window["kind"] == "term", "the rulebook does not say which days count")
    starts = {own.get(code, code): date.fromisoformat(day) for code, day in submission.get("term_starts", {}).items()}
    months = window["months"] + window.get("grace_months", 0)
    having = [code for code in held if code in starts or required([code], book)["total_minutes"]]
    terms = [([code], starts[code], later(starts[code], months) - short) for code in having]
    return terms or [(held, date.min, date.max)]


def later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def required(held: list[str], book: Any) -> dict[str, int]:
    """Returns the minutes required in all, in network and on compliance, the most of any designation held."""
    rows, unit = [book["designations"][code] for code in held], book["credit"]["minutes"]
    total, share = max(exact(row["credits"], unit) for row in rows), book["in_network"].get("share")
    least = max(exact(row["in_network"], unit) for row in rows) if share is None else exact(share) * total
    rule = book.get("compliance", {"strength": "may"})
    about = 0 if rule["strength"] == "may" else min(exact(rule["credits"], unit), total)
    return {"total_minutes": int(total), "in_network_minutes": math.ceil(least), "compliance_minutes": int(about)}


def reasons(did: Any, rule: Any, first: date, last: date, book: Any) -> list[str]:
    insist(rule["side"] != "unknown", f"the rulebook does not say how {did['kind']} counts")
    day, only = date.fromisoformat(did["earned_on"]), rule.get("conditions", [])
    paid, bought = bool(did.get("compensated")), bool(did.get("bought_through_association"))
    found = ["compensated"] * ("uncompensated" in only and paid)
    found += ["earned_after_window"] * (day > last) + ["earned_before_window"] * (day < first)
    found += ["kind_not_accepted"] * (rule["side"] == "not_accepted")
    found += ["not_bought_through_association"] * ("bought_through_association" in only and not bought)
    wanted = {*book["evidence"][rule["evidence"]]["documents"]} if "evidence" in rule else set[str]()
    return found + ["undocumented"] * bool(wanted and wanted.isdisjoint(did.get("documents", [])))


def check_term(stated: Any, activities: Any, held: list[str], first: date, last: date, book: Any) -> bool:
    """Checks the statements on one term, and returns whether it is renewable."""
    need, caps, unit = required(held, book), book.get("caps", {}), book["credit"]["minutes"]
    limits = {f"caps.{name}": int(exact(cap["credits"], unit)) for name, cap in caps.items()}
    limits["out_of_network"] = need["total_minutes"] - need["in_network_minutes"]
    rows = [(kind, name, book["kinds"][kind]["side"]) for name in caps for kind in caps[name]["kinds"]]
    insist(len({row[0] for row in rows}) == len(rows) and len({row[1:] for row in rows}) == len(caps), "limits overlap")
    used, about, counting, again = Counter[str](), Counter[str](), dict[int, Any](), list[Any]()
    for place, (did, use) in enumerate(zip(activities, stated["activities"], strict=True)):
        name = did["kind"] if did["kind"] in book["kinds"] else "unlisted"
        rule, credited, kept = book["kinds"][name], use["credited_minutes"], use["duplicate_of"]
        long = int(exact(did.get("minutes") or 0) if did.get("hours") is None else exact(did["hours"], 60))
        claimed = int(exact(rule["each"], unit)) if "each" in rule else long * unit // rule.get("credit_minutes", unit)
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
    found = {"total_minutes": used["all"], "in_network_minutes": used["in_network"], "compliance_minutes": about["all"]}
    facts = {"designations": held, "window": {"first": str(first), "last": str(last)}, "required": need}
    binding = [{"limit": name, "minutes": limits[name]} for name in limits if used[name] == limits[name]]
    renewable = all(found[name] >= need[name] for name in need)
    agree(stated, {**facts, "credited": found, "binding": binding, "renewable": renewable}, "activities")
    return renewable


if __name__ == "__main__":
    try:
        check(*[json.loads(Path(name).read_bytes()) for name in sys.argv[1:4]])
    except (OSError, RecursionError, TypeError, ValueError):
        sys.exit(f"refused: {sys.exc_info()[1]}")
    sys.stdout.write("accepted\n")
