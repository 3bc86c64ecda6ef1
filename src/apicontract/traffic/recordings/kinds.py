"""The kinds of recordings.

Add a kind: write a module like `har` or `cassette` beside this one, whose function makes a `Recorded` of one exchange,
and enter it into `RECORDINGS` with the places where its files hold the list of exchanges, and with keys of an exchange
if others have their list at the same place. How the file is cut into exchanges is common to all: `json_items`, and for
lists at the top of a file `yaml_items`. What other tools write, and is not read here, has its name in `foreign`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from apicontract.traffic.recordings import cassette, exchange_lines, har, nock
from apicontract.traffic.recordings.model import At, Recorded, RecordingInvalid

Place: TypeAlias = tuple[str, ...]
"""The keys that lead from the top of a file to a list; none where the file is the list."""
Read: TypeAlias = Callable[[At, int], Recorded]
"""Reads one item of the list, whose number in the recording, from 1, is given; `RecordingInvalid` where it is none."""


LINES: Place = ("\n",)
"""The place of a list that is the lines of the file."""


class Kind(NamedTuple):
    """A kind of recording."""

    title: str
    places: tuple[Place, ...]
    """Where the list of exchanges can be, the usual place first."""
    read: Read
    keys: frozenset[str] = frozenset()
    """What an exchange has, where another kind has its list at the same place."""


_CASSETTE: tuple[Place, ...] = (("interactions",), ("http_interactions",), ())

RECORDINGS: dict[str, Kind] = {
    "har": Kind("HAR", (("log", "entries"),), har.read),
    "nock": Kind("nock recording", ((),), nock.read, frozenset({"scope", "method"})),
    "cassette": Kind("VCR cassette", _CASSETTE, cassette.read, frozenset({"request"})),
    "lines": Kind("NDJSON of exchanges", (LINES,), exchange_lines.read),
}


class NoRecording(RecordingInvalid):
    """A file is a recording of no kind that there is."""


def places() -> set[Place]:
    """Return where exchanges are looked for."""
    return {place for kind in RECORDINGS.values() for place in kind.places}


def reader(place: Place, entry: At) -> Read:
    """Return what reads an entry of the list at a place; `NoRecording` where the entry is of no kind that can be."""
    found = entry.value if isinstance(entry.value, dict) else {}
    kinds = [kind for kind in RECORDINGS.values() if place in kind.places]
    known = [kind for kind in kinds if kind.keys <= found.keys()] or (kinds if place else [])
    if not known:
        raise NoRecording(none_of_them(), entry.line)
    return known[0].read


def none_of_them() -> str:
    """Say what a file is not."""
    named = [
        f"{kind.title} (`{'.'.join(kind.places[0])}`)" if kind.places[0] not in ((), LINES) else kind.title
        for kind in RECORDINGS.values()
    ]
    return " and ".join(f"no {name}" for name in named)
