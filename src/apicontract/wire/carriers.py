"""What carries a value, and so which values can arrive at a place at all.

JSON carries every value. A query, a path segment, a header and a form field are strings, and the kind of a value is
what the reader makes of it: an integer parameter never arrives as null, no list without items arrives in an exploded
query, and no path segment arrives as `..`.
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
    """What carries the value at a place."""

    form: Literal["json", "string", "fields"]
    shape: Shape | None = None
    """What a string is read by; of `json`, nothing."""
    whole: bool = False
    """Whether this is a whole parameter or field, which can be a list or an object."""
    fewest: int = 0
    """With how few items a list arrives."""
    accepts: Callable[[str], bool] | None = None
    """Which strings arrive as they were; `None` for all of them."""
    items_accept: Callable[[str], bool] | None = None
    """The same of the items of a list."""

    def holds(self, value: Json) -> bool:
        """Whether a value arrives as what it is."""
        if self.form == "json":
            return True
        if isinstance(value, list | dict):
            return self.whole
        if self.shape is None or (self.whole and (self.shape.is_array or self.shape.is_object)):
            return False
        written = scalars.encode(value)
        if self.accepts is not None and not self.accepts(written):
            return False
        found = scalars.decode(written, self.shape)
        return bool(found == value) and type(found) is type(value)

    @property
    def is_file(self) -> bool:
        """Whether the value is the content of a file, of which only the name is known."""
        return self.form == "string" and self.shape is not None and self.shape.is_file

    def items(self) -> Carrier:
        """Return what carries the items of a list."""
        if self.form == "json" or self.shape is None:
            return JSON
        items = self.shape.items
        if self.form == "fields" and _is_json_part(items):
            return JSON
        return Carrier("string", items, accepts=self.items_accept)

    def member(self, name: str) -> Carrier:
        """Return what carries the member of an object."""
        if self.form == "json" or self.shape is None:
            return JSON
        own = self.shape.property(name)
        return Carrier("string", own, accepts=self.items_accept) if self.form == "string" else of_field(own)


JSON = Carrier("json")


def of_parameter(parameter: Parameter, shape: Shape) -> Carrier:
    """Return what carries a parameter."""
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
    """Return what carries a body; `None` for a media type that is not taken apart."""
    carrier = media.codec(content.name).carrier
    if carrier == "json":
        return JSON
    return Carrier("fields", shape, whole=True) if carrier == "fields" else None


def of_field(shape: Shape) -> Carrier:
    """Return what carries a field of a form."""
    if shape.is_array:
        return Carrier("fields", shape, whole=True, fewest=1)
    return JSON if _is_json_part(shape) else Carrier("string", shape)


def _is_json_part(shape: Shape) -> bool:
    return shape.is_object and "string" not in shape.types


def _is_no_dot_segment(value: str) -> bool:
    return value not in (".", "..")


def _is_field_value(value: str) -> bool:
    """Whether a header field holds a string without loss: visible ASCII, spaces between (RFC 9110, section 5.5)."""
    return value.isascii() and value.isprintable() and value == value.strip()


def _is_separate(value: str) -> bool:
    """Whether a string is an item between commas that nothing quotes; one empty item is none."""
    return value != "" and _is_field_value(value) and "," not in value


def _is_plain(value: str) -> bool:
    """Whether a string holds nothing that is a delimiter somewhere."""
    return value != "" and value.isascii() and value.replace("-", "").replace("_", "").isalnum()


def _undelimited(held: str | None) -> Callable[[str], bool]:
    """Accept an item that does not hold the delimiter of its style, and is not empty: one empty item is none."""
    return lambda value: value != "" and (held is None or held not in value)
