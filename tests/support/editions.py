"""The contract of a day: the one place in the tests that asks for an edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import twelvelabs_api_2025_08

from twelvelabs_contract import Contract

needs_editions = pytest.mark.skipif(Contract.load().edition is None, reason="the document has no editions yet")


@cache
def contract_of(day: str) -> Contract:
    """Load the contract of a day."""
    return Contract.load(edition=day)


def document_of(day: str) -> dict[str, Any]:
    """Return the plain document of a day."""
    return cast("dict[str, Any]", contract_of(day).document.raw)


DOCUMENT_2025_08 = Path(twelvelabs_api_2025_08.__file__).parent / "openapi.json"
"""The plain document of August 2025: the API that the vendor's SDK 1.0.0 speaks, and that most tests are about."""


@cache  # what is computed of its schemas is kept with a contract
def contract_2025_08(*, base_url: str | None = None) -> Contract:
    """Load the contract of August 2025, once for each base URL."""
    return Contract.load(DOCUMENT_2025_08, base_url=base_url)
