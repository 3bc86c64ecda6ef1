"""What the laws compare by, and read with: a law is worth no more than these."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.laws.exchange import difference, same
from tests.laws.subjects import Chunks, Wire


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        ("1", 1, False),
        (None, False, False),
        ([1, 2], [2, 1], False),
        ([1], [1, 1], False),
        ([[True]], [[1]], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ({"a": [{"b": True}]}, {"a": [{"b": 1}]}, False),
        ({}, [], False),
    ],
)
def test_values_are_the_same_json(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is same(other, one) is equal


def test_a_difference_is_told_by_place() -> None:
    one, other = {"query": {"a": 1, "b": 2}, "body": [1]}, {"query": {"a": True, "c": 3}, "body": [1]}
    assert difference(one, other) == {"query.a": 1, "query.b": 2, "query.c": "nothing"}
    assert difference(one, one) == {}
    assert difference({"body": 1}, {}) == {"body": 1}


PIECES = [b"a", b"bc", b"", b"d"]


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("drained", [False, True])
def test_bodies_arrive_in_their_pieces_whichever_client_sends(*, asynchronous: bool, drained: bool) -> None:
    """What is given to one client only would be asked of that one only."""
    wire, taken = Wire(), list[bytes]()
    wire.handler = lambda _: httpx.Response(200, stream=Chunks(PIECES))
    wire.drain = taken.append if drained else None
    request = httpx.Request("POST", "https://any.test", stream=Chunks(PIECES))

    async def ask() -> list[bytes]:
        response = await wire.handle_async_request(request)
        return [piece async for piece in response.stream]  # type: ignore[union-attr]

    found = asyncio.run(ask()) if asynchronous else [*wire.handle_request(request).stream]  # type: ignore[misc]
    assert found == PIECES
    assert wire.asynchronous is asynchronous
    assert taken == PIECES if drained else request.content == b"abcd"
