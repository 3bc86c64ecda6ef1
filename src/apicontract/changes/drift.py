"""Differences between a document and another source: a document, an SDK, recorded traffic.

Each `Drift` has a key, `METHOD /path WHERE RULE`, under which the maintainer of the document can record why it is
known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from apicontract.changes.compare import compare
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document, Json, Operation
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import Violation, where
from apicontract.wire import media
from apicontract.wire.messages import Request, Response

Route = tuple[str, str]
"""Method and path, without the names of path parameters."""
_NAME = re.compile(r"\{[^{}]*\}")
_ITEM = re.compile(r"\[\d+\]")


class Drift(NamedTuple):
    """One thing that only one side has, or that differs."""

    operation: str
    """Method and path."""
    where: str
    rule: str
    message: str

    @property
    def key(self) -> str:
        """The key in a file of known drift."""
        return f"{self.operation} {self.where} {self.rule}"

    def __str__(self) -> str:
        """Return the drift on one line."""
        return f"{self.operation}: {self.where}: {self.message} [{self.rule}]"


class KnownDrift(NamedTuple):
    """A line of a file of known drift: a pattern of keys, in which `*` matches any text, and the reason."""

    pattern: str
    why: str


def known_drift(text: str) -> list[KnownDrift]:
    """Parse lines of `METHOD /path WHERE RULE  # why`; empty lines and comments are skipped.

    Raises `ValueError` for a line without a reason.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        pattern, sign, why = line.partition("  # ")
        if not pattern.strip() or line.lstrip().startswith("#"):
            continue
        if not sign or not why.strip():
            raise ValueError(f"line {number}: state why it is known: {pattern.strip()}  # entry of the ledger")
        found.append(KnownDrift(pattern.strip(), why.strip()))
    return found


def unknown(found: Iterable[Drift], known: Sequence[KnownDrift]) -> tuple[list[Drift], list[KnownDrift]]:
    """Return the drift that is not known, and the known entries that were not found."""
    left, used = [], set()
    for drift in dict.fromkeys(found):
        entries = [entry for entry in known if fnmatchcase(drift.key, entry.pattern)]
        used.update(entries)
        left += [] if entries else [drift]
    return left, [entry for entry in known if entry not in used]


def against_document(ours: Document, theirs: Document) -> Iterator[Drift]:
    """Yield the differences to another document, except descriptions and names."""
    for difference in compare(ours, theirs, webhooks=bool(theirs.webhooks)).differences:
        # Our own extension says how a stream begins and ends, which other documents do not have.
        if difference.effect != "words" and (difference.where, difference.rule) != ("events", "event"):
            side = {"requests": "request", "answers": "answer"}[difference.effect.split()[0]]
            place = f"{difference.method} {difference.path}".strip() or "document"
            yield Drift(place, difference.where, difference.rule, f"in the other, for {side}s: {difference.message}")


def route_of(method: str, path: str) -> Route:
    """Return a route, independent of the names of path parameters."""
    return method.upper(), _NAME.sub("{}", path if path.startswith("/") else f"/{path}")


def against_names(ours: Document, theirs: Mapping[Route, Collection[str]]) -> Iterator[Drift]:
    """Yield the operations, parameters and fields that only one side names.

    `theirs` has the names of each operation: `query.page`, `body.prompt`, `header.accept-language`.
    """
    known = {route_of(operation.method, operation.path): operation for operation in ours.operations.values()}
    for route in dict.fromkeys((*known, *theirs)):
        operation = known.get(route)
        place = " ".join(route) if operation is None else f"{operation.method} {operation.path}"
        if operation is None or route not in theirs:
            owner = "the other source" if operation is None else "this document"
            yield Drift(place, "path", "operation", f"only {owner} has it")
            continue
        own = set(_names(ours, operation))
        for name in sorted(own - set(theirs[route])):
            yield Drift(place, name, "parameter", "only this document has it")
        for name in sorted(set(theirs[route]) - own):
            yield Drift(place, name, "parameter", "only the other source has it")


def _names(document: Document, operation: Operation) -> Iterator[str]:
    """Yield the names of everything that a request of an operation can have."""
    for parameter in operation.parameters:
        if parameter.location != "path" and parameter.name not in operation.key_queries:
            yield f"{parameter.location}.{parameter.name}"
    for content in operation.request_body.content.values() if operation.request_body else ():
        yield from (f"body.{name}" for name in shape_at(document, content.schema, content.schema_pointer).properties)


def against_exchange(contract: Contract, request: Request, response: Response | None) -> Iterator[Drift]:
    """Yield the violations of an exchange, and the undeclared fields in its response."""
    operation = contract.find(request)
    if operation is None:
        for violation in contract.check_request(request):
            if violation.where != "url":
                path = re.split(r"[?#]", request.url)[0].partition("://")[2].partition("/")[2]
                yield Drift(f"{request.method} /{path}", "path", "operation", violation.message)
        return
    place = f"{operation.method} {operation.path}"
    yield from (_violated(place, violation) for violation in contract.check_request(request) if _is_drift(violation))
    if response is None:
        return
    answer = contract.read_response(response, operation, streamed=contract.streamed(operation, request))
    key = answer.declared[0].key if answer.declared else str(response.status)
    yield from (_violated(place, violation, key) for violation in answer.violations if _is_drift(violation))
    content = answer.content
    if content is not None and content.schema is not None:
        shape = shape_at(contract.document, content.schema, content.schema_pointer)
        body = None if answer.body is media.UNREAD else answer.body
        for name in dict.fromkeys(name for value in (body, *answer.events) for name in _undeclared(shape, value, "")):
            yield Drift(place, f"{key} body{name}", "property", "only the response has it")


def _is_drift(violation: Violation) -> bool:
    """Return whether a violation can be due to an outdated document, unlike a missing key that was removed."""
    return violation.pointer != "/security"


def _violated(place: str, violation: Violation, status: str = "") -> Drift:
    at = _ITEM.sub("[]", violation.where)
    return Drift(place, f"{status} {at}".strip(), violation.rule, violation.message)


def _undeclared(shape: Shape, value: Json, at: str) -> Iterator[str]:
    """Yield the locations of fields that a schema does not declare, if it declares any."""
    if isinstance(value, list):
        for item in value:
            yield from _undeclared(shape.items, item, f"{at}[]")
    elif isinstance(value, dict) and shape.properties:
        for name, held in value.items():
            inner = where(at, [name])
            if name in shape.properties:
                yield from _undeclared(shape.properties[name], held, inner)
            elif shape.additional is None or not shape.additional.properties:
                yield inner
