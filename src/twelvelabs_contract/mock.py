"""A mock of the API: a respx router with a response for every operation of the contract.

    def test_names_of_ready_tasks(twelvelabs_mock: TwelveLabsMock) -> None:
        twelvelabs_mock["tasks.retrieve"].sequence([Example("indexing"), ErrorResponse(429), Example("ready")])
        ...
        assert [call.path["task_id"] for call in twelvelabs_mock["tasks.retrieve"].calls] == [...]

The fixture `twelvelabs_mock` comes with the pytest plugin; elsewhere, `with TwelveLabsMock() as mock: …` does the same.
"""

from __future__ import annotations

from typing import Any

from apicontract.checks import contract as engine
from apicontract.mock import (
    AnswerInvalid,
    AnswerMissing,
    Call,
    ContractMock,
    ErrorResponse,
    Example,
    HeldBack,
    NoAnswer,
    OperationMock,
    Stream,
)
from twelvelabs_contract.contract import given_or_bundled

__all__ = [
    "AnswerInvalid",
    "AnswerMissing",
    "Call",
    "ErrorResponse",
    "Example",
    "HeldBack",
    "NoAnswer",
    "OperationMock",
    "Stream",
    "TwelveLabsMock",
]


class TwelveLabsMock(ContractMock):
    """A `ContractMock` of the bundled contract, or of another contract."""

    def __init__(self, contract: engine.Contract | None = None, *, edition: str | None = None, **settings: Any) -> None:
        """Mock the API of a contract, or of an edition of the bundled one; `settings` are those of `ContractMock`."""
        super().__init__(given_or_bundled(contract, edition), **settings)
