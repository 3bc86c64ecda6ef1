"""What does it cost to check a request: a listing, a search as a form, and a search with a picture?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle

import httpx

from benchmarks import checkers, inputs
from benchmarks.checkers import Check, Message
from benchmarks.model import Answer, Question, Side, Work
from benchmarks.targets import TARGETS


def listing(page: int, page_limit: int = 50, status: str = "ready") -> Message:
    """Ask for a page of tasks, with six values in the query."""
    query = f"page={page}&page_limit={page_limit}&sort_by=created_at&status={status}&status=failed&width=640"
    return Message("GET", "/tasks", query)


JPEG = ("frame.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400, "image/jpeg")


def form(*fields: tuple[str, str], file: tuple[str, bytes, str] | None = None, number: int = 0) -> Message:
    """Write a search as multipart, by httpx, which knows nothing of us; each number has a boundary of its own."""
    media_type = f"multipart/form-data; boundary={number:032x}"
    parts: list[tuple[str, tuple[str | None, str | bytes] | tuple[str | None, str | bytes, str]]] = [
        (name, (None, value)) for name, value in fields
    ]
    if file is not None:
        parts.append(("query_media_file", file))
    headers = {"x-api-key": inputs.KEY, "content-type": media_type}
    request = httpx.Request("POST", f"{inputs.BASE}/search", files=parts, headers=headers)
    return Message("POST", "/search", body=request.read(), content_type=request.headers["content-type"])


FIELDS = (
    ("index_id", inputs.ID),
    ("search_options", "visual"),
    ("search_options", "audio"),
    ("group_by", "video"),
    ("sort_option", "clip_count"),
    ("operator", "and"),
)
WRONG = tuple((name, "scene" if name == "group_by" else value) for name, value in FIELDS)
PICTURE = (("query_media_type", "image"), ("page_limit", "50"), ("adjust_confidence_level", "0.5"))


def search(number: int, fields: Sequence[tuple[str, str]] = FIELDS) -> Message:
    """Search by text."""
    return form(*fields, ("query_text", f"dog {number} on the pitch"), number=number)


def picture(number: int) -> Message:
    """Search by a picture of 100 KB."""
    return form(*FIELDS[:3], *PICTURE, file=JPEG, number=number)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is checked: many good messages in turn, and others that are bad."""

    good: Callable[[int], Message]
    many: int
    bad: tuple[Message, ...]


def turning(checks: Sequence[Check]) -> Check:
    """Check one after the other, and again."""
    turn = cycle(checks)

    def check() -> bool:
        return next(turn)()

    return check


def _work(asked: Asked, make: Callable[[Message], Check]) -> Work:
    checks = [make(asked.good(number)) for number in range(asked.many)]
    bad = [make(message) for message in asked.bad]

    def answer() -> Answer:
        return {"good": all(check() for check in checks[::50]), "bad": [check() for check in bad]}

    return Work(turning(checks), answer)


def _ours(asked: Asked, _: int) -> Work:
    return _work(asked, partial(checkers.request_check, checkers.contract()))


def _openapi_core(asked: Asked, _: int) -> Work:
    return _work(asked, partial(checkers.openapi_core_request, checkers.openapi_core()))


def _werkzeug(asked: Asked, _: int) -> Work:
    """Parse the form and look at nothing: what any server must do first."""
    from io import BytesIO

    from werkzeug.formparser import parse_form_data

    def make(message: Message) -> Check:
        environ = {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": message.content_type,
            "CONTENT_LENGTH": str(len(message.body)),
        }

        def run() -> bool:
            _, fields, files = parse_form_data({**environ, "wsgi.input": BytesIO(message.body)})
            for file in files.values():
                file.close()
            return len(fields) + len(files) > 0

        return run

    work = _work(replace(asked, bad=()), make)
    return Work(work.run, lambda: {"good": work.answer()["good"]})


LISTINGS = Asked(lambda number: listing(number + 1), inputs.MANY, (listing(2, 51), listing(2, status="lost")))
SEARCHES = Asked(search, inputs.MANY, (search(0, WRONG), search(0, FIELDS[1:])))
PICTURES = Asked(picture, 20, (form(*FIELDS[:3], *PICTURE),))


def _sides(asked: Asked) -> tuple[Side, ...]:
    return (Side("ours", partial(_ours, asked)), Side("openapi-core", partial(_openapi_core, asked)))


QUESTIONS = (
    Question(
        "request",
        "Check a request: a listing with six values in its query",
        _sides(LISTINGS),
        targets=TARGETS["request"],
        expected={"good": True, "bad": [False, False]},
        note="500 requests in turn, of different pages.",
    ),
    Question(
        "search",
        "Check a multipart search, text fields only",
        _sides(SEARCHES),
        targets=TARGETS["search"],
        expected={"good": True, "bad": [False, False]},
        note="500 requests in turn, of different texts and boundaries. Text fields, as openapi-core refuses every "
        "number and every file that is not text in a multipart form.",
    ),
    Question(
        "search-picture",
        "Check a multipart search with a picture of 100 KB",
        (Side("ours", partial(_ours, PICTURES)), Side("werkzeug, parsing only", partial(_werkzeug, PICTURES))),
        expected={"good": True, "bad": [False]},
        note="No other checker accepts this valid request; werkzeug only takes the form apart.",
    ),
)
