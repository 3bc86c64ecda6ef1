"""What is written the usual way, read in one pass by what was found out of its schemas before.

Nearly all queries and forms hold scalars and repeated names, declared ones, each once. These are read here, and nothing
else is: `None` stands for any doubt, and `parameters` and `forms` read what is in doubt, which know every other way to
write it and every fault. What is read here they read as the same, without a fault, and it needs nothing taken apart.
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
"""The media types of a text in a form."""
_MOST_HEADS = 256
"""How many heads of parts are remembered."""
_STRUCTURED = frozenset({"array", "object"})


class _Field(NamedTuple):
    """How the value of one name is read."""

    decode: Callable[[str], Json]
    repeated: bool = False
    """Whether each value is an item of a list."""
    may_be_empty: bool = True
    is_file: bool = False
    content_type: str = ""
    """What the part of a file must be, if the document says so."""

    def takes(self, kind: str) -> bool:
        """Whether a file is of the right media type; one that is JSON can be the whole list."""
        return not (self.repeated and "json" in kind.lower()) and (
            not self.content_type or matches(kind, self.content_type)
        )


class UsualQuery:
    """Reads the queries of one operation."""

    def __init__(self, document: Document, operation: Operation) -> None:
        """Look at its parameters."""
        shapes = shapes_in(document, operation, "query")
        read = {p.name: _parameter(p, shapes[p.name]) for p in operation.parameters_in("query")}
        keys = frozenset(operation.key_queries)
        self._fields = {name: field for name, field in read.items() if field is not None and name not in keys}
        spread = any(is_spread(p) and shapes[p.name].is_object for p in operation.parameters_in("query"))
        self._keys = frozenset() if spread else keys - read.keys()
        """The keys in a query that belong to no parameter."""

    def read(self, query: str) -> dict[str, Json] | None:
        """Read a raw query into its instance, without the keys in it."""
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
        """Look at the properties of its schema."""
        properties = shape_at(document, form.schema, form.schema_pointer).properties
        read = {} if form.part_headers else {name: _property(form, name, shape) for name, shape in properties.items()}
        self._fields = {name: field for name, field in read.items() if field is not None}
        self._by_head: dict[bytes, tuple[str, _Field | None, str | None]] = {}

    def read(self, body: bytes, boundary: str) -> dict[str, Json] | None:
        """Read a body into the instance of its schema; a file is its name, and its content is not looked at."""
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
        except ValueError:  # a body outside the grammar, or a text that is no UTF-8
            return None
        return found

    def _of_head(self, lines: bytes) -> tuple[str, _Field | None, str | None]:
        """Return the name of a part, how its value is read, and the name of its file; no field in any doubt."""
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
    """Append one item to a list; whether there is no doubt that it is one."""
    if "," in text or "[" in text:  # which can be several items in one
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
    if field is not None and encoding:  # of a text, its media type can change how it is read
        declared = str(encoding.get("contentType") or "")
        listed = field.repeated and "json" in declared.lower()  # one part can be the whole list
        return field._replace(content_type=declared) if field.is_file and not listed else None
    return field


def _items(shape: Shape) -> _Field | None:
    """Return how an item is read of what is a list and nothing else."""
    field = _scalar(shape.items) if shape.types <= {"array", "null"} and shape.items.types else None
    return None if field is None else field._replace(repeated=True)


def _scalar(shape: Shape) -> _Field | None:
    if shape.is_file:
        return _Field(str, is_file=True)
    return None if _STRUCTURED & shape.types else _Field(scalars.decoder(shape))
