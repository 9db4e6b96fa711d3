"""Output files are whole or not there, and what a killed run left is cleared by the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cecrules as cec
from cecrules.batch import parts


def named(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "old")
    with parts.whole(str(tmp_path / "link")) as part:
        Path(part).write_text("new")
        assert (tmp_path / "old").read_text() == "old"
    assert ((tmp_path / "link").readlink(), (tmp_path / "old").read_text()) == (tmp_path / "old", "new")
    assert named(tmp_path) == ["link", "old"]


def test_nobody_may_read_it_who_could_not_before(tmp_path: Path) -> None:
    (tmp_path / "old").touch(0o600)
    with parts.whole(str(tmp_path / "old")):
        pass
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o600


def test_a_pipe_keeps_its_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with parts.whole(str(tmp_path / "pipe")) as part:
        assert part == str(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_name_may_be_as_long_as_the_system_lets_it_be(tmp_path: Path) -> None:
    name = "n" * 250 + ".json"
    with parts.whole(str(tmp_path / name)) as part:
        Path(part).write_text("new")
    assert named(tmp_path) == [name]
    with pytest.raises(cec.InvalidValue, match="cannot be written: File name too long"), parts.whole("n" * 256):
        pass


def test_nothing_is_left_of_what_goes_wrong(tmp_path: Path) -> None:
    with (
        pytest.raises(cec.InvalidValue, match="out: cannot be written: No space left"),
        parts.whole(str(tmp_path / "out")),
    ):
        raise OSError(28, "No space left on device")
    with pytest.raises(BrokenPipeError), parts.whole(str(tmp_path / "out")):
        raise BrokenPipeError
    assert named(tmp_path) == []


def test_what_a_killed_run_left_is_cleared_and_what_others_write_is_not(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    stale, other = Path(parts.part_of(out)), Path(parts.part_of(str(tmp_path / "other")))
    stale.touch()
    other.touch()
    with parts.whole(out) as first, parts.whole(out) as second:
        assert not stale.exists()
        assert Path(first).exists()
        Path(first).write_text("first")
        Path(second).write_text("second")
    assert named(tmp_path) == sorted([other.name, "out"])
    assert Path(out).read_text() == "first"


def test_a_file_system_without_locks_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(parts, "_lock", none)
    Path(parts.part_of(str(tmp_path / "out"))).touch()
    with parts.whole(str(tmp_path / "out")):
        assert len(named(tmp_path)) == 2
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("path", ["out.csv", "folder/out.csv", "hdfs://host/folder/out.csv", "folder/out.csv/"])
def test_a_part_stands_in_the_folder_of_its_file(path: str) -> None:
    assert os.path.dirname(parts.part_of(path)) == os.path.dirname(path.rstrip("/"))
    assert parts.part_of(path) != parts.part_of(path)
