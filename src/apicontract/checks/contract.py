"""Floor 3: the front door of the checks."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from apicontract.checks import adapters
from apicontract.checks.adapters import AnyRequest, AnyResponse
from apicontract.checks.checker import Checker
from apicontract.openapi import document as documents
from apicontract.openapi import media_types, strict_json
from apicontract.openapi.base_urls import BaseUrls
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.openapi.routing import Match, NoMatch, Routes
from apicontract.openapi.violation import Violation, excerpt, without
from apicontract.wire.messages import Request


@dataclass(frozen=True, slots=True)
class Reading:
    """A request as the schemas of its operation see it."""

    operation: Operation
    arguments: Mapping[str, Any]
    """Mappings for `path`, `query` and `header`, and `body` if there is one that can be read; a file is its name."""
    violations: tuple[Violation, ...]


class Contract:
    """A loaded document that checks requests, responses and payloads.

    Every check returns the list of all violations, empty when the input conforms, and raises for no input that has
    bytes: only for a request whose body cannot be read any more (`BodyUnreadable`), and for a document that turns out
    to be unusable where it is first needed (`DocumentInvalid`). An API key that a request carries is in no violation.
    """

    def __init__(self, document: Document, *, base_url: str | None = None) -> None:
        """Take a document; `base_url` stands in for the servers that it names, such as a proxy or a local stand-in."""
        self.document = document
        self.operations: tuple[Operation, ...] = tuple(document.operations.values())
        """The operations, in document order."""
        self.servers = (base_url.rstrip("/"),) if base_url else document.servers
        """The base URLs that a request to the API is below."""
        self._checker = Checker(document)
        self._routes = Routes(self.operations, self.servers)

    @classmethod
    def load(cls, path: str | Path, *, base_url: str | None = None) -> Self:
        """Load any OpenAPI 3.1 file (one file, YAML or JSON).

        Raises `FileNotFoundError`, or `DocumentInvalid`, which says what is wrong and at which pointer.
        """
        return cls(documents.load(path), base_url=base_url)

    def operation(self, operation_id: str) -> Operation:
        """Return an operation by its id; `LookupError` for an id that the document does not have."""
        found = self.document.operations.get(operation_id)
        if found is None:
            raise LookupError(_unknown("operation", operation_id, self.document.operations))
        return found

    def base_urls(self, others: Iterable[str] = ()) -> BaseUrls:
        """Return what says which requests are the API's; `others` are base URLs that stand for its servers."""
        return BaseUrls(self.servers, own=self.servers == self.document.servers, others=others)

    def find(self, request: AnyRequest) -> Operation | None:
        """Return the operation that a request belongs to, by its method and URL."""
        neutral = adapters.request(request)
        found = self._routes.match(neutral.method, neutral.url)
        return found.operation if isinstance(found, Match) else None

    def read(self, request: AnyRequest) -> Reading | None:
        """Decode a request and check it; `None` if it belongs to no operation.

        Its arguments are those that `check_arguments` takes; a value of them can be what a violation is about.
        """
        neutral = adapters.request(request)
        found = self._routes.match(neutral.method, neutral.url)
        if isinstance(found, NoMatch):
            return None
        arguments: dict[str, Any] = {}
        checked = self._checker.request(found.operation, found.segments, found.query, neutral, arguments)
        return Reading(found.operation, arguments, tuple(self._told(checked, neutral)))

    def check_request(self, request: AnyRequest) -> list[Violation]:
        """Check a request, as the bytes it has: path, query, headers, body."""
        neutral = adapters.request(request)
        return self._told(self._request(neutral), neutral)

    def check_response(
        self, response: AnyResponse, *, operation: str | None = None, request: AnyRequest | None = None
    ) -> list[Violation]:
        """Check a response: status, headers, body or stream; of a request, only what it asked for is looked at.

        The operation comes from the request, given or known to an httpx response, or is named. `ValueError` if it is
        neither.
        """
        request = adapters.sent(response) if request is None else adapters.request(request)
        if operation is not None:
            return self._told(self._response(self.operation(operation), request, response), request)
        if request is None:
            raise ValueError("this response does not know its request; name its operation, or use check_exchange")
        found = self._routes.match(request.method, request.url)
        if isinstance(found, NoMatch):
            return self._told(iter([_no_operation(found)]), request)
        return self._told(self._response(found.operation, request, response), request)

    def check_exchange(self, request: AnyRequest, response: AnyResponse) -> list[Violation]:
        """Check a request and the response to it."""
        neutral = adapters.request(request)
        found = self._routes.match(neutral.method, neutral.url)
        told = self._request(neutral)
        if isinstance(found, Match):
            told = itertools.chain(told, self._response(found.operation, neutral, response))
        return self._told(told, neutral)

    def check_payload(
        self, payload: Json, *, schema: str | None = None, operation: str | None = None, status: int | None = None
    ) -> list[Violation]:
        """Check a JSON value: against a named component, an operation's request body, or its response body of a status.

        `LookupError` for a name that the document does not have, or a place where it documents no JSON.
        """
        return self._payload_check(schema, operation, status)(payload)

    def check_arguments(self, operation: Operation, arguments: Mapping[str, Any]) -> list[Violation]:
        """Check a request that is still an instance: `path`, `query`, `header`, and `body` if it has one."""
        if self._checker.conform(operation, arguments):
            return []
        return self._told(self._checker.arguments(operation, arguments))

    def _streams(self, operation: Operation, request: Request | None) -> bool | None:
        """Say whether a request asks for an event stream; `None` where that cannot be known."""
        if operation.streaming is None or request is None or operation.request_body is None:
            return None
        try:
            body = strict_json.load(request.body.decode())
        except ValueError:
            return None
        content = next(iter(operation.request_body.content.values()))
        node, _ = self.document.resolve(content.schema, content.schema_pointer)
        default = node.get("properties", {}).get(operation.streaming.flag, {}).get("default")
        value = body.get(operation.streaming.flag, default) if isinstance(body, dict) else None
        return value if isinstance(value, bool) else None

    def _payload_check(
        self, schema: str | None, operation: str | None, status: int | None
    ) -> Callable[[Json], list[Violation]]:
        """Return what checks any number of payloads at one place."""
        if (schema is None) == (operation is None) or (status is not None and operation is None):
            raise TypeError("give schema=, or operation= with or without status=")
        if schema is not None:
            if schema not in self.document.schemas:
                raise LookupError(_unknown("schema", schema, self.document.schemas))
            at = f"/components/schemas/{schema}"
            return lambda payload: self._checker.validators.violations(at, payload, None, "body")
        found = self.operation(operation or "")
        content = self._payload_content(found, status)
        root = "form" if content.name in (media_types.FORM, media_types.URLENCODED) else "body"
        return self._checker.each(found.id, content, root)

    def _payload_content(self, operation: Operation, status: int | None) -> MediaType:
        if status is None:
            content = operation.request_body.content if operation.request_body else {}
        else:
            response = operation.response(status)
            content = response.content if response else {}
        found = next((c for c in content.values() if media_types.is_json(c.name)), None)
        found = found or next((c for c in content.values() if c.name != media_types.NDJSON), None)
        if found is None:
            place = "request body" if status is None else f"body for status {status}"
            raise LookupError(f"{operation.id} documents no {place}")
        return found

    def _request(self, request: Request) -> Iterator[Violation]:
        found = self._routes.match(request.method, request.url)
        if isinstance(found, NoMatch):
            yield _no_operation(found)
        else:
            yield from self._checker.request(found.operation, found.segments, found.query, request)

    def _response(self, operation: Operation, request: Request | None, response: AnyResponse) -> Iterator[Violation]:
        return self._checker.response(operation, adapters.response(response), self._streams(operation, request))

    def _told(self, violations: Iterable[Violation], request: Request | None = None) -> list[Violation]:
        """Gather violations, each once, and take out of them the keys that the request carries."""
        found = list(dict.fromkeys(violations))
        if found and request is not None:
            headers = {name for operation in self.operations for name in operation.key_headers}
            queries = {name for operation in self.operations for name in operation.key_queries}
            given = parse_qs(urlsplit(request.url).query) if queries else {}
            keys = [(request.headers.get(name) or "").rpartition(" ")[2] for name in headers | {"authorization"}]
            for key in filter(None, [*keys, *(key for name in queries for key in given.get(name, ()))]):
                found = [without(violation, key) for violation in found]
        return found


def _no_operation(found: NoMatch) -> Violation:
    return Violation(None, found.where, "undeclared", found.message, "/paths", excerpt(found.value))


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    match = difflib.get_close_matches(name, list(known), n=1)
    return f"no {kind} {name!r} in the document{f'; did you mean {match[0]!r}?' if match else ''}"
