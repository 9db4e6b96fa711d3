"""`check --receipt`, `verify` and `certify`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.keeping.certificates import VERIFIER

Run = Callable[..., tuple[int, str, str]]

SHORT, FULL = submission(activity(hours=4)), submission(compliance(hours=6))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, made in (("short.json", SHORT), ("full.json", FULL)):
        (tmp_path / name).write_text(cec.dumps(made), "utf-8")
    return tmp_path


class TestReceipts:
    """`check --receipt FILE` and `verify`."""

    def test_a_receipt_is_written_beside_the_answer_and_is_confirmed(self, run: Run, folder: Path) -> None:
        kept = folder / "receipt.json"
        code, out, err = run("check", folder / "short.json", "--receipt", kept)
        assert (code, out.partition(":")[0], err) == (1, "Not renewable", "")
        assert kept.read_bytes() == cec.dumps(cec.receipt(SHORT)).encode()
        code, out, err = run("verify", kept, folder / "short.json")
        assert (code, out, err) == (0, "confirmed: naaei-2014 decides the same today, word for word\n", "")

    def test_it_is_by_the_edition_named_and_verified_by_the_same(self, run: Run, folder: Path) -> None:
        kept = folder / "receipt.json"
        run("check", folder / "full.json", "--edition", "naaei-2022", "--receipt", kept)
        assert run("verify", kept, folder / "full.json")[:2] == (
            0,
            "confirmed: naaei-2022 decides the same today, word for word\n",
        )
        code, out, _ = run("verify", kept, folder / "full.json", "--edition", "naaei-2014")
        assert (code, out.splitlines()[0]) == (2, "not confirmed: the rulebook decides by other rules")

    def test_another_submission_is_not_confirmed(self, run: Run, folder: Path) -> None:
        kept = folder / "receipt.json"
        run("check", folder / "full.json", "--receipt", kept)
        code, out, _ = run("verify", kept, folder / "short.json", "--format", "json")
        found = cec.loads(out, cec.Replay)
        assert (code, found.confirmed, found.changes[0].path) == (2, False, "submission_sha256")

    def test_a_receipt_that_was_changed_is_an_error_with_its_file(self, run: Run, folder: Path) -> None:
        kept = folder / "receipt.json"
        form = cec.to_dict(cec.receipt(FULL)) | {"version": "9"}
        kept.write_text(json.dumps(form), "utf-8")
        code, out, err = run("verify", kept, folder / "full.json")
        assert (code, out) == (2, "")
        assert err.startswith(f"cecrules: {kept}: version: must be '0.1.0'".replace("0.1.0", cec.__version__))

    @pytest.mark.parametrize("more", [("--under", "naaei-2014,naaei-2022"), ("short.json",)])
    def test_it_is_of_one_answer(self, run: Run, folder: Path, more: tuple[str, ...]) -> None:
        more = tuple(str(folder / each) if each.endswith("json") else each for each in more)
        code, _, err = run("check", folder / "full.json", *more, "--receipt", folder / "receipt.json")
        assert (code, "takes --receipt with one file and one edition" in err) == (2, True)
        assert not (folder / "receipt.json").exists()

    def test_it_is_not_written_over_a_file_that_is_read(self, run: Run, folder: Path) -> None:
        (folder / "own.toml").write_text(
            'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\n', "utf-8"
        )
        (folder / "linked.json").symlink_to("full.json")
        for name in ("full.json", "linked.json", "own.toml"):
            before = (folder / name).read_bytes()
            read = ["check", folder / "full.json", "--edition", folder / "own.toml"]
            code, out, err = run(*read, "--receipt", folder / name)
            assert (code, out) == (2, "")
            assert err == f"cecrules: {folder / name}: is the file that is read, and must be another one\n"
            assert (folder / name).read_bytes() == before

    def test_it_is_not_written_to_standard_output(self, run: Run, folder: Path) -> None:
        code, out, err = run("check", folder / "full.json", "--receipt", "-")
        assert (code, out) == (2, "")
        assert err == "cecrules: --receipt: must be the name of a file, got -; standard output has the answer\n"

    def test_a_submission_that_is_not_decided_has_no_receipt(self, run: Run, folder: Path) -> None:
        (folder / "bad.json").write_text("{", "utf-8")
        assert run("check", folder / "bad.json", "--receipt", folder / "receipt.json")[0] == 2
        assert not (folder / "receipt.json").exists()

    def test_a_folder_that_is_not_there_is_named(self, run: Run, folder: Path) -> None:
        code, out, err = run("check", folder / "full.json", "--receipt", folder / "nowhere" / "receipt.json")
        assert (code, out) == (2, "")
        assert "receipt.json: cannot be written" in err


class TestCertify:
    """`certify FILE` and `certify --verifier`."""

    @pytest.mark.parametrize(("name", "code"), [("short.json", 1), ("full.json", 0)])
    def test_what_it_writes_is_accepted_by_the_verifier_it_names(
        self, run: Run, folder: Path, name: str, code: int
    ) -> None:
        done = run("certify", folder / name)
        assert (done[0], done[2]) == (code, "")
        (folder / "certificate.json").write_text(done[1], "utf-8")
        (folder / "rulebook.json").write_text(run("rules", "--format", "json")[1], "utf-8")
        where = run("certify", "--verifier")
        assert where == (0, f"{VERIFIER}\n", "")
        command = [sys.executable, "-I", where[1].strip(), "certificate.json", name, "rulebook.json"]
        assert subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout == b"accepted\n"

    def test_it_takes_a_file_or_names_the_verifier(self, run: Run, folder: Path) -> None:
        for given in ([], [folder / "full.json", "--verifier"]):
            code, _, err = run("certify", *given)
            assert (code, err) == (2, "cecrules: certify: needs a file, or --verifier alone; give one of them\n")

    def test_what_cannot_be_certified_is_an_error_with_its_file(
        self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        apart = cec.edition("naaei-pace").read_as("one-credential-each")
        monkeypatch.setattr("cecrules.cli.certify.rulebook_named", lambda *_: apart)
        code, _, err = run("certify", folder / "full.json")
        assert code == 2
        assert f"{folder / 'full.json'}: rulebook: must not have window.shared = false, got naaei-pace" in err
