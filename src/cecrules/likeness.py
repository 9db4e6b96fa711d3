"""Finds the codes that a word may mean, by the words that offices use. It only proposes; nothing is decided by it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

__all__ = ["LIKENESS", "codes_like", "folded", "holds_several", "label_of", "tokens_of"]

# Words this alike are the same but for an ending or a letter.
LIKENESS = 0.85

_KINDS = {
    "conference_session": ("conference", "convention session", "education conference"),
    "association_course": (
        "local course",
        "affiliate course",
        "association class",
        "association seminar",
        "association webinar",
        "association workshop",
        "chapter course",
    ),
    "association_service": ("association board", "association committee", "board of directors of the association"),
    "legislative_event": ("legislative day", "lobby day", "capitol day", "day on the hill", "capitol conference"),
    "association_instruction": ("association teaching", "taught association course"),
    "college_course": ("university course", "college"),
    "housing_organization_program": (
        "housing org",
        "housing org program",
        "national housing organization",
        "housing organization course",
        "housing organization seminar",
        "housing organization webinar",
    ),
    "real_estate_board_course": ("real estate board", "real estate commission course", "vendor course"),
    "housing_service": ("housing board", "housing committee"),
    "industry_instruction": ("industry teaching",),
    "published_article": ("article", "publication"),
    "grace_hill_course": ("grace hill", "vendor course", "vendor webinar"),
    "visto_course": ("vendor course",),
    "sponsor_course": ("vendor course",),
    "in_house_training": ("in-house", "in house", "inhouse", "company training", "employer training"),
    "unlisted": ("other", "misc", "miscellaneous", "vendor course", "vendor webinar"),
}
_DOCUMENTS = {
    "certificate_of_completion": ("certificate", "cert", "completion certificate", "cert of completion"),
    "transcript": ("transcript", "transcripts"),
    "exam_results": ("exam", "exam results", "test results"),
    "payment_receipt": ("receipt", "payment", "payment confirmation", "confirmation of payment"),
    "signed_reporting_form": ("reporting form", "signed form", "form"),
    "member_listing": ("directory", "newsletter", "member list", "roster"),
    "appointment_letter": ("appointment", "letter of appointment"),
    "course_promotion": ("flyer", "brochure", "promotion"),
    "instruction_letter": ("instruction letter", "letter of instruction"),
    "published_article": ("article", "copy of article"),
}
_OFFICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {"ActivityKind": _KINDS, "DocumentKind": _DOCUMENTS}
_DIVIDER = re.compile(r"[,;/&+]| and ")
_SHORTEST = 3
_SMALL = frozenset(["a", "an", "and", "by", "for", "in", "of", "on", "or", "that", "the", "to", "with"])


def label_of(code: StrEnum) -> str:
    """Returns what a code is in words: its label or its full name; empty if it has neither."""
    return getattr(code, "full_name", "") or getattr(code, "label", "")


def codes_like(kind: type[StrEnum], word: str) -> list[str]:
    """Returns the codes of a vocabulary that a word may mean: one if it is plain, several if it is not, or none."""
    names = _names(kind)
    whole = folded(word)
    for one in (whole, whole.removesuffix("s")):
        if same := [code for code, words in names.items() if one in words]:
            return same
    tokens = [token for token in tokens_of(word) if token not in _SMALL]
    if not tokens:
        return []
    inside = [code for code, words in names.items() if any(_is_inside(tokens, other) for other in words)]
    if inside:
        return inside
    import difflib  # noqa: PLC0415 - only a word that is in none of them needs it

    by_word = {other: code for code, words in names.items() for other in words}
    return list(dict.fromkeys(by_word[close] for close in difflib.get_close_matches(whole, by_word, cutoff=LIKENESS)))


def holds_several(kind: type[StrEnum], text: str) -> bool:
    """Tells whether a text is several codes of a vocabulary, such as `CAM, NALP`."""
    parts = [folded(part) for part in _DIVIDER.split(text)]
    return len(parts) > 1 and {folded(code) for code in kind}.issuperset(parts)


@functools.cache
def _names(kind: type[StrEnum]) -> dict[str, tuple[str, ...]]:
    """Returns what each code of a vocabulary is called: its code, its label and the words that offices use."""
    offices = _OFFICES.get(kind.__name__, {})
    return {
        code.value: tuple(map(folded, (code, code.replace("_", " "), label_of(code), *offices.get(code, ()))))
        for code in kind
    }


def folded(text: str) -> str:
    """Returns a word as it is compared, in which case and the number of spaces do not matter."""
    return " ".join(text.split()).casefold()


def tokens_of(text: str) -> Sequence[str]:
    """Returns the words of a text as they are compared."""
    return re.findall(r"\w+", folded(text).replace("_", " "))


def _is_inside(tokens: Sequence[str], name: str) -> bool:
    """Tells whether a name has every word, or a word that begins like it, such as `org` of `organization`."""
    words = tokens_of(name)
    return all(any(_begins(word, token) for word in words) for token in tokens)


def _begins(word: str, token: str) -> bool:
    return word == token or (len(token) >= _SHORTEST and word.startswith(token))
