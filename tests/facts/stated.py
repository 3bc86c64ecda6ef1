"""The facts that a row of the table states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from tests.facts.comparison import Fact
from tests.facts.rows import (
    NOTHING,
    Answer,
    AnyOf,
    Array,
    Field,
    JsonText,
    Object,
    OneOf,
    Operation,
    Streamed,
    Tokens,
    Type,
)

_FORMATS = {"number": "double", "timestamp": "date-time", "uri": "uri", "file": "binary"}
_STRINGS = ("id", "timestamp", "uri", "file")


def stated(row: Operation) -> Iterator[Fact]:
    """Yield everything that a row says."""
    yield "operation", "method", row.method
    yield "operation", "path", row.path
    if row.deprecated:
        yield "operation", "deprecated", True
    if row.pages is not None:
        yield "x-pagination", "style", "token" if isinstance(row.pages, Tokens) else "page"
        yield from (("x-pagination", name, value) for name, value in asdict(row.pages).items())
    if row.stream is not None:
        yield from (("x-streaming", name, value) for name, value in asdict(row.stream).items() if value is not None)
    if row.waits is not None:
        yield from (
            ("x-waiting", name, list(value) if isinstance(value, tuple) else value)
            for name, value in asdict(row.waits).items()
        )
    for location, fields in (("path", row.in_path), ("query", row.in_query)):
        for field in fields:
            yield from _field(f"{location}.{field.name}", field)
    for root, media_type, body in (("body", "application/json", row.json), ("form", "multipart/form-data", row.form)):
        if body is not None:
            yield root, "media type", media_type
            yield root, "required", True
            yield from _object(root, body)
    for status, answer in row.answers.items():
        yield from _answer(str(status), answer)


def _answer(status: str, answer: Answer) -> Iterator[Fact]:
    yield status, "declared", True
    yield f"{status} header X-Api-Version", "declared", True
    yield f"{status} header X-Api-Version", "type", "string"
    if isinstance(answer, Streamed):
        yield from _content(f"{status} application/json", answer.plain)
        yield from _content(f"{status} application/x-ndjson", answer.events)
    elif answer is not None:
        yield from _content(f"{status} application/json", answer)


def _content(place: str, type_: Type) -> Iterator[Fact]:
    yield place, "declared", True
    yield from _type(place, type_)


def _field(place: str, field: Field) -> Iterator[Fact]:
    yield place, "declared", True
    yield from _type(place, field.type, nullable=field.nullable)
    for keyword, flag in (("required", field.required), ("uniqueItems", field.unique)):
        if flag:
            yield place, keyword, True
    for keyword, value in (("default", field.default), ("const", field.const)):
        if value is not NOTHING:
            yield place, keyword, value
    for keyword, limit in (
        ("minimum", field.minimum),
        ("maximum", field.maximum),
        ("exclusiveMinimum", field.exclusive_minimum),
        ("exclusiveMaximum", field.exclusive_maximum),
        ("pattern", field.pattern),
        ("minItems", field.min_items),
        ("maxItems", field.max_items),
        ("style", field.style),
        ("explode", field.explode),
    ):
        if limit is not None:
            yield place, keyword, limit
    item = f"{place}[]" if isinstance(field.type, str) and field.type.endswith("[]") else place
    for keyword, values in (("enum", field.enum), ("known", field.known), ("examples", field.examples)):
        if values:
            yield item, keyword, values


def _type(place: str, type_: Type, *, nullable: bool = False) -> Iterator[Fact]:
    if isinstance(type_, str):
        yield from _word(place, type_, nullable=nullable)
    elif isinstance(type_, Object):
        yield from _object(place, type_)
    elif isinstance(type_, Array):
        yield place, "type", "array"
        yield from _type(f"{place}[]", type_.items)
    elif isinstance(type_, AnyOf):
        names = labels(["object" if isinstance(one, Object) else str(one) for one in type_.types])
        yield place, "anyOf", names
        for name, one in zip(names, type_.types, strict=True):
            yield from _type(f"{place}<{name}>", one)
    elif isinstance(type_, OneOf):
        yield place, "oneOf", tuple(type_.kinds)
        yield place, "discriminator propertyName", type_.discriminator
        for name, kind in type_.kinds.items():
            yield from _object(f"{place}<{name}>", kind)
    elif isinstance(type_, JsonText):
        yield place, "type", "string"
        yield place, "contentMediaType", "application/json"
        yield from _type(f"{place}:json", type_.value)


def _word(place: str, word: str, *, nullable: bool) -> Iterator[Fact]:
    if word.endswith("[]"):
        yield place, "type", "array"
        yield from _word(f"{place}[]", word.removesuffix("[]"), nullable=False)
        return
    names = ["string" if name in _STRINGS else name for name in word.split("|")]
    yield place, "type", [*names, "null"] if nullable else names
    if word == "id":
        yield place, "minLength", 1
    if word in _FORMATS:
        yield place, "format", _FORMATS[word]


def _object(place: str, type_: Object) -> Iterator[Fact]:
    yield place, "type", "object"
    if isinstance(type_.others, bool):
        yield place, "additionalProperties", type_.others
    elif type_.others is not NOTHING:
        yield f"{place}.*", "declared", True
        yield from _type(f"{place}.*", type_.others)
    if type_.exclusive:
        yield place, "x-exclusive", type_.exclusive
    if type_.min_properties is not None:
        yield place, "minProperties", type_.min_properties
    for field in type_.fields:
        yield from _field(f"{place}.{field.name}", field)


def labels(names: list[str]) -> list[str]:
    """Tell alternatives of one type apart by number: `object 1`, `object 2`."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} {seen[name]}" if names.count(name) > 1 else name)
    return found
