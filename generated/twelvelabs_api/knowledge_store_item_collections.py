# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.knowledge_store_item_collections`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncKnowledgeStoreItemCollections",
    "KnowledgeStoreItem",
    "KnowledgeStoreItemCollection",
    "KnowledgeStoreItemCollections",
    "KnowledgeStoreItemCollectionsListItemsResponse",
    "KnowledgeStoreItemCollectionsListResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        KnowledgeStoreItem,
        KnowledgeStoreItemCollection,
        KnowledgeStoreItemCollectionsListItemsResponse,
        KnowledgeStoreItemCollectionsListResponse,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class KnowledgeStoreItemCollections(SyncResource):
    """Methods under `client.knowledge_store_item_collections`."""

    def list(
        self,
        *,
        knowledge_store_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.KnowledgeStoreItemCollection, _api.models.KnowledgeStoreItemCollectionsListResponse]:
        """List the item collections of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp or name that decides the order of the item collections. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        """
        return self._client.pages(
            "knowledge_store_item_collections.list",
            Answer[_api.models.KnowledgeStoreItemCollectionsListResponse],
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id},
            query={"page": page, "page_limit": page_limit, "sort_by": sort_by, "sort_option": sort_option},
            options=request_options,
        )

    def create(
        self,
        *,
        knowledge_store_id: str,
        name: str,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Create an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `name`: Name of the item collection; unique within the knowledge store. 1 to 255 characters.
        - `description`: What the item collection is for. At most 2000 characters.
        - `metadata`: Facts of your own, a flat map of at most 10 pairs. At most 10 keys.
        """
        return self._client.call(
            "knowledge_store_item_collections.create",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    def retrieve(
        self, *, knowledge_store_id: str, collection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Retrieve an item collection.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        """
        return self._client.call(
            "knowledge_store_item_collections.retrieve",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            options=request_options,
        )

    def update(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Change an item collection.

        `PATCH /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `name`: New name of the item collection; unique within the knowledge store. 1 to 255 characters.
        - `description`: New description of the item collection. At most 2000 characters.
        - `metadata`: All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are
          gone, and an empty map removes all. At most 10 keys.
        """
        return self._client.call(
            "knowledge_store_item_collections.update",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    def delete(
        self, *, knowledge_store_id: str, collection_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an item collection.

        `DELETE /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        """
        return self._client.call_none(
            "knowledge_store_item_collections.delete",
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            options=request_options,
        )

    def list_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.KnowledgeStoreItem, _api.models.KnowledgeStoreItemCollectionsListItemsResponse]:
        """List the items of an item collection.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "knowledge_store_item_collections.list_items",
            Answer[_api.models.KnowledgeStoreItemCollectionsListItemsResponse],
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def add_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        item_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Add items to an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items/add`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `item_ids`: Identifiers of the items. 1 to 500 items.
        """
        return self._client.call(
            "knowledge_store_item_collections.add_items",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"item_ids": item_ids},
            options=request_options,
        )

    def remove_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        item_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Remove items from an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items/remove`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `item_ids`: Identifiers of the items. 1 to 500 items.
        """
        return self._client.call_none(
            "knowledge_store_item_collections.remove_items",
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"item_ids": item_ids},
            options=request_options,
        )


class AsyncKnowledgeStoreItemCollections(AsyncResource):
    """Methods under `client.knowledge_store_item_collections`."""

    async def list(
        self,
        *,
        knowledge_store_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.KnowledgeStoreItemCollection, _api.models.KnowledgeStoreItemCollectionsListResponse]:
        """List the item collections of a knowledge store.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp or name that decides the order of the item collections. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        """
        return await self._client.pages(
            "knowledge_store_item_collections.list",
            Answer[_api.models.KnowledgeStoreItemCollectionsListResponse],
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id},
            query={"page": page, "page_limit": page_limit, "sort_by": sort_by, "sort_option": sort_option},
            options=request_options,
        )

    async def create(
        self,
        *,
        knowledge_store_id: str,
        name: str,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Create an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `name`: Name of the item collection; unique within the knowledge store. 1 to 255 characters.
        - `description`: What the item collection is for. At most 2000 characters.
        - `metadata`: Facts of your own, a flat map of at most 10 pairs. At most 10 keys.
        """
        return await self._client.call(
            "knowledge_store_item_collections.create",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    async def retrieve(
        self, *, knowledge_store_id: str, collection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Retrieve an item collection.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        """
        return await self._client.call(
            "knowledge_store_item_collections.retrieve",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            options=request_options,
        )

    async def update(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool | Sequence[str]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Change an item collection.

        `PATCH /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `name`: New name of the item collection; unique within the knowledge store. 1 to 255 characters.
        - `description`: New description of the item collection. At most 2000 characters.
        - `metadata`: All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are
          gone, and an empty map removes all. At most 10 keys.
        """
        return await self._client.call(
            "knowledge_store_item_collections.update",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    async def delete(
        self, *, knowledge_store_id: str, collection_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an item collection.

        `DELETE /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        """
        return await self._client.call_none(
            "knowledge_store_item_collections.delete",
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            options=request_options,
        )

    async def list_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.KnowledgeStoreItem, _api.models.KnowledgeStoreItemCollectionsListItemsResponse]:
        """List the items of an item collection.

        `GET /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "knowledge_store_item_collections.list_items",
            Answer[_api.models.KnowledgeStoreItemCollectionsListItemsResponse],
            Answer[_api.models.KnowledgeStoreItem],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def add_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        item_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.KnowledgeStoreItemCollection:
        """Add items to an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items/add`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `item_ids`: Identifiers of the items. 1 to 500 items.
        """
        return await self._client.call(
            "knowledge_store_item_collections.add_items",
            Answer[_api.models.KnowledgeStoreItemCollection],
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"item_ids": item_ids},
            options=request_options,
        )

    async def remove_items(
        self,
        *,
        knowledge_store_id: str,
        collection_id: str,
        item_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Remove items from an item collection.

        `POST /knowledge-stores/{knowledge_store_id}/item-collections/{collection_id}/items/remove`

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `collection_id`: Identifier of the item collection. Not empty.
        - `item_ids`: Identifiers of the items. 1 to 500 items.
        """
        return await self._client.call_none(
            "knowledge_store_item_collections.remove_items",
            path={"knowledge_store_id": knowledge_store_id, "collection_id": collection_id},
            body={"item_ids": item_ids},
            options=request_options,
        )
