"""Reads the rows of a file by the form that a layout states, each with the number of its line, all of it as text."""

# openpyxl has no types of its own.
# pyright: reportMissingTypeStubs=false, reportMissingModuleSource=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from ..converters import nearest
from ..errors import ErrorCode, InvalidValue, shown
from .cells import text_of
from .layout import Encoding, FileForm

__all__ = ["TEXTS", "WORKBOOKS", "Kept", "Row", "bytes_of", "kept_in", "rows_of_text", "sheets_of", "text_in"]

# The number of the line, or of the row of a sheet, and the cells.
Row: TypeAlias = tuple[int, list[str]]

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")


@attrs.frozen
class Kept:
    """A table as it is kept in a file.

    Attributes:
        headings: The headings, without spaces at their ends; empty where a column has none.
        rows: The rows below them in which anything stands.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def kept_in(path: str, form: FileForm) -> Kept:
    """Reads the table in a file of text or in a workbook, by its ending.

    Raises:
        InvalidValue: The file cannot be read, is not in that form, or has a row with more cells than headings; or with
            fewer, which only a workbook leaves out at the end of a row.
    """
    ragged = Path(path).suffix.lower() in WORKBOOKS
    if ragged:
        sheets = sheets_of(path)
        name = form.sheet if form.sheet is not None else next(iter(sheets))
        if name not in sheets:
            problem = f"must have a sheet {shown(name)}"
            raise InvalidValue(path, problem, partial(nearest, name, tuple(sheets)), ErrorCode.UNKNOWN_NAME)
        rows = sheets[name]
    else:
        rows = list(rows_of_text(path, text_in(path, bytes_of(path), form.encoding), form.separator))
    head = next((cells for line, cells in rows if line == form.heading_row), [])
    headings = tuple(cell.strip() for cell in head)
    if not any(headings):
        problem = f"must have headings in row {form.heading_row}, got nothing there"
        raise InvalidValue(path, problem, "heading_row names another row", ErrorCode.MISSING)
    below = [(line, cells) for line, cells in rows if line > form.heading_row and any(map(str.strip, cells))]
    for line, cells in below:
        if len(cells) > len(headings) or (len(cells) < len(headings) and not ragged):
            most = "at most " if ragged else ""
            problem = f"must have {most}{len(headings)} cells, as many as headings, got {len(cells)}"
            raise InvalidValue(
                f"{path}: line {line}", problem, "a cell with a separator inside needs quotes", ErrorCode.MALFORMED
            )
    return Kept(headings, tuple(below))


def bytes_of(path: str) -> bytes:
    """Reads a file.

    Raises:
        InvalidValue: It cannot be read, or is empty.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InvalidValue(path, problem, code=ErrorCode.UNREADABLE) from None
    if not data:
        raise InvalidValue(path, "cannot be read: it is empty", code=ErrorCode.UNREADABLE)
    return data


def text_in(path: str, data: bytes, encoding: Encoding) -> str:
    """Decodes a file of text.

    Raises:
        InvalidValue: A byte does not belong to the encoding.
    """
    name = {Encoding.UTF_8: "utf-8-sig", Encoding.WINDOWS_1252: "cp1252", Encoding.UTF_16: "utf-16"}[encoding]
    if encoding is Encoding.UTF_16 and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16-le"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        problem = f"must be {encoding} text"
        hint = f"encoding is one of {', '.join(Encoding)}"
        raise InvalidValue(f"{path}: byte {error.start}", problem, hint, ErrorCode.UNREADABLE) from None


def rows_of_text(path: str, text: str, separator: str) -> Iterator[Row]:
    """Yields the rows of a text, with the line on which each begins; a cell in quotes may run over several lines.

    Raises:
        InvalidValue: A quote stands inside a cell without being doubled, or a cell is too long.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problem = f"must be cells with {shown(separator)} between them: {error}"
            hint = "inside quotes, a quote is written twice"
            raise InvalidValue(f"{path}: line {line}", problem, hint, ErrorCode.UNREADABLE) from None
        if cells is None:
            return
        yield line, cells


def sheets_of(path: str) -> dict[str, list[Row]]:
    """Returns the rows of every sheet of a workbook, by the name of the sheet.

    A formula has the value that was last worked out for it.

    Raises:
        InvalidValue: openpyxl is not installed, the file is no workbook, or a formula has no value.
    """
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError:
        problem = "needs openpyxl, which is not installed"
        raise InvalidValue(path, problem, 'pip install "cecrules[excel]"', ErrorCode.UNAVAILABLE) from None
    data = bytes_of(path)
    try:
        values, formulas = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    except Exception as error:  # a broken workbook makes openpyxl raise anything
        problem = f"cannot be read as a workbook: {type(error).__name__}: {error}"
        raise InvalidValue(path, problem, "save it as .xlsx or .csv", ErrorCode.UNREADABLE) from None
    sheets: dict[str, list[Row]] = {}
    for sheet in values.worksheets:
        both = zip(sheet.iter_rows(), formulas[sheet.title].iter_rows(), strict=True)
        sheets[sheet.title] = [(row, _cells(path, cells, beside)) for row, (cells, beside) in enumerate(both, 1)]
    if not sheets:
        raise InvalidValue(path, "must have a sheet of cells", code=ErrorCode.MISSING)
    return sheets


def _cells(path: str, values: Sequence[Any], formulas: Sequence[Any]) -> list[str]:
    for value, formula in zip(values, formulas, strict=True):
        if value.value is None and formula.data_type == "f":
            where = f"{path}: {value.parent.title}!{value.coordinate}"
            hint = "open the workbook in a spreadsheet and save it"
            raise InvalidValue(where, "has a formula without a value", hint, ErrorCode.UNREADABLE)
    cells = [text_of(cell.value) for cell in values]
    while cells and not cells[-1]:
        cells.pop()
    return cells
