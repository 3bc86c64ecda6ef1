"""The fast JSON readers give the same values and the same error messages as that of the standard library."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apicontract.openapi import strict_json

SPACE = st.sampled_from([b"", b"", b" ", b"\r\n\t"])
PIECES = [
    *(b"a", b"b", b'\\"', b"\\\\", b"\\u0022", b"\\u005c", b"\\n", b"\xc3\xa9", b"\\ud800", b"\\ud83d\\ude00"),
    *(b"\x01", b"\xff", b"\xed\xa0\x80", b"\\u0000", b"\\/", b"\\x", b"\xe2\x80\xa8"),
]
READERS = {"msgspec": strict_json.with_msgspec, "pydantic": strict_json.with_pydantic}


@pytest.fixture(params=READERS, autouse=True, scope="module")
def reader(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every test is of each fast reader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_json, "_reader", cache(READERS[request.param]))
        yield request.param


STRINGS = st.lists(st.sampled_from(PIECES), max_size=3).map(lambda pieces: b'"%s"' % b"".join(pieces))
NUMBERS = st.sampled_from(
    [
        *(
            b"0",
            b"-0",
            b"-0.0",
            b"1.5",
            b"1e5",
            b"1E-400",
            b"1e999",
            b"-1e999",
            b"NaN",
            b"-Infinity",
            b"01",
            b"1.",
            b".5",
        ),
        *(
            b"9" * 25,
            b"-" + b"9" * 25,
            b"18446744073709551616",
            b"0." + b"3" * 40,
            b"9" * 5000,
            b"17976931348623158e292",
        ),
    ]
)


def _written(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Write lists, and objects that give keys twice now and then."""
    spaced = st.tuples(SPACE, inner, SPACE).map(b"".join)
    member = st.tuples(STRINGS, SPACE, st.just(b":"), spaced).map(b"".join)
    return st.lists(spaced, max_size=3).map(lambda items: b"[%s]" % b",".join(items)) | st.lists(
        member, max_size=4
    ).map(lambda members: b"{%s}" % b",".join(members))


JSON = st.recursive(st.sampled_from([b"null", b"true", b"false"]) | STRINGS | NUMBERS, _written, max_leaves=8)
TEXTS = st.one_of(
    st.tuples(SPACE, JSON, SPACE).map(b"".join),
    st.lists(st.sampled_from([b'"', b"{", b"}", b"[", b"]", b",", b":", b"1", b'"a":', b"\xef\xbb\xbf"])).map(b"".join),
    JSON.map(lambda text: text.decode(errors="replace").encode("utf-16")),
    st.binary(),
)


def _said(read: Callable[[Any], Any], text: Any) -> tuple[str, str]:
    """Return the value or the words of a refusal; `repr` tells -0.0 from 0.0, and an integer from a float."""
    try:
        return "read", repr(read(text))
    except ValueError as error:
        return type(error).__name__, str(error)


@given(TEXTS)
@example(b'{"a": 1, "a": 2}')
@example(b'{"a\\u0022": 1, "b": 1, "b": 1}')
@example(b"[" * 300 + b"]" * 300)
@example(b"[" * 100_000)
def test_a_request_is_read_as_the_standard_library_reads_it(text: bytes) -> None:
    assert _said(strict_json.load, text) == _said(strict_json.load_slowly, text)
    decoded = text.decode(errors="surrogateescape")
    assert _said(strict_json.load, decoded) == _said(strict_json.load_slowly, decoded)


def _standard(text: bytes) -> Any:
    def refused(_: str) -> Any:
        raise ValueError

    return json.loads(strict_json.whole(text.decode()), parse_constant=refused)


def _has_infinite(text: bytes) -> bool:
    """Whether a number is too large, also under a key that is given again."""
    found: list[float] = []
    json.loads(text, parse_float=lambda number: found.append(float(number)))
    return any(map(math.isinf, found))


@given(TEXTS)
@example(b'{"":1e999,"":null}')
def test_a_response_is_read_as_the_standard_library_reads_it(reader: str, text: bytes) -> None:
    """Of which pydantic's reader takes what is too large for infinite, which is no JSON value to the checks."""
    read = _said(strict_json.load_fast, text)
    try:
        value = _standard(text)
    except (ValueError, RecursionError):
        assert read[0] != "read"
    else:
        assert read[0] != "read" if _has_infinite(text) and reader == "msgspec" else read == ("read", repr(value))


@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_many_are_read_as_each_or_not_at_all(texts: list[bytes], unique: bool) -> None:
    values = strict_json.load_many(texts, unique=unique)
    if values is not None:
        read = strict_json.load if unique else strict_json.load_fast
        assert [("read", repr(value)) for value in values] == [_said(read, text) for text in texts]


@pytest.mark.parametrize("text", [b'{"a": [1.5, {"b": "\\"c\\\\"}], "c": "\xc3\xa9"}', b"[1, 2]", b'"\\u00e9\\n"'])
def test_plain_text_needs_no_slow_reader(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json, "load_slowly", None)
    assert strict_json.load(text) == strict_json.load(text.decode()) == json.loads(text)
    assert strict_json.load_many([text] * 3, unique=True) == [json.loads(text)] * 3


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused_each_by_itself(name: str) -> None:
    """Also by the reader of many texts at once, which looks for both names first."""
    texts = [b'{"a": 1}', f'{{"a": {name}}}'.encode()]
    with pytest.raises(ValueError):  # noqa: PT011 - each reader has its own words
        READERS["pydantic"]().many(texts)
    with pytest.raises(ValueError, match=r"."):
        strict_json.load(texts[1].decode())
    assert strict_json.load_many(texts, unique=True) is None
