# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Methods under `client.chats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bookshop_api as _api
from apicontract.client import Answer, AsyncResource, AsyncStream, RequestOptions, Stream, SyncResource, on_demand

__all__ = [
    "Advice",
    "AdviceEvent",
    "AsyncChats",
    "Chats",
]

if TYPE_CHECKING:
    from bookshop_api.models import Advice, AdviceEvent
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")


class Chats(SyncResource):
    """Methods under `client.chats`."""

    def ask(self, *, text: str, request_options: RequestOptions | None = None) -> _api.models.Advice:
        """Talk to a bookseller.

        `POST /chats` with `live` false

        - `text`: The question. Not empty.
        """
        return self._client.call(
            "chats.ask", Answer[_api.models.Advice], body={"text": text, "live": False}, options=request_options
        )

    def ask_live(self, *, text: str, request_options: RequestOptions | None = None) -> Stream[_api.models.AdviceEvent]:
        """Talk to a bookseller, as a stream of events.

        `POST /chats` with `live` true

        - `text`: The question. Not empty.
        """
        return self._client.stream(
            "chats.ask", Answer[_api.models.AdviceEvent], body={"text": text, "live": True}, options=request_options
        )


class AsyncChats(AsyncResource):
    """Methods under `client.chats`."""

    async def ask(self, *, text: str, request_options: RequestOptions | None = None) -> _api.models.Advice:
        """Talk to a bookseller.

        `POST /chats` with `live` false

        - `text`: The question. Not empty.
        """
        return await self._client.call(
            "chats.ask", Answer[_api.models.Advice], body={"text": text, "live": False}, options=request_options
        )

    async def ask_live(
        self, *, text: str, request_options: RequestOptions | None = None
    ) -> AsyncStream[_api.models.AdviceEvent]:
        """Talk to a bookseller, as a stream of events.

        `POST /chats` with `live` true

        - `text`: The question. Not empty.
        """
        return await self._client.stream(
            "chats.ask", Answer[_api.models.AdviceEvent], body={"text": text, "live": True}, options=request_options
        )
