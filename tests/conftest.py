"""Fixtures that every test may ask for."""

from __future__ import annotations

import pytest

from twelvelabs_contract import Contract


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Return the bundled contract."""
    return Contract.load()
