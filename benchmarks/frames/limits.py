"""How slow and how large data frames may be beside what is written by hand, by the number of members."""

from __future__ import annotations

from collections.abc import Mapping

from .engines import DUCKDB, PANDAS, POLARS, PYARROW, STREAMING

# Times the seconds of what an engine is measured beside.
SECONDS = {
    POLARS: {10_000: 1.5, 1_000_000: 1.0},
    STREAMING: {1_000_000: 1.1},
    DUCKDB: {1_000_000: 1.5},
    PANDAS: {1_000_000: 4.0},
    PYARROW: {1_000_000: 4.0},
}
# Times the memory of the query by hand.
MEMORY = {engine: {1_000_000: 1.1} for engine in (POLARS, STREAMING, DUCKDB)}
# A measurement may be off by so much.
WITHIN = 1.05


def exceeded(engine: str, members: int, seconds: float, memory: float | None) -> list[str]:
    """Returns what an engine takes too much of, in words."""
    found: list[str] = []
    measured: Mapping[str, tuple[float | None, Mapping[str, Mapping[int, float]]]] = {
        "seconds": (seconds, SECONDS),
        "memory": (memory, MEMORY),
    }
    for what, (ratio, limits) in measured.items():
        limit = limits.get(engine, {}).get(members)
        if ratio is not None and limit is not None and ratio > limit * WITHIN:
            found.append(f"{engine}, {members:,} members: {ratio:.2f} times the {what}, at most {limit:.2f} allowed")
    return found
