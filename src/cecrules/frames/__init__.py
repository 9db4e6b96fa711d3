"""Decides many members at once in data frames, by the rules of `evaluate` compiled from the same rulebook.

Works on Polars (eager and lazy), pandas, PyArrow, DuckDB and PySpark through narwhals (extra `frames`); what comes
out is the caller's own kind of frame, and lazy where what came in was.
"""

from importlib.util import find_spec

if not find_spec("narwhals"):
    raise ModuleNotFoundError(
        'cecrules.frames needs narwhals, which is not installed: pip install "cecrules[frames]"', name="narwhals"
    )

from ..layouts.days import DayForms
from ..layouts.layout import (
    ActivitiesLayout,
    ActivityColumns,
    DesignationColumns,
    DesignationsLayout,
    Encoding,
    FileForm,
    Layout,
)
from ..layouts.lengths import LengthForm, LengthForms
from ..layouts.loading import load_layout, read_layout
from ..layouts.words import DesignationWord, DocumentWord, FlagWord, KindWord, TotalRows
from .activities import ProblemCode
from .arranging import arrange
from .comparing import compare_frame
from .decisions import decide_frame
from .members import evaluate_frame
from .notices import notices_frame
from .outlooks import outlook_frame
from .problems import problems_frame

__all__ = [
    "ActivitiesLayout",
    "ActivityColumns",
    "DayForms",
    "DesignationColumns",
    "DesignationWord",
    "DesignationsLayout",
    "DocumentWord",
    "Encoding",
    "FileForm",
    "FlagWord",
    "KindWord",
    "Layout",
    "LengthForm",
    "LengthForms",
    "ProblemCode",
    "TotalRows",
    "arrange",
    "compare_frame",
    "decide_frame",
    "evaluate_frame",
    "load_layout",
    "notices_frame",
    "outlook_frame",
    "problems_frame",
    "read_layout",
]
