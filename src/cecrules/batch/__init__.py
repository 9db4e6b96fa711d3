"""Decides many people from files: tables through a data-frame engine, or a stream of submissions on all cores.

What is written appears under its name only when all of it is there; an interrupted run leaves no half file.
"""

from .lines import decide_lines
from .outcome import Outcome
from .running import stoppable
from .tables import decide_tables

__all__ = ["Outcome", "decide_lines", "decide_tables", "stoppable"]
