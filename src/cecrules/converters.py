"""Reads plain data into values, strictly, each kind of value in one function.

Every function takes the plain value and its path, and returns the value or raises `InvalidValue`. The constructors of
the library and its JSON and TOML readers all use these functions, so no type is described twice.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from numbers import Integral
from typing import Any, TypeGuard, TypeVar, cast

from .errors import CecRulesError, ErrorCode, InvalidValue, Path, Problems, shown

__all__ = [
    "codes_of",
    "in_words",
    "nearest",
    "optional",
    "preferring",
    "read_amount",
    "read_codes",
    "read_date",
    "read_each",
    "read_flag",
    "read_member",
    "read_members",
    "read_name",
    "read_number",
    "read_text",
    "read_whole",
]

M = TypeVar("M", bound=StrEnum)
T = TypeVar("T")

_DECIMAL = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18
_MOST = 10**_MOST_DIGITS
_LONGEST_NAME = 80
_MOST_NAMES = 3
_MOST_LABELS = 5
_OTHER_EDITIONS = "other editions only"


def in_words(name: str) -> str:
    """Returns the name of a form with its article, such as `an assessment`; a plural, such as `readings`, has none."""
    if name.endswith("s"):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def nearest(found: object, known: Iterable[str], rarely: Container[str] = ()) -> str:
    """Returns a hint with the closest known names, or with all known names if none is close.

    Args:
        found: The unknown name.
        known: The known names.
        rarely: The known names that are seldom meant; the hint has them last, and marked.
    """
    names = [str(name) for name in known]
    if isinstance(found, str):
        close = _close(found[:_LONGEST_NAME], names)
        close = sorted(close, key=lambda name: name in rarely)[:_MOST_NAMES]
        if close:
            return _did_you_mean({name: _OTHER_EDITIONS if name in rarely else "" for name in close})
    return "known: " + ", ".join(names) if names else ""


def _close(found: str, names: Sequence[str]) -> list[str]:
    """Returns the names that differ only by case, otherwise the close names, with the same letters first."""
    folded = found.casefold()
    same = [name for name in names if name.casefold() == folded]
    if same:
        return same
    by_folded = {name.casefold(): name for name in names}
    import difflib  # noqa: PLC0415 - only a mistake needs it

    close = difflib.get_close_matches(folded, by_folded, n=_MOST_NAMES + 2)
    # Letters that only changed places are closer than any others.
    swapped = [name for name in close if sorted(name) == sorted(folded)]
    return [by_folded[name] for name in swapped or close]


def read_text(raw: object, path: Path) -> str:
    """Reads a text, which may be empty."""
    if not isinstance(raw, str):
        raise InvalidValue(path, f"must be text, got {shown(raw)}", code=ErrorCode.WRONG_TYPE)
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            raise InvalidValue(
                path, f"must be valid Unicode text, got {shown(raw)}", code=ErrorCode.MALFORMED
            ) from None
    return raw if type(raw) is str else str.__str__(raw)


def optional(read: Callable[[Any, Path], T]) -> Callable[[Any, Path], T | None]:
    """Returns a reader that also reads None."""
    return lambda raw, path: None if raw is None else read(raw, path)


def read_name(raw: object, path: Path) -> str:
    """Reads a text that is not blank."""
    name = read_text(raw, path)
    if not name.strip():
        raise InvalidValue(path, f"must not be blank, got {shown(raw)}", code=ErrorCode.OUT_OF_RANGE)
    return name


def read_flag(raw: object, path: Path) -> bool:
    """Reads true or false, and refuses anything that only resembles them."""
    if raw is True or raw is False:
        return raw
    # NumPy has its own truth values, which only their type distinguishes from numbers.
    if type(raw).__name__ in ("bool", "bool_") and type(raw).__module__ == "numpy":
        return bool(raw)
    raise InvalidValue(path, f"must be true or false, got {shown(raw)}", code=ErrorCode.WRONG_TYPE)


def read_whole(raw: object, path: Path, *, least: int, most: int | None = None) -> int:
    """Reads a whole number from `least` to `most`, both included; 2014.0 is one."""
    if type(raw) is int:
        number = raw
    elif isinstance(raw, float) and raw.is_integer():
        number = int(raw)
    elif isinstance(raw, bool) or not isinstance(raw, Integral):
        raise InvalidValue(path, f"must be a whole number, got {shown(raw)}", code=ErrorCode.WRONG_TYPE)
    else:
        number = int(raw)
    if not least <= number <= (_MOST if most is None else most):
        bounds = f"at least {least}" if number < least and most is None else f"from {least} to {most or _MOST}"
        raise InvalidValue(path, f"must be {bounds}, got {shown(raw)}", code=ErrorCode.OUT_OF_RANGE)
    return number


def read_number(raw: object, path: Path, bounds: str = "at least 0") -> Fraction:
    """Reads an exact number of at least 0 from an int, Decimal, Fraction, decimal text, or float by its text.

    What else has to be true of it is for the caller; `bounds` says all of it in words.
    """
    expected = "must be a number such as 1.5"
    number: Fraction | None = None
    if isinstance(raw, bool):
        pass
    elif isinstance(raw, Integral):
        number = Fraction(int(raw))
    elif isinstance(raw, Fraction):
        number = raw
    elif isinstance(raw, float | Decimal):
        # A float of another library may write itself differently.
        exact = Decimal(float.__repr__(raw)) if isinstance(raw, float) else raw
        if not exact.is_finite():
            raise InvalidValue(path, f"must be a finite number, got {shown(raw)}", code=ErrorCode.OUT_OF_RANGE)
        # An exponent is bounded before it becomes digits, because 1e999999 is eight characters and a million digits.
        if exact and (abs(exact.adjusted()) > _MOST_DIGITS or len(exact.as_tuple().digits) > 2 * _MOST_DIGITS):
            raise InvalidValue(
                path,
                f"must have at most {_MOST_DIGITS} digits on either side of the point, got {shown(raw)}",
                code=ErrorCode.OUT_OF_RANGE,
            )
        number = Fraction(exact)
    elif isinstance(raw, str) and _DECIMAL.fullmatch(raw.strip()):
        number = Fraction(raw.strip())
    if number is None:
        code = ErrorCode.MALFORMED if isinstance(raw, str) else ErrorCode.WRONG_TYPE
        raise InvalidValue(path, f"{expected}, got {shown(raw)}", code=code)
    if number < 0:
        raise InvalidValue(path, f"must be {bounds}, got {shown(raw)}", code=ErrorCode.OUT_OF_RANGE)
    if number > _MOST or number.denominator > _MOST:
        problem = f"must have at most {_MOST_DIGITS} digits on either side of the point, got {shown(raw)}"
        raise InvalidValue(path, problem, code=ErrorCode.OUT_OF_RANGE)
    return number


def read_amount(raw: object, path: Path, *, unit: int, unit_name: str) -> int:
    """Reads a number of units of `unit` minutes as whole minutes."""
    if type(raw) is int and raw >= 0:
        return raw * unit
    minutes = read_number(raw, path) * unit
    if minutes.denominator != 1:
        raise InvalidValue(
            path,
            f"must be a whole number of minutes, got {shown(raw)} {unit_name} of {unit} minutes",
            f"give minutes instead, such as minutes={round(minutes)}",
            ErrorCode.OUT_OF_RANGE,
        )
    return minutes.numerator


def read_date(raw: object, path: Path) -> date:
    """Reads a calendar day from a `datetime.date`, or from text in the form YYYY-MM-DD."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError as error:
            raise InvalidValue(
                path, f"must be a day of the calendar, got {shown(raw)}", str(error), ErrorCode.OUT_OF_RANGE
            ) from None
    hint = "give its .date()" if isinstance(raw, datetime) else ""
    code = ErrorCode.MALFORMED if isinstance(raw, str) else ErrorCode.WRONG_TYPE
    raise InvalidValue(path, f"must be a date as YYYY-MM-DD, such as 2013-06-21, got {shown(raw)}", hint, code)


def read_member(kind: type[M], raw: object, path: Path, *, rarely: Container[str] = ()) -> M:
    """Reads a member of a closed vocabulary from the member or its code; `rarely` has the codes seldom meant."""
    if type(raw) is kind:
        return raw
    member = codes_of(kind).get(raw) if isinstance(raw, str) else None
    if member is None:
        raise InvalidValue(
            path,
            f"must be the code of {_words(kind)}, got {shown(raw)}",
            functools.partial(_meant, kind, raw, rarely),
            ErrorCode.UNKNOWN_CODE if isinstance(raw, str) else ErrorCode.WRONG_TYPE,
        )
    return cast("M", member)


def preferring(rarely: Container[str], problem: CecRulesError) -> CecRulesError:
    """Returns a problem whose hint has other codes as those seldom meant, if some codes of its vocabulary are."""
    where, told, advice, code = problem.args
    if isinstance(advice, functools.partial) and advice.func is _meant and advice.args[2]:
        kind, found, _ = advice.args
        return type(problem)(where, told, functools.partial(_meant, kind, found, rarely), code)
    return problem


def _words(kind: type[StrEnum]) -> str:
    """Returns what a vocabulary is of, with its article, such as `an activity kind`."""
    return in_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower())


def _meant(kind: type[StrEnum], found: object, rarely: Container[str]) -> str:
    """Returns a hint with the codes that a word may mean, each with its label if they are several."""
    from .likeness import codes_like, holds_several, label_of  # noqa: PLC0415 - only a mistake needs it

    if not isinstance(found, str):
        return nearest(found, kind)
    word = found[:_LONGEST_NAME]
    if holds_several(kind, word):
        return "give each code by itself"
    codes = sorted(codes_like(kind, word), key=lambda code: code in rarely)
    if not codes:
        return nearest(found, kind, rarely)
    # One code needs no explanation, and with many nobody would read it.
    labels = {code: label_of(kind(code)) if 1 < len(codes) <= _MOST_LABELS else "" for code in codes}
    return _did_you_mean(labels | {code: _OTHER_EDITIONS for code in codes if code in rarely})


def _did_you_mean(names: Mapping[str, str]) -> str:
    """Asks whether one of several names was meant, each with a remark."""
    told = (f"{name!r} ({label})" if label else repr(name) for name, label in names.items())
    return f"did you mean {' or '.join(told)}?"


@functools.cache
def codes_of(kind: type[StrEnum]) -> dict[str, StrEnum]:
    """Returns the members of a closed vocabulary by their codes."""
    return {member.value: member for member in kind}


def read_each(raw: object, path: Path) -> Sequence[object]:
    """Reads a list, tuple, set or other iterable of items; refuses a text or a mapping."""
    if type(raw) in (list, tuple):
        return cast("Sequence[object]", raw)
    # An array without dimensions is an Iterable by its type but cannot be iterated.
    if not _is_list(raw) or getattr(raw, "ndim", 1) == 0:
        hint = f"write [{shown(raw)}]" if isinstance(raw, str) else ""
        raise InvalidValue(path, f"must be a list, got {shown(raw)}", hint, ErrorCode.WRONG_TYPE)
    return tuple(raw)


def _is_list(raw: object) -> TypeGuard[Iterable[object]]:
    return isinstance(raw, Iterable) and not isinstance(raw, str | bytes | Mapping)


def read_members(kind: type[M], raw: object, path: Path) -> tuple[M, ...]:
    """Reads a list of members of a closed vocabulary, each once, in the order given."""
    return tuple(dict.fromkeys(read_codes(kind, raw, path)))


def read_codes(kind: type[M], raw: object, path: Path) -> list[M]:
    """Reads a list of members of a closed vocabulary, and keeps duplicates."""
    problems = Problems()
    members = [
        problems.attempt(read_member, kind, item, (*path, index)) for index, item in enumerate(read_each(raw, path))
    ]
    problems.settle()
    return cast("list[M]", members)
