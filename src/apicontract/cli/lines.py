"""Find the line in a JSON text of the value that a violation is about."""

from __future__ import annotations

from collections.abc import Collection

from apicontract.openapi.violation import plain, where
from apicontract.traffic.recordings import RecordingInvalid
from apicontract.traffic.recordings.json_items import Walk


def lines(text: bytes, places: Collection[str]) -> dict[str, int]:
    """Return the line of each location, from 1; for a missing value, such as a missing key, that of its parent.

    Returns no lines for invalid JSON, or for JSON with a duplicate key.
    """
    above = {place: [place[:i] for i, c in enumerate(place) if c in ".["] + [place] for place in places}
    wanted = {prefix for prefixes in above.values() for prefix in prefixes}
    within = {prefix for prefixes in above.values() for prefix in prefixes[:-1]}
    found: dict[str, int] = {}

    def visit(place: str) -> None:
        found[plain(place)] = walk.line()
        begins = walk.begins()
        steps = walk.members() if begins == "{" else walk.indices(place) if begins == "[" else None
        if steps is None or plain(place) not in within:
            walk.value()
            return
        for step in steps:
            inner = where(place, [step])
            if plain(inner) in wanted:
                visit(inner)
            else:
                walk.value()

    try:
        walk = Walk(text.decode())
        visit(min(wanted, key=len, default=""))
        walk.end()
    except (UnicodeDecodeError, RecordingInvalid):
        return {}
    known = {place: [found[prefix] for prefix in prefixes if prefix in found] for place, prefixes in above.items()}
    return {place: numbers[-1] for place, numbers in known.items() if numbers}
