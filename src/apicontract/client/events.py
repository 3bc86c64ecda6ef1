"""Parse the bytes of a stream into events, without I/O.

Theory of operation
-------------------
Chunks go in as they arrive. They are cut into events by `wire`, the only reader of lines and events here: those of
HTTP clients also cut at U+2028. Each event is parsed, and checked against the order of events, the values that all of
them must share, and the numbers that must grow. An error is raised after every event before it was delivered. Nothing
is skipped and nothing is guessed: a plain JSON response in place of a stream is an event without a type, and a
connection that ends early is a stream without its last event. If the document allows events of other types, such an
event is an `UnknownEvent`. Reading on after an error, or after the stream was closed early, is an error too, and never
looks like the end. The `Content-Type` of the response is ignored (ledger A12).

Nearly all events of a long stream come between the first and the last, and have no shared value. Usually their class
alone shows this (`_Inner`), and they only have to be parsed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter, length_hint
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeVar, get_args, get_origin

import httpx

from apicontract.client import keys
from apicontract.client import response as responses
from apicontract.client.answer import model_class, validation_error
from apicontract.client.errors import StreamInvalid
from apicontract.client.fields import fields_of, pick
from apicontract.client.request import PreparedRequest
from apicontract.openapi import strict_json
from apicontract.openapi.document import DocumentInvalid, Streaming
from apicontract.openapi.facts import shape_at
from apicontract.openapi.pointer import escape, unescape
from apicontract.openapi.violation import Violation
from apicontract.wire import media
from apicontract.wire.faults import Fault
from apicontract.wire.framing import NONE, Batch, BatchCutter, Cut, Cutter, Unframed
from apicontract.wire.ndjson import Lines
from apicontract.wire.order import Order, other_name

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

EventT = TypeVar("EventT")

LONGEST_EVENT = 64 * 1024 * 1024
"""The maximum size of one event in bytes, so that an endless one cannot fill the memory."""

_REFUSED: Final = object()
"""Stands for an event that its model does not accept."""
_AT_ONCE: Final = 32
"""How many events are read before the first of them is delivered; more would not stay in the processor's cache."""
_FEW: Final = 1024
"""The size in bytes below which a chunk holds few events, which are read one by one."""
_OWN_LINE = ": line 1 column "
"""The position in messages of the JSON parser, which sees each event as a text of one line."""


class Events(Generic[EventT]):
    """Parses the bytes of a stream into events."""

    def __init__(self, call: PreparedRequest, adapter: TypeAdapter[EventT], response: httpx.Response) -> None:
        """Start before the first byte; of the response only status and headers are used."""
        operation = call.operation
        self._call = call
        self._adapter = adapter
        self._response = response
        self._stream = stream = _declared(call, response.status_code)
        self._cutter = stream.cutter(LONGEST_EVENT)
        self._batches = self._cutter.many if isinstance(self._cutter, BatchCutter) else None
        streaming = operation.streaming
        ordered = streaming is not None and (stream.tag or streaming.first is None)
        self._order = Order(streaming, operation.pointer) if streaming and ordered else None
        self._streaming = streaming or Streaming()
        self._count = self._line = 0
        self._complete = False
        self._inner: dict[type, _Inner] = {}
        """The checks for each class whose events are always in order between the first and the last."""
        self._between = self._order is None
        self._ahead: Iterator[EventT] = iter(())
        """Events that were counted already, and are not delivered yet."""
        self._step = 1
        """The number of lines that each of these events takes."""

    def feed(self, chunk: bytes) -> Iterable[Iterable[EventT]]:
        """Take a chunk, and return the events that it completes in groups, each read before the next is asked for."""
        if len(chunk) >= _FEW and self._between and self._batches is not None:
            batch = self._batches(chunk)
            if batch is not None:
                return self._read_many(batch)
        cuts = self._cutter.feed(chunk)
        return () if cuts is NONE else self._read(cuts)

    def _read_many(self, batch: Batch) -> Iterator[Iterable[EventT]]:
        """Read the events of a batch in groups; a group with a doubtful event is read one by one."""
        for start in range(0, len(batch.texts), _AT_ONCE):
            stop = start + _AT_ONCE
            events = self._at_once(batch.texts[start:stop], batch.kinds[start:stop]) if self._between else None
            if events is None:
                yield from self._read(batch.cuts(start, stop))
            else:
                self._count += len(events)
                self._line = batch.line + batch.step * (start + len(events) - 1)
                self._ahead, self._step = iter(events), batch.step
                yield self._ahead

    def _at_once(self, texts: Sequence[bytes], names: Sequence[bytes]) -> Sequence[EventT] | None:
        """Read events between the first and the last together; `None` if any of them is in doubt.

        All work for single events is done in compiled code.
        """
        try:
            events = list(map(self._adapter.validator.validate_json, texts))
        except validation_error():
            return None
        found = keys.count(events)
        if found.keys != keys.colons(b"".join(texts)) and strict_json.load_many(texts, unique=True) is None:
            return None
        if self._order is None:
            return events if not names else None
        kinds = found.kinds
        if found.undeclared or not kinds <= self._inner.keys():
            return None
        for kind, name in {*zip(map(type, events), names, strict=False)} if names else ():
            if name and name.decode(errors="replace") != self._inner[kind].kind:
                return None
        numbers = {self._inner[kind].number for kind in kinds}
        if len(numbers) != 1:
            return None
        (number,) = numbers
        return events if number is None or self._order.grow(list(map(attrgetter(number), events))) else None

    def close(self) -> Iterator[Iterable[EventT]]:
        """Take the end of the stream: yield the event of a last line without a newline, then check the end."""
        yield from self._read(self._cutter.close())
        self._check(self._order.end(self._count, self._line) if self._order else None)
        self._complete = True

    def stop(self) -> None:
        """Discard the events that were read but not delivered, and restore the counts to the last delivered one."""
        left = length_hint(self._ahead)
        self._count, self._line = self._count - left, self._line - left * self._step
        deque(self._ahead, maxlen=0)

    def unfinished(self) -> StreamInvalid | None:
        """Return the error for reading on after the stream failed or was closed.

        Returns `None` if every event was delivered.
        """
        if self._complete:
            return None
        message = "the stream failed, or was closed, before its end; nothing more can be read"
        self.stop()
        place, operation = f"event[{self._count}]", self._call.operation
        return self._invalid([Violation(operation.id, place, "truncated", message, operation.pointer)])

    def texts(self) -> Callable[[EventT], str]:
        """Return a function that returns the text of an event, or the empty string.

        Raises `DocumentInvalid` if the document does not say where events have their text.
        """
        from apicontract.client.models import UnknownEvent  # noqa: PLC0415 - comes with the first model

        pointer = self._streaming.text
        if pointer is None:
            at = self._call.operation.pointer
            raise DocumentInvalid("`x-streaming` does not say where events have their text", at)

        def text(event: EventT) -> str:
            found = None if isinstance(event, UnknownEvent) else pick(event, pointer)
            return found if isinstance(found, str) else ""

        return text

    def undecodable(self, error: httpx.DecodingError) -> StreamInvalid:
        """Return the error for a body whose content coding cannot be decoded."""
        return self._invalid(responses.undecodable(self._call, error, self._response))

    def _read(self, cuts: Iterable[Cut]) -> Iterator[tuple[EventT]]:
        """Parse events, and check their order."""
        read: Callable[[bytes], Any] = self._adapter.validator.validate_json
        inner, order = self._inner, self._order
        try:
            for self._line, text, kind in cuts:
                if text is None:
                    self._check(order.mark(self._count, self._line) if order else None)
                    self._between = order is None
                    continue
                try:
                    event: Any = read(text)
                except validation_error():  # it holds the data, so the error is raised outside
                    event = _REFUSED
                if event is _REFUSED:
                    event = self._read_again(text)
                known = inner.get(event.__class__)
                if known is None or not self._between or event.__pydantic_extra__:
                    self._refuse_what_pydantic_takes(text, event)
                    if order is not None:
                        self._place(order, event, kind)
                else:
                    if not known.flat or keys.colons(text) != len(event.__pydantic_fields_set__):
                        self._refuse_what_pydantic_takes(text, event)
                    if kind is not None and kind != known.kind:
                        self._of_kind(event, kind)
                    if known.number is not None and order is not None:
                        self._check(order.number(self._count, getattr(event, known.number), self._line))
                self._count += 1
                yield (event,)
        except Unframed as error:
            self._line = error.number
            broken = error.fault(self._count, self._stream.pointer)
        else:
            return
        self._check(broken)

    def _read_again(self, text: bytes) -> Any:
        """Parse an event that has a lone surrogate, or one of an undeclared type if these are allowed."""
        try:
            return responses.read_json(self._adapter.validator.validate_json, text)
        except validation_error() as error:
            event = self._unknown(text) if self._streaming.open else None
            found = [] if event is not None else self._unreadable(error, text)
        if found:
            raise self._invalid(found)
        return event

    def _unknown(self, text: bytes) -> Any:
        """Parse an event of an undeclared type; `None` if it is not one."""
        from apicontract.client.models import UnknownEvent  # noqa: PLC0415 - comes with the first model

        try:
            event = UnknownEvent.model_validate(strict_json.load_fast(text))
        except ValueError:  # not JSON, or not an object
            return None
        kind = pick(event, self._stream.tag)
        return event if isinstance(kind, str) and kind not in self._stream.kinds else None

    def _unreadable(self, error: ValidationError, text: bytes) -> list[Violation]:
        """Return the violations of an event that cannot be parsed."""
        pointer = self._stream.pointer
        return [
            replace(violation, message=f"line {self._line}: {violation.message.replace(_OWN_LINE, ' at column ')}")
            for violation in responses.unreadable(self._call, error, text, f"event[{self._count}]", pointer)
        ]

    def _of_kind(self, event: Any, wanted: str) -> None:
        """Compare the type of an event with the one that its frame declares."""
        tag, pointer = self._stream.tag, self._call.operation.pointer
        self._check(other_name(self._count, tag, pick(event, tag), wanted, self._line, pointer))

    def _refuse_what_pydantic_takes(self, text: bytes, event: Any) -> None:
        """Reject an event with a duplicate key, or with NaN or Infinity in a field that no model declares."""
        if keys.count([event]).keys == keys.colons(text):
            return
        try:
            strict_json.load(text)
        except (strict_json.KeyRepeated, strict_json.NoNumber) as error:
            message = f"line {self._line}: invalid JSON: {error}"
        except ValueError:  # other differences to pydantic are not reported here
            return
        else:
            return
        place, pointer = f"event[{self._count}]", self._stream.pointer
        raise self._invalid([Violation(self._call.operation.id, place, "encoding", message, pointer)])

    def _place(self, order: Order, event: Any, wanted: str | None) -> None:
        """Check the order of the events up to this one, and its shared value."""
        if wanted is not None:
            self._of_kind(event, wanted)
        kind = pick(event, self._stream.tag)
        for fault in order.faults(self._count, kind, self._line, partial(pick, event)):
            self._check(fault)
        self._between = not order.over
        inner = _inner(event.__class__, self._stream.tag, self._streaming)
        if inner is not None:
            self._inner[event.__class__] = inner

    def _check(self, fault: Fault | None) -> None:
        if fault is not None:
            raise self._invalid([fault.violation(self._call.operation.id)])

    def _invalid(self, violations: list[Violation]) -> StreamInvalid:
        with suppress(httpx.ResponseNotRead):  # not set on the response of a mock, which is read already
            responses.clean(self._call, self._response)
        found = responses.without_keys(self._call, violations)
        return StreamInvalid(self._call.operation.id, found, self._response, self._line)


class _Inner(NamedTuple):
    """The checks that remain for events whose class shows that they are in order."""

    kind: object
    """Their type; `None` if there are several."""
    number: str | None
    """The attribute that holds their number, if they have one."""
    flat: bool
    """Whether their declared fields hold no other keys."""


@cache
def _inner(kind: type, tag: str, streaming: Streaming) -> _Inner | None:
    """Return the checks for a class whose events are neither the first nor the last and have no shared value."""
    if not tag or not issubclass(kind, model_class()):
        return None
    fields = fields_of(kind)
    name = fields.get(unescape(tag[1:]))
    kinds = None if name is None else kind.model_fields[name].annotation
    if get_origin(kinds) is not Literal or {streaming.first, *streaming.last} & {*get_args(kinds)}:
        return None
    shared, number = (
        [*map(unescape, (pointer or "/").split("/")[1:])] for pointer in (streaming.same, streaming.number)
    )
    if shared[0] in fields or (number[0] in fields and len(number) > 1):
        return None
    only = get_args(kinds)
    if len(only) > 1 and {*streaming.keepalive} & {*only}:
        return None
    return _Inner(only[0] if len(only) == 1 else None, fields.get(number[0]), keys.is_flat(kind))


class _Stream(NamedTuple):
    """The declarations of a document about the events of a response."""

    pointer: str
    """The pointer of the schema of an event."""
    tag: str
    """The pointer to the discriminator of events; empty if there is none."""
    kinds: frozenset[str]
    cutter: Callable[[int | None], Cutter]


def _declared(call: PreparedRequest, status: int) -> _Stream:
    declared = call.operation.response(status)
    content = None if declared is None else media.stream_of(declared.content)
    if content is None:
        return _Stream(call.operation.pointer, "", frozenset(), Lines)
    shape = shape_at(call.document, content.schema, content.schema_pointer)
    tag = f"/{escape(shape.discriminator)}" if shape.discriminator else ""
    return _Stream(shape.pointer, tag, frozenset(shape.kinds), media.framing_of(call.document, content).cutter)
