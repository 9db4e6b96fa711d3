"""Prints the table of docs/how-to/many-members.md and fails above its limits: `python -m benchmarks.frames.table [MEMBERS ...]`.

An engine and what it is measured beside take turns in one process, nine times: a ratio is the median of nine. Peak
memory is that of a process of its own. Answers are compared before anything is timed. DuckDB is measured in the version
installed and in 2.0.0, which has another optimizer and is installed aside. `--spark` adds Spark, on one core and on two;
`--only=DuckDB` measures the groups that have this in a name, `--rounds=5` takes five turns.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import engines, limits

OTHER_DUCKDB = "2.0.0"
ROUNDS = 9
# Each beside the first of its group.
GROUPS = (
    (engines.BY_HAND, engines.POLARS),
    (engines.STREAMING_BY_HAND, engines.STREAMING),
    (engines.SQL, engines.DUCKDB),
    (engines.POLARS, engines.PANDAS, engines.PYARROW),
)
ALONE = (engines.LOOP, engines.ONE_BY_ONE)
COMPARED = {name for names in GROUPS for name in names}


def timed(names: list[str], folder: str, rounds: int) -> None:
    """Prints the seconds of some engines that take turns."""
    runs = {name: engines.prepared(name, folder) for name in names}
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(1 + rounds):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            if number:
                seconds[name].append(time.perf_counter() - begun)
    print(json.dumps(seconds))


def weighed(name: str, folder: str) -> None:
    """Prints the peak memory of an engine that decides once, in MB."""
    engines.prepared(name, folder)()
    # The peak of this process alone: what getrusage tells starts at the peak of the process that started it.
    status = Path("/proc/self/status").read_text("ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def agree(folder: str, names: Iterable[str]) -> None:
    """Refuses to time anything whose answers differ."""
    import polars as pl  # noqa: PLC0415 - the process that prints keeps small

    first: Any = None
    for name in names:
        made = engines.prepared(name, folder)()
        if name == engines.PANDAS:
            made = pl.from_pandas(made)
        table = (made if isinstance(made, pl.DataFrame) else pl.from_arrow(made)).sort("member")
        first = table if first is None else first
        wrong = [c for c in first.columns if not first[c].eq_missing(table[c].cast(first[c].dtype)).all()]
        assert not wrong, (name, wrong)


def _asked(*arguments: str, aside: str = "") -> Any:
    """Returns what a process of its own prints."""
    path = os.pathsep.join(filter(None, [aside, os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "benchmarks.frames.table", *arguments]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: failed")
    return json.loads(done.stdout.splitlines()[-1])


def rows(
    folder: str, groups: list[tuple[tuple[str, ...], str, str]], rounds: int
) -> Iterator[tuple[str, str, float, float, Any, Any]]:
    """Yields an engine, what is said of its version, its seconds, its MB, and both as times those of the first."""
    for names, aside, note in groups:
        turns = rounds if len(names) > 1 else min(rounds, 3)
        seconds = _asked("--timed", folder, str(turns), *names, aside=aside)
        first, *others = names
        megabytes = {name: _asked("--weighed", folder, name, aside=aside) for name in names}
        if first != engines.POLARS or not others:
            yield first, note, statistics.median(seconds[first]), megabytes[first], None, None
        for name in others:
            ratios = [its / base for its, base in zip(seconds[name], seconds[first], strict=True)]
            memory = megabytes[name] / megabytes[first]
            yield name, note, statistics.median(seconds[name]), megabytes[name], statistics.median(ratios), memory


def main(sizes: list[int], *, spark: bool, only: str, rounds: int) -> list[str]:
    """Prints the table; returns what is above its limit."""
    from . import generate  # noqa: PLC0415 - needs what may be missing

    names = ("narwhals", "polars", "duckdb", "pandas", "pyarrow", *(["pyspark"] if spark else []))
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = os.getloadavg()[0]
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, CPython {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before, "
        f"{platform.machine()}; {versions}, duckdb {OTHER_DUCKDB} aside\n"
    )
    print("| members | engine | seconds | peak MB | times the seconds | times the memory |")
    print("|---|---|---|---|---|---|", flush=True)
    above: list[str] = []
    with tempfile.TemporaryDirectory() as root:
        aside = str(Path(root) / "duckdb")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", aside]
        subprocess.run([*pip, f"duckdb=={OTHER_DUCKDB}"], check=True)
        groups = [(names, "", "") for names in GROUPS]
        groups.insert(3, ((engines.SQL, engines.DUCKDB), aside, f" ({OTHER_DUCKDB})"))
        groups += [((name,), "", "") for name in (*ALONE, *(engines.SPARK if spark else ()))]
        groups = [group for group in groups if any(only in name for name in group[0])]
        for size in sizes:
            folder = str(Path(root) / str(size))
            generate.main(folder, size)
            agree(folder, dict.fromkeys(name for names, *_ in groups for name in names if name in COMPARED))
            for name, note, seconds, megabytes, slower, larger in rows(folder, groups, rounds):
                ratios = f"{slower:.2f} | {larger:.2f}" if slower else " | "
                print(f"| {size:,} | {name}{note} | {seconds:.3f} | {megabytes:.0f} | {ratios} |", flush=True)
                if slower:
                    above += [f"{line}{note}" for line in limits.exceeded(name, size, slower, larger)]
    print(f"\nload {os.getloadavg()[0]:.1f} after")
    return above


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--timed", folder, turns, *names]:
            timed(names, folder, int(turns))
        case ["--weighed", folder, name]:
            weighed(name, folder)
        case asked:
            with_spark = "--spark" in asked
            absent = engines.missing(spark=with_spark)
            if absent:
                sys.exit(f"not installed: {', '.join(absent)}; see constraints/test.txt and constraints/frames.txt")
            numbers = [int(argument) for argument in asked if argument.isdigit()]
            options = dict(argument.removeprefix("--").split("=") for argument in asked if "=" in argument)
            part, times = options.get("only", ""), int(options.get("rounds", ROUNDS))
            over = main(numbers or [10_000, 1_000_000], spark=with_spark, only=part, rounds=times)
            if over:
                sys.exit("\n".join(["above the limit:", *over]))
