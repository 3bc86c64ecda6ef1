# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 f9e615f858882e7c3921072c3331800c891fa514f584bbc811db362f76a4b854
# Document: Bookshop, version 2
"""Methods under `client.chats`."""

from __future__ import annotations

from bookshop_api.models import Advice, AdviceEvent
from twelvelabs_contract.client import Answer, AsyncResource, AsyncStream, RequestOptions, Stream, SyncResource

__all__ = [
    "Advice",
    "AdviceEvent",
    "AsyncChats",
    "Chats",
]


class Chats(SyncResource):
    """Methods under `client.chats`."""

    def ask(self, *, text: str, request_options: RequestOptions | None = None) -> Advice:
        """Talk to a bookseller.

        `POST /chats` with `live` false

        - `text`: The question. Not empty.
        """
        return self._client.call(
            "chats.ask", Answer[Advice], body={"text": text, "live": False}, options=request_options
        )

    def ask_live(self, *, text: str, request_options: RequestOptions | None = None) -> Stream[AdviceEvent]:
        """Talk to a bookseller, as a stream of events.

        `POST /chats` with `live` true

        - `text`: The question. Not empty.
        """
        return self._client.stream(
            "chats.ask", Answer[AdviceEvent], body={"text": text, "live": True}, options=request_options
        )


class AsyncChats(AsyncResource):
    """Methods under `client.chats`."""

    async def ask(self, *, text: str, request_options: RequestOptions | None = None) -> Advice:
        """Talk to a bookseller.

        `POST /chats` with `live` false

        - `text`: The question. Not empty.
        """
        return await self._client.call(
            "chats.ask", Answer[Advice], body={"text": text, "live": False}, options=request_options
        )

    async def ask_live(self, *, text: str, request_options: RequestOptions | None = None) -> AsyncStream[AdviceEvent]:
        """Talk to a bookseller, as a stream of events.

        `POST /chats` with `live` true

        - `text`: The question. Not empty.
        """
        return await self._client.stream(
            "chats.ask", Answer[AdviceEvent], body={"text": text, "live": True}, options=request_options
        )
