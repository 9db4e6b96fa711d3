"""Writes the page of the messages that explanations are made of, from the sentences themselves."""

import re
from collections.abc import Iterator
from itertools import product

from markdown_tables import code, table

import cecrules as cec
from cecrules.presentation import ahead_sentences, sentences


def messages_page() -> Iterator[str]:
    """Every sentence on a code, each with its place for what it is about."""
    yield "# Messages"
    yield "The sentences of explanations, pages and the command line. A word in italics stands for a value."
    yield "Any version may change a sentence. Programs should read the [codes](codes.md)."
    yield "## On an activity"
    rows = [
        (code(each), _braced(sentences._FINDINGS[each]), _braced(sentences._REMEDIES.get(each, "")))  # noqa: SLF001
        for each in cec.FindingCode
    ]
    yield table(("Code", "Message", "What would help"), rows)
    yield "## On a renewal"
    yield table(("Code", "Message"), _checks())
    yield "## Notices"
    yield table(("Code", "Message"), ((code(each), _braced(sentences._NOTICES[each])) for each in cec.NoticeCode))  # noqa: SLF001
    yield "## Needs of an outlook"
    yield table(("Code", "Message"), ((code(each), ahead_sentences._STATEMENTS[each]) for each in cec.Statement))  # noqa: SLF001
    yield "## Problems"
    yield "A problem says the value that was expected and the value that was found; see [Errors](../errors.md)."


def _checks() -> Iterator[tuple[str, str]]:
    credit = cec.Credits(1)
    for rule, strength in product(cec.CheckRule, (cec.Strength.MUST, cec.Strength.SHOULD)):
        check = cec.Check(rule=rule, required=credit, found=credit, strength=strength, clause="")
        said = sentences.check_sentence(check).replace("1 credit ", "{required} ").replace("; 1 ", "; {found} ")
        yield f"{code(rule)}, {strength}", _braced(said)


def _braced(text: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*{\1}*", text)
