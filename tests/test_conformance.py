"""The conformance kit is fresh, covers every clause, code and edition, and finds an implementation that is wrong."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import cecrules as cec
from cecrules import conformance
from conformance.others import worked
from write_kit import PARTS, answer_of, expected_of, files

BOOKS = {name: cec.from_dict(form, cec.Rulebook) for name, form in conformance.rulebooks().items()}
EDITION = {entry["id"]: entry["edition"] for entry in conformance.manifest()["rulebooks"]}
CASES = list(conformance.cases())


def answers(expected: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer, and the answers for its terms."""
    yield expected
    yield from expected.get("terms", [])


def codes(part: str) -> set[str]:
    """The codes of the findings or the notices of all cases."""
    of = {
        "findings": lambda told: [each for decision in told.get("decisions", []) for each in decision["findings"]],
        "notices": lambda told: told.get("notices", []),
        "errors": lambda told: told.get("errors", []),
    }[part]
    return {each["code"] for case in CASES for told in answers(case["expected"]) for each in of(told)}


def decide(submission: dict[str, Any], rulebook: str) -> dict[str, Any]:
    return answer_of(submission, BOOKS[rulebook])


class TestKit:
    def test_its_files_are_what_the_command_writes(self) -> None:
        made = dict(files())
        there = {file.relative_to(conformance.folder()).as_posix() for file in conformance.folder().rglob("*.json")}
        assert there == made.keys(), "run: python tests/write_kit.py"
        for name, text in made.items():
            assert (conformance.folder() / name).read_text("utf-8") == text, f"{name}: python tests/write_kit.py"

    def test_its_rulebooks_are_the_editions_and_others(self) -> None:
        assert {name: book for name, book in BOOKS.items() if name in cec.editions()} == {
            name: cec.edition(name) for name in cec.editions()
        }
        assert set(EDITION.values()) == set(cec.editions())
        assert {case["rulebook"] for case in CASES} == BOOKS.keys()

    def test_each_case_has_its_own_name(self) -> None:
        names = [(case["rulebook"], case["name"]) for case in CASES]
        assert len(set(names)) == len(names)

    def test_every_worked_case_is_in_it(self) -> None:
        names = {(case["rulebook"], case["name"]) for case in CASES}
        hand = {(name, case.name) for name, book in BOOKS.items() for case in worked(book)}
        assert len(hand) > 25
        assert hand <= names

    @pytest.mark.parametrize("name", cec.editions())
    def test_every_clause_that_is_decided_has_a_case(self, name: str) -> None:
        covered = {clause for case in CASES if EDITION[case["rulebook"]] == name for clause in case["clauses"]}
        decided = {each.id for each in cec.edition(name).clauses if not each.undecided and not each.restates}
        assert decided == covered

    def test_every_code_has_a_case(self) -> None:
        assert codes("findings") == set(cec.FindingCode)
        assert codes("notices") == set(cec.NoticeCode)
        # A repeated key is a fault of a text, and the other two are of files; every submission of the kit is JSON.
        of_files = {cec.ErrorCode.REPEATED_KEY, cec.ErrorCode.UNREADABLE, cec.ErrorCode.UNAVAILABLE}
        assert codes("errors") == set(cec.ErrorCode) - of_files

    def test_every_designation_kind_and_document_has_a_case(self) -> None:
        good = [case["submission"] for case in CASES if case["part"] != "errors"]
        activities = [activity for each in good for activity in each["activities"]]
        assert {held for each in good for held in each["designations"]} == set(cec.Designation)
        assert {activity["kind"] for activity in activities} == set(cec.ActivityKind)
        documents = {document for activity in activities for document in activity.get("documents", [])}
        assert documents == set(cec.DocumentKind)

    def test_a_case_is_refused_only_in_the_part_for_errors(self) -> None:
        assert [case["name"] for case in CASES if ("errors" in case["expected"]) != (case["part"] == "errors")] == []
        assert {case["part"] for case in CASES} == PARTS.keys()

    def test_the_other_readings_that_decide_in_their_own_way_have_a_part(self) -> None:
        used = {case["rulebook"] for case in CASES if case["part"] == "other-readings"}
        assert used == {"half-of-reported", "instruction-by-sixty"}
        assert BOOKS["half-of-reported"].in_network.of is cec.ShareOf.REPORTED
        assert any(rule.credit_minutes for rule in BOOKS["instruction-by-sixty"].kinds)

    @pytest.mark.parametrize("name", [name for name in BOOKS if name.startswith("naaei-2") or name == "naaei-pace"])
    def test_each_minute_at_a_boundary_decides(self, name: str) -> None:
        verdict = {case["name"]: case["expected"].get("renewable") for case in CASES if case["rulebook"] == name}
        for rule in BOOKS[name].designations:
            held = str(rule.designation)
            if rule.credits:
                assert verdict[f"{held} with exactly the credits required in all"] is True
                assert verdict[f"{held} a minute short in all"] is False
                assert verdict[f"{held} a minute short in network, with one more outside"] is False
                assert verdict.get(f"{held} a minute short on compliance", False) is False


class TestCheck:
    def test_the_library_itself_misses_nothing(self) -> None:
        assert conformance.check(decide) == ()

    @pytest.mark.parametrize(
        ("change", "case"),
        [
            ({"caps": {"association_service": {"credits": "181/60"}}}, "association_service one entry over the cap"),
            ({"in_network": {"share": "181/360"}}, "CAM with exactly the credits required in all"),
            ({"compliance": None}, "CAM a minute short on compliance"),
            ({"window": {"years_before": 2}}, "earned on the first day of the window"),
        ],
        ids=["a cap a minute higher", "a strict half", "no compliance credit", "another year"],
    )
    def test_a_wrong_implementation_misses_the_case_of_what_is_wrong(self, change: dict[str, Any], case: str) -> None:
        wrong = BOOKS | {"naaei-2014": cec.NAAEI_2014.evolve(**change)}
        missed = conformance.check(lambda form, rulebook: answer_of(form, wrong[rulebook]), leave_out=["errors"])
        assert any(miss.case.startswith(case) for miss in missed)

    def test_a_part_is_left_out_only_by_its_name(self) -> None:
        missed = conformance.check(lambda form, rulebook: expected_of(decide(form, rulebook)), leave_out=["errors"])
        assert missed == ()
        left = {case["part"] for case in conformance.cases(leave_out=["errors"])}
        assert left == {"decisions", "one-term-each", "other-readings"}
        with pytest.raises(
            ValueError,
            match="the kit has no part 'error'; its parts are decisions, one-term-each, other-readings, errors",
        ):
            conformance.check(decide, leave_out=["error"])

    @pytest.mark.parametrize(
        ("expected", "found", "places"),
        [
            ({"a": 1}, {"a": 1, "b": 2}, []),
            ({"a": 1}, {}, [("a",)]),
            ({"a": True}, {"a": 1}, [("a",)]),
            ({"a": [1, 2]}, {"a": [1]}, [("a",)]),
            ({"a": [{"b": 1}, {"b": 2}]}, {"a": ({"b": 1}, {"b": 3})}, [("a", 1, "b")]),
            ({"errors": [{"path": ["b"]}, {"path": ["a"]}]}, {"errors": [{"path": ["a"]}, {"path": ["b"]}]}, []),
            ({"findings": [1, 2]}, {"findings": [2, 1]}, [("findings", 0), ("findings", 1)]),
            ({"a": {"b": 1}}, {"a": None}, [("a",)]),
        ],
    )
    def test_a_difference_is_found_at_its_place(self, expected: Any, found: Any, places: list[Any]) -> None:
        assert [path for path, _, _ in conformance.differences(expected, found)] == places

    def test_a_miss_is_a_value(self) -> None:
        first, *_ = conformance.check(lambda *_: {}, leave_out=["errors"])
        assert attrs.asdict(first) == {
            "case": CASES[0]["name"],
            "path": ("renewable",),
            "expected": True,
            "found": None,
        }


def test_its_path_is_printed_for_other_languages(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_module("cecrules.conformance", run_name="__main__")
    assert capsys.readouterr().out.strip() == str(conformance.folder())
