"""Writes the conformance kit into the package.

    python tests/write_kit.py

makes the files again. `tests/test_conformance.py` fails if they are not what this would write. The answers are those of
the library; what they are worth is shown by the worked cases, by the oracle and by the port in JavaScript.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cecrules as cec
from cecrules import conformance
from conformance.given import Case, Form
from conformance.others import cases, rulebooks

FORMAT = "cecrules.kit/1"
PARTS = {
    "decisions": "Submissions that are decided; every implementation has this part.",
    "one-term-each": "Rulebooks in which each activity serves one term only (`shared` is false).",
    "other-readings": "Rulebooks of other readings: the share of the credits reported (`in_network.of` is `reported`), "
    "and a kind with minutes of its own for a credit (`credit_minutes`).",
    "errors": "Submissions that are refused, each with the path and the code of every problem.",
}
AMOUNTS = ("required", "credited", "in_network", "out_of_network", "compliance")


def answer_of(submission: Form, book: cec.Rulebook) -> Form:
    """The answer of the library in the form that the kit compares."""
    try:
        return cec.to_dict(cec.evaluate(cec.from_dict(submission), book))
    except cec.CecRulesError as error:
        return {"errors": [{"path": list(one.path), "code": one.code.value} for one in error.problems]}


def expected_of(answer: Form) -> Form:
    """What of an answer must match."""
    if "errors" in answer:
        return answer
    kept = {"renewable": answer["renewable"]} | _amounts(answer, AMOUNTS)
    kept["shortfall"] = _amounts(answer["shortfall"], ("total", "in_network", "compliance"))
    kept["checks"] = [
        _only(check, ("rule", "met", "strength", "clause")) | _amounts(check, ("required", "found"))
        for check in answer["checks"]
    ]
    kept["decisions"] = [
        _only(decision, ("outcome",))
        | _amounts(decision, ("claimed", "credited"))
        | {
            "findings": [
                _only(each, ("code", "clause")) | _amounts(each, ("credits",)) for each in decision["findings"]
            ]
        }
        for decision in answer["decisions"]
    ]
    kept["notices"] = [_only(notice, ("code", "clause")) for notice in answer["notices"]]
    if "terms" in answer:
        kept["terms"] = [expected_of(term) for term in answer["terms"]]
    return kept


def _only(form: Form, keys: tuple[str, ...]) -> Form:
    return {key: form[key] for key in keys}


def _amounts(form: Form, keys: tuple[str, ...]) -> Form:
    return {f"{key}_minutes": form[f"{key}_minutes"] for key in keys}


def clauses_of(submission: Form, answer: Form, book: cec.Rulebook) -> set[str]:
    """The clauses that an answer rests on: those it cites, and those of the rules that it applied."""
    if "errors" in answer:
        return {error.hint.removeprefix("see clause ").partition(",")[0] for error in _problems(submission, book)}
    made = cec.from_dict(submission)
    cited = {check["clause"] for check in answer["checks"]} | {notice["clause"] for notice in answer["notices"]}
    cited |= {each["clause"] for decision in answer["decisions"] for each in decision["findings"]}
    cited |= {book.rule_of(held).clause for held in made.designations} | {book.total.who, book.total.invoice}
    cited |= {book.total.several} if len(made.designations) > 1 else set()
    cited |= {book.credit.clause, book.window.clause} if made.activities else set()
    groups = {group.name: group.clause for group in book.evidence}
    for activity in made.activities:
        rule = next((rule for rule in book.kinds if rule.kind is activity.kind), None)
        cited |= {clause for clause in (rule.clause, groups.get(rule.evidence)) if clause} if rule else set()
    return cited


def _problems(submission: Form, book: cec.Rulebook) -> tuple[cec.CecRulesError, ...]:
    try:
        cec.evaluate(cec.from_dict(submission), book)
    except cec.CecRulesError as error:
        return error.problems
    return ()


def written(case: Case, book: cec.Rulebook) -> Form:
    """One case as it stands in the kit."""
    answer = answer_of(case.submission, book)
    known = {clause.id for clause in book.clauses}
    return {
        "name": case.name,
        "part": case.part,
        "clauses": sorted(clauses_of(case.submission, answer, book) & known),
        "submission": case.submission,
        "expected": expected_of(answer),
    }


def files() -> Iterator[tuple[str, str]]:
    """Yields the name and the text of every file of the kit."""
    entries: list[Form] = []
    for book, edition in rulebooks():
        entry: Form = {"id": book.id, "edition": edition, "rulebook": f"rulebooks/{book.id}.json"}
        entries.append(entry | {"cases": f"cases/{book.id}.json"})
        yield entry["rulebook"], json.dumps(cec.to_dict(book), indent=1, ensure_ascii=False) + "\n"
        lines = [json.dumps(written(case, book), ensure_ascii=False) for case in cases(book)]
        yield f"cases/{book.id}.json", "[\n" + ",\n".join(lines) + "\n]\n"
    yield "manifest.json", json.dumps({"format": FORMAT, "parts": PARTS, "rulebooks": entries}, indent=1) + "\n"


def main() -> None:
    """Writes the kit, and removes what no longer belongs to it."""
    made: dict[Path, Any] = {conformance.folder() / name: text for name, text in files()}
    for file in conformance.folder().rglob("*.json"):
        if file not in made:
            file.unlink()
    for file, text in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
