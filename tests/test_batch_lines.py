"""Submissions one a line: decided in order on all cores, bad lines told by number, and no more read than is decided."""

from __future__ import annotations

import io
import json
import operator
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec
from builders import activity, submission
from cecrules import batch
from cecrules.batch import lines
from cecrules.cli import main

GOOD = cec.dumps(submission(activity(hours=6, addresses_compliance=True), holder="Zoë"))
LINES = (
    GOOD,
    '{"renewal_year": 2014, "activities": [{}]}',
    "",
    cec.dumps(submission(activity(kind="unlisted"), holder="b")),
)


def decided(
    folder: Path, *texts: str, rulebook: Any = cec.NAAEI_2014, workers: int = 1
) -> tuple[batch.Outcome, list[dict[str, Any]], list[str]]:
    """The outcome of some lines, what was written, and what was told."""
    told: list[str] = []
    source, out = io.BytesIO("\n".join(texts).encode()), folder / "out.jsonl"
    outcome = batch.decide_lines(source, str(out), rulebook=rulebook, report=told.append, workers=workers)
    return outcome, [json.loads(line) for line in out.read_text("utf-8").splitlines()], told


class Odd(io.BytesIO):
    """A stream that a system cannot read."""

    name = "<stdin>"

    def readline(self, size: int | None = -1) -> bytes:
        raise OSError(5, "Input/output error")


class TestDecided:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_bad_lines_are_reported_by_number_and_the_rest_is_decided_in_order(
        self, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lines, "LINES_A_TASK", 1)
        monkeypatch.setattr(lines, "TASKS_AHEAD", 1)
        outcome, made, told = decided(tmp_path, *LINES, workers=workers)
        assert [(line["line"], line["holder"], line["assessment"]["renewable"]) for line in made] == [
            (1, "Zoë", True),
            (4, "b", False),
        ]
        assert sorted(line.partition(": must")[0] for line in told) == sorted(
            f"line 2: {missing}: is required"
            for missing in ("designations", *[f"activities[0].{name}" for name in ("title", "kind", "earned_on")])
        )
        short = [(f"short {words}", 1) for words in ("in all", "in network", "on compliance")]
        assert outcome == batch.Outcome(
            decided=2, renewable=1, bad=1, reasons=(*short, ("kind not accepted", 1)), seen="see above", rows="line"
        )
        assert outcome.in_words().splitlines()[0] == "1 line could not be read; see above"

    def test_a_line_with_very_many_problems_tells_the_first_and_how_many_more(self, tmp_path: Path) -> None:
        many = '{"renewal_year": 2014, "designations": ["CAM"], "activities": [' + ", ".join(["1"] * 50) + "]}"
        outcome, _, told = decided(tmp_path, many)
        assert (outcome.bad, len(told)) == (1, lines.MOST_PROBLEMS_A_LINE + 1)
        assert told[-1] == "line 1: 30 more problems"

    def test_a_line_that_no_submission_needs_is_a_bad_one_and_the_next_is_decided(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lines, "LONGEST_LINE", len(GOOD.encode()) + 1)
        longer = GOOD.replace("{", "{  ", 1)
        much_longer = GOOD.replace("{", "{" + " " * 5000, 1)
        outcome, made, told = decided(tmp_path, GOOD, longer, much_longer, GOOD)
        assert [line["line"] for line in made] == [1, 4]
        assert [line.partition(": must be at most")[0] for line in told] == ["line 2", "line 3"]
        assert outcome.bad == 2

    def test_each_submission_may_be_decided_by_the_edition_of_its_own_year(self, tmp_path: Path) -> None:
        later = cec.dumps(submission(activity(earned_on="2022-05-01"), year=2023))
        outcome, made, told = decided(
            tmp_path, GOOD, later, GOOD.replace('"renewal_year": 2014', '"renewal_year": 1901'), rulebook="in-force"
        )
        assert [line["assessment"]["rulebook"] for line in made] == ["naaei-2014", "naaei-2022"]
        assert outcome.notices == ()
        assert "line 3: " in told[0]

    def test_a_hint_prefers_what_the_rulebook_lists(self, tmp_path: Path) -> None:
        wrong = GOOD.replace("association_course", "visto_cours")
        for name, is_marked in (("naaei-2014", True), ("naaei-2022", False)):
            _, _, told = decided(tmp_path, wrong, rulebook=cec.edition(name))
            assert ("did you mean 'visto_course'" in told[0], "(other editions only)" in told[0]) == (True, is_marked)

    def test_how_many_have_likely_slips_is_told(self, tmp_path: Path) -> None:
        course = activity(hours=13)
        outcome, _, _ = decided(tmp_path, cec.dumps(submission(course, course)), GOOD)
        assert outcome.notices == (
            ("activities alike in every field; all of them count", 1),
            ("days with more than 24 hours; check that minutes were not entered as hours", 1),
        )

    def test_how_many_have_the_year_of_a_later_edition_is_told(self, tmp_path: Path) -> None:
        later = cec.dumps(submission(activity(earned_on="2022-05-01"), year=2023, first_renewal_of=["CAM"]))
        outcome, _, _ = decided(tmp_path, GOOD, later, later.replace("CAM", "NALP"))
        assert outcome.notices == (("a later edition, naaei-2022, is known for this renewal year", 2),)
        assert outcome.in_words().splitlines()[1] == "  a later edition, naaei-2022, is known for this renewal year: 2"


class TestReadAhead:
    def ahead(self, monkeypatch: pytest.MonkeyPatch, size: int) -> int:
        """How many tasks of a size are read at most before the first of them is done."""
        read = 0

        def tasks() -> Iterator[list[tuple[int, bytes]]]:
            nonlocal read
            for read in range(1, 101):
                yield [(read, b"x" * size)]

        # A future that is done is yielded at once; these never say that they are.
        monkeypatch.setattr(lines.Future, "done", lambda _: False)
        return max(read - done for done, _ in enumerate(lines._in_order(tasks(), operator.length_hint, 2)))

    def test_no_more_tasks_are_read_than_the_processes_are_about_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.ahead(monkeypatch, 1) == lines.TASKS_AHEAD * 2

    def test_nor_more_bytes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lines, "BYTES_AHEAD", 1000)
        assert self.ahead(monkeypatch, 700) == 3

    def test_an_answer_does_not_wait_until_no_more_may_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class AtOnce:
            def __init__(self, *_: object) -> None:
                pass

            def submit(self, task: object) -> Future[object]:
                future: Future[object] = Future()
                future.set_result(task)
                return future

            def close(self) -> None:
                pass

        monkeypatch.setattr(lines, "Workers", AtOnce)
        read: list[int] = []
        tasks = ([(read.append(number) or number, b"")] for number in range(100))
        assert [(task[0][0], len(read)) for task in lines._in_order(tasks, operator.length_hint, 2)] == [
            (number, number + 1) for number in range(100)
        ]

    def test_a_task_is_full_when_its_lines_are_many_or_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lines, "LINES_A_TASK", 2)
        monkeypatch.setattr(lines, "BYTES_A_TASK", 10)
        tasks = lines._tasks(iter([b"a\n", b"\n", b"b\n", b"c" * 9 + b"\n", b"d\n"]))
        assert [[number for number, _ in task] for task in tasks] == [[1, 3], [4], [5]]


class TestCommand:
    @pytest.mark.parametrize(
        "given",
        [
            ["--engine", "spark"],
            ["--renewal-year", "2014"],
            ["--problems", "p.csv"],
            ["--decisions", "d.csv"],
            ["a.csv"],
        ],
    )
    def test_what_belongs_to_tables_is_refused(self, given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["batch", "--jsonl", "in.jsonl", *given]) == 2
        assert "batch: needs --jsonl alone" in capsys.readouterr().err

    def test_it_reads_a_file_and_writes_to_standard_output(
        self, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        source = tmp_path / "in.jsonl"
        source.write_text(GOOD + "\n", "utf-8")
        assert main(["batch", "--jsonl", str(source)]) == 0
        assert json.loads(capfdbinary.readouterr().out)["holder"] == "Zoë"

    def test_the_edition_in_force_is_that_of_each_submission(
        self, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        source = tmp_path / "in.jsonl"
        source.write_text(cec.dumps(submission(activity(earned_on="2022-05-01"), year=2023)), "utf-8")
        assert main(["batch", "--jsonl", str(source), "--edition", "in-force"]) == 1
        assert json.loads(capfdbinary.readouterr().out)["assessment"]["rulebook"] == "naaei-2022"

    def test_it_reads_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}\n")))
        assert main(["batch", "--jsonl", "-"]) == 2

    def test_a_file_that_is_not_there_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["batch", "--jsonl", "none.jsonl"]) == 2
        assert capsys.readouterr().err == "cecrules: none.jsonl: cannot be read: No such file or directory\n"

    def test_a_stream_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(cec.InvalidValue, match="^standard input: cannot be read: Input/output error$"):
            batch.decide_lines(Odd(), str(tmp_path / "out"), rulebook=cec.NAAEI_2014, report=print, workers=1)
        assert os.listdir(tmp_path) == []

    @pytest.mark.parametrize("link", [True, False])
    def test_the_file_that_is_read_is_not_written_over(
        self, tmp_path: Path, link: bool, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = tmp_path / "in.jsonl"
        source.write_text("{}\n")
        (tmp_path / "link").symlink_to(source)
        assert main(["batch", "--jsonl", str(source), "-o", str(tmp_path / "link" if link else source)]) == 2
        assert "is the file that is read" in capsys.readouterr().err
        assert source.read_text() == "{}\n"

    def test_a_pipe_tells_no_size(self) -> None:
        reader, writer = os.pipe()
        os.close(writer)
        with open(reader, "rb") as source:
            assert lines._size(source, "-") is None

    def test_a_file_tells_its_size(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_bytes(b"1234")
        with (tmp_path / "in").open("rb") as source:
            assert lines._size(source, str(tmp_path / "out")) == 4
