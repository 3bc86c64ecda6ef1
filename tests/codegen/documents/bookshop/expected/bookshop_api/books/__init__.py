# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Methods under `client.books`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import bookshop_api as _api
from apicontract.client import (
    OMIT,
    Answer,
    AsyncPager,
    AsyncResource,
    Omit,
    Pager,
    RequestOptions,
    SyncResource,
    deprecated,
    on_demand,
)
from bookshop_api.books.cover import AsyncCover, Cover

__all__ = [
    "AsyncBooks",
    "Author",
    "Book",
    "BookPage",
    "Books",
    "NoteTexts",
]

if TYPE_CHECKING:
    from bookshop_api.models import Author, Book, BookPage, NoteTexts
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")


class Books(SyncResource):
    """Methods under `client.books`."""

    @cached_property
    def cover(self) -> Cover:
        """Methods under `client.books.cover`."""
        return Cover(self._client)

    def list(
        self,
        *,
        page: int | None = None,
        genre: Literal["novel", "poem", "guide"] | Sequence[Literal["novel", "poem", "guide"]] | None = None,
        sort_by: Literal["title", "price"] | None = None,
        max_price: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.Book, _api.models.BookPage]:
        """List books.

        `GET /books`

        - `page`: Number of the page. At least 1, default 1.
        - `genre`: Genres to keep. Not empty.
        - `sort_by`: Order of the books. Default `title`.
        - `max_price`: Highest price, in cents. 0 to 100000.
        """
        return self._client.pages(
            "books.list",
            Answer[_api.models.BookPage],
            Answer[_api.models.Book],
            query={"page": page, "genre": genre, "sortBy": sort_by, "max-price": max_price},
            options=request_options,
        )

    def create(
        self,
        *,
        title: str,
        authors: Sequence[_api.models.Author | Mapping[str, object]],
        class_: Literal["novel", "poem", "guide"] | None = None,
        keywords: Sequence[str] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Book:
        """Add a book.

        `POST /books`

        - `title`: Title of the book. 1 to 200 characters.
        - `authors`: Who wrote it. Not empty.
        - `class_`: Genre of the book. Default `novel`.
        - `keywords`: Words to find it by. No duplicates.
        """
        return self._client.call(
            "books.create",
            Answer[_api.models.Book],
            body={"title": title, "authors": authors, "class": class_, "keywords": keywords},
            options=request_options,
        )

    @deprecated("Deprecated: new programs should not call it.")
    def delete(self, *, id: str, request_options: RequestOptions | None = None) -> None:
        """Remove a book.

        `DELETE /books/{id}`

        Deprecated: new programs should not call it.

        - `id`: Identifier of the book. Not empty.
        """
        return self._client.call_none("books.delete", path={"id": id}, options=request_options)

    def annotate(
        self,
        *,
        id: str,
        rating: int | Omit | None = OMIT,
        texts: Mapping[str, str] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NoteTexts:
        """Write notes on a book.

        `PUT /books/{id}/notes`

        - `id`: Identifier of the book. Not empty.
        - `rating`: Stars; null for none. 1 to 5. `None` is sent as null.
        - `texts`: The notes.
        """
        return self._client.call(
            "books.annotate",
            Answer[_api.models.NoteTexts],
            path={"id": id},
            body={"rating": rating, "texts": texts},
            options=request_options,
        )


class AsyncBooks(AsyncResource):
    """Methods under `client.books`."""

    @cached_property
    def cover(self) -> AsyncCover:
        """Methods under `client.books.cover`."""
        return AsyncCover(self._client)

    async def list(
        self,
        *,
        page: int | None = None,
        genre: Literal["novel", "poem", "guide"] | Sequence[Literal["novel", "poem", "guide"]] | None = None,
        sort_by: Literal["title", "price"] | None = None,
        max_price: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.Book, _api.models.BookPage]:
        """List books.

        `GET /books`

        - `page`: Number of the page. At least 1, default 1.
        - `genre`: Genres to keep. Not empty.
        - `sort_by`: Order of the books. Default `title`.
        - `max_price`: Highest price, in cents. 0 to 100000.
        """
        return await self._client.pages(
            "books.list",
            Answer[_api.models.BookPage],
            Answer[_api.models.Book],
            query={"page": page, "genre": genre, "sortBy": sort_by, "max-price": max_price},
            options=request_options,
        )

    async def create(
        self,
        *,
        title: str,
        authors: Sequence[_api.models.Author | Mapping[str, object]],
        class_: Literal["novel", "poem", "guide"] | None = None,
        keywords: Sequence[str] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Book:
        """Add a book.

        `POST /books`

        - `title`: Title of the book. 1 to 200 characters.
        - `authors`: Who wrote it. Not empty.
        - `class_`: Genre of the book. Default `novel`.
        - `keywords`: Words to find it by. No duplicates.
        """
        return await self._client.call(
            "books.create",
            Answer[_api.models.Book],
            body={"title": title, "authors": authors, "class": class_, "keywords": keywords},
            options=request_options,
        )

    @deprecated("Deprecated: new programs should not call it.")
    async def delete(self, *, id: str, request_options: RequestOptions | None = None) -> None:
        """Remove a book.

        `DELETE /books/{id}`

        Deprecated: new programs should not call it.

        - `id`: Identifier of the book. Not empty.
        """
        return await self._client.call_none("books.delete", path={"id": id}, options=request_options)

    async def annotate(
        self,
        *,
        id: str,
        rating: int | Omit | None = OMIT,
        texts: Mapping[str, str] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NoteTexts:
        """Write notes on a book.

        `PUT /books/{id}/notes`

        - `id`: Identifier of the book. Not empty.
        - `rating`: Stars; null for none. 1 to 5. `None` is sent as null.
        - `texts`: The notes.
        """
        return await self._client.call(
            "books.annotate",
            Answer[_api.models.NoteTexts],
            path={"id": id},
            body={"rating": rating, "texts": texts},
            options=request_options,
        )
