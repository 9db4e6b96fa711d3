"""Decides many people from files, either tables through a data-frame engine or a stream of submissions on all cores.

An output file appears under its name only when it is complete; an interrupted run leaves no half file.
"""

from .lines import decide_lines
from .outcome import Outcome
from .tables import decide_tables

__all__ = ["Outcome", "decide_lines", "decide_tables"]
