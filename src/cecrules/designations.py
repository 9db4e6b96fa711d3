"""Designation, the credentials of NAAEI that credits are reported for (clauses `required.*`).

A rulebook says how many credits each requires; this module has only the codes and names.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Designation"]


class Designation(StrEnum):
    """A designation or membership by its code.

    >>> Designation("CAM").full_name
    'Certified Apartment Manager'
    """

    _value_: str
    full_name: str

    def __new__(cls, code: str, full_name: str) -> Designation:
        member = str.__new__(cls, code)
        member._value_ = code
        member.full_name = full_name
        return member

    CAM = "CAM", "Certified Apartment Manager"
    NALP = "NALP", "National Apartment Leasing Professional"
    CAPS = "CAPS", "Certified Apartment Portfolio Supervisor"
    CAS = "CAS", "Certified Apartment Supplier"
    AIME = "AIME", "Apartment Institute for Maintenance Excellence"
    CALP = "CALP", "Certified Apartment Leasing Professional"
    CAMT = "CAMT", "Certificate for Apartment Maintenance Technicians"

    @property
    def is_membership(self) -> bool:
        """True for AIME, which is a membership that renews in the same way."""
        return self is Designation.AIME
