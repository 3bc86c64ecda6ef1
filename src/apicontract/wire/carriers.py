"""How a value is carried at a place, and so which values can be transmitted there.

JSON carries every value. A query, a path segment, a header and a form field are strings, whose type is up to the
reader: an integer parameter is never received as null, an empty list cannot be sent in an exploded query, and a path
segment cannot be `..`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from apicontract.openapi.document import Json, MediaType, Parameter
from apicontract.openapi.facts import Shape
from apicontract.wire import media, scalars
from apicontract.wire.styles import style_of


@dataclass(frozen=True, slots=True)
class Carrier:
    """How the value at a place is carried."""

    form: Literal["json", "string", "fields"]
    shape: Shape | None = None
    """The shape by which a string is decoded; `None` for JSON."""
    whole: bool = False
    """Whether this is a whole parameter or field, which can be a list or an object."""
    fewest: int = 0
    """The minimum number of items of a list that can be sent."""
    accepts: Callable[[str], bool] | None = None
    """Whether a string is received unchanged; `None` if every string is."""
    items_accept: Callable[[str], bool] | None = None
    """The same for the items of a list."""

    def holds(self, value: Json) -> bool:
        """Return whether a value is received as the same value."""
        if self.form == "json":
            return True
        if isinstance(value, list | dict):
            return self.whole
        if self.shape is None or (self.whole and (self.shape.is_array or self.shape.is_object)):
            return False
        written = scalars.encode(value)
        if self.accepts is not None and not self.accepts(written):
            return False
        return bool(scalars.decode(written, self.shape) == value)

    @property
    def is_file(self) -> bool:
        """Whether the value is the content of a file, of which the instance only has the name."""
        return self.form == "string" and self.shape is not None and self.shape.is_file

    def items(self) -> Carrier:
        """Return the carrier of the items of a list."""
        if self.form == "json" or self.shape is None:
            return JSON
        items = self.shape.items
        if self.form == "fields" and _is_json_part(items):
            return JSON
        return Carrier("string", items, accepts=self.items_accept)

    def member(self, name: str) -> Carrier:
        """Return the carrier of a member of an object."""
        if self.form == "json" or self.shape is None:
            return JSON
        own = self.shape.property(name)
        return Carrier("string", own, accepts=self.items_accept) if self.form == "string" else of_field(own)


JSON = Carrier("json")


def of_parameter(parameter: Parameter, shape: Shape) -> Carrier:
    """Return the carrier of a parameter."""
    if parameter.style == "json":
        return JSON
    if parameter.location in ("query", "cookie"):
        if shape.is_object:
            plain = parameter.explode or style_of(parameter).bracketed
            return Carrier("string", shape, whole=True, fewest=1, items_accept=None if plain else _is_plain)
        split = None if parameter.explode or not shape.is_array else _undelimited(style_of(parameter).held)
        return Carrier("string", shape, whole=True, fewest=int(parameter.explode), items_accept=split)
    if shape.is_object or parameter.style in ("label", "matrix"):
        return Carrier("string", shape, whole=True, accepts=_is_plain, items_accept=_is_plain)
    accepts = _is_no_dot_segment if parameter.location == "path" else _is_field_value
    return Carrier("string", shape, whole=True, accepts=accepts, items_accept=_is_separate)


def of_body(content: MediaType, shape: Shape) -> Carrier | None:
    """Return the carrier of a body; `None` for a media type whose bodies are not decoded."""
    carrier = media.codec(content.name).carrier
    if carrier == "json":
        return JSON
    return Carrier("fields", shape, whole=True) if carrier == "fields" else None


def of_field(shape: Shape) -> Carrier:
    """Return the carrier of a field of a form."""
    if shape.is_array:
        return Carrier("fields", shape, whole=True, fewest=1)
    return JSON if _is_json_part(shape) else Carrier("string", shape)


def _is_json_part(shape: Shape) -> bool:
    return shape.is_object and "string" not in shape.types


def _is_no_dot_segment(value: str) -> bool:
    return value not in (".", "..")


def _is_field_value(value: str) -> bool:
    """Return whether a header can hold a string unchanged: visible ASCII, with inner spaces (RFC 9110, section 5.5)."""
    return value.isascii() and value.isprintable() and value == value.strip()


def _is_separate(value: str) -> bool:
    """Return whether a string can be an item between unquoted commas; an empty one would not be an item."""
    return value != "" and _is_field_value(value) and "," not in value


def _is_plain(value: str) -> bool:
    """Return whether a string has no character that is a delimiter in any style."""
    return value != "" and value.isascii() and value.replace("-", "").replace("_", "").isalnum()


def _undelimited(held: str | None) -> Callable[[str], bool]:
    """Return a function that checks that an item is not empty, which would be none, and has no delimiter in it."""
    return lambda value: value != "" and (held is None or held not in value)
