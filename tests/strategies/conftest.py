"""One contract for all tests here, so that its strategies are built only once."""

from __future__ import annotations

import pytest

from tests.support.orchard import contract_of
from twelvelabs_contract import Contract


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Return the bundled contract."""
    return contract_of("bundled")
