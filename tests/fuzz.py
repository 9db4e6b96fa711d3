"""Fuzzes every door through which text comes in, guided by coverage, for as long as it is let.

    pip install atheris && python tests/fuzz.py -max_total_time=3600

Begins with the examples that the package and the tests carry. Stops with the input at the first exception that is no
`CecRulesError`. What can be read is also decided, explained and written, and has to be equal when it is read back.
"""

import json
import re
import sys
import tempfile
from importlib import resources
from pathlib import Path

import atheris

with atheris.instrument_imports():
    import cecrules as cec
    from cecrules import ahead_forms, interchange, sound, structuring  # noqa: F401 - loaded here to be guided by
    from cecrules.layouts import loading
    from cecrules.rulebook import editions

TESTS = Path(__file__).parent
BEGINNING = 'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\n'


def submitted(data: bytes) -> None:
    """Reads a submission; what is read is decided, explained, written and read back."""
    submission = interchange.loads(data)
    assert interchange.loads(cec.dumps(submission)) == submission
    assessment = cec.evaluate(submission)
    cec.explain(assessment)
    assert interchange.loads(cec.dumps(assessment), cec.Assessment) == assessment


def assessed(data: bytes) -> None:
    """Reads an assessment, and writes and reads it once more."""
    assessment = interchange.loads(data, cec.Assessment)
    assert interchange.loads(cec.dumps(assessment), cec.Assessment) == assessment


def doors(data: bytes) -> None:
    """Hands the same bytes to each door."""
    text = data.decode("utf-8", "replace")
    for door, given in (
        (submitted, data),
        (assessed, data),
        (editions.read_rulebook, text),
        (editions.read_rulebook, BEGINNING + text),
        (loading.read_layout, text),
    ):
        try:
            door(given)
        except cec.CecRulesError as error:
            str(error)


def examples() -> list[str]:
    """The texts to begin with: worked cases, editions and the layout of the documentation."""
    cases = [case for file in sorted((TESTS / "cases").glob("*.json")) for case in json.loads(file.read_text("utf-8"))]
    submissions = [json.dumps(case["submission"]) for case in cases]
    assessments = [cec.dumps(cec.evaluate(cec.loads(text))) for text in submissions[:9]]
    books = [file.read_text("utf-8") for file in resources.files("cecrules").joinpath("editions").iterdir()]
    page = (TESTS.parent / "docs" / "how-to" / "layouts.md").read_text("utf-8")
    return [*submissions, *assessments, *books, *re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(examples()):
            Path(corpus, str(number)).write_text(text, "utf-8")
        atheris.Setup([*sys.argv, corpus], doors)
        atheris.Fuzz()
