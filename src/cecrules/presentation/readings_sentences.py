"""Makes the sentences on other readings of the clauses; contains no rule."""

from __future__ import annotations

from collections.abc import Sequence

from ..ahead.doubts import OpenReading, Reading, Readings, Turn
from .sentences import listed, shortfall_sentence

__all__ = ["open_sentence", "readings_lines", "readings_sentence", "readings_title", "says_of", "turn_sentence"]


def readings_title(readings: Readings) -> str:
    """Heads the answer with its designations."""
    held = listed([designation.value for designation in readings.designations], "and")
    return f"Other readings of the clauses, for {held}"


def readings_sentence(readings: Readings) -> str:
    """Says whether the renewal depends on how the clauses are read."""
    if readings.settled:
        return "renewable under every reading" if readings.renewable else "not renewable under any reading"
    stands, turned = _words(readings.renewable), _words(not readings.renewable)
    if readings.turns:
        count = len(readings.turns)
        ways = "in one other way" if count == 1 else f"in any of {count} other ways"
        return f"{stands} as {readings.rulebook} reads its clauses, and {turned} if they are read {ways}"
    if readings.undecided:
        return f"{stands} under every reading that can be decided"
    return f"{stands} under every combination of readings that was tried"


def turn_sentence(turn: Turn) -> str:
    """Says which readings turn the answer, and to what."""
    short = f" ({shortfall_sentence(turn.short)})" if turn.short else ""
    return f"{_words(not turn.short)}{short} with {_named(turn.readings)}"


def open_sentence(open_reading: OpenReading) -> str:
    """Says which readings cannot be decided, and why."""
    if open_reading.missing:
        missing = listed([*open_reading.missing], "and")
        return f"not decided with {_named(open_reading.readings)}: the submission does not give {missing}"
    return f"not decided with {_named(open_reading.readings)}: {open_reading.why}"


def says_of(readings: Sequence[Reading]) -> list[str]:
    """Returns the words of each reading, with its clause."""
    return [f"{reading.id} ({reading.clause}): {reading.says}" for reading in readings]


def readings_lines(readings: Readings) -> list[tuple[str, list[str]]]:
    """Returns a sentence for each set of readings, and the words of the readings in it."""
    turns = [(turn_sentence(turn), says_of(turn.readings)) for turn in readings.turns]
    return turns + [(open_sentence(each), says_of(each.readings)) for each in readings.undecided]


def _named(readings: Sequence[Reading]) -> str:
    return listed([reading.id for reading in readings], "and")


def _words(renewable: bool) -> str:
    return "renewable" if renewable else "not renewable"
