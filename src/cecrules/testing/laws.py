"""The laws as a suite that tests any implementation of the rules, such as an adapter or a rival of this library.

from cecrules.testing import laws

def test_our_service_keeps_the_laws():
    assert laws.check(our_decide) == ()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from ..errors import UnknownName, shown
from ..interchange import to_dict
from ..rulebook.editions import rulebook_given
from ..rulebook.rulebook import Rulebook
from .people import submissions
from .statements import LAWS as _STATED
from .statements import Decide, Law, Trial

__all__ = ["LAWS", "Broken", "Decide", "Law", "Trial", "check", "tried"]

#: Every law, in the order in which they are tried.
LAWS: tuple[Law, ...] = tuple(_STATED)


@attrs.frozen(kw_only=True)
class Broken:
    """A law that an implementation breaks.

    Attributes:
        law: The name of the law.
        says: The law in a sentence.
        problem: The contradiction that was found.
        rulebook: The id of the rulebook.
        submission: The JSON form of a small submission that shows it.
    """

    law: str
    says: str
    problem: str
    rulebook: str
    submission: dict[str, Any]


def check(
    decide: Decide, rulebook: Rulebook | None = None, *, examples: int = 100, only: Iterable[str] | None = None
) -> tuple[Broken, ...]:
    """Tries every law on random submissions, and returns those that an implementation breaks; empty if it keeps all.

    The submissions are the same in every run. An error that `decide` raises is not caught.

        >>> import cecrules as cec
        >>> check(lambda form: cec.to_dict(cec.evaluate(cec.from_dict(form))), examples=1)
        ()

    Args:
        decide: Takes the JSON form of a submission and returns the JSON form of an assessment.
        rulebook: The rules that it decides by; `NAAEI_2014` unless given. Laws that do not hold for it are left out.
        examples: The number of submissions that each law is tried on, at least 1.
        only: The names of the laws to try; all unless given.

    Raises:
        InvalidValue: `rulebook` is not a rulebook.
        UnknownName: There is no law of a name in `only`.
        NotStated: The sources of the rulebook do not say which days count.
    """
    book = rulebook_given(rulebook)
    found = (_broken(law, decide, book, examples) for law in _chosen(only) if law.holds_for(book))
    return tuple(broken for broken in found if broken is not None)


def tried(
    law: Law, decide: Decide, rulebook: Rulebook, draw: Callable[[st.SearchStrategy[Any]], Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tries a law on one random submission; yields every problem, with the JSON form of the submission.

    Args:
        law: The law.
        decide: Takes the JSON form of a submission and returns the JSON form of an assessment.
        rulebook: The rules that it decides by.
        draw: Draws a value from a strategy, such as `data.draw` in a test with Hypothesis.
    """
    made = draw(submissions(rulebook, of=law.of))
    for problem in law.problems(Trial(decide=decide, book=rulebook, made=made, draw=draw)):
        yield problem, to_dict(made)


def _chosen(only: Iterable[str] | None) -> tuple[Law, ...]:
    if only is None:
        return LAWS
    by_name = {law.name: law for law in LAWS}
    names = tuple(only)
    for place, name in enumerate(names):
        if name not in by_name:
            raise UnknownName(("only", place), f"there is no law {shown(name)}", f"known: {', '.join(by_name)}")
    return tuple(by_name[name] for name in names)


class _Contradiction(Exception):
    """Carries the first problem out of a test of Hypothesis, which makes the submission small."""


def _broken(law: Law, decide: Decide, book: Rulebook, examples: int) -> Broken | None:
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(st.data())
    def on_one(data: st.DataObject) -> None:
        for problem, submission in tried(law, decide, book, data.draw):
            raise _Contradiction(problem, submission)

    problem, shown_by = "", dict[str, Any]()
    try:
        on_one()
    except _Contradiction as found:
        problem, shown_by = found.args
    except Flaky:
        problem = "the answers to one submission differ"
    return (
        Broken(law=law.name, says=law.says, problem=problem, rulebook=book.id, submission=shown_by) if problem else None
    )
