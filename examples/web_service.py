"""A web service that takes a submission and returns an assessment, or problem details with every problem.

pip install cecrules -r constraints/examples.txt
uvicorn --app-dir examples web_service:app
"""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import cecrules as cec

MOST_BYTES = 1_000_000


class Answer(JSONResponse):
    """JSON in ASCII, which can hold every text that a request can, such as half of a character in an unknown key."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode()


async def assess(request: Request) -> JSONResponse:
    """Decides the submission in the body by the edition that the query names."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return problem(413, f"The submission has more than {MOST_BYTES} bytes.")
    # A rulebook in which each activity serves one term can take seconds, so other requests go on meanwhile.
    return await run_in_threadpool(answer, bytes(body), request.query_params.get("edition"))


def answer(body: bytes, edition: str | None) -> JSONResponse:
    try:
        book = cec.edition(edition) if edition is not None else None
    except cec.UnknownName as error:
        return problem(404, f"The edition is not known: {error.problem}.")
    try:
        return Answer(cec.to_dict(cec.evaluate(cec.loads(body), book)))
    except cec.CecRulesError as error:
        errors = [
            {"path": one.path, "pointer": pointer(one.path), "code": one.code, "detail": one.problem, "hint": one.hint}
            for one in error.problems
        ]
        return problem(422, "The submission cannot be decided.", errors=errors)


def problem(status: int, title: str, **more: Any) -> JSONResponse:
    """Problem details as RFC 9457 has them."""
    content = {"type": "about:blank", "title": title, "status": status, **more}
    return Answer(content, status, media_type="application/problem+json")


async def not_served(_: Request, error: HTTPException) -> JSONResponse:
    """Problem details for another path, or for another method."""
    answer = problem(error.status_code, f"{error.detail}.")
    answer.headers.update(error.headers or {})
    return answer


def pointer(path: tuple[str | int, ...]) -> str:
    """The place of a problem as a JSON pointer."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def openapi() -> dict[str, Any]:
    """The description of the service, made of the schemas that the library ships."""
    error = {
        "type": "object",
        "required": ["path", "pointer", "code", "detail"],
        "properties": {
            "path": {"type": "array", "items": {"type": ["string", "integer"]}},
            "pointer": {"type": "string"},
            "code": {"enum": list(cec.ErrorCode)},
            "detail": {"type": "string"},
            "hint": {"type": "string"},
        },
    }
    details = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": error},
        },
    }

    def content(name: str, media_type: str = "application/json") -> dict[str, Any]:
        return {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    def refused(why: str) -> dict[str, Any]:
        return {"description": why, "content": content("Problem", "application/problem+json")}

    edition = {"name": "edition", "in": "query", "schema": {"enum": list(cec.editions())}}
    post = {
        "summary": "Decide whether a submission renews its designations",
        "parameters": [edition],
        "requestBody": {"required": True, "content": content("Submission")},
        "responses": {
            "200": {"description": "The assessment, renewable or not", "content": content("Assessment")},
            "404": refused("The edition is not known"),
            "413": refused("The submission is too large"),
            "422": refused("The submission cannot be decided"),
        },
    }
    schemas = {"Submission": cec.schema(), "Assessment": cec.schema("assessment"), "Problem": details}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Renewal of designations", "version": cec.__version__},
        "paths": {"/assessments": {"post": post}},
        "components": {"schemas": schemas},
    }


async def described(_: Request) -> JSONResponse:
    return Answer(openapi())


app = Starlette(
    routes=[Route("/assessments", assess, methods=["POST"]), Route("/openapi.json", described)],
    exception_handlers={HTTPException: not_served},
)
