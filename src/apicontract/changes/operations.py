"""Compare one operation on both sides: parameters, bodies, statuses, media types, headers, events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Literal

from apicontract.changes.difference import BREAKING, Difference, Effect, Severity, Witness
from apicontract.changes.exchanges import Exchanges, Sent, twin_of
from apicontract.changes.forms import Forms
from apicontract.changes.sides import IN_TEXT, OTHER, SIDES, Pair, Path, Side
from apicontract.changes.subjects import AnswerValues, BodyValues, HeaderValues, ParameterValues
from apicontract.changes.walk import SchemaWalk, Subject
from apicontract.openapi.document import Json, MediaType, Operation, Parameter, RequestBody
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.violation import where
from apicontract.wire import media

Message = Literal["request", "response"]
"""Whether a client sends or receives the message."""
EFFECTS: Mapping[tuple[Message, Side], Effect] = {
    ("request", "old"): "requests narrower",
    ("request", "new"): "requests wider",
    ("response", "old"): "answers narrower",
    ("response", "new"): "answers wider",
}
"""The effect of a message that is valid on one side only, by message and side."""
_WORDS = ("operationId", "deprecated")


@dataclass(frozen=True, slots=True)
class Fact:
    """The location of a fact, before its direction is known."""

    where: str
    rule: str
    pointers: Mapping[Side, str]


class OperationComparison:
    """One operation of each side."""

    sent: ClassVar[Message] = "request"
    """The direction of the operation's main message for a client."""

    def __init__(self, exchanges: Exchanges, forms: Forms) -> None:
        self.exchanges = exchanges
        self._forms = forms
        self.both = exchanges.operations
        self.any = self.both["new"] if "new" in self.both else self.both["old"]

    def differences(self) -> Iterator[Difference]:
        """Yield the differences, in document order."""
        if len(self.both) == 1:
            yield self.alone(next(iter(self.both)))
            return
        yield from self.words()
        yield from self._parameters()
        yield from self.bodies()
        yield from self._keys()
        yield from self._responses()
        yield from self._streaming()

    def difference(
        self, fact: Fact, message: str, effect: Effect, witness: Witness | None, severity: Severity | None = None
    ) -> Difference:
        """Return the difference for a fact; without a witness it is undecided, unless its severity is given."""
        if severity is None:
            severity = "undecided" if witness is None else "major" if effect in BREAKING else "minor"
        return Difference(
            self.any.id,
            self.any.method,
            self.any.path,
            fact.where,
            fact.rule,
            message,
            effect,
            severity,
            fact.pointers,
            witness,
        )

    def alone(self, side: Side) -> Difference:
        """Report an operation that only one side has."""
        operation = self.both[side]
        sent = self.exchanges.right_request(side)
        witness = self.exchanges.show_request(side, [sent])
        gone = side == "old"
        message = f"{operation.method} {operation.path} is {'gone' if gone else 'new'}"
        fact = Fact("path", "operation", {side: operation.pointer})
        severity: Severity = "major" if gone else "minor"
        return self.difference(fact, message, EFFECTS[self.sent, side], witness, severity)

    def words(self) -> Iterator[Difference]:
        """Report changes that no message can show, but that matter to readers."""
        for key in _WORDS:
            values = [_word(operation, key) for operation in self.both.values()]
            if values[0] != values[1]:
                pointers: dict[Side, str] = {side: f"{self.both[side].pointer}/{key}" for side in SIDES}
                message = "is deprecated" if values[1] is True else "is no longer deprecated"
                if key == "operationId":
                    message = f"was called {values[0]}, is called {values[1]}"
                fact = Fact(key, key, pointers)
                yield self.difference(fact, message, "words", None, "minor" if key == "deprecated" else "patch")

    # Requests

    def _parameters(self) -> Iterator[Difference]:
        old, new = self.both["old"], self.both["new"]
        for parameter in old.parameters:
            twin = twin_of(parameter, old, new)
            if twin is not None:
                yield from self._parameter({"old": parameter, "new": twin})
            elif parameter.location != "path" and parameter.name not in old.key_queries:
                yield from self._undeclared("old", parameter)
        for parameter in new.parameters:
            if (
                parameter.location != "path"
                and twin_of(parameter, new, old) is None
                and parameter.name not in new.key_queries
            ):
                yield from self._undeclared("new", parameter)

    def _undeclared(self, side: Side, parameter: Parameter) -> Iterator[Difference]:
        """Report a parameter that only one side has."""
        exchanges = self.exchanges
        place = _place(parameter)
        fact = Fact(place, "parameter", {side: parameter.pointer})
        known = exchanges.sent.values(
            {"allOf": [exchanges.sent.reference(side, parameter.schema_pointer)], "minLength": 1, "minItems": 1}
        )
        witness = exchanges.show_request(
            side, (exchanges.with_parameter(side, parameter, value) for value in known), place
        )
        ignored = parameter.location in ("header", "cookie")
        if witness is not None or not ignored:
            message = f"{parameter.name!r} is {'no longer declared' if side == 'old' else 'declared'}"
            yield self.difference(fact, message, EFFECTS[self.sent, side], witness)
        if parameter.required:
            yield from self._required(fact, parameter.name, side)

    def _required(self, fact: Fact, name: str, side: Side) -> Iterator[Difference]:
        """Report that only one side requires a parameter or a body."""
        right = OTHER[side]
        witness = self.exchanges.show_request(right, [self._without(right, fact.where)], fact.where)
        message = f"{name!r} is {'no longer required' if side == 'old' else 'required'}"
        required = Fact(fact.where, "required", fact.pointers)
        yield self.difference(required, message, EFFECTS[self.sent, right], witness)

    def _without(self, side: Side, place: str) -> Sent | None:
        base = self.exchanges.base(side)
        if base is None:
            return None
        location, _, name = place.partition(".")
        if location in ("body", "form"):
            left = {key: held for key, held in base.items() if key != "body"}
            return self.exchanges.request(side, left)
        group = {key: held for key, held in base[location].items() if key.lower() != name.lower()}
        return self.exchanges.request(side, {**base, location: group}, self.exchanges.first(side))

    def _parameter(self, twins: Mapping[Side, Parameter]) -> Iterator[Difference]:
        old, new = twins["old"], twins["new"]
        exchanges = self.exchanges
        place = _place(new)
        fact = Fact(place, "style", {side: twin.pointer for side, twin in twins.items()})
        if old.required != new.required and new.location != "path":
            yield from self._required(fact, new.name, "new" if new.required else "old")
        subject = ParameterValues(exchanges, twins)
        pointers = {side: twin.schema_pointer for side, twin in twins.items()}
        yield from self._schemas(self.sent, place, exchanges.sent, pointers, subject)
        if (old.style, old.explode, old.allow_empty) != (new.style, new.explode, new.allow_empty):
            message = f"the style is {_style(new)}, was {_style(old)}"
            for right in SIDES:
                several = {
                    "allOf": [exchanges.sent.reference(right, pointers[right])],
                    "minItems": 2,
                    "minProperties": 2,
                }
                empty = [""] if twins[right].allow_empty else []
                known = (boundary.value for boundary in exchanges.sent.boundaries(right, pointers[right]))
                witness = subject.confirm(chain(empty, exchanges.sent.values(several), known), right, ())
                if witness is not None:
                    yield self.difference(fact, message, EFFECTS[self.sent, right], witness)

    def bodies(self) -> Iterator[Difference]:
        """Report differences in the body of a message: whether it is required, its media types, their schemas."""
        bodies = {side: operation.request_body for side, operation in self.both.items()}
        old, new = bodies["old"], bodies["new"]
        pointers: dict[Side, str] = {
            side: body.pointer if body else self.both[side].pointer for side, body in bodies.items()
        }
        needed = {side: body is not None and body.required for side, body in bodies.items()}
        if needed["old"] != needed["new"]:
            fact = Fact("body", "required", pointers)
            yield from self._required(fact, "body", "new" if needed["new"] else "old")
        contents = {side: body.content if body else {} for side, body in bodies.items()}
        for name in dict.fromkeys((*contents["old"], *contents["new"])):
            both: dict[Side, MediaType] = {side: contents[side][name] for side in SIDES if name in contents[side]}
            if len(both) == 2:
                yield from self._body(both, name)
            else:
                yield from self._media_type(next(iter(both)), both, pointers, other=new if "old" in both else old)

    def _media_type(
        self, side: Side, contents: Mapping[Side, MediaType], pointers: Mapping[Side, str], other: RequestBody | None
    ) -> Iterator[Difference]:
        """Report a media type of requests that only one side has."""
        content = contents[side]
        exchanges = self.exchanges
        tried = chain(
            [exchanges.right_request(side, content)],  # a form without fields is an empty body
            (exchanges.with_body(side, content, value) for value in exchanges.fuller(side, content)),
        )
        witness = exchanges.show_request(side, tried)
        gone = side == "old"
        message = f"{content.name} is {'no longer accepted' if gone else 'accepted'}"
        rule = "media_type" if other is not None else "body"
        fact = Fact("header.content-type" if other is not None else "body", rule, {**pointers, side: content.pointer})
        yield self.difference(fact, message, EFFECTS[self.sent, side], witness)

    def _body(self, contents: Mapping[Side, MediaType], name: str) -> Iterator[Difference]:
        codec = media.codec(name)
        if codec.carrier not in ("json", "fields"):
            return
        subject = BodyValues(self.exchanges, contents)
        pointers = {side: content.schema_pointer for side, content in contents.items()}
        if all(content.schema is not None for content in contents.values()):
            yield from self._schemas(self.sent, codec.root, self.exchanges.sent, pointers, subject)
        if contents["old"].encoding != contents["new"].encoding:
            stated = {side: f"{c.pointer}/encoding" if c.encoding else c.pointer for side, c in contents.items()}
            fact = Fact(codec.root, "encoding", stated)
            for right in SIDES:
                forms = self._encoded(right, contents, pointers[right])
                sent = (self.exchanges.with_body(right, contents[right], form) for form in forms)
                witness = self.exchanges.show_request(right, sent, codec.root)
                if witness is not None:
                    yield self.difference(fact, "fields are encoded differently", EFFECTS[self.sent, right], witness)

    def _encoded(self, right: Side, contents: Mapping[Side, MediaType], pointer: str) -> Iterator[Json]:
        """Yield forms of a side that have fields whose encoding is declared: several items first, then any."""
        sent = self.exchanges.sent
        for name in dict.fromkeys((*contents["old"].encoding, *contents["new"].encoding)):
            field = {"minItems": 2, "minProperties": 2}
            several = {"kinds": ("object",), "required": [name], "properties": {name: field}}
            yield from sent.values(sent.reference(right, pointer), several)
        yield from (boundary.value for boundary in sent.boundaries(right, pointer))

    def _keys(self) -> Iterator[Difference]:
        """Report credentials that only one side requires."""
        old, new = self.both["old"], self.both["new"]
        if (old.key_alternatives, old.key_queries) == (new.key_alternatives, new.key_queries):
            return
        fact = Fact("header", "security", {side: o.pointer for side, o in self.both.items()})
        for right in SIDES:
            witness = self.exchanges.show_request(right, [self.exchanges.right_request(right)], "header")
            if witness is not None:
                keys = [", ".join(o.key_headers + o.key_queries) or "none" for o in (old, new)]
                message = f"the key is sent in {keys[1]}, was sent in {keys[0]}"
                yield self.difference(fact, message, EFFECTS[self.sent, right], witness)

    # Responses

    def _responses(self) -> Iterator[Difference]:
        seen: set[tuple[str, str]] = set()
        for status in self._statuses():
            declared = {side: operation.response(status) for side, operation in self.both.items()}
            key = (_at(declared["old"]), _at(declared["new"]))
            if key in seen or key == ("", ""):
                continue
            seen.add(key)
            both: dict[Side, Declared] = {side: found for side, found in declared.items() if found is not None}
            if len(both) == 2:
                yield from self._response(status, both)
            else:
                yield from self._status(status, *next(iter(both.items())))

    def _statuses(self) -> list[int]:
        """Return every declared status, and one for each range without another one."""
        keys = [key for operation in self.both.values() for key in operation.responses]
        named = {int(key) for key in keys if key.isdigit()}
        ranges = {int(key[0]) for key in keys if key.endswith("XX")}
        for operation in self.both.values():
            if "default" in operation.responses:  # beside a declared success it stands for errors
                own = any(key.startswith("2") for key in operation.responses)
                ranges |= {4, 5} if own else {2, 3, 4, 5}
        more = (next(s for s in range(hundred * 100 + 99, hundred * 100, -1) if s not in named) for hundred in ranges)
        return [*sorted(named), *sorted(more)]

    def _status(self, status: int, side: Side, declared: Declared) -> Iterator[Difference]:
        """Report a status that only one side has."""
        exchanges = self.exchanges
        contents: list[MediaType | None] = [*declared.content.values()] or [None]
        streamed = any(content is not None and media.codec(content.name).stream for content in contents)
        written = (exchanges.simple_response(side, status, declared, content) for content in contents)
        witness = exchanges.show_response(side, written, streamed=streamed or None)
        label = declared.key
        gone = side == "old"
        fact = Fact(
            f"{label}", "status", {side: declared.pointer, OTHER[side]: f"{self.both[OTHER[side]].pointer}/responses"}
        )
        # A status that was undeclared before was an error to the client before, whatever its number.
        severity: Severity | None = "minor" if status >= 400 or gone else None
        if witness is None and not declared.content:
            return  # a client treats any empty success as the declared one
        message = f"the status {label} is {'no longer declared' if gone else 'declared'}"
        yield self.difference(fact, message, EFFECTS["response", side], witness, severity)

    def _response(self, status: int, declared: Mapping[Side, Declared]) -> Iterator[Difference]:
        label = declared["new"].key if declared["new"].key == declared["old"].key else str(status)
        yield from self._headers(status, label, declared)
        contents = {side: found.content for side, found in declared.items()}
        names = list(dict.fromkeys((*contents["old"], *contents["new"])))
        for name in names:
            both: dict[Side, MediaType] = {side: contents[side][name] for side in SIDES if name in contents[side]}
            if len(both) == 2:
                yield from self._answer(status, label, declared, both)
            else:
                side = next(iter(both))
                yield from self._answered(status, label, declared, side, both[side])
        for side in SIDES:
            if not contents[side] and contents[OTHER[side]]:
                witness = self.exchanges.show_response(
                    side, [self.exchanges.simple_response(side, status, declared[side], None)]
                )
                if witness is not None:
                    fact = Fact(f"{label} body", "body", {s: found.pointer for s, found in declared.items()})
                    message = "has a body, had none" if side == "old" else "has no body, had one"
                    yield self.difference(fact, message, EFFECTS["response", side], witness)

    def _answer(
        self, status: int, label: str, declared: Mapping[Side, Declared], contents: Mapping[Side, MediaType]
    ) -> Iterator[Difference]:
        codec = media.codec(contents["new"].name)
        if (codec.carrier != "json" and codec.stream is None) or any(c.schema is None for c in contents.values()):
            return
        root = f"{label} event" if codec.stream else f"{label} body"
        pointers = {side: content.schema_pointer for side, content in contents.items()}
        subject = AnswerValues(self.exchanges, status, declared, contents)
        yield from self._schemas("response", root, self.exchanges.received, pointers, subject)

    def _answered(
        self, status: int, label: str, declared: Mapping[Side, Declared], side: Side, content: MediaType
    ) -> Iterator[Difference]:
        """Report a media type of responses that only one side has."""
        exchanges = self.exchanges
        streamed = True if media.codec(content.name).stream else None
        response = exchanges.simple_response(side, status, declared[side], content)
        witness = exchanges.show_response(side, [response], streamed=streamed)
        pointers: dict[Side, str] = {s: found.pointer for s, found in declared.items()}
        fact = Fact(f"{label} header.content-type", "media_type", {**pointers, side: content.pointer})
        if witness is None and response is not None:
            return  # covered by a range of the other side
        message = f"{content.name} is {'no longer a response' if side == 'old' else 'a response'}"
        yield self.difference(fact, message, EFFECTS["response", side], witness)

    def _headers(self, status: int, label: str, declared: Mapping[Side, Declared]) -> Iterator[Difference]:
        sides = {side: {header.name.lower(): header for header in found.headers} for side, found in declared.items()}
        exchanges = self.exchanges
        for name in dict.fromkeys((*sides["old"], *sides["new"])):
            both: dict[Side, Parameter] = {side: sides[side][name] for side in SIDES if name in sides[side]}
            place = f"{label} header.{name}"
            pointers: dict[Side, str] = {
                side: both[side].pointer if side in both else declared[side].pointer for side in SIDES
            }
            required = {side: side in both and both[side].required for side in SIDES}
            if len(both) == 2:
                subject = HeaderValues(exchanges, status, declared, both)
                schemas = {side: header.schema_pointer for side, header in both.items()}
                yield from self._schemas("response", place, exchanges.received, schemas, subject)
            for right in SIDES:
                if required[OTHER[right]] and not required[right]:
                    response = exchanges.with_header(right, status, declared[right], name, None)
                    witness = exchanges.show_response(right, [response], f"header.{name}")
                    message = f"{name!r} is {'required' if right == 'old' else 'no longer required'}"
                    fact = Fact(place, "required", pointers)
                    yield self.difference(fact, message, EFFECTS["response", right], witness)

    def _streaming(self) -> Iterator[Difference]:
        """Report how streams are requested, begin and end."""
        old, new = self.both["old"].streaming, self.both["new"].streaming
        if (old is None) != (new is None):
            side: Side = "old" if new is not None else "new"
            said = "no longer declared" if new is None else "said"
            fact = Fact("events", "event", {s: o.pointer for s, o in self.both.items()})
            severity: Severity = "major" if new is None else "minor"
            message = f"how events begin and end is {said}"
            yield self.difference(fact, message, EFFECTS["response", side], None, severity)
        for name in ("flag", "first", "last", "same", "end", "number", "keepalive", "event", "open"):
            values = [getattr(streaming, name, None) for streaming in (old, new)]
            if old is not None and new is not None and values[0] != values[1]:
                fact = Fact(f"events {name}", "event", {s: f"{o.pointer}/x-streaming" for s, o in self.both.items()})
                message = f"{name} was {_shown(values[0])}, is {_shown(values[1])}"
                yield self.difference(fact, message, "words", None, "major")

    # Schemas

    def _schemas(
        self, side: Message, place: str, pair: Pair, pointers: Mapping[Side, str], subject: Subject[Witness]
    ) -> Iterator[Difference]:
        """Report the differences between two schemas of one location."""
        for change in SchemaWalk(pair, self._forms, pointers, subject).changes():
            effect = EFFECTS[side, change.right]
            fact = Fact(_where(place, change.path), change.rule, change.pointers)
            # An open request accepted this name before, like any other; but it had no defined meaning.
            named = change.undeclared and effect == "requests narrower" and change.shown is not None
            yield self.difference(fact, change.message, effect, change.shown, "minor" if named else None)


def _at(declared: Declared | None) -> str:
    return "" if declared is None else declared.pointer


def _word(operation: Operation, key: str) -> Json:
    return operation.id if key == "operationId" else operation.deprecated


def _place(parameter: Parameter) -> str:
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return f"{parameter.location}.{name}"


def _style(parameter: Parameter) -> str:
    return f"{parameter.style}{' exploded' if parameter.explode else ''}{' or empty' if parameter.allow_empty else ''}"


def _shown(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _where(place: str, path: Path) -> str:
    """Return a location in which any item of a list is `[]`."""
    steps = [step for step in path if step != IN_TEXT]
    return re.sub(r"\[\d+\]", "[]", where(place, steps))
