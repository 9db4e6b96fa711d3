"""Decides a stream of submissions, one JSON text a line, with `evaluate`: on all cores and in constant memory."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from itertools import islice
from multiprocessing import get_context
from typing import BinaryIO, TypeAlias

from ..errors import CecRulesError, InvalidValue
from ..evaluation import evaluate
from ..interchange import loads, to_dict
from ..rulebook.rulebook import Rulebook
from .outcome import Outcome, most_common
from .running import progress, whole

__all__ = ["decide_lines"]

LINES_A_TASK = 200
TASKS_AHEAD = 4

Task: TypeAlias = "list[tuple[int, bytes]]"
Done: TypeAlias = "tuple[list[str], Counter[str], list[str]]"


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

    Raises:
        InvalidValue: The output cannot be written, or is the file that is read.
    """
    decided = renewable = bad = 0
    reasons: Counter[str] = Counter()
    size = _size(source, output)
    with ExitStack() as files:
        out: BinaryIO = (
            sys.stdout.buffer if output == "-" else files.enter_context(open(files.enter_context(whole(output)), "wb"))
        )
        told = files.enter_context(progress(size, quiet=output == "-" and sys.stdout.isatty()))
        for task, (lines, found, problems) in files.enter_context(
            closing(_in_order(_tasks(source), rulebook, workers))
        ):
            out.write("".join(lines).encode())
            decided += len(lines)
            renewable += found.pop("")
            reasons.update(found)
            bad += len(task) - len(lines)
            for problem in problems:
                report(problem)
            told(f"{decided} decided", sum(len(line) for _, line in task))
        out.flush()
    return Outcome(decided=decided, renewable=renewable, bad=bad, reasons=most_common(reasons))


def _size(source: BinaryIO, output: str) -> int | None:
    """Returns how many bytes a file holds that is read, None of a pipe; refuses to write over it."""
    try:
        status = os.fstat(source.fileno())
    except io.UnsupportedOperation:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    if os.path.exists(output) and os.path.samestat(status, os.stat(output)):
        raise InvalidValue(output, "is the file that is read, and must be another one")
    return status.st_size


def _tasks(source: Iterable[bytes]) -> Iterator[Task]:
    numbered = ((number, line) for number, line in enumerate(source, 1) if line.strip())
    while task := list(islice(numbered, LINES_A_TASK)):
        yield task


def _in_order(
    tasks: Iterator[Task], rulebook: Rulebook, workers: int | None
) -> Generator[tuple[Task, Done], None, None]:
    """Yields what comes of each task; only so many are read ahead, so that memory stays what it is."""
    if workers == 1:
        yield from ((task, _decided(task, rulebook)) for task in tasks)
        return
    count = workers or os.cpu_count() or 1
    waiting: deque[tuple[Task, Future[Done]]] = deque()
    # Ctrl-C reaches every process of a terminal: this one alone answers it.
    pool = ProcessPoolExecutor(count, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        for task in tasks:
            waiting.append((task, pool.submit(_decided, task, rulebook)))
            if len(waiting) >= TASKS_AHEAD * count:
                yield _next(waiting)
        while waiting:
            yield _next(waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[Task, Future[Done]]]) -> tuple[Task, Done]:
    task, future = waiting.popleft()
    try:
        return task, future.result()
    except BrokenProcessPool:
        raise InvalidValue("batch", "cannot go on: a process that decides was ended from outside") from None


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
            problems += [f"line {number}: {problem}" for problem in error.problems]
            continue
        made = {"line": number, "holder": submission.holder, "assessment": to_dict(assessment)}
        lines.append(json.dumps(made, ensure_ascii=False) + "\n")
        found[""] += assessment.renewable
        found.update(finding.code.value for decision in assessment.decisions for finding in decision.findings)
    return lines, found, problems
