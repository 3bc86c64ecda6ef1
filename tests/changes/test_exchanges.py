"""The exchange that shows a difference is invalid at that place only, if one of the first candidates is."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.changes.exchanges import Exchanges, Sent, base_of, twin_of, valid
from apicontract.changes.forms import Forms
from apicontract.changes.sides import Pair
from apicontract.checks.contract import Contract
from apicontract.checks.validation import Validators
from apicontract.openapi.document import Document
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Headers, Request
from tests.changes.edits import CHANGES
from tests.changes.shop import schema, shop
from tests.support.small import document, operation


def _exchanges(*edits: Any) -> Exchanges:
    old, new = shop(), shop(*edits)
    pair = Pair(old, new, "request", Forms())
    contracts = {"old": Contract(old), "new": Contract(new)}
    operations = {side: contract.operation("orders.list") for side, contract in contracts.items()}
    return Exchanges(contracts, operations, pair, pair)  # type: ignore[arg-type]


def _sent(query: str) -> Sent:
    return Sent(Request("GET", f"https://shop.example/v1/orders?{query}", Headers({})), None)


BOTH = _exchanges(*CHANGES["a bound of a query"][0], *CHANGES["a parameter"][0])
"""A maximum of 49 in place of 50, and no `sort`."""
EITHER, LIMIT, SORT = (_sent(query) for query in ("page_limit=50&sort=asc", "page_limit=50", "sort=asc"))


@pytest.mark.parametrize(
    ("tried", "place", "shown"),
    [
        ([EITHER, LIMIT], "query.page_limit", LIMIT),
        ([EITHER, SORT, LIMIT], "query.page_limit", LIMIT),
        ([EITHER, SORT, LIMIT], "query.sort", SORT),
        ([EITHER] * 12 + [LIMIT], "query.page_limit", LIMIT),
        ([EITHER] * 30 + [LIMIT], "query.page_limit", EITHER),
        ([EITHER], "query.page_limit", EITHER),
        ([None, _sent("page_limit=49"), _sent("page_limit=51"), LIMIT], "query.page_limit", LIMIT),
    ],
)
def test_one_that_is_wrong_at_the_place_alone_is_preferred(tried: list[Sent | None], place: str, shown: Sent) -> None:
    found = BOTH.show_request("old", tried, place)
    assert found is not None
    assert found.request == shown.request
    assert {violation.where for violation in found.violations} <= {"query.page_limit", "query.sort"}


def test_what_is_right_or_wrong_on_both_sides_shows_nothing() -> None:
    assert BOTH.show_request("old", [_sent("page_limit=49"), _sent("page_limit=51"), None]) is None
    assert BOTH.show_request("new", [LIMIT, EITHER]) is None


def test_only_what_breaks_the_rule_that_is_named_counts() -> None:
    pointer = "/paths/~1orders/get/parameters/0/schema"
    found = BOTH.show_request("old", [SORT, EITHER, LIMIT], "query.page_limit", pointer)
    assert found is not None
    assert found.request == LIMIT.request
    assert BOTH.show_request("old", [SORT], "query.sort", pointer) is None


def test_the_simplest_request_is_right_on_both_sides_if_one_is() -> None:
    """A body that both take is tried before one that only its own side takes."""
    old, new = shop(), shop(schema("Order.kind", enum=["delivery"]), schema("Order", required=["lines", "kind"]))
    pair = Pair(old, new, "request", Forms())
    contracts = {"old": Contract(old), "new": Contract(new)}
    operations = {side: contract.operation("orders.create") for side, contract in contracts.items()}
    exchanges = Exchanges(contracts, operations, pair, pair)  # type: ignore[arg-type]
    violations: list[Violation] = []
    for side in ("old", "new"):
        sent = exchanges.right_request(side)
        assert sent is not None
        violations += [one for contract in contracts.values() for one in contract.check_request(sent.request)]
    assert violations == []


def _given(name: str, location: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "required": location == "path", "schema": {"type": "string"}, **more}


def _alone(path: str = "/a", servers: Any = None, schemes: Any = None, **own: Any) -> Exchanges:
    """Return the exchanges of an operation that only the old side has."""
    raw = document({path: {"post": operation(**own)}}, **({} if servers is None else {"servers": servers}))
    made = Document({**raw, "components": {"securitySchemes": schemes or {}}})
    pair = Pair(made, made, "request", Forms())
    contracts = {"old": Contract(made), "new": Contract(made)}
    return Exchanges(contracts, {"old": made.operations["op"]}, pair, pair)  # type: ignore[arg-type] # sides


def test_the_same_parameter_is_the_one_at_its_place_in_the_path_or_of_its_name() -> None:
    """Names of headers in any case, of all others as they are written."""
    locations = (("X", "header"), ("q", "query"), ("Q", "query"), ("c", "cookie"))
    one = _alone(
        "/{a}/{b}", parameters=[_given("a", "path"), _given("b", "path"), *(_given(*held) for held in locations)]
    )
    two = _alone(
        "/{b}/{z}", parameters=[_given("z", "path"), _given("b", "path"), _given("x", "header"), _given("Q", "query")]
    )
    mine, other = one.operations["old"], two.operations["old"]
    found = {(p.location, p.name): twin_of(p, mine, other) for p in mine.parameters}
    assert {key: None if twin is None else twin.name for key, twin in found.items()} == {
        ("path", "a"): "b",
        ("path", "b"): "z",
        ("header", "X"): "x",
        ("query", "q"): None,
        ("query", "Q"): "Q",
        ("cookie", "c"): None,
    }
    assert twin_of(mine.parameters[0], mine, None) is None


@pytest.mark.parametrize(
    ("servers", "base"),
    [
        (None, "https://api.example.com"),
        ([{"url": "/v1/"}], "http://localhost/v1"),
        ([], "http://localhost"),
        ([{"url": "https://a.test/x"}, {"url": "https://b.test"}], "https://a.test/x"),
    ],
)
def test_requests_go_to_the_first_server(servers: Any, base: str) -> None:
    exchanges = _alone(servers=servers)
    assert base_of(exchanges.contracts["old"]) == base
    sent = exchanges.right_request("old")
    assert sent is not None
    assert sent.request.url == f"{base}/a"


def test_a_request_has_the_keys_and_only_what_is_required() -> None:
    schemes = {
        "h": {"type": "apiKey", "in": "header", "name": "X-H"},
        "q": {"type": "apiKey", "in": "query", "name": "key"},
    }
    given = [_given("n", "query", required=True), _given("o", "query"), _given("c", "cookie", required=True)]
    for parameters, query in ((given, "?n=a&key=KEY"), ([], "?key=KEY")):
        exchanges = _alone(schemes=schemes, security=[{"h": [], "q": []}, {"h": []}], parameters=parameters)
        sent = exchanges.right_request("old")
        assert sent is not None
        assert sent.request.url == f"https://api.example.com/a{query}"
        assert sent.request.headers.get("x-h") == "KEY"
        assert sent.request.headers.get("cookie") == ("c=a" if parameters else None)
        assert exchanges.contracts["old"].check_request(sent.request) == []


FIVE = {"type": "object", "required": ["n"], "properties": {"n": {"const": 5}}}


@pytest.mark.parametrize(
    ("media", "schema", "required", "body"),
    [
        ("application/json", {"type": "integer", "minimum": 5}, True, b"5"),
        ("application/json", {"type": "integer"}, False, b""),
        ("text/plain", {"type": "string", "const": "t"}, True, b"t"),
        ("application/octet-stream", None, True, b"x"),
        ("application/json", None, True, b"{}"),
        ("application/x-www-form-urlencoded", FIVE, True, b"n=5"),
    ],
)
def test_the_body_of_the_simplest_request(media: str, schema: Any, required: bool, body: bytes) -> None:
    content = {media: {} if schema is None else {"schema": schema}}
    sent = _alone(requestBody={"content": content, "required": required}).right_request("old")
    assert sent is not None
    assert sent.request.body == body


def test_files_of_a_form_have_content() -> None:
    file = {"type": "string", "format": "binary"}
    properties = {"f": file, "l": {"type": "array", "items": file, "minItems": 2}, "t": {"type": "string"}}
    schema = {"type": "object", "required": ["f", "l", "t"], "properties": properties}
    sent = _alone(requestBody={"content": {"multipart/form-data": {"schema": schema}}, "required": True}).right_request(
        "old"
    )
    assert sent is not None
    assert sent.request.body.count(b"\r\n\r\ncontent\r\n") == 3
    assert sent.request.body.count(b"filename=") == 3


def test_what_is_no_json_is_not_valid() -> None:
    validator = Validators(Document(document({}, {"S": {"type": "string"}}))).at("/components/schemas/S").is_valid
    assert [valid(validator, value) for value in ("a", 5, "\ud800", b"a")] == [True, False, False, False]
