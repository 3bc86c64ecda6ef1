"""Respond to a request: with an error response if it breaks the contract, else with the documented example."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, MediaType, Operation
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.facts import shape_at
from apicontract.openapi.routing import Match, NoMatch
from apicontract.openapi.violation import Violation
from apicontract.responder import listing, responses
from apicontract.responder.answers import Answers, with_code, with_sentence
from apicontract.responder.listing import Listing
from apicontract.responder.requests import ReceivedRequest, receive
from apicontract.responder.responses import NoAnswer
from apicontract.wire import media
from apicontract.wire.messages import Headers, Request, Response

_BAD, _NO_KEY, _NOWHERE = 400, 401, 404
_KEY_RULE = "/security"
_SENTENCES = ("message", "detail", "description", "reason", "error", "title")
"""The names under which APIs put the message of an error."""
_BUILT = 1_000
"""The maximum number of cached responses: most are one of a few examples, page by page."""


class Responder:
    """Responds to requests according to the document of a contract."""

    def __init__(self, contract: Contract, *, seed: int = 0) -> None:
        """Take the contract; examples are read on first use.

        With seed 0, a response is the first documented example. With any other seed it is one of the examples, chosen
        by the seed and the request: the same for the same request.
        """
        self.contract = contract
        self._seed = seed
        self.answers = Answers(contract)
        """Builds responses on request."""
        self._listings: dict[str, Listing | None] = {}
        self._built: dict[tuple[str, str, int], tuple[Json, Response]] = {}
        """Responses by operation, media type and id of the value, which is kept alive so that its id stays unique."""
        self._followed = {
            operation.pagination.operation: operation.pagination
            for operation in contract.operations
            if operation.pagination and operation.pagination.operation not in (None, operation.id)
        }

    def receive(self, request: Request, route: Match | NoMatch | None = None) -> ReceivedRequest:
        """Decode and check a request; `route` is its operation, if that is already known."""
        return receive(self.contract, request, route)

    def respond(self, request: Request) -> Response:
        """Respond to a request; raise `NoAnswer` if the document says too little."""
        return self.answer(self.receive(request))

    def answer(self, received: ReceivedRequest) -> Response:
        """Respond to a request that was decoded; raise `NoAnswer` as `respond` does."""
        error = self.error_for(received, received.violations)
        if error is not None or received.operation is None:
            return error or self.error_with(_NOWHERE, "no such operation")
        return self.success(received, received.operation)

    def error_for(self, received: ReceivedRequest, violations: Sequence[Violation]) -> Response | None:
        """Return the error response for the violations of a request; `None` if there are none.

        The status is 404 for a request without an operation, 401 for a missing key, and 400 otherwise. The body is the
        first example of that status which most operations have, or else the operation's own; its message lists the
        violations, and its code is the one that the document lists for the first violation, if any. If the document has
        no such example, the body is just the message.
        """
        if not violations:
            return None
        keyless = [violation for violation in violations if violation.pointer == _KEY_RULE]
        sentence = "; ".join(_said(violation) for violation in keyless or violations)
        if received.operation is None:
            return self.error_with(_NOWHERE, sentence)
        if keyless:
            return self.error_with(_NO_KEY, sentence, received.operation)
        return self.error_with(_BAD, sentence, received.operation, rule=violations[0].rule)

    def error_with(self, status: int, sentence: str, operation: Operation | None = None, *, rule: str = "") -> Response:
        """Return an error response with a status and a message, as declared by an operation or by most of them.

        `rule` is the violated one, for the code in the response.
        """
        lender = self.answers.shared(status)
        declared = None if operation is None else operation.response(status)
        if operation is not None and declared is not None:
            content = responses.content_of(declared, streamed=False)
            if content is None:
                return responses.build(self.contract, status, declared, None, None)
            lent = [lender[1]] if lender else []
            fits = self.answers.fits(operation, status, declared, content)
            for value in [*lent, *self.answers.examples(operation, status, declared, content)]:
                said = with_sentence(value, sentence)
                coded = with_code(self.contract.document, content, said, rule) if rule else said
                for body in (coded, said):
                    if fits(body):
                        return responses.build(self.contract, status, declared, content, body)
            for body in self._simplest(operation, status, declared, content, sentence):
                if fits(body):
                    return responses.build(self.contract, status, declared, content, body)
        elif lender:
            content = responses.content_of(lender[0], streamed=False)
            return responses.build(self.contract, status, lender[0], content, with_sentence(lender[1], sentence))
        return Response(status, Headers({"content-type": "text/plain; charset=utf-8"}), sentence.encode())

    def _simplest(
        self, operation: Operation, status: int, declared: Declared, content: MediaType, sentence: str
    ) -> Iterator[Json]:
        """Yield the simplest bodies of an error response, first one with the message if the schema has a place."""
        try:
            value = self.answers.first(operation, status, declared, content)
        except NoAnswer:
            return
        if isinstance(value, dict):
            known = shape_at(self.contract.document, content.schema, content.schema_pointer).properties
            yield from ({**value, name: sentence} for name in _SENTENCES if name in known)
        yield sentence if media.codec(content.name).carrier == "text" else value

    def success(self, received: ReceivedRequest, operation: Operation) -> Response:
        """Return the documented success: an example, the first with seed 0, or the requested page of a listing."""
        status, declared = responses.success(operation)
        content = responses.content_of(declared, streamed=received.streamed)
        value: Json = None
        if content is not None and not media.codec(content.name).stream:
            value = self._page(received, operation, status, declared, content)
        if content is not None and value is None:
            examples = self.answers.examples(operation, status, declared, content)
            chosen = self._chosen(received, len(examples)) if self._seed else 0
            value = examples[chosen] if chosen else self.answers.first(operation, status, declared, content)
        key = operation.id, content.name if content else "", id(value)
        if key not in self._built:
            if len(self._built) >= _BUILT:
                self._built.clear()
            self._built[key] = value, responses.build(self.contract, status, declared, content, value)
        return self._built[key][1]

    def _chosen(self, received: ReceivedRequest, count: int) -> int:
        """Choose one of a number of examples by the seed and the request."""
        said = [self._seed, received.operation and received.operation.id, received.path, received.query, received.body]
        text = json.dumps(said, sort_keys=True, default=str)
        return zlib.crc32(text.encode()) % count if count else 0

    def _page(
        self, received: ReceivedRequest, operation: Operation, status: int, declared: Declared, content: MediaType
    ) -> Json:
        """Return the requested page, if this is a listing and the document has examples of it."""
        examples = self.answers.examples(operation, status, declared, content)
        if operation.id in self._followed:
            return listing.ending(self._followed[operation.id], examples) if examples else None
        if operation.pagination is None:
            return None
        if operation.id not in self._listings:
            fits = self.answers.fits(operation, status, declared, content)
            self._listings[operation.id] = listing.documented(self.contract, operation, examples, fits)
        pages = self._listings[operation.id]
        page = pages.page(received) if pages else None
        return pages.first if pages and page is None else page


def _said(violation: Violation) -> str:
    """Return the text of a violation without its operation, which the sender knows."""
    return str(violation).removeprefix(f"{violation.operation}: ")
