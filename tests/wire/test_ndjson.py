"""Lines are complete however the stream is cut."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.wire.framing import Cut, EventTooLong
from apicontract.wire.ndjson import Lines

EVENTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], include_characters="\u2028\u0085\x0c\x1e")), max_size=6
)


@given(EVENTS, st.data())
def test_events_arrive_whole_however_the_stream_is_cut(texts: list[str], data: st.DataObject) -> None:
    """At any byte: inside a character, between CR and LF, with blank lines, without a final newline."""
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\n\n", "\r\n \r\n"]))
    encode = [json.dumps(item, ensure_ascii=data.draw(st.booleans())) for item in texts]
    stream = ending.join(encode).encode() + data.draw(st.sampled_from([b"", ending.encode()]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    lines = Lines()
    found: list[Cut] = []
    for start, stop in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += lines.feed(stream[start:stop])
    found += lines.close()
    assert [json.loads(line or b"") for _, line, _ in found] == texts
    assert [number for number, _, _ in found] == [1 + i * ending.count("\n") for i in range(len(texts))]


def test_line_numbers_count_blank_lines() -> None:
    lines = Lines()
    assert [*lines.feed(b"\n\n1\n \n2\n3"), *lines.close()] == [(3, b"1", None), (5, b"2", None), (6, b"3", None)]


@pytest.mark.parametrize("size", [1, 2, 3, 64])
def test_any_number_of_blank_lines_is_counted_and_none_is_kept(size: int) -> None:
    stream = b"\n" * 100 + b" \r\n" * 7 + b"1\n" + b"\n" * 64 + b"  2"
    lines = Lines(limit=8)
    found = [cut for at in range(0, len(stream), size) for cut in lines.feed(stream[at : at + size])]
    assert [*found, *lines.close()] == [(108, b"1", None), (173, b"  2", None)]


@pytest.mark.parametrize("cut", [[], [1], [1, 2], [3], [4]])
@pytest.mark.parametrize(("line", "fits"), [(b"1234", True), (b"12345", False)])
def test_a_line_may_be_as_long_as_the_limit_and_no_longer(line: bytes, fits: bool, cut: list[int]) -> None:
    """Wherever the stream is cut, with the end of the line and without; the lines before it come first."""
    for stream, number in ((line + b"\n", 1), (b"1\n" + line + b"\n", 2), (line, 1)):
        pieces = [stream[start:stop] for start, stop in zip([0, *cut], [*cut, len(stream)], strict=True)]
        found: list[Cut] = []
        with nullcontext() if fits else pytest.raises(EventTooLong, match="more than 4 bytes"):
            found.extend(_each(Lines(4), pieces))
        before = [(1, b"1", None)] * (number - 1)
        assert found == [*before, *([(number, line, None)] if fits else [])]


def _each(lines: Lines, pieces: list[bytes]) -> Iterator[Cut]:
    for piece in pieces:
        yield from lines.feed(piece)
    yield from lines.close()


def test_one_carriage_return_belongs_to_the_end_of_a_line() -> None:
    assert [line for _, line, _ in Lines().feed(b"1 \r\n2\r\r\n3\n")] == [b"1 ", b"2\r", b"3"]


def test_a_chunk_of_a_long_line_is_not_copied_with_all_before_it() -> None:
    """Or a line in many chunks would take quadratic time."""
    lines = Lines()
    assert not list(lines.feed(b"1" * 1_000_000))
    tracemalloc.start()
    assert lines.many(b"2" * 2000) is None
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


@pytest.mark.parametrize("rest", [b" ", b"\t\r", b"\r", b""])
def test_white_space_at_the_end_is_no_event(rest: bytes) -> None:
    lines = Lines()
    assert [*lines.feed(b"1\n" + rest)] == [(1, b"1", None)]
    assert [*lines.close()] == []
    assert [*lines.feed(b"2")] == []
    assert [*lines.close()] == [(2, b"2", None)]


def test_a_line_of_just_the_limit_is_read_wherever_its_chunks_end() -> None:
    """One byte more is too long as soon as it is there, and not when its line ends."""
    long: list[tuple[tuple[bytes, ...], list[bytes]]] = [
        ((b"1234\n",), [b"1234"]),
        ((b"12", b"34\n"), [b"1234"]),
        ((b"1234", b"\n"), [b"1234"]),
        ((b"12", b"34"), [b"1234"]),
        ((b"\n1234\n5",), [b"1234", b"5"]),
        ((b"1\n1234", b"\n"), [b"1", b"1234"]),
        ((b"1\n12", b"34\n1234\n"), [b"1", b"1234", b"1234"]),
    ]
    for chunks, texts in long:
        lines = Lines(4)
        cuts = [*chain.from_iterable(map(lines.feed, chunks)), *lines.close()]
        assert [text for _, text, _ in cuts] == texts
    for chunks, number in (((b"12345",), 1), ((b"1\n12345\n",), 2), ((b"1\n2345", b"6"), 2), ((b"\n\n12", b"345"), 3)):
        lines = Lines(4)
        with pytest.raises(EventTooLong, match="a line of more than 4 bytes") as caught:
            list(chain.from_iterable(map(lines.feed, chunks)))
        assert caught.value.number == number
