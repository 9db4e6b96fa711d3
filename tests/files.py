"""Files of tables for tests of batches: written and read by their endings, and refused."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cecrules.cli import main

# A file of activities, what is in it, and what every engine says of it.
BAD_FILES = [
    ("a.csv", b"", "a.csv: cannot be read: it is empty"),
    ("a.csv", b"\n\r\n", "a.csv: cannot be read: it is empty"),
    (
        "a.csv",
        b'member,title\n7,"Two\nlines"\n\n7,"Mold: 6" and up"\n8,Leasing\n',
        'a.csv: line 5: must double a quote inside a quoted text, in cell 2; got \'"Mold: 6" and up"\'',
    ),
    ("a.csv", b'member,title\na,"b"c\n', "a.csv: line 2: must double a quote inside a quoted text, in cell 2"),
    ("a.csv", b'member,title\na,"b\n\nc,d\n', "a.csv: line 2: must close the quote that opens in cell 2"),
    ("a.csv", b'member,title\na,"b""', "a.csv: line 2: must close the quote that opens in cell 2"),
    ("a.csv", b'member,title\na,6" pipe\n', "a.csv: line 2: must put quotes around a text with a quote in it"),
    ("a.csv", b"member,title\na,b\na,b,c\n", "a.csv: line 3: must have 2 cells like the heading, got 3"),
    ("a.csv", b'member,title\n"a\nb",c\nd', "a.csv: line 4: must have 2 cells like the heading, got 1"),
    ("a.csv", b"member,title,\n", "a.csv: line 1: must have a name in every heading, and heading 3 of 3 has none"),
    ("a.csv", b"member,title\na,b\na,\xe9\n", "a.csv: line 3: must be UTF-8 text"),
    ("a.csv", b"\xe9,title\n", "a.csv: line 1: must be UTF-8 text"),
    ("a.csv", "member,title\n".encode("utf-16"), "a.csv: must be UTF-8 text, and seems to be UTF-16"),
    ("a.jsonl", "{}\n".encode("utf-16-le"), "a.jsonl: must be UTF-8 text, and seems to be UTF-16"),
    ("a.csv", b"member,title\ra,T\r", "a.csv: line 1: must end its lines with a line feed, not with a carriage return"),
    ("a.csv", b"member,title\na\r,T\n", "a.csv: line 2: must end its lines with a line feed, not with a carriage"),
    ("a.csv", b'member,title,"member"\n', "a.csv: member: must be the name of one column, got it several times"),
    *[
        (
            "a.csv",
            f"member{mark}title\na{mark}b\n".encode(),
            f"a.csv: line 1: must separate its columns by commas, and seems to separate them by {words}",
        )
        for mark, words in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"))
    ],
]


def write(table: Any, path: Path) -> str:
    """Writes a table by the ending of the file, and returns its name."""
    {".csv": table.write_csv, ".parquet": table.write_parquet, ".jsonl": table.write_ndjson}[path.suffix](path)
    return str(path)


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, or of every part in a folder of Spark's."""
    scan = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".jsonl": pl.read_ndjson}[path.suffix]
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    return [row for part in parts if part.stat().st_size for row in scan(part).to_dicts()]


def run(*arguments: object) -> int:
    """Runs a batch for 2014, and returns its exit code."""
    return main(["batch", *map(str, arguments), "--renewal-year", "2014"])


def refused(folder: Path, arguments: Sequence[object], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that a batch is refused with, which leaves the folder as it was."""
    before = sorted(os.listdir(folder))
    assert run(*arguments) == 2
    assert sorted(os.listdir(folder)) == before
    return capsys.readouterr().err.splitlines()
