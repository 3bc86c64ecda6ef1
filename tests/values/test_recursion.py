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
        one.update(a=2, b=3, d=5)
        other["c"] = 4
    assert (one, other) == ({"a": 2}, {})
    with pytest.raises(ValueError, match="no more"), kept.passing():
        _read(Once(_two_and_an_error(other.setdefault("read", []))), [])
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


@pytest.mark.parametrize("reached", [[(1,), (2,)], [(2,), (1,)]])
def test_the_outermost_key_that_was_reached_decides(reached: list[tuple[int, ...]]) -> None:
    """Whatever was reached last, and however deep within."""
    entered = Entered()
    with entered.watched() as outermost, entered.entering((1,)):
        with entered.watched() as middle, entered.entering((2,)):
            with entered.watched() as innermost, entered.entering((3,)):
                assert all(entered.cut(key) for key in reached)
            with entered.watched() as after:
                pass
        with entered.watched() as inside, entered.entering((4,)):
            assert entered.cut((4,))
    found = (outermost, middle, innermost, after, inside)
    assert [one.whole for one in found] == [True, False, False, True, True]


def test_a_key_is_left_when_an_error_is_raised() -> None:
    entered, read = Entered(), Once(_two_and_an_error([]))
    with pytest.raises(ValueError, match="no more"), entered.watched() as failed, entered.entering((1,)):
        _read(read, [int(entered.cut((1,)))])
    assert failed.whole
    assert not entered.cut((1,))


def test_what_was_reached_before_counts_as_well() -> None:
    entered = Entered()
    with entered.watched(), entered.entering((1,)), entered.watched() as middle, entered.entering((2,)):
        assert entered.cut((1,))
        with entered.watched() as inner, entered.entering((3,)):
            assert entered.cut((2,))
    assert (middle.whole, inner.whole) == (False, False)
