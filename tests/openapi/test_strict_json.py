"""The fast JSON readers give the same values and the same error messages as that of the standard library."""

from __future__ import annotations

import json
import math
import re
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


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        (r'{"a": 1, "a": 2, "b": "\u0022\u0022"}', "'a'"),
        (r'{"b": "\u0022\u0022", "a": 1, "a": 2}', "'a'"),
        (r'{"b": "\u0022", "c": {"a": 1, "a": 2}, "\u0022": 3}', "'a'"),
        (r'[{"a": 1, "\u0061": 2}, "\u0022\u0022"]', "'a'"),
        (r'{"\u0022": 1, "\u0022": 2}', "'\"'"),
        (r'{"\u0022": 1, "\"": 2, "b": "\u0022"}', "'\"'"),
        (r'{"a": "\"", "a": "\""}', "'a'"),
        (r'{"a": "\\u0022", "a": "\\u0022"}', "'a'"),
        (r'{"Infinity": 1, "a": 2, "a": 3}', "'a'"),
        (r'{"a": 1, "A": 2, "b": "\u0022\u0022"}', None),
        (r'{"a": {"b": 1}, "b": "\u0022", "\u0022": {"b": 1}}', None),
        (r'{"a": "\u0022\u0022Infinity\\"}', None),
    ],
)
def test_no_text_makes_up_for_a_key_that_is_lost(text: str, twice: str | None) -> None:
    """Such as quotes that are escaped by their number, of which there are more once they are written plainly."""
    for given_text in (text, text.encode()):
        if twice is None:
            assert strict_json.load(given_text) == json.loads(text)
        else:
            with pytest.raises(strict_json.KeyRepeated, match=f"^key {twice} is given twice$"):
                strict_json.load(given_text)
    many = strict_json.load_many([b"[]", text.encode()], unique=True)
    assert many is None if twice else many in (None, [[], json.loads(text)])
    assert strict_json.load_many([text.encode()], unique=False) == [json.loads(text)]
    assert strict_json.load_fast(text.encode()) == json.loads(text)


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused_each_by_itself(name: str) -> None:
    """Also by the reader of many texts at once, which looks for both names first."""
    texts = [b'{"a": 1}', f'{{"a": {name}}}'.encode()]
    with pytest.raises(ValueError):  # noqa: PT011 - each reader has its own words
        READERS["pydantic"]().many(texts)
    with pytest.raises(ValueError, match=r"."):
        strict_json.load(texts[1].decode())
    assert strict_json.load_many(texts, unique=True) is None


HALVES = ("d800", "D83D", "dBfF", "DC00", "dE00", "dfff", "0041", "E000", "D7ff")


@pytest.mark.parametrize("first", HALVES)
@pytest.mark.parametrize("last", HALVES)
def test_only_a_surrogate_without_its_other_half_is_replaced(first: str, last: str) -> None:
    """In either case of the digits; escaped backslashes and a text between them are no part of a pair."""
    for form in (r"\u{}\u{}", r"\u{}-\u{}", r"\\u{}\\\u{}", r"\u{}\n\u{}"):
        text = f'"{form.format(first, last)}"'
        expected = re.sub("[\ud800-\udfff]", "\ufffd", json.loads(text))
        assert json.loads(strict_json.whole(text)) == expected
        assert strict_json.whole_bytes(text.encode()) == strict_json.whole(text).encode()
        assert (
            strict_json.load(text) == strict_json.load_slowly(text) == strict_json.load_fast(text.encode()) == expected
        )


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ('{"a": 1, "b": {"c": 1, "d": 1, "e": 1, "d": 1, "c": 1}}', "key 'c' is given twice", strict_json.KeyRepeated),
        ("[-Infinity]", "-Infinity is not a JSON number", strict_json.NoNumber),
        ("[NaN]", "NaN is not a JSON number", strict_json.NoNumber),
        ("-1e400", "-1e400 is too large for a number", ValueError),
        (f"{'1' * 50}e400", f"{'1' * 40} is too large for a number", ValueError),
        ("1" * 5000, "a number has too many digits", ValueError),
        ("[" * 100_000, "nested too deeply", ValueError),
    ],
)
def test_what_is_no_json_is_refused_with_the_reason(text: str, said: str, kind: type[ValueError]) -> None:
    """Of bytes as of text, in each of the encodings."""
    for encoded in (text, text.encode(), text.encode("utf-16"), text.encode("utf-8-sig")):
        with pytest.raises(kind) as caught:
            strict_json.load(encoded)
        assert str(caught.value) == said


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (b'{"a": NaN}', True),
        (b"[-Infinity]", True),
        (b'"NaN"', True),
        (b'"Name"', False),
        (b'"If"', False),
        (b"[1]", False),
    ],
)
def test_a_text_that_may_hold_no_number_is_told_from_one_that_does_not(text: bytes, may: bool) -> None:
    assert strict_json.may_hold_no_number(text) is may
