"""Each difference is found, with its direction and an exchange that shows it; rewrites without effect are not."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from apicontract.changes import Comparison, Effect, Severity, compare
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.changes.edits import CHANGES, MIRRORED, REWRITES, exploded, joined
from tests.changes.shop import Edit, operation, schema, shop
from tests.support.small import posting


@cache
def _compared(name: str, *, undone: bool = False) -> Comparison:
    old, new = shop(), shop(*CHANGES[name][0])
    return compare(new, old) if undone else compare(old, new)


def _found(comparison: Comparison) -> set[tuple[str, str, Effect, Severity]]:
    return {(d.where, d.rule, d.effect, d.severity) for d in comparison.differences}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_with_its_direction(name: str) -> None:
    expected = CHANGES[name][1]
    comparison = _compared(name)
    assert expected in _found(comparison)
    # That every string of one pattern has another is neither proved nor refuted by a string.
    assert {difference.rule for difference in comparison.of("undecided")} <= {"pattern"}
    changed = {difference.operation for difference in comparison.differences if difference.effect != "words"} - {""}
    assert comparison.equal == comparison.operations + comparison.webhooks - len(changed)
    for difference in comparison.differences:
        assert difference.severity == "undecided" or difference.effect == "words" or difference.witness is not None


@pytest.mark.parametrize("name", CHANGES)
def test_a_witness_is_right_on_one_side_alone(name: str) -> None:
    old, new = shop(), shop(*CHANGES[name][0])
    contracts = {"old": Contract(old), "new": Contract(new)}
    for difference in _compared(name).differences:
        witness = difference.witness
        if witness is None:
            continue
        other = "new" if witness.right == "old" else "old"
        if witness.response is None:
            right, wrong = (contracts[side].check_request(witness.request) for side in (witness.right, other))
        else:
            right, wrong = (
                contracts[side].check_response(witness.response, operation=difference.operation)
                for side in (witness.right, other)
            )
        assert not right
        assert wrong == list(witness.violations)


@pytest.mark.parametrize("name", CHANGES)
def test_the_mirror_of_a_comparison_is_that_of_the_other_way(name: str) -> None:
    there = {(d.where, d.rule, MIRRORED[d.effect]) for d in _compared(name).differences}
    assert there == {(d.where, d.rule, d.effect) for d in _compared(name, undone=True).differences}


def test_the_style_of_a_parameter_is_shown_by_a_request() -> None:
    found = compare(shop(joined), shop(exploded)).differences
    assert {(d.where, d.rule, d.severity) for d in found} >= {("query.sort", "style", "major")}


def test_a_document_is_equal_to_itself(contract: Contract) -> None:
    comparison = compare(contract.document, contract.document)
    assert comparison.differences == ()
    assert comparison.equal == comparison.operations == len(contract.operations)


def test_a_field_that_was_never_declared_is_no_break_when_it_is() -> None:
    added = schema(
        "Placed", properties={**shop().raw["components"]["schemas"]["Placed"]["properties"], "note": {"type": "string"}}
    )
    comparison = compare(shop(), shop(added))
    assert comparison.severity == "minor"
    opened = schema("Order", additionalProperties=None)
    declared = schema(
        "Order", properties={**shop().raw["components"]["schemas"]["Order"]["properties"], "note": {"type": "string"}}
    )
    assert compare(shop(opened), shop(opened, declared)).severity == "minor"


def test_a_comparison_is_as_severe_as_the_worst_of_it() -> None:
    """What is undecided may break a client, so it is worse than what is known to break none."""
    (found,) = _compared("a value").differences
    order: list[Severity] = ["major", "undecided", "minor", "patch"]
    for worst, severity in enumerate(order):
        rest = tuple(replace(found, severity=other) for other in reversed(order[worst:]))
        assert Comparison(rest, 1, 0, 0).severity == severity
        assert replace(found, severity=severity).breaking is (severity == "major")
    assert Comparison((), 1, 0, 1).severity is None


def test_a_server_that_is_gone_breaks_and_a_new_one_does_not() -> None:
    def moved(raw: dict[str, Any]) -> None:
        raw["servers"] = [{"url": "https://new.example/v1"}]

    found = compare(shop(), shop(moved)).differences
    assert [(d.where, d.rule, d.message, d.effect, d.severity, d.pointers) for d in found] == [
        ("servers", "servers", f"{url} is {said}", effect, severity, {"old": "/servers", "new": "/servers"})
        for url, said, effect, severity in (
            ("https://shop.example/v1", "no longer declared", "requests narrower", "major"),
            ("https://new.example/v1", "declared", "requests wider", "minor"),
        )
    ]
    assert compare(shop(), shop(moved), ["orders.list"]).differences == ()


def test_a_path_is_the_same_whatever_its_parameters_are_called() -> None:
    def document(name: str) -> Document:
        given = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}}]
        item = {"get": {"operationId": "a", "parameters": given, "responses": {"200": {"description": ""}}}}
        return Document({"openapi": "3.1.0", "paths": {f"/a/{{{name}}}": item}})

    comparison = compare(document("x"), document("y"))
    assert (comparison.operations, comparison.differences) == (1, ())


@pytest.mark.parametrize(
    ("only", "operations", "webhooks", "places"),
    [
        ([], 2, 1, ["servers", "query.sort", "body.id"]),
        (["a"], 1, 0, ["query.sort"]),
        (["b"], 1, 0, ["query.sort"]),
        (["a", "b"], 1, 0, ["query.sort"]),
        (["c"], 1, 0, []),
        (["h"], 0, 1, ["body.id"]),
        (["a", "h"], 1, 1, ["query.sort", "body.id"]),
        (["d"], 0, 0, []),
    ],
)
def test_only_the_operations_and_webhooks_of_these_ids_are_compared(
    only: list[str], operations: int, webhooks: int, places: list[str]
) -> None:
    """The id of either side will do, where they differ."""

    def document(name: str, most: int) -> Document:
        sort = {"name": "sort", "in": "query", "schema": {"type": "integer", "maximum": most}}
        event = {"type": "object", "properties": {"id": {"type": "integer", "maximum": most}}}
        content = {"content": {"application/json": {"schema": event}}}
        done = {"responses": {"200": {"description": ""}}}
        return Document(
            {
                "openapi": "3.1.0",
                "servers": [{"url": "https://a.example"}] if name == "a" else [],
                "paths": {
                    "/a": {"get": {"operationId": name, "parameters": [sort], **done}},
                    "/c": {"get": {"operationId": "c", **done}},
                },
                "webhooks": {"h": {"post": {"operationId": "h", "requestBody": content, **done}}},
            }
        )

    old, new = document("a", 9), document("b", 8)
    found = compare(old, new, only)
    assert (found.operations, found.webhooks, found.equal) == (
        operations,
        webhooks,
        operations + webhooks - len(set(places) - {"servers"}),
    )
    assert [*dict.fromkeys(d.where for d in found.differences if d.rule != "operationId")] == places
    quiet = compare(old, new, only, webhooks=False)
    assert (quiet.operations, quiet.webhooks) == (operations, 0)
    assert "body.id" not in {d.where for d in quiet.differences}


@pytest.mark.parametrize("name", REWRITES)
def test_what_is_only_written_otherwise_is_no_difference(name: str) -> None:
    comparison = compare(shop(), shop(REWRITES[name]))
    assert comparison.differences == ()
    assert comparison.equal == 2


@pytest.mark.parametrize("name", REWRITES)
def test_a_rewrite_hides_no_change(name: str) -> None:
    comparison = compare(shop(), shop(schema("Line.article", maxLength=19), REWRITES[name]))
    assert ("body.lines[].article", "maxLength", "requests narrower", "major") in _found(comparison)
    assert len(comparison.differences) == 1


def test_all_rewrites_at_once_are_no_difference() -> None:
    last = ("$ref moved", "allOf split")
    edits = [edit for name, edit in REWRITES.items() if name not in (*last, "if as anyOf")]
    edits += [REWRITES[name] for name in last]
    assert compare(shop(), shop(*edits)).differences == ()


def test_a_key_in_the_query_that_is_declared_as_a_parameter_too_is_no_difference() -> None:
    def keyed(raw: dict[str, Any]) -> None:
        raw["components"]["securitySchemes"] = {"key": {"type": "apiKey", "in": "query", "name": "key"}}
        raw["security"] = [{"key": []}]

    def declared(raw: dict[str, Any]) -> None:
        operation("get")(raw)["parameters"].append({"name": "key", "in": "query", "schema": {"type": "string"}})

    once, twice = shop(keyed), shop(keyed, declared)
    assert compare(once, twice).differences == compare(twice, once).differences == ()


def test_what_cannot_be_decided_is_said_to_be_undecided() -> None:
    """No value of a pattern that nothing is made for tells two schemas apart."""
    written = r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$"
    one = schema("Order.address", type="string", pattern=written)
    other = schema("Order.address", type="string", pattern=written.replace("8", "9"))
    comparison = compare(shop(one), shop(other))
    assert comparison.severity in ("undecided", "major")
    assert comparison.differences


def test_a_property_that_several_parts_declare_is_compared_by_all_of_them() -> None:
    def part(most: int) -> Edit:
        return schema("Line", allOf=[{"properties": {"count": {"maximum": most}}}])

    found = _found(compare(shop(part(50)), shop(part(40))))
    assert found == {("body.lines[].count", "maximum", "requests narrower", "major")}
    assert compare(shop(part(200)), shop(part(100))).differences == ()


def test_recursive_schemas_are_compared() -> None:
    tree: dict[str, Any] = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "below": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
        },
    }

    def planted(limit: int | None) -> Edit:
        def edit(raw: dict[str, Any]) -> None:
            raw["components"]["schemas"]["Line"] = deepcopy(tree)
            if limit:
                raw["components"]["schemas"]["Line"]["properties"]["name"]["maxLength"] = limit

        return edit

    assert compare(shop(planted(None)), shop(planted(None))).differences == ()
    found = compare(shop(planted(None)), shop(planted(3))).differences
    assert [(d.where, d.rule, d.severity) for d in found] == [("body.lines[].name", "maxLength", "major")]


def test_rules_that_are_compared_as_a_whole_are_named_by_what_holds_them() -> None:
    old = {"oneOf": [{"type": "integer"}, {"type": "string"}]}
    new = {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}
    found = compare(Document(posting(old)), Document(posting(new))).differences
    at = "/content/application~1json/schema"
    body, answer = f"/paths/~1a/post/requestBody{at}", f"/paths/~1a/post/responses/200{at}"
    assert {(d.where, d.message, d.pointers["old"], d.pointers["new"]) for d in found} == {
        ("body", "the rules combine differently", body, body),
        ("200 body", "the rules combine differently", answer, answer),
    }
