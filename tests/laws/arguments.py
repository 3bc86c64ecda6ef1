"""Arguments that are invalid as passed by a caller, even if they look valid once they are encoded as text."""

from __future__ import annotations

from collections.abc import Iterator

from apicontract.openapi.violation import where
from apicontract.strategies.contract_strategies import strategies_of
from twelvelabs_contract import Contract, Operation
from twelvelabs_contract.strategies import Broken, RequestCase, boundary_cases

FEW = 4
"""How many values are listed of each way to break a parameter."""


def argument_cases(contract: Contract, operation: Operation) -> Iterator[RequestCase]:
    """List calls in which one parameter breaks its schema: also a number for a text, and a list without items.

    Such a request cannot be sent, or is another one on the wire, so lists of invalid requests leave them out.
    """
    built, least = strategies_of(contract), boundary_cases(contract, operation.id)[0].arguments
    for parameter in operation.parameters:
        given = least.get(parameter.location, {})
        for mutation in built.mutations.of(parameter.schema):
            place = where(parameter.location, [parameter.name, *mutation.path])
            for value in built.mutations.values(mutation, FEW):
                arguments = {**least, parameter.location: {**given, parameter.name: value}}
                tag = Broken(place, mutation.rule, f"{place}: {mutation.about}")
                yield RequestCase(contract, operation.id, arguments, tag)
