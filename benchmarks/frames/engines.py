"""What is timed, one engine after the other, with the tables it reads made ready."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Any

import cecrules as cec

BY_HAND, POLARS = "Polars lazy, by hand", "Polars lazy, evaluate_frame"
STREAMING_BY_HAND, STREAMING = "Polars streaming, by hand", "Polars streaming, evaluate_frame"
SQL, DUCKDB = "DuckDB SQL, by hand", "DuckDB, evaluate_frame"
PANDAS, PYARROW = "pandas Arrow types, evaluate_frame", "PyArrow, evaluate_frame"
LOOP = "compiled loop on columns made ready"
FEW = 10_000
ONE_BY_ONE = f"evaluate, one by one (of {FEW:,} members)"
SPARK = ("PySpark local[1], evaluate_frame", "PySpark local[2], evaluate_frame")

_NEEDED = ("narwhals", "polars", "duckdb", "pandas", "pyarrow", "numpy", "numba")


def missing(*, spark: bool) -> list[str]:
    """Returns what is not installed of what the table needs."""
    modules = [*_NEEDED, *(["pyspark"] if spark else [])]
    found = [name for name in modules if find_spec(name) is None]
    return [*found, *(["java 17"] if spark and shutil.which("java") is None else [])]


def prepared(engine: str, folder: str) -> Callable[[], Any]:
    """Returns what is timed, its tables read; planning is part of it."""
    files = [f"{folder}/activities.parquet", f"{folder}/designations.parquet"]
    if engine in {SQL, DUCKDB}:
        return _duckdb(engine, files)
    if engine in SPARK:
        return _spark(engine, files)
    # A process imports only what it measures.
    import polars as pl  # noqa: PLC0415

    from cecrules.frames import evaluate_frame  # noqa: PLC0415

    from .by_hand import polars_query  # noqa: PLC0415

    tables = [pl.read_parquet(file).rechunk() for file in files]
    lazy = [table.lazy() for table in tables]
    if engine in {BY_HAND, STREAMING_BY_HAND, POLARS, STREAMING}:
        how = "streaming" if engine in {STREAMING_BY_HAND, STREAMING} else "in-memory"
        if engine in {BY_HAND, STREAMING_BY_HAND}:
            return lambda: polars_query(*lazy).collect(engine=how)
        return lambda: evaluate_frame(*lazy, renewal_year=2014).collect(engine=how)
    if engine == PANDAS:
        frames = [table.to_pandas(use_pyarrow_extension_array=True) for table in tables]
        return lambda: evaluate_frame(*frames, renewal_year=2014)
    if engine == PYARROW:
        arrows = [table.to_arrow() for table in tables]
        return lambda: evaluate_frame(*arrows, renewal_year=2014)
    if engine == LOOP:
        from .loop import decide, ready  # noqa: PLC0415

        columns = ready(*lazy)
        return lambda: decide(*columns)
    few = [table.filter(pl.col("member") <= FEW) for table in tables]
    built = list(_submissions(few[0].iter_rows(named=True), few[1].iter_rows()))
    return lambda: [cec.evaluate(submission) for submission in built]


def _duckdb(engine: str, files: list[str]) -> Callable[[], Any]:
    import duckdb  # noqa: PLC0415

    from cecrules.frames import evaluate_frame  # noqa: PLC0415

    from .by_hand import sql_query  # noqa: PLC0415

    connection = duckdb.connect()
    for name, file in zip(("activities", "designations"), files, strict=True):
        connection.execute(f"create table {name} as select * from '{file}'")
    if engine == SQL:
        return lambda: connection.sql(sql_query()).to_arrow_table()
    # Before DuckDB 2 a table does not keep its connection open.
    names = ("activities", "designations")
    return lambda: evaluate_frame(*map(connection.table, names), renewal_year=2014).to_arrow_table()


def _spark(engine: str, files: list[str]) -> Callable[[], Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    from cecrules.frames import evaluate_frame  # noqa: PLC0415

    builder = SparkSession.builder.master(engine.split()[1].strip(",")).config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "8").getOrCreate()
    read = [session.read.parquet(file) for file in files]
    return lambda: evaluate_frame(*read, renewal_year=2014).write.format("noop").mode("overwrite").save()


def _submissions(activities: Iterable[dict[str, Any]], designations: Iterable[Any]) -> Iterable[cec.Submission]:
    held: dict[int, list[str]] = {}
    for member, code in designations:
        held.setdefault(member, []).append(code)
    made: dict[int, list[cec.Activity]] = {member: [] for member in held}
    for row in activities:
        row["documents"] = [kind for kind in row["documents"].split(";") if kind]
        try:
            made[row.pop("member")].append(cec.Activity(**row))
        except cec.CecRulesError:
            continue
    for member, codes in held.items():
        yield cec.Submission(renewal_year=2014, designations=codes, activities=made[member])
