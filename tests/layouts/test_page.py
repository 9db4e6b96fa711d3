"""`docs/how-to/layouts.md` shows the layout that is proposed for its tables, and what is decided by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cecrules.frames import read_layout
from cecrules.layouts.proposing import proposed
from files import read, run

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "layouts.md").read_text("utf-8")
LEDGER, CREDENTIALS = re.findall(r"^```text\n(Member.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LAYOUT, FLAGS = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "ledger.csv", tmp_path / "credentials.csv"]
    for path, text in zip(paths, (LEDGER, CREDENTIALS), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_the_layout_is_the_one_proposed_but_for_the_lines_that_were_kept(files: list[Path]) -> None:
    lines = [line.removeprefix("# ") for line in proposed([str(path) for path in files]).text.splitlines()]
    assert lines == [line.removeprefix("# ") for line in LAYOUT.splitlines()]
    proposal = proposed([str(path) for path in files])
    kept = [line for line in LAYOUT.splitlines() if line not in proposal.text.splitlines()]
    assert len(kept) == 2
    assert proposal.questions == 3


def test_the_files_are_decided_by_it(files: list[Path], tmp_path: Path) -> None:
    text = LAYOUT.replace("[activities.days]", 'addresses_compliance = "Legal?"\n[activities.days]') + FLAGS
    assert read_layout(text)
    layout, out, problems = (tmp_path / name for name in ("layout.toml", "out.csv", "problems.csv"))
    layout.write_text(text, "utf-8")
    assert run(*files, "-o", out, "--problems", problems, "--layout", layout) == 2
    assert [(row["member"], row["credited"], row["compliance"]) for row in read(out)] == [
        ("manager-1", 6.0, 2.0),
        ("consultant-2", 0.0, 0.0),
    ]
    assert [(row["row"], row["found"], row["hint"]) for row in read(problems)] == [
        (6, "Fall 2013", "add its form to [activities.days] of the layout, or mend the cell")
    ]


def test_each_hint_names_the_section_of_the_layout(tmp_path: Path) -> None:
    columns = ("member", "title", "kind", "earned_on", "hours", "compensated", "documents")
    layout, ledger, held, out, problems = (
        tmp_path / name for name in ("layout.toml", "ledger.csv", "held.csv", "out.csv", "problems.csv")
    )
    layout.write_text(
        'format = "cecrules.layout/1"\nactivities.days = {formats = ["M/D/YYYY"]}\n'
        f"activities.columns = {{{', '.join(f'{name} = {name!r}' for name in columns)}}}\n"
        'designations.columns = {member = "member", designation = "designation"}\n'
    )
    ledger.write_text(f"{','.join(columns)}\na,Budgeting,Night school,soon,two,perhaps,postcard\n")
    held.write_text('member,designation\na,"CAM, NALP"\na,Manager\n')
    assert run(ledger, held, "-o", out, "--problems", problems, "--layout", layout) == 2
    hints = {(row["reason"], row["hint"].removesuffix(" of the layout, or mend the cell")) for row in read(problems)}
    assert hints == {
        ("earned_on_invalid", "add its form to [activities.days]"),
        ("length_invalid", "add its form to [activities.lengths]"),
        ("flag_invalid", "add the word to [activities.flags]"),
        ("kind_unknown", "add the word to [activities.kinds]"),
        ("document_unknown", "add the word to [activities.documents]"),
        ("designation_unknown", "add the word to [designations.designations]"),
        ("designation_unknown", "give each designation a row of its own"),
        ("requirement_unknown", "mend the rows of the member in designations"),
    }


@pytest.mark.parametrize(
    ("length", "hint"),
    [
        ("", "name the column of lengths in [activities.columns] of the layout"),
        ("hours = 'H', ", "give hours or minutes"),
    ],
)
def test_a_length_that_is_missing_has_no_column_or_no_cell(tmp_path: Path, length: str, hint: str) -> None:
    layout, ledger, held, out, problems = (
        tmp_path / name for name in ("layout.toml", "ledger.csv", "held.csv", "out.csv", "problems.csv")
    )
    layout.write_text(
        "format = 'cecrules.layout/1'\n"
        f"activities.columns = {{{length}member = 'M', title = 'T', kind = 'K', earned_on = 'D'}}\n"
    )
    ledger.write_text("M,T,K,D,H\na,Budgeting,college_course,2013-04-01,\n")
    held.write_text("member,designation\na,CAM\n")
    assert run(ledger, held, "-o", out, "--problems", problems, "--layout", layout) == 2
    assert [(row["reason"], row["hint"]) for row in read(problems)] == [("length_missing", hint)]
