"""Runs the tests of data frames on the oldest or the newest engines: `python tests/engines.py oldest|newest`.

They are installed in an environment of their own, `.venv-oldest` or `.venv-newest` beside the sources, which is made
anew each time. Spark is tested where there is Java 17, PostgreSQL where it is installed; pytest says why where not.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("test_frames.py", "test_frames_plans.py", "test_frames_sql.py", "test_frames_spark.py")


def main(which: str) -> int:
    """Returns the exit code of pytest."""
    folder = ROOT / f".venv-{which}"
    venv.create(folder, clear=True, with_pip=True)
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    listed = ROOT / "constraints" / f"frames-{which}.txt"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-e", str(ROOT), "-r", str(listed)], check=True)
    subprocess.run([python, "-m", "pip", "list"], check=True)
    files = [str(ROOT / "tests" / name) for name in TESTS]
    command = [
        python,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "no:cacheprovider",
        "-c",
        str(ROOT / "pyproject.toml"),
        *files,
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:] not in (["oldest"], ["newest"]):
        sys.exit(__doc__.splitlines()[0])
    sys.exit(main(sys.argv[1]))
