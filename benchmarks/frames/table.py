"""Prints the table of docs/frames.md: `python -m benchmarks.frames.table [MEMBERS ...] [--spark]`.

Every figure is the best of four runs in a process of its own, which also tells its peak memory; the engines
take turns. Answers are compared before anything is timed.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from cecrules.frames import evaluate_frame

from . import generate
from .by_hand import polars_query, sql_query

LARGEST = 1_000_000
RUNS = 3
ENGINES = {
    "Polars lazy, by hand": "",
    "Polars lazy, evaluate_frame": "Polars lazy, by hand",
    "Polars streaming, by hand": "",
    "Polars streaming, evaluate_frame": "Polars streaming, by hand",
    "DuckDB SQL, by hand": "",
    "DuckDB, evaluate_frame": "DuckDB SQL, by hand",
    "pandas Arrow types, evaluate_frame": "",
    "PyArrow, evaluate_frame": "",
    "compiled loop on columns made ready": "",
    "evaluate, one by one (of 10,000 members)": "",
}
SPARK = {"PySpark local[1], evaluate_frame": "", "PySpark local[2], evaluate_frame": ""}


def prepared(engine: str, folder: str) -> Callable[[], Any]:
    """Returns what is timed, its tables read."""
    files = [f"{folder}/activities.parquet", f"{folder}/designations.parquet"]
    if engine.startswith("DuckDB"):
        import duckdb  # noqa: PLC0415

        connection = duckdb.connect()
        for name, file in zip(("activities", "designations"), files, strict=True):
            connection.execute(f"create table {name} as select * from '{file}'")  # noqa: S608 - our own file
        if "SQL" in engine:
            return lambda: connection.sql(sql_query()).to_arrow_table()
        both = connection.table("activities"), connection.table("designations")
        return lambda: evaluate_frame(*both, renewal_year=2014).to_arrow_table()
    if engine.startswith("PySpark"):
        from pyspark.sql import SparkSession  # noqa: PLC0415

        builder = SparkSession.builder.master(engine.split()[1].strip(",")).config("spark.ui.enabled", "false")
        session = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "8").getOrCreate()
        read = [session.read.parquet(file) for file in files]
        return lambda: evaluate_frame(*read, renewal_year=2014).write.format("noop").mode("overwrite").save()
    tables = [pl.read_parquet(file).rechunk() for file in files]
    lazy = [table.lazy() for table in tables]
    if engine.startswith("Polars"):
        how = "streaming" if "streaming" in engine else "in-memory"
        query = polars_query(*lazy) if "by hand" in engine else evaluate_frame(*lazy, renewal_year=2014)
        return lambda: query.collect(engine=how)
    if engine.startswith("pandas"):
        frames = [table.to_pandas(use_pyarrow_extension_array=True) for table in tables]
        return lambda: evaluate_frame(*frames, renewal_year=2014)
    if engine.startswith("PyArrow"):
        arrows = [table.to_arrow() for table in tables]
        return lambda: evaluate_frame(*arrows, renewal_year=2014)
    if engine.startswith("compiled"):
        from .loop import decide, ready  # noqa: PLC0415

        columns = ready(*lazy)
        return lambda: decide(*columns)
    return _one_by_one(*tables)


def _one_by_one(activities: pl.DataFrame, designations: pl.DataFrame) -> Callable[[], Any]:
    import cecrules as cec  # noqa: PLC0415

    few = pl.col("member") <= 10_000
    held: dict[int, list[str]] = {}
    for member, code in designations.filter(few).iter_rows():
        held.setdefault(member, []).append(code)
    made: dict[int, list[cec.Activity]] = {member: [] for member in held}
    for row in activities.filter(few).iter_rows(named=True):
        row["documents"] = [kind for kind in row["documents"].split(";") if kind]
        try:
            made[row.pop("member")].append(cec.Activity(**row))
        except cec.CecRulesError:
            continue
    built = [cec.Submission(renewal_year=2014, designations=held[m], activities=made[m]) for m in held]
    return lambda: [cec.evaluate(submission) for submission in built]


def measured(engine: str, folder: str) -> tuple[float, float]:
    """Returns the best seconds and the peak memory in MB of one engine, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.frames.table", "--one", engine, folder]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-2:]  # noqa: S603
    return float(seconds), float(memory)


def one(engine: str, folder: str) -> None:
    """Measures one engine and prints both figures."""
    run = prepared(engine, folder)
    best = float("inf")
    for _ in range(1 + RUNS):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    # The peak of this process alone: what getrusage tells starts at the peak of the process that started it.
    status = Path("/proc/self/status").read_text("ascii")
    print(best, int(status.split("VmHWM:")[1].split()[0]) / 1024)


def agree(folder: str) -> None:
    """Refuses to time anything whose answers differ."""
    made = [prepared(engine, folder)() for engine in list(ENGINES)[:2] + list(ENGINES)[4:6]]
    first, *rest = [(pl.from_arrow(m) if not isinstance(m, pl.DataFrame) else m).sort("member") for m in made]
    for other in rest:
        wrong = [
            name for name in first.columns if not first[name].eq_missing(other[name].cast(first[name].dtype)).all()
        ]
        assert not wrong, wrong


def main(sizes: list[int], engines: dict[str, str]) -> None:
    """Prints the table."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("narwhals", "polars", "duckdb", "pandas", "pyarrow"))
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, CPython {platform.python_version()}, 2 cores, {platform.machine()}; {versions}\n"
    )
    print("| members | engine | seconds | peak MB | times the seconds by hand | times the memory by hand |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as root:
        for size in sizes:
            folder = str(Path(root) / str(size))
            generate.main(folder, size)
            agree(folder)
            done: dict[str, tuple[float, float]] = {}
            for engine, beside in engines.items():
                done[engine] = seconds, memory = measured(engine, folder)
                base = done.get(beside)
                ratios = f"{seconds / base[0]:.2f} | {memory / base[1]:.2f}" if base else " | "
                print(f"| {size:,} | {engine} | {seconds:.3f} | {memory:.0f} | {ratios} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:4])
    else:
        numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
        main(numbers or [10_000, 100_000, LARGEST], {**ENGINES, **(SPARK if "--spark" in sys.argv else {})})
