"""Every public name, used as a user would; checked by mypy and pyright in their strict modes, and run as a test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import cecrules as cec

activity = cec.Activity(
    title="Fair housing update",
    kind="association_course",
    earned_on="2013-03-12",
    hours=1.5,
    documents=["certificate_of_completion", cec.DocumentKind.TRANSCRIPT],
    addresses_compliance=True,
)
other = cec.Activity(title="Board", kind=cec.ActivityKind.ASSOCIATION_SERVICE, earned_on=date(2013, 5, 1), minutes=60)
assert_type(activity.kind, cec.ActivityKind)
assert_type(activity.hours, Fraction | None)
assert_type(activity.compensated, bool | None)
assert_type(activity.documents, frozenset[cec.DocumentKind])

submission = cec.Submission(
    renewal_year=2014,
    designations=["CAM", cec.Designation.NALP],
    activities=(activity, other),
    term_starts={"CAM": "2013-01-31"},
)
assert_type(submission.designations, tuple[cec.Designation, ...])
assert_type(submission.activities, tuple[cec.Activity, ...])

amounts = [cec.Credits("1.5"), cec.Credits(Decimal(1)), cec.Credits(minutes=90), 1 + cec.Credits(2) - 0.5]
assert_type(amounts, list[cec.Credits])
assert_type(amounts[0] < 2, bool)
assert_type(amounts[0].number, Fraction)

book: cec.Rulebook = cec.NAAEI_2014
assert_type(cec.edition("naaei-2022"), cec.Rulebook)
assert_type(cec.edition_for(2023), cec.Rulebook)
assert_type(cec.editions(), tuple[str, ...])
assert_type(book.evolve(id="what-if", designations={"CAM": {"credits": 8}}), cec.Rulebook)
assert_type(book.clause("network.half"), cec.Clause)
assert_type(book.confidence("network.half"), cec.Confidence)
toml = 'format = "cecrules.rulebook/1"\nid = "anytown"\nextends = "naaei-2014"'
assert_type(cec.read_rulebook(toml), cec.Rulebook)

assessment = cec.evaluate(submission, rulebook=book)
assert_type(assessment, cec.Assessment)
assert_type(assessment.renewable, bool)
assert_type(assessment.required, cec.Credits)
assert_type(assessment.window, cec.Window)
assert_type(assessment.shortfall, cec.Shortfall)
assert_type(assessment.checks, tuple[cec.Check, ...])
assert_type(assessment.checks[0].rule, cec.CheckRule)
assert_type(assessment.checks[0].strength, cec.Strength)
assert_type(assessment.decisions, tuple[cec.Decision, ...])
assert_type(assessment.decisions[0].outcome, cec.Outcome)
assert_type(assessment.decisions[0].side, cec.Side)
assert_type(assessment.notices, tuple[cec.Notice, ...])
for notice in assessment.notices:
    assert_type(notice.code, cec.NoticeCode)
for finding in assessment.decisions[0].findings:
    assert_type(finding, cec.Finding)
    assert_type(finding.code, cec.FindingCode)

figures = cec.figures(submission, rulebook=book)
assert_type(figures, cec.Figures)
assert_type(figures.credited, cec.Credits)
assert_type(figures.renewable, bool)
assert_type(assessment.holder, str | None)
assert_type(assessment.decisions[0].documents, frozenset[cec.DocumentKind])

screening = cec.screen(activity, renewal_year=2014)
assert_type(screening, cec.Screening)
assert_type(cec.explain(assessment), str)
assert_type(cec.explain(screening), str)
assert_type(cec.explain_clause("network.half"), str)
assert_type(cec.explain_rulebook(book), str)
assert_type(cec.to_html(assessment), str)

comparison = cec.compare(book, cec.edition("naaei-2022"))
assert_type(comparison, cec.Comparison)
assert_type(comparison.differences, tuple[cec.Difference, ...])
assert_type(cec.explain_comparison(comparison), str)
mixed = cec.mixtures(book, cec.edition("naaei-2022"))
assert_type(mixed, tuple[cec.Mixture, ...])
assert_type(mixed[0].rulebook, cec.Rulebook | None)

assert_type(cec.loads(cec.dumps(submission)), cec.Submission)
assert_type(cec.from_dict(cec.to_dict(submission)), cec.Submission)
assert_type(cec.loads(cec.dumps(assessment), cec.Assessment), cec.Assessment)
schema = cec.schema("assessment")

window = cec.renewal_window(2014, book)
minutes = cec.claimed_minutes(submission.activities, book)
assert_type(minutes, list[int])
assert_type(cec.required_credits(["CAM"], book), cec.Credits)
requirement = cec.requirement_of(submission.designations, book)
assert_type(requirement, cec.Requirement)
assert_type(requirement.total, cec.Credits)
assert_type(requirement.set_by, tuple[cec.Designation, ...])
assert_type(cec.outside_window(submission.activities, window, book), list[tuple[int, cec.Finding]])
assert_type(cec.not_accepted(submission.activities, book), list[tuple[int, cec.Finding]])
assert_type(cec.undocumented(submission.activities, book), list[tuple[int, cec.Finding]])
assert_type(cec.duplicates(submission.activities, range(2), book), list[tuple[int, cec.Finding]])
assert_type(cec.over_caps(submission.activities, minutes, range(2), book), list[tuple[int, cec.Finding]])
assert_type(cec.over_half(submission.activities, minutes, range(2), 180, book), list[tuple[int, cec.Finding]])
assert_type(cec.compliance_minutes(submission.activities, minutes), int)

assert_type(book.governs, cec.Governs)
assert_type(book.credit, cec.CreditUnit)
assert_type(book.window, cec.WindowRule)
assert_type(book.window.kind, cec.WindowKind)
assert_type(book.total, cec.TotalRule)
assert_type(book.in_network, cec.InNetworkRule)
assert_type(book.compliance, cec.ComplianceRule | None)
assert_type(book.sources, tuple[cec.Source, ...])
assert_type(book.sources[0].publisher, cec.Publisher)
assert_type(book.designations, tuple[cec.DesignationRule, ...])
assert_type(book.rule_of(cec.Designation.CAM), cec.DesignationRule)
assert_type(book.kinds, tuple[cec.KindRule, ...])
assert_type(book.kinds[0].once_per, tuple[cec.SameField, ...])
assert_type(book.evidence, tuple[cec.Evidence, ...])
assert_type(book.aliases, tuple[cec.Alias, ...])
assert_type(book.caps, tuple[cec.CapGroup, ...])

condition: cec.Condition = cec.Condition.UNCOMPENSATED
version: str = cec.__version__
try:
    cec.load_rulebook("no-such-file.toml")
except (cec.InvalidValue, cec.InvalidDocument, cec.UnknownName, cec.NotStated) as error:
    assert_type(error.problems, tuple[cec.CecRulesError, ...])
    assert_type(error.code, cec.ErrorCode)
    assert_type(error.path, tuple[str | int, ...])
    assert_type(error.hint, str)

outlook = cec.outlook(submission, date(2013, 12, 1), book, hours_a_day=2)
assert_type(outlook, cec.Outlook)
assert_type(outlook.state, cec.OutlookState)
assert_type(outlook.limit, cec.OutlookLimit | None)
assert_type(outlook.short_with_paper, cec.Shortfall)
assert_type(outlook.needs, tuple[cec.Need, ...])
assert_type([need.statement for need in outlook.needs], list[cec.Statement | None])
assert_type(outlook.last_start, date | None)
assert_type(outlook.terms, tuple[cec.Outlook, ...])
worth = cec.worth(submission, minutes=90)
assert_type(worth, cec.Worth)
assert_type(worth.gains, tuple[cec.Gain, ...])
assert_type(worth.gains[0].why, tuple[cec.Finding, ...])
assert_type(cec.explain(assessment, outlook=outlook, worth=worth), str)
assert_type(cec.to_html(assessment, outlook=outlook, worth=[worth]), str)
years = cec.years([activity], ["CAM"], range(2014, 2016), term_starts={2025: {"CAM": "2024-01-31"}})
assert_type(years, tuple[cec.Year, ...])
assert_type(years[0].assessment, cec.Assessment | None)
assert_type(cec.loads(cec.dumps(outlook), cec.Outlook), cec.Outlook)
receipt = cec.receipt(submission, book)
assert_type(receipt, cec.Receipt)
assert_type(receipt.assessment, str)
replayed = cec.replay(receipt, submission)
assert_type(replayed, cec.Replay)
assert_type(replayed.changes, tuple[cec.Change, ...])
assert_type([change.sort for change in replayed.changes], list[cec.ChangeSort])
assert_type(cec.loads(cec.dumps(receipt), cec.Receipt), cec.Receipt)
certificate = cec.certify(submission, book)
assert_type(certificate, cec.Certificate)
assert_type(certificate.terms, tuple[cec.CertifiedTerm, ...])
assert_type(certificate.terms[0].activities, tuple[cec.CertifiedUse, ...])
assert_type(certificate.terms[0].binding, tuple[cec.CertifiedLimit, ...])
assert_type(certificate.terms[0].credited, cec.Measures)
assert_type(assessment.binding, tuple[cec.Limit, ...])
assert_type([limit.rule for limit in assessment.binding], list[cec.LimitRule])
readings = cec.readings(submission, book)
assert_type(readings, cec.Readings)
assert_type(readings.turns, tuple[cec.Turn, ...])
assert_type(readings.undecided, tuple[cec.OpenReading, ...])
assert_type([reading.id for turn in readings.turns for reading in turn.readings], list[str])
assert_type(cec.explain(assessment, readings=readings), str)
assert_type(book.alternatives, tuple[tuple[cec.Clause, cec.Alternative], ...])
assert_type([alternative.change for _, alternative in book.alternatives], list[cec.Settings])
assert_type([turn.readings for turn in readings.turns], list[tuple[cec.Reading, ...]])
assert_type(book.in_network.of, cec.ShareOf)
offering = cec.Offering(title="Ethics", kind="association_course", price=4900, day="2013-12-01", hours=2)
assert_type(offering.day, date | None)


def cheapest() -> cec.Plan:
    """Needs the extra `plan`, and is not run."""
    plan = cec.plan(submission, [offering], book, as_of="2013-12-01")
    assert_type(plan.price, int)
    assert_type(plan.chosen, tuple[cec.PlannedOffering, ...])
    return plan
