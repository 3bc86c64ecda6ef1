"""What an operation of the mock can be set to answer."""

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
    """An error response in a sequence, as `respond_error` gives it."""

    status: int
    payload: Json = None
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """An event stream in a sequence, as `stream` gives it."""

    events: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Example:
    """A named example of the document, in a sequence, as `example` gives it."""

    name: str


Answer: TypeAlias = Any
"""`ErrorResponse`, `Stream`, `Example`, an `httpx.Response` or an exception as they are; anything else is a payload."""


class AnswerMissing(AssertionError):
    """An operation was called more often than its sequence has answers, or its next one is of the other kind.

    Raised where the request is sent, and, as code under test can swallow it, once more when the mock stops with no
    other error passing through it, which is at the end of a test that uses the fixture. `mock.reset()` forgets it.
    """


class HeldBack(AssertionError):
    """A request to the API that another library than httpx was about to send for real.

    Raised where the request is sent, and once more when the mock stops, as `AnswerMissing` is.
    """


Make: TypeAlias = Callable[[ReceivedRequest, httpx.Request], httpx.Response]


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer that was checked; making it can raise, where raising is the answer."""

    make: Make
    streamed: bool | None
    """Whether it answers a request for a stream, or one for one object; `None` for both."""


def ready(responder: Responder, operation: Operation, answer: Answer) -> Ready:
    """Check an answer, and make it ready.

    Raises `AnswerInvalid` for one that breaks the contract, `LookupError` for an example that the document does not
    have.
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
    """Answer always the same."""
    return Ready(lambda _, request: httpx_response(response, request), streamed)


def raw(answer: httpx.Response | BaseException) -> Ready:
    """Answer with a response as it is, or raise."""

    def make(_: ReceivedRequest, request: httpx.Request) -> httpx.Response:
        if isinstance(answer, BaseException):
            raise answer
        return clone_response(answer, request)

    return Ready(make, None)


def paged(
    responder: Responder, operation: Operation, listing: Listing | OnePage, headers: Mapping[str, str] | None = None
) -> Ready:
    """Answer with the page that is asked for; a token that no page has is refused."""

    def make(received: ReceivedRequest, request: httpx.Request) -> httpx.Response:
        page = listing.page(received)
        if page is None:
            sentence = "this token is of none of the pages that the test gave"
            return httpx_response(responder.error_with(400, sentence, operation), request)
        return httpx_response(responder.answers.success(operation, page, headers), request)

    return Ready(make, None)


def httpx_response(response: Response, request: httpx.Request) -> httpx.Response:
    """Make an httpx response."""
    headers = [(name.encode(), value.encode()) for name, value in response.headers.items]
    return httpx.Response(response.status, headers=headers, content=response.body, request=request)
