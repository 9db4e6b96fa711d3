"""Reads the columns of two files alike on every engine, and sums up the output.

Every column of text is read in one way, so that the rules see the same values wherever they run.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from ..activities import FLAGS
from ..errors import InvalidValue, shown
from ..findings import FindingCode
from ..frames.expressions import one_where
from ..frames.members import SHORTAGES
from .outcome import Outcome, most_common
from .stores import OPTIONAL, Store

__all__ = ["blamed", "read_tables", "summed_up"]

Frame: TypeAlias = "nw.LazyFrame[Any]"

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
WHOLE = r"^[+-]?[0-9]{1,18}\z"
DECIMAL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\z"
DATES = ("earned_on", "term_start")
NUMBERS: dict[str, tuple[str, DType]] = {
    "minutes": (WHOLE, nw.Int64()),
    "row": (WHOLE, nw.Int64()),
    "hours": (DECIMAL, nw.Float64()),
}
MOST_OF_A_HEAD = 1 << 16
# The columns of text that are there in any file, beside those that may be left out.
REQUIRED = ("member", "title", "kind", "earned_on", "designation")


@contextmanager
def blamed(store: Store, where: str, problem: str, *read: str) -> Generator[None, None, None]:
    """Says in one line what an engine stumbles over: the line of a file that it reads, otherwise its own words."""
    try:
        yield
    except store.errors as error:
        for path in read:
            if os.path.isfile(path) and not path.endswith(".parquet"):
                _look_through(path)
        raise InvalidValue(where, f"{problem}: {store.why(error)}") from None


def _look_through(path: str) -> None:
    """Raises the problem with the first line of a text that cannot be read."""
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if problem := _problem(line, json_expected=path.endswith(".jsonl")):
                raise InvalidValue(f"{path}: line {number}", problem)


def _problem(line: bytes, *, json_expected: bool) -> str:
    try:
        text = line.decode().strip()
    except UnicodeDecodeError:
        return "must be UTF-8 text"
    try:
        sound = not json_expected or not text or isinstance(json.loads(text), dict)
    except (json.JSONDecodeError, RecursionError):
        sound = False
    return "" if sound else f"must be a JSON object, got {shown(text)}"


def read_tables(store: Store, activities: str, designations: str, formats: Mapping[str, str]) -> tuple[list[Any], int]:
    """Returns both tables, and how many of their rows name no member.

    Raises:
        InvalidValue: A file cannot be read, or a flag in it is neither true nor false.
    """
    tables: list[Frame] = []
    nameless = 0
    for path in (activities, designations):
        with blamed(store, path, "cannot be read", path):
            table, missing = _read(store, path, formats[path])
        tables.append(table)
        nameless += missing
    kinds = [table.collect_schema().get("member") for table in tables]
    if nw.String in kinds and any(kind is not None and kind.is_integer() for kind in kinds):
        tables = [table.with_columns(nw.col("member").cast(nw.String)) for table in tables]
    return [table.to_native() for table in tables], nameless


def _read(store: Store, path: str, ending: str) -> tuple[Frame, int]:
    if os.path.isfile(path) and not os.path.getsize(path):
        raise InvalidValue(path, "cannot be read: it is empty")
    if os.path.isfile(path) and ending == "csv":
        _look_at_head(path)
    table: Frame = nw.from_native(store.open(path, ending))
    schema = table.collect_schema()
    known = dict.fromkeys((*REQUIRED, *OPTIONAL, *NUMBERS))
    texts = [name for name in known if schema.get(name) == nw.String and ending != "parquet"]
    if ending != "parquet":
        # An empty line of a file says nothing at all.
        said = [~nw.col(name).is_null() for name in schema if name != "row"]
        table = table.filter(nw.any_horizontal(*said, ignore_nulls=False))
    nameless = _unnamed(store, path, table, texts)
    readings = {name: _number(name) for name in NUMBERS} | {name: _flag(name) == "true" for name in FLAGS}
    readings |= {name: _like(name, DAY) for name in DATES}
    if ending == "jsonl":
        # A list of JSON becomes the text of a list: no kind of document has a comma in it.
        listed = nw.col("documents").str.replace_all(r'[\[\]"]', "")
        readings["documents"] = listed.str.replace_all(",", ";", literal=True)
    table = table.select(*[(readings if name in texts else {}).get(name, nw.col(name)).alias(name) for name in schema])
    return nw.from_native(store.dated(table.to_native(), [name for name in DATES if name in texts])), nameless


def _look_at_head(path: str) -> None:
    """Refuses a CSV file whose lines, or whose columns, no engine would tell apart."""
    with open(path, "rb") as file:
        head = file.readline(MOST_OF_A_HEAD)
    if b"\r" in head.rstrip(b"\r\n"):
        raise InvalidValue(path, "must end its lines with a line feed, not with a carriage return alone")
    names = next(csv.reader([head.decode("utf-8-sig", "replace")]), [])
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise InvalidValue(f"{path}: {twice[0]}", "must be the name of one column, got it several times")


def _unnamed(store: Store, path: str, table: Frame, texts: Sequence[str]) -> int:
    """Counts the rows without a member, and refuses texts that are not what they must be."""
    odd = {name: (~_flag(name).is_in(["true", "false", ""]), "true or false") for name in FLAGS if name in texts}
    if store.lenient:
        odd |= {
            name: (nw.col(name).str.contains("\ufffd", literal=True), "UTF-8 text") for name in texts if name not in odd
        }
    found = store.only_row(
        table.select(
            nw.len().alias("rows"),
            *[nw.col(name).count().alias("named") for name in table.collect_schema() if name == "member"],
            *[nw.when(condition).then(nw.col(name)).max().alias(name) for name, (condition, _) in odd.items()],
        ).to_native()
    )
    for name, (_, expected) in odd.items():
        if found[name] is not None:
            raise InvalidValue(f"{path}: {name}", f"must be {expected}, got {shown(found[name])}")
    unnamed: int = found["rows"] - found.get("named", found["rows"])
    return unnamed


def _flag(name: str) -> nw.Expr:
    return nw.col(name).str.to_lowercase()


def _like(name: str, form: str) -> nw.Expr:
    """Returns the texts of one form, and null for all others."""
    return nw.when(nw.col(name).str.contains(form)).then(nw.col(name))


def _number(name: str) -> nw.Expr:
    """Reads numbers; a text that is none is no length either, and must not pass for a length left out."""
    form, kind = NUMBERS[name]
    return nw.when(nw.col(name) != "").then(_like(name, form).cast(kind).fill_null(-1))


def summed_up(store: Store, members: Any, decisions: Any, nameless: int) -> Outcome:
    """Sums up the output: the members, who of them can renew, and the reasons met most often."""
    counts = store.only_row(
        nw.from_native(members)
        .select(
            nw.len().alias("decided"),
            one_where(nw.col("renewable")).sum().alias("renewable"),
            nw.col("bad_rows").sum(),
            *[one_where(nw.col(name) > 0).sum().alias(name) for name in SHORTAGES],
        )
        .to_native()
    )
    reasons = Counter({name: counts[name] or 0 for name in SHORTAGES})
    if decisions is not None:
        met = {code: nw.col("findings").str.contains(f"(^|;){code}(;|$)") for code in FindingCode}
        codes = [one_where(holds).sum().alias(code) for code, holds in met.items()]
        found = store.only_row(nw.from_native(decisions).select(*codes).to_native())
        reasons.update({code: found[code] or 0 for code in FindingCode})
    return Outcome(
        decided=counts["decided"],
        renewable=counts["renewable"] or 0,
        bad=(counts["bad_rows"] or 0) + nameless,
        reasons=most_common(reasons),
    )
