# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.knowledge_stores`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncKnowledgeStores",
    "IngestionConfig",
    "KnowledgeStore",
    "KnowledgeStoreSearchQuery",
    "KnowledgeStores",
    "KnowledgeStoresListResponse",
    "SearchKnowledgeStoreFilter",
    "SearchKnowledgeStoreOptions",
    "SearchKnowledgeStoreResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        IngestionConfig,
        KnowledgeStore,
        KnowledgeStoreSearchQuery,
        KnowledgeStoresListResponse,
        SearchKnowledgeStoreFilter,
        SearchKnowledgeStoreOptions,
        SearchKnowledgeStoreResponse,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class KnowledgeStores(SyncResource):
    """Methods under `client.knowledge_stores`."""

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.KnowledgeStore, _api.models.KnowledgeStoresListResponse]:
        """List knowledge stores.

        `GET /knowledge-stores`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        """
        return self._client.pages(
            "knowledge_stores.list",
            Answer[_api.models.KnowledgeStoresListResponse],
            Answer[_api.models.KnowledgeStore],
            query={"page": page, "page_limit": page_limit, "sort_by": sort_by, "sort_option": sort_option},
            options=request_options,
        )

    def create(
        self,
        *,
        name: str,
        ingestion_config: _api.models.IngestionConfig | Mapping[str, object] | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStore:
        """Create a knowledge store.

        `POST /knowledge-stores`

        - `name`: Name of the knowledge store.
        - `ingestion_config`: How the contents of a knowledge store are processed.
        - `description`: What the knowledge store is for.
        - `metadata`: Facts of your own, a flat map of at most 10 pairs. At most 10 keys.
        """
        return self._client.call(
            "knowledge_stores.create",
            Answer[_api.models.KnowledgeStore],
            body={"name": name, "ingestion_config": ingestion_config, "description": description, "metadata": metadata},
            options=request_options,
        )

    def retrieve(
        self, *, knowledge_store_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStore:
        """Retrieve a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        """
        return self._client.call(
            "knowledge_stores.retrieve",
            Answer[_api.models.KnowledgeStore],
            path={"knowledge_store_id": knowledge_store_id},
            options=request_options,
        )

    def update(
        self,
        *,
        knowledge_store_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStore:
        """Change a knowledge store.

        `PATCH /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `name`: New name of the knowledge store.
        - `description`: New description of the knowledge store.
        - `metadata`: All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are
          gone, and an empty map removes all. At most 10 keys.
        """
        return self._client.call(
            "knowledge_stores.update",
            Answer[_api.models.KnowledgeStore],
            path={"knowledge_store_id": knowledge_store_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    def delete(self, *, knowledge_store_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a knowledge store and its items.

        `DELETE /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        """
        return self._client.call_none(
            "knowledge_stores.delete", path={"knowledge_store_id": knowledge_store_id}, options=request_options
        )

    def search(
        self,
        *,
        knowledge_store_id: str,
        query: _api.models.KnowledgeStoreSearchQuery | Mapping[str, object],
        filter: _api.models.SearchKnowledgeStoreFilter | Mapping[str, object] | None = None,
        search_options: _api.models.SearchKnowledgeStoreOptions | Mapping[str, object] | None = None,
        group_by: Literal["none", "item"] | None = None,
        page_size: int | None = None,
        page_token: str | None = None,
        include_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchKnowledgeStoreResponse:
        """Search a knowledge store.

        `POST /knowledge-stores/{knowledge_store_id}/search`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `query`: What to look for.
        - `filter`: Which items to search.
        - `search_options`: How videos are matched.
        - `group_by`: What a result is: each clip or image by itself (`none`), or a video with all its clips, or an
          image (`item`). Default `none`.
        - `page_size`: Largest number of results on one page. 1 to 50, default 10.
        - `page_token`: Token of a later page, taken from `next_page_token` of the page before.
        - `include_metadata`: Whether each result has the metadata of its item. Default `false`.
        """
        return self._client.call(
            "knowledge_stores.search",
            Answer[_api.models.SearchKnowledgeStoreResponse],
            path={"knowledge_store_id": knowledge_store_id},
            body={
                "query": query,
                "filter": filter,
                "search_options": search_options,
                "group_by": group_by,
                "page_size": page_size,
                "page_token": page_token,
                "include_metadata": include_metadata,
            },
            options=request_options,
        )


class AsyncKnowledgeStores(AsyncResource):
    """Methods under `client.knowledge_stores`."""

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.KnowledgeStore, _api.models.KnowledgeStoresListResponse]:
        """List knowledge stores.

        `GET /knowledge-stores`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        """
        return await self._client.pages(
            "knowledge_stores.list",
            Answer[_api.models.KnowledgeStoresListResponse],
            Answer[_api.models.KnowledgeStore],
            query={"page": page, "page_limit": page_limit, "sort_by": sort_by, "sort_option": sort_option},
            options=request_options,
        )

    async def create(
        self,
        *,
        name: str,
        ingestion_config: _api.models.IngestionConfig | Mapping[str, object] | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStore:
        """Create a knowledge store.

        `POST /knowledge-stores`

        - `name`: Name of the knowledge store.
        - `ingestion_config`: How the contents of a knowledge store are processed.
        - `description`: What the knowledge store is for.
        - `metadata`: Facts of your own, a flat map of at most 10 pairs. At most 10 keys.
        """
        return await self._client.call(
            "knowledge_stores.create",
            Answer[_api.models.KnowledgeStore],
            body={"name": name, "ingestion_config": ingestion_config, "description": description, "metadata": metadata},
            options=request_options,
        )

    async def retrieve(
        self, *, knowledge_store_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStore:
        """Retrieve a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        """
        return await self._client.call(
            "knowledge_stores.retrieve",
            Answer[_api.models.KnowledgeStore],
            path={"knowledge_store_id": knowledge_store_id},
            options=request_options,
        )

    async def update(
        self,
        *,
        knowledge_store_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStore:
        """Change a knowledge store.

        `PATCH /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `name`: New name of the knowledge store.
        - `description`: New description of the knowledge store.
        - `metadata`: All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are
          gone, and an empty map removes all. At most 10 keys.
        """
        return await self._client.call(
            "knowledge_stores.update",
            Answer[_api.models.KnowledgeStore],
            path={"knowledge_store_id": knowledge_store_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    async def delete(self, *, knowledge_store_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a knowledge store and its items.

        `DELETE /knowledge-stores/{knowledge_store_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        """
        return await self._client.call_none(
            "knowledge_stores.delete", path={"knowledge_store_id": knowledge_store_id}, options=request_options
        )

    async def search(
        self,
        *,
        knowledge_store_id: str,
        query: _api.models.KnowledgeStoreSearchQuery | Mapping[str, object],
        filter: _api.models.SearchKnowledgeStoreFilter | Mapping[str, object] | None = None,
        search_options: _api.models.SearchKnowledgeStoreOptions | Mapping[str, object] | None = None,
        group_by: Literal["none", "item"] | None = None,
        page_size: int | None = None,
        page_token: str | None = None,
        include_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchKnowledgeStoreResponse:
        """Search a knowledge store.

        `POST /knowledge-stores/{knowledge_store_id}/search`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `query`: What to look for.
        - `filter`: Which items to search.
        - `search_options`: How videos are matched.
        - `group_by`: What a result is: each clip or image by itself (`none`), or a video with all its clips, or an
          image (`item`). Default `none`.
        - `page_size`: Largest number of results on one page. 1 to 50, default 10.
        - `page_token`: Token of a later page, taken from `next_page_token` of the page before.
        - `include_metadata`: Whether each result has the metadata of its item. Default `false`.
        """
        return await self._client.call(
            "knowledge_stores.search",
            Answer[_api.models.SearchKnowledgeStoreResponse],
            path={"knowledge_store_id": knowledge_store_id},
            body={
                "query": query,
                "filter": filter,
                "search_options": search_options,
                "group_by": group_by,
                "page_size": page_size,
                "page_token": page_token,
                "include_metadata": include_metadata,
            },
            options=request_options,
        )
