"""Credits, an exact amount of continuing education credits (clause `unit.hour`).

Amounts are whole minutes inside, so that adding and comparing never round. Each amount says how many minutes make one
of its credits, which is 60 (an hour) unless a rulebook says otherwise.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import attrs

from .converters import read_amount, read_whole
from .errors import ErrorCode, InvalidValue, shown

__all__ = ["MINUTES_AN_HOUR", "MINUTES_A_DAY", "MOST", "Amount", "Credits", "credits_of"]

MINUTES_AN_HOUR = 60
MINUTES_A_DAY = 24 * MINUTES_AN_HOUR
# The largest whole number that every reader of JSON has exactly.
MOST = 2**53 - 1

Amount: TypeAlias = int | float | str | Decimal | Fraction


@functools.total_ordering
@attrs.frozen(init=False, eq=False, repr=False, order=False)
class Credits:
    """An exact, non-negative number of credits.

    It equals, orders with and hashes like the number of CECs it stands for (clause `unit.hour`).

        >>> Credits("1.5") == 1.5, Credits(minutes=90) + 1
        (True, Credits('2.5'))
        >>> print(Credits(minutes=100), Credits(2), Credits(minutes=15))
        1 h 40 min 2 0.25

    Args:
        value: A number of credits, at least 0, as an int, Decimal, Fraction, decimal text or float. A float is read
            by its shortest decimal text. Another `Credits` is copied.
        minutes: Whole minutes, at least 0, instead of `value`.
        minutes_a_credit: How many minutes make one credit, at least 1.

    Raises:
        InvalidValue: The amount is negative, is not a number, is not a whole number of minutes, or is more minutes
            than JSON has exactly.
    """

    minutes: int = attrs.field()
    minutes_a_credit: int = attrs.field(default=MINUTES_AN_HOUR)

    def __init__(
        self,
        value: Amount | Credits | None = None,
        *,
        minutes: int | None = None,
        minutes_a_credit: int = MINUTES_AN_HOUR,
    ) -> None:
        if (value is None) == (minutes is None):
            raise InvalidValue(
                (), "expected either a number of credits or minutes=, exactly one of them", code=ErrorCode.CONFLICT
            )
        base = read_whole(minutes_a_credit, ("minutes_a_credit",), least=1)
        if minutes is not None:
            count = read_whole(minutes, ("minutes",), least=0)
        elif isinstance(value, Credits):
            count, base = value.minutes, value.minutes_a_credit
        else:
            count = read_amount(value, (), unit=base, unit_name="credits")
        if count > MOST:
            raise InvalidValue((), f"must be at most {MOST} minutes, got {shown(count)}", code=ErrorCode.OUT_OF_RANGE)
        self.__attrs_init__(minutes=count, minutes_a_credit=base)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]

    @property
    def number(self) -> Fraction:
        """The exact number of credits."""
        return Fraction(self.minutes, self.minutes_a_credit)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Credits):
            return self.minutes * other.minutes_a_credit == other.minutes * self.minutes_a_credit
        if isinstance(other, int):
            return self.minutes == other * self.minutes_a_credit
        if isinstance(other, float | Decimal | Fraction):
            return bool(self.number == other)
        return NotImplemented

    def __hash__(self) -> int:
        return _hashed(self.minutes, self.minutes_a_credit)

    def __lt__(self, other: Credits | float | Decimal | Fraction) -> bool:
        if isinstance(other, Credits):
            return self.minutes * other.minutes_a_credit < other.minutes * self.minutes_a_credit
        # NaN cannot be ordered.
        if isinstance(other, int | float | Decimal | Fraction) and other == other:  # noqa: PLR0124  # pyright: ignore[reportUnnecessaryIsInstance]
            return self.number < other
        return NotImplemented

    def _same_unit(self, other: Credits | Amount) -> Credits:
        amount = Credits(other, minutes_a_credit=self.minutes_a_credit)
        if amount.minutes_a_credit != self.minutes_a_credit:
            raise InvalidValue(
                (),
                f"expected credits of {self.minutes_a_credit} minutes, got credits of {amount.minutes_a_credit}",
                "amounts with different minutes per credit cannot be combined",
                ErrorCode.CONFLICT,
            )
        return amount

    def __add__(self, other: Credits | Amount) -> Credits:
        amount = self._same_unit(other)
        return Credits(minutes=self.minutes + amount.minutes, minutes_a_credit=self.minutes_a_credit)

    __radd__ = __add__

    def __sub__(self, other: Credits | Amount) -> Credits:
        amount = self._same_unit(other)
        if amount.minutes > self.minutes:
            raise InvalidValue(
                (),
                f"expected at most {self} to be taken away, got {amount}",
                "credits are never negative",
                ErrorCode.OUT_OF_RANGE,
            )
        return Credits(minutes=self.minutes - amount.minutes, minutes_a_credit=self.minutes_a_credit)

    def __bool__(self) -> bool:
        return self.minutes != 0

    def __float__(self) -> float:
        return self.minutes / self.minutes_a_credit

    def __str__(self) -> str:
        return _in_words(self.minutes, self.minutes_a_credit)

    def __format__(self, format_spec: str) -> str:
        return format(str(self), format_spec)

    def __repr__(self) -> str:
        text = str(self)
        amount = f"minutes={self.minutes}" if text.endswith("min") else repr(text)
        unit = "" if self.minutes_a_credit == MINUTES_AN_HOUR else f", minutes_a_credit={self.minutes_a_credit}"
        return f"Credits({amount}{unit})"


@functools.lru_cache(maxsize=4096)
def _hashed(minutes: int, minutes_a_credit: int) -> int:
    return hash(Fraction(minutes, minutes_a_credit))


@functools.lru_cache(maxsize=4096)
def _in_words(minutes: int, minutes_a_credit: int) -> str:
    hundredths, rest = divmod(minutes * 100, minutes_a_credit)
    if rest == 0:
        return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    hours, minutes = divmod(minutes, MINUTES_AN_HOUR)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


@functools.lru_cache(maxsize=4096)
def credits_of(minutes: int, minutes_a_credit: int) -> Credits:
    """Returns the amount for minutes that are known to be whole and not negative; makes it once and shares it."""
    return Credits(minutes=minutes, minutes_a_credit=minutes_a_credit)
