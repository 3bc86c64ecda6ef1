"""httpx transports that check every exchange with the API, for staging, or for any client of yours.

    client = httpx.Client(transport=ContractTransport(httpx.HTTPTransport()))
    TwelveLabs(api_key="KEY", httpx_client=client)  # the vendor's SDK, guarded

See `apicontract.transport`.
"""

from __future__ import annotations

import httpx

from apicontract import transport
from apicontract.traffic.findings import Finding
from apicontract.transport import ContractViolated, OnViolation
from twelvelabs_contract.contract import Contract, given_or_bundled

__all__ = ["AsyncContractTransport", "ContractTransport", "ContractViolated", "Finding", "OnViolation"]


class ContractTransport(transport.ContractTransport):
    """Checks the exchanges of another transport."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        *,
        contract: Contract | None = None,
        edition: str | None = None,
        on_violation: OnViolation = "raise",
    ) -> None:
        """Wrap `inner`; `contract` is by default the bundled one, of an edition if one is given."""
        super().__init__(inner, contract=given_or_bundled(contract, edition), on_violation=on_violation)


class AsyncContractTransport(transport.AsyncContractTransport):
    """Checks the exchanges of another asynchronous transport."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        *,
        contract: Contract | None = None,
        edition: str | None = None,
        on_violation: OnViolation = "raise",
    ) -> None:
        """Wrap `inner`, as `ContractTransport` does."""
        super().__init__(inner, contract=given_or_bundled(contract, edition), on_violation=on_violation)
