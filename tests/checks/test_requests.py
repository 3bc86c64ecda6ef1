"""One mistake in a request is one violation, with its location, its rule, and a pointer to the rule."""

from __future__ import annotations

import pytest

from apicontract.openapi.document import Document
from tests.checks.places import exchanged, places
from tests.checks.wrong_requests import REQUESTS
from tests.support import other_document, things
from tests.support.requests import ID, KEY, get
from tests.support.things import THING
from twelvelabs_contract import Contract, Headers, Request, Response


@pytest.mark.parametrize("name", REQUESTS)
def test_one_mistake_is_one_violation(contract: Contract, name: str) -> None:
    request, expected = REQUESTS[name]
    assert places(contract.check_request(request)) == expected


@pytest.mark.parametrize("name", REQUESTS)
def test_the_pointer_leads_to_the_rule(contract: Contract, name: str) -> None:
    """What a violation points at stands in the document, and its text says place, rule and pointer."""
    for violation in contract.check_request(REQUESTS[name][0]):
        contract.document.at(violation.pointer)
        assert violation.where in str(violation)
        if violation.rule not in ("missing", "undeclared", "encoding", "media_type"):
            assert violation.pointer.split("/")[-1] == violation.rule
        if violation.rule == "missing" and violation.where.startswith(("body", "form")):
            assert violation.pointer.split("/")[-1] in ("required", "requestBody")
        assert f"[{violation.rule}, #{violation.pointer}]" in str(violation)


def test_another_base_url_is_named(contract: Contract) -> None:
    """A local stand-in is checked when it is named, and only then."""
    request = Request("GET", "http://127.0.0.1:8080/tasks", Headers([KEY]))
    assert places(contract.check_request(request)) == [("url", "undeclared")]
    assert Contract.load(base_url="http://127.0.0.1:8080/").check_request(request) == []


@pytest.mark.parametrize("url", ["https://api.twelvelabs.io:443/v1.3/tasks", "HTTPS://API.TwelveLabs.IO/v1.3/tasks"])
def test_a_url_has_more_than_one_spelling(contract: Contract, url: str) -> None:
    assert contract.check_request(Request("GET", url, Headers([KEY]))) == []


def test_an_operation_without_parameters_takes_none(contract: Contract) -> None:
    assert exchanged(contract, get(f"/tasks/{ID}?page=1"), Response(404)) == [("query.page", "undeclared")]


def test_path_headers_and_key_are_checked() -> None:
    """Each of two path parameters by its own schema, whatever the case of the method."""
    assert things.get_thing(THING.replace("/1", "/x")) == [("path.part", "type")]
    assert things.get_thing(word="x") == [("header.word", "enum")]
    assert things.get_thing(THING.replace("things.json", "things-json")) == [("path", "undeclared")]
    assert things.reported(Request("get", THING, Headers({"x-key": "k"}))) == []
    assert things.reported(Request("GET", THING)) == [("header.x-key", "missing")]
    assert things.send_form() == []


def test_one_fault_does_not_hide_the_others() -> None:
    """And what follows from it is not reported again."""
    assert things.get_thing(f"{THING}?number=x&number=y&kind=6") == [
        ("query.number", "encoding"),
        ("query.kind", "const"),
    ]
    assert things.send_form(("word", "a"), ("word", "b"), ("other[]", "c"), ("a/b", "x")) == [
        ("form.word", "encoding"),
        ('form["a/b"]', "type"),
    ]


def test_a_body_of_another_kind_is_not_looked_at() -> None:
    assert (
        other_document.reported(
            Request("PUT", f"{other_document.BASE}/raw", Headers({"content-type": "image/png"}), b"\x89PNG")
        )
        == []
    )


def test_json_in_another_charset_is_reported(contract: Contract) -> None:
    headers = Headers({"x-api-key": "k", "content-type": "application/json; charset=utf-16"})
    request = Request("POST", "https://api.twelvelabs.io/v1.3/gist", headers, "{}".encode("utf-16"))
    assert [(v.where, v.rule) for v in contract.check_request(request)] == [("header.content-type", "encoding")]


SECURE = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://{region}.example", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
    "paths": {
        "/both": {"get": {"security": [{"key": [], "other": []}]}},
        "/either": {"get": {"security": [{"key": []}, {"other": []}]}},
        "/bearer": {"get": {"security": [{"key": []}, {"bearer": []}]}},
        "/optional": {"get": {"security": [{"key": []}, {}]}},
        "/query": {"get": {"security": [{"query": []}]}},
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "other": {"type": "apiKey", "in": "header", "name": "X-Other"},
            "query": {"type": "apiKey", "in": "query", "name": "key"},
            "bearer": {"type": "http", "scheme": "bearer"},
        }
    },
}


@pytest.mark.parametrize(
    ("path", "names", "missing"),
    [
        ("/both", ["X-Key", "X-Other"], []),
        ("/both", ["X-Key"], ["header.X-Other"]),
        ("/either", ["X-Other"], []),
        ("/either", [], ["header.X-Key"]),
        ("/bearer", [], []),
        ("/optional", [], []),
        ("/query?key=k", [], []),
    ],
)
def test_a_key_is_missing_only_if_no_alternative_is_met(path: str, names: list[str], missing: list[str]) -> None:
    """Credentials that are not ours to check may be what was chosen; a server variable may have any of its values."""
    request = Request("GET", f"https://us.example{path}", Headers(dict.fromkeys(names, "k")))
    assert [violation.where for violation in Contract(Document(SECURE)).check_request(request)] == missing


def test_a_password_in_a_url_is_a_key_to_be_kept_out_of_texts(contract: Contract) -> None:
    """Also where the document has no key in its queries."""
    request = Request("GET", "https://me:s3cret-word@api.twelvelabs.io/v1.3/tasks?page=1")
    assert "s3cret-word" not in contract.without_keys(f"GET {request.url}", request)
    plain = Request("GET", "https://api.twelvelabs.io/v1.3/tasks?page=1")
    assert contract.without_keys(f"GET {plain.url}", plain) == f"GET {plain.url}"
