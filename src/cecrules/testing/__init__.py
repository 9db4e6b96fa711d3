"""Hypothesis strategies for tests of tools built on this library (extra `testing`).

Importing this package also teaches `st.from_type` the classes `Credits`, `Activity`, `Submission` and `Rulebook`.
Hypothesis imports it by itself if both are installed.
"""

from hypothesis import strategies as st

from ..activities import Activity
from ..credits import Credits
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission
from .books import rulebooks
from .people import (
    YEARS,
    acceptable_activities,
    activities,
    boundary_activities,
    credits,  # noqa: A004 - the library's own word for them
    rejected_activities,
    submissions,
)

__all__ = [
    "acceptable_activities",
    "activities",
    "boundary_activities",
    "credits",
    "rejected_activities",
    "rulebooks",
    "submissions",
]

st.register_type_strategy(Credits, credits())
st.register_type_strategy(Activity, lambda _: YEARS.flatmap(activities))
st.register_type_strategy(Submission, lambda _: submissions())
st.register_type_strategy(Rulebook, lambda _: rulebooks())
