"""The command line, a module for each command.

Exit codes of every command: 0 done or renewable; 1 not renewable, and only that; 2 bad input, or a file or stream that
cannot be read or written; 130 interrupted; 141, in silence, where the reader of a pipe has gone.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        # Signals are answered before anything is loaded that takes its time.
        from ..process import stoppable  # noqa: PLC0415

        with stoppable():
            from .commands import run  # noqa: PLC0415

            return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
