"""Floor 3: what calls of one operation by one client have in common, worked out with the first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twelvelabs_contract._document import Document, Operation, Parameter
from twelvelabs_contract._schema import where
from twelvelabs_contract._shape import Shape, shape_at
from twelvelabs_contract.client._options import Options, read_options
from twelvelabs_contract.client._retry import Retry
from twelvelabs_contract.client._settings import Settings


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument goes: one declared parameter."""

    place: str
    pointer: str
    shape: Shape
    repeats: bool
    """Whether its name is repeated for each item, so that a single value may stand for a list of one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What does not depend on the arguments of a call."""

    operation: Operation
    document: Document
    slots: Mapping[str, Mapping[str, Slot]]
    """The declared parameters, by location and name."""
    anything: Shape
    """The shape of an argument that is not declared."""
    keys: Sequence[tuple[str, str]] = field(repr=False)
    """The headers that carry the API key."""
    options: Options
    """Those of a call that gives none."""
    retry: Retry
    """That of a call that gives no options."""


def plan_for(settings: Settings, operation_id: str) -> Plan:
    """Return the plan of an operation; `LookupError` for an unknown one."""
    found = settings.plans.get(operation_id)
    if found is None:
        found = settings.plans[operation_id] = _made(settings, settings.api.contract.operation(operation_id))
    return found


def _made(settings: Settings, operation: Operation) -> Plan:
    document = settings.api.contract.document
    options, _ = read_options(None, settings.timeout, settings.max_retries, operation.pointer)
    keys = [] if settings.key is None else [(name.lower(), settings.key) for name in operation.key_headers]
    return Plan(
        operation,
        document,
        {
            location: {parameter.name: _slot(document, parameter) for parameter in operation.parameters_in(location)}
            for location in ("path", "query", "header")
        },
        shape_at(document, True, operation.pointer),
        tuple(dict(keys).items()),
        options,
        retry_for(operation, options),
    )


def retry_for(operation: Operation, options: Options) -> Retry:
    """Return the policy of a call with some options."""
    return Retry(operation.method, options.max_retries, options.longest_wait)


def _slot(document: Document, parameter: Parameter) -> Slot:
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    repeats = parameter.explode and shape.is_array
    return Slot(where(parameter.location, [parameter.name]), parameter.pointer, shape, repeats)
