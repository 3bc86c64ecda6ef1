"""The change log of an API, derived from the marks of its document: by day, in words, with the source of each day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apicontract.changes.forms import shortened
from apicontract.openapi.editions import Change, Editions
from apicontract.openapi.marks import BEGINNING, INSTEAD, WORDS, Day, entries, interval
from apicontract.openapi.objects import METHODS, Json, children

_DEEP = ("schema", "parameter", "media_type", "header", "response", "request_body")
_SHORT = 90


class LoggedChange(NamedTuple):
    """One thing that changed on a day."""

    kind: str
    """`new`, `gone` or `changed`."""
    where: str
    """Such as `analyze`, `search.create query.page`, `AnalyzeRequest.model_name`."""
    message: str


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """A day on which the API changed."""

    day: Day
    source: Change
    changes: Sequence[LoggedChange]


def change_log(document: Mapping[str, Json], since: Day = BEGINNING) -> list[LoggedDay]:
    """Return the changes on each day from one on, the oldest first, without changes of descriptions."""
    editions = Editions.of(document)
    found: dict[Day, dict[LoggedChange, None]] = {}
    for day, change in _Marks(document).changes():
        found.setdefault(day, {})[change] = None
    return [
        LoggedDay(day, source, tuple(found.get(day, {})))
        for day, source in editions.changes.items()
        if day >= since and day in found
    ]


class _Marks:
    """Reads the marks of a document."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        self._document = document

    def changes(self) -> Iterator[tuple[Day, LoggedChange]]:
        """Yield every change with its day, in document order."""
        for path, item in (self._document.get("paths") or {}).items():
            held = [(method, item[method]) for method in METHODS if isinstance(item.get(method), dict)]
            for method, operation in held:
                route = f"`{method.upper()} {path}`"
                name = str(operation.get("operationId") or route)
                for holder in (item, operation):
                    yield from _life(holder, name, f"{route}")
                yield from self._object("operation", operation, name)
        for section, named in (self._document.get("components") or {}).items():
            for name, held in named.items() if isinstance(named, dict) else ():
                kind = {"schemas": "schema", "parameters": "parameter", "responses": "response", "headers": "header"}
                if section in kind and isinstance(held, dict):
                    yield from self._object(kind[section], held, name)

    def _object(self, kind: str, value: Mapping[str, Json], where: str) -> Iterator[tuple[Day, LoggedChange]]:
        """Yield the changes that the marks of an object state, and those of its members."""
        yield from _keywords(value, where)
        for tokens, below, held in children(kind, value):
            if not isinstance(held, dict) or below not in _DEEP:
                continue
            inner, what = _named(where, tokens, held)
            yield from _life(held, inner, what)
            yield from self._object(below, held, inner)


def _named(where: str, tokens: tuple[str, ...], held: Mapping[str, Json]) -> tuple[str, str]:
    """Return the location of a part of an object, and its name."""
    key, name = tokens[0], tokens[-1]
    if key == "parameters":
        called = str(held.get("name") or str(held.get("$ref", "")).rpartition("/")[2])
        return f"{where} {held.get('in', 'parameter')}.{called}", f"the parameter `{called}`"
    if key == "properties":
        return f"{where}.{name}", f"`{name}`"
    if key == "responses":
        return f"{where} {name}", f"the status {name}"
    if key == "headers":
        return f"{where} header.{name.lower()}", f"the header `{name}`"
    if key == "content":
        return where, f"`{name}`"
    if key in ("anyOf", "oneOf", "allOf"):
        called = str(held.get("$ref", "")).rpartition("/")[2] or _short(
            {k: v for k, v in held.items() if k[:2] != "x-"}
        )
        return where, f"{'the rule' if key == 'allOf' else 'the alternative'} `{called}`"
    return (f"{where}[]" if key == "items" else where), f"`{key}`"


def _life(held: Mapping[str, Json], where: str, what: str) -> Iterator[tuple[Day, LoggedChange]]:
    since, until = interval(held)
    if since is not None:
        yield since, LoggedChange("new", where, f"{what} is new")
    if until is not None:
        instead = f"; use {held[INSTEAD]}" if INSTEAD in held else ""
        yield until, LoggedChange("gone", where, f"{what} is gone{instead}")


def _keywords(value: Mapping[str, Json], where: str) -> Iterator[tuple[Day, LoggedChange]]:
    """Yield which keywords of an object changed, with their values before and after."""
    current = dict(value)
    for entry in entries(value):
        for key, before in entry.items():
            if key == "until" or (key in WORDS and key != "deprecated"):
                continue
            after = current.get(key)
            current[key] = before
            yield entry["until"], LoggedChange("changed", where, _change(key, before, after))


def _change(key: str, before: Json, after: Json) -> str:
    if key == "deprecated":
        return "is deprecated" if after else "is no longer deprecated"
    if isinstance(before, list) and isinstance(after, list):
        gone = [_short(item) for item in before if item not in after]
        new = [_short(item) for item in after if item not in before]
        parts = [f"{name} {', '.join(items)}" for name, items in (("without", gone), ("with", new)) if items]
        return f"{key} {' and '.join(parts) or 'in another order'}"
    if before is None:
        return f"{key} is {_short(after)}, which was not set before"
    if after is None:
        return f"{key} is no longer set, and was {_short(before)}"
    return f"{key} was {_short(before)}, is {_short(after)}"


def _short(value: Json) -> str:
    return shortened(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _SHORT)


def text(days: Sequence[LoggedDay]) -> Iterator[str]:
    """Yield the lines of plain text."""
    for number, one in enumerate(days):
        yield from ([""] if number else [])
        yield f"{_when(one)} ({one.source.ledger})" if one.source.ledger else _when(one)
        yield from (f"  {change.kind:8}{change.where}: {change.message}" for change in one.changes)


def markdown(days: Sequence[LoggedDay]) -> Iterator[str]:
    """Yield the lines of Markdown, without a title."""
    for one in days:
        yield from (f"## {_when(one)}", "")
        yield from ([f"Source: entry {one.source.ledger} of the ledger.", ""] if one.source.ledger else [])
        yield from (f"- **{change.kind}** `{change.where}`: {change.message}" for change in one.changes)
        yield ""


def _when(one: LoggedDay) -> str:
    return f"by {one.day}" if one.source.by else one.day
