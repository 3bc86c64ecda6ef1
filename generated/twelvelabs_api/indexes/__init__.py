# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.indexes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand
from twelvelabs_api.indexes.indexed_assets import AsyncIndexedAssets, IndexedAssets
from twelvelabs_api.indexes.videos import AsyncVideos, Videos

__all__ = [
    "AsyncIndexes",
    "IndexSchema",
    "Indexes",
    "IndexesCreateRequestModelsItem",
    "IndexesCreateResponse",
    "IndexesListResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        IndexesCreateRequestModelsItem,
        IndexesCreateResponse,
        IndexesListResponse,
        IndexSchema,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Indexes(SyncResource):
    """Methods under `client.indexes`."""

    @cached_property
    def indexed_assets(self) -> IndexedAssets:
        """Methods under `client.indexes.indexed_assets`."""
        return IndexedAssets(self._client)

    @cached_property
    def videos(self) -> Videos:
        """Methods under `client.indexes.videos`."""
        return Videos(self._client)

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        index_name: str | None = None,
        model_options: str | None = None,
        model_family: Literal["marengo", "pegasus"] | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.IndexSchema, _api.models.IndexesListResponse]:
        """List indexes.

        `GET /indexes`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `index_name`: Keep only indexes with this name.
        - `model_options`: Keep only indexes with these model options: `visual`, `audio`, or both joined by a comma.
        - `model_family`: Keep only indexes that use a model of this family.
        - `created_at`: Keep only indexes created at or after this RFC 3339 time.
        - `updated_at`: Keep only indexes last changed at or after this RFC 3339 time.
        """
        return self._client.pages(
            "indexes.list",
            Answer[_api.models.IndexesListResponse],
            Answer[_api.models.IndexSchema],
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "index_name": index_name,
                "model_options": model_options,
                "model_family": model_family,
                "created_at": created_at,
                "updated_at": updated_at,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        index_name: str,
        models: Sequence[_api.models.IndexesCreateRequestModelsItem | Mapping[str, object]],
        addons: Sequence[Literal["thumbnail"]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexesCreateResponse:
        """Create an index.

        `POST /indexes`

        - `index_name`: Name of the index; unique within the account.
        - `models`: Models that process the videos of the index. 1 to 2 items.
        - `addons`: Extra processing; none if left out. 1 items.
        """
        return self._client.call(
            "indexes.create",
            Answer[_api.models.IndexesCreateResponse],
            body={"index_name": index_name, "models": models, "addons": addons},
            options=request_options,
        )

    def retrieve(self, *, index_id: str, request_options: RequestOptions | None = None) -> _api.models.IndexSchema:
        """Retrieve an index.

        `GET /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        """
        return self._client.call(
            "indexes.retrieve", Answer[_api.models.IndexSchema], path={"index_id": index_id}, options=request_options
        )

    def update(self, *, index_id: str, index_name: str, request_options: RequestOptions | None = None) -> None:
        """Rename an index.

        `PUT /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `index_name`: New name of the index.
        """
        return self._client.call_none(
            "indexes.update", path={"index_id": index_id}, body={"index_name": index_name}, options=request_options
        )

    def delete(self, *, index_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an index and its videos.

        `DELETE /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        """
        return self._client.call_none("indexes.delete", path={"index_id": index_id}, options=request_options)


class AsyncIndexes(AsyncResource):
    """Methods under `client.indexes`."""

    @cached_property
    def indexed_assets(self) -> AsyncIndexedAssets:
        """Methods under `client.indexes.indexed_assets`."""
        return AsyncIndexedAssets(self._client)

    @cached_property
    def videos(self) -> AsyncVideos:
        """Methods under `client.indexes.videos`."""
        return AsyncVideos(self._client)

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        index_name: str | None = None,
        model_options: str | None = None,
        model_family: Literal["marengo", "pegasus"] | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.IndexSchema, _api.models.IndexesListResponse]:
        """List indexes.

        `GET /indexes`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `index_name`: Keep only indexes with this name.
        - `model_options`: Keep only indexes with these model options: `visual`, `audio`, or both joined by a comma.
        - `model_family`: Keep only indexes that use a model of this family.
        - `created_at`: Keep only indexes created at or after this RFC 3339 time.
        - `updated_at`: Keep only indexes last changed at or after this RFC 3339 time.
        """
        return await self._client.pages(
            "indexes.list",
            Answer[_api.models.IndexesListResponse],
            Answer[_api.models.IndexSchema],
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "index_name": index_name,
                "model_options": model_options,
                "model_family": model_family,
                "created_at": created_at,
                "updated_at": updated_at,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        index_name: str,
        models: Sequence[_api.models.IndexesCreateRequestModelsItem | Mapping[str, object]],
        addons: Sequence[Literal["thumbnail"]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexesCreateResponse:
        """Create an index.

        `POST /indexes`

        - `index_name`: Name of the index; unique within the account.
        - `models`: Models that process the videos of the index. 1 to 2 items.
        - `addons`: Extra processing; none if left out. 1 items.
        """
        return await self._client.call(
            "indexes.create",
            Answer[_api.models.IndexesCreateResponse],
            body={"index_name": index_name, "models": models, "addons": addons},
            options=request_options,
        )

    async def retrieve(
        self, *, index_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.IndexSchema:
        """Retrieve an index.

        `GET /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        """
        return await self._client.call(
            "indexes.retrieve", Answer[_api.models.IndexSchema], path={"index_id": index_id}, options=request_options
        )

    async def update(self, *, index_id: str, index_name: str, request_options: RequestOptions | None = None) -> None:
        """Rename an index.

        `PUT /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `index_name`: New name of the index.
        """
        return await self._client.call_none(
            "indexes.update", path={"index_id": index_id}, body={"index_name": index_name}, options=request_options
        )

    async def delete(self, *, index_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an index and its videos.

        `DELETE /indexes/{index_id}`

        - `index_id`: Identifier of the index. Not empty.
        """
        return await self._client.call_none("indexes.delete", path={"index_id": index_id}, options=request_options)
