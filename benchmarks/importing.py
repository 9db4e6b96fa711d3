"""How much `import cecrules` costs beside importing what it stands on, attrs and dateutil.relativedelta, alone.

    python benchmarks/importing.py

Fresh interpreters in turn; the least of each is compared, less the start of the interpreter itself. Fails above 1.5.
"""

from __future__ import annotations

import subprocess
import sys
import time

LIMIT, ROUNDS = 1.5, 25
NOTHING, FOUNDATION, OURS = "pass", "import attrs, dateutil.relativedelta", "import cecrules"


def main() -> int:
    """Times and prints."""
    taken: dict[str, list[float]] = {NOTHING: [], FOUNDATION: [], OURS: []}
    for _ in range(ROUNDS):
        for line, seconds in taken.items():
            seconds.append(timed(line))
    start, foundation, ours = (min(seconds) for seconds in taken.values())
    ratio, whole = (ours - start) / (foundation - start), ours / foundation
    print(f"import cecrules / attrs and dateutil.relativedelta: {ratio:.2f} (limit {LIMIT})")
    print(f"with the start of the interpreter: {whole:.2f}")
    return int(ratio > LIMIT)


def timed(line: str) -> float:
    """Returns the seconds a fresh interpreter takes for one line."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", line], check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
