"""What checks messages against one document: its validators, and the checkers that share them."""

from __future__ import annotations

from collections.abc import Callable

from apicontract.checks.instances import Instances
from apicontract.checks.request import RequestChecker
from apicontract.checks.response import ResponseChecker
from apicontract.checks.validation import Validators
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.openapi.violation import Violation
from apicontract.wire import media


class Checkers:
    """The checkers of one document."""

    def __init__(self, document: Document) -> None:
        """Take the document; validators are compiled as they are needed."""
        self.document = document
        self.validators = Validators(document)
        self.instances = Instances(document, self.validators)
        self.requests = RequestChecker(document, self.validators, self.instances)
        self.responses = ResponseChecker(document, self.validators, self.instances)

    def payloads(self, operation: Operation, status: int | None) -> Callable[[Json], list[Violation]]:
        """Return what checks any number of request bodies of an operation, or of its response bodies of a status.

        `LookupError` for a place where the document has no JSON.
        """
        content = _payload_content(operation, status)
        return self.instances.checker(operation.id, content, media.codec(content.name).root)


def _payload_content(operation: Operation, status: int | None) -> MediaType:
    if status is None:
        content = operation.request_body.content if operation.request_body else {}
    else:
        response = operation.response(status)
        content = response.content if response else {}
    found = media.preferred(content)
    if found is None or media.codec(found.name).stream:
        place = "request body" if status is None else f"body for status {status}"
        raise LookupError(f"{operation.id} documents no {place}")
    return found
