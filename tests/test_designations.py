"""Designations have codes and names; AIME is a membership."""

from cecrules import Designation


def test_only_aime_is_a_membership() -> None:
    assert [code for code in Designation if code.is_membership] == [Designation.AIME]


def test_every_designation_has_a_full_name() -> None:
    assert all(len(code.full_name) > len(code.value) for code in Designation)
