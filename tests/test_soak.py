"""What is said of a person hangs on nothing but the person and the rulebook; `soak.py` alone is the long run."""

import pytest

import soak


@pytest.mark.soak
def test_no_condition_changes_a_byte(capsys: pytest.CaptureFixture[str]) -> None:
    assert soak.main(people=100) == 0, capsys.readouterr().out
