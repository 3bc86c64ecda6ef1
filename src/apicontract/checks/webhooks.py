"""Check webhooks, which the API sends to its users: find the webhook of an event, and its violations.

The URL is the receiver's own, so an event is matched to its webhook by a property whose listed values differ between
the webhooks, such as `type`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from apicontract.checks.request import RequestChecker, decoded
from apicontract.guess import nearest
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, Operation
from apicontract.openapi.operation import Signature
from apicontract.openapi.routing import Match
from apicontract.openapi.violation import Violation, excerpt, where
from apicontract.wire import media
from apicontract.wire.messages import Headers, Request

_POINTER = "/webhooks"


class Types(NamedTuple):
    """How the events of several webhooks are distinguished."""

    property: str
    operations: Mapping[str, Operation]
    """The webhooks by the values of the property."""


class WebhookChecker:
    """Checks the events of a document's webhooks."""

    def __init__(self, document: Document, requests: RequestChecker) -> None:
        """Take the document, and the checker of received requests."""
        self._document = document
        self._requests = requests

    @cached_property
    def types(self) -> Types | None:
        """How the webhooks are distinguished; `None` if the document has at most one, or does not say."""
        operations = tuple(self._document.webhooks.values())
        if len(operations) < 2:
            return None
        listed = [listed_values(self._document, operation) for operation in operations]
        for name in listed[0] if listed else ():
            found = {v: o for o, values in zip(operations, listed, strict=True) for v in values.get(name, ())}
            if all(name in values for values in listed) and len(found) == sum(len(values[name]) for values in listed):
                return Types(name, found)
        return None

    @cached_property
    def signature(self) -> Signature | None:
        """The signature of an event that matches no webhook: that of the first webhook that has one."""
        return next((o.signature for o in self._document.webhooks.values() if o.signature), None)

    def find(self, request: Request) -> Operation | Violation:
        """Return the webhook of an event, or why it has none; raise `LookupError` if that cannot be known."""
        operations = tuple(self._document.webhooks.values())
        if len(operations) == 1:
            return operations[0]
        if self.types is None:
            raise LookupError("the document does not say what distinguishes its webhooks; name the webhook with event=")
        name, known = self.types
        try:
            body, faults = media.codec(media_types.JSON).decode(decoded(request), self._context(operations))
        except (LookupError, ValueError) as error:
            unknown = f"coding that is not supported here: {error}"
            note = f"the body is in a content {unknown if isinstance(error, LookupError) else f'coding {error}'}"
            return Violation(None, "header.content-encoding", "encoding", note, _POINTER)
        if faults:
            return faults[0].violation(None)
        place = where("body", [name])
        if not isinstance(body, Mapping):
            return Violation(None, "body", "type", "an event must be an object", _POINTER, excerpt(body))
        if name not in body:
            return Violation(None, place, "missing", f"{name!r} is missing, which names the kind of event", _POINTER)
        value = body[name]
        if isinstance(value, str) and value in known:
            return known[value]
        near = nearest(value, known, 0.8) if isinstance(value, str) else None
        hint = f"did you mean {near!r}?" if near else f"known are {', '.join(known)}"
        return Violation(None, place, "undeclared", f"no webhook has this {name!r}; {hint}", _POINTER, excerpt(value))

    def check(self, operation: Operation, request: Request, read: dict[str, Json] | None = None) -> Iterator[Violation]:
        """Yield the violations of an event of a webhook, except those of its signature."""
        if operation.method != request.method.upper():
            note = f"this webhook is sent with {operation.method}"
            yield Violation(operation.id, "method", "undeclared", note, operation.pointer, excerpt(request.method))
        query = request.url.partition("?")[2].partition("#")[0] if any(operation.parameters_in("query")) else ""
        yield from self._requests.check(Match(operation, {}, query), request, read)

    def _context(self, operations: Sequence[Operation]) -> media.Context:
        bodies = (media.preferred(operation.request_body.content) for operation in operations if operation.request_body)
        return media.Context(self._document, next(content for content in bodies if content))


def received(operation: Operation, request: Request) -> Request:
    """Return a request with the media type of its webhook, if it was given without a content type."""
    body = operation.request_body
    if body is None or request.headers.get("content-type") is not None:
        return request
    named = ("content-type", media_types.concrete(next(iter(body.content))))
    return Request(operation.method, request.url, Headers([*request.headers.items, named]), request.body)


def listed_values(document: Document, operation: Operation) -> Mapping[str, frozenset[str]]:
    """Return the properties of a webhook's payload that have listed strings only, with these strings."""
    content = media.preferred(operation.request_body.content) if operation.request_body else None
    if content is None or content.schema is None or media.codec(content.name).carrier != "json":
        return {}
    return _listed(document, content.schema, content.schema_pointer, ())


def _listed(document: Document, schema: Json, pointer: str, above: tuple[str, ...]) -> dict[str, frozenset[str]]:
    node, at = document.resolve(schema, pointer)
    if not isinstance(node, Mapping) or at in above:
        return {}
    found: dict[str, frozenset[str]] = {}
    for name, own in (node.get("properties") or {}).items():
        declared, _ = document.resolve(own, at)
        if isinstance(declared, Mapping):
            values = [declared["const"]] if "const" in declared else declared.get("enum") or []
            if values and all(isinstance(value, str) for value in values):
                found[name] = frozenset(values)
    for keyword in ("allOf", "oneOf", "anyOf"):
        branches = [
            _listed(document, branch, f"{at}/{keyword}/{position}", (*above, at))
            for position, branch in enumerate(node.get(keyword) or ())
        ]
        for name in dict.fromkeys(name for branch in branches for name in branch):
            sets = [branch[name] for branch in branches if name in branch]
            if keyword == "allOf":
                found.setdefault(name, sets[0].intersection(*sets))
            elif len(sets) == len(branches):
                found.setdefault(name, sets[0].union(*sets))
    return found
