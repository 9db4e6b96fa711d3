"""Says of the edition, before anybody relies on a verdict, what `check` says of it to each holder."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import narwhals as nw

from ..assessments import Notice, NoticeCode
from ..designations import Designation
from ..errors import NotStated, UnknownName
from ..frames.expressions import one_where
from ..notices import edition_notices
from ..presentation.sentences import notice_sentence
from ..rulebook.editions import edition
from ..rulebook.rulebook import Rulebook
from ..rules.requirement import Requirement, requirement_of
from .outcome import SLIPS
from .stores import Store

__all__ = ["slips_counted", "standing_notices"]


def standing_notices(
    store: Store, designations: Any, renewal_year: int, rulebook: Rulebook
) -> Iterator[tuple[str, int]]:
    """Yields the notices on the edition, each with the number of rows of designations that it concerns.

    A later edition is named for each designation held, with what it requires instead.
    """
    held: Any = nw.from_native(designations)
    codes = list(Designation)
    designation = nw.col("designation").cast(nw.String)
    counts = store.only_row(
        held.select(
            nw.len().alias("rows"),
            *[nw.when(designation == code.value).then(nw.lit(1, nw.Int64)).sum().alias(code.value) for code in codes],
        ).to_native()
    )
    for notice in edition_notices(renewal_year, rulebook):
        if notice.code is not NoticeCode.LATER_EDITION:
            yield notice_sentence(notice), counts["rows"]
            continue
        for code in codes:
            if counts[code.value]:
                yield f"{code}: {_sentence(notice, code, rulebook)}", counts[code.value]


def slips_counted(store: Store, notices: Any) -> Iterator[tuple[str, int]]:
    """Yields how often each likely slip was met, given what `notices_frame` says."""
    met = {code: one_where(nw.col("notice") == code.value).sum().alias(code) for code in SLIPS}
    found = store.only_row(nw.from_native(notices).select(*met.values()).to_native())
    for code, words in SLIPS.items():
        if found[code]:
            yield words, found[code]


def _sentence(notice: Notice, code: Designation, rulebook: Rulebook) -> str:
    here, there = _required(code, rulebook), _required(code, edition(notice.subject))
    return notice_sentence(attrs.evolve(notice, here=here, there=there))


def _required(code: Designation, rulebook: Rulebook) -> Requirement | None:
    try:
        return requirement_of((code,), rulebook)
    except (UnknownName, NotStated):
        return None
