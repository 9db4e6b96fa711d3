"""Makes the receipt of an answer, and decides again what a receipt is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from ..assessments import Assessment
from ..canonical import canonical, digest, fingerprint
from ..errors import UnknownName, insist, place, shown
from ..evaluation import evaluate
from ..exact import WORDS, deciding, exact, exact_rulebook, is_note, rules_of
from ..interchange import to_dict
from ..records.receipts import Change, ChangeSort, Receipt, Replay
from ..rulebook.editions import edition, editions, rulebook_given
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission

__all__ = ["exact_submission", "receipt", "replay"]


def receipt(submission: Submission, rulebook: Rulebook | None = None) -> Receipt:
    """Decides a submission as `evaluate` does, and returns the receipt of the answer.

        >>> import cecrules as cec
        >>> made = cec.receipt(cec.Submission(renewal_year=2014, designations=["CAM"], activities=[]))
        >>> made.form()["shortfall"]["total_minutes"]
        360

    `dumps` writes a receipt as canonical JSON (RFC 8785), with the same bytes on every system.

    Args:
        submission: Everything a holder reports for one renewal year.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if a number is too large for JSON.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    book = rulebook_given(rulebook)
    return _receipt(submission, evaluate(submission, book), book)


def replay(receipt: Receipt, submission: Submission, rulebook: Rulebook | None = None) -> Replay:
    """Decides a submission again, and says what differs from the receipt, and whether it is wording or rules.

        >>> import cecrules as cec
        >>> made = cec.Submission(renewal_year=2014, designations=["CAM"], activities=[])
        >>> cec.replay(cec.receipt(made), made).same
        True

    Args:
        receipt: The receipt that was kept.
        submission: The submission that it is for.
        rulebook: The rules to decide by; the published edition that the receipt names unless given.

    Raises:
        UnknownName: As `evaluate`; also if the receipt names no published edition and no rulebook is given.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if `receipt` is no receipt.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    insist(receipt, Receipt, ("receipt",), "a Receipt", "receipt() returns one")
    kept = receipt.form()
    book = _edition_of(kept) if rulebook is None else rulebook_given(rulebook)
    assessment = evaluate(submission, book)
    now = _receipt(submission, assessment, book)
    return Replay(rulebook=book.id, renewable=assessment.renewable, changes=tuple(_changes(receipt, now)))


def exact_submission(submission: Submission) -> dict[str, Any]:
    """Returns the form of a submission in which every length is in minutes."""
    form = to_dict(submission)
    for activity, written in zip(submission.activities, form["activities"], strict=True):
        written.pop("hours", None)
        if activity.minutes is not None:
            written["minutes"] = activity.minutes
    return form


def _receipt(submission: Submission, assessment: Assessment, book: Rulebook) -> Receipt:
    form = exact(to_dict(assessment))
    text = canonical(form)
    rules = exact_rulebook(to_dict(book))
    return Receipt(
        version=assessment.version,
        submission_sha256=digest(exact_submission(submission), ("submission",)),
        rulebook_sha256=digest(rules, ("rulebook",)),
        rulebook_rules_sha256=digest(rules_of(rules), ("rulebook",)),
        assessment_sha256=fingerprint(text),
        assessment_rules_sha256=digest(deciding(form)),
        assessment=text,
    )


def _edition_of(kept: dict[str, Any]) -> Rulebook:
    name = kept.get("rulebook")
    if name not in editions():
        problem = f"must be given, because the receipt names {shown(name)}, which is no published edition"
        raise UnknownName(("rulebook",), problem, "give the rulebook that decided")
    return edition(name)


def _changes(kept: Receipt, now: Receipt) -> Iterator[Change]:
    if kept.version != now.version:
        yield _change("version", ChangeSort.WORDING, kept.version, now.version)
    if kept.submission_sha256 != now.submission_sha256:
        yield _change("submission_sha256", ChangeSort.SUBMISSION, kept.submission_sha256, now.submission_sha256)
    if kept.rulebook_rules_sha256 != now.rulebook_rules_sha256:
        yield _change("rulebook_rules_sha256", ChangeSort.RULES, kept.rulebook_rules_sha256, now.rulebook_rules_sha256)
    elif kept.rulebook_sha256 != now.rulebook_sha256:
        yield _change("rulebook_sha256", ChangeSort.WORDING, kept.rulebook_sha256, now.rulebook_sha256)
    before, after = kept.form(), now.form()
    del before["version"], after["version"]  # it is above
    yield from _differing(before, after, ("assessment",), ChangeSort.DECISION)


# Stands for a value that is not there.
_ABSENT = object()


def _differing(kept: object, now: object, path: tuple[str | int, ...], sort: ChangeSort) -> Iterator[Change]:
    """Yields what differs between two forms, the innermost values alone."""
    before, after = _items(kept), _items(now)
    if before is None or after is None or type(kept) is not type(now):
        if type(kept) is not type(now) or kept != now:
            yield _change(place(path), sort, kept, now)
        return
    for key in sorted(before.keys() | after.keys()):
        words = key in WORDS or (key == "subject" and is_note(after))
        inner = ChangeSort.WORDING if words else sort
        yield from _differing(before.get(key, _ABSENT), after.get(key, _ABSENT), (*path, key), inner)


def _items(form: object) -> dict[Any, object] | None:
    """Returns the values of a table by key, or of a list by place; None for a single value."""
    if isinstance(form, dict):
        return cast("dict[Any, object]", form)
    return dict(enumerate(cast("list[object]", form))) if isinstance(form, list) else None


def _change(path: str, sort: ChangeSort, kept: object, now: object) -> Change:
    texts = ["" if value is _ABSENT else json.dumps(value, ensure_ascii=False) for value in (kept, now)]
    return Change(path=path, sort=sort, kept=texts[0], now=texts[1])
