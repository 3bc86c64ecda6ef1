"""An executable contract for the TwelveLabs HTTP API: what is sent and received, checked against one document.

    from twelvelabs_contract import Contract

    contract = Contract.load()
    for violation in contract.check_request(request):
        print(violation)

Importing this loads no HTTP client and no validation engine; both come with the first check that needs them. The names
below come with their first use, so that a test run which has the pytest plugin installed, but idle, pays nothing.
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
