"""The fields of a form body, as an instance and as parts.

In OpenAPI 3.1 ("Special Considerations for multipart Content") an array is sent as one part for each item, all with the
same name; a file is a part with a file name; an object is a part that holds JSON. A string that is declared to hold
JSON (`contentMediaType: application/json`) is a string, both to the schema and on the wire.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import parse_qsl, quote

from apicontract.openapi import media_types, strict_json
from apicontract.openapi.document import Document, Json, MediaType, Parameter
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import excerpt
from apicontract.wire import brackets, scalars
from apicontract.wire.faults import UNREAD, EncodeError, Fault
from apicontract.wire.multipart import Part, parse
from apicontract.wire.parameters import read_values
from apicontract.wire.styles import QUERY, is_spread, style_of

CHARSET = "_charset_"
"""The field with the charset of a form (RFC 7578, section 4.6)."""
_STYLED = frozenset({"style", "explode", "allowReserved"})
"""Keys of an Encoding Object that make a field be encoded like a query parameter, and not by `contentType`."""


def encode_form(
    document: Document, form: MediaType, instance: Mapping[str, Json], files: Mapping[str, Sequence[Part]] | None = None
) -> list[Part]:
    """Encode an instance as parts: fields in the order of the instance, then files, so that fields come first.

    `files` holds the parts of the file properties by name; their values in the instance are ignored.
    Raises `EncodeError` with the faults of all fields that cannot be encoded.
    """
    shape = shape_at(document, form.schema, form.schema_pointer)
    files = files or {}
    faults: list[Fault] = []
    parts: list[Part] = []
    for name, value in instance.items():
        if name not in files:
            own = shape.property(name)
            try:
                parts += _parts(form, name, value, own)
            except ValueError as error:
                faults.append(Fault(f"form.{name}", "encoding", str(error), own.pointer))
    if faults:
        raise EncodeError(*faults)
    return [*parts, *(part for own_parts in files.values() for part in own_parts)]


def _parts(form: MediaType, name: str, value: Json, shape: Shape) -> Iterator[Part]:
    """Encode one field: in its style if it has one, else as one part for each item of a list."""
    styled = styled_field(form, name, shape)
    if styled is None:
        for item in value if shape.is_array and isinstance(value, list | tuple) else [value]:
            yield _field(name, item)
        return
    style = style_of(styled)
    joined = isinstance(value, list | tuple) and not styled.explode and style.held is None
    if joined and any("," in str(item) for item in value):
        raise ValueError("an item cannot contain ',', the delimiter")
    for key, raw in style.encode(styled, value, QUERY):
        yield Part(QUERY.unquote(key), QUERY.unquote(raw).encode())


def styled_field(form: MediaType, name: str, shape: Shape) -> Parameter | None:
    """Return a field whose encoding has a style as an equivalent parameter; `None` for any other field."""
    encoding = form.encoding.get(name)
    if not isinstance(encoding, Mapping) or _STYLED.isdisjoint(encoding):
        return None
    style = str(encoding.get("style") or "form")
    explode = bool(encoding.get("explode", style == "form"))
    return Parameter(name, "query", False, style, explode, shape.given[0], shape.pointer, shape.given[1])


def _field(name: str, value: Json) -> Part:
    if isinstance(value, Mapping):
        return Part(name, json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    return Part(name, scalars.encode(value).encode())


def decode_multipart(
    document: Document, form: MediaType, body: bytes, boundary: str
) -> tuple[dict[str, Json], list[Fault]]:
    """Decode a multipart body; malformed framing is reported as one fault, `encoding`."""
    try:
        parts = parse(body, boundary)
    except ValueError as error:
        return {}, [Fault("form", "encoding", str(error), form.pointer)]
    return _Fields(document, form).read(parts)


def decode_urlencoded(document: Document, form: MediaType, body: bytes) -> tuple[dict[str, Json], list[Fault]]:
    """Decode an `application/x-www-form-urlencoded` body."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict") if body else []
    except ValueError as error:
        return {}, [Fault("form", "encoding", f"not a URL-encoded form: {error}", form.pointer)]
    return _Fields(document, form).read([Part(name, value.encode()) for name, value in pairs])


class _Fields:
    """Combines parts into an instance."""

    def __init__(self, document: Document, form: MediaType) -> None:
        self._form = form
        self._shape = shape_at(document, form.schema, form.schema_pointer)
        self._faults: list[Fault] = []
        self._charset = "utf-8"

    def read(self, parts: Sequence[Part]) -> tuple[dict[str, Json], list[Fault]]:
        """Group the parts by name, then decode each group by the shape of its property."""
        groups: dict[str, list[Part]] = {}
        members: dict[str, list[tuple[list[str], Part]]] = {}
        declared = self._shape.properties
        for part in parts:
            name = part.name
            if name == CHARSET and name not in declared:
                self._charset = _bytes(part).decode("ascii", "replace").strip() or "utf-8"
                continue
            if name not in declared:
                before, keys = brackets.split(name)
                if keys and before in declared and self._is_deep(before):
                    members.setdefault(before, []).append((keys, part))
                    continue
                if (owner := self._owner(name)) is not None:
                    members.setdefault(owner, []).append(([name], part))
                    continue
                name = self._without_brackets(name)
            groups.setdefault(name, []).append(part)
        instance = {name: self._value(name, group) for name, group in groups.items()}
        for name, found in members.items():
            read, twice = partial(self._one, name), partial(self._twice, name)
            instance[name] = brackets.nested(found, self._shape.property(name), read, twice)
        return instance, self._faults

    def _owner(self, name: str) -> str | None:
        """Return the exploded object property that declares this name as a member; `None` if there is none."""
        for own in self._form.encoding:
            shape = self._shape.property(own)
            styled = styled_field(self._form, own, shape)
            if styled is not None and is_spread(styled) and shape.is_object and name in shape.properties:
                return own
        return None

    def _is_deep(self, name: str) -> bool:
        styled = styled_field(self._form, name, self._shape.property(name))
        return styled is not None and style_of(styled).bracketed

    def _twice(self, name: str, parts: Sequence[Part]) -> None:
        self._fault(name, f"a key is given {len(parts)} times; one part is meant")

    def _without_brackets(self, name: str) -> str:
        """Return the declared name before brackets, and report the brackets; return any other name unchanged."""
        declared, bracket, _ = name.partition("[")
        if not bracket or declared not in self._shape.properties:
            return name
        fix = "repeat the name" if self._shape.property(declared).is_array else "drop the brackets"
        self._fault(declared, f"the name {excerpt(name)} has brackets; {fix}")
        return declared

    def _fault(self, name: str, message: str, rule: str = "encoding", value: Json = None) -> None:
        pointer = self._shape.property(name).pointer
        fault = Fault(f"form.{name}", rule, message, pointer)
        fault = fault if value is None else Fault(f"form.{name}", rule, message, pointer, value)
        if fault not in self._faults:
            self._faults.append(fault)

    def _value(self, name: str, parts: list[Part]) -> Json:
        shape = self._shape.property(name)
        styled = styled_field(self._form, name, shape)
        if styled is not None and (shape.is_array or shape.is_object) and not style_of(styled).bracketed:
            raw = [quote(self._text(name, part, shape)[0], safe=",|") for part in parts]
            return read_values(styled, shape, raw, self._faults, "form")
        if shape.is_array:
            whole = self._json_list(name, parts[0]) if len(parts) == 1 and not shape.items.is_array else None
            return [self._one(name, part, shape.items) for part in parts] if whole is None else whole
        if len(parts) > 1:
            if not shape.types:
                return [self._one(name, part, shape) for part in parts]
            self._fault(name, f"given {len(parts)} times; one part is meant")
        return self._one(name, parts[0], shape)

    def _json_list(self, name: str, part: Part) -> list[Json] | None:
        """Read a list that is sent as one part of JSON, by its own media type or that of the encoding.

        Returns `None` for another part.
        """
        declared = str(self._form.encoding.get(name, {}).get("contentType", ""))
        if not media_types.is_json(media_types.plain(part.content_type or declared)):
            return None
        try:
            found = strict_json.load(_bytes(part))
        except ValueError:
            return None
        return found if isinstance(found, list) else None

    def _one(self, name: str, part: Part, shape: Shape) -> Json:
        kind, _ = media_types.parse(part.content_type or "")
        if part.content_type:
            self._content_type(name, part.content_type)
        if shape.is_file:
            if not part.filename:
                self._fault(name, "a file part needs a file name, or it looks like a text field")
            return part.filename or ""
        is_json = media_types.is_json(kind)
        if not shape.types and (part.filename is not None or (kind and not is_json and not kind.startswith("text/"))):
            return part.filename or ""  # a file, if the schema admits anything
        if part.filename is not None and not (is_json and shape.is_object):  # browsers name a Blob of JSON
            self._fault(name, "a field must not have a file name, or it looks like an upload")
        structured = shape.is_object and "string" not in shape.types
        if structured and kind and not is_json and kind != "text/plain":
            self._fault(name, f"a part in {kind} is not looked into", UNREAD)
            return {}
        value, readable = self._text(name, part, shape)
        if not readable:
            return value
        if structured or (is_json and not shape.types):
            try:
                return strict_json.load(value)
            except ValueError as error:
                self._fault(name, f"invalid JSON: {error}")
                return {}
        return scalars.decode(value, shape)

    def _text(self, name: str, part: Part, shape: Shape) -> tuple[str, bool]:
        """Decode a part by its own charset or that of the form; also return whether it could be decoded."""
        content = _bytes(part)
        charset = media_types.parse(part.content_type or "")[1].get("charset") or self._charset
        try:
            return content.decode(charset), True
        except LookupError:
            self._fault(name, f"the charset {charset!r} is not known")
        except UnicodeDecodeError:
            if shape.types:
                self._fault(name, f"the text is not {'UTF-8' if charset == 'utf-8' else charset}")
        return content.decode(errors="replace"), False

    def _content_type(self, name: str, content_type: str) -> None:
        encoding = self._form.encoding.get(name, {})
        declared = encoding.get("contentType")
        if declared and _STYLED.isdisjoint(encoding) and not media_types.matches(content_type, declared):
            self._fault(name, f"this part must be {declared}", "media_type", media_types.plain(content_type))


def _bytes(part: Part) -> bytes:
    return part.content if isinstance(part.content, bytes) else b"".join(part.content.chunks())


def listed(value: Json, shape: Shape, valid: Callable[[Json], bool]) -> list[Json] | None:
    """Split items that were joined into one value, by commas or as JSON; `None` if they were not.

    A value counts as joined only if it is not a valid item itself and all its pieces are.
    """
    if not isinstance(value, str) or valid(value):
        return None
    for pieces in _splits(value, shape):
        if pieces and all(valid(piece) for piece in pieces):
            return pieces
    return None


def _splits(value: str, shape: Shape) -> Iterator[list[Json]]:
    if "," in value:
        yield [scalars.decode(piece.strip(), shape) for piece in value.split(",")]
    try:
        found = strict_json.load(value)
    except ValueError:
        return
    if isinstance(found, list):
        yield found
