"""The rules of 2014 written straight down, with their figures in the code: what a rulebook is measured against.

It makes the same decisions as `cecrules.evaluate`, for that one edition, and explains none of them: no clause, no
sentence, no other edition. Amounts are minutes.
"""

from __future__ import annotations

from typing import NamedTuple

from cecrules import Activity, Submission

OWED = {"CAM": 360, "NALP": 180, "CALP": 180, "CAPS": 360, "CAS": 180, "AIME": 180}
OUTSIDE = frozenset(
    ["college_course", "housing_organization_program", "real_estate_board_course", "housing_service"]
    + ["industry_instruction", "published_article"]
)
EACH = frozenset(["association_service", "legislative_event"])
UNPAID = frozenset(["association_instruction", "industry_instruction", "published_article"])
EDUCATION = frozenset(
    ["certificate_of_completion", "transcript", "exam_results", "payment_receipt", "signed_reporting_form"]
)
SERVICE = frozenset(["member_listing", "appointment_letter"])
INSTRUCTION = frozenset(["course_promotion", "instruction_letter"])
ARTICLE = frozenset(["published_article"])
EVIDENCE = {
    "conference_session": EDUCATION,
    "association_course": EDUCATION,
    "grace_hill_course": EDUCATION,
    "college_course": EDUCATION,
    "housing_organization_program": EDUCATION,
    "real_estate_board_course": EDUCATION,
    "association_service": SERVICE,
    "housing_service": SERVICE,
    "association_instruction": INSTRUCTION,
    "industry_instruction": INSTRUCTION,
    "published_article": ARTICLE,
    "legislative_event": EDUCATION | SERVICE | INSTRUCTION | ARTICLE,
}


class Answer(NamedTuple):
    """What was decided: the figures in minutes, and of each activity what counts and why the rest does not.

    Each reason is a code with the minutes it took away; of several that reject an activity, the first takes all.
    """

    renewable: bool
    required: int
    credited: int
    in_network: int
    compliance: int
    short_total: int
    short_in_network: int
    short_compliance: int
    counted: list[int]
    reasons: list[list[tuple[str, int]]]


def decide(submission: Submission) -> Answer:
    """Decides a submission by the rules of 2014."""
    activities = submission.activities
    year = submission.renewal_year - 1
    required = max([OWED[designation] for designation in submission.designations])
    reasons: list[list[tuple[str, int]]] = []
    counted: list[int] = []
    first: list[int] = []
    rest: list[int] = []
    for index, activity in enumerate(activities):
        against = _against(activity, year)
        reasons.append(against)
        counted.append(0)
        if not against:
            (first if activity.addresses_compliance else rest).append(index)

    bodies, taught, room = 180, 180, required // 2
    seen = set()
    credited = in_network = compliance = 0
    for index in first + rest:
        activity = activities[index]
        kind = activity.kind
        minutes = activity.minutes or 0
        if kind == "association_service":
            key = (kind, _folded(activity.provider), _folded(activity.title))
            if key in seen:
                reasons[index].append(("same_body_again", 60))
                continue
            seen.add(key)
            minutes = min(60, bodies)
            bodies -= minutes
            if minutes < 60:
                reasons[index].append(("over_cap", 60 - minutes))
        elif kind == "legislative_event":
            event = (kind, _folded(activity.provider), _folded(activity.title), activity.earned_on)
            if event in seen:
                reasons[index].append(("same_event_again", 60))
                continue
            seen.add(event)
            minutes = 60
        elif kind == "association_instruction":
            if minutes > taught:
                reasons[index].append(("over_cap", minutes - taught))
                minutes = taught
            taught -= minutes
        if kind in OUTSIDE:
            if minutes > room:
                reasons[index].append(("over_half", minutes - room))
                minutes = room
            room -= minutes
        else:
            in_network += minutes
        credited += minutes
        if activity.addresses_compliance:
            compliance += minutes
        counted[index] = minutes

    short_total = max(required - credited, 0)
    short_in_network = max(required // 2 - in_network, 0)
    short_compliance = max(60 - compliance, 0)
    return Answer(
        renewable=not (short_total or short_in_network or short_compliance),
        required=required,
        credited=credited,
        in_network=in_network,
        compliance=compliance,
        short_total=short_total,
        short_in_network=short_in_network,
        short_compliance=short_compliance,
        counted=counted,
        reasons=reasons,
    )


def _against(activity: Activity, year: int) -> list[tuple[str, int]]:
    kind = activity.kind
    taken = 60 if kind in EACH else activity.minutes or 0
    against = []
    if activity.earned_on.year < year:
        against.append(("earned_before_window", taken))
        taken = 0
    elif activity.earned_on.year > year:
        against.append(("earned_after_window", taken))
        taken = 0
    if kind in EVIDENCE:
        if kind == "grace_hill_course" and not activity.bought_through_association:
            against.append(("not_bought_through_association", taken))
            taken = 0
        if activity.compensated and kind in UNPAID:
            against.append(("compensated", taken))
            taken = 0
        if activity.documents.isdisjoint(EVIDENCE[kind]):
            against.append(("undocumented", taken))
    else:
        against.append(("kind_not_accepted", taken))
    return against


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
