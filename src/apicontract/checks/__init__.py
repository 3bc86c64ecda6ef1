"""Check requests, responses and payloads against a contract."""

from typing import TYPE_CHECKING

from apicontract.lazy import lazy_names

if TYPE_CHECKING:
    from apicontract.checks.adapters import BodyUnreadable
    from apicontract.checks.contract import Contract, Reading
    from apicontract.checks.exchange import Verdict, judge

__all__ = ["BodyUnreadable", "Contract", "Reading", "Verdict", "judge"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "BodyUnreadable": "apicontract.checks.adapters",
        "Contract": "apicontract.checks.contract",
        "Reading": "apicontract.checks.contract",
        "Verdict": "apicontract.checks.exchange",
        "judge": "apicontract.checks.exchange",
    },
)
