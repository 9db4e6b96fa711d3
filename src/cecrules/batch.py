"""Decides many people from files: tables through a data-frame engine, or a stream of submissions on all cores.

What is written appears under its name only when all of it is there; an interrupted run leaves no half file.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from .activities import FLAGS
from .errors import CecRulesError, InvalidValue
from .evaluation import evaluate
from .interchange import loads, to_dict
from .rulebook import Rulebook

__all__ = ["Outcome", "decide_lines", "decide_tables"]

LINES_A_TASK = 200
TASKS_AHEAD = 4
DAYS = ("earned_on", "term_start")
NUMBERS = {"minutes": "bigint", "hours": "double", "row": "bigint"}
SHORT = ("short_total", "short_in_network", "short_compliance")


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a batch.

    Attributes:
        decided: How many members or submissions were decided.
        renewable: How many of them can renew.
        bad: How many rows or lines could not be decided.
        reasons: How often each reason was met, the most common first.
    """

    decided: int
    renewable: int
    bad: int
    reasons: tuple[tuple[str, int], ...]

    def in_words(self) -> str:
        """Sums it up in a few lines."""
        lines = [f"{self.decided} decided, {self.renewable} renewable, {self.bad} bad rows"]
        return "\n".join(lines + [f"  {count:>9}  {reason}" for reason, count in self.reasons])


def decide_tables(
    activities: str,
    designations: str,
    output: str,
    *,
    renewal_year: int,
    rulebook: Rulebook,
    decisions: str = "",
    problems: str = "",
    engine: str = "polars",
) -> Outcome:
    """Decides every member of two files of tables, and writes one row a member.

    Args:
        activities: A file of activities, CSV, Parquet or JSON Lines by its ending (`.csv`, `.parquet`, `.jsonl`).
        designations: A file of designations, likewise.
        output: Where to write what `evaluate_frame` says, likewise.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by.
        decisions: Where to write what `decide_frame` says; nowhere if empty.
        problems: Where to write what `problems_frame` says; nowhere if empty.
        engine: `polars`, `spark`, or the URL of a Spark master. Spark writes folders of part files.

    Raises:
        CecRulesError: A file cannot be read, or its columns are not what they must be.
    """
    from .frames import decide_frame, evaluate_frame, problems_frame  # noqa: PLC0415 - an extra

    store: _Polars | _Spark = _Polars() if engine == "polars" else _Spark(engine)
    wanted: list[tuple[str, Callable[..., Any]]] = [
        (output, evaluate_frame),
        (decisions, decide_frame),
        (problems, problems_frame),
    ]
    for path in (activities, designations, *(path for path, _ in wanted if path)):
        _ending(path)
    with ExitStack() as files, _progress() as told:
        both = store.read(activities), store.read(designations)
        parts: dict[Callable[..., Any], str] = {}
        for path, decide in wanted:
            if path:
                told(f"writing {path}")
                parts[decide] = files.enter_context(_whole(path))
                made = decide(*both, renewal_year=renewal_year, rulebook=rulebook)
                store.write(made, parts[decide], _ending(path))
        told("summing up")
        return store.summary(
            parts[evaluate_frame], parts.get(decide_frame), _ending(output), _ending(decisions or output)
        )


@contextmanager
def _progress() -> Generator[Callable[[str], None], None, None]:
    """Yields what tells a person at a terminal where the work stands, and stays silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra
    except ImportError:
        yield lambda step: print(step, file=sys.stderr)  # noqa: T201 - a terminal without the extra
        return
    with Console(stderr=True).status("reading") as status:
        yield status.update


def decide_lines(
    source: BinaryIO,
    output: str,
    *,
    rulebook: Rulebook,
    report: Callable[[str], object],
    workers: int | None = None,
) -> Outcome:
    """Decides a stream of submissions, one JSON text a line, with `evaluate`, on all cores and in constant memory.

    Writes one JSON text a line, in the order of the stream: `line`, `holder` and `assessment`.

    Args:
        source: The lines; blank ones are passed over.
        output: Where to write, `-` for standard output.
        rulebook: The rules to decide by.
        report: Told of every bad line, with its number.
        workers: How many processes; one a core unless given.
    """
    decided = renewable = bad = 0
    reasons: Counter[str] = Counter()
    with ExitStack() as files:
        out = (
            sys.stdout
            if output == "-"
            else files.enter_context(open(files.enter_context(_whole(output)), "w", encoding="utf-8"))
        )
        told = files.enter_context(_progress())
        for lines, found, problems in _in_order(_tasks(source), rulebook, workers):
            out.write("".join(lines))
            decided += len(lines)
            renewable += found.pop("")
            reasons.update(found)
            bad += len(problems)
            for problem in problems:
                report(problem)
            told(f"{decided} decided")
        out.flush()
    return Outcome(decided=decided, renewable=renewable, bad=bad, reasons=_most_common(reasons))


Task = list[tuple[int, bytes]]
Done = tuple[list[str], Counter[str], list[str]]


def _tasks(source: Iterable[bytes]) -> Iterator[Task]:
    numbered = ((number, line) for number, line in enumerate(source, 1) if line.strip())
    while task := list(islice(numbered, LINES_A_TASK)):
        yield task


def _in_order(tasks: Iterator[Task], rulebook: Rulebook, workers: int | None) -> Iterator[Done]:
    """Yields what comes of each task; only so many are read ahead, so that memory stays what it is."""
    if workers == 1:
        yield from (_decided(task, rulebook) for task in tasks)
        return
    count = workers or os.cpu_count() or 1
    waiting: deque[Future[Done]] = deque()
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        for task in tasks:
            waiting.append(pool.submit(_decided, task, rulebook))
            if len(waiting) >= TASKS_AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _decided(task: Task, rulebook: Rulebook) -> Done:
    """Decides some lines: what to write, how often each reason was met (under "" the renewable), and what is wrong."""
    lines: list[str] = []
    problems: list[str] = []
    found: Counter[str] = Counter({"": 0})
    for number, line in task:
        try:
            submission = loads(line)
            assessment = evaluate(submission, rulebook)
        except CecRulesError as error:
            problems += [f"line {number}: {problem}" for problem in error.problems[:1]]
            continue
        made = {"line": number, "holder": submission.holder, "assessment": to_dict(assessment)}
        lines.append(json.dumps(made, ensure_ascii=False) + "\n")
        found[""] += assessment.renewable
        found.update(finding.code.value for decision in assessment.decisions for finding in decision.findings)
    return lines, found, problems


@contextmanager
def _whole(path: str) -> Generator[str, None, None]:
    """Yields a name to write under beside `path`, and moves it there once all is well."""
    target = Path(path)
    part = str(target.with_name(f".{target.name}.{os.getpid()}.part"))
    try:
        yield part
        if target.is_dir() and Path(part).is_dir():  # Spark writes a folder
            shutil.rmtree(target)
        os.replace(part, target)
    except OSError as error:
        raise InvalidValue(path, f"cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):
            os.unlink(part)


def _ending(path: str) -> str:
    ending = Path(path).suffix.removeprefix(".")
    if ending not in ("csv", "parquet", "jsonl"):
        raise InvalidValue(path, "must end in .csv, .parquet or .jsonl")
    return ending


def _most_common(reasons: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((+reasons).most_common(5))


class _Polars:
    """Reads and writes tables a piece at a time through lazy Polars."""

    def read(self, path: str) -> Any:
        import polars as pl  # noqa: PLC0415 - an extra

        ending = _ending(path)
        try:
            if ending == "parquet":
                return pl.scan_parquet(path)
            table = pl.scan_csv(path, infer_schema=False) if ending == "csv" else pl.scan_ndjson(path)
            schema = table.collect_schema()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InvalidValue(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
        types = {"minutes": pl.Int64, "hours": pl.Float64, "row": pl.Int64}
        columns: list[Any] = []
        for name in schema.names():
            text = pl.col(name)
            if schema[name] != pl.String:
                continue
            if name in DAYS:
                columns.append(text.str.to_date("%Y-%m-%d", strict=False))
            elif name in FLAGS:
                columns.append(text.str.to_lowercase() == "true")
            elif name in types:
                # What is no number is no length either, and must not pass for a length left out.
                columns.append(pl.when(text != "").then(text.cast(types[name], strict=False).fill_null(-1)).alias(name))
        flags = [name for name in FLAGS if schema.get(name) == pl.String]
        self._only_flags(path, flags, table, pl)
        return table.with_columns(columns)

    def _only_flags(self, path: str, flags: Sequence[str], table: Any, pl: Any) -> None:
        for name in flags:
            odd = table.filter(~pl.col(name).str.to_lowercase().is_in(["true", "false", ""])).select(name).head(1)
            for (value,) in odd.collect(engine="streaming").iter_rows():
                raise InvalidValue(f"{path}: {name}", f"must be true or false, got {value!r}")

    def write(self, made: Any, path: str, ending: str) -> None:
        import polars as pl  # noqa: PLC0415 - an extra

        sinks: dict[str, Callable[[str], object]] = {
            "csv": made.sink_csv,
            "parquet": made.sink_parquet,
            "jsonl": made.sink_ndjson,
        }
        try:
            sinks[ending](path)
        except pl.exceptions.PolarsError as error:
            raise InvalidValue(path, f"cannot be written: {error}") from None

    def summary(self, members: str, decisions: str | None, ending: str, decisions_ending: str) -> Outcome:
        import polars as pl  # noqa: PLC0415 - an extra

        scans: dict[str, Callable[[str], Any]] = {
            "csv": pl.scan_csv,
            "parquet": pl.scan_parquet,
            "jsonl": pl.scan_ndjson,
        }
        table = scans[ending](members)
        counts = (
            table.select(
                pl.len().alias("decided"),
                pl.col("renewable", "bad_rows").sum(),
                *[(pl.col(s) > 0).sum() for s in SHORT],
            )
            .collect(engine="streaming")
            .row(0, named=True)
        )
        found: Counter[str] = Counter()
        if decisions:
            codes = scans[decisions_ending](decisions).select(
                pl.col("findings").cast(pl.String).str.split(";").explode()
            )
            rows = (
                codes.filter(pl.col("findings") != "")
                .group_by("findings")
                .len()
                .collect(engine="streaming")
                .iter_rows()
            )
            found.update(dict(rows))
        reasons = _most_common(found + Counter({name: counts[name] for name in SHORT}))
        return Outcome(
            decided=counts["decided"], renewable=counts["renewable"], bad=counts["bad_rows"], reasons=reasons
        )


class _Spark:  # pragma: no cover - needs pyspark and Java: tests/test_frames_spark.py
    """Reads and writes tables on a Spark cluster, or in local mode."""

    def __init__(self, master: str) -> None:
        try:
            pyspark: Any = import_module("pyspark.sql")
        except ImportError:
            raise InvalidValue("engine", "needs pyspark, which is not installed", "pip install pyspark") from None
        builder = pyspark.SparkSession.builder.appName("cecrules batch")
        self.session: Any = (builder if master == "spark" else builder.master(master)).getOrCreate()

    def read(self, path: str) -> Any:
        ending = _ending(path)
        table = self._opened(path, ending)
        if ending == "parquet":
            return table
        types = {**NUMBERS, **dict.fromkeys(DAYS, "date"), **dict.fromkeys(FLAGS, "boolean")}
        text = {name for name, kind in table.dtypes if kind == "string"}
        for name, kind in types.items():
            if name in text:
                table = table.selectExpr(
                    *[f"`{other}`" for other in table.columns if other != name],
                    f"coalesce(try_cast(`{name}` as {kind}), if(`{name}` <> '', -1, null)) as {name}"
                    if name in NUMBERS
                    else f"try_cast(`{name}` as {kind}) as {name}"
                    if name in DAYS
                    else f"cast(`{name}` as {kind}) as {name}",
                )
        return table

    def _opened(self, path: str, ending: str) -> Any:
        reader = self.session.read
        if ending == "csv":
            return reader.csv(path, header=True)
        return reader.parquet(path) if ending == "parquet" else reader.json(path)

    def write(self, made: Any, path: str, ending: str) -> None:
        writer = made.write.mode("overwrite")
        if ending == "csv":
            writer.csv(path, header=True)
        elif ending == "parquet":
            writer.parquet(path)
        else:
            writer.json(path)

    def summary(self, members: str, decisions: str | None, ending: str, decisions_ending: str) -> Outcome:  # noqa: ARG002
        (row,) = (
            self._opened(members, ending)
            .selectExpr(
                "count(*) as decided",
                "sum(cast(cast(renewable as boolean) as int)) as renewable",
                "sum(cast(bad_rows as bigint)) as bad",
                *[f"sum(cast(cast({name} as double) > 0 as int)) as {name}" for name in SHORT],
            )
            .collect()
        )
        reasons = _most_common(Counter({name: row[name] or 0 for name in SHORT}))
        return Outcome(decided=row["decided"], renewable=row["renewable"] or 0, bad=row["bad"] or 0, reasons=reasons)
