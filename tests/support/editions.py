"""The document of a day, for the laws of the witnesses: the one place in the tests that asks for an edition."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import pytest

from twelvelabs_contract import Contract

needs_editions = pytest.mark.skipif(Contract.load().edition is None, reason="the document has no editions yet")


@cache
def contract_of(day: str) -> Contract:
    """Load the contract of a day."""
    return Contract.load(edition=day)


def document_of(day: str) -> dict[str, Any]:
    """Return the plain document of a day."""
    return cast("dict[str, Any]", contract_of(day).document.raw)
