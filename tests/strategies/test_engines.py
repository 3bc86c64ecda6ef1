"""The reference validator gives the verdicts that the strategies promise for generated bodies.

It is slow, so every third body is validated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from apicontract.checks.assertions import asserts
from apicontract.checks.validation import reference
from apicontract.openapi.facts import shape_at
from apicontract.values.formats import FORMATS
from tests.strategies.documents import every_operation
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import boundary_cases, invalid_cases

jsonschema = import_module("jsonschema")  # in this way, as it brings no types
CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


@cache
def validator(contract: Contract, pointer: str) -> Any:
    """Return the reference validator of a schema of the document, formats asserted."""
    resource = Resource.from_contents(dict(contract.document.raw), default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:contract", resource)
    schema = {"$ref": reference(pointer)}
    return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=CHECKER)


def validators(contract: Contract, operation: str) -> Iterator[tuple[str | None, Any]]:
    """Yield the reference validators of a body: its own, and those of the JSON in its texts, with their property."""
    body = contract.operation(operation).request_body
    if body is None:
        return
    content = next(iter(body.content.values()))
    yield None, validator(contract, content.schema_pointer)
    for name, shape in shape_at(contract.document, content.schema, content.schema_pointer).properties.items():
        if shape.json_text is not None:
            yield name, validator(contract, shape.json_text.pointer)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def accepted(contract: Contract, operation: str, body: Any) -> bool:
    """Ask the reference validator for a body."""
    for name, found in validators(contract, operation):
        if name is None:
            if not found.is_valid(body):
                return False
        elif isinstance(body, dict) and isinstance(body.get(name), str):
            try:
                text = json.loads(body[name], parse_constant=_refuse)
            except ValueError:
                return False
            if not found.is_valid(text):
                return False
    return True


@every_operation
def test_the_reference_validator_accepts_every_boundary_body(contract: Contract, operation: str) -> None:
    for case in boundary_cases(contract, operation)[::3]:
        if "body" in case.instances:
            assert accepted(contract, operation, case.instances["body"]), case


@every_operation
def test_the_reference_validator_refuses_every_invalid_body(contract: Contract, operation: str) -> None:
    """What is wrong on the wire alone it cannot know, and the body of an operation without one neither."""
    for case in invalid_cases(contract, operation)[::3]:
        body = case.instances.get("body")
        if case.tag and "body" in case.instances and contract.operation(operation).request_body:
            wrong = case.twist is None and case.tag.where.startswith(("body", "form"))
            assert accepted(contract, operation, body) is not wrong, case


@pytest.mark.parametrize("name", FORMATS)
def test_the_samples_of_a_format_are_what_both_engines_say(name: str) -> None:
    for text in FORMATS[name].valid:
        assert asserts("format", name, text), text
        assert CHECKER.conforms(text, name), text
    for text in FORMATS[name].invalid:
        assert not asserts("format", name, text), text
        if name in CHECKER.checkers:
            assert not CHECKER.conforms(text, name), text
