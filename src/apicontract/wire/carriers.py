"""Floor 4: which values can arrive at a place at all, so that no cell is asked for that no client can send.

JSON carries every value. A query, a path segment, a header and a form field are text, and the kind of a value is what
the reader makes of it: an integer parameter never arrives as null, and no list without items arrives in a query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apicontract.openapi import media_types
from apicontract.openapi.document import Json, MediaType, Parameter
from apicontract.openapi.facts import Shape
from apicontract.wire import scalars


@dataclass(frozen=True, slots=True)
class Wire:
    """What carries the value at a place."""

    form: Literal["json", "text", "fields"]
    shape: Shape | None = None
    """What a text is read by; of `json`, nothing."""
    whole: bool = False
    """Whether this is a whole parameter or field, which can be a list or an object."""
    fewest: int = 0
    """With how few items a list arrives."""

    def holds(self, value: Json) -> bool:
        """Whether a value arrives as what it is."""
        if self.form == "json":
            return True
        if isinstance(value, list | dict):
            return self.whole
        if self.shape is None or (self.whole and (self.shape.is_array or self.shape.is_object)):
            return False
        found = scalars.decode(scalars.encode(value), self.shape)
        return bool(found == value) and type(found) is type(value)

    @property
    def is_file(self) -> bool:
        """Whether the value is the content of a file, of which only the name is known."""
        return self.form == "text" and self.shape is not None and self.shape.is_file

    def items(self) -> Wire:
        """Return what carries the items of a list."""
        if self.form == "json" or self.shape is None:
            return JSON
        items = self.shape.items
        return JSON if self.form == "fields" and _is_json_part(items) else Wire("text", items)

    def member(self, name: str) -> Wire:
        """Return what carries the member of an object."""
        if self.form == "json" or self.shape is None:
            return JSON
        own = self.shape.property(name)
        if self.form == "text":
            return Wire("text", own)
        if own.is_array:
            return Wire("fields", own, whole=True, fewest=1)
        return JSON if _is_json_part(own) else Wire("text", own)


JSON = Wire("json")


def of_parameter(parameter: Parameter, shape: Shape) -> Wire:
    """Return what carries a parameter."""
    if parameter.style == "json":
        return JSON
    return Wire("text", shape, whole=True, fewest=1 if parameter.location == "query" and parameter.explode else 0)


def of_body(content: MediaType, shape: Shape) -> Wire | None:
    """Return what carries a body; `None` for a media type that is not taken apart."""
    if media_types.is_json(content.name):
        return JSON
    return Wire("fields", shape, whole=True) if content.name in (media_types.FORM, media_types.URLENCODED) else None


def _is_json_part(shape: Shape) -> bool:
    return shape.is_object and "string" not in shape.types
