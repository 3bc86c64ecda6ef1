"""The responses that an operation of the mock can be set to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx
from respx.models import clone_response

from apicontract.openapi.document import Json, Operation
from apicontract.responder import Listing, OnePage, ReceivedRequest, Responder
from apicontract.wire.messages import Response


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """An error response in a sequence, as for `respond_error`."""

    status: int
    payload: Json = None
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """An event stream in a sequence, as for `stream`."""

    events: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Example:
    """A named example of the document, as one response of a sequence."""

    name: str


Answer: TypeAlias = Any
"""`ErrorResponse`, `Stream`, `Example`, an `httpx.Response` or an exception; anything else is a payload."""


class AnswerMissing(AssertionError):
    """An operation was called more often than its sequence has responses, or the next one is not of the requested kind.

    The kinds are a stream and one object. The error is raised where the request is sent, and, because the code under
    test may swallow it, again when the mock stops without another exception, which is at the end of a test that uses
    the fixture. `mock.reset()` discards it.
    """


class HeldBack(AssertionError):
    """A request to the API that another library than httpx was about to send for real.

    It is raised where the request is sent, and again when the mock stops, like `AnswerMissing`.
    """


Make: TypeAlias = Callable[[ReceivedRequest, httpx.Request], httpx.Response]


@dataclass(frozen=True, slots=True)
class Ready:
    """A response that was checked; making it raises an exception if that is the response."""

    make: Make
    streamed: bool | None
    """Whether it is for requests for a stream, or for one object; `None` for both."""


def ready(responder: Responder, operation: Operation, answer: Answer) -> Ready:
    """Check a response, and prepare it.

    Raises `AnswerInvalid` if it breaks the contract, `LookupError` for an unknown example.
    """
    streams = operation.streaming_flag is not None
    match answer:
        case httpx.Response() | BaseException():
            return raw(answer)
        case ErrorResponse():
            return fixed(
                responder.answers.error_response(operation, answer.status, answer.payload, answer.headers), None
            )
        case Stream():
            return fixed(responder.answers.stream(operation, answer.events), True if streams else None)
        case Example():
            response, streamed = responder.answers.example(operation, answer.name)
            return fixed(response, streamed if streams and response.status < 400 else None)
        case _:
            return fixed(responder.answers.success(operation, answer), False if streams else None)


def fixed(response: Response, streamed: bool | None) -> Ready:
    """Return a `Ready` that always gives the same response."""
    return Ready(lambda _, request: httpx_response(response, request), streamed)


def raw(answer: httpx.Response | BaseException) -> Ready:
    """Respond with a response unchanged, or raise an exception."""

    def make(_: ReceivedRequest, request: httpx.Request) -> httpx.Response:
        if isinstance(answer, BaseException):
            raise answer
        return clone_response(answer, request)

    return Ready(make, None)


def paged(
    responder: Responder, operation: Operation, listing: Listing | OnePage, headers: Mapping[str, str] | None = None
) -> Ready:
    """Respond with the requested page; an unknown token is rejected."""

    def make(received: ReceivedRequest, request: httpx.Request) -> httpx.Response:
        page = listing.page(received)
        if page is None:
            sentence = "this token belongs to none of the pages of the test"
            return httpx_response(responder.error_with(400, sentence, operation), request)
        return httpx_response(responder.answers.success(operation, page, headers), request)

    return Ready(make, None)


def httpx_response(response: Response, request: httpx.Request) -> httpx.Response:
    """Convert a response to an httpx response."""
    headers = [(name.encode(), value.encode()) for name, value in response.headers.items]
    return httpx.Response(response.status, headers=headers, content=response.body, request=request)
