"""Requests of an operation: valid ones, those exactly on a bound, and those that violate one rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Operation
from apicontract.openapi.violation import where
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.strategies.filtering import filtered
from apicontract.strategies.instance_strategies import Strategy
from apicontract.strategies.invalid_requests import Defect, defects
from apicontract.strategies.request_case import Broken, RequestCase
from apicontract.strategies.twists import Twist
from apicontract.values.boundaries import NOTHING, canonical
from apicontract.values.vocabulary import NotUnderstood

Requests = st.SearchStrategy[RequestCase]


def valid_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy for valid requests of an operation, by its id.

    Raises `LookupError` for an unknown id, `NotUnderstood` for unsupported schemas. The strategy is cached.
    """
    built, found = strategies_of(contract), contract.operation(operation)
    key = "valid", operation
    if key not in built.cache:
        fields = [
            (group.location, built.strategy(found, group, group.schema), group.required)
            for group in built.groups(found)
        ]
        built.cache[key] = _cases(contract, operation, fields, None, None, "")
    strategy: Requests = built.cache[key]
    return strategy


def boundary_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy that takes one of `boundary_cases`; it shrinks to the one with the fewest arguments."""
    return st.sampled_from(boundary_cases(contract, operation))


def boundary_cases(contract: Contract, operation: str) -> tuple[RequestCase, ...]:
    """Return the valid requests that lie exactly on a bound, in a fixed order.

    They cover every bound of every parameter and property at least once: minimum, maximum, shortest, longest, fewest,
    most, each listed value, each optional one absent and present, each alternative of a rule between fields. `about`
    names the bound. Raises as `valid_requests` does.
    """
    built, found = strategies_of(contract), contract.operation(operation)
    return _remembered(built, ("boundary", operation), lambda: _boundary_cases(built, found))


def invalid_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy for requests that violate exactly one rule, which their `tag` names.

    Raises as `valid_requests` does, and for an operation that no request can break. Every way to break the operation is
    equally likely.
    """
    found = contract.operation(operation)
    if not _defects(strategies_of(contract), found):
        raise NotUnderstood("no request breaks a rule of this operation", found.pointer)
    return _broken(contract, operation)


def invalid_cases(contract: Contract, operation: str) -> tuple[RequestCase, ...]:
    """Return requests that violate exactly one rule, in a fixed order, with each rule at each place at least once.

    A rule that cannot be violated without another is left out: a fourth item cannot be added to an array of three
    different values. Raises as `valid_requests` does.
    """
    built, found = strategies_of(contract), contract.operation(operation)
    return _remembered(built, ("invalid", operation), lambda: _invalid_cases(built, found))


def _remembered(built: ContractStrategies, key: tuple[str, str], make: Any) -> tuple[RequestCase, ...]:
    if key not in built.cache:
        built.cache[key] = tuple(_once(make()))
    found: tuple[RequestCase, ...] = built.cache[key]
    return found


def _once(cases: Iterable[RequestCase]) -> Iterator[RequestCase]:
    """Leave out duplicate cases."""
    seen: set[tuple[object, ...]] = set()
    for case in cases:
        key = case.tag, case.twist, canonical(case.arguments)
        if key not in seen:
            seen.add(key)
            yield case


def _defects(built: ContractStrategies, operation: Operation) -> tuple[Defect, ...]:
    key = "plans", operation.id
    if key not in built.cache:
        built.cache[key] = tuple(defects(built, operation))
    found: tuple[Defect, ...] = built.cache[key]
    return found


@st.composite
def _cases(
    draw: st.DrawFn,
    contract: Contract,
    operation: str,
    fields: Iterable[tuple[str, Strategy, bool]],
    tag: Broken | None,
    twist: Twist | None,
    about: str,
) -> RequestCase:
    arguments = {location: draw(made) for location, made, always in fields if always or draw(st.booleans())}
    return RequestCase(contract, operation, arguments, tag, twist, about)


@st.composite
def _broken(draw: st.DrawFn, contract: Contract, operation_id: str) -> RequestCase:
    built, operation = strategies_of(contract), contract.operation(operation_id)
    alternatives = _defects(built, operation)
    defect = alternatives[draw(st.integers(0, len(alternatives) - 1))]
    arguments: dict[str, Any] = {}
    for group in built.groups(operation):
        if group.location != defect.location:
            if group.required or draw(st.booleans()):
                arguments[group.location] = draw(built.strategy(operation, group, group.schema))
        elif defect.schema is not None:
            made = built.strategy(operation, group, defect.schema, *defect.violated)
            arguments[group.location] = draw(made if defect.shows is None else filtered(made, defect.shows))
    return RequestCase(contract, operation.id, {**arguments, **defect.added}, defect.tag, defect.twist)


def _simplest(built: ContractStrategies, operation: Operation) -> dict[str, Any]:
    """Return the simplest arguments that are required."""
    least: dict[str, Any] = {}
    for group in built.groups(operation):
        if group.required:
            found = built.simplest(operation, group, group.schema)
            least[group.location] = built.boundaries.simplest(group.schema) if found is NOTHING else found
    return least


def _boundary_cases(built: ContractStrategies, operation: Operation) -> Iterator[RequestCase]:
    least = _simplest(built, operation)
    yield RequestCase(built.contract, operation.id, least, about="only what is required")
    for group in built.groups(operation):
        for boundary in built.boundaries.of(group.schema):
            if group.tried and built.violated(operation, group, boundary.value):
                continue
            if group.location != "path" or built.arrives(operation, boundary.value):
                about = f"{where(group.root, boundary.path)}: {boundary.about}"
                yield RequestCase(built.contract, operation.id, {**least, group.location: boundary.value}, about=about)


def _invalid_cases(built: ContractStrategies, operation: Operation) -> Iterator[RequestCase]:
    least = _simplest(built, operation)
    broken: set[tuple[int, str]] = set()
    for defect in _defects(built, operation):
        others = {location: value for location, value in least.items() if location != defect.location}
        origin = defect.mutation.origin if defect.mutation else None
        for value in defect.values(built, operation, again=origin in broken):
            given: Mapping[str, Any] = others if defect.schema is None else {**others, defect.location: value}
            arguments = {**given, **defect.added}
            yield RequestCase(built.contract, operation.id, arguments, defect.tag, defect.twist)
        if origin is not None:
            broken.add(origin)
