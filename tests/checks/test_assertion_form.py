"""What OpenAPI means beyond JSON Schema is written as JSON Schema: what is not sent, and families of schemas."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.checks.assertion_form import FAMILIES, Direction, assertions, differs
from apicontract.openapi.document import Document
from tests.support.small import document

READ: dict[str, Any] = {"readOnly": True}
WRITE: dict[str, Any] = {"writeOnly": True}
BASE: dict[str, Any] = {"$ref": "#/components/schemas/Base"}
ALL = ["r", "w", "x"]


def form(schemas: dict[str, Any], direction: Direction | None, broken: tuple[str, ...] = ()) -> Any:
    """Return schemas as a validator of a direction sees them."""
    found, _ = assertions(Document(document({}, schemas)), direction, broken)
    return found["components"]["schemas"]


UNSENT: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    # The schema `S`, and what it requires in requests and in responses.
    "by itself": ({"properties": {"r": READ, "w": WRITE, "x": {}}}, ["w", "x"], ["r", "x"]),
    "not in so many words": ({"properties": {"r": {"readOnly": False}, "w": {}, "x": True}}, ALL, ALL),
    "by reference": ({"properties": {"r": {"$ref": "#/components/schemas/Read"}}}, ["w", "x"], ALL),
    "by a reference of a reference": ({"properties": {"r": {"$ref": "#/components/schemas/Also"}}}, ["w", "x"], ALL),
    "beside a reference that says otherwise": (
        {"properties": {"r": {"$ref": "#/components/schemas/Read", "readOnly": False}}},
        ALL,
        ALL,
    ),
    "in a part": ({"properties": {"w": {"allOf": [{}, WRITE]}}}, ALL, ["r", "x"]),
    "in a union": ({"properties": {"w": {"anyOf": [WRITE]}}}, ALL, ALL),
    "of the second part": ({"allOf": [{}, {"properties": {"r": READ}}]}, ["w", "x"], ALL),
    "of a part of a part": ({"allOf": [{"allOf": [{"properties": {"r": READ}}]}]}, ["w", "x"], ALL),
    "of what it extends": ({"allOf": [BASE]}, ["w", "x"], ALL),
    "of what it refers to": (BASE, ["w", "x"], ALL),
    "of one branch": ({"oneOf": [BASE]}, ALL, ALL),
    "of itself": (
        {"allOf": [{"$ref": "#/components/schemas/S"}], "properties": {"r": {"$ref": "#/components/schemas/Loop"}}},
        ALL,
        ALL,
    ),
}
OTHERS: dict[str, Any] = {
    "Read": READ,
    "Also": {"$ref": "#/components/schemas/Read"},
    "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
    "Base": {"properties": {"r": READ}},
    "Write": WRITE,
}


@pytest.mark.parametrize("name", UNSENT)
def test_what_is_not_sent_is_not_required(name: str) -> None:
    """In its direction; without one, everything is."""
    schema, request, response = UNSENT[name]
    schemas = {**OTHERS, "S": {**schema, "required": ALL}}
    assert form(schemas, "request")["S"] == {**schema, "required": request}
    assert form(schemas, "response")["S"] == {**schema, "required": response}
    assert form(schemas, None)["S"] == {**schema, "required": ALL}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_what_a_schema_does_not_send_no_branch_of_it_requires(keyword: str) -> None:
    """At any depth; but what a branch does not send, the schema may require in another."""
    inner = {keyword: [{"required": ["r", "x"]}, {keyword: [{"required": ["r"]}]}]}
    found = form({"S": {"properties": {"r": READ}, **inner}}, "request")["S"]
    assert found[keyword] == [{"required": ["x"]}, {keyword: [{"required": []}]}]
    branches = {keyword: [{"properties": {"r": READ}, "required": ["r"]}, {"required": ["r"]}]}
    left = form({"S": branches}, "request")["S"][keyword]
    assert left[0]["required"] == []
    assert left[1]["required"] == ([] if keyword == "allOf" else ["r"])


def test_a_document_that_says_nothing_of_a_direction_is_the_same_in_both() -> None:
    cases: list[tuple[dict[str, Any], list[Direction]]] = [
        ({}, []),
        (READ, ["request"]),
        (WRITE, ["response"]),
        ({**READ, **WRITE}, ["request", "response"]),
    ]
    directions: tuple[Direction, Direction] = ("request", "response")
    for schema, directed in cases:
        made = Document(document({}, {"S": schema}))
        assert [way for way in directions if differs(made, way)] == directed
        for way in directions:
            if way not in directed:
                assert assertions(made, way)[0] is made.raw


def test_broken_patterns_are_left_out_wherever_they_are() -> None:
    schema = {
        "pattern": "(",
        "minLength": 1,
        "patternProperties": {"(": {"type": "null"}, "a": {"pattern": "("}, "[": {}},
        "properties": {"pattern": {"pattern": "a"}, "patternProperties": {"pattern": "["}},
        "default": {"pattern": "("},
    }
    assert form({"S": schema}, None, ("(", "["))["S"] == {
        "minLength": 1,
        "patternProperties": {"a": {}},
        "properties": {"pattern": {"pattern": "a"}, "patternProperties": {}},
        "default": {"pattern": "("},
    }


HEAD: dict[str, Any] = {"discriminator": {"propertyName": "kind"}}
PET: dict[str, Any] = {"$ref": "#/components/schemas/Pet"}


def case(tag: str, name: str) -> dict[str, Any]:
    """Return the rule for the values of a tag."""
    tagged = {"properties": {"kind": {"const": tag}}, "required": ["kind"]}
    return {"if": tagged, "then": {"$ref": f"#/components/schemas/{name}"}}


def family(pet: dict[str, Any], **schemas: Any) -> Any:
    """Return the schema of all that extend `Pet`; `None` if there is none."""
    found, replaced = assertions(Document(document({}, {"Pet": pet, **schemas}, openapi="3.2.0")), None)
    assert replaced == ({"/components/schemas/Pet": f"/{FAMILIES}/Pet"} if FAMILIES in found else {})
    return found.get(FAMILIES, {}).get("Pet")


def head(**more: Any) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "kind", **more}}


EXTENDED = {"allOf": [PET]}


@pytest.mark.parametrize(
    ("pet", "schemas", "cases"),
    [
        (head(), {"Cat": EXTENDED}, [case("Cat", "Cat")]),
        (head(mapping={"c": "#/components/schemas/Cat"}), {"Cat": EXTENDED}, [case("c", "Cat")]),
        (head(mapping={"c": "Cat", "d": "Cat"}), {"Cat": EXTENDED}, [case("c", "Cat"), case("d", "Cat")]),
        (head(mapping={"c": "Cat"}), {"Cat": EXTENDED, "Dog": EXTENDED}, [case("Dog", "Dog"), case("c", "Cat")]),
        (head(mapping={"c": "Cat"}), {"Cat": {}}, [case("c", "Cat")]),
        (head(mapping={"p": "Pet", "n": "None", "e": "https://x.test/a"}), {"Cat": EXTENDED}, [case("Cat", "Cat")]),
        (head(), {"Cat": {"allOf": [{"$ref": "#/components/schemas/Mid"}]}, "Mid": EXTENDED}, ["Cat", "Mid"]),
        (head(), {"Cat": {"anyOf": [{"oneOf": [PET]}]}}, [case("Cat", "Cat")]),
        (head(), {"Cat": {"if": {}, "then": PET}}, [case("Cat", "Cat")]),
        (head(), {"Cat": PET}, [case("Cat", "Cat")]),
        (head(), {"Cat": {"properties": {"owner": PET}}}, None),
        (head(), {}, None),
        ({**head(), "oneOf": [{}]}, {"Cat": EXTENDED}, None),
        ({**head(), "anyOf": [{}]}, {"Cat": EXTENDED}, None),
        ({"type": "object"}, {"Cat": EXTENDED, "X": head()}, None),
    ],
)
def test_those_that_extend_a_schema_are_known_by_their_tags(pet: Any, schemas: Any, cases: list[Any] | None) -> None:
    """By the mapping, or by their names; at any depth, in any part that applies to the same value."""
    found = family(pet, **schemas)
    if cases is None:
        assert found is None
        return
    first, *rest = found["allOf"]
    assert first == PET
    wanted = [case(one, one) if isinstance(one, str) else one for one in cases]
    assert sorted(rest, key=str) == sorted(wanted, key=str)


def test_a_default_is_for_values_without_a_known_tag() -> None:
    """A schema that is its own default needs no rule."""
    tags = {"properties": {"kind": {"enum": ["Cat", "Other"]}}, "required": ["kind"]}
    found = family(head(defaultMapping="Other"), Cat=EXTENDED, Other=EXTENDED)
    assert found["allOf"][-1]["else"] == {"$ref": "#/components/schemas/Other"}
    assert found["allOf"][-1].keys() == {"if", "else"}
    assert sorted(found["allOf"][-1]["if"]["properties"]["kind"]["enum"]) == ["Cat", "Other"]
    assert {**found["allOf"][-1]["if"], "properties": tags["properties"]} == tags
    for name in ("Pet", "Nobody"):
        assert family(head(defaultMapping=name), Cat=EXTENDED)["allOf"] == [PET, case("Cat", "Cat")]


def test_a_reference_means_the_family_except_where_it_extends_it() -> None:
    """Within those that extend it, in place, it is the schema alone; below a property it is the family again."""
    whole = {"$ref": f"#/{FAMILIES}/Pet"}
    schemas = {
        "Pet": {**HEAD, "properties": {"friend": PET}, "not": PET},
        "Cat": {"allOf": [PET, {"properties": {"prey": PET}}], "anyOf": [{"if": PET}]},
        "Owner": {"properties": {"pet": PET}, "allOf": [{"items": PET}]},
        "Alias": {"properties": {"pet": {"$ref": "#/components/schemas/Cat"}}},
    }
    found = form(schemas, None)
    assert found["Pet"] == {**HEAD, "properties": {"friend": whole}, "not": whole}
    assert found["Cat"] == {"allOf": [PET, {"properties": {"prey": whole}}], "anyOf": [{"if": PET}]}
    assert found["Owner"] == {"properties": {"pet": whole}, "allOf": [{"items": whole}]}
    assert found["Alias"] == schemas["Alias"]
