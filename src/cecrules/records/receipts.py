"""Receipt, an answer with the fingerprints of all it rests on, and Replay, what differs when it is decided again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

import attrs

from ..canonical import canonical, digest, fingerprint
from ..errors import ErrorCode, InvalidValue, Path, Problems, shown
from ..exact import deciding

__all__ = ["RECEIPT_FORMAT", "Change", "ChangeSort", "Receipt", "Replay", "read_assessment"]

RECEIPT_FORMAT = "cecrules.receipt/1"

_SHA256 = re.compile("[0-9a-f]{64}")


def read_assessment(raw: Any, path: Path) -> str:
    """Reads an assessment in exact form, as a table or as its text, and returns its canonical text.

    Raises:
        InvalidValue: It is neither, or a value in it is not exact.
    """
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            raise InvalidValue(path, "must be JSON, got another text", code=ErrorCode.MALFORMED) from None
    if not isinstance(raw, Mapping):
        problem = f"must be an assessment in its exact form, got {shown(raw)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)
    return canonical(cast("object", raw), path)


@attrs.frozen(kw_only=True)
class Receipt:
    """An assessment for keeping, with the fingerprints of all it rests on.

    A fingerprint is the SHA-256 of the canonical JSON (RFC 8785) of an exact form, in hexadecimal digits.

    Attributes:
        version: The version of the library that decided.
        submission_sha256: The fingerprint of the submission.
        rulebook_sha256: The fingerprint of the whole rulebook.
        rulebook_rules_sha256: The fingerprint of the parts of the rulebook that decide, without its wording.
        assessment_sha256: The fingerprint of the whole assessment.
        assessment_rules_sha256: The fingerprint of the assessment without its wording.
        assessment: The assessment as canonical JSON text in its exact form, with amounts in minutes alone.

    Raises:
        InvalidValue: A fingerprint of the assessment is not that of the assessment, or another one is no SHA-256.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """

    version: str
    submission_sha256: str
    rulebook_sha256: str
    rulebook_rules_sha256: str
    assessment_sha256: str
    assessment_rules_sha256: str
    assessment: str = attrs.field(metadata={"read": read_assessment})

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        text = problems.attempt(read_assessment, self.assessment, ("assessment",))
        if text is not None:
            form = json.loads(text)
            if text != self.assessment:
                problems.add(("assessment",), "must be canonical JSON, got another text", code=ErrorCode.CONFLICT)
            follows = {
                "version": form.get("version"),
                "assessment_sha256": fingerprint(text),
                "assessment_rules_sha256": digest(deciding(form)),
            }
            for name, value in follows.items():
                if getattr(self, name) != value:
                    problem = f"must be {value!r}, as the assessment says, got {shown(getattr(self, name))}"
                    problems.add((name,), problem, "the receipt has been changed", code=ErrorCode.CONFLICT)
        for name in ("submission_sha256", "rulebook_sha256", "rulebook_rules_sha256"):
            found = getattr(self, name)
            if not (isinstance(found, str) and _SHA256.fullmatch(found)):
                problem = f"must be 64 hexadecimal digits, got {shown(found)}"
                problems.add((name,), problem, code=ErrorCode.MALFORMED)
        problems.settle()

    def form(self) -> dict[str, Any]:
        """Returns the assessment in its exact form, as a new dictionary."""
        form: dict[str, Any] = json.loads(self.assessment)
        return form


class ChangeSort(StrEnum):
    """The sort of thing that differs when a receipt is replayed."""

    SUBMISSION = "submission"  #: The submission is not the one that the receipt is for.
    RULES = "rules"  #: The rulebook decides by other rules.
    DECISION = "decision"  #: Something that was decided differs.
    WORDING = "wording"  #: Only words, names or versions differ.


@attrs.frozen(kw_only=True)
class Change:
    """One thing that differs between a receipt and the same question decided again.

    Attributes:
        path: Its place in the receipt, such as `assessment.decisions[0].credited_minutes`.
        sort: Whether it is the submission, a rule, a decision or only wording.
        kept: The value in the receipt, as JSON text; empty if there is none.
        now: The value today, likewise.
    """

    path: str
    sort: ChangeSort
    kept: str = ""
    now: str = ""


@attrs.frozen(kw_only=True)
class Replay:
    """The outcome of deciding again what a receipt is for.

    Attributes:
        rulebook: The id of the rulebook that decided again.
        renewable: Whether it is renewable today.
        changes: Everything that differs, in the order of the receipt; empty if nothing does.
    """

    rulebook: str
    renewable: bool
    changes: tuple[Change, ...] = ()

    @property
    def same(self) -> bool:
        """True if nothing differs at all."""
        return not self.changes

    @property
    def confirmed(self) -> bool:
        """True if nothing but wording differs, so that the receipt is of this answer."""
        return all(change.sort is ChangeSort.WORDING for change in self.changes)
