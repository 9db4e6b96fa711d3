"""The exit codes of every command."""

from __future__ import annotations

__all__ = ["BAD_INPUT", "DONE", "NOT_RENEWABLE", "READER_GONE", "RENEWABLE"]

DONE = RENEWABLE = 0
NOT_RENEWABLE = 1
BAD_INPUT = 2
READER_GONE = 141
