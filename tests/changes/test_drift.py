"""Drift: names that only another source or only the document has, and undeclared fields in recorded traffic."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apicontract.changes import compare
from apicontract.changes.drift import (
    Drift,
    KnownDrift,
    against_document,
    against_exchange,
    against_names,
    known_drift,
    route_of,
    unknown,
)
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from apicontract.wire.messages import Headers, Request, Response
from tests.changes.depot import depot
from tests.changes.shop import Edit, operation, shop

BASE = "https://shop.example/v1"


def _answered(body: Any, *edits: Edit, status: int = 200, target: str = "/orders") -> list[str]:
    response = Response(status, Headers({"content-type": "application/json"}), json.dumps(body).encode())
    request = Request("GET", f"{BASE}{target}", Headers({}))
    return [str(one) for one in against_exchange(Contract(shop(*edits)), request, response)]


def _map(raw: dict[str, Any]) -> None:
    """Answer with a map of orders, and one of anything."""
    order = {"type": "object", "properties": {"id": {"type": "string"}, "more": {"type": "object"}}}
    content = operation("get")(raw)["responses"]["200"]["content"]["application/json"]
    content["schema"] = {"type": "object", "properties": {"total": {}}, "additionalProperties": order}


def test_a_field_that_nobody_declared_is_drift_wherever_it_is() -> None:
    placed = {"id": "o1", "status": "open", "colour": "red"}
    assert _answered([placed, placed]) == ["GET /orders: 200 body[].colour: only the response has it [property]"]


def test_the_names_of_a_map_are_none() -> None:
    """What `additionalProperties` describes is declared under any name, and so is what is in an object of anything."""
    assert _answered({"total": 1, "o1": {"id": "a", "more": {"x": 1}}}, _map) == []


def test_what_breaks_a_rule_is_drift_too() -> None:
    found = _answered([{"id": "x1", "status": "open"}])
    assert len(found) == 1
    assert found[0].startswith("GET /orders: 200 body[].id: ")
    assert found[0].endswith(" [pattern]")
    assert _answered([], status=418)[0].startswith("GET /orders: 418 status: ")
    assert _answered([], target="/orders?colour=red")[0].startswith("GET /orders: query.colour: ")


def test_a_rule_that_is_broken_in_lists_of_lists_is_one_drift_whichever_items_break_it() -> None:
    def nested(raw: dict[str, Any]) -> None:
        content = operation("get")(raw)["responses"]["200"]["content"]["application/json"]
        content["schema"] = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}

    found = _answered([[1, "a"], [2], [3, 4, "b"]], nested)
    assert {one.partition(": ")[2].partition(": ")[0] for one in found} == {"200 body[][]"}


def test_another_host_is_none_of_ours_and_another_path_is_an_operation() -> None:
    contract = Contract(shop())
    elsewhere = Request("GET", "https://other.example/v1/orders", Headers({}))
    assert list(against_exchange(contract, elsewhere, None)) == []
    (found,) = against_exchange(contract, Request("GET", f"{BASE}/maps?x=1", Headers({})), None)
    assert found.key == "GET /v1/maps path operation"


def test_names_are_compared_both_ways() -> None:
    theirs = {("GET", "/orders"): {"query.sort", "query.page"}, ("PUT", "/orders"): set[str]()}
    assert [one.key + ": " + one.message for one in against_names(shop(), theirs)] == [
        "GET /orders query.page_limit parameter: only this document has it",
        "GET /orders query.page parameter: only the other source has it",
        "POST /orders path operation: only this document has it",
        "PUT /orders path operation: only the other source has it",
    ]


def test_the_parameters_of_a_path_are_no_names_to_compare() -> None:
    given = [{"name": "x", "in": "path", "required": True, "schema": {}}, {"name": "y", "in": "query", "schema": {}}]
    item = {"get": {"operationId": "a", "parameters": given, "responses": {"200": {"description": ""}}}}
    ours = Document({"openapi": "3.1.0", "paths": {"/a/{x}": item}})
    assert list(against_names(ours, {route_of("get", "/a/{z}"): {"query.y"}})) == []


def test_a_document_of_others_says_nothing_of_how_a_stream_ends() -> None:
    def plain(raw: dict[str, Any]) -> None:
        del raw["paths"]["/watch"]["get"]["x-streaming"]

    assert compare(depot(), depot(plain)).severity == "major"
    assert list(against_document(depot(), depot(plain))) == []


def test_a_key_in_the_query_is_no_parameter() -> None:
    def keyed(raw: dict[str, Any]) -> None:
        raw["components"]["securitySchemes"] = {"key": {"type": "apiKey", "in": "query", "name": "key"}}
        raw["security"] = [{"key": []}]
        operation("get")(raw)["parameters"].append({"name": "key", "in": "query", "schema": {"type": "string"}})

    theirs = {("GET", "/orders"): {"query.sort", "query.page_limit"}, ("POST", "/orders"): set[str]()}
    found = [one for one in against_names(shop(keyed), theirs) if one.operation == "GET /orders"]
    assert found == []


@pytest.mark.parametrize("pattern", ["GET /orders query.page parameter", "GET * parameter", "*"])
def test_what_is_known_is_left_out_and_what_is_not_there_any_more_is_reported(pattern: str) -> None:
    drift = Drift("GET /orders", "query.page", "parameter", "only the other source has it")
    known = known_drift(f"{pattern}  # E1\nPUT *  # E2\n")
    left, unused = unknown([drift, drift], known)
    assert (left, [one.pattern for one in unused]) == ([], ["PUT *"])
    assert unknown([drift, drift], known[1:]) == ([drift], known[1:])


def test_a_line_of_known_drift_is_a_pattern_and_a_reason() -> None:
    text = "# GET /a  # of the whole file\n\n   # another\n  GET /a# * type  #  E1: so  \n* # * x  # y  # z\n"
    assert known_drift(text) == [KnownDrift("GET /a# * type", "E1: so"), KnownDrift("* # * x", "y  # z")]
    for line in ("GET /a", "GET /a  # ", "GET /a  #  ", "GET /a # why"):
        with pytest.raises(ValueError, match=r"^line 3: state why it is known: GET /a.*  # entry of the ledger$"):
            known_drift(f"\n# comment\n{line}\n")


def test_a_method_is_written_in_capitals_and_a_path_with_its_slash() -> None:
    assert route_of("get", "a/{b}/c{d}") == route_of("GET", "/a/{x}/c{}") == ("GET", "/a/{}/c{}")


def test_what_is_undeclared_is_named_below_what_is_and_once() -> None:
    """By the key of the declared response; of the events of a stream too; a key that is missing is no drift."""
    below = {"properties": {"a": {"type": "object", "properties": {"b": {}}}, "free": {"type": "object"}}}
    answers = {
        "4XX": {"description": "", "content": {"application/json": {"schema": below}}},
        "200": {"description": "", "content": {"application/x-ndjson": {"schema": below}}},
    }
    item = {"get": {"operationId": "a", "responses": answers}}
    scheme = {"k": {"type": "apiKey", "in": "header", "name": "X-K"}}
    raw = {"openapi": "3.1.0", "servers": [{"url": BASE}], "paths": {"/a": item}, "security": [{"k": []}]}
    contract = Contract(Document({**raw, "components": {"securitySchemes": scheme}}))
    request = Request("GET", f"{BASE}/a", Headers({}))

    def found(status: int, media: str, content: bytes) -> list[str]:
        response = Response(status, Headers({"content-type": media}), content)
        return [one.key for one in against_exchange(contract, request, response)]

    assert found(404, "application/json", b'{"a": {"b": 1, "c": 2}, "d": 3, "free": {"x": 1}}') == [
        "GET /a 4XX body.a.c property",
        "GET /a 4XX body.d property",
    ]
    assert found(200, "application/x-ndjson", b'{"a": {"c": 1}}\n{"a": {"c": 2}, "e": 1}\n') == [
        "GET /a 200 body.a.c property",
        "GET /a 200 body.e property",
    ]


def test_names_are_in_order_and_every_pattern_that_fits_is_of_use() -> None:
    theirs = {("GET", "/orders"): {f"query.{name}" for name in "hgfedcba"}, ("POST", "/orders"): set[str]()}
    found = [one for one in against_names(shop(), theirs) if one.message == "only the other source has it"]
    assert [one.where for one in found] == [f"query.{name}" for name in "abcdefgh"]
    known = known_drift("GET *  # E1\n* query.a *  # E2\n* query.z *  # E3\n")
    left, unused = unknown(found, known)
    assert (left, [one.why for one in unused]) == ([], ["E3"])
