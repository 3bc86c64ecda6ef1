# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.entity_collections.entities`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncEntities",
    "BulkCreateEntityResponse",
    "Entities",
    "EntitiesCreateRequest",
    "EntitiesListByAssetResponse",
    "EntitiesListResponse",
    "Entity",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        BulkCreateEntityResponse,
        EntitiesCreateRequest,
        EntitiesListByAssetResponse,
        EntitiesListResponse,
        Entity,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Entities(SyncResource):
    """Methods under `client.entity_collections.entities`."""

    def list_by_asset(
        self,
        *,
        asset_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.Entity, _api.models.EntitiesListByAssetResponse]:
        """List the entities that have an asset.

        `GET /assets/{asset_id}/entities`

        - `asset_id`: Identifier of the asset. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "entity_collections.entities.list_by_asset",
            Answer[_api.models.EntitiesListByAssetResponse],
            Answer[_api.models.Entity],
            path={"asset_id": asset_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def list(
        self,
        *,
        entity_collection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        name: str | None = None,
        status: Literal["processing", "ready"] | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.Entity, _api.models.EntitiesListResponse]:
        """List the entities of a collection.

        `GET /entity-collections/{entity_collection_id}/entities`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `name`: Keep only entities with this name.
        - `status`: Keep only entities in this status.
        - `sort_by`: What decides the order, the time of creation, the time of the last change, or the name. Default
          `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest or the first name first, `desc` for the reverse.
          Default `desc`.
        """
        return self._client.pages(
            "entity_collections.entities.list",
            Answer[_api.models.EntitiesListResponse],
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "name": name,
                "status": status,
                "sort_by": sort_by,
                "sort_option": sort_option,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        entity_collection_id: str,
        name: str,
        asset_ids: Sequence[str],
        description: str | None = None,
        metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Create an entity.

        `POST /entity-collections/{entity_collection_id}/entities`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `name`: Name of the entity, short and telling.
        - `asset_ids`: Identifiers of the assets that show the entity, at least one. Not empty.
        - `description`: Who or what the entity is.
        - `metadata`: The user's own facts about an entity, a flat map.
        """
        return self._client.call(
            "entity_collections.entities.create",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id},
            body={"name": name, "description": description, "metadata": metadata, "asset_ids": asset_ids},
            options=request_options,
        )

    def create_bulk(
        self,
        *,
        entity_collection_id: str,
        entities: Sequence[_api.models.EntitiesCreateRequest | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.BulkCreateEntityResponse:
        """Create several entities.

        `POST /entity-collections/{entity_collection_id}/entities/bulk`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entities`: The entities. Not empty.
        """
        return self._client.call(
            "entity_collections.entities.create_bulk",
            Answer[_api.models.BulkCreateEntityResponse],
            path={"entity_collection_id": entity_collection_id},
            body={"entities": entities},
            options=request_options,
        )

    def retrieve(
        self, *, entity_collection_id: str, entity_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.Entity:
        """Retrieve an entity.

        `GET /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        """
        return self._client.call(
            "entity_collections.entities.retrieve",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            options=request_options,
        )

    def update(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Update an entity.

        `PATCH /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `name`: The new name.
        - `description`: The new description.
        - `metadata`: The new map; it takes the place of the old one.
        """
        return self._client.call(
            "entity_collections.entities.update",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    def delete(
        self, *, entity_collection_id: str, entity_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an entity.

        `DELETE /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        """
        return self._client.call_none(
            "entity_collections.entities.delete",
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            options=request_options,
        )

    def create_assets(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        asset_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Add assets to an entity.

        `POST /entity-collections/{entity_collection_id}/entities/{entity_id}/assets`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `asset_ids`: Identifiers of the assets. Not empty.
        """
        return self._client.call(
            "entity_collections.entities.create_assets",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"asset_ids": asset_ids},
            options=request_options,
        )

    def delete_assets(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        asset_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Remove assets from an entity.

        `DELETE /entity-collections/{entity_collection_id}/entities/{entity_id}/assets`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `asset_ids`: Identifiers of the assets. Not empty.
        """
        return self._client.call(
            "entity_collections.entities.delete_assets",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"asset_ids": asset_ids},
            options=request_options,
        )


class AsyncEntities(AsyncResource):
    """Methods under `client.entity_collections.entities`."""

    async def list_by_asset(
        self,
        *,
        asset_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.Entity, _api.models.EntitiesListByAssetResponse]:
        """List the entities that have an asset.

        `GET /assets/{asset_id}/entities`

        - `asset_id`: Identifier of the asset. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "entity_collections.entities.list_by_asset",
            Answer[_api.models.EntitiesListByAssetResponse],
            Answer[_api.models.Entity],
            path={"asset_id": asset_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def list(
        self,
        *,
        entity_collection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        name: str | None = None,
        status: Literal["processing", "ready"] | None = None,
        sort_by: Literal["created_at", "updated_at", "name"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.Entity, _api.models.EntitiesListResponse]:
        """List the entities of a collection.

        `GET /entity-collections/{entity_collection_id}/entities`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `name`: Keep only entities with this name.
        - `status`: Keep only entities in this status.
        - `sort_by`: What decides the order, the time of creation, the time of the last change, or the name. Default
          `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest or the first name first, `desc` for the reverse.
          Default `desc`.
        """
        return await self._client.pages(
            "entity_collections.entities.list",
            Answer[_api.models.EntitiesListResponse],
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "name": name,
                "status": status,
                "sort_by": sort_by,
                "sort_option": sort_option,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        entity_collection_id: str,
        name: str,
        asset_ids: Sequence[str],
        description: str | None = None,
        metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Create an entity.

        `POST /entity-collections/{entity_collection_id}/entities`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `name`: Name of the entity, short and telling.
        - `asset_ids`: Identifiers of the assets that show the entity, at least one. Not empty.
        - `description`: Who or what the entity is.
        - `metadata`: The user's own facts about an entity, a flat map.
        """
        return await self._client.call(
            "entity_collections.entities.create",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id},
            body={"name": name, "description": description, "metadata": metadata, "asset_ids": asset_ids},
            options=request_options,
        )

    async def create_bulk(
        self,
        *,
        entity_collection_id: str,
        entities: Sequence[_api.models.EntitiesCreateRequest | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.BulkCreateEntityResponse:
        """Create several entities.

        `POST /entity-collections/{entity_collection_id}/entities/bulk`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entities`: The entities. Not empty.
        """
        return await self._client.call(
            "entity_collections.entities.create_bulk",
            Answer[_api.models.BulkCreateEntityResponse],
            path={"entity_collection_id": entity_collection_id},
            body={"entities": entities},
            options=request_options,
        )

    async def retrieve(
        self, *, entity_collection_id: str, entity_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.Entity:
        """Retrieve an entity.

        `GET /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        """
        return await self._client.call(
            "entity_collections.entities.retrieve",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            options=request_options,
        )

    async def update(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        name: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Update an entity.

        `PATCH /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `name`: The new name.
        - `description`: The new description.
        - `metadata`: The new map; it takes the place of the old one.
        """
        return await self._client.call(
            "entity_collections.entities.update",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"name": name, "description": description, "metadata": metadata},
            options=request_options,
        )

    async def delete(
        self, *, entity_collection_id: str, entity_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an entity.

        `DELETE /entity-collections/{entity_collection_id}/entities/{entity_id}`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        """
        return await self._client.call_none(
            "entity_collections.entities.delete",
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            options=request_options,
        )

    async def create_assets(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        asset_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Add assets to an entity.

        `POST /entity-collections/{entity_collection_id}/entities/{entity_id}/assets`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `asset_ids`: Identifiers of the assets. Not empty.
        """
        return await self._client.call(
            "entity_collections.entities.create_assets",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"asset_ids": asset_ids},
            options=request_options,
        )

    async def delete_assets(
        self,
        *,
        entity_collection_id: str,
        entity_id: str,
        asset_ids: Sequence[str],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Entity:
        """Remove assets from an entity.

        `DELETE /entity-collections/{entity_collection_id}/entities/{entity_id}/assets`

        - `entity_collection_id`: Identifier of the entity collection. Not empty.
        - `entity_id`: Identifier of the entity inside its collection. Not empty.
        - `asset_ids`: Identifiers of the assets. Not empty.
        """
        return await self._client.call(
            "entity_collections.entities.delete_assets",
            Answer[_api.models.Entity],
            path={"entity_collection_id": entity_collection_id, "entity_id": entity_id},
            body={"asset_ids": asset_ids},
            options=request_options,
        )
