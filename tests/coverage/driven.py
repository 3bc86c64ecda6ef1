"""The coverage that the strategies reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from apicontract.coverage import Coverage
from tests.support.orchard import contract_of
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import RequestCase, boundary_cases, invalid_cases


@cache
def driven_by(name: str, cases: Callable[[Contract, str], Iterable[RequestCase]]) -> Coverage:
    """Return the coverage of some cases of all operations of a document."""
    contract = contract_of(name)
    coverage = Coverage(contract)
    for operation in contract.operations:
        for case in cases(contract, operation.id):
            coverage.exchange(case.request())
    return coverage


@cache
def driven(name: str) -> Coverage:
    """Return the coverage of all boundary and invalid cases of all operations of a document."""
    coverage = Coverage(contract_of(name))
    for cases in (boundary_cases, invalid_cases):
        coverage.merge(driven_by(name, cases))
    return coverage
