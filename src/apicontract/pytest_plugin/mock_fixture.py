"""The fixture of a mock: a `ContractMock` for one test, by the settings of the run.

It replaces the API at the servers of the document, at the base URLs of `--contract-base-url`, and at the one in the
environment variable that the document names (`x-client`). Requests are checked whether or not the run has `--contract`;
with it, a request that the mock rejects is also a violation of the test, and is reported once, because the error
response itself is documented. A test that sends an invalid request on purpose is marked by
`@pytest.mark.contract(ignore=[...])`, and the mock then does not reject it either, or by
`@pytest.mark.contract(False)`, with which only the mock rejects it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

import pytest

from apicontract.mock import ContractMock
from apicontract.openapi.violation import Violation
from apicontract.product import Product
from apicontract.pytest_plugin.examples import is_property
from apicontract.pytest_plugin.settings import INI, PRODUCT, contract_of, marker_settings, other_base_urls
from apicontract.traffic.ignores import ignore_entries

_WITH_GIVEN = (
    "a fixture is made once for all examples of a test with @given: write `with {}() as mock:` in the test instead, "
    "or suppress HealthCheck.function_scoped_fixture and begin each example with mock.reset()\n"
)
_MockT = TypeVar("_MockT", bound=ContractMock)


def mocked(request: pytest.FixtureRequest, product: Product, mock_class: type[_MockT]) -> Iterator[_MockT]:
    """Mock the API for the duration of a test; raise `pytest.UsageError` for an invalid base URL."""
    config = request.config
    if is_property(request.node):
        request.node.add_report_section("setup", request.fixturename, _WITH_GIVEN.format(mock_class.__name__))
    config.stash[PRODUCT] = product
    contract = contract_of(config)
    entries = [*ignore_entries(contract, INI, config.getini(INI)), *marker_settings(request.node, contract)[1]]

    def ignored(violation: Violation) -> bool:
        return any(entry.matches(violation) for entry in entries)

    try:
        mock = mock_class(contract, base_urls=other_base_urls(config), ignore=ignored)
    except ValueError as error:
        raise pytest.UsageError(f"contract_base_url: {error}") from error
    with mock:
        yield mock
        _forget_what_was_told(mock)


def _forget_what_was_told(mock: ContractMock) -> None:
    """Do not raise a missing response again at teardown if it already failed the test."""
    error: BaseException | None = getattr(sys, "last_value", None)
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    mock.forget_missing(chain)
