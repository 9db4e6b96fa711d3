"""The web service and the job of the examples answer every request and every file, each with its own answer."""

from __future__ import annotations

import asyncio
import http.client
import importlib.util
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import cecrules as cec

EXAMPLES = Path(__file__).parents[1] / "examples"
SOUND = json.loads((EXAMPLES / "cam-and-nalp.json").read_text("utf-8"))
REQUESTS = 1_000


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a running service."""
    for needed in ("starlette", "uvicorn"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed: constraints/examples.txt")
    if sys.platform == "win32":
        pytest.skip("Windows hands no socket to another process in this way")
    resource = pytest.importorskip("resource", reason="the system has no limit of open files to raise")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 4 * REQUESTS if limits[1] == resource.RLIM_INFINITY else min(4 * REQUESTS, limits[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(enough, limits[0]), limits[1]))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(REQUESTS)
        command = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES), "--log-level", "error"]
        number = listening.fileno()
        server = subprocess.Popen([*command, "--fd", str(number), "web_service:app"], pass_fds=[number])
        try:
            yield listening.getsockname()[1]
        finally:
            server.terminate()
            server.wait(timeout=30)
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def ask(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, str | None, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), json.loads(answer.read())
    finally:
        connection.close()


class TestWebService:
    def test_a_submission_is_answered_with_its_assessment(self, port: int) -> None:
        status, kind, answer = ask(port, "POST", "/assessments", json.dumps(SOUND).encode())
        assert (status, kind) == (200, "application/json")
        assert answer == cec.to_dict(cec.evaluate(cec.from_dict(SOUND)))

    def test_the_query_names_the_edition(self, port: int) -> None:
        body = (EXAMPLES / "cam-2023.json").read_bytes()
        _, _, answer = ask(port, "POST", "/assessments?edition=naaei-2022", body)
        assert (answer["rulebook"], answer["renewable"]) == ("naaei-2022", True)
        status, kind, answer = ask(port, "POST", "/assessments?edition=naaei-1066", body)
        assert (status, kind, answer["status"]) == (404, "application/problem+json", 404)

    def test_every_problem_is_told_with_its_path_and_code(self, port: int) -> None:
        wrong = SOUND | {"designations": ["CAMM"], "activities": [{"title": "a", "kind": "b", "earned_on": 1}]}
        status, kind, answer = ask(port, "POST", "/assessments", json.dumps(wrong).encode())
        assert (status, kind) == (422, "application/problem+json")
        assert [(each["path"], each["code"]) for each in answer["errors"]] == [
            (["designations", 0], "unknown_code"),
            (["activities", 0, "kind"], "unknown_code"),
            (["activities", 0, "earned_on"], "wrong_type"),
        ]
        assert answer["errors"][1]["pointer"] == "#/activities/0/kind"

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]"])
    def test_what_is_no_submission_is_a_problem_too(self, port: int, body: bytes) -> None:
        status, kind, answer = ask(port, "POST", "/assessments", body)
        assert (status, kind, answer["title"]) == (
            422,
            "application/problem+json",
            "The submission cannot be decided.",
        )

    def test_a_key_that_is_no_sound_text_is_a_problem_too(self, port: int) -> None:
        body = json.dumps(SOUND | {"\ud800": 1}).encode()
        status, kind, answer = ask(port, "POST", "/assessments", body)
        assert (status, kind, answer["errors"][0]["code"]) == (422, "application/problem+json", "unknown_key")

    @pytest.mark.parametrize(("method", "path", "status"), [("GET", "/", 404), ("GET", "/assessments", 405)])
    def test_what_is_not_served_is_a_problem_too(self, port: int, method: str, path: str, status: int) -> None:
        found, kind, answer = ask(port, method, path)
        assert (found, kind, answer["status"]) == (status, "application/problem+json", status)

    def test_a_body_that_is_too_large_is_refused(self, port: int) -> None:
        status, kind, _ = ask(port, "POST", "/assessments", b" " * 1_000_001)
        assert (status, kind) == (413, "application/problem+json")

    def test_it_describes_itself_by_the_schemas_that_the_library_ships(self, port: int) -> None:
        _, _, described = ask(port, "GET", "/openapi.json")
        schemas = described["components"]["schemas"]
        assert (schemas["Submission"], schemas["Assessment"]) == (cec.schema(), cec.schema("assessment"))
        answers = described["paths"]["/assessments"]["post"]["responses"]
        _, _, good = ask(port, "POST", "/assessments", json.dumps(SOUND).encode())
        _, _, bad = ask(port, "POST", "/assessments", b"{}")
        for status, answer in {"200": good, "422": bad}.items():
            ((_, content),) = answers[status]["content"].items()
            name = content["schema"]["$ref"].removeprefix("#/components/schemas/")
            jsonschema.Draft202012Validator(schemas[name]).validate(answer)

    def test_a_thousand_requests_at_once_each_get_their_own_answer(self, port: int) -> None:
        began = time.perf_counter()
        answers = asyncio.run(at_once(port, [submitted(number) for number in range(REQUESTS)]))
        print(f"{REQUESTS} requests at once: {time.perf_counter() - began:.1f} s")
        assert len(answers) == REQUESTS
        for number, (status, answer) in enumerate(answers):
            if number % 10:
                assert status == 200
                assert answer == cec.to_dict(cec.evaluate(cec.from_dict(submitted(number))))
                assert (answer["holder"], answer["in_network_minutes"]) == (f"member {number}", number)
            else:
                (error,) = answer["errors"]
                assert (status, error["path"], error["code"]) == (422, ["activities", 0, "minutes"], "out_of_range")
                assert error["detail"].endswith(f"got {-number - 1}")


def submitted(number: int) -> dict[str, Any]:
    """The submission of one member, of its own length; that of every tenth has a length below 0."""
    course = SOUND["activities"][0] | {"minutes": number if number % 10 else -number - 1}
    del course["hours"]
    return SOUND | {"holder": f"member {number}", "activities": [course]}


async def at_once(port: int, forms: list[dict[str, Any]]) -> list[tuple[int, Any]]:
    """Opens a connection for each form, and sends the forms when all connections are open."""
    ready = asyncio.Barrier(len(forms))

    async def answered(form: dict[str, Any]) -> tuple[int, Any]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await ready.wait()
        body = json.dumps(form).encode()
        head = f"POST /assessments HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        told, _, rest = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        return int(told.split()[1]), json.loads(rest)

    return await asyncio.gather(*map(answered, forms))


class TestCronJob:
    def run(self, *folders: Path) -> list[dict[str, Any]]:
        command = [sys.executable, str(EXAMPLES / "cron_job.py"), *map(str, folders)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
        assert done.stderr == ""
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_each_file_has_one_line_and_is_done(self, tmp_path: Path) -> None:
        inbox, done = tmp_path / "inbox", tmp_path / "done"
        inbox.mkdir()
        for name in ("cam-and-nalp", "cam-2023", "caps-short"):
            (inbox / f"{name}.json").write_bytes((EXAMPLES / f"{name}.json").read_bytes())
        (inbox / "broken.json").write_text('{"renewal_year": 2014}', "utf-8")
        (inbox / "notes.txt").write_text("not a submission", "utf-8")
        (inbox / "half.json").write_text(json.dumps(SOUND | {"\ud800": 1}), "utf-8")
        (inbox / "folder.json").mkdir()
        lines = {line["file"]: line for line in self.run(inbox, done)}
        assert {name: line["renewable"] for name, line in lines.items()} == {
            "broken.json": None,
            "cam-2023.json": True,
            "cam-and-nalp.json": True,
            "caps-short.json": False,
            "half.json": None,
        }
        assert [each["path"] for each in lines["broken.json"]["errors"]] == [["designations"], ["activities"]]
        assert lines["cam-2023.json"]["rulebook"] == "naaei-2022"
        assert sorted(file.name for file in inbox.iterdir()) == ["folder.json", "notes.txt"]
        assert sorted(file.name for file in done.iterdir()) == sorted(lines)
        assert self.run(inbox, done) == []

    def test_a_folder_that_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        command = [sys.executable, str(EXAMPLES / "cron_job.py"), str(tmp_path / "inbox"), str(tmp_path / "done")]
        ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=60)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"there is no folder {tmp_path / 'inbox'}\n"
        assert not (tmp_path / "done").exists()
