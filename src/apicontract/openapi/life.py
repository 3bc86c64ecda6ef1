"""Explain a violation that would not be one on another day: something was removed, or came later.

A projection omits what is not part of the API on its day, but the marked document still has it. When a request breaks
the contract, the thing that the violation names (an operation, a parameter, a property, a listed value, a media type, a
status) is looked up on every other day. If it exists on one, the message gives its days. If the violation names no such
thing, the whole request is checked on the other days: a rule may be newer than a request that was never valid, so one
violation alone proves nothing.

All of this uses only the part of the document that one path needs, so it takes a few projections of a millisecond each,
and only after the first violation.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from apicontract.openapi.components import names
from apicontract.openapi.editions import Editions
from apicontract.openapi.marks import INSTEAD, UNTIL, Day, days, holdings, interval
from apicontract.openapi.objects import METHODS, Json
from apicontract.openapi.pointer import split
from apicontract.openapi.projection import known_on, restrict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REMOVED, NOT_YET = "removed", "not_yet"

_BODIES = ("body", "form")
_LOCATIONS = ("path", "query", "header", "cookie")
_STEP = re.compile(r'\.([^.\[]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]')
_UNIONS = ("allOf", "anyOf", "oneOf")


class Explanation(NamedTuple):
    """Why something is wrong on one day that is right on another."""

    rule: str
    """`removed` or `not_yet`."""
    message: str
    """Such as "`threshold` was removed on 2026-04-02; use grouping"."""


class Absent(NamedTuple):
    """An operation that is not part of the API on one day, but is on another."""

    method: str
    """In lower case."""
    path: str
    """The template, or the name of a webhook."""
    id: str
    """Its operationId on `day`."""
    day: Day
    """The nearest day on which the operation exists."""
    explanation: Explanation


class Span(NamedTuple):
    """A range of days on which something exists, possibly the end or the beginning of a longer one."""

    since: Day | None
    """The first day; `None` if it existed from the beginning."""
    until: Day | None
    """The first day without it; `None` if it still exists on the last known day."""


@dataclass(slots=True)
class Lives:
    """The days on which the parts of a marked document exist."""

    document: Mapping[str, Json]
    editions: Editions = field(init=False)
    _days: dict[str, list[Day]] = field(init=False, repr=False, default_factory=dict)
    _parts: dict[str, dict[str, Json]] = field(init=False, repr=False, default_factory=dict)
    _absent: dict[Day, list[Absent]] = field(init=False, repr=False, default_factory=dict)
    _known: dict[tuple[str, Day], dict[str, Json]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Read the editions."""
        self.editions = Editions.of(self.document)

    @classmethod
    def of_webhooks(cls, document: Mapping[str, Json]) -> Lives:
        """Return the lives of the webhooks of a document: they are path items, with their names in place of paths."""
        others = {key: held for key, held in document.items() if key not in ("webhooks", "security")}
        found = {**others, "paths": document.get("webhooks") or {}}
        return cls(restrict(found, *found["paths"], known=set(names(found))))

    def days(self, path: str) -> list[Day]:
        """Return the days on which the rules of a path changed, and the first day."""
        if path not in self._days:
            first = self.editions.first
            self._days[path] = [first, *(day for day in days(self._part(path), words=False) if day > first)]
        return self._days[path]

    def projection(self, path: str, day: Day) -> dict[str, Json]:
        """Return a path on a day: a document with that path only (or none), without marks and descriptions."""
        day = max((known for known in self.days(path) if known <= day), default=self.editions.first)
        if (path, day) not in self._known:
            self._known[path, day] = known_on(self._part(path), day)
        return self._known[path, day]

    def absent(self, day: Day) -> list[Absent]:
        """Return the operations that do not exist on a day, but do on another."""
        if day in self._absent:
            return self._absent[day]
        found = self._absent[day] = []
        for path, item in (self.document.get("paths") or {}).items():
            for method in METHODS:
                if isinstance(item, dict) and method in item and not self._is_there(method, path, day):
                    explanation = self.operation(method, path, day)
                    if explanation is not None:
                        nearest = self._there(method, path, day)
                        found.append(Absent(method, path, self._id(method, path, nearest), nearest, explanation))
        return found

    def match(self, method: str, path: str, day: Day) -> Absent | None:
        """Find the operation, on another day, that a request matches; `None` if there is none.

        `path` is relative to the server.
        """
        at = [part for part in path.split("/") if part]
        found = [a for a in self.absent(day) if a.method == method.lower() and _fits(a.path, at)]
        return min(found, key=lambda a: [part.startswith("{") for part in a.path.split("/")], default=None)

    def operation(self, method: str, path: str, day: Day) -> Explanation | None:
        """Explain when an operation was removed, or since when it exists; `None` if it exists on that day or never."""
        method = method.lower()
        holders = self._holders(method, path)
        instead = next((holder[INSTEAD] for holder in holders if INSTEAD in holder and UNTIL in holder), None)
        name = f"{method.upper()} {path}" if path.startswith("/") else path  # the name of a webhook
        return self._said(name, [self._life(method, path)], day, instead, comes="was added on")

    def thing(
        self, method: str, path: str, day: Day, location: str, rule: str, value: Json = None
    ) -> Explanation | None:
        """Explain when the thing that a violation names was removed, or since when it exists.

        `location` and `value` are those of the violation, such as `query.page_limit` or `body.models[0].name`. Returns
        `None` if the violation names nothing that comes and goes, or if it exists on that day or on no day.
        """
        method = method.lower()

        def there(at: Day) -> list[Mapping[str, Json]]:
            return self._named(path, method, at, location, rule, value)

        if self._operation(path, method, day) is None or there(day):
            return None
        spans = self._spans(path, lambda at: bool(there(at)))
        past, _ = _nearest(spans, day)
        instead = None
        if past is not None and rule == "undeclared":
            last = max(at for at in self.days(path) if at < past)
            instead = next((held[INSTEAD] for held in there(last) if INSTEAD in held), None)
        listed = value if isinstance(value, str) else json.dumps(value)
        name = {"undeclared": _last(location), "status": f"status {value}"}.get(rule, listed)
        return self._said(name, spans, day, instead)

    def whole(self, path: str, day: Day, conforms: Callable[[Day], bool], noun: str = "request") -> Explanation | None:
        """Explain when a whole request was valid, if ever; `conforms` checks it against `projection` of a day."""
        spans = self._spans(path, conforms, day)
        past, future = _nearest(spans, day)
        if past is not None:
            if self._by(past):
                return Explanation(REMOVED, f"this {noun} was valid before, but not by {past}")
            return Explanation(REMOVED, f"this {noun} was valid until {_eve(past)}")
        if future is not None:
            since = f"became valid by {future}" if self._by(future) else f"has been valid since {future}"
            if future in self.editions.announced:
                since = f"will be valid from {future} on"
            return Explanation(NOT_YET, f"this {noun} {since}")
        return None

    def _part(self, path: str) -> dict[str, Json]:
        if path not in self._parts:
            wordless = {key: held for key, held in self.document.items() if key not in ("info", "tags")}
            self._parts[path] = restrict(wordless, path, known=set(names(wordless)))
        return self._parts[path]

    def _operation(self, path: str, method: str, day: Day) -> Mapping[str, Json] | None:
        item = (self.projection(path, day).get("paths") or {}).get(path)
        found: Mapping[str, Json] | None = item.get(method) if isinstance(item, dict) else None
        return found

    def _holders(self, method: str, path: str) -> list[Mapping[str, Json]]:
        """Return the marked operation and its path item."""
        item = (self.document.get("paths") or {}).get(path)
        return [held for held in (item.get(method), item) if isinstance(held, dict)] if isinstance(item, dict) else []

    def _life(self, method: str, path: str) -> Span:
        """Return the days on which an operation exists, from its marks and those of its path, without a projection."""
        spans = [interval(holder) for holder in self._holders(method, path)]
        since = max((since for since, _ in spans if since is not None), default=None)
        return Span(since, min((until for _, until in spans if until is not None), default=None))

    def _is_there(self, method: str, path: str, day: Day) -> bool:
        since, until = self._life(method, path)
        return (since is None or since <= day) and (until is None or day < until)

    def _there(self, method: str, path: str, day: Day) -> Day:
        """Return the nearest day on which an operation exists."""
        since, until = self._life(method, path)
        return max(since or "", min(day, _eve(until) if until else day))

    def _id(self, method: str, path: str, day: Day) -> str:
        """Return the operationId on a day."""
        found = next(
            (held.value for held in holdings(self._holders(method, path)[0]) if held.on("operationId", day)), ""
        )
        return str(found)

    def _spans(self, path: str, there: Callable[[Day], bool], without: Day | None = None) -> list[Span]:
        """Return the ranges between two changes in which `there` is true; it is known to be false on `without`."""
        known = self.days(path)
        spans: list[Span] = []
        for number, day in enumerate(known):
            after = known[number + 1] if number + 1 < len(known) else None
            current = without is not None and day <= without and (after is None or without < after)
            if current or not there(day):
                continue
            spans.append(Span(day if number else None, after))
        return spans

    def _said(
        self, name: str, spans: list[Span], day: Day, instead: str | None, comes: str = "has been accepted since"
    ) -> Explanation | None:
        past, future = _nearest(spans, day)
        if past is not None:
            use = f"; use {instead}" if instead else ""
            return Explanation(REMOVED, f"`{name}` was removed {self.editions.on(past)}{use}")
        if future is not None:
            since = f"{'was added by' if self._by(future) else comes} {future}"
            if future in self.editions.announced:
                since = f"will be accepted from {future} on"
            return Explanation(NOT_YET, f"`{name}` {since}")
        return None

    def _by(self, day: Day) -> bool:
        return self.editions.on(day).startswith("by")

    def _named(
        self, path: str, method: str, day: Day, location: str, rule: str, value: Json
    ) -> list[Mapping[str, Json]]:
        """Return the objects that declare, on a day, the thing that a violation names."""
        if rule == "undeclared":
            return self._place(path, method, day, location)
        if rule in ("enum", "const", *_UNIONS):
            return self._listing(path, method, day, location, value)
        operation = self._operation(path, method, day) or {}
        finder = _Finder(self.projection(path, day))
        declared: Mapping[str, Json] = {}
        if rule == "media_type":
            declared = finder.follow(operation.get("requestBody")).get("content") or {}
        elif rule == "status":
            declared = operation.get("responses") or {}
        return [finder.follow(declared[str(value)])] if str(value) in declared else []

    def _place(self, path: str, method: str, day: Day, location: str) -> list[Mapping[str, Json]]:
        """Return the objects that declare a location on a day: parameters, request bodies, or schemas."""
        operation = self._operation(path, method, day)
        if operation is None:
            return []
        finder = _Finder(self.projection(path, day))
        root, steps = _steps(location)
        if root in _BODIES:
            body = finder.follow(operation.get("requestBody"))
            if not steps:
                return [body] if body else []
            content = body.get("content") or {}
            return finder.schemas([media.get("schema") for media in content.values()], steps)
        if root not in _LOCATIONS or not steps:
            return []
        item = self.projection(path, day)["paths"][path]
        declared = [finder.follow(p) for held in (operation, item) for p in held.get("parameters") or ()]
        declared = [parameter for parameter in declared if parameter.get("in") == root]
        named = [p for p in declared if str(p.get("name")).lower() == str(steps[0]).lower()]
        if named and len(steps) == 1:
            return named[:1]
        if named:
            return finder.schemas([named[0].get("schema")], steps[1:])
        return finder.schemas([p.get("schema") for p in declared], steps)  # a property of an exploded object

    def _listing(self, path: str, method: str, day: Day, location: str, value: Json) -> list[Mapping[str, Json]]:
        """Return the schemas at a location that list a value."""
        finder = _Finder(self.projection(path, day))
        found = [held.get("schema", held) for held in self._place(path, method, day, location)]
        return [schema for schema in finder.alternatives(found) if _lists(schema, value)]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the schemas of a location in a plain document."""

    document: Mapping[str, Json]

    def follow(self, value: Json) -> Mapping[str, Json]:
        """Follow references; return an empty mapping if one leads nowhere."""
        seen = []
        while isinstance(value, dict) and isinstance(value.get("$ref"), str) and value["$ref"] not in seen:
            seen.append(value["$ref"])
            siblings = {key: held for key, held in value.items() if key != "$ref"}
            held: Json = self.document
            for token in split(value["$ref"]):
                held = held.get(token) if isinstance(held, dict) else None
            value = {**held, **siblings} if isinstance(held, dict) else None
        return value if isinstance(value, dict) else {}

    def alternatives(self, schemas: list[Json]) -> Iterator[Mapping[str, Json]]:
        """Yield schemas and the branches of their unions, each once.

        Also `contentSchema`, the schema of a string's content.
        """
        seen: list[str] = []
        waiting = list(schemas)
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict) and "$ref" in value:
                if value["$ref"] in seen:
                    continue
                seen.append(value["$ref"])
            schema = self.follow(value)
            yield schema
            waiting += [branch for key in _UNIONS for branch in schema.get(key) or ()]
            waiting += [schema["contentSchema"]] if "contentSchema" in schema else []

    def schemas(self, schemas: list[Json], steps: list[str | int]) -> list[Mapping[str, Json]]:
        """Return the schemas that describe the value some steps below."""
        for step in steps:
            below: list[Json] = []
            for schema in self.alternatives(schemas):
                if isinstance(step, int):
                    below += [schema["items"]] if "items" in schema else []
                elif step in (schema.get("properties") or {}):
                    below.append(schema["properties"][step])
                elif isinstance(schema.get("additionalProperties"), dict):
                    below.append(schema["additionalProperties"])
            schemas = below
        return [self.follow(schema) for schema in schemas]


def _steps(location: str) -> tuple[str, list[str | int]]:
    """Split a location into its root and the steps below it."""
    root = re.split(r"[.\[]", location, maxsplit=1)[0]
    steps: list[str | int] = []
    for name, index, quoted in _STEP.findall(location[len(root) :]):
        steps.append(int(index) if index else _unquoted(quoted) if quoted else name)
    return root, steps


def _unquoted(quoted: str) -> str:
    """Return a quoted name without its quotes; one with escaped characters stays escaped, and is declared nowhere."""
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted


def _lists(schema: Mapping[str, Json], value: Json) -> bool:
    """Return whether a schema lists a value; true does not equal 1."""
    listed = [*(schema.get("enum") or ()), *([schema["const"]] if "const" in schema else ())]
    return any(type(known) is type(value) and known == value for known in listed)


def _last(location: str) -> str:
    """Return the last name of a location, or its root."""
    root, steps = _steps(location)
    return next((step for step in reversed(steps) if isinstance(step, str)), root)


def _nearest(spans: list[Span], day: Day) -> tuple[Day | None, Day | None]:
    """Return the last end up to a day and the first start after it."""
    past = max((span.until for span in spans if span.until is not None and span.until <= day), default=None)
    future = min((span.since for span in spans if span.since is not None and span.since > day), default=None)
    return past, future


def _fits(template: str, segments: list[str]) -> bool:
    """Return whether the segments of a path match a template."""
    parts = [part for part in template.split("/") if part]
    if len(parts) != len(segments):
        return False
    return all(re.fullmatch(_pattern(part), segment) for part, segment in zip(parts, segments, strict=True))


def _pattern(part: str) -> str:
    """Return one segment of a template as a regular expression."""
    return "".join(r".+" if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{[^{}]*\})", part))


def _eve(day: Day) -> Day:
    """Return the day before."""
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
