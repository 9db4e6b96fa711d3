"""A certificate proves its answer to a program that shares no code, which refuses every other one."""

from __future__ import annotations

import ast
import copy
import functools
import json
import pickle
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, submission
from cecrules import testing
from cecrules.keeping.certificates import VERIFIER
from cecrules.keeping.verifier import check
from keeping.changed import CHANGES

# The sources of the contact hours name no window, so that one is given.
CONTACT_HOURS = cec.edition("naaei-contact-hours").evolve(window={"kind": "calendar_year", "years_before": 1})
BOOKS = {name: cec.edition(name) for name in cec.editions()} | {CONTACT_HOURS.id: CONTACT_HOURS}
APART = cec.edition("naaei-pace").read_as("one-credential-each")
REPORTED = cec.NAAEI_2014.read_as("half-of-reported")

Forms = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


@functools.cache
def rules_of(book: cec.Rulebook) -> str:
    """A rulebook as JSON text, without the sentences that no verifier reads, which are most of it."""
    return json.dumps(json.loads(cec.dumps(book)) | {"clauses": {}, "sources": {}})


def forms(made: cec.Submission, book: cec.Rulebook) -> Forms:
    """A certificate, its submission and its rulebook, as they are in JSON."""
    return json.loads(cec.dumps(cec.certify(made, book))), json.loads(cec.dumps(made)), json.loads(rules_of(book))


MADE = submission(
    compliance(hours=1, earned_on="2013-12-31"),
    activity("association_instruction", hours=4),
    activity("association_instruction", hours=2, addresses_compliance=True),
    activity("association_service", title="Board"),
    activity("association_service", title=" board", addresses_compliance=True),
    activity("college_course", hours=5),
    activity(documents=(), earned_on="2014-01-01"),
    activity("in_house_training"),
)


class TestCertificate:
    """What a certificate states."""

    def test_it_states_what_was_decided(self) -> None:
        made = cec.certify(MADE)
        assessment = cec.evaluate(MADE)
        (term,) = made.terms
        assert (made.rulebook, made.renewable, made.designations) == ("naaei-2014", True, assessment.designations)
        assert (term.window, term.renewable) == (assessment.window, True)
        assert term.required == cec.Measures(total_minutes=360, in_network_minutes=180, compliance_minutes=60)
        assert term.credited == cec.Measures(total_minutes=480, in_network_minutes=300, compliance_minutes=240)
        assert [use.credited_minutes for use in term.activities] == [60, 60, 120, 0, 60, 180, 0, 0]
        assert [use.duplicate_of for use in term.activities] == [None, None, None, 4, None, None, None, None]
        assert [[code.value for code in use.refused] for use in term.activities[3:]] == [
            ["same_body_again"],
            [],
            [],
            ["earned_after_window", "undocumented"],
            ["kind_not_accepted"],
        ]
        assert term.binding == (
            cec.CertifiedLimit(limit="caps.association_instruction", minutes=180),
            cec.CertifiedLimit(limit="out_of_network", minutes=180),
        )

    def test_it_is_written_as_canonical_text_fits_its_schema_and_reads_back(self) -> None:
        made = cec.certify(MADE)
        text = cec.dumps(made)
        assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text
        assert json.loads(text)["format"] == "cecrules.certificate/1"
        jsonschema.Draft202012Validator(cec.schema("certificate")).validate(json.loads(text))
        assert cec.loads(text, cec.Certificate) == made
        assert pickle.loads(pickle.dumps(made)) == made

    @pytest.mark.parametrize(
        ("book", "words"), [(APART, "window.shared = false"), (REPORTED, "in_network.of = reported")]
    )
    def test_what_no_limit_proves_is_refused_by_name(self, book: cec.Rulebook, words: str) -> None:
        with pytest.raises(
            cec.InvalidValue, match=rf"rulebook: must not have {words}, got {book.id}".replace("+", r"\+")
        ):
            cec.certify(MADE, book)

    def test_terms_have_a_proof_each(self) -> None:
        made = submission(
            activity(), held=["CAM", "CALP"], year=2025, term_starts={"CAM": "2024-11-30", "CALP": "2025-01-31"}
        )
        proved = cec.certify(made, cec.edition("naaei-pace"))
        assert [(*term.designations, str(term.window.last)) for term in proved.terms] == [
            ("CAM", "2026-02-28"),
            ("CALP", "2026-04-30"),
        ]

    def test_where_no_credits_are_required_every_day_counts(self) -> None:
        made = submission(activity(), held=["CAMT"], year=2025)
        certificate, reported, rules = forms(made, cec.edition("naaei-pace"))
        assert certificate["terms"][0]["window"] == {"first": "0001-01-01", "last": "9999-12-31"}
        check(certificate, reported, rules)


class TestVerifier:
    """The program that checks certificates."""

    def test_it_is_short_and_imports_the_standard_library_alone(self) -> None:
        text = VERIFIER.read_text("utf-8")
        assert len(text.splitlines()) < 150
        names = [
            name.partition(".")[0]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or "."] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            )
        ]
        assert set(names) <= sys.stdlib_module_names

    def run(self, folder: Path, made: Forms) -> subprocess.CompletedProcess[str]:
        names = ("certificate.json", "submission.json", "rulebook.json")
        for name, form in zip(names, made, strict=True):
            (folder / name).write_text(json.dumps(form), "utf-8")
        command = [sys.executable, "-I", str(VERIFIER), *names]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)

    def test_it_runs_as_a_file(self, tmp_path: Path) -> None:
        made = forms(MADE, cec.NAAEI_2014)
        done = self.run(tmp_path, made)
        assert (done.returncode, done.stdout, done.stderr) == (0, "accepted\n", "")
        made[0]["renewable"] = False
        done = self.run(tmp_path, made)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", "refused: renewable: must be true, got false\n")

    def test_what_it_cannot_read_it_refuses(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("{", "utf-8")
        (tmp_path / "deep").write_text("[" * 100_000, "utf-8")
        for names in ([], ["x"], ["x", "x", "x"], ["deep", "deep", "deep"], ["x", "y", "z"], ["y", "x", "x"]):
            command = [sys.executable, "-I", str(VERIFIER), *names]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)
            assert done.returncode == 1
            assert done.stderr.startswith("refused: ")

    @pytest.mark.parametrize("book", [APART, REPORTED], ids=["terms that do not share", "a share of those reported"])
    def test_it_refuses_by_name_what_no_limit_proves(self, book: cec.Rulebook) -> None:
        certificate, reported, _ = forms(MADE, cec.NAAEI_2014)
        with pytest.raises(ValueError, match=r"terms that do not share|a share of the credits reported"):
            check(certificate, reported, json.loads(cec.dumps(book)))

    @pytest.mark.parametrize(
        "kinds",
        [
            {"x": ["conference_session", "association_course"], "y": ["association_course", "association_instruction"]},
            {"x": ["association_course", "college_course"]},
        ],
        ids=["a kind with two caps", "a cap on two sides"],
    )
    def test_it_refuses_limits_that_overlap(self, kinds: dict[str, list[str]]) -> None:
        certificate, reported, rules = forms(MADE, cec.NAAEI_2014)
        rules["caps"] = {name: {"credits": 2, "kinds": each, "clause": "c"} for name, each in kinds.items()}
        with pytest.raises(ValueError, match="limits overlap"):
            check(certificate, reported, rules)

    def test_it_reads_whole_numbers_with_a_decimal_point_as_the_library_does(self) -> None:
        made = cec.dumps(submission(activity(minutes=100)))
        written = json.loads(made.replace("2014", "2014.0").replace("100", "100.0"))
        certificate, _, rules = forms(cec.from_dict(written), cec.NAAEI_2014)
        check(certificate, written, rules)

    @pytest.mark.parametrize("hours", ["1e400000000", "9" * 5000, "-1", "nan", "1_0"])
    def test_it_refuses_at_once_what_is_no_plain_number(self, hours: str) -> None:
        certificate, reported, rules = forms(MADE, cec.NAAEI_2014)
        reported["activities"][0]["hours"] = hours
        with pytest.raises(ValueError, match="must be a number, got"):
            check(certificate, reported, rules)

    def test_it_refuses_a_kind_that_the_rulebook_does_not_describe(self) -> None:
        certificate, reported, rules = forms(submission(activity(), held=["CAPS"]), CONTACT_HOURS)
        reported["activities"][0]["kind"] = "unlisted"
        with pytest.raises(ValueError, match="the rulebook does not say how unlisted counts"):
            check(certificate, reported, rules)

    def test_it_refuses_a_rulebook_without_days(self) -> None:
        certificate, reported, rules = forms(submission(activity(), held=["CAPS"]), CONTACT_HOURS)
        rules["window"]["kind"] = "unknown"
        with pytest.raises(ValueError, match="the rulebook does not say which days count"):
            check(certificate, reported, rules)

    def test_a_duplicate_that_is_credited_beside_the_other_is_refused(self) -> None:
        certificate, reported, rules = forms(MADE, cec.NAAEI_2014)
        (term,) = certificate["terms"]
        term["activities"][3] |= {"credited_minutes": 60, "refused": [], "duplicate_of": None}
        with pytest.raises(ValueError, match="a duplicate is credited"):
            check(certificate, reported, rules)

    def test_keeping_the_duplicate_that_is_not_on_compliance_is_refused(self) -> None:
        certificate, reported, rules = forms(MADE, cec.NAAEI_2014)
        uses = certificate["terms"][0]["activities"]
        uses[3], uses[4] = uses[4], uses[3] | {"duplicate_of": 3}
        with pytest.raises(ValueError, match="activity 3: is not the one to keep"):
            check(certificate, reported, rules)

    @pytest.mark.parametrize("of", [("activity", 5), ("limit", 1)])
    def test_a_limit_exceeded_is_refused(self, of: tuple[str, int]) -> None:
        certificate, reported, rules = forms(MADE, cec.NAAEI_2014)
        certificate["terms"][0]["activities"][of[1]]["credited_minutes"] += 1
        with pytest.raises(ValueError, match="a limit is exceeded"):
            check(certificate, reported, rules)

    def test_months_end_where_the_calendar_does(self) -> None:
        book = cec.NAAEI_2014.evolve(id="months", window={"kind": "months_before", "years_before": None, "months": 6})
        made = submission(activity(earned_on="2013-09-30"), renewal_date="2014-03-31")
        certificate, *others = forms(made, book)
        assert certificate["terms"][0]["window"] == {"first": "2013-09-30", "last": "2014-03-31"}
        check(certificate, *others)

    def test_a_kind_with_its_own_minutes_a_credit_is_checked(self) -> None:
        book = CONTACT_HOURS.evolve(kinds={"association_instruction": {"credit_minutes": 60}})
        certificate, *others = forms(submission(activity("association_instruction", minutes=61), held=["CAPS"]), book)
        assert certificate["terms"][0]["activities"][0]["claimed_minutes"] == 50
        check(certificate, *others)


def accepts(data: st.DataObject, book: cec.Rulebook) -> Forms:
    made = forms(data.draw(testing.submissions(book), "submission"), book)
    check(*copy.deepcopy(made))
    return made


def refuses(made: Forms, rng: random.Random) -> str:
    """Breaks one fact, and holds the verifier to it; returns what was changed."""
    for name in rng.sample([*CHANGES], len(CHANGES)):
        changed = copy.deepcopy(made)
        if CHANGES[name](rng, *changed):
            try:
                check(*changed)
            except ValueError:
                return name
            raise AssertionError(f"{name}: accepted {changed} of {made}")
    raise AssertionError("nothing to change")


def few(data: st.DataObject, name: str, seen: Counter[str]) -> None:
    made = accepts(data, BOOKS[name])
    seen[refuses(made, random.Random(data.draw(st.integers(0, 2**32), "seed")))] += 1


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=60)
@given(data=st.data())
def test_it_accepts_what_is_so_and_refuses_what_is_not(name: str, data: st.DataObject) -> None:
    few(data, name, Counter())


@settings(max_examples=60)
@given(data=st.data())
def test_it_accepts_certificates_by_random_rulebooks(data: st.DataObject) -> None:
    accepts(data, data.draw(testing.rulebooks().filter(lambda book: book.window.shared), "rulebook"))


@pytest.mark.long
@pytest.mark.parametrize("name", BOOKS)
def test_ten_thousand_are_accepted_and_ten_thousand_changed_ones_are_refused(name: str) -> None:
    """Two thousand of each edition, and every change of the list among them."""
    seen: Counter[str] = Counter()

    @settings(max_examples=2000, database=None, suppress_health_check=[*HealthCheck])
    @given(data=st.data())
    def many(data: st.DataObject) -> None:
        few(data, name, seen)

    many()
    assert sum(seen.values()) >= 2000
    assert len(seen) >= len(CHANGES) - 6, sorted(set(CHANGES) - set(seen))


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_of_the_list_is_refused_somewhere(name: str) -> None:
    books = [(MADE, cec.NAAEI_2014)]
    books.append(
        (submission(activity("grace_hill_course", bought_through_association=True), compliance()), cec.NAAEI_2014)
    )
    for made, book in books:
        for seed in range(20):
            changed = copy.deepcopy(forms(made, book))
            if CHANGES[name](random.Random(seed), *changed):
                with pytest.raises(ValueError, match=r"\w"):
                    check(*changed)
                return
    pytest.fail(f"{name} was never tried")
