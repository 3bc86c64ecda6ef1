"""Check the exchanges of a process, without pytest.

    with watch() as findings:
        TwelveLabs(api_key="KEY").tasks.list(page_limit=51)
    print(findings)

See `apicontract.traffic.watch`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from apicontract.checks import contract as engine
from apicontract.traffic import watch as watching
from apicontract.traffic.purpose import on_purpose
from apicontract.traffic.watch import Findings, Unknown
from twelvelabs_contract.contract import given_or_bundled

__all__ = ["Findings", "on_purpose", "watch"]


def watch(
    contract: engine.Contract | None = None,
    *,
    edition: str | None = None,
    base_urls: Iterable[str] = (),
    ignore: Iterable[str] = (),
    unknown: Unknown = "fail",
) -> AbstractContextManager[Findings]:
    """Collect the violations in the exchanges of this process.

    The contract is the bundled one unless another is given.
    """
    found = given_or_bundled(contract, edition)
    return watching.watch(found, base_urls=base_urls, ignore=ignore, unknown=unknown)
