"""The marks that state what was different in a document on earlier days.

`x-since` and `x-until` belong to a member: it exists from the first day on, and no longer from the second day on.
`x-was` belongs to any object and lists which keywords were different, the newest change first; each entry lists only
what changed on its own day. Marks are read only where the table of objects expects them: a property called `x-until` is
a property, and the value of an example is data. A mark that does not name a day is data too: other documents use
`x-since` for versions.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.operation import Json


SINCE, UNTIL, WAS, INSTEAD, SUNSET = "x-since", "x-until", "x-was", "x-instead", "x-sunset"

MARKS = (SINCE, UNTIL, WAS)
"""The marks that a projection reads and removes."""

EDITIONS = "x-editions"
"""The key under which a document lists its days and editions."""

Day: TypeAlias = str
"""A day in UTC as `YYYY-MM-DD`; such strings sort as the days do."""

BEGINNING: Day = "0001-01-01"
"""The first day of a document that does not list its editions: the API before every change."""

Tokens: TypeAlias = tuple[str, ...]

WORDS = {"until", "description", "summary", "title", "externalDocs", "deprecated", "operationId", "tags", "example"}
_WORDY = ("info", "tag", "example", "link")
"""Keywords, and kinds of objects, that no request and no response can violate."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Holding(NamedTuple):
    """The value of one key of an object during some days: the current one, or that of an entry of `x-was`."""

    key: str
    value: Json
    since: Day
    """Its first day; `BEGINNING` if no older entry changes it."""
    until: Day | None
    """The first day without it; `None` for the current value."""
    tokens: Tokens
    """Where the value is, relative to the object."""

    def on(self, key: str, day: Day) -> bool:
        """Return whether this is the value of a key on a day."""
        return self.key == key and self.since <= day and (self.until is None or day < self.until)


def may_be_in(text: bytes) -> bool:
    """Return whether a document may have marks; a quick search, which saves most documents a walk.

    Text with NUL is UTF-16 or UTF-32.
    """
    return b"\0" in text[:4] or any(name.encode() in text for name in (*MARKS, EDITIONS))


def is_day(value: Json) -> bool:
    """Return whether a value is a valid date written as `YYYY-MM-DD`."""
    return isinstance(value, str) and _is_day(value)


@lru_cache(maxsize=1024)
def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def interval(value: Mapping[str, Json]) -> tuple[Day | None, Day | None]:
    """Return the first day of an object and the first day without it; a mark that does not name a day is ignored."""
    if SINCE not in value and UNTIL not in value:
        return None, None
    since, until = value.get(SINCE), value.get(UNTIL)
    return since if is_day(since) else None, until if is_day(until) else None


def days(document: Mapping[str, Json], *, words: bool = True) -> list[Day]:
    """Return every day that a mark names, in order; with `words=False`, only those on which a rule changed."""
    from apicontract.openapi.objects import children  # noqa: PLC0415 - a document without marks does not need the table

    found: set[Day] = set()
    waiting: list[tuple[str, Json]] = [("document", document)]
    while waiting:
        kind, value = waiting.pop()
        if not words and kind in _WORDY:
            continue
        found.update(day for day in interval(value) if day is not None)
        found.update(entry["until"] for entry in entries(value) if words or entry.keys() - WORDS)
        waiting += [(below, held) for _, below, held in children(kind, value) if isinstance(held, dict)]
    return sorted(found)


def entries(value: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return the readable entries of `x-was`, the newest change first."""
    listed = value.get(WAS)
    if not isinstance(listed, list):
        return []
    return [entry for entry in listed if isinstance(entry, dict) and is_day(entry.get("until"))]


def holdings(value: Mapping[str, Json]) -> Iterator[Holding]:
    """Yield the values of the keys of an object, each with its range of days, without the marks.

    For the days before an entry that removes a key (`~`), nothing is yielded.
    """
    until: dict[str, Day | None] = {}
    states: dict[str, tuple[Json, Tokens]] = {key: (held, (key,)) for key, held in value.items() if key not in MARKS}
    for number, entry in enumerate(entries(value)):
        for key, held in entry.items():
            if key == "until":
                continue
            if key in states:
                yield Holding(key, states[key][0], entry["until"], until.get(key), states[key][1])
            until[key] = entry["until"]
            states.pop(key, None)
            if held is not None:
                states[key] = held, (WAS, str(number), key)
    for key, (held, tokens) in states.items():
        yield Holding(key, held, BEGINNING, until.get(key), tokens)
