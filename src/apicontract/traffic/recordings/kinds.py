"""The kinds of recordings.

Add a kind: write a module like `har` or `cassette` beside this one, whose function makes a `Recorded` of one exchange,
and enter it into `RECORDINGS` with the places where its files hold the list of exchanges. How the file is cut into
exchanges is common to all: `json_items`, and for lists at the top of a file `yaml_items`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from apicontract.traffic.recordings import cassette, har
from apicontract.traffic.recordings.model import At, Recorded

Place: TypeAlias = tuple[str, ...]
"""The keys that lead from the top of a file to a list."""
Read: TypeAlias = Callable[[At, int], Recorded]
"""Reads one item of the list, whose number in the recording, from 1, is given; `RecordingInvalid` where it is none."""


class Kind(NamedTuple):
    """A kind of recording."""

    title: str
    places: tuple[Place, ...]
    """Where the list of exchanges can be, the usual place first."""
    read: Read


RECORDINGS: dict[str, Kind] = {
    "har": Kind("HAR", (("log", "entries"),), har.read),
    "cassette": Kind("VCR cassette", (("interactions",), ("http_interactions",)), cassette.read),
}


def readers() -> dict[Place, Read]:
    """Return what reads the items of each list."""
    return {place: kind.read for kind in RECORDINGS.values() for place in kind.places}


def none_of_them() -> str:
    """Say what a file is not."""
    return " and ".join(f"no {kind.title} (`{'.'.join(kind.places[0])}`)" for kind in RECORDINGS.values())
