"""Media types: how the bytes of a body become an instance and back, one codec for each, in one table.

A codec also tells the layers above, in neutral terms: how violations name the instance (`root`), how the values of an
instance are carried (`carrier`, for strategies, mocks and coverage), and whether a body is a stream of events and how
that is framed (`stream`). A media type that is not in the table is found by its suffix (`+json`) or its range
(`text/*`), or is treated as unknown bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias
from urllib.parse import urlencode

from apicontract.openapi import media_types, strict_json
from apicontract.openapi.document import Document, Json, MediaType
from apicontract.openapi.facts import shape_at
from apicontract.wire import scalars
from apicontract.wire.faults import Fault
from apicontract.wire.forms import decode_multipart, decode_urlencoded, encode_form
from apicontract.wire.multipart import Multipart, Part, free_boundary

if TYPE_CHECKING:
    from apicontract.wire.framing import Framing

Carrier: TypeAlias = Literal["json", "fields", "text", "bytes"]
"""What an instance consists of: any JSON value, fields that are strings each, one string, or bytes."""
Files: TypeAlias = Mapping[str, Sequence[Part]]
Boundary: TypeAlias = Callable[[Sequence[Part]], str]

UNREAD: Final[Any] = object()
"""Stands for the instance of a body that cannot be read or is not decoded."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


_NONE: Mapping[str, Any] = MappingProxyType({})


class Context(NamedTuple):
    """What a codec needs besides the body or the instance."""

    document: Document
    content: MediaType
    options: Mapping[str, str] = _NONE
    """The parameters of the `Content-Type` of the body to decode."""
    strict: bool = True
    """Whether the body is decoded strictly, as for requests; a response can be large, and is decoded fast."""
    files: Files = _NONE
    """The parts of the file properties to encode."""
    boundary: Boundary = free_boundary
    """Chooses the boundary of the body to encode."""


class Encoded(NamedTuple):
    """A body, and its `Content-Type`."""

    content: bytes | Multipart
    content_type: str
    parts: Sequence[Part] = ()
    """The fields that it was encoded from, if it is a form."""

    @property
    def bytes(self) -> bytes:
        """The whole body."""
        return self.content if isinstance(self.content, bytes) else b"".join(self.content.chunks())


Framer: TypeAlias = "Callable[[Document, MediaType], Framing]"
"""Returns the framing of a stream, as its document declares it."""


class Codec:
    """The codec of unknown bytes; the base of all codecs."""

    carrier: Carrier = "bytes"
    root = "body"
    """How violations name the instance."""
    files = False
    """Whether a body can have files."""
    stream: Framer | None = None
    """The framing of the events, if a body is a stream of them; the schema is then that of an event."""

    def decode(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:  # noqa: ARG002 - nothing is known of it
        """Decode a body into an instance; `UNREAD` if that cannot be done."""
        return UNREAD, []

    def encode(self, instance: Json, context: Context) -> Encoded:
        """Encode an instance; raise `ValueError` or `EncodeError` if it cannot be encoded."""
        written = instance if isinstance(instance, bytes) else self._text(instance).encode()
        return Encoded(written, media_types.concrete(context.content.name))

    def _text(self, instance: Json) -> str:
        return instance if isinstance(instance, str) else _ENCODER.encode(instance)


_SCALARS = frozenset({"boolean", "integer", "null", "number", "string"})


def is_scalar_text(document: Document, content: MediaType) -> bool:
    """Return whether the schema of a text body allows a scalar, and is not that of raw bytes."""
    shape = shape_at(document, content.schema, content.schema_pointer)
    return content.schema is not None and not shape.is_file and (not shape.types or bool(shape.types & _SCALARS))


class _Text(Codec):
    """The codec of a scalar as text: a string, or a number or boolean if the schema allows no string.

    Text with another meaning, such as a list as CSV, is not decoded. Neither is a body that is not UTF-8 and names no
    charset.
    """

    carrier = "text"

    def decode(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:
        content = context.content
        if not is_scalar_text(context.document, content):
            return UNREAD, []
        shape = shape_at(context.document, content.schema, content.schema_pointer)
        charset = context.options.get("charset")
        try:
            return scalars.decode(body.decode(charset or "utf-8"), shape), []
        except (LookupError, UnicodeDecodeError):
            if charset is None:
                return UNREAD, []
            return UNREAD, [Fault("body", "encoding", f"the text is not in the charset {charset!r}", content.pointer)]


class _Json(Codec):
    carrier = "json"

    def decode(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:
        at = context.content.pointer
        try:
            if not context.strict:
                return strict_json.load_fast(body), []
            charset = context.options.get("charset", "utf-8")
            if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
                note = f"JSON is UTF-8 (RFC 8259, section 8.1), not {charset}"
                return UNREAD, [Fault("header.content-type", "encoding", note, at)]
            return strict_json.load(body.decode()), []
        except ValueError as error:
            return UNREAD, [Fault("body", "encoding", f"invalid JSON: {error}", at)]

    def _text(self, instance: Json) -> str:
        return _ENCODER.encode(instance)


class Form(Codec):
    """`multipart/form-data`: fields and files."""

    carrier = "fields"
    root = "form"
    files = True

    def decode(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:
        """Decode the fields; the value of a file is its name."""
        instance, faults = self._read(body, context)
        return UNREAD if any(fault.where == self.root for fault in faults) else instance, faults

    def _read(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:
        return decode_multipart(context.document, context.content, body, context.options.get("boundary", ""))

    def encode(self, instance: Json, context: Context) -> Encoded:
        """Encode the fields, then the files."""
        return self.join(self.parts(instance, context), context)

    def parts(self, instance: Mapping[str, Json], context: Context) -> list[Part]:
        """Encode an instance as parts."""
        return encode_form(context.document, context.content, instance, context.files)

    def join(self, parts: Sequence[Part], context: Context) -> Encoded:
        """Combine parts into a body.

        Without files it is small, and is returned as bytes, which can be read repeatedly.
        """
        form = Multipart(parts, context.boundary(parts))
        streamed = any(part.filename is not None for part in parts)
        return Encoded(form if streamed else b"".join(form.chunks()), form.content_type, parts)


class _Urlencoded(Form):
    """`application/x-www-form-urlencoded`: fields only."""

    files = False

    def _read(self, body: bytes, context: Context) -> tuple[Json, list[Fault]]:
        return decode_urlencoded(context.document, context.content, body)

    def join(self, parts: Sequence[Part], context: Context) -> Encoded:  # noqa: ARG002 - it has no boundary
        written = urlencode([(part.name, part.content) for part in parts]).encode()
        return Encoded(written, media_types.URLENCODED, parts)


class Stream(Codec):
    """A stream of events."""

    def __init__(self, stream: Framer) -> None:
        """Take the function that returns the framing."""
        self.stream: Framer = stream

    def encode(self, instance: Json, context: Context) -> Encoded:
        """Encode a list of events, or a string, such as an example, as it is; characters outside of ASCII are escaped.

        Readers that split lines like `str.splitlines` would lose an event that contains U+2028 (ledger S11).
        """
        name, framing = context.content.name, self.stream(context.document, context.content)
        if isinstance(instance, bytes):
            return Encoded(instance, name)
        if isinstance(instance, str):
            return Encoded(instance.rstrip("\n").encode() + framing.ends[0], name)
        events = instance if isinstance(instance, list | tuple) else [instance]
        return Encoded(framing.join(json.dumps(event, allow_nan=False).encode() for event in events), name)


def _lines(document: Document, content: MediaType) -> Framing:  # noqa: ARG001 - what frames a stream
    from apicontract.wire.ndjson import LINES  # noqa: PLC0415 - most bodies are no stream

    return LINES


def _events(document: Document, content: MediaType) -> Framing:
    from apicontract.wire.sse import framing  # noqa: PLC0415 - most bodies are no stream

    return framing(document, content)


CODECS: dict[str, Codec] = {
    media_types.JSON: _Json(),
    "text/json": _Json(),
    "+json": _Json(),
    media_types.FORM: Form(),
    media_types.URLENCODED: _Urlencoded(),
    **dict.fromkeys(media_types.STREAMS, Stream(_lines)),
    media_types.SSE: Stream(_events),
    "text/*": _Text(),
    "*/*": Codec(),
}
"""The codecs by media type, suffix or range."""


def codec(name: str) -> Codec:
    """Return the codec of a media type, by the most specific entry of the table."""
    found = CODECS.get(name)
    if found is None and ";" in name:
        name = media_types.plain(name)
        found = CODECS.get(name)
    if found is None:
        kind, _, subtype = name.partition("/")
        _, plus, suffix = subtype.rpartition("+")
        found = CODECS.get(f"{plus}{suffix}" if plus else "") or CODECS.get(f"{kind}/*") or CODECS["*/*"]
    return found


def stream_of(contents: Mapping[str, MediaType]) -> MediaType | None:
    """Return the first declared media type that is a stream of events; `None` if there is none."""
    return next((content for content in contents.values() if codec(content.name).stream), None)


def framing_of(document: Document, content: MediaType) -> Framing:
    """Return the framing of a stream; raise `LookupError` for a media type that is not a stream."""
    framer = codec(content.name).stream
    if framer is None:
        raise LookupError(f"{content.name} is not a stream of events")
    return framer(document, content)


def preferred(contents: Mapping[str, MediaType]) -> MediaType | None:
    """Choose one of the declared media types: JSON if there is any, a stream only if there is nothing else."""
    return min(contents.values(), key=_rank, default=None)


def _rank(content: MediaType) -> int:
    own = codec(content.name)
    return 2 if own.stream else 0 if isinstance(own, _Json) else 1
