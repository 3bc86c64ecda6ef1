"""Content codings are decoded in reverse order, for any number of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest

from apicontract.wire import codings

BODY = b'{"a": "' + b"x" * 200 + b'"}'


def raw(body: bytes) -> bytes:
    """Deflate without the framing of zlib."""
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


WAYS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("then", WAYS)
def test_the_last_coding_is_undone_first(first: str, then: str) -> None:
    sent = WAYS[then](WAYS[first](BODY))
    names = codings.named(f" {first.upper()},identity , {then}")
    assert names == [first, then]
    assert codings.decode(names, sent, 1000) == BODY
    assert codings.decode(names[-1:], sent, 1000) == WAYS[first](BODY) or first != then


def test_deflate_is_read_in_either_framing() -> None:
    assert codings.decode_one("deflate", raw(BODY), 1000) == BODY
    assert codings.decode_one("deflate", zlib.compress(BODY), 1000) == BODY


def test_the_limit_is_the_longest_body_that_is_read() -> None:
    sent = gzip.compress(BODY)
    assert codings.decode_one("gzip", sent, len(BODY)) == BODY
    with pytest.raises(ValueError, match="more than 208 bytes"):
        codings.decode_one("gzip", sent, len(BODY) - 1)


def test_members_follow_each_other_and_a_cut_one_is_told() -> None:
    sent = gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])
    assert codings.decode_one("gzip", sent, 1000) == BODY
    with pytest.raises(ValueError, match="ends too early"):
        codings.decode_one("gzip", sent[:-1], 1000)
    assert codings.decode(["gzip"], sent[:-1], 1000) == BODY
    with pytest.raises(ValueError, match="is broken"):
        codings.decode_one("gzip", BODY, 1000)
    with pytest.raises(ValueError, match="cannot be decoded here"):
        codings.decode_one("br", BODY, 1000)
