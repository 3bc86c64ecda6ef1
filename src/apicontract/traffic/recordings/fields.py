"""Header fields, in the forms that recorders use."""

from __future__ import annotations

from collections.abc import Iterator

from apicontract.traffic.recordings.model import At


def pairs(place: At) -> Iterator[tuple[str, str]]:
    """Yield name and value from a mapping to one or several values, a list of pairs, or a list of lines."""
    if not isinstance(place.value, list):
        for name, value in place.members():
            yield from each(name, value)
        return
    for item in place.items():
        if isinstance(item.value, str):  # a raw header line
            name, _, text = item.value.partition(":")
            yield name.strip(), text.strip()
            continue
        pair = list(item.items())
        if len(pair) != 2:
            raise item.invalid("a header is a pair of name and value")
        yield from each(pair[0].scalar(), pair[1])


def each(name: str, value: At) -> Iterator[tuple[str, str]]:
    """Yield a field for each value of a name."""
    for one in value.items() if isinstance(value.value, list) else [value]:
        yield name, one.scalar()
