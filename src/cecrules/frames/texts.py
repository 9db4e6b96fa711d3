"""Reads days, lengths and flags from columns of text, each in one form, as files and offices keep them.

A text in another form is not read as anything: `problems_frame` reports its row, with the text.
"""

from __future__ import annotations

import narwhals as nw

from .expressions import is_blank

__all__ = ["day_in", "flag_in", "is_day", "is_exact", "is_flag", "is_number", "number_in"]

_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_MONTHS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
_TIME = "[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?"
# Every day of the calendar, with or without a time of day, and no other text.
_DAY = f"^(?:[0-9]{{4}}-(?:{_MONTHS})|{_LEAP}-02-29)(?:{_TIME})?$"
_FORMS = {
    "minutes": "^[+-]?[0-9]{1,18}$",
    "hours": "^[+-]?(?:[0-9]{1,18}[.]?[0-9]{0,18}|[.][0-9]{1,18})(?:[eE][+-]?[0-9]{1,2})?$",
}
# Those that no float rounds to another length. Whole minutes make hours of two decimals at most, and a float tells
# apart as many digits as stand before an exponent here.
_SHORT = "(?:[0-9]{1,14}[.]?|[0-9]{1,7}[.][0-9]{1,7}|[.][0-9]{1,14})"
_EXACT = {
    "minutes": _FORMS["minutes"],
    "hours": ("^[+-]?(?:[0-9]{1,18}(?:[.][0-9]{0,2}0{0,16})?|[.][0-9]{1,2}0{0,16}|" + _SHORT + "[eE][+-]?[0-9]{1,2})$"),
}
_EXACT_DECIMALS = {"minutes": "^[+-]?[0-9]*[.]?0*$", "hours": "^[+-]?[0-9]*[.]?[0-9]{0,2}0*$"}
_FLAGS = ("true", "false")


def is_day(text: nw.Expr) -> nw.Expr:
    """Returns whether texts are days of the form YYYY-MM-DD, with or without a time of day."""
    return _matches(text, _DAY) & ~text.str.starts_with("0000")


def day_in(text: nw.Expr, engine: nw.Implementation) -> nw.Expr:
    """Returns the days in texts, and null where there is none."""
    days = nw.when(is_day(text)).then(text.str.slice(0, 10))
    return days.str.to_date("%Y-%m-%d") if engine.is_polars() else days.cast(nw.Date)


def is_number(text: nw.Expr, column: str) -> nw.Expr:
    """Returns whether texts are numbers as the column of `hours` or `minutes` has them."""
    return _matches(text, _FORMS[column])


def number_in(text: nw.Expr, column: str) -> nw.Expr:
    """Returns the numbers in texts, and a number that is no length where there is none."""
    return nw.when(_matches(text, _EXACT[column])).then(text).cast(nw.Float64).fill_null(-1.0)


def is_exact(decimal: nw.Expr, column: str) -> nw.Expr:
    """Returns whether decimals stay the lengths they are where they become floats."""
    return _matches(decimal.cast(nw.String), _EXACT_DECIMALS[column]).fill_null(False)


def is_flag(text: nw.Expr) -> nw.Expr:
    """Returns whether texts are `true` or `false` in any case, or blank."""
    return text.str.to_lowercase().is_in(_FLAGS) | is_blank(text)


def flag_in(text: nw.Expr) -> nw.Expr:
    """Returns whether texts are `true`."""
    return text.str.to_lowercase() == _FLAGS[0]


def _matches(text: nw.Expr, form: str) -> nw.Expr:
    # In Python the end of a pattern may stand before the last line feed.
    return text.str.contains(form) & ~text.str.contains("\n", literal=True)
