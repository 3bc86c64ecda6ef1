"""Watch what a process sends, without pytest.

    with watch() as findings:
        TwelveLabs(api_key="KEY").tasks.list(page_limit=51)
    print(findings)

`apicontract.traffic.watch` says more.
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
    """Find what is wrong with the exchanges of this process; the contract is the bundled one, unless it is given."""
    found = given_or_bundled(contract, edition)
    return watching.watch(found, base_urls=base_urls, ignore=ignore, unknown=unknown)
