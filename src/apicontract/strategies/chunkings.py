"""Ways in which bytes arrive."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

_CUTS = 12
_SINGLY = 5_000


def chunkings(data: bytes) -> st.SearchStrategy[list[bytes]]:
    """Return the strategy for ways to cut bytes into chunks, which joined are the bytes again.

    There are empty chunks, cuts inside of characters and of line ends, and, up to 5,000 bytes, one byte each.
    It shrinks to the whole in one chunk, or to few cuts.
    """
    cuts = st.lists(st.integers(0, len(data)), max_size=_CUTS).map(lambda places: _cut(data, sorted(places)))
    if len(data) > _SINGLY:
        return cuts
    # The numbers stand for nothing: a case of more choices is a less simple one, so shrinking goes on to a few cuts.
    idle = st.tuples(*[st.booleans()] * 2 * (_CUTS + 1))
    return st.one_of(cuts, idle.map(lambda _: _cut(data, list(range(1, len(data))))))


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    return [data[start:end] for start, end in pairwise([0, *places, len(data)])]
