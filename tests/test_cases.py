"""Worked cases: whole submissions with the figures the source's rules give them."""

import json
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec

CASES = {
    file.stem: json.loads(file.read_text("utf-8")) for file in sorted(Path(__file__).with_name("cases").glob("*.json"))
}


@pytest.mark.parametrize(
    ("edition", "case"),
    [pytest.param(name, case, id=f"{name}: {case['name']}") for name, cases in CASES.items() for case in cases],
)
def test_a_worked_case_has_its_figures(edition: str, case: dict[str, Any]) -> None:
    assessment = cec.to_dict(cec.evaluate(cec.from_dict(case["submission"]), cec.edition(f"naaei-{edition}")))
    rejected = [n for n, decision in enumerate(assessment["decisions"]) if decision["outcome"] == "rejected"]
    found = assessment | {"rejected": rejected}
    assert {figure: found[figure] for figure in case["expected"]} == case["expected"]
