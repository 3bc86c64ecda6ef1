"""A receiver of webhooks in Werkzeug, which Flask is made of; in a view of Flask it is `received(flask.request)`."""

from __future__ import annotations

from receiver import received
from werkzeug.wrappers import Request, Response


@Request.application
def app(request: Request) -> Response:
    """Answer an event."""
    status, text = received(request)
    return Response(text, status, mimetype="text/plain")
