"""By default an operation responds with a conforming response from the document, to every client."""

from __future__ import annotations

import json
from typing import Any

import pytest
import twelvelabs_api_2025_08

from apicontract.client import ApiError
from tests.mock.conftest import Subject, get, post, send
from tests.support import vendor
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import TwelveLabsMock


def _exclusive(contract: Contract, call: vendor.Call) -> dict[str, Any]:
    """Return the arguments of a call without those that our client refuses beside others (ledger A30)."""
    body = contract.operation(call.operation_id).request_body
    content = next(iter(body.content.values())) if body else None
    schema = contract.document.resolve(content.schema, content.schema_pointer)[0] if content else {}
    surplus = {name for group in schema.get("x-exclusive", ()) for name in group[1:]}
    return {name: value for name, value in call.arguments.items() if name not in surplus}


@pytest.mark.parametrize("call", vendor.CALLS, ids=lambda call: call.method)
def test_each_call_of_the_vendors_sdk_is_answered(
    mock: TwelveLabsMock, contract: Contract, subject: Subject, call: vendor.Call
) -> None:
    """The clients read the answer without an error, and the exchange conforms."""
    result = subject(call.method, **(_exclusive(contract, call) if subject.name.startswith("ours") else call.arguments))

    assert not call.event_stream or [event.event_type for event in result][-1] == "stream_end"
    assert mock[call.operation_id].called
    for exchange in mock.calls:
        assert contract.check_exchange(exchange.request, exchange.response) == []
    assert mock.violations == ()


def test_the_calls_are_all_operations(contract: Contract) -> None:
    assert {call.operation_id for call in vendor.CALLS} == {operation.id for operation in contract.operations}


def test_a_default_answer_is_the_first_example_with_the_declared_header(
    mock: TwelveLabsMock, contract: Contract
) -> None:
    response = get("/tasks/t1")
    declared = contract.operation("tasks.retrieve").responses["200"].content["application/json"]
    assert response.json() == next(iter(declared.examples.values()))
    assert response.headers["x-api-version"] == "1.3"


def test_an_operation_without_a_body_answers_with_its_status(mock: TwelveLabsMock) -> None:
    response = send("DELETE", "/tasks/t1")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    ("body", "kind"), [({}, "x-ndjson"), ({"stream": True}, "x-ndjson"), ({"stream": False}, "json")]
)
def test_the_flag_of_the_request_chooses_between_object_and_stream(
    mock: TwelveLabsMock, body: dict[str, bool], kind: str
) -> None:
    response = post("/analyze", json={"video_id": "v", "prompt": "p", **body})
    assert response.headers["content-type"] == f"application/{kind}"


PAGED = ["tasks.list", "indexes.list", "embed.tasks.list", "indexes.videos.list"]


@pytest.mark.parametrize("operation", PAGED)
def test_the_examples_of_a_listing_are_its_pages_and_it_ends(
    mock: TwelveLabsMock, contract: Contract, subject: Subject, operation: str
) -> None:
    """Some clients stop at the number of pages, others at an empty one; all see each item once."""
    declared = contract.operation(operation).responses["200"].content["application/json"]
    wanted = [item for example in declared.examples.values() for item in example["data"]]

    found = subject(operation, **({"index_id": "i"} if operation == "indexes.videos.list" else {}))

    assert [item.id for item in found] == [item["_id"] for item in wanted]


def test_a_search_that_was_not_set_has_one_page(mock: TwelveLabsMock, subject: Subject) -> None:
    """The first example names a next page; a mock that always answered with it would never end."""
    found = subject("search.query", index_id="i", search_options=["visual"], query_text="a dog")
    assert len(found) == 1
    assert not mock["search.retrieve"].called
    subject("search.retrieve", page_token="anything")
    assert "next_page_token" not in mock.calls[-1].response.json()["page_info"]


def test_a_page_beyond_the_end_says_its_own_number(mock: TwelveLabsMock) -> None:
    page = get("/tasks?page=7").json()
    assert page["data"] == []
    assert page["page_info"]["page"] == 7


def test_the_same_request_gets_the_same_answer(mock: TwelveLabsMock) -> None:
    first, second = get("/indexes?page=2"), get("/indexes?page=2")
    assert first.content == second.content
    assert json.loads(first.content)["page_info"]["page"] == 2


def test_a_client_that_refuses_to_send_is_not_received(mock: TwelveLabsMock) -> None:
    with pytest.raises(ApiError, match="page_limit"):
        twelvelabs_api_2025_08.TwelveLabs(api_key=vendor.KEY).tasks.list(page_limit=51)
    assert not mock["tasks.list"].called
