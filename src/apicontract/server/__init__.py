"""The API over HTTP, for clients in any language.

    application = Application(Contract.load(), report=print)
    run(application, port=8000)

`Application` is an ASGI application that responds as the document says, and reports the violations of requests.
`Webhooks` sends the events of its jobs. `Proxy` forwards to an API instead, and `Recorder` records the exchanges. `run`
serves one of them on uvicorn; nothing else here needs uvicorn.
"""

from apicontract.server.application import Application
from apicontract.server.faults import FAULT_HEADER, Fault, FaultInvalid, Script
from apicontract.server.judged import Judged, Report
from apicontract.server.limits import Limits
from apicontract.server.proxy import Proxy
from apicontract.server.recorder import Recorder
from apicontract.server.running import ServerMissing, run
from apicontract.server.webhooks import Webhooks

__all__ = [
    "FAULT_HEADER",
    "Application",
    "Fault",
    "FaultInvalid",
    "Judged",
    "Limits",
    "Proxy",
    "Recorder",
    "Report",
    "Script",
    "ServerMissing",
    "Webhooks",
    "run",
]
