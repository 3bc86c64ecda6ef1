"""What the API would answer, as far as its document says: a request in, a response that fits it out.

    responder = Responder(Contract.load())
    response = responder.respond(request)

Sans-IO and without a memory: the same request always gets the same answer. `StatefulResponder` remembers what was
created. Nothing here knows an operation or a field by name; whatever is answered comes from the document's examples,
and from its schemas where it has none. What the API sends to a webhook is `webhook_request`.
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
