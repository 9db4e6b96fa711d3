"""Reads and writes files on each engine; only the differences between engines are here.

CSV and JSON Lines are read as text; Parquet has types of its own.
"""

# What comes from an engine has no types of its own.
# pyright: reportMissingTypeStubs=false

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from ..errors import ErrorCode, InvalidValue, shown
from .parts import part_of, whole
from .running import needed
from .strict import Lines

__all__ = ["LINE", "Store", "store_of"]

# The line of each row in its file, where the engine keeps the order of lines.
LINE = "cecrules_line"


class Store(Protocol):
    """An engine, and how it reads and writes files.

    Attributes:
        errors: What it raises where a file cannot be read.
        lenient: Whether it reads bytes that are not UTF-8 as U+FFFD, and says nothing.
    """

    errors: tuple[type[Exception], ...]
    lenient: bool

    def open(self, path: str, ending: str, lines: Lines) -> Any:
        """Returns a table as it is in a file, all of CSV and JSON Lines as text."""
        ...

    def only_row(self, table: Any) -> Mapping[str, Any]:
        """Works out a table of one row."""
        ...

    def texts(self, table: Any) -> list[str]:
        """Works out a short table of one column."""
        ...

    def sorted(self, table: Any, *columns: str) -> Any:
        """Puts a table in order, where the engine keeps one."""
        ...

    def write(self, table: Any, path: str, ending: str) -> Any:
        """Writes a table, and returns it as it is read back."""
        ...

    def whole(self, path: str) -> AbstractContextManager[str]:
        """Yields a name to write under beside `path`, and moves it there once all is well."""
        ...

    def why(self, error: Exception) -> str:
        """Says in one line why an error was raised."""
        ...


def store_of(engine: str) -> Store:
    """Returns the engine of a name: `polars`, `spark`, or the URL of a Spark master."""
    if engine == "polars":
        return _Polars()
    if engine in ("spark", "yarn") or engine.startswith(("local", "spark://", "k8s://")):
        return _Spark(engine)
    raise InvalidValue(
        "engine",
        f"must be polars, spark or the URL of a Spark master, got {shown(engine)}",
        code=ErrorCode.UNKNOWN_CODE,
    )


def _first_line(told: object) -> str:
    return str(told).strip().partition("\n")[0]


class _Polars:
    """Reads and writes tables a piece at a time through lazy Polars."""

    lenient = False

    def __init__(self) -> None:
        self.pl = needed("polars", '"cecrules[batch]"')
        self.errors: tuple[type[Exception], ...] = (self.pl.exceptions.PolarsError, OSError)

    def open(self, path: str, ending: str, lines: Lines) -> Any:
        if ending == "jsonl":
            table = self.pl.scan_ndjson(path, schema=dict.fromkeys(lines.keys, self.pl.String))
        else:
            table = self.pl.scan_csv(path, infer_schema=False) if ending == "csv" else self.pl.scan_parquet(path)
        line = self.pl.col(LINE).cast(self.pl.Int64)
        if lines.more:
            more = self.pl.Series(lines.more, dtype=self.pl.Int64)

            def on_its_line(rows: Any) -> Any:  # pragma: no cover - on a thread of Polars, which coverage does not see
                return rows + more.search_sorted(rows, side="left")

            line = line.map_batches(on_its_line, return_dtype=self.pl.Int64, is_elementwise=True)
        table = table.with_row_index(LINE).with_columns((line + lines.first).alias(LINE))
        return table if "row" in table.collect_schema() else table.with_columns(row=self.pl.col(LINE))

    def only_row(self, table: Any) -> Mapping[str, Any]:
        row: Mapping[str, Any] = table.collect(engine="streaming").row(0, named=True)
        return row

    def texts(self, table: Any) -> list[str]:
        found: list[str] = table.collect(engine="streaming").to_series().to_list()
        return found

    def sorted(self, table: Any, *columns: str) -> Any:
        return table.sort(columns, maintain_order=True)

    def write(self, table: Any, path: str, ending: str) -> Any:
        sinks = {"csv": table.sink_csv, "parquet": table.sink_parquet, "jsonl": table.sink_ndjson}
        scans = {"csv": self.pl.scan_csv, "parquet": self.pl.scan_parquet, "jsonl": self.pl.scan_ndjson}
        sinks[ending](path)
        return scans[ending](path, schema=table.collect_schema())

    def whole(self, path: str) -> AbstractContextManager[str]:
        return whole(path)

    def why(self, error: Exception) -> str:
        return _first_line(error)


class _Spark:  # pragma: no cover - needs pyspark and Java: tests/test_batch_spark.py
    """Reads and writes tables on a Spark cluster, or in local mode, wherever Hadoop finds the files.

    CSV is read as RFC 4180 has it, and a line that does not fit stops the run.
    """

    lenient = True
    options: Mapping[str, Mapping[str, Any]] = {
        "csv": {
            "header": True,
            "escape": '"',
            "multiLine": True,
            "mode": "FAILFAST",
            "ignoreLeadingWhiteSpace": False,
            "ignoreTrailingWhiteSpace": False,
        },
        "parquet": {},
        "jsonl": {"primitivesAsString": True, "mode": "FAILFAST", "ignoreNullFields": False},
    }
    formats: Mapping[str, str] = {"csv": "csv", "parquet": "parquet", "jsonl": "json"}

    def __init__(self, master: str) -> None:
        sql = needed("pyspark.sql", '"cecrules[spark]"')
        raised = needed("pyspark.errors", "pyspark").PySparkException, needed("py4j.protocol", "pyspark").Py4JError
        self.errors: tuple[type[Exception], ...] = raised
        builder = sql.SparkSession.builder.appName("cecrules batch").config("spark.ui.showConsoleProgress", False)
        try:
            self.session: Any = (builder if master == "spark" else builder.master(master)).getOrCreate()
        except self.errors as error:
            raise InvalidValue("engine", f"cannot be started: {self.why(error)}", code=ErrorCode.UNAVAILABLE) from None
        self.session.sparkContext.setLogLevel("FATAL")

    def open(self, path: str, ending: str, lines: Lines) -> Any:  # noqa: ARG002 - its rows have no lines
        return self._reader(ending).load(path)

    def only_row(self, table: Any) -> Mapping[str, Any]:
        row: Mapping[str, Any] = table.first().asDict()
        return row

    def texts(self, table: Any) -> list[str]:
        return [row[0] for row in table.collect()]

    def sorted(self, table: Any, *columns: str) -> Any:  # noqa: ARG002 - its tables have no order
        return table

    def write(self, table: Any, path: str, ending: str) -> Any:
        table.write.format(self.formats[ending]).options(**self.options[ending]).save(path)
        return self._reader(ending).schema(table.schema).load(path)

    def _reader(self, ending: str) -> Any:
        return self.session.read.format(self.formats[ending]).options(**self.options[ending])

    @contextmanager
    def whole(self, path: str) -> Generator[str, None, None]:
        hadoop = self.session.sparkContext._jvm.org.apache.hadoop.fs  # noqa: SLF001 - Spark has no other way to rename
        name = part_of(path)
        target, part = hadoop.Path(path), hadoop.Path(name)
        files = target.getFileSystem(self.session.sparkContext._jsc.hadoopConfiguration())  # noqa: SLF001
        if files.exists(target) and not files.exists(hadoop.Path(target, "_SUCCESS")):
            raise InvalidValue(path, "is there already, and is no folder that Spark wrote", code=ErrorCode.UNAVAILABLE)
        try:
            yield name
            files.delete(target, True)
            if not files.rename(part, target):
                raise InvalidValue(path, "cannot be written", code=ErrorCode.UNAVAILABLE)
        finally:
            files.delete(part, True)

    def why(self, error: Exception) -> str:
        cause = getattr(error, "java_exception", None)
        while cause is not None and cause.getCause() is not None:
            cause = cause.getCause()
        return _first_line(cause.getMessage() if cause is not None else error)
