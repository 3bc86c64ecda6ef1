"""One operation of the mock: its responses, and the requests that it has received."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from apicontract.mock import answers
from apicontract.mock.answers import Answer, AnswerMissing, ErrorResponse, Example, Ready, Stream
from apicontract.openapi.document import Json, Operation
from apicontract.openapi.violation import Violation
from apicontract.responder import AnswerInvalid, OnePage, ReceivedRequest, Responder


@dataclass(frozen=True, slots=True)
class Call:
    """A request that an operation has received."""

    path: Mapping[str, Json]
    query: Mapping[str, Json]
    """Decoded: a number if the document declares one, a list if the name is repeated."""
    header: Mapping[str, Json]
    """The headers that the document declares, without keys."""
    body: Json
    """The JSON, or the fields of a form; the value of a file is its name. `None` without a body."""
    violations: tuple[Violation, ...]
    """The violations for which the request was rejected; empty for a valid one."""
    request: httpx.Request = field(repr=False)
    """The request itself."""


class _Calls(tuple[Call, ...]):
    """A list of calls, with a helpful error for a missing one."""

    missing = ""

    def __getitem__(self, index: Any) -> Any:
        try:
            return super().__getitem__(index)
        except IndexError:
            raise IndexError(self.missing) from None


class OperationMock:
    """An operation of the mock. The last setting counts; each response is checked against the contract at once.

        mock["tasks.retrieve"].respond({"_id": "t1", "status": "ready"})
        mock["tasks.create"].respond_error(429, headers={"retry-after": "1"})

    If an operation returns one object or a stream, as the request asks, set both: `respond` for the object, `stream`
    for the stream. This is not a route of respx: instead of `.mock(side_effect=error)`, write `respond_raw(error)`, and
    for a network that fails once, a sequence:

        mock["tasks.list"].respond_raw(httpx.ConnectError("no route to the host"))
        mock["tasks.list"].sequence([httpx.ReadTimeout("too slow"), Example("first_page")])
    """

    def __init__(self, responder: Responder, operation: Operation, others: Mapping[str, OperationMock]) -> None:
        """Take the operation; `others` returns the one that fetches the later pages of a listing."""
        self.operation = operation
        """The operation in the document."""
        self._responder = responder
        self._others = others
        self._calls: list[Call] = []
        self._answers: dict[bool, Ready] = {}
        self._turns: list[Ready] | None = None
        self._used = 0

    def __repr__(self) -> str:
        return f"<OperationMock {self.operation.id}: {len(self._calls)} calls>"

    def respond(self, payload: Json, *, headers: Mapping[str, str] | None = None) -> None:
        """Respond with a payload and the documented status of a success; `None` for a status without a body.

        A payload of a numbered listing is returned for one page, or for as many as it states; the following pages are
        empty, so that every client stops.

        Raises `AnswerInvalid`, with every violation, for a payload that the real API could never send.
        """
        response = self._responder.answers.success(self.operation, payload, headers)
        streamed = False if self.operation.streaming_flag else None
        self._set(self._numbered(payload, headers) or answers.fixed(response, streamed))

    def example(self, name: str) -> None:
        """Respond with a named example of the document, of a success or of an error response.

        Raises `LookupError` for an unknown name; the message lists the known ones.
        """
        ready = self._ready(Example(name))
        if self.operation.pagination and not ready.streamed:
            response, _ = self._responder.answers.example(self.operation, name)
            if response.status < 300:
                ready = self._numbered(json.loads(response.body), None) or ready
        self._set(ready)

    def respond_error(self, status: int, payload: Json = None, *, headers: Mapping[str, str] | None = None) -> None:
        """Respond with a status, and with its documented example unless there is a payload.

        Raises `AnswerInvalid` for an undeclared status, and for a payload that breaks the contract.
        """
        self._set(self._ready(ErrorResponse(status, payload, headers)))

    def stream(self, events: Sequence[Json]) -> None:
        """Respond to a request for a stream with these events.

        Raises `AnswerInvalid` for an event that breaks the contract, for a wrong order, and for a missing end.
        """
        self._set(self._ready(Stream(events)))

    def pages(self, pages: Iterable[Sequence[Json]], *, around: Mapping[str, Json] | None = None) -> None:
        """Respond with a listing: the items of each page. Each request gets the page that it asks for.

            mock["tasks.list"].pages([[first, second], [third]])

        The number of pages, the number or the token of each and the number of items are computed; `around` has further
        fields for each page. Pages after the last are empty, and an unknown token is rejected with 400. If another
        operation fetches the later pages, it returns them. The pages are always those given, whatever page size a
        request asks for: the document does not say which parameter that is.

        Raises `AnswerInvalid` for an operation that is not a listing, and for a page that breaks the contract.
        """
        listing = self._responder.answers.listing(self.operation, list(pages), around)
        pagination = self.operation.pagination
        followers = [pagination.operation] if pagination and pagination.operation else []
        for owner in dict.fromkeys([self.operation.id, *followers]):
            found = self._others[owner]
            found._set(answers.paged(self._responder, found.operation, listing))

    def sequence(self, answers: Iterable[Answer]) -> None:
        """Respond in turn with payloads, or `ErrorResponse`, `Stream`, `Example`, and the arguments of `respond_raw`.

            mock["tasks.retrieve"].sequence([ErrorResponse(429), Example("ready")])

        A call after the last response raises `AnswerMissing`; unused responses are not an error. An invalid request is
        rejected and does not use up a response. Raises `AnswerInvalid` and `LookupError` as the single methods do, with
        the number of the response.
        """
        turns = []
        for number, answer in enumerate(answers, 1):
            try:
                turns.append(self._ready(answer))
            except (ValueError, LookupError) as error:
                error.add_note(f"this is response {number} of the sequence")
                if isinstance(answer, int) and 400 <= answer <= 599:
                    error.add_note(f"an error response in a sequence is ErrorResponse({answer})")
                raise
        self._turns, self._used = turns, 0

    def respond_raw(self, response: httpx.Response | Exception) -> None:
        """Respond with an unchecked response, or raise an exception: for responses that are wrong on purpose.

        mock["tasks.list"].respond_raw(httpx.Response(200, text="<html>"))
        mock["tasks.list"].respond_raw(httpx.ReadTimeout("too slow"))
        """
        self._set(answers.raw(response))

    @property
    def calls(self) -> tuple[Call, ...]:
        """The requests received so far, including rejected ones."""
        found = _Calls(self._calls)
        received = [f"{name} ({len(other._calls)})" for name, other in list(self._others.items()) if other._calls]
        found.missing = (
            f"{self.operation.id} has received {len(found)} requests, so there is no such call; received: "
            f"{', '.join(received) or 'none'} (the mock's `calls` and `violations` also have those of no operation)"
        )
        return found

    @property
    def called(self) -> bool:
        """Whether any request was received."""
        return bool(self._calls)

    def _ready(self, answer: Answer) -> Ready:
        return answers.ready(self._responder, self.operation, answer)

    def _numbered(self, payload: Json, headers: Mapping[str, str] | None) -> Ready | None:
        """Return the only page of a numbered listing; `None` if this is not one, or if it cannot have an empty page."""
        pagination = self.operation.pagination
        if not isinstance(payload, dict) or not pagination or pagination.style != "page" or not pagination.items:
            return None
        page = OnePage(self._responder.contract, self.operation, payload)
        try:
            self._responder.answers.success(self.operation, page.beyond, headers)
        except AnswerInvalid:
            return None
        return answers.paged(self._responder, self.operation, page, headers)

    def _set(self, answer: Ready) -> None:
        self._turns = None
        for streamed in (False, True) if answer.streamed is None else (answer.streamed,):
            self._answers[streamed] = answer

    def record(self, call: Call) -> None:
        """Record a call; used by the router."""
        self._calls.append(call)

    def forget(self) -> None:
        """Forget the calls; used by the router."""
        self._calls.clear()

    def answer(self, received: ReceivedRequest, request: httpx.Request) -> httpx.Response:
        """Respond to a valid request; used by the router."""
        streamed = bool(received.streamed)
        if self._turns is not None:
            return self._turn(streamed).make(received, request)
        if streamed in self._answers:
            return self._answers[streamed].make(received, request)
        return answers.httpx_response(self._responder.success(received, self.operation), request)

    def _turn(self, streamed: bool) -> Ready:
        turns = self._turns or []
        self._used += 1
        if self._used > len(turns):
            count = f"{len(turns)} response{'s' * (len(turns) != 1)}"
            raise AnswerMissing(
                f"{self.operation.id}: call {self._used} of a sequence of {count}; give it more responses"
            )
        turn = turns[self._used - 1]
        if turn.streamed not in (None, streamed):
            asked, given = ("a stream", "one object") if streamed else ("one object", "a stream")
            raise AnswerMissing(
                f"{self.operation.id}: the request asks for {asked}, and response {self._used} is {given}"
            )
        return turn
