"""An executable contract for the TwelveLabs HTTP API: check requests and responses against one OpenAPI document.

    from twelvelabs_contract import Contract

    contract = Contract.load()
    for violation in contract.check_request(request):
        print(violation)

Importing this module loads neither an HTTP client nor a validation engine; the names below are imported on first use,
so that a test run with the pytest plugin installed, but not enabled, does not pay for them.
"""

from typing import TYPE_CHECKING

from apicontract.lazy import lazy_names

if TYPE_CHECKING:
    from apicontract.openapi.document import DocumentInvalid, Operation
    from apicontract.openapi.editions import EditionUnknown
    from apicontract.openapi.violation import Violation
    from apicontract.wire.messages import Headers, Request, Response
    from twelvelabs_contract.contract import Contract

__all__ = ["Contract", "DocumentInvalid", "EditionUnknown", "Headers", "Operation", "Request", "Response", "Violation"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Contract": "twelvelabs_contract.contract",
        "DocumentInvalid": "apicontract.openapi.document",
        "EditionUnknown": "apicontract.openapi.editions",
        "Headers": "apicontract.wire.messages",
        "Operation": "apicontract.openapi.operation",
        "Request": "apicontract.wire.messages",
        "Response": "apicontract.wire.messages",
        "Violation": "apicontract.openapi.violation",
    },
)
