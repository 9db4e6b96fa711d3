"""Decides a whole association at once in data frames, by the rules of `evaluate` compiled from the same rulebook.

Works on Polars (eager and lazy), pandas, PyArrow, DuckDB and PySpark through narwhals (extra `frames`); what comes
out is the caller's own kind of frame, and lazy where what came in was.
"""

from .activities import ProblemCode
from .decisions import decide_frame
from .members import evaluate_frame
from .problems import problems_frame

__all__ = ["ProblemCode", "decide_frame", "evaluate_frame", "problems_frame"]
