"""How much `import cecrules` and the first `evaluate` cost beside importing attrs and dateutil.relativedelta alone.

    python benchmarks/importing.py

Fresh interpreters in turn; the least of each is compared, less the start of the interpreter itself. Fails above a limit.
"""

from __future__ import annotations

import subprocess
import sys
import time

ROUNDS = 25
NOTHING, FOUNDATION = "pass", "import attrs, dateutil.relativedelta"
IMPORT = "import cecrules"
FIRST = "import cecrules as c; c.evaluate(c.Submission(renewal_year=2014, designations=['CAM'], activities=[]))"
LIMITS = {IMPORT: ("import cecrules", 1.2), FIRST: ("import cecrules and the first evaluate", 2.2)}


def main() -> int:
    """Times and prints."""
    lines = (NOTHING, FOUNDATION, *LIMITS)
    rounds = [[timed(line) for line in lines] for _ in range(ROUNDS)]
    start, foundation, *ours = map(min, zip(*rounds, strict=True))
    failed = 0
    for (name, limit), seconds in zip(LIMITS.values(), ours, strict=True):
        ratio = (seconds - start) / (foundation - start)
        failed += ratio > limit
        print(f"{name} / attrs and dateutil.relativedelta: {ratio:.2f} (limit {limit})")
    return int(failed > 0)


def timed(line: str) -> float:
    """Returns the seconds a fresh interpreter takes for one line."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", line], check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
