"""One contract for all tests here: what is worked out for it is worked out once."""

from __future__ import annotations

import pytest

from tests.support.orchard import contract_of
from twelvelabs_contract import Contract


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Return the bundled contract."""
    return contract_of("bundled")
