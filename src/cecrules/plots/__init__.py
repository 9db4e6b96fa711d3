"""Draws assessments, years, members and changes between editions as pictures (extra `plots`).

Each function draws one picture on Matplotlib axes and returns the axes. No picture needs color to be read: sides and
states differ by hatching, shape or words as well.
"""

from importlib.util import find_spec

if not find_spec("matplotlib"):
    raise ModuleNotFoundError(
        'cecrules.plots needs matplotlib, which is not installed: pip install "cecrules[plots]"', name="matplotlib"
    )

from .amounts import draw_credits
from .changes import draw_changes
from .members import draw_distance, draw_reasons
from .year import draw_year

__all__ = ["draw_changes", "draw_credits", "draw_distance", "draw_reasons", "draw_year"]
