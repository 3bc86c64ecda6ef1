"""The pytest plugin: `pytest --contract`, and the fixture `twelvelabs_mock`; see `apicontract.pytest_plugin`.

Only cheap imports are at the top, because every test run with the plugin installed pays for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from apicontract.pytest_plugin import Hooks
from twelvelabs_contract.product import PRODUCT

if TYPE_CHECKING:
    from twelvelabs_contract.mock import TwelveLabsMock

_HOOKS = Hooks(PRODUCT)

pytest_addoption = _HOOKS.pytest_addoption
pytest_configure = _HOOKS.pytest_configure
pytest_collection_modifyitems = _HOOKS.pytest_collection_modifyitems
pytest_testnodedown = _HOOKS.pytest_testnodedown
pytest_terminal_summary = _HOOKS.pytest_terminal_summary


@pytest.fixture
def twelvelabs_mock(request: pytest.FixtureRequest) -> Iterator[TwelveLabsMock]:
    """Mock the API for httpx: every operation has a response from the contract, and checks the requests it receives."""
    from apicontract.pytest_plugin import mock_fixture  # noqa: PLC0415 - only what is asked for is loaded
    from twelvelabs_contract.mock import TwelveLabsMock  # noqa: PLC0415 - as above

    yield from mock_fixture.mocked(request, PRODUCT, TwelveLabsMock)
