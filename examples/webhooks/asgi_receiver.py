"""A receiver of webhooks in Starlette, which FastAPI is made of; `uvicorn asgi_receiver:app` serves it."""

from __future__ import annotations

from receiver import received
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def webhook(request: Request) -> Response:
    """Answer an event."""
    await request.body()  # the bytes are what is signed
    status, text = received(request)
    return Response(text, status, media_type="text/plain")


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])
