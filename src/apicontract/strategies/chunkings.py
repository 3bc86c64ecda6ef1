"""Ways to split bytes into chunks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

_CUTS = 12
_SINGLY = 5_000


def chunkings(data: bytes) -> st.SearchStrategy[list[bytes]]:
    """Return the strategy for ways to cut bytes into chunks, which are the original bytes when joined.

    There are empty chunks, cuts within characters and line ends, and, up to 5,000 bytes, single-byte chunks. It shrinks
    to one chunk, or to few cuts.
    """
    cuts = st.lists(st.integers(0, len(data)), max_size=_CUTS).map(lambda places: _cut(data, sorted(places)))
    if len(data) > _SINGLY:
        return cuts
    # The numbers have no meaning, but a case with more choices is less simple, so shrinking continues to few cuts.
    idle = st.tuples(*[st.booleans()] * 2 * (_CUTS + 1))
    return st.one_of(cuts, idle.map(lambda _: _cut(data, list(range(1, len(data))))))


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    return [data[start:end] for start, end in pairwise([0, *places, len(data)])]
