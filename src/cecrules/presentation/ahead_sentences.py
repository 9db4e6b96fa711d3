"""Makes the sentences on outlooks, on the worth of one more entry and on renewal years; contains no rule."""

from __future__ import annotations

from collections.abc import Sequence

from ..ahead.forecasts import Need, Outlook, OutlookLimit, OutlookState, Statement
from ..ahead.histories import Year
from ..ahead.offerings import Plan
from ..ahead.worths import Gain, Worth
from ..credits import MINUTES_A_DAY, MINUTES_AN_HOUR
from ..evaluation import ALWAYS
from ..printable import printable
from .sentences import (
    amount_in_words,
    documents_in_words,
    finding_sentence,
    listed,
    shortfall_sentence,
    verdict,
)

__all__ = [
    "gain_sentence",
    "gains_in_words",
    "need_sentence",
    "needed_in_words",
    "outlook_facts",
    "outlook_sentence",
    "outlook_title",
    "plan_lines",
    "plan_sentence",
    "price_in_words",
    "time_in_words",
    "worth_sentence",
    "worth_title",
    "year_sentence",
]


def outlook_title(outlook: Outlook) -> str:
    """Heads an outlook with its designations and its day."""
    held = listed([designation.value for designation in outlook.designations], "and")
    return f"Outlook for {held} on {outlook.as_of}"


def outlook_sentence(outlook: Outlook) -> str:
    """Says the state of an outlook, and the reason for it."""
    if outlook.state is OutlookState.MET:
        ahead = f", once {_plans(outlook)} carried out and documented" if outlook.plans else ""
        return f"met: nothing more is needed{ahead}"
    if outlook.state is OutlookState.EVIDENCE:
        few = "one more document or statement completes"
        some = f"{len(outlook.needs)} documents or statements complete"
        return f"evidence: {few if len(outlook.needs) == 1 else some} it, without another activity"
    short = shortfall_sentence(outlook.short_with_paper)
    if outlook.limit is OutlookLimit.CAPS:
        return f"closed: no more activities can add the credits that are short ({short})"
    if outlook.limit is OutlookLimit.WINDOW:
        return f"closed: the last day that counts was {outlook.window.last}, and more is short ({short})"
    needed, left = time_in_words(outlook.minutes_needed or 0), time_in_words(outlook.minutes_left)
    if outlook.limit is OutlookLimit.HOURS:
        return f"closed: at least {needed} of activities are needed, and {left} can be used until {outlook.window.last}"
    return f"open: at least {needed} of activities are needed; begin on {outlook.last_start} at the latest"


def outlook_facts(outlook: Outlook) -> list[str]:
    """Returns the facts that an outlook rests on, one sentence each."""
    facts: list[str] = []
    as_stated = "as stated"
    if outlook.plans:
        facts.append(f"{_plans(outlook)} still ahead, and taken as carried out, with a document at hand")
        as_stated = "once that is done"
    facts.append(f"short {as_stated}: {shortfall_sentence(outlook.short)}")
    facts.append(f"short with every document and statement: {shortfall_sentence(outlook.short_with_paper)}")
    if outlook.state is OutlookState.EVIDENCE and not outlook.short:
        facts.append("a missing statement is false to the assessment above, which is the best case for pay")
    facts += [] if outlook.window == ALWAYS else [_days(outlook)]
    if outlook.needs:
        fewest = "these are as few as will do, and others may do as well"
        facts.append(fewest if outlook.needs_are_fewest else "none of them can be left out; another set may be smaller")
    return facts


def _days(outlook: Outlook) -> str:
    """Says how many days are left, and how much of them can be used."""
    days = "1 day" if outlook.days_left == 1 else f"{outlook.days_left} days"
    left, a_day = time_in_words(outlook.minutes_left), time_in_words(outlook.minutes_a_day)
    usable = f"; at {a_day} a day, {left} can be used" if outlook.minutes_a_day < MINUTES_A_DAY else ""
    return f"{days} left, to {outlook.window.last}{usable}"


def _plans(outlook: Outlook) -> str:
    """Names the activities after the day of an outlook."""
    numbers = listed([str(position + 1) for position in outlook.plans], "and")
    return f"activities {numbers} are" if len(outlook.plans) > 1 else f"activity {numbers} is"


def need_sentence(need: Need) -> str:
    """Says which document or statement an activity needs, with its number."""
    return f"activity {need.activity + 1}, {needed_in_words(need)}"


def needed_in_words(need: Need) -> str:
    """Says which document or statement an activity needs."""
    if need.statement is None:
        return f"{need.title}: add {documents_in_words(need.wanted)}"
    return f"{need.title}: {_STATEMENTS[need.statement]}"


def time_in_words(minutes: int) -> str:
    """Returns a length of time as people write it, such as `4 h` or `1 h 30 min`."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


def worth_title(worth: Worth) -> str:
    """Heads the worth of one more entry with its designations."""
    held = listed([designation.value for designation in worth.designations], "and")
    return f"One more entry for {held}, of {time_in_words(worth.minutes)} if its kind is measured in hours"


def worth_sentence(worth: Worth) -> str:
    """Says which entry helps the most."""
    best = worth.gains[0]
    if not best.nearer:
        return "no entry brings the renewal nearer"
    return f"the most useful entry is of the kind {best.kind.label}, on compliance, which {gain_sentence(best)}"


def gains_in_words(worth: Worth) -> list[str]:
    """Returns a sentence for each different gain, with the kinds that have it, in the order of the gains."""
    says = {(gain.kind, gain.addresses_compliance): gain_sentence(gain) for gain in worth.gains}
    kinds: dict[str, list[str]] = {}
    for (kind, about), sentence in says.items():
        names = kinds.setdefault(sentence, [])
        if says[kind, not about] != sentence:
            names.append(f"{kind.label}, {'on compliance' if about else 'not on compliance'}")
        elif kind.label not in names:
            names.append(kind.label)
    return [f"{sentence}: {'; '.join(names)}" for sentence, names in kinds.items()]


def gain_sentence(gain: Gain) -> str:
    """Says what an entry would add, and what it would take off each shortfall."""
    reasons = list(dict.fromkeys(finding_sentence(finding) for finding in gain.why))
    because = f" ({'; '.join(reasons)})" if reasons else ""
    off = gain.taken_off
    if gain.nearer:
        parts = [(off.total, "of the total"), (off.in_network, "in network"), (off.compliance, "on compliance")]
        return f"takes off {_joined(parts)}{because}"
    if gain.total or gain.compliance:
        return f"adds {amount_in_words(max(gain.total, gain.compliance))}, and takes nothing off{because}"
    return f"adds nothing{because}"


def plan_sentence(plan: Plan) -> str:
    """Says what a plan comes to."""
    held = listed([designation.value for designation in plan.designations], "and")
    if not plan.complete:
        short = shortfall_sentence(plan.short)
        return f"Not renewable: {held} for {plan.renewal_year}. No offering can fill the rest: {short}."
    if not plan.chosen:
        return f"Renewable: {held} for {plan.renewal_year}. No offering is needed."
    several = "offerings" if len(plan.chosen) > 1 else "offering"
    chosen = f"{len(plan.chosen)} {several} for {price_in_words(plan.price)}"
    return f"Renewable: {held} for {plan.renewal_year}, with {chosen}. No other offerings complete it for less."


def plan_lines(plan: Plan) -> list[str]:
    """Returns the lines of a plan, one for each offering and the document to keep."""
    lines = [plan_sentence(plan)]
    for number, planned in enumerate(plan.chosen, 1):
        offering = planned.offering
        day = f"on demand, from {planned.earned_on}" if offering.day is None else str(offering.day)
        place = ", ".join(filter(None, (offering.provider, day, price_in_words(offering.price))))
        lines.append(f"  {number}. {offering.title} ({place}): {offering.kind.label}")
        if planned.keep:
            lines.append(f"     keep {documents_in_words(planned.keep)}")
    return [*map(printable, lines)]


def price_in_words(cents: int) -> str:
    """Returns a price as people write it, such as `$49.00`."""
    dollars, rest = divmod(cents, 100)
    return f"${dollars:,}.{rest:02}"


def _joined(parts: Sequence[tuple[object, str]]) -> str:
    return listed([f"{amount} {words}" for amount, words in parts if amount], "and")


def year_sentence(year: Year) -> str:
    """Says what a renewal year comes to."""
    if year.assessment is None:
        return f"{year.renewal_year}: cannot be decided: {'; '.join(year.reasons)}"
    numbers = [str(position + 1) for position in year.credited]
    several = "activities" if len(numbers) > 1 else "activity"
    credited = f" Credited: {several} {listed(numbers, 'and')}." if numbers else " No activity is credited."
    return f"{year.renewal_year}: {verdict(year.assessment)}{credited}"


_STATEMENTS = {
    Statement.ADDRESSES_COMPLIANCE: "state that it addresses compliance, if it does",
    Statement.COMPENSATED: "state that it was unpaid, if it was",
    Statement.BOUGHT_THROUGH_ASSOCIATION: "state that it was bought through the local association's site, if it was",
}
