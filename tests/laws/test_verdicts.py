"""Bounds, without a client: the checker finds exactly the rule that is broken, and all engines agree on what is valid.

Three engines judge each request: jsonschema-rs, which the checker uses; jsonschema, which shares no code with it; and
the generated pydantic model of the body, which leaves some rules to the other two (`codegen.schemas`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from importlib import import_module
from typing import Any

import referencing
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from referencing.jsonschema import DRAFT202012

from apicontract.checks.validation import URN, Validators, reference
from apicontract.openapi.facts import shape_at
from tests.laws.arguments import argument_cases
from tests.laws.exchange import fields
from tests.laws.laws import WORLDS, law
from tests.laws.trial import Trial, World
from twelvelabs_contract import Contract, Operation, Violation
from twelvelabs_contract.strategies import (
    Broken,
    RequestCase,
    boundary_cases,
    invalid_cases,
    invalid_requests,
    valid_requests,
)

jsonschema = import_module("jsonschema")  # in this way, as it brings no types
LEFT_TO_VALIDATORS = ("pattern", "format", "uniqueItems", "contains", "not", "propertyNames", "encoding")
"""Rules of single values that a model does not say."""
BETWEEN_FIELDS = (
    *("allOf", "anyOf", "dependentRequired", "else", "if", "not", "oneOf", "then"),
    *("maxProperties", "minProperties"),
)
"""Keywords that a model does not say where they stand beside `properties`."""

STEPS = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[([0-9]+)\]")
"""The steps of a place such as `body.models[0].model_name`."""


def _every(world: World, operation: Operation) -> list[RequestCase]:
    return [*boundary_cases(world.contract, operation.id), *invalid_cases(world.contract, operation.id)]


def _as_instances(world: World, operation: Operation) -> list[RequestCase]:
    """Leave out what is wrong on the wire alone."""
    return [case for case in _every(world, operation) if case.twist is None]


def _told(found: list[Violation]) -> list[tuple[str, str]]:
    return [(violation.where, violation.rule) for violation in found]


def _found_alone(trial: Trial, case: RequestCase) -> None:
    expected = [(case.tag.where, case.tag.rule)] if case.tag else []
    found = _told(trial.contract.check_request(case.request()))
    trial.require(found == expected, f"the checker tells {found} of the bytes, in place of {expected}")
    if case.twist is None:
        found = _told(trial.contract.check_arguments(trial.operation, case.instances))
        trial.require(found == expected, f"the checker tells {found} of the instance, in place of {expected}")


@law("Bounds", "the checker finds exactly what is wrong", subjects=False, cases=_every)
def test_the_checker_finds_exactly_what_is_wrong(trial: Trial) -> None:
    """Sent past any client, a request on a bound conforms, and one beyond it breaks that rule at that place only."""
    _found_alone(trial, trial.listed)


@law("Bounds", "the checker finds exactly what is wrong with any request", subjects=False, examples=12, requests=True)
def test_the_checker_finds_exactly_what_is_wrong_with_any_request(trial: Trial) -> None:
    kind = valid_requests if trial.draw(st.booleans()) else invalid_requests
    case = trial.draw(kind(trial.contract, trial.operation.id))
    _found_alone(trial.on(case), case)


@law(
    "Bounds",
    "the checker finds exactly what is wrong with arguments that no request can show",
    subjects=False,
    cases=lambda world, operation: list(argument_cases(world.contract, operation)),
    concerns=lambda world, operation: bool(operation.parameters),
)
def test_the_checker_finds_what_no_request_can_show(trial: Trial) -> None:
    """A number given for a text is a text once it is sent, and a list without items is not there."""
    case = trial.listed
    expected = [(case.tag.where, case.tag.rule)] if case.tag else []
    found = _told(trial.contract.check_arguments(trial.operation, case.instances))
    trial.require(found == expected, f"the checker tells {found} of the instance, in place of {expected}")


class Engines:
    """Two engines over one document; a schema is named by its pointer."""

    def __init__(self, contract: Contract) -> None:
        """Take the document."""
        self._ours = Validators(contract.document)
        resource: Any = DRAFT202012.create_resource(dict(contract.document.raw))
        self._registry: Any = referencing.Registry().with_resource(URN, resource)
        self._others: dict[str, Any] = {}

    def agree(self, pointer: str, instance: Any) -> bool:
        """Whether both say the same of an instance."""
        if pointer not in self._others:
            self._others[pointer] = jsonschema.Draft202012Validator(
                {"$ref": reference(pointer)}, registry=self._registry, format_checker=jsonschema.FormatChecker()
            )
        return self._ours.at(pointer).is_valid(instance) is self._others[pointer].is_valid(instance)


engines = cache(Engines)


def _instances(trial: Trial, case: RequestCase) -> Iterator[tuple[str, Any]]:
    """Yield the values of a request with the pointers of their schemas: parameters, the body, and JSON in its texts."""
    given = case.instances
    for parameter in trial.operation.parameters:
        if parameter.name in given.get(parameter.location, {}):
            yield parameter.schema_pointer, given[parameter.location][parameter.name]
    if trial.operation.request_body is None or "body" not in given:
        return
    body = given["body"]
    yield next(iter(trial.operation.request_body.content.values())).schema_pointer, body
    for name, shape in fields(trial.contract, trial.operation).items():
        text = body.get(name) if isinstance(body, Mapping) else None
        if shape.json_text and isinstance(text, str):
            try:
                yield shape.json_text.pointer, json.loads(text)
            except ValueError:
                continue


def _agreed(trial: Trial, case: RequestCase) -> None:
    for pointer, instance in _instances(trial, case):
        trial.require(engines(trial.contract).agree(pointer, instance), f"two engines disagree on {instance!r}")
    model = _model(trial)
    if model is not None and "body" in case.instances:
        accepted, expected = _accepts(model, case.instances["body"]), not _says(trial, case)
        note = f"the model {'accepts' if accepted else 'refuses'} {case.instances['body']!r}"
        trial.require(accepted is expected, note)


def _model(trial: Trial) -> TypeAdapter[Any] | None:
    """Return the reader of the model of the body, or of nothing where the body has no named schema."""
    body = trial.operation.request_body
    schema = next(iter(body.content.values())).schema if body else None
    name = schema["$ref"].rpartition("/")[2] if isinstance(schema, Mapping) and "$ref" in schema else ""
    return _adapter(getattr(trial.world.models, name)) if name else None


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _accepts(model: TypeAdapter[Any], instance: Any) -> bool:
    try:
        model.validate_json(json.dumps(instance))
    except ValidationError:
        return False
    return True


def _says(trial: Trial, case: RequestCase) -> bool:
    """Whether a case breaks the body in a way that its model can see."""
    if case.tag is None or not case.tag.where.startswith(("body", "form")) or case.tag.rule in LEFT_TO_VALIDATORS:
        return False
    (found,) = trial.contract.check_arguments(trial.operation, case.instances)
    name = found.where.partition(".")[2].replace("[", ".").partition(".")[0]
    shape = fields(trial.contract, trial.operation).get(name)
    if shape and shape.json_text:
        return False
    return not _is_between_fields(trial.contract, found.pointer) and not _is_absent(trial, case, found)


def _is_absent(trial: Trial, case: RequestCase, found: Violation) -> bool:
    """Whether null was given for a declared property that may be left out, which to a model is the same."""
    if found.excerpt != "null" or trial.operation.request_body is None:
        return False
    content = next(iter(trial.operation.request_body.content.values()))
    shape = shape_at(trial.contract.document, content.schema, content.schema_pointer)
    without = deepcopy(dict(case.instances))
    holder: Any = None
    inner, last, declared = without["body"], "", False
    for name, index in STEPS.findall(found.where):
        declared = name in shape.properties
        shape = shape.items if index else shape.property(name)
        holder, inner, last = inner, inner[int(index) if index else name], name
    if not declared:
        return False
    del holder[last]
    left = trial.contract.check_arguments(trial.operation, without)
    return all(_is_between_fields(trial.contract, violation.pointer) for violation in left)


def _is_between_fields(contract: Contract, pointer: str) -> bool:
    """Whether a rule stands between the fields of an object: below a keyword beside `properties`."""
    steps = pointer.split("/")
    for count in range(1, len(steps)):
        node = contract.document.at("/".join(steps[:count]))
        if isinstance(node, Mapping) and "properties" in node and steps[count] in BETWEEN_FIELDS:
            return True
    return False


@law("Bounds", "all engines agree", subjects=False, cases=_as_instances)
def test_all_engines_agree(trial: Trial) -> None:
    """On every bound and on every breach: valid to one is valid to all."""
    _agreed(trial, trial.listed)


def test_null_is_no_absence_of_what_a_branch_requires() -> None:
    """A union requires nothing itself."""
    (newest, *_) = WORLDS
    operation = newest.contract.operation("embed.v_2.create")
    cases = [case for case in _as_instances(newest, operation) if case.tag is not None]
    null = [case for case in cases if case.tag == Broken("body.video.segmentation.fixed", "type")]
    assert None in [case.instances["body"]["video"]["segmentation"]["fixed"] for case in null]
    for case in null:
        _agreed(Trial(newest, operation, None), case)


@law(
    "Bounds",
    "all engines agree on any request",
    subjects=False,
    examples=12,
    requests=True,
    concerns=lambda world, operation: bool(operation.parameters or operation.request_body),
)
def test_all_engines_agree_on_any_request(trial: Trial) -> None:
    kind = valid_requests if trial.draw(st.booleans()) else invalid_requests
    every = kind(trial.contract, trial.operation.id)
    case = trial.draw_such(every, lambda case: case.twist is None and any(True for _ in _instances(trial, case)))
    _agreed(trial.on(case), case)
