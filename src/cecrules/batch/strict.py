"""Checks a file of text before an engine reads it, and finds the line in the file of each of its rows.

CSV is checked as RFC 4180 has it: every row has as many cells as the heading, and a quote inside a quoted cell is
doubled. An engine would make one title of all rows up to the next quote, and say nothing.
"""

from __future__ import annotations

import csv
import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

import attrs

from ..errors import ErrorCode, InvalidValue, shown
from ..frames.tables import ACTIVITIES, DESIGNATIONS, known_columns

__all__ = ["LAYOUT_HINT", "Lines", "checked"]

# What to do about a file that is written in another way.
LAYOUT_HINT = "save it as CSV with commas, in UTF-8, or read it by a --layout, which `cecrules layout` proposes"

MOST_OF_A_ROW = 1 << 24
_PIECE = 1 << 20
_QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'
_ON_A_LINE = rb'"[^"\r\n]*+(?:""[^"\r\n]*+)*+"'
_PLAIN = rb'[^",\r\n]*+'
_END = rb"\r?\n"
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A text in JSON that starts like a list, which an engine would give the form of one.
_LIKE_A_LIST = re.compile(rb'"(?:\[|\\u005[bB])')
_JSON_SPACES = b" \t\r\n"
# A string of JSON, and the colon after it where it is a key.
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")\s*(:?)')
_KNOWN = frozenset([*known_columns(ACTIVITIES), *known_columns(DESIGNATIONS)])
# The keys whose values tell rows apart, and what those may be.
_NAMES = ("member", "title", "provider")
_NAMED_BY = (str, int)
# Floats up to here have no fraction that they cannot show.
_EXACT = float(1 << 53)


@attrs.frozen
class Lines:
    """Where the rows of a file are.

    Attributes:
        first: The line of the first row, from 1.
        more: For each line that is no row of its own, the place of the row it belongs to, or that comes before it.
        spread: How many rows go over several lines.
        odd: The places of the rows with a text of documents that looks like a list of JSON.
        keys: Every key of every line of JSON, since a line may leave out any.
    """

    first: int = 1
    more: Sequence[int] = ()
    spread: int = 0
    odd: Sequence[int] = ()
    keys: Sequence[str] = ()

    def odd_lines(self) -> list[int]:
        """Returns the lines of the odd rows."""
        return [row + self.first + bisect_left(self.more, row) for row in self.odd]


def checked(path: str, ending: str) -> Lines:
    """Checks a file of CSV or JSON Lines, and finds the line of each of its rows.

    Raises:
        InvalidValue: The file cannot be trusted, with the first line that is wrong.
    """
    with open(path, "rb") as file:
        start = file.read(4)
        if start[:2] in _UTF_16 or (b"\0" in start and start):
            raise InvalidValue(path, "must be UTF-8 text, and seems to be UTF-16", LAYOUT_HINT, ErrorCode.UNREADABLE)
        file.seek(0)
        return _Csv(path, file).lines() if ending == "csv" else _JsonLines(path, file).lines()


class _Csv:
    """Reads a file of CSV a piece at a time, as bytes."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        self.path, self.file = path, file
        self.piece, self.place, self.ended = b"", 0, False
        self.line = 1

    def lines(self) -> Lines:
        self._more()
        self.piece = self.piece.removeprefix(b"\xef\xbb\xbf")
        self._past(_end_of(re.compile(rb"(?:%b)*+" % _END), self.piece, self.place))
        if self.place == len(self.piece):
            raise InvalidValue(self.path, "cannot be read: it is empty", code=ErrorCode.UNREADABLE)
        width = len(_cells_of(self.path, self.line, self._row(0)))
        first, row, spread = self.line, 0, 0
        more = array("q")
        cell = rb"(?:%b|%b)" % (_ON_A_LINE, _PLAIN)
        plain = re.compile(rb"(?:(?:%b(?:,%b){%d})?+%b)*+" % (cell, cell, width - 1, _END))
        while True:
            row += self._past(_end_of(plain, self.piece, self.place))
            if self.place == len(self.piece) and not self._more():
                return Lines(first, more, spread)
            if self.piece.find(b"\n", self.place) < 0 and not self.ended:
                self._more()
            elif _end_of(plain, self.piece, self.place) == self.place:
                over = self._row(width).count(b"\n") - 1
                more.extend([row] * over)
                spread += over > 0
                row += 1

    def _past(self, end: int) -> int:
        """Goes past some rows that are sound, and counts their lines."""
        passed = self.piece[self.place : end]
        count = passed.count(b"\n")
        try:
            passed.decode()
        except UnicodeDecodeError as error:
            line = self.line + passed.count(b"\n", 0, error.start)
            raise InvalidValue(
                f"{self.path}: line {line}", "must be UTF-8 text", LAYOUT_HINT, ErrorCode.UNREADABLE
            ) from None
        self.line += count
        self.place = end
        return count

    def _more(self) -> bool:
        """Reads on; the last line ends like any other."""
        read = self.file.read(max(_PIECE, len(self.piece) - self.place))
        if not read and not self.ended:
            self.ended = True
            read = b"\n" if not self.piece.endswith(b"\n") else b""
        self.piece = self.piece[self.place :] + read
        self.place = 0
        return bool(read)

    def _row(self, width: int) -> bytes:
        """Goes past one row, which may go over several lines; any number of cells will do where `width` is 0."""
        cells, place = 1, 0
        while True:
            place, closed = self._cell(place, cells)
            if closed:
                break
            cells += 1
        if width and cells != width:
            raise InvalidValue(
                f"{self.path}: line {self.line}",
                f"must have {width} cells like the heading, got {cells}",
                code=ErrorCode.MALFORMED,
            )
        row = self.piece[self.place : self.place + place]
        self._past(self.place + place)
        return row

    def _cell(self, place: int, number: int) -> tuple[int, bool]:
        """Returns the place after a cell and what ends it, and whether the row ends with it."""
        while True:
            start = self.place + place
            quoted = self.piece.startswith(b'"', start)
            found = re.compile(_QUOTED if quoted else rb"[^,\n]*+").match(self.piece, start)
            end = found.end() if found else len(self.piece)
            # A quote at the end of the piece may be the first of two.
            if found and end + (not self.ended) < len(self.piece):
                break
            if self.ended or len(self.piece) - self.place > MOST_OF_A_ROW:
                raise self._wrong(start, f"must close the quote that opens in cell {number}")
            self._more()
        if quoted:
            after = re.compile(rb",|\r?\n").match(self.piece, end)
            if after is None:
                problem = f"must double a quote inside a quoted text, in cell {number}"
                raise self._wrong(end, problem, f"got {shown(_text(self.piece[start : end + 20]))}")
            return after.end() - self.place, after[0] != b","
        text = self.piece[start:end]
        ends = self.piece.startswith(b"\n", end)
        if b'"' in text:
            problem = f"must put quotes around a text with a quote in it, and double the quote, in cell {number}"
            raise self._wrong(start, problem, f"got {shown(_text(text))}")
        if b"\r" in (text.removesuffix(b"\r") if ends else text):
            raise self._wrong(start, "must end its lines with a line feed, not with a carriage return alone")
        return end + 1 - self.place, ends

    def _wrong(self, place: int, problem: str, hint: str = "") -> InvalidValue:
        line = self.line + self.piece.count(b"\n", self.place, place)
        return InvalidValue(f"{self.path}: line {line}", problem, hint, ErrorCode.MALFORMED)


def _end_of(pattern: re.Pattern[bytes], text: bytes, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").partition("\n")[0].rstrip("\r")


def _cells_of(path: str, line: int, row: bytes) -> list[str]:
    """Returns the headings of a file, which have to tell its columns apart."""
    names = next(csv.reader([row.decode().rstrip("\r\n")], strict=True), [""])
    for separator, words in _SEPARATORS.items():
        if len(names) == 1 and separator in names[0]:
            problem = f"must separate its columns by commas, and seems to separate them by {words}"
            raise InvalidValue(
                f"{path}: line {line}", f"{problem}, got {shown(names[0])}", LAYOUT_HINT, ErrorCode.MALFORMED
            )
    if "" in names and len(names) > 1:
        place = names.index("") + 1
        problem = f"must have a name in every heading, and heading {place} of {len(names)} has none"
        raise InvalidValue(f"{path}: line {line}", problem, "name it, or leave the column out", ErrorCode.MISSING)
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise InvalidValue(
            f"{path}: {twice[0]}", "must be the name of one column, got it several times", code=ErrorCode.REPEATED_KEY
        )
    return names


class _JsonLines:
    """Reads a file of JSON Lines; every line is one object, with the same answer from any engine that reads it."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        self.path, self.file = path, file
        self.number = 0

    def lines(self) -> Lines:
        more, odd = array("q"), array("q")
        keys: dict[str, object] = {}
        row = 0
        for line in self.file:
            self.number += 1
            if not line.strip(_JSON_SPACES):
                more.append(row - 1)
                continue
            try:
                found = self._object(line)
            except RecursionError:
                raise self._wrong("must be a JSON object of fewer brackets inside each other") from None
            keys.update(found)
            if isinstance(found.get("documents"), str) and _LIKE_A_LIST.search(line):
                odd.append(row)
            row += 1
        if not keys:
            raise self._wrong("must have an object with keys, in this line or before it", code=ErrorCode.MISSING)
        return Lines(1, more, 0, odd, tuple(keys))

    def _object(self, line: bytes) -> dict[str, Any]:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            raise self._wrong("must be UTF-8 text", code=ErrorCode.UNREADABLE) from None
        try:
            raw = _decode(text)
        except ValueError:
            raw = None
        if not isinstance(raw, dict):
            raise self._wrong("must be a JSON object", text.strip())
        found = cast("dict[str, Any]", raw)
        # Only a line with more colons than keys may have a key twice.
        if text.count(":") != len(found):
            self._refuse_twice(text)
        if "\\" in text:
            self._refuse_escapes(text, found)
        for name in _NAMES:
            value = found.get(name)
            if type(value) not in _NAMED_BY and value is not None and not _is_whole(value):
                raise self._wrong(f"must have text or a whole number as {name!r}", value, ErrorCode.WRONG_TYPE)
        return found

    def _refuse_twice(self, text: str) -> None:
        """An engine takes either value of a key that is there twice."""
        keys = [key for key, _ in json.loads(text, object_pairs_hook=list)]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise self._wrong("must give each key once", twice, ErrorCode.REPEATED_KEY)

    def _refuse_escapes(self, text: str, found: object) -> None:
        """An engine makes one text of all halves of a pair, and does not know a key that has escapes."""
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise self._wrong("must be valid Unicode text", text.strip()) from None
        for string in _STRING.finditer(text):
            if string[2] and "\\" in string[1] and json.loads(string[1]) in _KNOWN:
                raise self._wrong("must write its keys without escapes", string[1])

    def _wrong(self, problem: str, found: object = None, code: ErrorCode = ErrorCode.MALFORMED) -> InvalidValue:
        got = "" if found is None else f", got {shown(found)}"
        return InvalidValue(f"{self.path}: line {self.number}", problem + got, code=code)


def _is_whole(value: object) -> bool:
    """Tells whether a float is a whole number that no other is rounded to."""
    return isinstance(value, float) and value.is_integer() and abs(value) < _EXACT


def _no_number(name: str) -> None:
    raise ValueError(name)


_decode = json.JSONDecoder(parse_constant=_no_number).decode
