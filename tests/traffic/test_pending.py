"""An exchange in progress: what is handed over of it, once, and when."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from apicontract.traffic.taps import Sending, bodies
from apicontract.traffic.taps.bodies import Copy
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.wire.messages import Exchange, Headers, Response

HEADERS = Headers({"x-sent": "1"})
CAME = Headers({"x-came": "2"})


def begun(
    told: list[Any], url: str = "https://u:p@a.example/b?c=d#e", *, network: bool = False, body: Any = b"sent"
) -> PendingExchange:
    sending = Sending("toy", "post", url, network=network)
    return PendingExchange(sending, "https://api.example/b?c=d", told.append, HEADERS, body)


def copy(*chunks: bytes, complete: bool = True) -> Copy:
    made = Copy()
    made.begin()
    for chunk in chunks:
        made.add(chunk)
    made.end(complete=complete)
    return made


def test_an_exchange_has_the_url_of_the_contract_and_a_name_without_what_may_be_a_key() -> None:
    told: list[Exchange] = []
    pending = begun(told)
    before = pending.so_far()
    assert (before.response, before.complete, before.real, before.unseen) == (None, False, False, frozenset())
    pending.whole(201, CAME, b"came", network=True)
    (found,) = told
    assert (found.request.method, found.request.url) == ("POST", "https://api.example/b?c=d")
    assert (found.request.headers, found.request.body) == (HEADERS, b"sent")
    assert found.response == Response(201, CAME, b"came")
    assert (found.complete, found.real, found.unseen) == (True, True, frozenset())
    assert found.label == before.label == "POST https://a.example/b"


@pytest.mark.parametrize(
    ("sent_so", "came_so", "real"),
    [(False, False, False), (False, True, True), (True, False, True), (True, True, True)],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_an_answer_is_real_if_the_request_or_the_answer_went_over_a_network(
    sent_so: bool, came_so: bool, real: bool, streamed: bool
) -> None:
    told: list[Exchange] = []
    pending = begun(told, network=sent_so)
    if streamed:
        pending.streamed(200, CAME, network=came_so).end(complete=True)
    else:
        pending.whole(200, CAME, b"", network=came_so)
    assert [found.real for found in told] == [real]


def test_without_an_answer_nothing_was_real_and_only_the_first_end_counts() -> None:
    told: list[Exchange | None] = []
    pending = begun(told, network=True)
    pending.settle()
    assert told == [], "there is no answer yet"
    pending.failed()
    pending.failed()
    pending.abandoned()
    pending.whole(200, CAME, b"", network=True)
    (found,) = told
    assert found is not None
    assert (found.response, found.complete, found.real) == (None, False, False)
    begun(told).abandoned()
    assert told[1:] == [None]


@pytest.mark.parametrize(
    ("body", "known"),
    [
        (b"", b""),
        (None, None),
        (copy(b"a", b"b"), b"ab"),
        (copy(), b""),
        (copy(b"a", complete=False), None),
        (Copy(), None),
    ],
)
def test_a_body_is_known_if_all_of_it_was_sent(body: Any, known: bytes | None) -> None:
    told: list[Exchange] = []
    begun(told, body=body).whole(200, CAME, b"", network=False)
    assert (told[0].request.body, told[0].unseen) == (known or b"", frozenset({"request"} if known is None else ()))


@pytest.mark.parametrize(
    ("coding", "decoded", "chunks", "complete", "body"),
    [
        (None, False, [b"a", b"b"], True, b"ab"),
        (None, False, [b"a"], False, b"a"),
        ("gzip", False, [gzip.compress(b"ab")], True, b"ab"),
        ("gzip", False, [gzip.compress(b"ab" * 99)[:-3]], False, b"ab" * 99),
        ("gzip", True, [b"ab"], True, b"ab"),
        ("br", False, [b"ab"], True, None),
        ("gzip", False, [b"ab"], True, None),
        (None, False, [b"abc", b"de"], True, None),
    ],
)
def test_an_answer_that_is_read_is_decoded_unless_it_was(
    monkeypatch: pytest.MonkeyPatch, coding: str | None, decoded: bool, chunks: list[bytes], complete: bool, body: Any
) -> None:
    """One that cannot be decoded, or is too long, is not seen, though it may be complete."""
    monkeypatch.setattr(bodies, "LIMIT", 4 if len(chunks) == 2 and body is None else 10_000)
    told: list[Exchange] = []
    headers = Headers({} if coding is None else {"content-encoding": coding})
    received = begun(told).streamed(200, headers, network=False)
    received.begin()
    received.decoded = decoded
    for chunk in chunks:
        received.add(chunk)
    received.end(complete=complete)
    received.end(complete=not complete)
    (found,) = told
    assert found.response is not None
    assert (found.response.headers, found.response.body) == (headers, body or b"")
    assert (found.complete, found.unseen) == (complete, frozenset({"response"} if body is None else ()))


def test_an_answer_that_nobody_reads_is_handed_over_as_far_as_it_came() -> None:
    told: list[Exchange] = []
    pending = begun(told)
    received = pending.streamed(200, CAME, network=False)
    received.begin()
    received.add(b"a")
    pending.settle()
    assert [(found.complete, found.response and found.response.body) for found in told] == [(False, b"a")]


@pytest.mark.parametrize(
    ("sizes", "kept"), [([4], True), ([2, 2], True), ([5], False), ([2, 3], False), ([5, 0], False)]
)
def test_a_copy_keeps_up_to_its_limit_and_begins_anew(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], kept: bool
) -> None:
    monkeypatch.setattr(bodies, "LIMIT", 4)
    made = Copy()
    for _ in range(2):
        made.begin()
        assert (made.begun, made.complete, made.body()) == (True, False, b"")
        for size in sizes:
            made.add(b"x" * size)
        assert made.body() == (b"x" * sum(sizes) if kept else None)
        made.end(complete=True)
        made.end(complete=False)
        assert made.complete
