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
    ("a.csv", b"member,compensated\na,yes\n", "a.csv: compensated: must be true or false, got 'yes'"),
    ("a.jsonl", b'{"member": "a", "compensated": 1}\n', "a.jsonl: compensated: must be true or false, got '1'"),
    ("a.csv", b"", "a.csv: cannot be read: it is empty"),
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
