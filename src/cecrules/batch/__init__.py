"""Decides many people from files, either tables through a data-frame engine or a stream of submissions on all cores.

An output file appears under its name only when it is complete; an interrupted run leaves no half file.
"""

from .comparing import Changes, compare_tables
from .lines import decide_lines
from .outcome import Outcome
from .outlooks import Outlooks, outlook_tables
from .tables import decide_tables

__all__ = [
    "Changes",
    "Outcome",
    "Outlooks",
    "compare_tables",
    "decide_lines",
    "decide_tables",
    "outlook_tables",
]
