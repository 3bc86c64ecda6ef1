"""What does it cost to check a request: a listing, a search as a form, and a search with a picture?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import httpx

from benchmarks import checkers, inputs
from benchmarks.checkers import Check, Message
from benchmarks.model import Answer, Question, Side, Target, Work

if TYPE_CHECKING:
    from collections.abc import Callable

LISTING = Message("GET", "/tasks", "page=2&page_limit=50&sort_by=created_at&status=ready&status=failed&width=640")
TOO_MANY = Message("GET", "/tasks", "page=2&page_limit=51&sort_by=created_at&status=ready&status=failed&width=640")
UNKNOWN = Message("GET", "/tasks", "page=2&page_limit=50&status=lost")

JPEG = ("frame.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400, "image/jpeg")


def form(*fields: tuple[str, str], file: tuple[str, bytes, str] | None = None) -> Message:
    """Write a search as multipart, by httpx, which knows nothing of us."""
    parts: list[tuple[str, tuple[str | None, str | bytes] | tuple[str | None, str | bytes, str]]] = [
        (name, (None, value)) for name, value in fields
    ]
    if file is not None:
        parts.append(("query_media_file", file))
    request = httpx.Request("POST", f"{inputs.BASE}/search", files=parts, headers={"x-api-key": inputs.KEY})
    return Message("POST", "/search", body=request.read(), content_type=request.headers["content-type"])


FIELDS = (
    ("index_id", inputs.ID),
    ("search_options", "visual"),
    ("search_options", "audio"),
    ("query_text", "a dog on the pitch"),
    ("group_by", "video"),
    ("sort_option", "clip_count"),
    ("operator", "and"),
)
WRONG = tuple((name, "scene" if name == "group_by" else value) for name, value in FIELDS)
PICTURE = (("query_media_type", "image"), ("page_limit", "50"), ("adjust_confidence_level", "0.5"))


def _work(make: Callable[[Message], Check], good: Message, *bad: Message) -> Work:
    checks = [make(message) for message in (good, *bad)]
    return Work(
        checks[0], lambda: dict(zip(("good", "wrong", "wrong too"), (check() for check in checks), strict=False))
    )


def _ours(messages: tuple[Message, ...], _: int) -> Work:
    return _work(partial(checkers.request_check, checkers.contract()), *messages)


def _openapi_core(messages: tuple[Message, ...], _: int) -> Work:
    return _work(partial(checkers.openapi_core_request, checkers.openapi_core()), *messages)


def _werkzeug(messages: tuple[Message, ...], _: int) -> Work:
    """Parse the form and look at nothing: what any server must do first."""
    from io import BytesIO

    from werkzeug.formparser import parse_form_data

    message = messages[0]
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": message.content_type, "CONTENT_LENGTH": str(len(message.body))}

    def run() -> bool:
        _, fields, files = parse_form_data({**environ, "wsgi.input": BytesIO(message.body)})
        for file in files.values():
            file.close()
        return len(fields) + len(files) > 0

    def answer() -> Answer:
        return {"good": run()}

    return Work(run, answer)


def _sides(*messages: Message) -> tuple[Side, ...]:
    return (Side("ours", partial(_ours, messages)), Side("openapi-core", partial(_openapi_core, messages)))


QUESTIONS = (
    Question(
        "request",
        "Check a request: a listing with six values in its query",
        _sides(LISTING, TOO_MANY, UNKNOWN),
        targets=(Target("openapi-core", times=1 / 100),),
        expected={"good": True, "wrong": False, "wrong too": False},
    ),
    Question(
        "search",
        "Check a multipart search, text fields only",
        _sides(form(*FIELDS), form(*WRONG), form(*FIELDS[1:])),
        targets=(Target("openapi-core", times=1 / 100),),
        expected={"good": True, "wrong": False, "wrong too": False},
        note="Text fields, as openapi-core refuses every number and every file that is not text in a multipart form.",
    ),
    Question(
        "search-picture",
        "Check a multipart search with a picture of 100 KB",
        (
            Side("ours", partial(_ours, (form(*FIELDS[:3], *PICTURE, file=JPEG), form(*FIELDS[:3], *PICTURE)))),
            Side("werkzeug, parsing only", partial(_werkzeug, (form(*FIELDS[:3], *PICTURE, file=JPEG),))),
        ),
        expected={"good": True, "wrong": False},
        note="No other checker accepts this valid request; werkzeug only takes the form apart.",
    ),
)
