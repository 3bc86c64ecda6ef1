"""The smallest exchanges of one operation on both sides, encoded, and checked as bytes by both contracts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from typing import Any

from apicontract.changes.difference import Witness
from apicontract.changes.sides import OTHER, Pair, Side
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, MediaType, Operation, Parameter, RequestBody
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import Violation
from apicontract.values.events import holder_of, share
from apicontract.wire import media, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.messages import Headers, Request, Response
from apicontract.wire.multipart import Part
from apicontract.wire.requests import ByHand, write_request

Arguments = Mapping[str, Any]
LOCATIONS = ("path", "query", "header", "cookie")
_SIMPLE = 8
_ISOLATED = 12
"""The number of candidates that are tried to find one that is invalid at one location only."""
_BOUNDARY = "witness"
_KEY = "KEY"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, and its encoded body."""

    request: Request
    body: media.Encoded | None


@dataclass
class Exchanges:
    """The exchanges of one operation on both sides; a side without it uses the requests of the other."""

    contracts: Mapping[Side, Contract]
    operations: Mapping[Side, Operation]
    """Without an entry for a side that does not have the operation."""
    sent: Pair
    """Generates values for requests."""
    received: Pair
    """Generates values for responses."""
    _bases: dict[tuple[Side, str | None], Arguments | None] = field(default_factory=dict)

    # Requests

    def request(self, side: Side, arguments: Arguments, content: MediaType | None = None) -> Sent | None:
        """Encode a request of a side; `None` for arguments that cannot be encoded."""
        operation = self.operations[side]
        if content is not None and operation.request_body is not None:
            body = RequestBody(operation.request_body.required, {content.name: content}, operation.request_body.pointer)
            operation = replace(operation, request_body=body)
        contract = self.contracts[side]
        files = {} if content is None else _files(contract, content, arguments.get("body"))
        try:
            written = write_request(
                contract.document, operation, arguments, files=files, boundary=lambda _: _BOUNDARY, by_hand=ByHand()
            )
        except (EncodeError, ValueError, TypeError, LookupError, RecursionError):
            return None
        headers = [(name, _KEY) for name in operation.key_headers]
        headers += written.headers
        if written.body is not None:
            headers.append(("content-type", written.body.content_type))
        content_bytes = b"" if written.body is None else written.body.bytes
        target = written.target
        for name in operation.key_queries:
            target += f"{'&' if '?' in target else '?'}{name}={_KEY}"
        url = f"{base_of(contract)}{target}"
        return Sent(Request(operation.method, url, Headers(headers), content_bytes), written.body)

    def base(self, side: Side, content: MediaType | None = None) -> Arguments | None:
        """Return the simplest arguments of a side, valid on both sides if possible; `None` if none are found."""
        key = side, None if content is None else content.name
        if key not in self._bases:
            self._bases[key] = self._base(side, content)
        return self._bases[key]

    def _base(self, side: Side, content: MediaType | None) -> Arguments | None:
        operation, found = self.operations[side], {}
        other = self.operations.get(OTHER[side])
        for location in LOCATIONS:
            group: dict[str, Json] = {}
            for parameter in operation.parameters_in(location):
                twin = twin_of(parameter, operation, other)
                if parameter.required or location == "path" or (twin is not None and twin.required):
                    value = self._parameter(side, parameter, twin)
                    if value is not None:
                        group[parameter.name] = value
            found[location] = group
        arguments: dict[str, Json] = dict(found)
        body = operation.request_body
        content = content or (next(iter(body.content.values()), None) if body and body.required else None)
        if content is not None:
            values = self.bodies(side, content)
            value = next(values, None)
            if value is None and content.schema is not None:
                return None
            arguments["body"] = value if content.schema is not None else self._anything(content)
        return arguments

    def _anything(self, content: MediaType) -> Json:
        return {} if media.codec(content.name).carrier in ("json", "fields") else "x"

    def bodies(self, side: Side, content: MediaType) -> Iterator[Json]:
        """Yield simple bodies of a side, first those that fit the other side too."""
        if content.schema is None:
            return
        twin = self._twin(side, content)
        is_valid = self.contracts[side].validators.at(content.schema_pointer).is_valid
        mine = self.sent.reference(side, self.sent.root(side, content.schema_pointer))
        own = (value for value in chain(self.sent.values(mine), content.examples.values()) if valid(is_valid, value))
        if twin is None or twin.schema is None:
            yield from own
            return
        is_twin = self.contracts[OTHER[side]].validators.at(twin.schema_pointer).is_valid
        known = list(islice(own, _SIMPLE))
        yield from (value for value in known if valid(is_twin, value))
        both = self.sent.reference(OTHER[side], self.sent.root(OTHER[side], twin.schema_pointer))
        yield from (value for value in self.sent.values(mine, both) if valid(is_valid, value))
        yield from known

    def fuller(self, side: Side, content: MediaType) -> Iterator[Json]:
        """Yield a few bodies of a side that are not minimal."""
        if content.schema is not None:
            yield from content.examples.values()
            yield from islice(self.sent.fullest(side, self.sent.root(side, content.schema_pointer)), _SIMPLE)

    def _twin(self, side: Side, content: MediaType) -> MediaType | None:
        other = self.operations.get(OTHER[side])
        return other.request_body.content.get(content.name) if other and other.request_body else None

    def _parameter(self, side: Side, parameter: Parameter, twin: Parameter | None) -> Json:
        mine = self.sent.reference(side, parameter.schema_pointer)
        more = {"allOf": [mine], "minLength": 1, "minItems": 1, "minProperties": 1}
        schemas = [more, self.sent.reference(OTHER[side], twin.schema_pointer)] if twin else [more]
        found = next(self.sent.values(*schemas), None)
        return next(self.sent.values(more), None) if found is None else found

    def right_request(self, side: Side, content: MediaType | None = None) -> Sent | None:
        """Return a simple request that is valid on a side; `None` if none was found."""
        arguments = self.base(side, content)
        if arguments is None:
            return None
        sent = self.request(side, arguments, content or self.first(side))
        return sent if sent is not None and not self.check(side, sent.request) else None

    def first(self, side: Side) -> MediaType | None:
        """Return the default media type of requests of a side; `None` if they have no body."""
        body = self.operations[side].request_body
        return next(iter(body.content.values()), None) if body else None

    def check(self, side: Side, request: Request) -> list[Violation]:
        """Return the violations of a request on a side."""
        return self.contracts[side].check_request(request)

    def show_request(
        self, right: Side, requests: Iterable[Sent | None], place: str = "", rule: str = ""
    ) -> Witness | None:
        """Find a request that is valid on one side and invalid on the other; `place` and `rule` as for `_shown`."""
        likely = (sent for sent in requests if sent is not None)
        return _shown(
            (Witness(right, sent.request, sent.body, None, tuple(self.check(OTHER[right], sent.request))), place, rule)
            for sent in likely
            if not self.check(right, sent.request)
        )

    def with_parameter(self, side: Side, parameter: Parameter, value: Json) -> Sent | None:
        """Return a simple request with a value for a parameter."""
        base = self.base(side)
        if base is None:
            return None
        group = {**base[parameter.location], parameter.name: value}
        return self.request(side, {**base, parameter.location: group}, self.first(side))

    def with_body(self, side: Side, content: MediaType, value: Json) -> Sent | None:
        """Return a simple request with a body."""
        base = self.base(side, content)
        return None if base is None else self.request(side, {**base, "body": value}, content)

    # Responses

    def response(
        self, side: Side, status: int, declared: Declared, content: MediaType | None, value: Json
    ) -> Response | None:
        """Encode a response of a side; for a stream, `value` is one of its events."""
        fields: list[tuple[str, str]] = []
        body = b""
        if content is not None:
            codec = media.codec(content.name)
            instance = value if codec.stream is None else self._stream(side, value)
            try:
                encoded = codec.encode(instance, media.Context(self.contracts[side].document, content))
            except (ValueError, TypeError, RecursionError):
                return None
            fields, body = [("content-type", encoded.content_type)], encoded.bytes
        for header in declared.headers:
            if header.required:
                found = next(self.received.values(self.received.reference(side, header.schema_pointer)), None)
                fields.append((header.name, _field(found)))
        return Response(status, Headers(fields), body)

    def _stream(self, side: Side, event: Json) -> list[Json]:
        """Return a stream with an event: the simplest first and last event, and that one in its place."""
        streaming = self.operations[side].streaming
        ends = self._ends[side]
        if streaming is None or not ends:
            return [event]
        kind = event.get(self._tag(side)) if isinstance(event, dict) else None
        if kind == streaming.first:
            found = [event, *ends[1:]]
        elif kind in streaming.last:
            found = [*ends[:1], event]
        else:
            found = [*ends[:1], event, *ends[1:]]
        found = deepcopy(found)
        steps = tuple((streaming.same or "").split("/")[1:])
        if any(holder_of(one, steps) for one in found):
            share(found, steps)
        _number(found, kind, tuple((streaming.number or "").split("/")[1:]), streaming.first)
        return found

    def _tag(self, side: Side) -> str:
        for declared in self.operations[side].responses.values():
            content = media.stream_of(declared.content)
            if content is not None:
                return shape_at(self.contracts[side].document, content.schema, content.schema_pointer).discriminator
        return ""

    @cached_property
    def _ends(self) -> Mapping[Side, list[Json]]:
        from apicontract.values.events import simplest_stream  # noqa: PLC0415 - few operations stream

        found: dict[Side, list[Json]] = {}
        for side, operation in self.operations.items():
            try:
                found[side] = simplest_stream(self.contracts[side].document, operation)
            except (LookupError, ValueError):
                found[side] = []
        return found

    def check_response(self, side: Side, response: Response, *, streamed: bool | None) -> list[Violation]:
        """Return the violations of a response on a side."""
        return list(self.contracts[side].read_response(response, self.operations[side], streamed=streamed).violations)

    def show_response(
        self,
        right: Side,
        responses: Iterable[Response | None],
        place: str = "",
        rule: str = "",
        *,
        streamed: bool | None = None,
    ) -> Witness | None:
        """Find a response that is valid on one side and invalid on the other; `place` and `rule` as for `_shown`."""
        likely = (response for response in responses if response is not None)
        return _shown(
            (
                Witness(
                    right,
                    *self._asked(right),
                    response,
                    tuple(self.check_response(OTHER[right], response, streamed=streamed)),
                ),
                place,
                rule,
            )
            for response in likely
            if not self.check_response(right, response, streamed=streamed)
        )

    def _asked(self, side: Side) -> tuple[Request, media.Encoded | None]:
        """Return a request that a response can belong to."""
        sent = self.right_request(side)
        if sent is None:
            operation = self.operations[side]
            return Request(operation.method, f"{base_of(self.contracts[side])}{operation.path}"), None
        return sent.request, sent.body

    def with_header(self, side: Side, status: int, declared: Declared, name: str, value: Json) -> Response | None:
        """Return a simple response with a value for a header, or without it (`None`)."""
        response = self.simple_response(side, status, declared, media.preferred(declared.content))
        if response is None:
            return None
        fields = [(key, held) for key, held in response.headers.items if key != name.lower()]
        fields += [] if value is None else [(name, _field(value))]
        return Response(status, Headers(fields), response.body)

    def simple_response(
        self, side: Side, status: int, declared: Declared, content: MediaType | None
    ) -> Response | None:
        """Return the simplest response with a status and media type."""
        value: Json = None
        if content is not None:
            schema = self.received.reference(side, self.received.root(side, content.schema_pointer))
            values: Sequence[Json] = [*self._first(self.received.values(schema))] if content.schema is not None else []
            if not values and content.schema is not None:
                values = [*content.examples.values()][:1]
            if not values and content.schema is not None:
                return None
            value = values[0] if values else self._anything(content)
        return self.response(side, status, declared, content, value)

    def _first(self, values: Iterator[Json]) -> Iterator[Json]:
        found = next(values, self)
        if found is not self:
            yield found


def _shown(tried: Iterable[tuple[Witness, str, str]]) -> Witness | None:
    """Return the first witness whose violations are all at its location, or else the first one.

    Each is given with a location, and with the pointer of a rule that it must violate, or the empty string. Returns
    `None` if no violation is of that rule.
    """
    found: Witness | None = None
    for number, (witness, place, rule) in enumerate(tried):
        if found is not None and number > _ISOLATED:
            break
        broken = [v for v in witness.violations if not rule or v.pointer.startswith(rule)]
        spot = place.lower()  # a header is reported in its declared case
        if broken and all(violation.where.lower().startswith(spot) for violation in witness.violations):
            return witness
        found = found or (witness if broken else None)
    return found


def _number(events: list[Json], kind: Json, steps: tuple[str, ...], first: str | None) -> None:
    """Assign numbers to the events around one of a type, before and after its own number, which is unchanged."""
    position = 0 if kind == first else 1
    holders = [holder_of(event, steps) for event in events]
    own = holders[position] if position < len(holders) else None
    middle = own[steps[-1]] if own is not None else 1
    middle = middle if isinstance(middle, int) else 1
    for at, holder in enumerate(holders):
        if holder is not None and at != position:
            holder[steps[-1]] = middle + at - position


def base_of(contract: Contract) -> str:
    """Return the base URL of the requests of a contract."""
    base = contract.servers[0]
    return base if "://" in base else f"http://localhost{base}"


def twin_of(parameter: Parameter, operation: Operation, other: Operation | None) -> Parameter | None:
    """Return the same parameter of another operation, by its position in the path or its name; `None` without one."""
    if other is None:
        return None
    if parameter.location == "path":
        names, others = _names(operation.path), _names(other.path)
        position = names.index(parameter.name) if parameter.name in names else -1
        wanted = others[position] if 0 <= position < len(others) else None
        return next((p for p in other.parameters_in("path") if p.name == wanted), None)
    folded: Callable[[str], str] = str.lower if parameter.location == "header" else str
    return next((p for p in other.parameters_in(parameter.location) if folded(p.name) == folded(parameter.name)), None)


def _names(path: str) -> list[str]:
    return [piece.partition("}")[0] for piece in path.split("{")[1:]]


def _files(contract: Contract, content: MediaType, body: Json) -> dict[str, list[Part]]:
    """Return the parts of the file properties, whose values are names."""
    if not media.codec(content.name).files or not isinstance(body, dict):
        return {}
    shape = shape_at(contract.document, content.schema, content.schema_pointer)
    found: dict[str, list[Part]] = {}
    for name, value in body.items():
        own = shape.property(name)
        if (own.items if own.is_array else own).is_file:
            items = value if own.is_array and isinstance(value, list) else [value]
            found[name] = [Part(name, b"content", filename=scalars.text(item) or "file") for item in items]
    return found


def _field(value: Json) -> str:
    """Encode the value of a header."""
    if isinstance(value, list):
        return ",".join(map(scalars.text, value))
    return json.dumps(value) if isinstance(value, dict) else scalars.text(value)


def valid(is_valid: Callable[[Json], bool], value: Json) -> bool:
    """Return whether a value is valid; `False` for a value that is not JSON."""
    try:
        return is_valid(value)
    except ValueError:  # a lone surrogate, or nested too deeply
        return False
