"""Respond to requests as the API would, according to its document.

    responder = Responder(Contract.load())
    response = responder.respond(request)

There is no I/O and no state: the same request always gets the same response. `StatefulResponder` remembers what was
created. Nothing here knows an operation or a field by name; responses come from the document's examples, or from its
schemas if it has none. `webhook_request` returns the requests that the API sends to a webhook.
"""

from apicontract.responder.job_events import JobEnded
from apicontract.responder.listing import Listing, OnePage
from apicontract.responder.requests import ReceivedRequest
from apicontract.responder.responder import Responder
from apicontract.responder.responses import AnswerInvalid, NoAnswer
from apicontract.responder.state import StatefulResponder
from apicontract.responder.webhooks import webhook_request

__all__ = [
    "AnswerInvalid",
    "JobEnded",
    "Listing",
    "NoAnswer",
    "OnePage",
    "ReceivedRequest",
    "Responder",
    "StatefulResponder",
    "webhook_request",
]
