"""Payloads from bytes: the ends of lines, too long ones, invalid JSON; nothing is lost, and nothing crashes."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.traffic import payloads
from apicontract.traffic.payloads import Payload, PayloadChecker
from twelvelabs_contract import Contract

GOOD = b'{"page": 1, "limit_per_page": 10}'


class Endless(io.RawIOBase):
    """A stream of one byte over and over, with newlines after some number of bytes."""

    def __init__(self, total: int) -> None:
        self._left = total

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # typeshed has no name for a writable buffer here
        size = min(len(view), self._left)
        view[:size] = b"x" * size
        self._left -= size
        return size


class Lines(io.RawIOBase):
    """A stream of one line over and over."""

    def __init__(self, line: bytes, count: int) -> None:
        self._line, self._left = line, count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # as above
        count = min(len(view) // len(self._line), self._left)
        view[: count * len(self._line)] = self._line * count
        self._left -= count
        return count * len(self._line)


@cache
def checkers(contract: Contract) -> tuple[PayloadChecker, PayloadChecker]:
    """Return what checks as requests are, and as responses are."""
    return (
        PayloadChecker(contract, schema="PageInfo"),
        PayloadChecker(contract, operation="tasks.list", status=200),
    )


def read(text: bytes, limit: int = payloads.LIMIT, size: int = 8) -> list[tuple[int, bytes | None]]:
    """Read lines in small blocks, so that they are cut at many places."""
    found: list[tuple[int, bytes | None]] = []
    read = 0
    for block in payloads.blocks(io.BufferedReader(io.BytesIO(text), size), limit, size):
        read += block.size
        found += [(block.line, None)] if block.text is None else zip(*block.payloads(), strict=True)
    assert read == len(text)
    return found


@given(
    st.lists(st.sampled_from([b"", b" ", b"\r", b"\x0b", b"{}", b"long" * 9]) | st.binary(max_size=12), max_size=8),
    st.booleans(),
    st.integers(1, 40),
)
def test_lines_are_cut_at_the_newline_and_nowhere_else(lines: list[bytes], ended: bool, size: int) -> None:
    text = b"\n".join(line.replace(b"\n", b"") for line in lines) + (b"\n" if ended else b"")
    wanted = [(number, line) for number, line in enumerate(text.split(b"\n"), 1) if line.strip()]
    assert read(text, size=size) == wanted


@given(st.lists(st.integers(0, 20), max_size=12), st.integers(1, 12), st.integers(1, 40))
def test_a_line_over_the_limit_is_reported_and_the_next_one_is_read(sizes: list[int], limit: int, size: int) -> None:
    text = b"".join(b"x" * size + b"\n" for size in sizes)
    wanted = [(n, None if size + 1 > limit else size) for n, size in enumerate(sizes, 1) if size]
    assert [(line, text and len(text)) for line, text in read(text, limit, size)] == wanted


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_line_and_a_document_on_the_limit_are_read(size: int) -> None:
    """The newline counts, as it is a byte that is held."""
    assert read(b"12345\n123456\n12345", 6, size) == [(1, b"12345"), (2, None), (3, b"12345")]
    for text, held in ((b"12345", b"12345"), (b"123456", None)):
        assert payloads.document(io.BytesIO(text), 5) == Payload(None, held, len(text))


@pytest.mark.parametrize("text", [b"a\n\nbb\nccc\n", b"\n\na\nb", b"aaaa", b"\n"])
def test_the_slices_of_a_file_are_all_its_lines_wherever_it_is_cut(text: bytes) -> None:
    for size in range(1, len(text) + 1):
        found = [
            block.text
            for begin in range(0, len(text), size)
            for block in payloads.blocks(io.BytesIO(text), begin=begin, end=min(begin + size, len(text)))
        ]
        assert b"".join(piece or b"" for piece in found) == text


@pytest.mark.parametrize("lines", [True, False])
def test_an_endless_line_does_not_eat_the_memory(lines: bool) -> None:
    stream = io.BufferedReader(Endless(64 * 1024 * 1024))
    tracemalloc.start()
    try:
        found = [*payloads.blocks(stream, 2_000_000)] if lines else [payloads.document(stream, 2_000_000)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [p.text for p in found] == [None]
    assert peak < 8_000_000


@pytest.mark.parametrize("empty", [True, False])
def test_many_lines_take_no_more_memory_than_one(contract: Contract, empty: bool) -> None:
    checker = PayloadChecker(contract, schema="PageInfo")
    line = b"\n" if empty else GOOD + b"\n"
    assert checker.wrong([GOOD], lambda _: 1) == []  # what the first line of all loads is there
    stream = io.BufferedReader(Lines(line, 12_000))
    lines = checked = 0
    tracemalloc.start()
    try:
        for block in payloads.blocks(stream, size=8192):
            numbers, texts = block.payloads()
            assert checker.wrong(texts, numbers.__getitem__) == []
            lines += (block.text or b"").count(b"\n")
            checked += len(texts)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (lines, checked) == (12_000, 0 if empty else 12_000)
    assert peak < 500_000


@given(
    st.lists(
        st.sampled_from(
            [
                *(b'{"page": 1}', b'{"page": 1, "page": 2}', b'{"page": "1"}', b'{"page": 1e999}', b'{"page": NaN}'),
                *(b"[1", b"2]", b"1,2", b'{"page": 1}{"page": 1}', b'{"a": [{}', b"{}]}", b'"', b"9" * 5000, b"\xff"),
                *(b'{"a\\u0022": 1, "page": 1, "page": 1}', b'{"a": "\\ud800"}', b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}"),
                *(b"[" * 300 + b"]" * 300, b'{"a": "\\"\\\\"}', b"{}\r", b"-0", b"12345678901234567890123", b"1.0"),
            ]
        ),
        min_size=1,
        max_size=40,
    ),
    st.booleans(),
)
def test_many_payloads_get_what_each_gets_alone(contract: Contract, texts: list[bytes], response: bool) -> None:
    """However they are put together: none lends another a bracket, a quote or a key."""
    checker = checkers(contract)[response]
    wanted = [(at, found) for at, text in enumerate(texts) if (found := checker(Payload(at, text, len(text))))]
    assert checker.wrong(texts, lambda at: at) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"{", "invalid JSON"),
        (b'{"page": NaN}', "NaN is not a JSON number"),
        (b'{"page": 1e999}', "too large for a number"),
        (b'{"page": 1, "page": 2}', "key 'page' is given twice"),
        (b"\xef\xbb\xbf" + GOOD, "byte order mark"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (b'{"page": "\xff"}', "byte 0xff at offset 10"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "digits"),
        (GOOD.decode().encode("utf-16-be").join([b"\xfe\xff", b""]), "this is UTF-16; save it as UTF-8"),
        (GOOD + b"\n" + GOOD, "; if each line is a payload, give --lines"),
    ],
)
def test_text_that_is_no_payload_is_one_violation_that_says_why(contract: Contract, text: bytes, message: str) -> None:
    (violation,) = PayloadChecker(contract, schema="PageInfo")(Payload(None, text, len(text)))
    assert (violation.rule, violation.where) == ("encoding", "body")
    assert violation.pointer == "/components/schemas/PageInfo"
    assert message in violation.message
    assert len(violation.message) <= 300


def test_the_hint_about_lines_is_not_given_to_lines(contract: Contract) -> None:
    (violation,) = PayloadChecker(contract, schema="PageInfo")(Payload(3, GOOD + b" {}", 0))
    assert "--lines" not in violation.message
    for text in (GOOD[:-1] + b"\n" + GOOD, b"\n" + GOOD + b"}\n"):
        (violation,) = PayloadChecker(contract, schema="PageInfo")(Payload(None, text, 0))
        assert "--lines" not in violation.message


def test_the_beginning_of_what_is_no_payload_is_shown(contract: Contract) -> None:
    (violation,) = PayloadChecker(contract, schema="PageInfo")(Payload(1, b"x" * 80 + b"y" * 80, 0))
    assert violation.excerpt is not None
    assert "y" not in violation.excerpt
    assert violation.excerpt.count("x") > 30
    (violation,) = PayloadChecker(contract, schema="PageInfo")(Payload(1, b'"a\xff\xe9', 0))
    assert violation.excerpt is not None
    assert "\\xff" in violation.excerpt, "bytes that are no text are shown as such"


@pytest.mark.parametrize("text", [b'{"data": NaN}', b"{", b"\xef\xbb\xbf{}", b"[" * 100_000, b'"\xff"', b""])
def test_a_response_must_be_json_as_well(contract: Contract, text: bytes) -> None:
    (violation,) = PayloadChecker(contract, operation="tasks.list", status=200)(Payload(None, text, len(text)))
    assert (violation.rule, violation.operation) == ("encoding", "tasks.list")


def test_of_a_key_given_twice_the_last_counts_in_a_response_and_it_is_reported_elsewhere(contract: Contract) -> None:
    text = b'{"index_name": "a", "index_name": "b", "models": [{"model_name": "m", "model_options": ["visual"]}]}'
    (violation,) = PayloadChecker(contract, operation="indexes.create")(Payload(None, text, 0))
    assert "twice" in violation.message
    assert (
        PayloadChecker(contract, operation="tasks.list", status=200)(Payload(None, b'{"data": 1, "data": []}', 0)) == []
    )


def test_too_long_a_payload_names_the_limit(contract: Contract) -> None:
    (violation,) = PayloadChecker(contract, schema="PageInfo", limit=5000)(Payload(2, None, 9000))
    assert (violation.rule, violation.message) == ("encoding", "longer than 5,000 bytes, so it was not read")


def mutated() -> st.SearchStrategy[bytes]:
    """Draw a good payload with bytes changed, dropped and put in."""

    def change(edits: list[tuple[int, bytes, int]]) -> bytes:
        text = GOOD
        for at, piece, drop in edits:
            text = text[:at] + piece + text[at + drop :]
        return text

    piece = st.one_of(
        st.sampled_from(
            [b'"', b"{", b"}", b"[", b"\n", b"\\u", b"1e999", b"null", b"-", b"\xff", b'"1"', b"1.5", b"0"]
        ),
        st.binary(),
    )
    return st.lists(st.tuples(st.integers(0, len(GOOD)), piece, st.integers(0, 4)), min_size=1, max_size=4).map(change)


@settings(max_examples=300)
@given(st.one_of(mutated(), st.binary()))
def test_any_bytes_get_the_verdict_of_the_contract_or_one_clear_violation(contract: Contract, text: bytes) -> None:
    """What a strict reader can read gets exactly the violations of `check_payload`."""
    found = PayloadChecker(contract, schema="PageInfo")(Payload(None, text, len(text)))
    try:
        value = json.loads(text.decode(), object_pairs_hook=_once, parse_constant=_none)
    except (ValueError, RecursionError):
        assert [v.rule for v in found] == ["encoding"]
    else:
        if not _infinite(value):
            assert found == contract.check_payload(value, schema="PageInfo")


@settings(max_examples=200)
@given(st.one_of(mutated(), st.binary()))
def test_any_bytes_of_a_response_get_a_verdict(contract: Contract, text: bytes) -> None:
    """A response is read by another parser: it agrees with the standard library's about what is JSON."""
    found = PayloadChecker(contract, operation="tasks.list", status=200)(Payload(None, text, len(text)))
    try:
        json.loads(text.decode(), parse_constant=_none)
    except (ValueError, RecursionError):
        assert [v.rule for v in found] == ["encoding"]
    else:
        assert all(v.rule != "encoding" or "\\u" in text.decode() or "e999" in text.decode() for v in found)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def _none(name: str) -> object:
    raise ValueError(name)


def _infinite(value: object) -> bool:
    def numbers(node: object) -> Iterator[float]:
        if isinstance(node, float):
            yield node
        elif isinstance(node, dict | list):
            for item in node.values() if isinstance(node, dict) else node:
                yield from numbers(item)

    return any(abs(number) == float("inf") for number in numbers(value))
