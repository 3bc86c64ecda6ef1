"""Write a request from the arguments of its operation; everything that sends or shows a request uses this writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.wire import media, scalars
from apicontract.wire.faults import EncodeError, Fault
from apicontract.wire.media import Boundary, Context, Encoded, Files, Form
from apicontract.wire.multipart import Part, free_boundary
from apicontract.wire.parameters import encode_cookies, encode_headers, encode_path, encode_query


@dataclass(slots=True)
class Written:
    """A request without its server and credentials."""

    path: str
    query: str
    """Without the question mark."""
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """The declared headers."""
    body: Encoded | None = field(repr=False)

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{self.query}" if self.query else self.path


class ByHand(NamedTuple):
    """Raw pieces by the name of the argument, for requests that the encoders reject."""

    path: Mapping[str, str] = MappingProxyType({})
    """Raw path segments."""
    query: Mapping[str, Sequence[str]] = MappingProxyType({})
    """Raw query pieces, `name=value`."""
    parts: Mapping[str, Sequence[Part]] = MappingProxyType({})
    """The parts of a form field."""


def write_request(
    document: Document,
    operation: Operation,
    arguments: Mapping[str, Any],
    *,
    files: Files | None = None,
    boundary: Boundary = free_boundary,
    by_hand: ByHand | None = None,
) -> Written:
    """Write arguments by location: `path`, `query`, `header` and `cookie`, and `body` if there is one.

    `files` holds the parts of the file properties by name; `boundary` chooses the boundary of a multipart body. Raises
    `EncodeError` with every fault; with `by_hand`, invalid values are written unchanged, and it is only raised for
    values that have no bytes, such as a lone surrogate.
    """
    raw_path, raw_query = (None, None) if by_hand is None else (by_hand.path, by_hand.query)
    faults: list[Fault] = []
    path = query = ""
    headers: list[tuple[str, str]] = []
    body: Encoded | None = None
    try:
        path = encode_path(operation, arguments.get("path") or {}, raw_path)
    except EncodeError as error:
        faults += error.faults
    try:
        query = encode_query(operation, arguments.get("query") or {}, raw_query)
    except EncodeError as error:
        faults += error.faults
    try:
        headers = encode_headers(operation, arguments.get("header") or {}, lenient=by_hand is not None)
    except EncodeError as error:
        faults += error.faults
    if cookies := arguments.get("cookie"):
        try:
            headers = [*headers, *encode_cookies(operation, cookies, lenient=by_hand is not None)]
        except EncodeError as error:
            faults += error.faults
    if "body" in arguments:
        context = Context(document, _content(operation), files=files or {}, boundary=boundary)
        try:
            body = _body(arguments["body"], context, by_hand)
        except EncodeError as error:
            faults += error.faults
    if faults:
        raise EncodeError(*faults)
    return Written(path, query, headers, body)


def _content(operation: Operation) -> MediaType:
    """Return the first declared media type; JSON if there is none."""
    declared = operation.request_body
    if declared is not None and declared.content:
        return next(iter(declared.content.values()))
    return MediaType(media_types.JSON, None, operation.pointer, operation.pointer, {}, {})


def _body(instance: Json, context: Context, by_hand: ByHand | None) -> Encoded:
    codec = media.codec(context.content.name)
    try:
        if by_hand is not None and isinstance(codec, Form):
            if isinstance(instance, Mapping):
                return codec.join(_parts(codec, instance, context, by_hand), context)
            return Encoded(scalars.text(instance).encode(), context.content.name)
        return codec.encode(instance, context)
    except EncodeError:
        raise
    except (ValueError, RecursionError) as error:  # a lone surrogate, a control character in a media type
        raise EncodeError(Fault(codec.root, "encoding", str(error), context.content.pointer)) from None


def _parts(codec: Form, instance: Mapping[str, Json], context: Context, by_hand: ByHand) -> list[Part]:
    """Encode the parts of a form; a field that the encoder rejects is written unchanged."""
    parts: list[Part] = []
    alone = context._replace(files={})
    for name, value in instance.items():
        if name in by_hand.parts:
            parts += by_hand.parts[name]
        elif name in context.files:
            parts += context.files[name]
        else:
            try:
                parts += codec.parts({name: value}, alone)
            except ValueError:
                parts.append(Part(name, scalars.text(value).encode()))
    return parts
