"""An executable contract for the TwelveLabs HTTP API: what is sent and received, checked against one document.

    from twelvelabs_contract import Contract

    contract = Contract.load()
    for violation in contract.check_request(request):
        print(violation)

Importing this loads no HTTP client and no validation engine; both come with the first check that needs them. The names
below come with their first use, so that a test run which has the pytest plugin installed, but idle, pays nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twelvelabs_contract._contract import Contract
    from twelvelabs_contract._document import DocumentInvalid, Operation
    from twelvelabs_contract._violation import Violation
    from twelvelabs_contract._wire.message import Headers, Request, Response

__all__ = ["Contract", "DocumentInvalid", "Headers", "Operation", "Request", "Response", "Violation"]

_HOMES = {
    "Contract": "_contract",
    "DocumentInvalid": "_document",
    "Headers": "_wire.message",
    "Operation": "_document",
    "Request": "_wire.message",
    "Response": "_wire.message",
    "Violation": "_violation",
}


def __getattr__(name: str) -> Any:
    """Load a public name with its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415 - not needed before

    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
