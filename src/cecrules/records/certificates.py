"""Certificate, an answer with all that proves it, which a program that shares no code with this library can check."""

from __future__ import annotations

import attrs

from ..designations import Designation
from ..findings import FindingCode
from ..rules.window import Window

__all__ = ["CERTIFICATE_FORMAT", "Certificate", "CertifiedLimit", "CertifiedTerm", "CertifiedUse", "Measures"]

CERTIFICATE_FORMAT = "cecrules.certificate/1"


@attrs.frozen(kw_only=True)
class Measures:
    """The three amounts that a renewal is judged by, in minutes.

    Attributes:
        total_minutes: The minutes in all.
        in_network_minutes: The minutes from the network.
        compliance_minutes: The minutes on compliance.
    """

    total_minutes: int
    in_network_minutes: int
    compliance_minutes: int


@attrs.frozen(kw_only=True)
class CertifiedUse:
    """The use that is made of one activity.

    Attributes:
        claimed_minutes: The minutes it would be worth alone.
        credited_minutes: The minutes that count.
        refused: The codes of every reason that rejects it, in the order of the alphabet; empty if none does.
        duplicate_of: For a duplicate, the position (from 0) of the activity that counts instead; None otherwise.
    """

    claimed_minutes: int
    credited_minutes: int
    refused: tuple[FindingCode, ...]
    duplicate_of: int | None


@attrs.frozen(kw_only=True)
class CertifiedLimit:
    """A limit that binds, so that no more credits would count under it.

    Attributes:
        limit: The key of a cap in the rulebook, such as `caps.association_service`, or `out_of_network`.
        minutes: The most minutes that count under it; as many are credited.
    """

    limit: str
    minutes: int


@attrs.frozen(kw_only=True)
class CertifiedTerm:
    """The proof for one term, or for all designations if they share their days.

    Attributes:
        designations: The designations, by the rulebook's own codes.
        window: The days that count.
        required: The minutes required.
        credited: The minutes credited.
        renewable: Whether no minutes are short.
        activities: The use of each activity, in the order reported.
        binding: The limits that bind, which prove that nothing better is possible.
    """

    designations: tuple[Designation, ...]
    window: Window
    required: Measures
    credited: Measures
    renewable: bool
    activities: tuple[CertifiedUse, ...]
    binding: tuple[CertifiedLimit, ...]


@attrs.frozen(kw_only=True)
class Certificate:
    """An answer with all that proves it.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        renewable: Whether every term is renewable.
        terms: The proof for each term; one for all designations if they share their days.
        version: The version of the library that certified.
    """

    rulebook: str
    renewal_year: int
    designations: tuple[Designation, ...]
    renewable: bool
    terms: tuple[CertifiedTerm, ...]
    version: str
