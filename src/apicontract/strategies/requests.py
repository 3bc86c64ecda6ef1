"""Floor 4: requests of an operation: valid ones, those exactly on a bound, and those with one rule broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Operation
from apicontract.openapi.violation import where
from apicontract.strategies.case import Broken, RequestCase, Twist
from apicontract.strategies.catalogue import Catalogue, catalogue
from apicontract.strategies.fitting import fitting
from apicontract.strategies.instances import Strategy
from apicontract.strategies.invalid_requests import Plan, plans
from apicontract.values.boundaries import canonical

Requests = st.SearchStrategy[RequestCase]


def valid_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy for valid requests of an operation, by its id.

    Raises `LookupError` for an unknown id, `NotUnderstood` for schemas outside the vocabulary. Built once.
    """
    known, found = catalogue(contract), contract.operation(operation)
    key = "valid", operation
    if key not in known.remembered:
        fields = [
            (group.location, known.strategy(found, group, group.schema), group.required)
            for group in known.groups(found)
        ]
        known.remembered[key] = _cases(contract, operation, fields, None, None, "")
    strategy: Requests = known.remembered[key]
    return strategy


def boundary_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy that takes one of `boundary_cases`; it shrinks to the one with the fewest arguments."""
    return st.sampled_from(boundary_cases(contract, operation))


def boundary_cases(contract: Contract, operation: str) -> tuple[RequestCase, ...]:
    """List the valid requests that lie exactly on a bound, in a fixed order.

    Every bound of every parameter and property is there at least once: minimum, maximum, shortest, longest, fewest,
    most, each listed value, each optional one absent and present, each alternative of a rule between fields. `about`
    says which. Raises as `valid_requests` does.
    """
    known, found = catalogue(contract), contract.operation(operation)
    return _remembered(known, ("boundary", operation), lambda: _boundary_cases(known, found))


def invalid_requests(contract: Contract, operation: str) -> Requests:
    """Return the strategy for requests that break exactly one rule, which their `tag` names.

    Raises as `valid_requests` does. Every way to break the operation is equally likely.
    """
    _plans(catalogue(contract), contract.operation(operation))
    return _broken(contract, operation)


def invalid_cases(contract: Contract, operation: str) -> tuple[RequestCase, ...]:
    """List requests that break exactly one rule, in a fixed order: each rule at each place at least once.

    A rule that cannot be broken without another is left out: no fourth item fits into an array of three different
    values. Raises as `valid_requests` does.
    """
    known, found = catalogue(contract), contract.operation(operation)
    return _remembered(known, ("invalid", operation), lambda: _invalid_cases(known, found))


def _remembered(known: Catalogue, key: tuple[str, str], make: Any) -> tuple[RequestCase, ...]:
    if key not in known.remembered:
        known.remembered[key] = tuple(_once(make()))
    found: tuple[RequestCase, ...] = known.remembered[key]
    return found


def _once(cases: Iterable[RequestCase]) -> Iterator[RequestCase]:
    """Leave out a case that came before."""
    seen: set[tuple[object, ...]] = set()
    for case in cases:
        key = case.tag, case.twist, canonical(case.arguments)
        if key not in seen:
            seen.add(key)
            yield case


def _plans(known: Catalogue, operation: Operation) -> tuple[Plan, ...]:
    key = "plans", operation.id
    if key not in known.remembered:
        known.remembered[key] = tuple(plans(known, operation))
    found: tuple[Plan, ...] = known.remembered[key]
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
    known, operation = catalogue(contract), contract.operation(operation_id)
    ways = _plans(known, operation)
    plan = ways[draw(st.integers(0, len(ways) - 1))]
    arguments: dict[str, Any] = {}
    for group in known.groups(operation):
        if group.location != plan.location:
            if group.required or draw(st.booleans()):
                arguments[group.location] = draw(known.strategy(operation, group, group.schema))
        elif plan.schema is not None:
            made = known.strategy(operation, group, plan.schema)
            arguments[group.location] = draw(made if plan.shows is None else fitting(made, plan.shows))
    return RequestCase(contract, operation.id, {**arguments, **plan.added}, plan.tag, plan.twist)


def _simplest(known: Catalogue, operation: Operation) -> dict[str, Any]:
    return {group.location: known.edges.simplest(group.schema) for group in known.groups(operation) if group.required}


def _boundary_cases(known: Catalogue, operation: Operation) -> Iterator[RequestCase]:
    least = _simplest(known, operation)
    yield RequestCase(known.contract, operation.id, least, about="only what is required")
    for group in known.groups(operation):
        for edge in known.edges.of(group.schema):
            if group.location != "path" or known.arrives(operation, edge.value):
                about = f"{where(group.root, edge.path)}: {edge.about}"
                yield RequestCase(known.contract, operation.id, {**least, group.location: edge.value}, about=about)


def _invalid_cases(known: Catalogue, operation: Operation) -> Iterator[RequestCase]:
    least = _simplest(known, operation)
    for plan in _plans(known, operation):
        others = {location: value for location, value in least.items() if location != plan.location}
        for value in plan.values(known):
            given: Mapping[str, Any] = others if plan.schema is None else {**others, plan.location: value}
            arguments = {**given, **plan.added}
            yield RequestCase(known.contract, operation.id, arguments, plan.tag, plan.twist)
