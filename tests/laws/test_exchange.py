"""The comparison and the decoding that the laws use."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from apicontract.openapi.document import Document
from tests.laws.differences import different
from tests.laws.exchange import JSON, difference, flag, same
from tests.laws.listing import Page, Server
from tests.laws.subjects import Chunks, Wire
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract


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


THING: dict[str, Any] = {
    "description": "A thing.",
    "properties": {"title": {"type": "string", "default": "a", "description": "Its name."}},
}


def _document(thing: Any, **operation: Any) -> Contract:
    """Return a document of one operation, and of a second one that has no schema."""
    answer = {"200": {"description": "", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Thing"}}}}}
    found = {"operationId": "things.get", "summary": "Get.", "responses": answer, **operation}
    other = {"operationId": "things.clear", "responses": {"204": {"description": ""}}}
    paths = {"/things": {"get": found, "delete": other}}
    raw = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    return Contract(Document({**raw, "components": {"schemas": {"Thing": thing}}}))


@pytest.mark.parametrize(
    ("later", "differs"),
    [
        (_document({**THING, "description": "Else."}), False),
        (_document(THING, summary="Else."), False),
        (_document({"properties": {"title": {"type": "string", "default": "a", "description": "Else."}}}), False),
        (_document({"properties": {"title": {"type": "string", "default": "b"}}}), True),
        (_document({"properties": {"title": {"type": "integer", "default": "a"}}}), True),
        (_document({"properties": {}}), True),
        (_document(THING, operationId="things.read"), True),
        (_document(THING, deprecated=True), True),
        (_document(THING, security=[]), True),
        (_document(THING, parameters=[{"name": "q", "in": "query", "schema": {}}]), True),
    ],
)
def test_an_operation_differs_by_its_rules_also_where_a_name_is_that_of_a_word(later: Contract, differs: bool) -> None:
    """Such as a property that is called title; words themselves make no difference."""
    assert different(_document(THING), later) == ({"things.get"} if differs else set())


def test_what_streams_without_being_asked_is_known() -> None:
    """Or the laws would ask nothing of a call that leaves the flag out."""
    for contract, streaming in ((Contract.load(), {"analyze"}), (contract_2025_08(), {"analyze", "generate"})):
        assert {one.id for one in contract.operations if flag(one, contract)} == streaming


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


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_request_without_a_host_is_not_sent(*, asynchronous: bool) -> None:
    """As with the transports of httpx: a law would otherwise judge what no server sees."""
    wire, request = Wire(), httpx.Request("POST", "connections:authorize")
    with pytest.raises(httpx.UnsupportedProtocol):
        asyncio.run(wire.handle_async_request(request)) if asynchronous else wire.handle_request(request)
    assert wire.requests == []


@pytest.mark.parametrize("operation", ["tasks.list", "search.create"])
def test_no_item_of_a_scripted_listing_is_that_of_another_page(operation: str) -> None:
    contract = Contract.load()
    server = Server(contract, contract.operation(operation), [Page(2), Page(2), Page(0), Page(3), Page(3)])
    assert [item["number"] for item in server.through(5)] == list(range(10))
    assert [len(server.items(page)) for page in range(5)] == [2, 2, 0, 3, 3]
    assert server.through(2) == [*server.items(0), *server.items(1)]
