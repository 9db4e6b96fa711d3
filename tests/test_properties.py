"""What holds for every submission under the 2014 rules."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import ALL_DOCUMENTS, decide

activities = st.lists(
    st.builds(
        cec.Activity,
        title=st.sampled_from(["Board", "Committee", "Day at the Capitol", "Fair housing"]),
        kind=st.sampled_from(cec.ActivityKind),
        earned_on=st.sampled_from(["2012-12-31", "2013-01-01", "2013-06-30", "2013-12-31", "2014-01-01"]),
        minutes=st.integers(1, 300),
        addresses_compliance=st.booleans(),
        compensated=st.booleans(),
        bought_through_association=st.booleans(),
        documents=st.sampled_from([ALL_DOCUMENTS, (), ("transcript",)]),
    ),
    max_size=7,
)
held = st.lists(st.sampled_from(["CAM", "NALP", "CAPS", "CAS", "AIME"]), min_size=1)


def figures(assessment: cec.Assessment) -> tuple[object, ...]:
    return assessment.credited, assessment.in_network, assessment.compliance, assessment.shortfall, assessment.renewable


@given(activities, held)
def test_no_credit_appears_or_disappears(reported: list[cec.Activity], holds: list[str]) -> None:
    for decision in decide(*reported, held=holds).decisions:
        assert decision.claimed == decision.credited + sum((f.credits for f in decision.findings), cec.Credits(0))


@given(activities, held)
def test_no_cap_and_no_half_is_ever_exceeded(reported: list[cec.Activity], holds: list[str]) -> None:
    assessment = decide(*reported, held=holds)
    by_kind = {
        kind: sum(decision.credited.minutes for decision in assessment.decisions if decision.kind == kind)
        for kind in ("association_service", "association_instruction")
    }
    assert all(minutes <= 180 for minutes in by_kind.values())
    assert assessment.out_of_network.minutes * 2 <= assessment.required.minutes
    assert assessment.credited == assessment.in_network + assessment.out_of_network


@given(activities, held)
def test_each_rule_by_itself_in_the_order_of_evaluate_says_the_same(
    reported: list[cec.Activity], holds: list[str]
) -> None:
    book = cec.NAAEI_2014
    by_itself = [
        *cec.outside_window(reported, cec.renewal_window(2014, book), book),
        *cec.not_accepted(reported, book),
        *cec.undocumented(reported, book),
    ]
    against = {index for index, _ in by_itself}
    order = sorted(set(range(len(reported))) - against, key=lambda index: not reported[index].addresses_compliance)
    again = cec.duplicates(reported, order, book)
    order = [index for index in order if index not in {duplicate for duplicate, _ in again}]

    minutes = [claimed if index in order else 0 for index, claimed in enumerate(cec.claimed_minutes(reported, book))]
    caps = cec.over_caps(reported, minutes, order, book)
    for index, finding in caps:
        minutes[index] -= finding.credits.minutes
    room = cec.required_credits(holds, book).minutes // 2
    half = cec.over_half(reported, minutes, order, room, book)
    for index, finding in half:
        minutes[index] -= finding.credits.minutes

    assessment = decide(*reported, held=holds)
    limits = [*caps, *half]
    found = [(index, finding) for index, told in enumerate(assessment.decisions) for finding in told.findings]
    assert {(index, finding.code) for index, finding in found} == {
        (index, finding.code) for index, finding in (*by_itself, *again, *limits)
    }
    assert [told for told in found if told[1].code.reduces] == sorted(limits, key=lambda told: told[0])
    assert assessment.credited.minutes == sum(minutes)
    assert assessment.compliance.minutes == cec.compliance_minutes(reported, minutes)


@given(activities, held, st.randoms())
def test_the_order_of_activities_changes_no_figure(
    reported: list[cec.Activity], holds: list[str], dice: object
) -> None:
    shuffled = list(reported)
    dice.shuffle(shuffled)
    assert figures(decide(*reported, held=holds)) == figures(decide(*shuffled, held=holds))


@given(activities, held)
def test_another_activity_never_lowers_what_is_credited(reported: list[cec.Activity], holds: list[str]) -> None:
    credited = [decide(*reported[:n], held=holds).credited for n in range(len(reported) + 1)]
    assert all(before <= after for before, after in itertools.pairwise(credited))


@given(activities, held)
def test_json_reads_back_as_the_same_values(reported: list[cec.Activity], holds: list[str]) -> None:
    made = cec.Submission(renewal_year=2014, designations=holds, activities=reported)
    assert cec.loads(cec.dumps(made)) == made
    assessment = cec.evaluate(made)
    assert cec.loads(cec.dumps(assessment), cec.Assessment) == assessment


@given(activities, held)
def test_every_answer_can_be_told_in_words_and_shown(reported: list[cec.Activity], holds: list[str]) -> None:
    assessment = decide(*reported, held=holds)
    assert cec.explain(assessment).startswith("Renewable" if assessment.renewable else "Not renewable")
    assert cec.to_html(assessment).count('class="reasons"') == sum(bool(d.findings) for d in assessment.decisions)
