"""A request that breaks the contract gets the documented error response, and the test can see the violations."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import respx
import twelvelabs
from twelvelabs.core.api_error import ApiError

from tests.mock.conftest import TLS, URL, get, post, send
from tests.support import vendor
from twelvelabs_contract import Contract, Violation
from twelvelabs_contract.mock import TwelveLabsMock


def test_a_bad_request_gets_the_documented_refusal_which_tells_every_violation(mock: TwelveLabsMock) -> None:
    response = get("/tasks", params={"page_limit": 51, "sort_by": "size"})

    assert response.status_code == 400
    assert response.json() == {
        "code": "parameter_invalid",
        "message": "query.page_limit: the value is greater than the maximum of 50, got 51 "
        "[maximum, #/components/parameters/PageLimit/schema/maximum]; "
        'query.sort_by: the value is not one of "updated_at" or "created_at"'
        ', got "size" [enum, #/components/parameters/SortBy/schema/enum]',
        "docs_url": "https://docs.twelvelabs.io/docs/error-codes",
    }
    (call,) = mock["tasks.list"].calls
    assert [(v.where, v.rule) for v in call.violations] == [("query.page_limit", "maximum"), ("query.sort_by", "enum")]
    assert mock.violations == call.violations


def test_the_clients_error_has_the_code_and_the_message(mock: TwelveLabsMock) -> None:
    with httpx.Client(verify=TLS) as http, pytest.raises(ApiError) as caught:
        twelvelabs.TwelveLabs(api_key=vendor.KEY, httpx_client=http).tasks.list(page_limit=51)
    assert caught.value.status_code == 400
    assert caught.value.body["code"] == "parameter_invalid"
    assert "query.page_limit" in caught.value.body["message"]


@pytest.mark.parametrize("call", vendor.CALLS, ids=lambda call: call.method)
def test_every_operation_refuses_what_it_does_not_declare(
    mock: TwelveLabsMock, contract: Contract, call: vendor.Call
) -> None:
    """The same good request is sent again, with a parameter that nobody declared, or twice where any is admitted."""
    sent = vendor.record(contract, call).requests[0]
    url = sent.url.copy_add_param("nobody", "1").copy_add_param("nobody", "2")
    request = httpx.Request(sent.method, url, headers=sent.headers, content=sent.content)

    with httpx.Client(verify=TLS) as http:
        response = http.send(request)

    assert response.status_code == 400
    assert response.json()["code"] in ("parameter_unknown", "parameter_invalid")
    assert "nobody" in response.json()["message"]
    assert contract.check_response(response, operation=call.operation_id) == []


MODELS = [{"model_name": "marengo2.7", "model_options": ["visual"]}]


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", "/tasks?page_limit=51", None, "parameter_invalid"),
        ("GET", "/tasks?nobody=1", None, "parameter_unknown"),
        ("POST", "/indexes", {"models": MODELS}, "parameter_not_provided"),
        ("POST", "/indexes", {"index_name": 5, "models": MODELS}, "parameter_invalid"),
    ],
)
def test_the_code_is_the_one_that_the_document_lists_for_the_violation(
    mock: TwelveLabsMock, contract: Contract, method: str, path: str, body: Any, code: str
) -> None:
    with httpx.Client(verify=TLS) as http:
        response = http.request(method, URL + path, headers={"x-api-key": vendor.KEY}, json=body)
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert contract.check_response(response) == []


def test_an_error_that_is_an_object_of_its_own_says_the_violations_too() -> None:
    with TwelveLabsMock() as mock:
        response = httpx.post(f"{URL}/embed-v2", headers={"x-api-key": vendor.KEY}, json={"model_name": 5}, verify=TLS)
        error = response.json()["error"]
        assert (response.status_code, error["code"]) == (400, "parameter_invalid")
        assert "body.input_type: 'input_type' is missing" in error["message"]
        assert mock.contract.check_response(response) == []


def test_a_request_without_a_key_is_refused_with_401_whatever_else_is_wrong(mock: TwelveLabsMock) -> None:
    with httpx.Client(verify=TLS) as http:
        response = http.get(f"{URL}/tasks?page_limit=51")
    assert response.status_code == 401
    assert response.json()["code"] == "api_key_invalid"
    assert "header.x-api-key: the API key is missing" in response.json()["message"]
    assert len(mock["tasks.list"].calls[0].violations) == 2


@pytest.mark.parametrize(
    ("method", "url", "message"),
    [
        ("GET", f"{URL}/assets", "no operation has this path"),
        ("PATCH", f"{URL}/tasks", "this path has GET, POST"),
        ("GET", "https://api.twelvelabs.io/v1.2/tasks", "not below https://api.twelvelabs.io/v1.3"),
    ],
)
def test_what_belongs_to_no_operation_is_not_found(mock: TwelveLabsMock, method: str, url: str, message: str) -> None:
    with httpx.Client(verify=TLS) as http:
        response = http.request(method, url, headers={"x-api-key": vendor.KEY})
    assert response.status_code == 404
    assert response.json()["code"] == "resource_not_exist"
    assert message in response.json()["message"]
    assert [violation.operation for violation in mock.violations] == [None]


def test_the_key_is_in_nothing_that_the_mock_tells(mock: TwelveLabsMock) -> None:
    response = get(f"/tasks/{vendor.KEY}?also={vendor.KEY}")
    assert response.status_code == 400
    reported = [
        response.text,
        *map(str, mock.violations),
        repr(mock["tasks.retrieve"].calls),
        repr(mock["tasks.retrieve"]),
    ]
    assert not [text for text in reported[:2] if vendor.KEY in text]
    assert "x-api-key" not in repr(mock["tasks.retrieve"].calls)


def test_what_the_test_set_is_not_reached_by_a_bad_request(mock: TwelveLabsMock) -> None:
    mock["tasks.list"].sequence([{"data": []}])
    assert get("/tasks?page_limit=51").status_code == 400
    assert get("/tasks").json() == {"data": []}


@pytest.mark.parametrize(
    "options",
    [
        {"content": b"{", "headers": {"content-type": "application/json"}},
        {"content": b"[1]", "headers": {"content-type": "application/json"}},
        {"data": {"video_id": "v"}},
        {"content": b"\xff\xfe"},
        {},
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_written_down(mock: TwelveLabsMock, options: dict[str, Any]) -> None:
    code = "parameter_invalid" if options else "parameter_not_provided"
    assert post("/gist", **options).json()["code"] == code
    (call,) = mock["gist"].calls
    assert call.violations
    assert call.body is None or call.body == [1]


def test_other_hosts_are_none_of_its_business(mock: TwelveLabsMock) -> None:
    """Respx says so, as it does without us."""
    with httpx.Client(verify=TLS) as http, pytest.raises(respx.models.AllMockedAssertionError, match="not mocked"):
        http.get("https://api.example.com/v1.3/tasks")
    assert mock.violations == ()


def test_a_violation_that_is_ignored_is_no_reason_to_refuse(contract: Contract) -> None:
    def known(violation: Violation) -> bool:
        return violation.where == "query.page_limit"

    with TwelveLabsMock(contract, ignore=known) as mock:
        assert get("/tasks?page_limit=51").status_code == 200
        assert get("/tasks?page_limit=51&page=0").status_code == 400
        assert [len(call.violations) for call in mock["tasks.list"].calls] == [1, 2]
        assert len(mock.violations) == 3, "they are kept all the same"
        assert "page_limit" not in mock.calls[-1].response.text


def test_an_asynchronous_client_is_refused_alike(mock: TwelveLabsMock) -> None:
    async def work() -> httpx.Response:
        async with httpx.AsyncClient(verify=TLS) as http:
            return await http.post(f"{URL}/tasks", headers={"x-api-key": vendor.KEY}, files={"video_file": b"..."})

    response = asyncio.run(work())
    assert response.status_code == 400
    assert "form.index_id: 'index_id' is missing" in response.json()["message"]
    assert mock["tasks.create"].calls[0].body == {"video_file": "upload"}


def test_a_refusal_conforms_to_the_document(mock: TwelveLabsMock, contract: Contract) -> None:
    for path in ("/tasks?page=0", "/search/t?include_user_metadata=1", "/indexes/i/videos/v?transcription=yes"):
        response = send("GET", path)
        assert response.status_code == 400
        assert contract.check_response(mock.calls[-1].response, request=mock.calls[-1].request) == []
