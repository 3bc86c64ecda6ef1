"""The caches of computations, and how long results are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apicontract.values.recursion import Entered, Kept, Once


def _two_and_an_error(read: list[int]) -> Iterator[int]:
    for number in (1, 2):
        read.append(number)
        yield number
    raise ValueError("no more")


def _read(once: Once[int], found: list[int]) -> None:
    found.extend(once)


def test_an_iterator_is_read_once_and_no_further_than_asked() -> None:
    read: list[int] = []
    once = Once(_two_and_an_error(read))
    assert next(iter(once)) == 1
    assert read == [1]
    for _ in range(2):
        found: list[int] = []
        with pytest.raises(ValueError, match="no more"):
            _read(once, found)
        assert found == read == [1, 2]


def test_what_is_computed_in_passing_is_forgotten() -> None:
    kept = Kept()
    one, other = kept.new(), kept.new()
    one["a"] = 1
    with kept.passing():
        one.update(a=2, b=3)
        other["c"] = 4
    assert (one, other) == ({"a": 2}, {})


def test_what_was_cut_short_counts_only_for_whoever_began_outside() -> None:
    """A computation that reached a key entered before it is not whole; the one that entered the key is."""
    entered = Entered()
    with entered.watched() as outer, entered.entering((1,)):
        with entered.watched() as inner, entered.entering((2,)):
            assert entered.cut((1,))
        with entered.watched() as beside:
            assert not entered.cut((3,))
    assert (outer.whole, inner.whole, beside.whole) == (True, False, True)
