"""Checks the answers that are shown beside an assessment, and sets them out in text; contains no rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook
from ..ahead.worths import Worth
from ..assessments import Assessment
from ..errors import ErrorCode, InvalidValue, insist
from .ahead_sentences import (
    gains_in_words,
    need_sentence,
    outlook_facts,
    outlook_sentence,
    outlook_title,
    worth_title,
)
from .readings_sentences import readings_lines, readings_sentence, readings_title

__all__ = ["beside_readings", "outlook_lines", "shown_beside", "worth_lines"]

T = TypeVar("T", Outlook, Worth, Readings)


def shown_beside(value: Any, kind: type[T], name: str, assessments: Sequence[Assessment]) -> list[T | None]:
    """Returns the answer to show beside each assessment, from one answer, a list of them, or None.

    Raises:
        InvalidValue: An answer is of the wrong type, is not for the same renewal as its assessment, or there are more
            or fewer answers than assessments.
    """
    if value is None:
        return [None] * len(assessments)
    answers = list(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else [value]
    if len(answers) != len(assessments):
        problem = f"must be one for each assessment, got {len(answers)} for {len(assessments)}"
        raise InvalidValue((name,), problem, code=ErrorCode.CONFLICT)
    for answer, assessment in zip(answers, assessments, strict=True):
        insist(answer, kind, (name,), f"of type {kind.__name__}")
        mine = answer.rulebook, answer.renewal_year, answer.designations
        if mine != (assessment.rulebook, assessment.renewal_year, assessment.designations):
            problem = "must be for the same renewal as the assessment, by the same rulebook"
            raise InvalidValue((name,), problem, code=ErrorCode.CONFLICT)
    return answers


def outlook_lines(outlook: Outlook) -> Iterator[str]:
    """Yields the lines of an outlook."""
    for each in outlook.terms or (outlook,):
        yield ""
        yield outlook_title(each)
        yield f"  {outlook_sentence(each)}{f' ({each.clause})' if each.clause else ''}"
        yield from (f"  {fact}" for fact in outlook_facts(each))
        yield from (f"    {need_sentence(need)}" for need in each.needs)


def worth_lines(worth: Worth) -> Iterator[str]:
    """Yields the lines on the worth of one more entry."""
    for each in worth.terms or (worth,):
        yield ""
        yield worth_title(each)
        yield from (f"  {sentence}" for sentence in gains_in_words(each))


def beside_readings(readings: Readings) -> Iterator[str]:
    """Yields the lines on other readings of the clauses."""
    yield ""
    yield readings_title(readings)
    yield f"  {readings_sentence(readings)}"
    for sentence, words in readings_lines(readings):
        yield f"  {sentence}"
        yield from (f"    {each}" for each in words)
