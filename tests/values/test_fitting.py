"""A value that is said to fit a schema is valid to the engine too."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.strategies import boundary_cases, invalid_cases
from apicontract.values.alternatives import Alternatives
from apicontract.values.boundaries import NOTHING
from apicontract.values.fitting import Fitting
from tests.support.orchard import orchard_with
from twelvelabs_contract import Contract

PAIR = {"properties": {"a": {"const": 1}, "b": {"const": 2}}}


@pytest.mark.parametrize("operation", ["analyze", "indexes.create", "multipart_upload.create"])
def test_what_fits_is_valid(operation: str) -> None:
    """And of JSON bodies nothing is left undecided: a request on a bound fits, one beyond it does not."""
    contract = Contract.load()
    fitting = Fitting(Alternatives(contract.document))
    request_body = contract.operation(operation).request_body
    assert request_body is not None
    schema = request_body.content["application/json"].schema
    cases = [*boundary_cases(contract, operation), *invalid_cases(contract, operation)]
    cases = [case for case in cases if "body" in case.arguments and case.twist is None]
    assert {case.tag is None for case in cases} == {True, False}
    for case in cases:
        wrong = case.tag is not None and case.tag.where.startswith("body")
        assert fitting.fits(case.arguments["body"], schema) is not wrong, case


def test_what_cannot_be_decided_is_not_called_fitting() -> None:
    """A keyword of others says what it likes; the JSON in a string is not read here."""
    fitting = Fitting(Alternatives(orchard_with().document))
    for schema in (
        {"unevaluatedProperties": True},
        {"not": {"minContains": 2}},
        {"contentMediaType": "application/json"},
    ):
        assert not fitting.fits("{}", schema)
    assert fitting.fits("{}", {"title": "a text", "x-of-others": 1})
    assert fitting.fits([1, 2, "c"], {"prefixItems": [{"type": "integer"}, {"minimum": 2}], "items": {"const": "c"}})
    assert not fitting.fits([1, 1], {"kinds": ("array",), "uniqueItems": True})
    assert fitting.fits([1, 1], {"repeats": True})
    assert not fitting.fits({"a": 1, "b": 2}, {"x-exclusive": [["a", "b"]]})
    assert not fitting.fits({"a": 1}, {"dependentRequired": {"a": ["b"]}})
    assert not fitting.fits({"a": 1}, {"if": {"required": ["a"]}, "then": {"propertyNames": {"const": "b"}}})


@pytest.mark.parametrize(
    "keyword",
    [
        *("patternProperties", "dependentSchemas", "minContains", "maxContains", "unevaluatedProperties"),
        *("unevaluatedItems", "contentSchema", "contentEncoding", "$dynamicRef", "upload", "wire"),
    ],
)
@pytest.mark.parametrize("value", [{}, [], "a", 1, None])
def test_a_keyword_that_is_not_read_leaves_it_undecided(keyword: str, value: Any) -> None:
    fitting = Fitting(Alternatives(orchard_with().document))
    one: Any = {keyword: {}}
    for schema in (one, {"allOf": [one]}, {"not": one}, {"anyOf": [True, one]}):
        assert fitting.fits(value, schema) is ("anyOf" in schema)


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"enum": [1, False]}, 1.0, True),
        ({"const": None}, None, 0),
        ({"type": "object"}, {}, []),
        ({"type": ["array", "string"]}, [], {}),
        ({"type": "array", "kinds": ("array", "object")}, [], {}),
        ({"$ref": "#/components/schemas/Pair", "required": ["a"]}, {"a": 1}, {"b": 2}),
        ({"$ref": "#/components/schemas/Pair", "required": ["a"]}, {"a": 1, "b": 2}, {"a": 2}),
        ({"allOf": [{"minimum": 1}, {"maximum": 3}]}, 3, 4),
        ({"maxProperties": 2}, {"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}),
        ({"minProperties": 2}, {"a": 1, "b": 1}, {"a": 1}),
        ({"propertyNames": {"maxLength": 1}}, {"a": 1, "🎬": 1}, {"a": 1, "bc": 1}),
        ({"x-exclusive": [["a", "b"], ["c", "d"]]}, {"a": 1, "c": 1}, {"c": 1, "d": 1}),
        ({"x-exclusive": [["a", "b", "c"]]}, {}, {"a": 1, "c": 1}),
        ({"dependentRequired": {"a": ["b"], "c": ["d"]}}, {"b": 1}, {"c": 1}),
        ({"uniqueItems": True}, [1, 2, 3], [1, 2, 1]),
        ({"repeats": True}, [1, 2, 1], [1, 2, 3]),
        ({"items": {"type": "integer"}}, [], [1, 2, "c"]),
        ({"prefixItems": [{"const": 1}, {"const": 2}, {"const": 3}], "items": False}, [1, 2, 3], [1, 2, 3, 4]),
        ({"properties": {"a": {"properties": {"b": {"const": 1}}}}}, {"a": {"b": 1}}, {"a": {"b": 2}}),
        ({"additionalProperties": {"type": "integer"}, "properties": {"a": {}}}, {"a": "x", "b": 1}, {"b": "x"}),
        ({"else": False, "then": False}, 1, NOTHING),
        ({"if": True, "then": {"minimum": 2}, "else": False}, 2, 1),
        ({"if": False, "then": False, "else": {"minimum": 2}}, 2, 1),
        ({"maxLength": 2}, "🎬🎬", "abc"),
        ({"oneOf": [{"const": 1}, {"const": 2}]}, 2, 3),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}, {"c": 1}, {"d": 1}),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"c": 1}, {"a": 1}),
        ({"oneOf": [{"minimum": 1}, {"minimum": 5}]}, 3, 7),
        ({"anyOf": [{"minimum": 5}, {"maximum": 1}]}, 7, 3),
        ({"not": {"minimum": 5}}, 3, 7),
        ({"contains": {"const": 5}}, [1, 5], [1, 1]),
        ({"repeats": True}, [1, 1.0], [1, True]),
        ({"uniqueItems": True}, [1, True], [1, 1.0]),
        ({"prefixItems": [{"const": 1}]}, [1, 2], [2]),
        ({"minProperties": 1, "maxProperties": 2}, {"a": 1}, {"a": 1, "b": 1, "c": 1}),
        ({"minItems": 1, "maxItems": 2}, [1, 1], [1, 1, 1]),
        ({"x-exclusive": [["a", "b"]]}, {"a": 1}, {"a": 1, "b": 1}),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}),
        ({"additionalProperties": False, "properties": {"a": {}}}, {"a": 1}, {"b": 1}),
    ],
)
def test_each_rule_decides(schema: Any, right: Any, wrong: Any) -> None:
    fitting = Fitting(Alternatives(orchard_with(Pair=PAIR).document))
    assert fitting.fits(right, schema)
    assert wrong is NOTHING or not fitting.fits(wrong, schema)
    assert fitting.fits({"in": [right]}, {"properties": {"in": {"items": schema}}})
    assert wrong is NOTHING or not fitting.fits({"in": [wrong]}, {"properties": {"in": {"items": schema}}})


def test_an_object_or_a_list_that_is_listed_is_left_to_others() -> None:
    fitting = Fitting(Alternatives(orchard_with().document))
    assert not fitting.fits({"a": 1}, {"enum": [{"a": 1}]})
    assert not fitting.fits([1], {"const": [1]})
