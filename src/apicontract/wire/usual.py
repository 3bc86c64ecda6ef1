"""Fast readers for queries and multipart forms in their most common form.

Nearly all of them consist of declared names, each with one scalar or repeated for a list. These are read here in one
pass, by facts about their schemas that were computed before. For anything else the readers return `None`, and
`parameters` and `forms` are used, which support every encoding and report every fault. Those would decode anything that
is read here to the same values, without a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from apicontract.openapi.document import Document, Json, MediaType, Operation, Parameter
from apicontract.openapi.facts import Shape, shape_at, shapes_in
from apicontract.openapi.media_types import matches
from apicontract.wire import multipart, scalars
from apicontract.wire.forms import styled_field
from apicontract.wire.parameters import percent_fault
from apicontract.wire.styles import Delimited, is_spread, style_of

_PLAIN = frozenset({None, "text/plain", "text/plain; charset=utf-8", "text/plain;charset=utf-8"})
"""The media types of a text field; `None` for a part without one."""
_MOST_HEADS = 256
"""The maximum number of heads of parts that are cached."""
_STRUCTURED = frozenset({"array", "object"})


class _Field(NamedTuple):
    """How the values of one name are read."""

    decode: Callable[[str], Json]
    repeated: bool = False
    """Whether each value is an item of a list."""
    may_be_empty: bool = True
    is_file: bool = False
    content_type: str = ""
    """The media types that the document declares for a file, as in an Encoding Object; empty if it declares none."""

    def takes(self, kind: str) -> bool:
        """Return whether a file of a media type is certainly one valid item: JSON could be the whole list."""
        return not (self.repeated and "json" in kind.lower()) and (
            not self.content_type or matches(kind, self.content_type)
        )


class UsualQuery:
    """Reads the queries of one operation."""

    def __init__(self, document: Document, operation: Operation) -> None:
        """Find out which of its parameters can be read here."""
        shapes = shapes_in(document, operation, "query")
        read = {p.name: _parameter(p, shapes[p.name]) for p in operation.parameters_in("query")}
        keys = frozenset(operation.key_queries)
        self._fields = {name: field for name, field in read.items() if field is not None and name not in keys}
        spread = any(is_spread(p) and shapes[p.name].is_object for p in operation.parameters_in("query"))
        self._keys = frozenset() if spread else keys - read.keys()
        """The names of API keys in the query that are not parameters as well."""

    def read(self, query: str) -> dict[str, Json] | None:
        """Decode a raw query, without API keys; `None` if it has any other form."""
        found: dict[str, Json] = {}
        fields = self._fields
        for piece in filter(None, query.split("&")):
            name, _, text = piece.partition("=")
            if "+" in name:
                return None
            if "%" in piece:
                if percent_fault(piece) is not None:
                    return None
                name, text = scalars.unquote_form(name), scalars.unquote_form(text)
            elif "+" in text:
                text = text.replace("+", " ")
            if name in self._keys:
                continue
            field = fields.get(name)
            if field is None:
                return None
            if field.repeated:
                if not _appended(found, name, field, text):
                    return None
            elif name in found or not (text or field.may_be_empty):
                return None
            else:
                found[name] = field.decode(text)
        return found


class UsualForm:
    """Reads the multipart bodies of one media type."""

    def __init__(self, document: Document, form: MediaType) -> None:
        """Find out which properties of its schema can be read here."""
        properties = shape_at(document, form.schema, form.schema_pointer).properties
        read = {} if form.part_headers else {name: _property(form, name, shape) for name, shape in properties.items()}
        self._fields = {name: field for name, field in read.items() if field is not None}
        self._by_head: dict[bytes, tuple[str, _Field | None, str | None]] = {}

    def read(self, body: bytes, boundary: str) -> dict[str, Json] | None:
        """Decode a body, with the name of each file as its value; `None` if it has any other form."""
        found: dict[str, Json] = {}
        known = self._by_head
        try:
            for lines, content in multipart.cut(body, boundary):
                name, field, file = known.get(lines) or self._of_head(lines)
                if field is None:
                    return None
                text = content.decode() if file is None else file
                if field.repeated:
                    if not _appended(found, name, field, text):
                        return None
                elif name in found:
                    return None
                else:
                    found[name] = field.decode(text)
        except ValueError:  # a body outside the grammar, or text that is not UTF-8
            return None
        return found

    def _of_head(self, lines: bytes) -> tuple[str, _Field | None, str | None]:
        """Return the name of a part, how its value is read (`None` if not here), and the name of its file."""
        name, file, headers = multipart.head(lines)
        field, kind = self._fields.get(name), headers.get("content-type")
        usual = field is not None and (
            bool(file) and (kind is None or field.takes(kind)) if field.is_file else file is None and kind in _PLAIN
        )
        read = name, field if usual else None, file
        if len(self._by_head) < _MOST_HEADS and len(lines) <= multipart.LONGEST_KNOWN:
            self._by_head[lines] = read
        return read


def _appended(found: dict[str, Json], name: str, field: _Field, text: str) -> bool:
    """Append an item to a list; return `False`, without appending it, if it could be several items."""
    if "," in text or "[" in text:  # it could be several items, joined
        return False
    found.setdefault(name, []).append(field.decode(text))
    return True


def _parameter(parameter: Parameter, shape: Shape) -> _Field | None:
    style = style_of(parameter)
    if not isinstance(style, Delimited) or style.bracketed:
        return None
    if shape.is_array and parameter.explode:
        return None if parameter.allow_empty else _items(shape)
    if _STRUCTURED & shape.types:
        return None
    return _Field(scalars.decoder(shape), may_be_empty=not parameter.allow_empty)


def _property(form: MediaType, name: str, shape: Shape) -> _Field | None:
    encoding: Mapping[str, Json] = form.encoding.get(name, {})
    if not shape.types or styled_field(form, name, shape) is not None:
        return None
    field = _items(shape) if shape.is_array else _scalar(shape)
    if field is not None and encoding:  # the declared media type of a text can change how it is decoded
        declared = str(encoding.get("contentType") or "")
        listed = field.repeated and "json" in declared.lower()  # one part can be the whole list
        return field._replace(content_type=declared) if field.is_file and not listed else None
    return field


def _items(shape: Shape) -> _Field | None:
    """Return how the items of a list are read; `None` if the schema admits anything but a list."""
    field = _scalar(shape.items) if shape.types <= {"array", "null"} and shape.items.types else None
    return None if field is None else field._replace(repeated=True)


def _scalar(shape: Shape) -> _Field | None:
    if shape.is_file:
        return _Field(str, is_file=True)
    return None if _STRUCTURED & shape.types else _Field(scalars.decoder(shape))
