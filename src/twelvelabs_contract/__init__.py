"""An executable contract for the TwelveLabs HTTP API: what is sent and received, checked against one document.

    from twelvelabs_contract import Contract

    contract = Contract.load()
    for violation in contract.check_request(request):
        print(violation)

Importing this loads no HTTP client and no validation engine; both come with the first check that needs them.
"""

from twelvelabs_contract._contract import Contract
from twelvelabs_contract._document import DocumentInvalid, Operation
from twelvelabs_contract._violation import Violation
from twelvelabs_contract._wire.message import Headers, Request, Response

__all__ = ["Contract", "DocumentInvalid", "Headers", "Operation", "Request", "Response", "Violation"]
