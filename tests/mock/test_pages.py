"""Every client reads a listing with the items of a test to its end, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mock.conftest import Subject, get, post
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import AnswerInvalid, TwelveLabsMock

PAGED = ["tasks.list", "indexes.list", "embed.tasks.list", "indexes.videos.list"]
SEARCH = {"index_id": "i", "search_options": ["visual"], "query_text": "a dog"}


def items(*names: str) -> list[dict[str, str]]:
    return [{"_id": name} for name in names]


def test_these_are_all_listings(contract: Contract) -> None:
    paged = {operation.id: operation.pagination.style for operation in contract.operations if operation.pagination}
    assert paged == {**dict.fromkeys(PAGED, "page"), "search.create": "token"}


@pytest.mark.parametrize("operation", PAGED)
def test_every_client_reads_every_page_by_its_number(
    mock: TwelveLabsMock, contract: Contract, subject: Subject, operation: str
) -> None:
    mock[operation].pages([items("a", "b"), items("c", "d"), items("e")])

    found = subject(operation, **({"index_id": "i"} if operation == "indexes.videos.list" else {}))

    assert [item.id for item in found] == ["a", "b", "c", "d", "e"]
    numbers = [call.query.get("page", 1) for call in mock[operation].calls]
    assert numbers[:3] == [1, 2, 3]
    assert numbers[3:] in ([], [4]), "the vendor's SDK asks for one page more"
    for exchange in mock.calls:
        assert contract.check_exchange(exchange.request, exchange.response) == []


def test_every_client_follows_the_tokens_to_the_operation_of_the_later_pages(
    mock: TwelveLabsMock, contract: Contract, subject: Subject
) -> None:
    mock["search.create"].pages([[{"video_id": "a"}], [{"video_id": "b"}], [{"video_id": "c"}]])

    found = subject("search.query", **SEARCH)

    assert [item.video_id for item in found] == ["a", "b", "c"]
    assert len(mock["search.create"].calls) == 1
    assert [call.path for call in mock["search.retrieve"].calls] == [{"page_token": "page-2"}, {"page_token": "page-3"}]
    for exchange in mock.calls:
        assert contract.check_exchange(exchange.request, exchange.response) == []


def test_a_page_says_how_many_there_are_and_which_it_is(mock: TwelveLabsMock) -> None:
    """The example says four items a page; nobody knows what these pages would be limited to."""
    mock["tasks.list"].pages([items("a", "b"), items("c")])
    assert get("/tasks").json() == {
        "data": items("a", "b"),
        "page_info": {"page": 1, "total_page": 2, "total_results": 3},
    }
    assert get("/tasks?page=2").json()["page_info"] == {"page": 2, "total_page": 2, "total_results": 3}
    assert get("/tasks?page=3").json() == {"data": [], "page_info": {"page": 3, "total_page": 2, "total_results": 3}}


def test_what_else_a_page_says_can_be_laid_around_it(mock: TwelveLabsMock) -> None:
    mock["tasks.list"].pages(
        [items("a")], around={"page_info": {"limit_per_page": 50, "total_results": 9}, "note": "x"}
    )
    assert get("/tasks").json() == {
        "data": items("a"),
        "page_info": {"limit_per_page": 50, "page": 1, "total_page": 1, "total_results": 9},
        "note": "x",
    }


def test_what_the_example_says_besides_its_items_stays(mock: TwelveLabsMock) -> None:
    mock["search.create"].pages([[{"video_id": "a"}], [{"video_id": "b"}]])
    first = post(
        "/search", data={**SEARCH, "query_media_type": "image"}, files={"query_media_file": ("a.jpg", b"A")}
    ).json()
    assert first["search_pool"]["total_count"] == 27
    assert first["page_info"] == {
        "page_expires_at": "2025-08-21T16:05:11Z",
        "next_page_token": "page-2",
        "total_results": 2,
    }
    assert "next_page_token" not in get("/search/page-2").json()["page_info"]


def test_a_token_of_no_page_is_refused(mock: TwelveLabsMock) -> None:
    mock["search.create"].pages([[{"video_id": "a"}], [{"video_id": "b"}]])
    response = get("/search/page-9")
    assert response.status_code == 400
    assert "none of the pages" in response.json()["message"]
    mock["search.retrieve"].respond({"data": []})
    assert get("/search/page-9").json() == {"data": []}, "what is set last counts"


@pytest.mark.parametrize("pages", [[], [[]]])
def test_no_items_are_one_empty_page(mock: TwelveLabsMock, subject: Subject, pages: list[list[Any]]) -> None:
    mock["tasks.list"].pages(pages)
    mock["search.create"].pages(pages)
    assert subject("tasks.list") == []
    assert subject("search.query", **SEARCH) == []


def test_an_item_that_breaks_the_contract_is_reported_with_its_page(mock: TwelveLabsMock) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        mock["tasks.list"].pages([items("a"), [{"_id": 5}]])
    assert str(caught.value).startswith("tasks.list: page 2 is one that the real API could never send")
    assert "body.data[0]._id: the value is not of type" in str(caught.value)
    with pytest.raises(AnswerInvalid, match=r"^search.retrieve: page 2 is one that"):
        mock["search.create"].pages([[], [{"video_id": 5}]])


@pytest.mark.parametrize("operation", ["tasks.retrieve", "search.retrieve", "analyze"])
def test_what_is_no_listing_has_no_pages(mock: TwelveLabsMock, operation: str) -> None:
    with pytest.raises(AnswerInvalid, match=f"{operation}: this is not a listing: it has no `x-pagination`"):
        mock[operation].pages([])


@pytest.mark.parametrize("said", [{}, {"page_info": {"page": 1}}, {"page_info": {"page": 1, "total_page": 1}}])
def test_a_payload_given_for_a_listing_is_one_page(
    mock: TwelveLabsMock, subject: Subject, said: dict[str, Any]
) -> None:
    """A client that reads until a page is empty would never end if each page were the payload."""
    mock["tasks.list"].respond({"data": items("a", "b"), **said})
    assert [item.id for item in subject("tasks.list")] == ["a", "b"]


def test_a_payload_is_the_page_that_is_asked_for_first(mock: TwelveLabsMock) -> None:
    payload = {"data": items("a"), "page_info": {"page": 3}}
    mock["tasks.list"].respond(payload, headers={"x-trace": "abc"})
    assert get("/tasks?page=3").json() == payload
    assert get("/tasks?page=4").json() == {"data": [], "page_info": {"page": 4}}
    assert get("/tasks?page=4").headers["x-trace"] == "abc"
    assert get("/tasks?page=1").json() == payload


def test_a_payload_that_states_fewer_pages_is_the_one_that_was_asked_for_all_the_same(mock: TwelveLabsMock) -> None:
    payload = {"data": items("a"), "page_info": {"page": 3, "total_page": 1}}
    mock["tasks.list"].respond(payload)
    assert [get(f"/tasks?page={number}").json()["data"] for number in (3, 4)] == [payload["data"], []]


def test_a_payload_that_states_more_pages_is_as_many(mock: TwelveLabsMock) -> None:
    mock["tasks.list"].example("first_page")
    assert [len(get(f"/tasks?page={number}").json()["data"]) for number in (1, 2, 3)] == [4, 4, 0]
    mock["tasks.list"].example("beyond_the_end")
    assert get("/tasks").json()["data"] == []
