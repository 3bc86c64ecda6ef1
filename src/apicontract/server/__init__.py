"""The API over HTTP, for clients in any language.

    application = Application(Contract.load(), report=print)
    run(application, port=8000)

`Application` is an ASGI application that answers as the document has it, and reports what is wrong with what is sent.
It has no state of its own but counters. `run` serves one on uvicorn; nothing else here needs uvicorn.
"""

from apicontract.server.application import Application
from apicontract.server.faults import FAULT_HEADER, Fault, FaultInvalid, Script
from apicontract.server.judged import Judged, Report
from apicontract.server.limits import Limits
from apicontract.server.running import ServerMissing, run

__all__ = [
    "FAULT_HEADER",
    "Application",
    "Fault",
    "FaultInvalid",
    "Judged",
    "Limits",
    "Report",
    "Script",
    "ServerMissing",
    "run",
]
