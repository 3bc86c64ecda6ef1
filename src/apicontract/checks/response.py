"""Check a response, as bytes, against its operation: status, headers, body or stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from apicontract.checks.instances import Instances
from apicontract.checks.validation import Validators
from apicontract.openapi import media_types, strict_json
from apicontract.openapi.document import Document, Json, MediaType, Operation, Parameter, Response
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import Violation, excerpt
from apicontract.wire import media, messages, parameters, scalars
from apicontract.wire.faults import Fault

if TYPE_CHECKING:
    from apicontract.checks.stream import StreamCheck

_OTHERS = ("default", "4XX", "5XX")
"""The keys of responses that stand for all undocumented statuses."""


@dataclass(slots=True)
class Answer:
    """A response as decoded for the schemas of its operation."""

    declared: tuple[Response, ...] = ()
    """The declared responses that it can be; several if an empty success may stand for any other empty one."""
    content: MediaType | None = None
    """The declared media type of its body."""
    body: Json = media.UNREAD
    """The decoded body; `UNREAD` for a stream, and if it cannot be decoded."""
    events: list[Json] = field(default_factory=list)
    """The readable events of a stream."""
    ended: bool = False
    """Whether the last event of a stream has arrived."""
    violations: tuple[Violation, ...] = ()


class _Usual(NamedTuple):
    """Facts about a response whose only declared media type is JSON, computed once."""

    declared: tuple[Response]
    content: MediaType
    headers: frozenset[str]
    """The names of the declared headers, in lower case."""
    required: bool
    """Whether any of these headers is required."""
    valid: Callable[[Json], bool]


class ResponseChecker:
    """Checks responses against one document."""

    def __init__(self, document: Document, validators: Validators, instances: Instances) -> None:
        """Take the document; validators are compiled when they are needed."""
        self._document = document
        self._validators = validators
        self._instances = instances
        self._usual: dict[tuple[str, int], _Usual | None] = {}

    def conforms(self, operation: Operation, response: messages.Response, answer: Answer) -> bool:
        """Return whether a response conforms, if JSON is its only declared media type; one call of a validator.

        If it does, `answer` is filled as `check` would fill it. `False` proves nothing: `check` decides. Even then,
        `answer` has a body that was parsed.
        """
        key = operation.id, response.status
        usual = self._usual.get(key)
        if usual is None and key not in self._usual and 100 <= response.status <= 599:
            usual = self._usual[key] = self._found_usual(operation, response.status)
        if usual is None:
            return False
        named, held = None, usual.required
        for name, value in response.headers.items:
            if name == "content-type":
                if named is not None:
                    return False
                named = value
            elif name in usual.headers:
                held = True
        if named is None or (named != usual.content.name and media_types.plain(named) != usual.content.name):
            return False
        if held and self._headers(operation, usual.declared[0], response):
            return False
        try:
            answer.body = strict_json.load_fast(response.body)
            if not usual.valid(answer.body):
                return False
        except ValueError:  # invalid JSON, or not a JSON value
            return False
        answer.declared, answer.content = usual.declared, usual.content
        return True

    def _found_usual(self, operation: Operation, status: int) -> _Usual | None:
        declared = operation.response(status) if status != 304 else None
        if declared is None or len(declared.content) != 1 or operation.method == "HEAD":
            return None
        (content,) = declared.content.values()
        if content.name != media_types.JSON or content.schema is None:
            return None
        if shape_at(self._document, content.schema, content.schema_pointer).holds_json:
            return None
        names = frozenset(header.name.lower() for header in declared.headers)
        required = any(header.required for header in declared.headers)
        return _Usual((declared,), content, names, required, self._validators.at(content.schema_pointer).is_valid)

    def check(
        self, operation: Operation, response: messages.Response, streamed: bool | None, answer: Answer
    ) -> Iterator[Violation]:
        """Yield the violations of a response, and fill `answer`; a body that it already has is not parsed again.

        `streamed` says whether a stream was requested, `None` if that is unknown.
        """
        declared = operation.response(response.status) if 100 <= response.status <= 599 else None
        if declared is None:
            answer.declared = _other_success(operation, response)
            if not answer.declared:
                known = ", ".join(operation.responses)
                note = f"{response.status} is not declared; declared are {known}"
                yield Violation(operation.id, "status", "status", note, f"{operation.pointer}/responses")
            return
        answer.declared = (declared,)
        if declared.headers:
            yield from self._headers(operation, declared, response)
        if response.status == 204 and not response.body:
            yield from _announced(operation, declared, response)
        if operation.method != "HEAD" and response.status != 304:  # they have no body, whatever a cache adds
            yield from self._body(operation, declared, response, streamed, answer)

    def _headers(self, operation: Operation, declared: Response, response: messages.Response) -> list[Violation]:
        found: list[Violation] = []
        for header in declared.headers:
            place = f"header.{header.name.lower()}"
            lines = response.headers.lines(header.name)
            if not lines and header.required:
                note = f"the header {header.name} is missing"
                found.append(Violation(operation.id, place, "missing", note, header.pointer))
            values, faults = self._values(header, lines) if lines and header.schema is not True else ([], [])
            found += [fault._replace(where=place).violation(operation.id) for fault in faults]
            for value in values:
                found += self._validators.violations(header.schema_pointer, value, operation.id, place)
        return found

    def _values(self, header: Parameter, lines: list[str]) -> tuple[list[Json], list[Fault]]:
        """Decode a header; the lines of `Set-Cookie` cannot be joined (RFC 9110, section 5.3): each is a value.

        One that cannot be decoded has no value.
        """
        if header.name.lower() == "set-cookie":
            shape = shape_at(self._document, header.schema, header.schema_pointer)
            if shape.types and shape.types <= {"array", "null"}:
                return [[scalars.decode(line, shape.items) for line in lines]], []
            return [scalars.decode(line, shape) for line in lines], []
        values, faults = parameters.decode_headers(self._document, (header,), {header.name: ", ".join(lines)})
        return [] if faults else [values[header.name]], faults

    def _body(
        self,
        operation: Operation,
        declared: Response,
        response: messages.Response,
        streamed: bool | None,
        answer: Answer,
    ) -> Iterator[Violation]:
        if not declared.content:
            if response.body:
                note = "this response is declared without a body"
                yield Violation(operation.id, "body", "undeclared", note, declared.pointer)
            return
        name, options = media_types.parse(response.headers.get("content-type") or "")
        content = answer.content = self._content(operation, declared, name, options, streamed, response.body)
        if content is None and response.status >= 400 and declared.key in _OTHERS:
            return  # an undocumented error response: JSON must fit the schema, and anything else is accepted
        if content is None:
            wanted = [known for known in declared.content if streamed is not False or not media.codec(known).stream]
            note = f"{name or 'no content type'}; declared is {' or '.join(wanted)}"
            yield Violation(operation.id, "header.content-type", "media_type", note, declared.pointer)
            if name:
                yield from self._otherwise(operation, declared, response.body)
                return
            content = next(iter(declared.content.values()))
        codec = declared_codec = media.codec(content.name)
        if name and name != content.name:
            codec = media.codec(name)
        if declared_codec.stream is not None:
            yield from self._events(operation, content, response.body, answer)
        elif not response.body and codec.carrier != "text":
            yield Violation(operation.id, "body", "missing", "the response body is missing", content.pointer)
        elif codec.carrier in ("json", "text"):
            if answer.body is media.UNREAD:
                context = media.Context(self._document, content, options, strict=False)
                answer.body, faults = codec.decode(response.body, context)
                yield from (fault.violation(operation.id) for fault in faults)
            if answer.body is not media.UNREAD:
                yield from self._instances.check(operation.id, content, answer.body, codec.root)

    def _otherwise(self, operation: Operation, declared: Response, body: bytes) -> Iterator[Violation]:
        """Yield the other violations of a body that is JSON, as declared, but has another media type."""
        content = media.preferred(declared.content)
        if content is not None and media_types.is_json(media_types.plain(content.name)):
            context = media.Context(self._document, content, strict=False)
            instance, faults = media.codec(content.name).decode(body, context)
            if isinstance(instance, dict | list) and not faults:
                yield from self._instances.check(operation.id, content, instance, "body")

    def _content(
        self,
        operation: Operation,
        declared: Response,
        name: str,
        options: Mapping[str, str],
        streamed: bool | None,
        body: bytes,
    ) -> MediaType | None:
        """Choose the media type by whether a stream was requested: no source names that of a stream (ledger A12).

        If that is unknown, the first line decides: it is a stream if the line is an event.
        """
        found = media_types.find(declared.content, name, options)
        if operation.streaming_flag is None or (events := media.stream_of(declared.content)) is None:
            return found
        if streamed is None:
            streamed = found is events or self._begins_with_event(events, body)
        if streamed:
            return events
        return None if found is events else found

    def _begins_with_event(self, content: MediaType, body: bytes) -> bool:
        return begins_with_event(self._document, content, body)

    def stream(self, operation: Operation, content: MediaType) -> StreamCheck:
        """Return a checker for one stream."""
        from apicontract.checks.stream import StreamCheck  # noqa: PLC0415 - most responses are no stream

        return StreamCheck(self._document, self._instances, operation, content)

    def _events(self, operation: Operation, content: MediaType, body: bytes, answer: Answer) -> Iterator[Violation]:
        """Yield the violations of a stream."""
        check = self.stream(operation, content)
        for _, event, violations in check.whole(body):
            if event is not media.UNREAD:
                answer.events.append(event)
            yield from violations
        answer.ended = check.complete


def begins_with_event(document: Document, content: MediaType, body: bytes) -> bool:
    """Return whether a body, possibly truncated, begins with an event: an object with the discriminator of events."""
    tag = shape_at(document, content.schema, content.schema_pointer).discriminator
    try:
        first = strict_json.load_fast(media.framing_of(document, content).first(body))
    except ValueError:
        return False
    return isinstance(first, dict) and tag in first


def _announced(operation: Operation, declared: Response, response: messages.Response) -> Iterator[Violation]:
    """Report a 204 that announces a body, which it cannot have (RFC 9110, section 8.6; RFC 9112, section 6.1)."""
    for name in ("content-length", "transfer-encoding"):
        if (value := response.headers.get(name)) not in (None, "0"):
            note = "a 204 has no body, and this one announces one: its bytes would be read as the next response"
            yield Violation(operation.id, f"header.{name}", "undeclared", note, declared.pointer, excerpt(value))


def _other_success(operation: Operation, response: messages.Response) -> tuple[Response, ...]:
    """Return the documented empty successes; none for a response that is not an empty 2xx (ledger A1)."""
    if response.body or not 200 <= response.status < 300:
        return ()
    return tuple(found for key, found in operation.responses.items() if key.startswith("2") and not found.content)
