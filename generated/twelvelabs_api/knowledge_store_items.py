# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.knowledge_store_items`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncKnowledgeStoreItems",
    "KnowledgeStoreItem",
    "KnowledgeStoreItems",
    "KnowledgeStoreItemsListResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import KnowledgeStoreItem, KnowledgeStoreItemsListResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class KnowledgeStoreItems(SyncResource):
    """Methods under `client.knowledge_store_items`."""

    def list(
        self,
        *,
        knowledge_store_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        status: Literal["queued", "pending", "processing", "ready", "failed"]
        | Sequence[Literal["queued", "pending", "processing", "ready", "failed"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.KnowledgeStoreItem, _api.models.KnowledgeStoreItemsListResponse]:
        """List the items of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `status`: Keep only items with one of these statuses. Not empty.
        """
        return self._client.pages(
            "knowledge_store_items.list",
            Answer[_api.models.KnowledgeStoreItemsListResponse],
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "status": status,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        knowledge_store_id: str,
        asset_id: str,
        asset_type: Literal["video", "image"] | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItem:
        """Add an asset to a knowledge store.

        `POST /knowledge-stores/{knowledge_store_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `asset_id`: Identifier of the asset. Not empty.
        - `asset_type`: Type of the item.
        - `metadata`: Facts of your own about the item, a flat map of at most 50 pairs. At most 50 keys.
        """
        return self._client.call(
            "knowledge_store_items.create",
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id},
            body={"asset_id": asset_id, "asset_type": asset_type, "metadata": metadata},
            options=request_options,
        )

    def retrieve(
        self, *, knowledge_store_id: str, item_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStoreItem:
        """Retrieve an item of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/items/{item_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `item_id`: Identifier of the item inside the knowledge store. Not empty.
        """
        return self._client.call(
            "knowledge_store_items.retrieve",
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id, "item_id": item_id},
            options=request_options,
        )

    def delete(self, *, knowledge_store_id: str, item_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an item of a knowledge store.

        `DELETE /knowledge-stores/{knowledge_store_id}/items/{item_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `item_id`: Identifier of the item inside the knowledge store. Not empty.
        """
        return self._client.call_none(
            "knowledge_store_items.delete",
            path={"knowledge_store_id": knowledge_store_id, "item_id": item_id},
            options=request_options,
        )


class AsyncKnowledgeStoreItems(AsyncResource):
    """Methods under `client.knowledge_store_items`."""

    async def list(
        self,
        *,
        knowledge_store_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        status: Literal["queued", "pending", "processing", "ready", "failed"]
        | Sequence[Literal["queued", "pending", "processing", "ready", "failed"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.KnowledgeStoreItem, _api.models.KnowledgeStoreItemsListResponse]:
        """List the items of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `status`: Keep only items with one of these statuses. Not empty.
        """
        return await self._client.pages(
            "knowledge_store_items.list",
            Answer[_api.models.KnowledgeStoreItemsListResponse],
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "status": status,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        knowledge_store_id: str,
        asset_id: str,
        asset_type: Literal["video", "image"] | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItem:
        """Add an asset to a knowledge store.

        `POST /knowledge-stores/{knowledge_store_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `asset_id`: Identifier of the asset. Not empty.
        - `asset_type`: Type of the item.
        - `metadata`: Facts of your own about the item, a flat map of at most 50 pairs. At most 50 keys.
        """
        return await self._client.call(
            "knowledge_store_items.create",
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id},
            body={"asset_id": asset_id, "asset_type": asset_type, "metadata": metadata},
            options=request_options,
        )

    async def retrieve(
        self, *, knowledge_store_id: str, item_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStoreItem:
        """Retrieve an item of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/items/{item_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `item_id`: Identifier of the item inside the knowledge store. Not empty.
        """
        return await self._client.call(
            "knowledge_store_items.retrieve",
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id, "item_id": item_id},
            options=request_options,
        )

    async def delete(
        self, *, knowledge_store_id: str, item_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an item of a knowledge store.

        `DELETE /knowledge-stores/{knowledge_store_id}/items/{item_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `item_id`: Identifier of the item inside the knowledge store. Not empty.
        """
        return await self._client.call_none(
            "knowledge_store_items.delete",
            path={"knowledge_store_id": knowledge_store_id, "item_id": item_id},
            options=request_options,
        )
