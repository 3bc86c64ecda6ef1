"""The styles of parameters: how a value is encoded as raw strings and decoded, one entry for each style.

The styles, with `a` = [x, y] and `o` = {k: v}, as the OpenAPI 3.1 Specification has them ("Style Values"):

    where   style            explode  array           object
    path    simple           any      x,y             k,v  (explode: k=v)
    query   form             true     a=x&a=y         k=v
    query   form             false    a=x,y           o=k,v
    query   spaceDelimited   false    a=x%20y
    query   pipeDelimited    false    a=x|y
    query   deepObject       true                     o[k]=v
    header  simple           any      x,y             k,v  (explode: k=v)
    path    label            any      .x,y (.x.y)     .k,v  (explode: .k=v)
    path    matrix           any      ;a=x,y          ;o=k,v  (explode: ;a=x;a=y, ;k=v)
    any     json             any      a value as JSON, for a parameter with `content`
    any     text             any      a value as it is, for a parameter with other `content`

Raw strings are still percent-encoded. A delimiter is not encoded, but is percent-encoded within a value, so strings are
split before they are decoded: `a%2Cb` is one item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol
from urllib.parse import quote, unquote

from apicontract.openapi import strict_json
from apicontract.openapi.document import Json, Parameter
from apicontract.openapi.facts import Shape
from apicontract.openapi.violation import excerpt
from apicontract.wire import scalars

Pairs = list[tuple[str, str]]
"""Raw names and raw values, in order. A path segment and a header have one pair, whose name is not sent."""


_OBJECT = {"object", "null"}


class Quoting(NamedTuple):
    """How a string is encoded at one location, and decoded."""

    quote: Callable[[str], str]
    unquote: Callable[[str], str]


_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
"""Characters that are not encoded (RFC 3986, section 2.3); most values consist of them."""


def _quoted(value: str) -> str:
    return value if _UNRESERVED.fullmatch(value) else quote(value, safe="")


SEGMENT = Quoting(_quoted, unquote)
QUERY = Quoting(_quoted, scalars.unquote_form)
HEADER = Quoting(str, str.strip)


class Style(Protocol):
    """One style. A value that cannot be encoded or decoded is a `ValueError` with the reason."""

    @property
    def held(self) -> str | None:
        """The delimiter, decoded, if clients percent-encode it, so that no item can contain it."""

    @property
    def bracketed(self) -> bool:
        """Whether each member of an object has its own raw name, `name[key]`."""

    def encode(self, parameter: Parameter, value: Json, quoting: Quoting) -> Pairs:
        """Encode a value."""

    def decode(self, parameter: Parameter, shape: Shape, raw: str, quoting: Quoting) -> Json:
        """Decode a value that was sent as one raw string; raise `ValueError` for one that is not in this form."""


class Delimited(NamedTuple):
    """Items and members in one raw string, with a delimiter between them."""

    delimiter: str = ","
    held: str | None = None
    pairs: bool = False
    """Whether an exploded value has a pair for each item or member; if not, `explode` writes `key=value`."""
    bracketed: bool = False

    def encode(self, parameter: Parameter, value: Json, quoting: Quoting) -> Pairs:
        """Encode a value; raise `ValueError` for one that the style cannot carry."""
        name, raw = quoting.quote(parameter.name), quoting.quote
        if isinstance(value, Mapping):
            members = [(raw(key), raw(scalars.encode(item))) for key, item in value.items()]
            if self.bracketed:
                if any("][" in key for key in value):
                    raise ValueError("a key cannot contain '][', which separates two keys")
                return [(f"{name}[{key}]", item) for key, item in members]
            if self.pairs and parameter.explode:
                return members
            if self.held and any(self.held in str(piece) for member in value.items() for piece in member):
                raise ValueError(f"a member cannot contain {self.held!r}, the delimiter")
            joint = "=" if parameter.explode else self.delimiter
            return [(name, self.delimiter.join(f"{key}{joint}{item}" for key, item in members))]
        if isinstance(value, list | tuple):
            items = [raw(scalars.encode(item)) for item in value]
            if self.pairs and parameter.explode:
                return [(name, item) for item in items]
            if not items and self.pairs:
                return []
            if self.held and any(self.held in str(item) for item in value):
                raise ValueError(f"an item cannot contain {self.held!r}, the delimiter")
            return [(name, self.delimiter.join(items))]
        return [(name, raw(scalars.encode(value)))]

    def decode(self, parameter: Parameter, shape: Shape, raw: str, quoting: Quoting) -> Json:
        """Decode a value that was sent as one raw string; raise `ValueError` for one that is not in this form."""
        text = quoting.unquote
        if shape.is_array:
            if not raw:
                return []
            return [scalars.decode(item, shape.items) for item in self._split(raw, quoting)]
        if shape.is_object:
            try:
                return _object(self._members(parameter, raw, quoting), shape)
            except ValueError:
                if shape.types <= _OBJECT:
                    raise
        return scalars.decode(text(raw), shape)

    def _split(self, raw: str, quoting: Quoting) -> list[str]:
        """Return the items; empty ones in a header are ignored (RFC 9110, section 5.6.1)."""
        items = self._pieces(raw, quoting)
        return [item for item in items if item] if quoting is HEADER else items

    def _members(self, parameter: Parameter, raw: str, quoting: Quoting) -> Pairs:
        if not raw:
            return []
        if parameter.explode and not self.pairs:
            return _unquoted([_named(step) for step in raw.split(self.delimiter)], quoting)
        return _paired(self._pieces(raw, quoting))

    def _pieces(self, raw: str, quoting: Quoting) -> list[str]:
        if self.held:
            return quoting.unquote(raw).split(self.held)
        return [quoting.unquote(piece) for piece in raw.split(self.delimiter)]


class Prefixed(NamedTuple):
    """A path segment that begins with the prefix of its style."""

    prefix: str
    named: bool
    """Whether the name comes before each value."""
    held: str | None = None
    bracketed: bool = False

    def encode(self, parameter: Parameter, value: Json, quoting: Quoting) -> Pairs:
        """Encode a value."""
        raw, name = quoting.quote, quoting.quote(parameter.name)
        start = f"{self.prefix}{name}=" if self.named else self.prefix
        if isinstance(value, Mapping):
            members = [(raw(key), raw(scalars.encode(item))) for key, item in value.items()]
            if parameter.explode:
                return [(name, "".join(f"{self.prefix}{key}={item}" for key, item in members))]
            return [(name, start + ",".join(f"{key},{item}" for key, item in members))]
        if isinstance(value, list | tuple):
            items = [raw(scalars.encode(item)) for item in value]
            return [(name, "".join(start + item for item in items) if parameter.explode else start + ",".join(items))]
        return [(name, start + raw(scalars.encode(value)))]

    def decode(self, parameter: Parameter, shape: Shape, raw: str, quoting: Quoting) -> Json:
        """Decode a value that was sent as one raw string; raise `ValueError` for one that is not in this form."""
        text = quoting.unquote
        if not raw.startswith(self.prefix):
            raise ValueError(f"in the style {parameter.style!r} it begins with {self.prefix!r}")
        pieces = raw[1:].split(self.prefix)
        if shape.is_object:
            try:
                return _object(self._members(parameter, raw, quoting), shape)
            except ValueError:
                if shape.types <= _OBJECT:
                    raise
        if shape.is_array:
            if not parameter.explode and (self.named or "," in raw):
                pieces = self._value(parameter, raw[1:]).split(",")
            elif self.named:
                pieces = [self._value(parameter, piece) for piece in pieces]
            return [scalars.decode(text(piece), shape.items) for piece in pieces] if raw != self.prefix else []
        return scalars.decode(text(self._value(parameter, raw[1:])), shape)

    def _members(self, parameter: Parameter, raw: str, quoting: Quoting) -> Pairs:
        if raw == self.prefix:
            return []
        if parameter.explode:
            return _unquoted([_named(piece) for piece in raw[1:].split(self.prefix)], quoting)
        return _unquoted(_paired(self._value(parameter, raw[1:]).split(",")), quoting)

    def _value(self, parameter: Parameter, piece: str) -> str:
        if not self.named:
            return piece
        name, _, value = piece.partition("=")
        if unquote(name) != parameter.name:
            raise ValueError(f"in the style {parameter.style!r} it is written as {self.prefix}{parameter.name}=value")
        return value


def _named(step: str) -> tuple[str, str]:
    """Read `key=value`."""
    key, equals, value = step.partition("=")
    if not equals:
        raise ValueError(f"a member is written as key=value, and {excerpt(step)} has no '='")
    return key, value


def _paired(pieces: list[str]) -> Pairs:
    """Read keys and values that alternate."""
    if len(pieces) % 2:
        raise ValueError(f"keys and values alternate, and the last key, {excerpt(pieces[-1])}, has no value")
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def _unquoted(pairs: Pairs, quoting: Quoting) -> Pairs:
    return [(quoting.unquote(key), quoting.unquote(value)) for key, value in pairs]


def _object(pairs: Pairs, shape: Shape) -> Json:
    """Read the values of members; a key that comes twice would lose one of them."""
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {excerpt(key)} is given twice")
        found[key] = scalars.decode(value, shape.property(key))
    return found


class TextContent:
    """A parameter whose `content` is not JSON: an opaque string."""

    held: str | None = None
    bracketed = False

    def encode(self, parameter: Parameter, value: Json, quoting: Quoting) -> Pairs:
        """Encode a value."""
        return [(quoting.quote(parameter.name), quoting.quote(scalars.text(value)))]

    def decode(self, parameter: Parameter, shape: Shape, raw: str, quoting: Quoting) -> Json:  # noqa: ARG002 - no style
        """Decode a value that was sent as one raw string; raise `ValueError` for one that is not in this form."""
        return (
            quoting.unquote(raw) if shape.is_array or shape.is_object else scalars.decode(quoting.unquote(raw), shape)
        )


class JsonContent:
    """A parameter whose `content` is JSON."""

    held: str | None = None
    bracketed = False

    def encode(self, parameter: Parameter, value: Json, quoting: Quoting) -> Pairs:
        """Encode a value."""
        text = json.dumps(value, ensure_ascii=quoting is HEADER, allow_nan=False)
        return [(quoting.quote(parameter.name), quoting.quote(text))]

    def decode(self, parameter: Parameter, shape: Shape, raw: str, quoting: Quoting) -> Json:  # noqa: ARG002 - no style
        """Decode a value that was sent as one raw string; raise `ValueError` for one that is not in this form."""
        try:
            return strict_json.load(quoting.unquote(raw))
        except ValueError as error:
            raise ValueError(f"invalid JSON: {error}") from None


STYLES: dict[str, Style] = {
    "simple": Delimited(),
    "form": Delimited(pairs=True),
    "spaceDelimited": Delimited("%20", " ", pairs=True),
    "pipeDelimited": Delimited("|", "|", pairs=True),
    "deepObject": Delimited(pairs=True, bracketed=True),
    "label": Prefixed(".", named=False),
    "matrix": Prefixed(";", named=True),
    "json": JsonContent(),
    "text": TextContent(),
}
"""The styles by name."""
_SIMPLE, _FORM = STYLES["simple"], STYLES["form"]


def style_of(parameter: Parameter) -> Style:
    """Return the style of a parameter; an unknown one is treated as the default of the location."""
    return STYLES.get(parameter.style) or (_FORM if parameter.location in ("query", "cookie") else _SIMPLE)


def is_spread(parameter: Parameter) -> bool:
    """Return whether the members of an object are parameters themselves."""
    style = style_of(parameter)
    return parameter.explode and isinstance(style, Delimited) and style.pairs and not style.bracketed


def header_field(header: Parameter, value: Json) -> str:
    """Return the value of a header field in its declared style; raise `ValueError` if the style cannot express it."""
    ((_, field),) = style_of(header).encode(header, value, HEADER)
    return field
