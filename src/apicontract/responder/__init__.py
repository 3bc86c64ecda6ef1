"""Floor 4: what the API would answer, as far as its document says: a request in, a response that fits it out.

    responder = Responder(Contract.load())
    response = responder.respond(request)

Sans-IO and without a memory: the same request always gets the same answer. Nothing here knows an operation or a field
by name; whatever is answered comes from the document's examples, and from its schemas where it has none.
"""

from apicontract.responder.listing import Listing, OnePage
from apicontract.responder.made import AnswerInvalid, NoAnswer
from apicontract.responder.received import Received
from apicontract.responder.respond import Responder

__all__ = ["AnswerInvalid", "Listing", "NoAnswer", "OnePage", "Received", "Responder"]
