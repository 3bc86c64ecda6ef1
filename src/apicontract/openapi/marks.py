"""The marks that say what of a document was otherwise on another day.

`x-since` and `x-until` are at a member: it is there from the first day on, and gone from the second day on. `x-was` is
at any object and lists which keywords were different, the newest change first; each entry says what changed on its own
day only. Only what the table of objects knows is read: a property called `x-until` is a property, and the value of an
example is data. A mark that names no day is data too: documents of others have `x-since` that name versions.
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
"""The marks that a projection reads and drops."""

EDITIONS = "x-editions"
"""Where a document lists its days and editions."""

Day: TypeAlias = str
"""A day in UTC as `YYYY-MM-DD`; such strings sort as the days do."""

BEGINNING: Day = "0001-01-01"
"""The first day of a document that does not name its editions: the API as it was before every mark."""

Tokens: TypeAlias = tuple[str, ...]

WORDS = {"until", "description", "summary", "title", "externalDocs", "deprecated", "operationId", "tags", "example"}
_WORDY = ("info", "tag", "example", "link")
"""Keywords, and kinds of objects, that no request and no response can break."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Holding(NamedTuple):
    """What one key of an object holds on some days: the value of today, or of an entry of `x-was`."""

    key: str
    value: Json
    since: Day
    """The first day of it; `BEGINNING` where no older entry says otherwise."""
    until: Day | None
    """The first day without it; `None` for the value of today."""
    tokens: Tokens
    """Where the value is, relative to the object."""

    def on(self, key: str, day: Day) -> bool:
        """Tell whether this is what a key holds on a day."""
        return self.key == key and self.since <= day and (self.until is None or day < self.until)


def may_be_in(text: bytes) -> bool:
    """Tell whether the text of a document may be marked, by a search that spares most documents a walk.

    Text with NUL is UTF-16 or UTF-32.
    """
    return b"\0" in text[:4] or any(name.encode() in text for name in (*MARKS, EDITIONS))


def is_day(value: Json) -> bool:
    """Tell whether a value is a day of the calendar, written as `YYYY-MM-DD`."""
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
    """Return the first day of an object and the first day without it; a mark that names no day is data, and no mark."""
    if SINCE not in value and UNTIL not in value:
        return None, None
    since, until = value.get(SINCE), value.get(UNTIL)
    return since if is_day(since) else None, until if is_day(until) else None


def days(document: Mapping[str, Json], *, words: bool = True) -> list[Day]:
    """Return every day that a mark names, in order; without `words` only those on which a rule changed."""
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
    """Return the entries of `x-was` that can be read, the newest change first."""
    listed = value.get(WAS)
    if not isinstance(listed, list):
        return []
    return [entry for entry in listed if isinstance(entry, dict) and is_day(entry.get("until"))]


def holdings(value: Mapping[str, Json]) -> Iterator[Holding]:
    """Yield what the keys of an object hold, each value with the days between which it does.

    A value that an entry takes away (`~`) is not yielded for the days before that entry; the marks are none.
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
