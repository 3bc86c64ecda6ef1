# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 f9e615f858882e7c3921072c3331800c891fa514f584bbc811db362f76a4b854
# Document: Bookshop, version 2
"""Methods under `client.finds`."""

from __future__ import annotations

from collections.abc import Sequence

from bookshop_api.models import Book, Findings
from twelvelabs_contract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource

__all__ = [
    "AsyncFinds",
    "Book",
    "Findings",
    "Finds",
]


class Finds(SyncResource):
    """Methods under `client.finds`."""

    def create(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Findings:
        """Search the shelves.

        `POST /finds`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.call(
            "finds.create", Answer[Findings], body={"words": words, "verbose": verbose}, options=request_options
        )

    def query(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Pager[Book, Findings]:
        """Search the shelves, page after page.

        `POST /finds`, then `GET /finds/{token}`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.pages(
            "finds.create",
            Answer[Findings],
            Answer[Book],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    def retrieve(
        self, *, token: str, verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Findings:
        """Retrieve a page of a search.

        `GET /finds/{token}`

        - `token`: Token of the page. Not empty.
        - `verbose`: Whether to say why.
        """
        return self._client.call(
            "finds.retrieve",
            Answer[Findings],
            path={"token": token},
            query={"verbose": verbose},
            options=request_options,
        )


class AsyncFinds(AsyncResource):
    """Methods under `client.finds`."""

    async def create(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Findings:
        """Search the shelves.

        `POST /finds`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.call(
            "finds.create", Answer[Findings], body={"words": words, "verbose": verbose}, options=request_options
        )

    async def query(
        self, *, words: Sequence[str], verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> AsyncPager[Book, Findings]:
        """Search the shelves, page after page.

        `POST /finds`, then `GET /finds/{token}`

        - `words`: Words in the book. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.pages(
            "finds.create",
            Answer[Findings],
            Answer[Book],
            body={"words": words, "verbose": verbose},
            options=request_options,
        )

    async def retrieve(
        self, *, token: str, verbose: bool | None = None, request_options: RequestOptions | None = None
    ) -> Findings:
        """Retrieve a page of a search.

        `GET /finds/{token}`

        - `token`: Token of the page. Not empty.
        - `verbose`: Whether to say why.
        """
        return await self._client.call(
            "finds.retrieve",
            Answer[Findings],
            path={"token": token},
            query={"verbose": verbose},
            options=request_options,
        )
