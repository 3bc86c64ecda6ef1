"""A request as an object: what makes two equal, how it is shown, and where it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.strategies import Broken, RequestCase, Twist, Upload
from tests.support.small import body, document, operation, parameter
from twelvelabs_contract import Contract

TAG, TWIST = Broken("body.a", "type", "body.a: type integer"), Twist("no_json")


def contract_of(url: str = "https://api.example.com/v1/", **own: Any) -> Contract:
    """Make the contract of one operation with a key, at a server."""
    own = operation(parameters=[parameter("path", "id", {"type": "string"})], security=[{"A": []}], **own)
    schemes = {"A": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    raw = document({"/a/{id}": {"post": own}}, components={"securitySchemes": schemes}, servers=[{"url": url}])
    return Contract(Document(raw))


CONTRACT = contract_of(requestBody=body({}))


def case(**changes: Any) -> RequestCase:
    """Make a case, which is the same each time but for what is given."""
    given = {"contract": CONTRACT, "operation": "op", "arguments": {"path": {"id": "x"}, "body": {"a": 1}}}
    return RequestCase(**{**given, "tag": TAG, "twist": TWIST, **changes})


@pytest.mark.parametrize(
    ("changes", "equal"),
    [
        ({}, True),
        ({"about": "another purpose"}, True),
        ({"tag": Broken("body.a", "type", "in other words")}, True),
        ({"contract": contract_of()}, True),
        ({"arguments": {"query": {}, "path": {"id": "x"}, "body": {"a": 1}}}, True),
        ({"operation": "other"}, False),
        ({"tag": None}, False),
        ({"tag": Broken("body.b", "type")}, False),
        ({"tag": Broken("body.a", "minimum")}, False),
        ({"twist": None}, False),
        ({"arguments": {"path": {"id": "y"}, "body": {"a": 1}}}, False),
        ({"arguments": {"path": {"id": "x"}}}, False),
    ],
)
def test_what_is_sent_and_expected_makes_two_cases_equal(changes: dict[str, Any], equal: bool) -> None:
    assert (case() == case(**changes)) is equal
    assert not equal or hash(case()) == hash(case(**changes))
    assert case() != "a case"


def test_two_files_of_one_name_are_two_cases() -> None:
    one, other = (case(arguments={"body": {"f": Upload("a", content)}}) for content in (b"1", b"2"))
    assert one != other
    assert one.instances == other.instances == {"path": {}, "query": {}, "header": {}, "body": {"f": "a"}}
    assert case(arguments={}).instances == {"path": {}, "query": {}, "header": {}}
    assert case(arguments={"body": None}).instances["body"] is None


@pytest.mark.parametrize(
    ("changes", "about", "shown"),
    [
        (
            {},
            "body.a: type integer",
            "RequestCase(contract, 'op', {'path': {'id': 'x'}, 'body': {'a': 1}}, "
            "tag=Broken(where='body.a', rule='type', description='body.a: type integer'), "
            "twist=Twist(alteration='no_json', location='body', name=''))",
        ),
        (
            {"about": "mine", "twist": None, "arguments": {"body": None, "cookie": {}}},
            "mine",
            "RequestCase(contract, 'op', {'body': None}, "
            "tag=Broken(where='body.a', rule='type', description='body.a: type integer'), about='mine')",
        ),
        (
            {"about": "a bound", "tag": None, "twist": None, "arguments": {}},
            "a bound",
            "RequestCase(contract, 'op', {}, about='a bound')",
        ),
        ({"tag": None, "twist": None, "arguments": {}}, "", "RequestCase(contract, 'op', {})"),
    ],
)
def test_a_case_is_shown_as_the_call_that_makes_it(changes: dict[str, Any], about: str, shown: str) -> None:
    found = case(**changes)
    assert (found.about, repr(found)) == (about, shown)


@pytest.mark.parametrize(
    ("server", "base_url", "url"),
    [
        ("https://api.example.com/v1/", None, "https://api.example.com/v1/a/x"),
        ("https://api.example.com/v1", "https://other.test/", "https://other.test/a/x"),
        ("https://api.example.com/v1", "https://other.test", "https://other.test/a/x"),
        ("https://api.example.com/v1", "", "http://localhost/a/x"),
        ("https://api.example.com/v1", "/v2/", "http://localhost/v2/a/x"),
        ("/v3", None, "http://localhost/v3/a/x"),
        ("https://api.example.com/v1", "ws://other.test", "ws://other.test/a/x"),
    ],
)
def test_a_request_goes_to_the_base_url_that_is_given_or_to_the_server(
    server: str, base_url: str | None, url: str
) -> None:
    found = case(contract=contract_of(server), twist=None, arguments={"path": {"id": "x"}}).request(base_url, key="k")
    assert (found.method, found.url, [*found.headers.items], found.body) == ("POST", url, [("x-key", "k")], b"")


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}])
def test_a_body_without_anything_in_it_is_sent(value: Any) -> None:
    found = case(twist=None, arguments={"path": {"id": "x"}, "body": value}).request()
    texts = {"None": b"null", "False": b"false", "0": b"0", "": b'""', "[]": b"[]", "{}": b"{}"}
    assert found.body == texts[str(value)]
    assert [*found.headers.items] == [("x-key", "tlk_test"), ("content-type", "application/json")]
