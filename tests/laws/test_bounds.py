"""Bounds: a value exactly on one is sent and received; a value beyond one is rejected before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from apicontract.openapi.facts import Shape, shape_at
from tests.laws.defects import free_ids, may_be_empty
from tests.laws.exchange import arrived, difference, fields, reached, required, same
from tests.laws.laws import law
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import RequestCase, boundary_cases, invalid_cases, invalid_requests, valid_requests

UNCHECKED = "S20: nothing is checked before it is sent"
NONE = "S1: an argument that is None is sent, as an empty part or as null"


def _optional(world: World, operation: Operation) -> list[tuple[str, str]]:
    """Return location and name of every argument that may be left out and cannot be null."""
    document = world.contract.document
    found = [
        (parameter.location, parameter.name, shape_at(document, parameter.schema, parameter.schema_pointer))
        for parameter in operation.parameters
        if not parameter.required
    ]
    found += [("body", name, shape) for name, shape in _fields(world, operation).items()]
    return [(location, name) for location, name, shape in found if not shape.nullable]


def _fields(world: World, operation: Operation) -> dict[str, Shape]:
    """Return the properties of the body that a caller may leave out."""
    needed = [*required(world.contract, operation), operation.streaming.flag if operation.streaming else ""]
    return {name: shape for name, shape in fields(world.contract, operation).items() if name not in needed}


def _departures(world: World, operation: Operation) -> str | None:
    """Say what the vendor's SDK sends otherwise than it was given."""
    streaming, pagination = operation.streaming, operation.pagination
    if streaming and not streaming.method:
        return "S10: the flag of the stream is left out unless it is given"
    if may_be_empty(world, operation):
        return "S3: a body without any argument is sent as zero bytes"
    if pagination and pagination.style == "page":
        return "S7: the number of the page is sent though it was not given"
    return None


def _departures_of_ids(world: World, operation: Operation) -> str | None:
    free = free_ids(world, operation)
    return _departures(world, operation) or ("S4: path identifiers are not encoded" if free else None)


def _boundaries(world: World, operation: Operation) -> Sequence[RequestCase]:
    return boundary_cases(world.contract, operation.id)


def _takes_arguments(world: World, operation: Operation) -> bool:
    return bool(operation.parameters or operation.request_body)


def _takes_more_than_ids(world: World, operation: Operation) -> bool:
    return bool(operation.request_body or any(True for _ in operation.parameters_in("query")))


def _sayable(world: World, operation: Operation) -> list[RequestCase]:
    return [case for case in invalid_cases(world.contract, operation.id) if _is_sayable(operation, case)]


def _is_sayable(operation: Operation, case: RequestCase) -> bool:
    """Whether a caller can say this: it is in the arguments, not in their encoding or in the form of the body."""
    bodiless = ("body" in case.arguments) is not bool(operation.request_body)
    formless = not isinstance(case.arguments.get("body", {}), dict)
    return not (case.twist or bodiless or formless or _is_none(case) or _is_hidden_flag(operation, case))


def _is_none(case: RequestCase) -> bool:
    """Whether the breach is a null in place of an argument: to a client, `None` is an argument that is not given."""
    location, name = _place(case)
    values = case.arguments.get(location)
    return isinstance(values, Mapping) and name in values and values[name] is None


def _is_hidden_flag(operation: Operation, case: RequestCase) -> bool:
    """Whether the breach is in the flag of a stream that is no argument, as each method has a value for it."""
    streaming = operation.streaming
    return bool(streaming and streaming.method and case.tag and case.tag.where == f"body.{streaming.flag}")


def _arrives(trial: Trial, case: RequestCase) -> None:
    kept = deepcopy(dict(case.arguments))
    outcome = trial.call(case.arguments, trial.success(case.arguments))
    trial.require(dict(case.arguments) == kept, f"the call has changed its arguments to {case.arguments}")
    trial.require(outcome.error is None, "a valid request was refused")
    trial.require(len(outcome.requests) == 1, f"{len(outcome.requests)} requests in place of one")
    match = reached(trial.contract, outcome.requests[0])
    operation = match.operation.id if match else "no operation"
    trial.require(operation == trial.operation.id, f"the request reached {operation}")
    found = [str(violation) for violation in trial.contract.check_request(outcome.requests[0])]
    trial.require(not found, f"what was sent breaks the contract: {found}")
    _, values = arrived(trial.contract, outcome.requests[0])
    expected = trial.expected(case.instances)
    trial.require(same(values, expected), f"in place of what was given, there arrived {difference(values, expected)}")


@law("Bounds", "a request on a bound arrives as it was given", cases=_boundaries, vendor=_departures)
def test_a_boundary_request_arrives(trial: Trial) -> None:
    """Every bound, every listed value, every optional argument absent and present: decode after encode is identity."""
    _arrives(trial, trial.listed)


@law("Bounds", "any valid request arrives as it was given", examples=5, requests=True, vendor=_departures_of_ids)
def test_a_valid_request_arrives(trial: Trial) -> None:
    _arrives(trial, trial.draw(valid_requests(trial.contract, trial.operation.id)))


@law(
    "Bounds",
    "a request beyond a bound is refused, unsent",
    cases=_sayable,
    concerns=lambda world, operation: world.refusals and _takes_arguments(world, operation),
    vendor=lambda world, operation: UNCHECKED,
)
def test_a_request_beyond_a_bound_is_refused(trial: Trial) -> None:
    """Each rule is broken at each place, by a step: nothing is sent, and the error names that place and that rule."""
    _refused(trial, trial.listed)


@law(
    "Bounds",
    "any request that breaks a rule is refused, unsent",
    examples=4,
    requests=True,
    concerns=lambda world, operation: world.refusals and _takes_more_than_ids(world, operation),
    vendor=lambda world, operation: UNCHECKED,
)
def test_an_invalid_request_is_refused(trial: Trial) -> None:
    """The same for whatever else is wrong in one place."""
    every = invalid_requests(trial.contract, trial.operation.id)
    case = trial.draw_such(every, lambda case: _is_sayable(trial.operation, case))
    _refused(trial.on(case), case)


def _refused(trial: Trial, case: RequestCase) -> None:
    outcome = trial.call(_with_none(case), trial.success(case.arguments))
    trial.require(not outcome.requests, "it was sent")
    trial.require(outcome.error, "it was not refused")
    reported, name = str(outcome.error), trial.parameter.partition(".")[2]
    if isinstance(outcome.error, TypeError):  # Python's own refusal of an argument that the method does not have
        meant = trial.rule == "undeclared" and f"unexpected keyword argument {name!r}" in reported
        trial.require(meant, "it was refused for another reason")
        return
    trial.require(
        trial.parameter in reported and trial.rule in reported, "the refusal does not name parameter and rule"
    )
    found = [(violation.where, violation.rule) for violation in getattr(outcome.error, "violations", ())]
    trial.require(found == [(trial.parameter, trial.rule)], f"the refusal tells {found}")


def _with_none(case: RequestCase) -> dict[str, Any]:
    """Give `None` for an argument that is missing, as a caller may who does not know that it is required."""
    location, name = _place(case)
    given = case.arguments.get(location)
    if case.tag is None or case.tag.rule != "missing" or not isinstance(given, Mapping) or {*"[."} & {*name}:
        return dict(case.arguments)
    return {**case.arguments, location: {**given, name: None}}


def _place(case: RequestCase) -> tuple[str, str]:
    """Split the place that is wrong into the location of its arguments and the name in there."""
    location, _, name = case.tag.where.partition(".") if case.tag else ("", "", "")
    return ("body" if location == "form" else location), name


@law(
    "Bounds",
    "an argument that is None is not sent",
    concerns=lambda world, operation: bool(_optional(world, operation)),
    vendor=lambda world, operation: NONE if _fields(world, operation) else None,
    examples=6,
    requests=True,
)
def test_none_is_not_given(trial: Trial) -> None:
    """Whatever the encoding: a query, a form and JSON agree on what `None` means, which is nothing."""
    case = trial.draw(st.sampled_from(boundary_cases(trial.contract, trial.operation.id)))
    options = _optional(trial.world, trial.operation)
    absent = [(at, name) for at, name in options if name not in case.arguments.get(at, {})]
    chosen = trial.draw(st.lists(st.sampled_from(absent), unique=True, min_size=1)) if absent else []
    arguments = {location: values for location, values in case.arguments.items() if values}
    without = trial.call(arguments, trial.success(case.arguments))
    for location, name in chosen:
        arguments[location] = {**arguments.get(location, {}), name: None}
        trial.parameter = f"{location}.{name}"
    outcome = trial.call(arguments, trial.success(case.arguments))
    trial.require(outcome.error is None and without.error is None, "None was refused")
    (_, expected), (_, found) = (arrived(trial.contract, made.requests[0]) for made in (without, outcome))
    trial.require(same(found, expected), f"it arrived as {difference(found, expected)}")
