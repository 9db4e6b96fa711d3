"""A receipt can be kept for years, and says what differs when the question is decided again."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, submission
from cecrules import testing
from cecrules.presentation.keeping_sentences import replay_lines
from keeping.kept import MADE, resealed


def decided_by(**changes: Any) -> cec.Replay:
    """What a replay finds after something in the rulebook has changed."""
    return cec.replay(cec.receipt(MADE), MADE, cec.NAAEI_2014.evolve(**changes))


def sorts(found: cec.Replay) -> list[tuple[str, str]]:
    return [(change.path, change.sort.value) for change in found.changes]


class TestReceipt:
    """What a receipt holds."""

    def test_it_holds_the_assessment_with_amounts_in_minutes_alone(self) -> None:
        form = cec.receipt(MADE).form()
        assessment = cec.to_dict(cec.evaluate(MADE))
        assert form["credited_minutes"] == assessment["credited_minutes"]
        assert "credited" not in form
        assert [each["code"] for each in form["decisions"][2]["findings"]] == ["earned_before_window", "undocumented"]

    def test_its_fingerprints_are_those_of_canonical_forms(self) -> None:
        made = cec.receipt(MADE)
        assert made.assessment_sha256 == hashlib.sha256(made.assessment.encode()).hexdigest()
        plain = cec.to_dict(submission(activity(hours=2)))
        plain["activities"][0]["minutes"] = 60 * plain["activities"][0].pop("hours")
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        found = cec.receipt(submission(activity(minutes=120))).submission_sha256
        assert found == hashlib.sha256(text.encode()).hexdigest()

    def test_it_is_written_as_canonical_text_and_reads_back(self) -> None:
        made = cec.receipt(MADE)
        text = cec.dumps(made)
        assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text
        assert cec.loads(text, cec.Receipt) == cec.loads(cec.dumps(made, indent=1), cec.Receipt) == made
        assert pickle.loads(pickle.dumps(made)) == made

    def test_it_holds_no_number_with_a_fraction(self) -> None:
        made = cec.receipt(MADE, cec.NAAEI_2014.evolve(credit={"minutes": 50}, compliance={"credits": "0.5"}))
        assert made.form()["minutes_a_credit"] == 50
        json.loads(cec.dumps(made), parse_float=pytest.fail)

    @pytest.mark.parametrize("seed", ["0", "1", "4242"])
    def test_so_it_is_for_every_hash_seed(self, seed: str) -> None:
        script = "import sys, cecrules as cec; sys.stdout.buffer.write(cec.dumps(cec.receipt(cec.loads(sys.stdin.buffer.read()))).encode())"
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=cec.dumps(MADE).encode(),
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout == cec.dumps(cec.receipt(MADE)).encode()

    @pytest.mark.parametrize(
        ("changes", "paths"),
        [
            ({"version": "9"}, ["version"]),
            ({"assessment_sha256": "0" * 64}, ["assessment_sha256"]),
            ({"assessment_rules_sha256": None}, ["assessment_rules_sha256"]),
            ({"submission_sha256": "0" * 63, "rulebook_sha256": "F" * 64}, ["submission_sha256", "rulebook_sha256"]),
            ({"rulebook_rules_sha256": 7}, ["rulebook_rules_sha256"]),
            ({"assessment": "{"}, ["assessment"]),
            ({"assessment": "[]"}, ["assessment"]),
            ({"assessment": '{"a":1.5}'}, ["assessment.a"]),
        ],
    )
    def test_a_receipt_that_was_changed_is_refused_by_path(self, changes: dict[str, Any], paths: list[str]) -> None:
        with pytest.raises(cec.CecRulesError) as caught:
            attrs.evolve(cec.receipt(MADE), **changes)
        assert [problem.where for problem in caught.value.problems] == paths

    @pytest.mark.parametrize(
        ("place", "kept", "twice"),
        [
            ("assessment.renewable", '"renewable":false', '"renewable":true,"renewable":false'),
            ("assessment.shortfall.total_minutes", '"total_minutes":', '"total_minutes":0,"total_minutes":'),
        ],
    )
    def test_a_key_given_twice_in_the_assessment_is_refused(self, place: str, kept: str, twice: str) -> None:
        text = cec.dumps(cec.receipt(submission()))
        assert text.count(kept) == 1
        with pytest.raises(cec.InvalidValue) as caught:
            cec.loads(text.replace(kept, twice), cec.Receipt)
        assert (caught.value.where, caught.value.code) == (place, "repeated_key")

    def test_another_text_of_the_same_assessment_is_refused(self) -> None:
        made = cec.receipt(MADE)
        with pytest.raises(cec.InvalidValue, match="assessment: must be canonical JSON"):
            attrs.evolve(made, assessment=f" {made.assessment}")

    def test_a_minute_more_in_its_json_is_refused(self) -> None:
        form = cec.to_dict(cec.receipt(MADE))
        form["assessment"]["credited_minutes"] += 1
        with pytest.raises(cec.InvalidDocument, match="assessment_sha256: must be .* the receipt has been changed"):
            cec.from_dict(form, cec.Receipt)

    def test_another_format_is_refused(self) -> None:
        form = cec.to_dict(cec.receipt(MADE)) | {"format": "cecrules.receipt/2"}
        with pytest.raises(cec.InvalidValue, match="format: must be 'cecrules.receipt/1'"):
            cec.from_dict(form, cec.Receipt)

    def test_a_number_beyond_json_is_refused_by_path(self) -> None:
        huge = cec.NAAEI_2014.evolve(designations={"NALP": {"credits": 10**17}})
        with pytest.raises(cec.InvalidValue) as caught:
            cec.receipt(MADE, huge)
        assert caught.value.path == ("rulebook", "designations", "NALP", "credits")

    def test_it_fits_its_schema(self) -> None:
        check = jsonschema.Draft202012Validator(cec.schema("receipt"))
        form = cec.to_dict(cec.receipt(MADE))
        check.validate(form)
        assert not check.is_valid(form | {"assessment": cec.to_dict(cec.evaluate(MADE))})
        assert not check.is_valid(form | {"submission_sha256": "0"})


class TestReplay:
    """What a replay says."""

    def test_the_same_question_has_the_same_answer(self) -> None:
        found = cec.replay(cec.receipt(MADE), MADE)
        assert found == cec.Replay(rulebook="naaei-2014", renewable=False)
        assert (found.same, found.confirmed) == (True, True)
        assert replay_lines(found) == ["confirmed: naaei-2014 decides the same today, word for word"]

    def test_another_submission_is_named(self) -> None:
        other = attrs.evolve(MADE, activities=MADE.activities[1:])
        found = cec.replay(cec.receipt(MADE), other)
        assert ("submission_sha256", "submission") in sorts(found)
        assert ("assessment.decisions[5].kind", "decision") not in sorts(found)
        assert ("assessment.decisions[5]", "decision") in sorts(found)
        assert (found.same, found.confirmed) == (False, False)
        assert replay_lines(found)[0] == "not confirmed: the submission is not the one that the receipt is for"

    def test_a_word_of_a_clause_is_wording(self) -> None:
        found = decided_by(clauses={"network.half": {"says": "Half."}})
        assert sorts(found) == [("rulebook_sha256", "wording")]
        assert (found.same, found.confirmed) == (False, True)
        assert replay_lines(found)[0] == "confirmed: naaei-2014 decides the same today, in other words"

    def test_another_title_is_wording_where_it_stands(self) -> None:
        assert sorts(decided_by(title="Rules")) == [
            ("rulebook_sha256", "wording"),
            ("assessment.edition", "wording"),
        ]

    def test_a_rule_that_decides_nothing_here_is_a_rule_still(self) -> None:
        found = decided_by(designations={"NALP": {"credits": 4}})
        assert sorts(found) == [("rulebook_rules_sha256", "rules")]
        assert replay_lines(found)[0] == "not confirmed: the rulebook decides by other rules"

    def test_a_rule_that_decides_is_told_with_all_it_changes(self) -> None:
        found = decided_by(compliance={"credits": 2})
        assert sorts(found) == [
            ("rulebook_rules_sha256", "rules"),
            ("assessment.checks[2].message", "wording"),
            ("assessment.checks[2].required_minutes", "decision"),
            ("assessment.shortfall.compliance_minutes", "decision"),
        ]
        assert found.changes[2] == cec.Change(
            path="assessment.checks[2].required_minutes", sort=cec.ChangeSort.DECISION, kept="60", now="120"
        )

    def test_a_note_of_an_undated_edition_is_wording(self) -> None:
        pace = cec.edition("naaei-pace")
        made = submission(activity(), year=2025, term_starts={"CAM": "2024-11-30"})
        found = cec.replay(cec.receipt(made, pace), made, pace.evolve(governs={"note": "another note"}))
        assert {sort for _, sort in sorts(found)} == {"wording"}
        assert ("assessment.terms[0].notices[0].subject", "wording") in sorts(found)

    def test_other_words_of_another_version_are_wording(self) -> None:
        form = cec.to_dict(cec.receipt(MADE))
        form["version"] = form["assessment"]["version"] = "0.0.9"
        form["assessment"]["checks"][0]["message"] = "in the words of that time"
        kept = resealed(form)
        found = cec.replay(kept, MADE)
        assert sorts(found) == [("version", "wording"), ("assessment.checks[0].message", "wording")]
        assert found.confirmed

    def test_the_same_rules_that_decide_otherwise_are_told_from_others(self) -> None:
        form = cec.to_dict(cec.receipt(MADE))
        form["assessment"]["renewable"] = True
        del form["assessment"]["holder"]
        found = cec.replay(resealed(form), MADE)
        assert sorts(found) == [("assessment.holder", "decision"), ("assessment.renewable", "decision")]
        assert (found.changes[0].kept, found.changes[1].kept, found.changes[1].now) == ("", "true", "false")
        assert replay_lines(found) == [
            "not confirmed: the same submission is decided otherwise by the same rules",
            '  assessment.holder (decision): nothing in the receipt, "a CAM holder" today',
            "  assessment.renewable (decision): true in the receipt, false today",
        ]

    def test_the_edition_that_the_receipt_names_decides_unless_another_is_given(self) -> None:
        made = cec.receipt(MADE, cec.edition("naaei-2022"))
        assert cec.replay(made, MADE).same
        assert cec.replay(made, MADE, cec.NAAEI_2014).rulebook == "naaei-2014"

    def test_a_rulebook_that_is_not_published_has_to_be_given(self) -> None:
        own = cec.NAAEI_2014.evolve(id="own")
        made = cec.receipt(MADE, own)
        with pytest.raises(cec.UnknownName, match="rulebook: must be given, because the receipt names 'own'"):
            cec.replay(made, MADE)
        assert cec.replay(made, MADE, own).same

    def test_a_receipt_without_a_rulebook_names_none(self) -> None:
        form = cec.to_dict(cec.receipt(MADE))
        del form["assessment"]["rulebook"]
        with pytest.raises(cec.UnknownName, match="the receipt names None"):
            cec.replay(resealed(form), MADE)

    def test_anything_but_a_receipt_is_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match="receipt: must be a Receipt, got "):
            cec.replay(MADE, MADE)  # type: ignore[arg-type]

    def test_it_reads_back_and_fits_its_schema(self) -> None:
        found = decided_by(compliance={"credits": 2})
        form = cec.to_dict(found)
        assert (form["format"], form["same"], form["confirmed"]) == ("cecrules.replay/1", False, False)
        assert form["message"] == "not confirmed: the rulebook decides by other rules"
        jsonschema.Draft202012Validator(cec.schema("replay")).validate(form)
        assert cec.loads(cec.dumps(found), cec.Replay) == found

    @settings(max_examples=60)
    @given(data=st.data())
    def test_every_receipt_is_confirmed_after_it_was_written_and_read(self, data: st.DataObject) -> None:
        book = data.draw(testing.rulebooks(), "rulebook")
        made = data.draw(testing.submissions(book), "submission")
        kept = cec.loads(cec.dumps(cec.receipt(made, book)), cec.Receipt)
        assert cec.replay(kept, cec.loads(cec.dumps(made)), cec.loads(cec.dumps(book), cec.Rulebook)).same
        jsonschema.Draft202012Validator(cec.schema("receipt")).validate(cec.to_dict(kept))
