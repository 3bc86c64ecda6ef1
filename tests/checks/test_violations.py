"""The text of a violation is short and helpful, and never contains a credential."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.wire.faults import Fault
from tests.support.requests import BASE, KEY, SEARCH, form, get, post
from twelvelabs_contract import Contract, Headers, Request, Response, Violation

HOST = "https://other.example"
SECRET = "tlk_0123456789abcdef"


LEAKS = [
    Request("GET", f"https://user:{SECRET}@evil.example/v1.3/tasks?api_key={SECRET}", Headers({"x-api-key": SECRET})),
    Request("GET", f"{BASE}/nothing/{SECRET}", Headers({"x-api-key": SECRET})),
    Request("GET", f"{BASE}/tasks?sort_by={SECRET}&{SECRET}=1", Headers({"x-api-key": SECRET})),
    post("/summarize", {"video_id": "v", "type": SECRET, SECRET: 1}),
    Request("POST", f"{BASE}/search", Headers({"x-api-key": SECRET, "content-type": f"x/{SECRET}"}), b"x"),
]


@pytest.mark.parametrize("request_", LEAKS, ids=lambda request: request.url[:40].replace(SECRET, "KEY"))
def test_the_key_is_never_in_a_violation(contract: Contract, request_: Request) -> None:
    """A key that went into URL, query, body or another header by mistake is not repeated to the logs."""
    headers = Headers([*(item for item in request_.headers.items if item != KEY), ("x-api-key", SECRET)])
    request = Request(request_.method, request_.url, headers, request_.body)
    reported = contract.check_exchange(request, Response(200, headers, SECRET.encode()))
    assert reported
    assert SECRET[:8] not in "".join(map(str, reported)) + repr(headers)


def test_a_violation_is_one_short_line(contract: Contract) -> None:
    """Whatever a stranger sends: line breaks and escapes are written out, and length is cut."""
    long = "x\x1b[31m\n" * 2000
    requests = [
        get("/tasks?" + "".join(f"%{ord(c):02x}" for c in long) + "=1"),
        get(f"/{'x' * 5000}"),
        Request("POST", f"{BASE}/search", Headers([KEY, ("content-type", long)]), b"x"),
    ]
    for violation in (v for request in requests for v in contract.check_request(request)):
        assert str(violation).isprintable()
        assert len(str(violation)) < 1000


def test_a_violation_of_a_large_value_stays_short(contract: Contract) -> None:
    (violation,) = contract.check_payload({"page": "9" * 10_000_000}, schema="PageInfo")
    assert len(str(violation)) < 300


def test_a_misspelled_parameter_is_reported_with_the_nearest(contract: Contract) -> None:
    (violation,) = contract.check_request(get("/tasks?page_limt=5"))
    assert violation.message == "'page_limt' is not declared; did you mean 'page_limit'?"


def test_no_part_of_a_secret_is_in_a_violation(contract: Contract) -> None:
    """Neither what stands before the host and after the path, nor the beginning of a key where an excerpt was cut."""
    (elsewhere,) = contract.check_request(Request("GET", "https://me:pass@example.com/a?key=secret#x", Headers([KEY])))
    assert elsewhere.excerpt == '"https://example.com/a"'
    key = "tlk_0123456789abcdef"
    for length in range(60, 80):
        request = Request("GET", f"{BASE}/tasks?page={'x' * length}{key}", Headers({"x-api-key": key}))
        (violation,) = contract.check_request(request)
        assert key[:8] not in str(violation)


def test_a_violation_says_operation_place_and_value(contract: Contract) -> None:
    (violation,) = contract.check_request(get("/tasks?page_limit=51"))
    assert str(violation).startswith("tasks.list: query.page_limit: ")
    assert ", got 51 [maximum, #/" in str(violation)
    (missing,) = contract.check_request(Request("GET", f"{BASE}/tasks"))
    assert ", got" not in str(missing)
    assert Fault("a", "b", "c", "/d").violation(None) == Violation(None, "a", "b", "c", "/d")
    assert Fault("a", "b", "c", "/d", None).violation(None).excerpt == "null"


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


def test_no_credential_is_repeated() -> None:
    """A key in the query, a token, a password and a cookie are as secret as a key in a header."""
    raw: dict[str, Any] = {
        "openapi": "3.1.0",
        "security": [{"key": []}],
        "paths": {"/a": {"get": {"parameters": [{"name": "n", "in": "query", "schema": {"type": "integer"}}]}}},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}},
    }
    secret = "0123456789abcdef"
    basic = base64.b64encode(f"user:{secret}".encode()).decode()
    for given, headers in [
        (f"?key={secret}&n={secret}", {}),
        (f"?n={secret}", {"Authorization": f"Bearer {secret}"}),
        (f"?n={secret}", {"Authorization": f"Basic {basic}"}),
        (f"?n={basic}", {"Authorization": f"Basic {basic}"}),
        (f"?n={secret}", {"Cookie": f'a=b; session="{secret}"'}),
    ]:
        request = Request("GET", f"{HOST}/a{given}", Headers(headers))
        reported = Contract(Document(raw), base_url=HOST).check_request(request)
        assert [(v.where, v.excerpt) for v in reported] == [("query.n", '"[secret]"')]
    reported = Contract(Document(raw)).check_request(
        Request("GET", f"https://user:{secret}@api.example.com/a?n={secret}")
    )
    assert [(v.where, v.excerpt) for v in reported] == [("query.n", '"[secret]"')]
