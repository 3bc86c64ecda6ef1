"""The format of the rows of the table.

A field is `Field(name, type, …)`. The words for types:

    string integer boolean    as in JSON
    number                    a double
    id                        a string that is not empty (A27)
    uri  timestamp            a string of that format; a timestamp is RFC 3339 (A18)
    file                      the bytes of a part of a form
    a|b                       one of these types

A word with `[]` is a list of it, and `enum`, `known`, `examples` then speak of the items. Where a word is not enough:
`Object`, `Array`, `AnyOf`, `OneOf`, `JsonText`. A field that does not say `required` is optional, and what a row does
not say, the document must not say either; only `examples` may be there without a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import Any, Final, TypeAlias


class Nothing(Enum):
    """Stands for a value that is not given, where null and false are values."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one property of an object."""

    name: str
    type: Type
    _: KW_ONLY
    required: bool = False
    nullable: bool = False
    default: Any = NOTHING
    const: Any = NOTHING
    enum: tuple[str, ...] = ()
    """All values there are."""
    known: tuple[str, ...] = ()
    """The listed values of an open list: others pass (A15, D4)."""
    examples: tuple[str, ...] = ()
    """Names that the reference mentions, of which there may be others at any time (A22)."""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    style: str | None = None
    """How a list or a map stands in the query; with it goes `explode`."""
    explode: bool | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object; use `request`, `response` or `mapping`."""

    fields: tuple[Field, ...]
    others: Any = NOTHING
    """The type of keys without a row, `False` if there must not be any, `True` for any value."""
    _: KW_ONLY
    exclusive: tuple[tuple[str, ...], ...] = ()
    """Fields of which the client sends one at most, though the document accepts more."""
    min_properties: int | None = None


def request(*fields: Field, exclusive: tuple[tuple[str, ...], ...] = (), min_properties: int | None = None) -> Object:
    """Say that an object has these fields and no others (D3)."""
    return Object(fields, False, exclusive=exclusive, min_properties=min_properties)


def response(*fields: Field) -> Object:
    """Say that an object has these fields, and keeps whatever else comes."""
    return Object(fields)


def mapping(values: Type | bool, *fields: Field) -> Object:
    """Say that an object has any keys with such values; the fields are keys with a type of their own."""
    return Object(fields, values)


@dataclass(frozen=True, slots=True)
class Array:
    """A list of what a word cannot say."""

    items: Type


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A value of one of several types."""

    types: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object whose kind a field of it tells."""

    discriminator: str
    kinds: Mapping[str, Object]


@dataclass(frozen=True, slots=True)
class JsonText:
    """A string that holds the JSON text of a value."""

    value: Type


Type: TypeAlias = str | Object | Array | AnyOf | OneOf | JsonText


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer that is one JSON object, or one event on each line, as the request asks."""

    plain: Type
    events: Type


Answer: TypeAlias = Type | Streamed | None
"""The JSON of an answer; `None` for an answer without content."""


@dataclass(frozen=True, slots=True)
class Stream:
    """How the events of a stream follow one another."""

    flag: str
    """The field of the request that asks for the stream."""
    first: str
    last: str
    same: str
    """What is equal in all events that have it."""
    text: str
    """Where events have a piece of the text."""
    method: str | None = None
    """The client method that always asks for the stream, beside the one that never does."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How to wait for the end of a job: an answer of ours (D18), from the statuses that are documented."""

    method: str
    status: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    interval: float


@dataclass(frozen=True, slots=True)
class Pages:
    """How a list is paged by numbers."""

    parameter: str
    items: str
    total_pages: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """How a list is paged by tokens, which another operation takes."""

    items: str
    next_token: str
    operation: str
    parameter: str
    repeat: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between fields, as bodies that keep it and bodies that break it and nothing else."""

    says: str
    accepted: tuple[Any, ...]
    refused: tuple[Any, ...]
    _: KW_ONLY
    at: str = ""
    """The field whose JSON text is meant; otherwise the whole body."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `answers` has every documented status, and `4XX` and `5XX` for whatever else (A37)."""

    id: str
    method: str
    path: str
    answers: Mapping[int | str, Answer]
    _: KW_ONLY
    in_path: tuple[Field, ...] = ()
    in_query: tuple[Field, ...] = ()
    json: Object | None = None
    """The body, sent as `application/json`; it is always required."""
    form: Object | None = None
    """The body, sent as `multipart/form-data`."""
    rules: tuple[Rule, ...] = ()
    deprecated: bool = False
    stream: Stream | None = None
    pages: Pages | Tokens | None = None
    waits: Waits | None = None
