"""Listings: as many requests as there are pages, and an end in every case."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from apicontract.client import (
    Answer,
    NotFoundError,
    Page,
    PaginationInvalid,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
)
from tests.client.conftest import World, answer, done, each
from tests.client.tiny_api import Note, Notes


class Number(enum.Enum):
    """An enumeration of a caller's own."""

    TWO = "2"


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


@pytest.mark.parametrize(
    ("counts", "total"), [([2, 0, 1], 3), ([0, 1], 2), ([1, 0, 2, 0, 1], 5), ([1, 0, 0], 9), ([0], 1), ([1, 0], 2)]
)
@pytest.mark.parametrize("by", ["number", "token"])
def test_empty_page_is_a_page_too(world: World, counts: list[int], total: int, by: str) -> None:
    """Wherever it is among the others, it comes with its response."""
    numbers = range(1, len(counts) + 1)
    tokens = [f"t{number}" if number < len(counts) else None for number in numbers]
    bodies = [
        page(*"ab"[:count], number=number, total=total, token=token)
        for number, count, token in zip(numbers, counts, tokens, strict=True)
    ]
    arguments: dict[str, Any] = {"operation": "search.create", "body": {"text": "x"}} if by == "token" else {}
    client = world.client(in_turn(*bodies))

    async def work() -> None:
        found = [one async for one in each((await done(listed(client, **arguments)())).iter_pages())]
        assert [(one.response.page_info.page, len(one.items)) for one in found] == list(
            zip(numbers, counts, strict=True)
        )

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
    [{}, {"data": None}, {"data": []}, page(total=1), page("a", total=1), page("a", total=0), page("a", total=-1)],
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


def test_empty_page_before_the_stated_end_is_passed_over(world: World) -> None:
    """Its items may have been removed meanwhile; those of later pages are still there."""
    client = world.client(in_turn(page("a", total=4), page(number=2, total=4), page("c", total=4), page(total=4)))
    assert ids(world, listed(client)) == ["a", "c"]
    assert len(world.requests) == 4
    client = world.client(in_turn(page(total=2), page("b", number=2, total=2)))
    assert world.do(listed(client)).has_next
    client = world.client(in_turn(page(total=2), page("b", number=2, total=2)))
    assert ids(world, listed(client)) == ["b"]


def test_two_empty_pages_in_a_row_are_the_end(world: World) -> None:
    """A server that always states more pages is not followed for ever."""
    number = 0

    def handle(_: httpx.Request) -> httpx.Response:
        nonlocal number
        number += 1
        return answer(page(*(["a"] if number in (1, 3) else []), number=number, total=number + 1))

    assert ids(world, listed(world.client(handle))) == ["a", "a"]
    assert len(world.requests) == 5


@pytest.mark.parametrize("validate", [True, False])
def test_whole_number_that_is_a_float_is_counted_on(world: World, validate: bool) -> None:
    """`2.0` is page 2 to a server, so the next one is 3."""
    client = world.client(in_turn(THREE[2], THREE[3]), validate=validate)
    assert ids(world, listed(client, query={"page": 2.0})) == ["c", "d", "e"]
    assert world.urls == ["/v7/notes?page=2", "/v7/notes?page=3"]


@pytest.mark.parametrize("given", ["2", "2.0", Number.TWO])
def test_text_of_a_number_is_counted_on(world: World, given: Any) -> None:
    """Without validation it is sent, and the server reads the number."""
    client = world.client(in_turn(THREE[2], THREE[3]), validate=False)
    assert ids(world, listed(client, query={"page": given})) == ["c", "d", "e"]
    assert world.urls[1:] == ["/v7/notes?page=3"]


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("given", ["two", "", "2.5", 2.5, True, [2], {"a": 2}])
def test_page_that_cannot_be_counted_from_is_refused(world: World, given: Any, validate: bool) -> None:
    """It is reported before anything is sent, not taken for page 1."""
    client = world.client(numbered(THREE), validate=validate)
    with pytest.raises(RequestInvalid) as caught:
        world.do(listed(client, query={"page": given}))
    assert [(violation.where, violation.rule) for violation in caught.value.violations] == [("query.page", "type")]
    assert world.requests == []


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


def test_operation_that_does_not_list_is_reported(world: World) -> None:
    """A mistake of the generated code."""
    client = world.client(in_turn())
    with pytest.raises(ValueError, match="no `x-pagination` here"):
        world.do(listed(client, "notes.retrieve", path={"note_id": "n"}))


def test_token_that_is_no_text_is_an_error(world: World) -> None:
    """It is neither followed nor taken for the end."""
    client = world.client(in_turn({**page("a"), "page_info": {"next_page_token": 5}}))
    seen: list[Any] = []
    answers: Any = Answer[dict[str, Any]]
    with pytest.raises(PaginationInvalid, match="not a string, got 5"):
        world.gather(lambda: client.pages("search.create", answers, answers, body={"text": "x"}), seen)
    assert [item["_id"] for item in seen] == ["a"]
