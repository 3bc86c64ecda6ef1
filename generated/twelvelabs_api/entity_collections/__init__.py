# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.entity_collections`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand
from twelvelabs_api.entity_collections.entities import AsyncEntities, Entities

__all__ = [
    "AsyncEntityCollections",
    "EntityCollection",
    "EntityCollections",
    "EntityCollectionsListResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import EntityCollection, EntityCollectionsListResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class EntityCollections(SyncResource):
    """Methods under `client.entity_collections`."""

    @cached_property
    def entities(self) -> Entities:
        """Methods under `client.entity_collections.entities`."""
        return Entities(self._client)

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        name: str | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.EntityCollection, _api.models.EntityCollectionsListResponse]:
        """List entity collections.

        `GET /entity-collections`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `name`: Keep only collections with this name.
        - `sort_by`: What decides the order, the time of creation, the time of the last change, or the name. Default
          `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest or the first name first, `desc` for the reverse.
          Default `desc`.
        """
        return self._client.pages(
            "entity_collections.list",
            Answer[_api.models.EntityCollectionsListResponse],
            Answer[_api.models.EntityCollection],
            query={
                "page": page,
                "page_limit": page_limit,
                "name": name,
                "sort_by": sort_by,
                "sort_option": sort_option,
            },
            options=request_options,
        )

    def create(
        self, *, name: str, description: str | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.EntityCollection:
        """Create an entity collection.

        `POST /entity-collections`

        - `name`: Name of the collection, short and telling.
        - `description`: What the collection holds.
        """
        return self._client.call(
            "entity_collections.create",
            Answer[_api.models.EntityCollection],
            body={"name": name, "description": description},
            options=request_options,
        )

    def retrieve(
        self, *, entity_collection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EntityCollection:
        """Retrieve an entity collection.

        `GET /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        """
        return self._client.call(
            "entity_collections.retrieve",
            Answer[_api.models.EntityCollection],
            path={"entity_collection_id": entity_collection_id},
            options=request_options,
        )

    def update(
        self,
        *,
        entity_collection_id: str,
        name: str | None = None,
        description: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EntityCollection:
        """Update an entity collection.

        `PATCH /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `name`: The new name.
        - `description`: The new description.
        """
        return self._client.call(
            "entity_collections.update",
            Answer[_api.models.EntityCollection],
            path={"entity_collection_id": entity_collection_id},
            body={"name": name, "description": description},
            options=request_options,
        )

    def delete(self, *, entity_collection_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an entity collection.

        `DELETE /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        """
        return self._client.call_none(
            "entity_collections.delete", path={"entity_collection_id": entity_collection_id}, options=request_options
        )


class AsyncEntityCollections(AsyncResource):
    """Methods under `client.entity_collections`."""

    @cached_property
    def entities(self) -> AsyncEntities:
        """Methods under `client.entity_collections.entities`."""
        return AsyncEntities(self._client)

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        name: str | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.EntityCollection, _api.models.EntityCollectionsListResponse]:
        """List entity collections.

        `GET /entity-collections`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `name`: Keep only collections with this name.
        - `sort_by`: What decides the order, the time of creation, the time of the last change, or the name. Default
          `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest or the first name first, `desc` for the reverse.
          Default `desc`.
        """
        return await self._client.pages(
            "entity_collections.list",
            Answer[_api.models.EntityCollectionsListResponse],
            Answer[_api.models.EntityCollection],
            query={
                "page": page,
                "page_limit": page_limit,
                "name": name,
                "sort_by": sort_by,
                "sort_option": sort_option,
            },
            options=request_options,
        )

    async def create(
        self, *, name: str, description: str | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.EntityCollection:
        """Create an entity collection.

        `POST /entity-collections`

        - `name`: Name of the collection, short and telling.
        - `description`: What the collection holds.
        """
        return await self._client.call(
            "entity_collections.create",
            Answer[_api.models.EntityCollection],
            body={"name": name, "description": description},
            options=request_options,
        )

    async def retrieve(
        self, *, entity_collection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EntityCollection:
        """Retrieve an entity collection.

        `GET /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        """
        return await self._client.call(
            "entity_collections.retrieve",
            Answer[_api.models.EntityCollection],
            path={"entity_collection_id": entity_collection_id},
            options=request_options,
        )

    async def update(
        self,
        *,
        entity_collection_id: str,
        name: str | None = None,
        description: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EntityCollection:
        """Update an entity collection.

        `PATCH /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `name`: The new name.
        - `description`: The new description.
        """
        return await self._client.call(
            "entity_collections.update",
            Answer[_api.models.EntityCollection],
            path={"entity_collection_id": entity_collection_id},
            body={"name": name, "description": description},
            options=request_options,
        )

    async def delete(self, *, entity_collection_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an entity collection.

        `DELETE /entity-collections/{entity_collection_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        """
        return await self._client.call_none(
            "entity_collections.delete", path={"entity_collection_id": entity_collection_id}, options=request_options
        )
