# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Methods under `client.books.cover`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import bookshop_api as _api
from apicontract.client import AsyncResource, FileInput, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncCover",
    "Cover",
    "CoverOptions",
]

if TYPE_CHECKING:
    from bookshop_api.models import CoverOptions
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")


class Cover(SyncResource):
    """Methods under `client.books.cover`."""

    def download(self, *, id: str, request_options: RequestOptions | None = None) -> bytes:
        """Download a cover.

        `GET /books/{id}/cover`

        - `id`: Identifier of the book. Not empty.
        """
        return self._client.call_bytes("books.cover.download", path={"id": id}, options=request_options)

    def upload(
        self,
        *,
        id: str,
        x_dry_run: bool | None = None,
        picture: FileInput | None = None,
        picture_url: str | None = None,
        labels: str | Sequence[str] | None = None,
        options: str | _api.models.CoverOptions | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Upload a cover.

        `PUT /books/{id}/cover`

        Give at most one of `picture`, `picture_url`.

        - `id`: Identifier of the book. Not empty.
        - `x_dry_run`: Whether nothing is kept.
        - `picture`: The picture itself.
        - `picture_url`: Address of the picture.
        - `labels`: Words on the picture.
        - `options`: How to print it, as JSON text.
        """
        return self._client.call_none(
            "books.cover.upload",
            path={"id": id},
            header={"X-Dry-Run": x_dry_run},
            body={"picture": picture, "picture_url": picture_url, "labels": labels, "options": options},
            options=request_options,
        )


class AsyncCover(AsyncResource):
    """Methods under `client.books.cover`."""

    async def download(self, *, id: str, request_options: RequestOptions | None = None) -> bytes:
        """Download a cover.

        `GET /books/{id}/cover`

        - `id`: Identifier of the book. Not empty.
        """
        return await self._client.call_bytes("books.cover.download", path={"id": id}, options=request_options)

    async def upload(
        self,
        *,
        id: str,
        x_dry_run: bool | None = None,
        picture: FileInput | None = None,
        picture_url: str | None = None,
        labels: str | Sequence[str] | None = None,
        options: str | _api.models.CoverOptions | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Upload a cover.

        `PUT /books/{id}/cover`

        Give at most one of `picture`, `picture_url`.

        - `id`: Identifier of the book. Not empty.
        - `x_dry_run`: Whether nothing is kept.
        - `picture`: The picture itself.
        - `picture_url`: Address of the picture.
        - `labels`: Words on the picture.
        - `options`: How to print it, as JSON text.
        """
        return await self._client.call_none(
            "books.cover.upload",
            path={"id": id},
            header={"X-Dry-Run": x_dry_run},
            body={"picture": picture, "picture_url": picture_url, "labels": labels, "options": options},
            options=request_options,
        )
