"""Listings: as many requests as there are pages, and an end in every case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from tests.client.conftest import World, answer, done, each
from tests.client.tiny_api import Note, Notes
from twelvelabs_contract.client import (
    Answer,
    NotFoundError,
    Page,
    PaginationInvalid,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
)

Handler = Callable[[httpx.Request], httpx.Response]


def page(*ids: str, number: int = 1, total: int | None = None, token: str | None = None) -> dict[str, Any]:
    """Make the body of one page."""
    info = {"page": number, "total_page": total, "next_page_token": token}
    return {"data": [{"_id": one} for one in ids], "page_info": {k: v for k, v in info.items() if v is not None}}


def numbered(pages: Mapping[int, dict[str, Any]]) -> Handler:
    """Answer each page by its number; a page beyond has no items (ledger A36)."""

    def handle(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", "1"))
        return answer(pages.get(number, page(number=number)))

    return handle


def in_turn(*bodies: Any) -> Handler:
    """Answer in turn: a page, or the status of a refusal."""
    left = list(bodies)

    def handle(_: httpx.Request) -> httpx.Response:
        body = left.pop(0)
        return answer(status=body) if isinstance(body, int) else answer(body)

    return handle


def listed(client: Any, operation: str = "notes.list", **arguments: Any) -> Callable[[], Any]:
    """Make a call that lists."""
    return lambda: client.pages(operation, Answer[Notes], Answer[Note], **arguments)


def ids(world: World, call: Callable[[], Any]) -> list[str]:
    """Return the identifiers of all items of a listing."""
    return [note.id for note in world.all(call)]


THREE = {1: page("a", "b", total=3), 2: page("c", "d", number=2, total=3), 3: page("e", number=3, total=3)}


def test_three_pages_are_three_requests(world: World) -> None:
    """The end is known from the last page, not from asking beyond it (ledger S8)."""
    client = world.client(numbered(THREE))
    assert ids(world, listed(client)) == ["a", "b", "c", "d", "e"]
    assert world.urls == ["/v7/notes", "/v7/notes?page=2", "/v7/notes?page=3"]


def test_arguments_are_repeated_and_options_too(world: World) -> None:
    """Each page is a page of the same listing, from the caller's own page on."""
    client = world.client(numbered(THREE))
    arguments: dict[str, Any] = {
        "query": {"page": 2, "page_limit": 2, "tags": ["x"]},
        "options": {"additional_headers": {"x-a": "1"}},
    }
    assert ids(world, listed(client, **arguments)) == ["c", "d", "e"]
    assert world.urls == ["/v7/notes?page=2&page_limit=2&tags=x", "/v7/notes?page=3&page_limit=2&tags=x"]
    assert [request.headers["x-a"] for request in world.requests] == ["1", "1"]


def test_first_page_is_fetched_by_the_call_and_no_other_is(world: World) -> None:
    """A refusal of the first page is a refusal of the call; later pages wait until they are asked for."""
    client = world.client(numbered(THREE))
    pager = world.do(listed(client))
    assert len(world.requests) == 1
    assert [note.id for note in pager.items] == ["a", "b"]
    assert pager.response.page_info.total_page == 3
    assert pager.has_next
    assert "of notes.list: 2 items, and more" in repr(pager)
    assert len(world.requests) == 1
    with pytest.raises(NotFoundError):
        world.do(listed(world.client(in_turn(404))))


def test_pages_can_be_iterated_too(world: World) -> None:
    """Each is its items, with the answer that they came in."""
    client = world.client(numbered(THREE))

    async def work() -> None:
        pages = [one async for one in each((await done(listed(client)())).iter_pages())]
        assert all(isinstance(one, Page) for one in pages)
        assert [[note.id for note in one] for one in pages] == [["a", "b"], ["c", "d"], ["e"]]
        assert [one.response.page_info.page for one in pages] == [1, 2, 3]
        assert [len(one.items) for one in pages] == [2, 2, 1]

    world.run(work())


def test_second_iteration_begins_again_without_fetching_the_first_page(world: World) -> None:
    """A listing can be walked as often as one likes."""
    client = world.client(numbered(THREE))

    async def work() -> None:
        pager = await done(listed(client)())
        for _ in range(2):
            assert [note.id async for note in each(pager)] == ["a", "b", "c", "d", "e"]

    world.run(work())
    assert world.urls.count("/v7/notes") == 1
    assert len(world.requests) == 5


@pytest.mark.parametrize(
    "body",
    [{}, {"data": None}, {"data": []}, page(total=5), page("a", total=1), page("a", total=0), page("a", total=-1)],
)
def test_listing_of_one_page(world: World, body: Any) -> None:
    """No items, or no page more: one request."""
    client = world.client(in_turn(body))
    pager = world.do(listed(client))
    assert not pager.has_next
    assert len(world.all(lambda: pager)) == len(pager.items)
    assert len(world.requests) == 1


def test_without_a_number_of_pages_the_first_empty_page_is_the_end(world: World) -> None:
    """There is no other way to know."""
    client = world.client(in_turn(page("a"), page("b"), page()))
    assert ids(world, listed(client, "plain.list")) == ["a", "b"]
    assert world.urls == ["/v7/plain", "/v7/plain?page=2", "/v7/plain?page=3"]
    client = world.client(in_turn(page("a"), page("b"), page()))
    assert ids(world, listed(client, query={"page": 7})) == ["a", "b"]


def test_latest_number_of_pages_counts(world: World) -> None:
    """A listing that grows or shrinks meanwhile is followed as far as it says, and no further."""
    growing = world.client(in_turn(page("a", total=1 + 1), page("b", number=2, total=3), page("c", number=3, total=3)))
    assert ids(world, listed(growing)) == ["a", "b", "c"]
    shrinking = world.client(in_turn(page("a", total=9), page("b", number=2, total=2)))
    assert ids(world, listed(shrinking)) == ["a", "b"]
    empty = world.client(in_turn(page("a", total=9), page(number=2, total=9)))
    assert ids(world, listed(empty)) == ["a"]


def test_start_beyond_the_end_is_an_empty_listing(world: World) -> None:
    """One request, no items (ledger A36)."""
    client = world.client(numbered(THREE))
    assert ids(world, listed(client, query={"page": 99})) == []
    assert len(world.requests) == 1


def test_error_of_a_later_page_comes_after_the_items_before_it(world: World) -> None:
    """Nothing that arrived is lost, and nothing that is missing is passed over in silence."""
    for body, kind in ((500, ServerError), ({"data": [{}]}, ResponseInvalid)):
        client = world.client(in_turn(page("a", total=3), page("b", number=2, total=3), body), max_retries=0)
        seen: list[Note] = []
        with pytest.raises(kind):
            world.gather(listed(client), seen)
        assert [note.id for note in seen] == ["a", "b"]


def test_wrong_arguments_are_refused_before_the_first_page(world: World) -> None:
    """As in any call."""
    client = world.client(numbered(THREE))
    with pytest.raises(RequestInvalid):
        world.do(listed(client, query={"page": 0}))
    assert world.requests == []


def test_tokens_lead_through_another_operation(world: World) -> None:
    """Only the named arguments go along (ledger S9); the token is one encoded segment."""
    client = world.client(in_turn(page("a", token="t/1"), page("b", token="t2"), page("c")))
    arguments: dict[str, Any] = {
        "body": {"text": "x", "detail": True, "page_limit": 1},
        "options": {"additional_body_parameters": {"new": 1}, "additional_headers": {"x-a": "1"}},
    }
    assert ids(world, listed(client, "search.create", **arguments)) == ["a", "b", "c"]
    assert world.urls == ["/v7/search", "/v7/search/t%2F1?detail=true", "/v7/search/t2?detail=true"]
    assert [request.method for request in world.requests] == ["POST", "GET", "GET"]
    assert [request.headers["x-a"] for request in world.requests] == ["1", "1", "1"]


def test_tokens_lead_through_the_same_operation(world: World) -> None:
    """Where no other is named, everything is repeated, with the token among the parameters."""
    client = world.client(in_turn(page("a", token="t1"), page("b", token="")))
    assert ids(world, listed(client, "events.list", query={"kind": "k"})) == ["a", "b"]
    assert world.urls == ["/v7/events?kind=k", "/v7/events?cursor=t1&kind=k"]


def test_absent_arguments_are_not_repeated(world: World) -> None:
    """`detail` was not given."""
    client = world.client(in_turn(page("a", token="t1"), {"data": [], "page_info": {"next_page_token": None}}))
    assert ids(world, listed(client, "search.create", body={"text": "x", "detail": None})) == ["a"]
    assert world.urls == ["/v7/search", "/v7/search/t1"]


def test_token_that_comes_again_is_an_error(world: World) -> None:
    """Its pages would never end; the items so far were delivered."""
    client = world.client(in_turn(page("a", token="t1"), page("b", token="t2"), page("c", token="t1")))
    seen: list[Note] = []
    with pytest.raises(
        PaginationInvalid, match=r"body\.page_info\.next_page_token: this token was seen before"
    ) as caught:
        world.gather(listed(client, "search.create", body={"text": "x"}), seen)
    assert [note.id for note in seen] == ["a", "b", "c"]
    assert len(world.requests) == 3
    assert caught.value.operation == "search.create"


def test_empty_page_with_a_token_is_not_the_end(world: World) -> None:
    """Only a missing token is."""
    client = world.client(in_turn(page("a", token="t1"), page(token="t2"), page("c")))
    assert ids(world, listed(client, "search.create", body={"text": "x"})) == ["a", "c"]


def test_operation_that_does_not_list_is_told(world: World) -> None:
    """A mistake of the generated code."""
    client = world.client(in_turn())
    with pytest.raises(ValueError, match="no `x-pagination` here"):
        world.do(listed(client, "notes.retrieve", path={"note_id": "n"}))
