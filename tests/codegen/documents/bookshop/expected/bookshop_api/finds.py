# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Methods under `client.finds`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import bookshop_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncFinds",
    "Book",
    "Findings",
    "Finds",
]

if TYPE_CHECKING:
    from bookshop_api.models import Book, Findings
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")


class Finds(SyncResource):
    """Methods under `client.finds`."""

    def create(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.Findings:
        """Search the shelves.

        `POST /finds`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.call(
            "finds.create",
            Answer[_api.models.Findings],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    def query(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Pager[_api.models.Book, _api.models.Findings]:
        """Search the shelves, page after page.

        `POST /finds`, then `GET /finds/{token}`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.pages(
            "finds.create",
            Answer[_api.models.Findings],
            Answer[_api.models.Book],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    def retrieve(
        self, *, token: str, verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.Findings:
        """Retrieve a page of a search.

        `GET /finds/{token}`

        - `token`: Token of the page. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.call(
            "finds.retrieve",
            Answer[_api.models.Findings],
            path={"token": token},
            query={"verbose": verbose},
            options=request_options,
        )


class AsyncFinds(AsyncResource):
    """Methods under `client.finds`."""

    async def create(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.Findings:
        """Search the shelves.

        `POST /finds`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.call(
            "finds.create",
            Answer[_api.models.Findings],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    async def query(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> AsyncPager[_api.models.Book, _api.models.Findings]:
        """Search the shelves, page after page.

        `POST /finds`, then `GET /finds/{token}`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.pages(
            "finds.create",
            Answer[_api.models.Findings],
            Answer[_api.models.Book],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    async def retrieve(
        self, *, token: str, verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.Findings:
        """Retrieve a page of a search.

        `GET /finds/{token}`

        - `token`: Token of the page. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.call(
            "finds.retrieve",
            Answer[_api.models.Findings],
            path={"token": token},
            query={"verbose": verbose},
            options=request_options,
        )
