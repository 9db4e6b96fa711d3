"""Decides a stream of submissions, one JSON text a line, on all cores and in bounded memory."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from functools import partial
from typing import BinaryIO, Literal, TypeAlias

import attrs

from ..ahead.outlooks import outlook
from ..assessments import Assessment
from ..converters import optional, preferring, read_date
from ..errors import CecRulesError, ErrorCode, InvalidValue
from ..evaluation import evaluate
from ..findings import FindingCode
from ..interchange import loads, to_dict
from ..presentation.sentences import STANDING, notice_sentence
from ..process import output as standard
from ..process import output_is_seen, reading, standard_output
from ..rulebook.editions import edition_for
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook
from .outcome import SHORT, SLIPS, Outcome, most_common
from .parts import whole
from .running import progress
from .workers import Workers

__all__ = ["decide_lines"]

# A longer line is refused, since its end may never come.
LONGEST_LINE = 1 << 24
LINES_A_TASK = 200
BYTES_A_TASK = 1 << 18
# The limits of reading ahead for each process; the task that was read last may exceed them.
TASKS_AHEAD = 4
BYTES_AHEAD = 1 << 20
# One line may have as many problems as letters.
MOST_PROBLEMS_A_LINE = 20

_REASONS = {code: code.value.replace("_", " ") for code in FindingCode}

Task: TypeAlias = "list[tuple[int, bytes]]"
Rules: TypeAlias = "Rulebook | Literal['in-force']"


@attrs.frozen(kw_only=True)
class _Done:
    """The result of one task.

    Attributes:
        size: How many bytes its lines have.
        written: One line of JSON for each submission that was decided, as UTF-8.
        decided: How many were decided.
        bad: How many lines could not be decided.
        renewable: How many can renew.
        reasons: How often each reason occurred.
        notices: How often each notice on the edition occurred.
        problems: The problems of the bad lines, as text.
    """

    size: int
    written: bytes
    decided: int
    bad: int
    renewable: int
    reasons: Counter[str]
    notices: Counter[str]
    problems: tuple[str, ...]


def decide_lines(
    source: BinaryIO,
    output: str,
    *,
    rulebook: Rules,
    report: Callable[[str], object],
    workers: int | None = None,
    as_of: date | str | None = None,
) -> Outcome:
    """Decides a stream of submissions, one JSON text a line, with `evaluate`, on all cores and in bounded memory.

    Writes one JSON text a line, in the order of the stream: `line`, `holder`, `assessment` and, on request, `outlook`.
    It reads ahead at most a megabyte for each process and one line. A line longer than 16 megabytes is a bad line.

    Args:
        source: The lines; blank ones are passed over.
        output: Where to write, `-` for standard output.
        rulebook: The rules to decide by; `in-force` for the edition that governs each submission's renewal year.
        report: Called with each problem of a bad line and the line's number; for one line, with 20 problems at most.
        workers: How many processes; one a core unless given.
        as_of: The day of an outlook for each submission; none is made unless given.

    Raises:
        CecRulesError: The lines cannot be read, the output cannot be written or is the file that is read, or a process
            was ended from outside.
        BrokenPipeError: The reader of the output has gone.
    """
    day = optional(read_date)(as_of, ("as_of",))
    decided = renewable = bad = 0
    reasons: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    with ExitStack() as stack:
        size = _size(source, output)
        out = stack.enter_context(_opened(output))
        told = stack.enter_context(progress(size, quiet=output == "-" and output_is_seen()))
        tasks = _tasks(_lines(source))
        for done in stack.enter_context(
            closing(_in_order(tasks, partial(_decided, rulebook=rulebook, as_of=day), workers))
        ):
            out.write(done.written)
            decided += done.decided
            renewable += done.renewable
            bad += done.bad
            reasons.update(done.reasons)
            notices.update(done.notices)
            for problem in done.problems:
                report(problem)
            told(f"{decided} decided", done.size)
    return Outcome(
        decided=decided,
        renewable=renewable,
        bad=bad,
        reasons=most_common(reasons),
        notices=most_common(notices),
        seen="see above",
        rows="line",
    )


@contextmanager
def _opened(output: str) -> Generator[BinaryIO, None, None]:
    if output == "-":
        with standard() as out:
            yield out
    else:
        with whole(output) as part, open(part, "wb") as out:
            yield out


def _size(source: BinaryIO, output: str) -> int | None:
    """Returns the size of the file that is read, or None for a pipe; refuses to write into that file."""
    try:
        status = os.fstat(source.fileno())
    except OSError:  # no file of the system's
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    with suppress(OSError):  # there is no output yet
        if os.path.samestat(status, os.fstat(standard_output().fileno()) if output == "-" else os.stat(output)):
            raise InvalidValue(output, "is the file that is read, and must be another one", code=ErrorCode.CONFLICT)
    return status.st_size


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yields the lines of a stream; one that is too long is cut right after the limit."""
    name = str(getattr(source, "name", "<stdin>")).replace("<stdin>", "standard input")
    while line := _line(source, name):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = _line(source, name)
        yield line


def _line(source: BinaryIO, name: str) -> bytes:
    with reading(name):
        return source.readline(LONGEST_LINE + 1)


def _tasks(lines: Iterator[bytes]) -> Iterator[Task]:
    """Groups lines that are not blank, with their numbers, until a group is large enough."""
    task: Task = []
    size = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            task.append((number, line))
            size += len(line)
        if len(task) == LINES_A_TASK or size >= BYTES_A_TASK:
            yield task
            task, size = [], 0
    if task:
        yield task


def _in_order(tasks: Iterator[Task], act: Callable[[Task], _Done], workers: int | None) -> Generator[_Done, None, None]:
    """Yields the result of each task in the order of the tasks, with a limit on the tasks and bytes read ahead."""
    if workers == 1:
        yield from map(act, tasks)
        return
    count = workers or os.cpu_count() or 1
    waiting: deque[tuple[int, Future[_Done]]] = deque()
    ahead = 0
    pool = Workers(count, act)
    try:
        for task in tasks:
            size = sum(len(line) for _, line in task)
            ahead += size
            waiting.append((size, pool.submit(task)))
            while waiting and (
                len(waiting) >= TASKS_AHEAD * count or ahead >= BYTES_AHEAD * count or waiting[0][1].done()
            ):
                size, future = waiting.popleft()
                yield future.result()
                ahead -= size
        while waiting:
            yield waiting.popleft()[1].result()
    finally:
        pool.close()


def _decided(task: Task, rulebook: Rules, as_of: date | None) -> _Done:
    """Decides some lines."""
    seldom = frozenset[str]() if isinstance(rulebook, str) else index_of(rulebook).unlisted_kinds
    written: list[str] = []
    problems: list[str] = []
    renewable = 0
    reasons: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    for number, line in task:
        try:
            if len(line) > LONGEST_LINE:
                raise InvalidValue(
                    "",
                    f"must be at most {LONGEST_LINE >> 20} MB long",
                    "it can hold no submission",
                    ErrorCode.OUT_OF_RANGE,
                )
            submission = loads(line)
            book = edition_for(submission.renewal_year) if isinstance(rulebook, str) else rulebook
            assessment = evaluate(submission, book)
            beside = {} if as_of is None else {"outlook": to_dict(outlook(submission, as_of, book))}
        except CecRulesError as error:
            problems += _told(number, error if isinstance(rulebook, str) else error.each(partial(preferring, seldom)))
            continue
        made = {"line": number, "holder": submission.holder, "assessment": to_dict(assessment), **beside}
        written.append(json.dumps(made, ensure_ascii=False) + "\n")
        renewable += assessment.renewable
        reasons.update(words for part, words in SHORT.items() if getattr(assessment.shortfall, part))
        reasons.update(_REASONS[finding.code] for decision in assessment.decisions for finding in decision.findings)
        notices.update(_standing(assessment))
    return _Done(
        size=sum(len(line) for _, line in task),
        written="".join(written).encode(),
        decided=len(written),
        bad=len(task) - len(written),
        renewable=renewable,
        reasons=reasons,
        notices=notices,
        problems=tuple(problems),
    )


def _told(number: int, error: CecRulesError) -> list[str]:
    told = [f"line {number}: {problem}" for problem in error.problems[:MOST_PROBLEMS_A_LINE]]
    more = len(error.problems) - len(told) + error.unlisted
    return [*told, f"line {number}: {more} more problems"] if more else told


def _standing(assessment: Assessment) -> Iterator[str]:
    """Yields the notices on the edition and on likely slips, in words that fit every holder."""
    for notice in assessment.notices:
        if notice.code in STANDING:
            yield notice_sentence(attrs.evolve(notice, here=None, there=None))
        elif notice.code in SLIPS:
            yield SLIPS[notice.code]
