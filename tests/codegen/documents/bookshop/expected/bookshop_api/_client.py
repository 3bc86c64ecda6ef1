# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""The clients of Bookshop, version 2."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal, overload

import bookshop_api as _api
from apicontract.client import Answer, AsyncClient, AsyncStream, RequestOptions, Stream, SyncClient, deprecated
from bookshop_api.books import AsyncBooks, Books
from bookshop_api.chats import AsyncChats, Chats
from bookshop_api.finds import AsyncFinds, Finds
from bookshop_api.orders import AsyncOrders, Orders

__all__ = [
    "AsyncBookshop",
    "Bookshop",
]


class Bookshop(SyncClient):
    """Client of Bookshop, version 2."""

    _package: ClassVar[str] = "bookshop_api"

    @cached_property
    def books(self) -> Books:
        """Methods under `client.books`."""
        return Books(self._client)

    @cached_property
    def chats(self) -> Chats:
        """Methods under `client.chats`."""
        return Chats(self._client)

    @cached_property
    def finds(self) -> Finds:
        """Methods under `client.finds`."""
        return Finds(self._client)

    @cached_property
    def orders(self) -> Orders:
        """Methods under `client.orders`."""
        return Orders(self._client)

    @overload
    def advise(
        self, *, text: str, live: Literal[False] = False, request_options: RequestOptions | None = None
    ) -> _api.models.Advice: ...
    @overload
    def advise(
        self, *, text: str, live: Literal[True], request_options: RequestOptions | None = None
    ) -> Stream[_api.models.AdviceEvent]: ...
    @overload
    def advise(
        self, *, text: str, live: bool, request_options: RequestOptions | None = None
    ) -> Stream[_api.models.AdviceEvent] | _api.models.Advice: ...
    @deprecated("Deprecated since May; `/finds` knows more.")
    def advise(
        self, *, text: str, live: bool = False, request_options: RequestOptions | None = None
    ) -> Stream[_api.models.AdviceEvent] | _api.models.Advice:
        """Ask for advice.

        `POST /advice`

        Deprecated since May; `/finds` knows more.

        - `text`: The question. Not empty.
        - `live`: Whether the answer comes word by word. Default `false`.
        """
        if live is True:
            return self._client.stream(
                "advise", Answer[_api.models.AdviceEvent], body={"text": text, "live": live}, options=request_options
            )
        return self._client.call(
            "advise", Answer[_api.models.Advice], body={"text": text, "live": live}, options=request_options
        )


class AsyncBookshop(AsyncClient):
    """Asynchronous client of Bookshop, version 2."""

    _package: ClassVar[str] = "bookshop_api"

    @cached_property
    def books(self) -> AsyncBooks:
        """Methods under `client.books`."""
        return AsyncBooks(self._client)

    @cached_property
    def chats(self) -> AsyncChats:
        """Methods under `client.chats`."""
        return AsyncChats(self._client)

    @cached_property
    def finds(self) -> AsyncFinds:
        """Methods under `client.finds`."""
        return AsyncFinds(self._client)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Methods under `client.orders`."""
        return AsyncOrders(self._client)

    @overload
    async def advise(
        self, *, text: str, live: Literal[False] = False, request_options: RequestOptions | None = None
    ) -> _api.models.Advice: ...
    @overload
    async def advise(
        self, *, text: str, live: Literal[True], request_options: RequestOptions | None = None
    ) -> AsyncStream[_api.models.AdviceEvent]: ...
    @overload
    async def advise(
        self, *, text: str, live: bool, request_options: RequestOptions | None = None
    ) -> AsyncStream[_api.models.AdviceEvent] | _api.models.Advice: ...
    @deprecated("Deprecated since May; `/finds` knows more.")
    async def advise(
        self, *, text: str, live: bool = False, request_options: RequestOptions | None = None
    ) -> AsyncStream[_api.models.AdviceEvent] | _api.models.Advice:
        """Ask for advice.

        `POST /advice`

        Deprecated since May; `/finds` knows more.

        - `text`: The question. Not empty.
        - `live`: Whether the answer comes word by word. Default `false`.
        """
        if live is True:
            return await self._client.stream(
                "advise", Answer[_api.models.AdviceEvent], body={"text": text, "live": live}, options=request_options
            )
        return await self._client.call(
            "advise", Answer[_api.models.Advice], body={"text": text, "live": live}, options=request_options
        )
