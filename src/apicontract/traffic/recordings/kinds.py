"""The kinds of recordings.

To add a kind, write a module like `har` or `cassette` beside this one with a function that makes a `Recorded` of one
exchange, and register it in `RECORDINGS` with the places where its files have the list of exchanges, and with keys of
an exchange if another kind has its list at the same place. Cutting a file into exchanges is common to all:
`json_items`, and `yaml_items` for lists at the top of a file. Files of other tools that cannot be read are listed in
`foreign`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from apicontract.traffic.recordings import cassette, exchange_lines, har, nock
from apicontract.traffic.recordings.model import At, Recorded, RecordingInvalid

Place: TypeAlias = tuple[str, ...]
"""The keys that lead from the top of a file to a list; empty if the file itself is the list."""
Read: TypeAlias = Callable[[At, int], Recorded]
"""Reads one item of the list, with its number in the recording, from 1; an invalid one is a `RecordingInvalid`."""


LINES: Place = ("\n",)
"""The place of a list that consists of the lines of the file."""


class Kind(NamedTuple):
    """A kind of recording."""

    title: str
    places: tuple[Place, ...]
    """The places where the list of exchanges can be, the usual one first."""
    read: Read
    keys: frozenset[str] = frozenset()
    """Keys of an exchange, if another kind has its list at the same place."""


_CASSETTE: tuple[Place, ...] = (("interactions",), ("http_interactions",), ())

RECORDINGS: dict[str, Kind] = {
    "har": Kind("HAR", (("log", "entries"),), har.read),
    "nock": Kind("nock recording", ((),), nock.read, frozenset({"scope", "method"})),
    "cassette": Kind("VCR cassette", _CASSETTE, cassette.read, frozenset({"request"})),
    "lines": Kind("NDJSON of exchanges", (LINES,), exchange_lines.read),
}


class NoRecording(RecordingInvalid):
    """A file is not a recording of any known kind."""


def places() -> set[Place]:
    """Return the places where exchanges are searched for."""
    return {place for kind in RECORDINGS.values() for place in kind.places}


def reader(place: Place, entry: At) -> Read:
    """Return the reader for an entry of the list at a place; raise `NoRecording` if no kind matches."""
    found = entry.value if isinstance(entry.value, dict) else {}
    kinds = [kind for kind in RECORDINGS.values() if place in kind.places]
    known = [kind for kind in kinds if kind.keys <= found.keys()] or (kinds if place else [])
    if not known:
        raise NoRecording(none_of_them(), entry.line)
    return known[0].read


def none_of_them() -> str:
    """Return a message that a file is of no known kind."""
    named = [
        f"{kind.title} (`{'.'.join(kind.places[0])}`)" if kind.places[0] not in ((), LINES) else kind.title
        for kind in RECORDINGS.values()
    ]
    return " and ".join(f"no {name}" for name in named)
