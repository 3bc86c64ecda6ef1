"""Claims of the checks that planted faults once survived (`make mutants`): each catches one that nothing else did."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.pointer import unescape
from apicontract.openapi.violation import EXCERPT_LENGTH, excerpt
from apicontract.wire.faults import Fault
from tests.contract.test_recorded import BASE, form, get
from tests.contract.things import GET, THING, THINGS
from tests.contract.wrong_requests import ID, KEY, SEARCH, post
from twelvelabs_contract import Contract, Headers, Request, Response, Violation

# Exchanges

JSON = {"content-type": "application/json"}
EVENTS = b'{"event_type":"stream_start"}\n{"event_type":"stream_end"}\n'


def exchanged(contract: Contract, request: Request, response: Response) -> list[tuple[str, str]]:
    return [(violation.where, violation.rule) for violation in contract.check_exchange(request, response)]


def test_both_sides_of_an_exchange_are_checked(contract: Contract) -> None:
    answer = Response(200, Headers(JSON), b'{"data": 5}')
    assert exchanged(contract, get("/tasks?page=0"), answer) == [("query.page", "minimum"), ("body.data", "type")]


def test_an_operation_without_parameters_takes_none(contract: Contract) -> None:
    assert exchanged(contract, get(f"/tasks/{ID}?page=1"), Response(404)) == [("query.page", "undeclared")]


def test_arguments_may_leave_out_a_place_where_nothing_is_required(contract: Contract) -> None:
    missing = contract.check_arguments(contract.operation("indexes.retrieve"), {})
    assert [(violation.where, violation.rule) for violation in missing] == [("path.index_id", "missing")]
    assert contract.check_arguments(contract.operation("tasks.list"), {}) == []


def test_arguments_of_a_path_are_checked(contract: Contract) -> None:
    found = contract.check_arguments(contract.operation("tasks.retrieve"), {"path": {"task_id": ""}})
    assert [(violation.where, violation.rule) for violation in found] == [("path.task_id", "minLength")]


def test_only_an_empty_success_is_as_good_as_another(contract: Contract) -> None:
    """Ledger A1: 200 for 204, but neither with a body, nor a refusal."""
    request = Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY]))
    assert exchanged(contract, request, Response(200)) == []
    assert exchanged(contract, request, Response(200, Headers(JSON), b"{}")) == [("status", "status")]
    assert exchanged(contract, request, Response(302)) == [("status", "status")]


def test_a_response_is_json_to_the_letter(contract: Contract) -> None:
    answer = Response(200, Headers(JSON), b'{"page_info": NaN}')
    assert exchanged(contract, get("/tasks"), answer) == [("body", "encoding")]


def test_a_stream_comes_where_the_flag_says_so_or_its_default(contract: Contract) -> None:
    """`generate` streams unless it is told not to (ledger A14)."""
    answer = Response(200, Headers(JSON), EVENTS)
    asked = {"video_id": "v", "prompt": "p"}
    assert exchanged(contract, post("/generate", asked), answer) == []
    assert exchanged(contract, post("/generate", {**asked, "stream": False}), answer) != []
    plain = Response(200, Headers(JSON), b'{"id": "i", "data": "text"}')
    assert exchanged(contract, post("/generate", asked), plain) != []
    assert exchanged(contract, post("/generate", {**asked, "stream": False}), plain) == []


def test_httpx_headers_are_read_as_they_are() -> None:
    """Byte by byte, whatever they hold: dropping what is not ASCII would make a valid value of a wrong one."""
    request = httpx.Request("GET", THING, headers=[(b"x-key", b"k"), (b"word", "wé".encode("latin-1"))])
    assert [(v.where, v.excerpt) for v in THINGS.check_request(request)] == [("header.word", '"wé"')]


@pytest.mark.parametrize("status", [0, 99, 600, 999])
def test_a_status_has_three_digits_that_mean_something(contract: Contract, status: int) -> None:
    """Not even `default` stands for another (RFC 9110, section 15)."""
    assert exchanged(contract, get("/tasks"), Response(status, Headers(JSON), b"{}")) == [("status", "status")]


# Violations


def test_no_part_of_a_secret_is_in_a_violation(contract: Contract) -> None:
    """Neither what stands before the host and after the path, nor the beginning of a key where an excerpt was cut."""
    (elsewhere,) = contract.check_request(Request("GET", "https://me:pass@example.com/a?key=secret#x", Headers([KEY])))
    assert elsewhere.excerpt == '"https://example.com/a"'
    key = "tlk_0123456789abcdef"
    for length in range(60, 80):
        request = Request("GET", f"{BASE}/tasks?page={'x' * length}{key}", Headers({"x-api-key": key}))
        (violation,) = contract.check_request(request)
        assert key[:8] not in str(violation)


def test_what_is_nested_too_deeply_is_told_as_that(contract: Contract) -> None:
    payload: Any = []
    for _ in range(5000):
        payload = [payload]
    assert [v.rule for v in contract.check_payload(payload, schema="PageInfo")] == ["encoding"]


def test_a_violation_says_operation_place_and_value(contract: Contract) -> None:
    (violation,) = contract.check_request(get("/tasks?page_limit=51"))
    assert str(violation).startswith("tasks.list: query.page_limit: ")
    assert ", got 51 [maximum, #/" in str(violation)
    (missing,) = contract.check_request(Request("GET", f"{BASE}/tasks"))
    assert ", got" not in str(missing)
    assert Fault("a", "b", "c", "/d").violation(None) == Violation(None, "a", "b", "c", "/d")
    assert Fault("a", "b", "c", "/d", None).violation(None).excerpt == "null"


@pytest.mark.parametrize("value", ["x" * 500, ["x" * 50] * 50, {f"key{i}": "x" * 50 for i in range(50)}])
def test_an_excerpt_is_short(value: Any) -> None:
    assert len(excerpt(value)) == EXCERPT_LENGTH


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (get("/tasks?page_limits=5"), ["did you mean 'page_limit'?"]),
        (get("/tasks?sort_by=create_at"), ["did you mean 'created_at'?"]),
        (get("/search/t?include_user_metadata=True"), ["write true or false in lower case"]),
        (get("/tasks?a=1&b=2"), ["'a' is not declared", "'b' is not declared"]),
        (
            post("/indexes", {"index_name": "n", "models": [{"model_name": "p"}], "addons": ["thumbnail"]}),
            ["'model_options' is missing", "begins with `marengo`"],
        ),
        (form("/search", *SEARCH[:2], ("query_media_url", "https://e.example/i.png")), ["query_media_url needs it"]),
    ],
)
def test_a_message_teaches(contract: Contract, request_: Request, words: list[str]) -> None:
    """The nearest name or value, the spelling of a boolean, and a rule in the document's own words."""
    found = [violation.message for violation in contract.check_request(request_)]
    assert all(any(word in message for message in found) for word in words), found


@pytest.mark.parametrize("name", ["mareng", "a marengo", "pegasus1.2"])
def test_an_add_on_needs_marengo_to_the_letter(contract: Contract, name: str) -> None:
    """Another model, and one whose name only looks like it, is not enough."""
    models = [{"model_name": name, "model_options": ["visual"]}]
    wanted = {"index_name": "n", "models": models, "addons": ["thumbnail"]}
    assert [v.rule for v in contract.check_payload(wanted, operation="indexes.create")] == ["contains"]


# Documents


def test_a_status_goes_before_its_range() -> None:
    assert [getattr(GET.response(status), "key", None) for status in (200, 201)] == ["200", "2XX"]


def test_a_media_type_has_more_than_one_spelling() -> None:
    answer = Response(200, Headers({"content-type": "application/problem+json"}), json.dumps("5").encode())
    assert [(v.where, v.rule) for v in THINGS.check_response(answer, operation="get")] == [("body", "type")]


def test_a_media_type_is_declared_by_its_name() -> None:
    """A parameter beside it belongs to the text of a header, not to the name; what examples hold is plain data."""
    content = {"Application/JSON; charset=utf-8": {"example": {"$ref": "nowhere.yaml"}, "schema": {"type": "integer"}}}
    operation = {"operationId": "a", "responses": {"200": {"content": content}}}
    contract = Contract(Document({"openapi": "3.1.0", "paths": {"/a": {"get": operation}}}))
    answer = Response(200, Headers(JSON), b"[]")
    assert [(v.where, v.rule) for v in contract.check_response(answer, operation="a")] == [("body", "type")]


def test_a_tilde_is_unescaped_last() -> None:
    """RFC 6901, section 4: `~01` is `~1`, and not a slash."""
    assert unescape("~01") == "~1"


def test_a_thousand_violations_are_told_and_that_there_are_more(contract: Contract) -> None:
    payload = {"video_embedding": {"segments": [{"float": ["a"] * 1001}]}}
    told = contract.check_payload(payload, operation="embed.tasks.retrieve", status=200)
    assert len(told) == 1001
    assert "further violations; only the first 1000" in told[-1].message
    payload["video_embedding"]["segments"][0]["float"].pop()
    told = contract.check_payload(payload, operation="embed.tasks.retrieve", status=200)
    assert len(told) == 1000
    assert "further" not in told[-1].message


def test_lines_without_a_schema_need_only_be_json() -> None:
    responses: dict[str, Any] = {"200": {"content": {"application/x-ndjson": {}}}}
    contract = Contract(
        Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a", "responses": responses}}}})
    )
    lines = Response(200, Headers({"content-type": "application/x-ndjson"}), b"{}\nx\n")
    assert [(v.where, v.rule) for v in contract.check_response(lines, operation="a")] == [("event[1]", "encoding")]
