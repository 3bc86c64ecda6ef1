"""The validators of one document, and the checkers of messages that share them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from apicontract.checks import patterns
from apicontract.checks.assertion_form import Direction, differs
from apicontract.checks.instances import Instances
from apicontract.checks.request import RequestChecker
from apicontract.checks.response import ResponseChecker
from apicontract.checks.validation import Validators
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.openapi.facts import shape_at
from apicontract.openapi.problems import Problem
from apicontract.openapi.violation import Violation
from apicontract.wire import media
from apicontract.wire.styles import STYLES

if TYPE_CHECKING:
    from apicontract.checks.webhooks import WebhookChecker


class Checkers:
    """The checkers of one document."""

    def __init__(self, document: Document, *, formats: bool = True) -> None:
        """Take the document, and whether `format` is asserted; validators are compiled when they are needed."""
        self.document = document
        self.formats = formats
        self._patterns = patterns.unusable(document) if document.patterns else {}
        self.validators = Validators(document, None, self._patterns, formats=formats)
        """Validators of values that are neither sent nor received."""
        sent, received = self._directed("request"), self._directed("response")
        self._sent, self._received = Instances(document, sent), Instances(document, received)
        self.requests = RequestChecker(document, sent, self._sent)
        self.responses = ResponseChecker(document, received, self._received)
        self._all = (self.validators, sent, received)

    @cached_property
    def webhooks(self) -> WebhookChecker:
        """The checker of what is received by webhooks."""
        from apicontract.checks.webhooks import WebhookChecker  # noqa: PLC0415 - few users check webhooks

        _, _, received = self._all
        return WebhookChecker(self.document, RequestChecker(self.document, received, self._received))

    def _directed(self, direction: Direction) -> Validators:
        return (
            Validators(self.document, direction, self._patterns, formats=self.formats)
            if differs(self.document, direction)
            else self.validators
        )

    @property
    def unusable(self) -> tuple[Problem, ...]:
        """Unknown styles, invalid patterns, and schemas that turned out to be invalid when they were needed."""
        late = (problem for validators in self._all for problem in validators.unusable)
        return tuple(dict.fromkeys((*self._styles(), *self._patterns.values(), *late)))

    def _styles(self) -> Iterator[Problem]:
        for operation in self.document.operations.values():
            for parameter in operation.parameters:
                if parameter.style not in STYLES:
                    message = f"the style {parameter.style!r} is unknown, and read as the default"
                    yield Problem(f"#{parameter.pointer}/style", message, f"write one of {', '.join(STYLES)}")

    def payloads(
        self, operation: Operation, status: int | None, *, received: bool
    ) -> Callable[[Json], list[Violation]]:
        """Return a function that checks request bodies of an operation, or its response bodies for a status.

        `received` says whether they come from the API, as responses and webhooks do. A stream is given as the list of
        its events. Raises `LookupError` if the document has no JSON there.
        """
        plain, stream = _payload_content(operation, status)
        instances = self._received if received else self._sent
        check = None if plain is None else instances.checker(operation.id, plain, media.codec(plain.name).root)
        if stream is None and check is not None:
            return check
        declared = stream or plain
        shape = None if plain is None else shape_at(self.document, plain.schema, plain.schema_pointer)
        lists = shape is not None and (shape.is_array or not shape.types)

        def either(payload: Json) -> list[Violation]:
            if stream is not None and isinstance(payload, list) and not lists:
                checked = self.responses.stream(operation, stream).instances(payload)
                return list(dict.fromkeys(violation for event in checked for violation in event.violations))
            if check is not None:
                return check(payload)
            message = "a stream is a list of its events"
            return [Violation(operation.id, "body", "type", message, declared.pointer if declared else "")]

        return either

    def conformity(
        self, operation: Operation, status: int | None, *, received: bool
    ) -> Callable[[list[Json]], bool] | None:
        """Return a function that says whether all of many payloads conform; `None` if each must be checked by itself.

        A list could be a stream, if one is documented, so it is checked by itself.
        """
        plain, stream = _payload_content(operation, status)
        instances = self._received if received else self._sent
        return None if plain is None or stream is not None else instances.conformity(plain)

    def event_conforms(self, operation: Operation, status: int, event: Json) -> bool:
        """Return whether a value conforms to the schema of the events of an operation."""
        response = operation.response(status)
        content = None if response is None else media.stream_of(response.content)
        return content is not None and not self._received.check(operation.id, content, event, "event")


def _payload_content(operation: Operation, status: int | None) -> tuple[MediaType | None, MediaType | None]:
    """Return the documented JSON, and the documented stream of events, of a place; at least one of them.

    Raises `LookupError` if neither is documented.
    """
    if status is None:
        content = operation.request_body.content if operation.request_body else {}
    else:
        response = operation.response(status)
        content = response.content if response else {}
    stream = None if status is None else media.stream_of(content)
    found = media.preferred(content)
    plain = None if found is None or media.codec(found.name).stream else found
    if plain is None and stream is None:
        place = "request body" if status is None else f"body for status {status}"
        raise LookupError(f"{operation.id} documents no {place}")
    return plain, stream
