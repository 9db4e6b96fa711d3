"""Answers one request of the page: a submission in, the verdict and the report out, or every problem with its path."""

import json

import cecrules as cec


def decide(text: str) -> str:
    request = json.loads(text)
    try:
        return json.dumps(_answer(request))
    except cec.CecRulesError as error:
        problems = [
            {"path": list(each.path), "code": each.code.value, "problem": each.problem, "hint": each.hint}
            for each in error.problems
        ]
        return json.dumps({"problems": problems})


def _answer(request: dict[str, object]) -> dict[str, object]:
    book = cec.edition(str(request["edition"]))
    submission = cec.from_dict(request["submission"])
    assessment = cec.evaluate(submission, book)
    day = request.get("as_of")
    outlook = cec.outlook(submission, str(day), book) if day else None
    report = cec.to_html(
        assessment, outlook=outlook, readings=cec.readings(submission, book), clause_pages="../reference/rules"
    )
    return {
        "renewable": assessment.renewable,
        "verdict": cec.explain(assessment).partition("\n")[0],
        "report": report,
    }
