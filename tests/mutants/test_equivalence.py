"""Changes that are proved to have no effect have none: by a table of rewritings, and by another engine."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any

import jsonschema_rs
import pytest

from apicontract.strategies.contract_strategies import strategies_of
from apicontract.values.boundaries import NOTHING
from tests.mutants.constraints import SILENT
from tests.mutants.document import GONE, DocumentFault, document_faults
from tests.mutants.equivalence import normal, same
from tests.support.editions import contract_2025_08

TEXT = {"type": "string"}
DOCUMENT: dict[str, Any] = {"components": {"schemas": {"pet": {"type": "object", "required": ["name"]}}}}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"type": "string", "enum": ["a", "b"]}, {"enum": ["b", "a"]}, True),
        ({"type": ["string", "null"], "enum": ["a"]}, {"type": "string", "const": "a"}, True),
        ({"type": ["string", "null"], "enum": ["a", None]}, {"type": "string", "enum": ["a", None]}, False),
        ({"type": "integer", "enum": [1, 1.5]}, {"enum": [1]}, True),
        ({"type": "number", "enum": [1, 1.5]}, {"enum": [1]}, False),
        ({"type": "number", "enum": [True]}, {"enum": [True]}, False),
        ({"anyOf": [{"enum": ["a"]}, TEXT]}, {"anyOf": [TEXT]}, True),
        ({"anyOf": [{"enum": ["a", 5]}, TEXT]}, {"anyOf": [TEXT]}, False),
        ({"anyOf": [{"enum": ["a"]}, {**TEXT, "maxLength": 3}]}, {"anyOf": [{**TEXT, "maxLength": 3}]}, False),
        ({"anyOf": [TEXT, {**TEXT, "title": "a"}]}, {"anyOf": [TEXT]}, True),
        ({"oneOf": [{"enum": ["a"]}, TEXT]}, {"oneOf": [TEXT]}, False),
        ({"oneOf": [TEXT, TEXT]}, {"oneOf": [TEXT]}, False),
        ({"type": "number", "format": "double"}, {"type": "number"}, True),
        ({**TEXT, "format": "date"}, TEXT, False),
        ({**TEXT, "description": "words", "x-words": 1}, TEXT, True),
        (
            {"required": ["a"], "allOf": [{"required": ["a", "b"]}]},
            {"required": ["a"], "allOf": [{"required": ["b"]}]},
            True,
        ),
        ({"allOf": [{"required": ["a"]}]}, {"allOf": [{}]}, False),
        ({"required": ["a"], "if": {"required": ["a"]}, "then": {}}, {"required": ["a"], "if": {}, "then": {}}, True),
        (
            {
                "properties": {"pets": {"items": {"$ref": "#/components/schemas/pet"}}},
                "not": {"properties": {"pets": {"items": {"required": ["name"], "minProperties": 2}}}},
            },
            {
                "properties": {"pets": {"items": {"$ref": "#/components/schemas/pet"}}},
                "not": {"properties": {"pets": {"items": {"minProperties": 2}}}},
            },
            True,
        ),
    ],
)
def test_schemas_with_one_normal_form_admit_the_same(one: Any, other: Any, alike: bool) -> None:
    assert (normal(one, DOCUMENT) == normal(other, DOCUMENT)) is alike


def test_a_change_outside_of_schemas_is_not_proved() -> None:
    raw: dict[str, Any] = {"paths": {"/a": {"get": {"responses": {"200": {}}}}}}
    assert not same(raw, DocumentFault(("paths", "/a", "get", "responses", "200"), GONE, "status removed"))


def test_another_engine_admits_the_same_before_and_after() -> None:
    """On the bounds of each changed schema, and beyond them, for some of the changes that are proved to say nothing."""
    contract = contract_2025_08()
    raw: Any = contract.document.raw
    built = strategies_of(contract)
    proved = [
        fault
        for fault in document_faults(raw)
        if not fault.kind.startswith(SILENT) and fault.tokens[:2] == ("components", "schemas") and same(raw, fault)
    ]
    assert len(proved) > 100
    for fault in random.Random("2026").sample(proved, 40):  # noqa: S311 - a sample, no secret
        reference = {"$ref": f"#/components/schemas/{fault.tokens[2]}"}
        engines = [
            jsonschema_rs.validator_for({**reference, "components": one["components"]})
            for one in (raw, fault.applied(raw))
        ]
        values = [boundary.value for boundary in islice(built.boundaries.of(reference), 200)]
        values += [mutation.example for mutation in islice(built.mutations.of(reference), 200)]
        assert len(values) > 1, fault.label
        for value in values:
            if value is not NOTHING:
                before, after = (engine.is_valid(value) for engine in engines)
                assert before is after, (fault.label, value)
