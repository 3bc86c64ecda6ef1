# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.indexes.indexed_assets`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    Callback,
    Pager,
    RequestOptions,
    SyncResource,
    on_demand,
)

__all__ = [
    "AsyncIndexedAssets",
    "IndexedAsset",
    "IndexedAssetDetailed",
    "IndexedAssetSummary",
    "IndexedAssets",
    "IndexedAssetsCreateResponse",
    "IndexedAssetsListByAssetResponse",
    "IndexedAssetsListResponse",
    "IntegerRange",
    "NumberRange",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        IndexedAsset,
        IndexedAssetDetailed,
        IndexedAssetsCreateResponse,
        IndexedAssetsListByAssetResponse,
        IndexedAssetsListResponse,
        IndexedAssetSummary,
        IntegerRange,
        NumberRange,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class IndexedAssets(SyncResource):
    """Methods under `client.indexes.indexed_assets`."""

    def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        status: Literal["ready", "pending", "queued", "indexing", "validating", "failed"]
        | Sequence[Literal["ready", "pending", "queued", "indexing", "validating", "failed"]]
        | None = None,
        filename: str | None = None,
        duration: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        fps: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        width: float | _api.models.IntegerRange | Mapping[str, object] | None = None,
        height: int | _api.models.IntegerRange | Mapping[str, object] | None = None,
        size: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.IndexedAsset, _api.models.IndexedAssetsListResponse]:
        """List the indexed assets of an index.

        `GET /indexes/{index_id}/indexed-assets`

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `status`: Keep only indexed assets in one of these statuses; the parameter is repeated for each. Not empty.
        - `filename`: Keep only indexed assets with this file name.
        - `duration`: Keep only indexed assets of this duration, or of one in this range, in seconds.
        - `fps`: Keep only indexed assets with this frame rate, or with one in this range, in frames per second.
        - `width`: Keep only indexed assets of this width, or of one in this range, in pixels.
        - `height`: Keep only indexed assets of this height, or of one in this range, in pixels.
        - `size`: Keep only indexed assets of this file size, or of one in this range, in bytes.
        - `created_at`: Keep only indexed assets whose indexing began at or after this RFC 3339 time.
        - `updated_at`: Keep only indexed assets whose user metadata was last set at or after this RFC 3339 time.
        - `user_metadata`: Keep only indexed assets with these user metadata.
        """
        return self._client.pages(
            "indexes.indexed_assets.list",
            Answer[_api.models.IndexedAssetsListResponse],
            Answer[_api.models.IndexedAsset],
            path={"index_id": index_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "status": status,
                "filename": filename,
                "duration": duration,
                "fps": fps,
                "width": width,
                "height": height,
                "size": size,
                "created_at": created_at,
                "updated_at": updated_at,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        index_id: str,
        asset_id: str,
        enable_video_stream: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetsCreateResponse:
        """Index an asset.

        `POST /indexes/{index_id}/indexed-assets`

        - `index_id`: Identifier of the index. Not empty.
        - `asset_id`: Identifier of the asset to index. Not empty.
        - `enable_video_stream`: Whether the platform keeps the video for HLS streaming, so that
          `indexes.indexed_assets.retrieve` returns its `hls` URLs. Default `false`.
        - `user_metadata`: Your own keys and values for the indexed asset, a JSON object.
        """
        return self._client.call(
            "indexes.indexed_assets.create",
            Answer[_api.models.IndexedAssetsCreateResponse],
            path={"index_id": index_id},
            body={"asset_id": asset_id, "enable_video_stream": enable_video_stream, "user_metadata": user_metadata},
            options=request_options,
        )

    def retrieve(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetDetailed:
        """Retrieve an indexed asset.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        """
        return self._client.call(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.IndexedAssetDetailed] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetDetailed:
        """Retrieve an indexed asset, repeatedly until the job has ended.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def wait_for_all(
        self,
        *,
        index_id: str,
        indexed_asset_ids: Sequence[str],
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.IndexedAssetDetailed] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.IndexedAssetDetailed]:
        """Retrieve an indexed asset, for several jobs in one loop until all have ended.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_ids`: Identifiers of the jobs.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait_for_all(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            jobs=indexed_asset_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def update(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change user metadata keys of an indexed asset.

        `PATCH /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return self._client.call_none(
            "indexes.indexed_assets.update",
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    def delete(self, *, index_id: str, indexed_asset_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an indexed asset.

        `DELETE /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        """
        return self._client.call_none(
            "indexes.indexed_assets.delete",
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            options=request_options,
        )

    def list_by_asset(
        self,
        *,
        asset_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.IndexedAssetSummary, _api.models.IndexedAssetsListByAssetResponse]:
        """List where an asset is indexed.

        `GET /assets/{asset_id}/indexed-assets`

        - `asset_id`: Identifier of the asset. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "indexes.indexed_assets.list_by_asset",
            Answer[_api.models.IndexedAssetsListByAssetResponse],
            Answer[_api.models.IndexedAssetSummary],
            path={"asset_id": asset_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )


class AsyncIndexedAssets(AsyncResource):
    """Methods under `client.indexes.indexed_assets`."""

    async def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        status: Literal["ready", "pending", "queued", "indexing", "validating", "failed"]
        | Sequence[Literal["ready", "pending", "queued", "indexing", "validating", "failed"]]
        | None = None,
        filename: str | None = None,
        duration: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        fps: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        width: float | _api.models.IntegerRange | Mapping[str, object] | None = None,
        height: int | _api.models.IntegerRange | Mapping[str, object] | None = None,
        size: float | _api.models.NumberRange | Mapping[str, object] | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.IndexedAsset, _api.models.IndexedAssetsListResponse]:
        """List the indexed assets of an index.

        `GET /indexes/{index_id}/indexed-assets`

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `status`: Keep only indexed assets in one of these statuses; the parameter is repeated for each. Not empty.
        - `filename`: Keep only indexed assets with this file name.
        - `duration`: Keep only indexed assets of this duration, or of one in this range, in seconds.
        - `fps`: Keep only indexed assets with this frame rate, or with one in this range, in frames per second.
        - `width`: Keep only indexed assets of this width, or of one in this range, in pixels.
        - `height`: Keep only indexed assets of this height, or of one in this range, in pixels.
        - `size`: Keep only indexed assets of this file size, or of one in this range, in bytes.
        - `created_at`: Keep only indexed assets whose indexing began at or after this RFC 3339 time.
        - `updated_at`: Keep only indexed assets whose user metadata was last set at or after this RFC 3339 time.
        - `user_metadata`: Keep only indexed assets with these user metadata.
        """
        return await self._client.pages(
            "indexes.indexed_assets.list",
            Answer[_api.models.IndexedAssetsListResponse],
            Answer[_api.models.IndexedAsset],
            path={"index_id": index_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "status": status,
                "filename": filename,
                "duration": duration,
                "fps": fps,
                "width": width,
                "height": height,
                "size": size,
                "created_at": created_at,
                "updated_at": updated_at,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        index_id: str,
        asset_id: str,
        enable_video_stream: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetsCreateResponse:
        """Index an asset.

        `POST /indexes/{index_id}/indexed-assets`

        - `index_id`: Identifier of the index. Not empty.
        - `asset_id`: Identifier of the asset to index. Not empty.
        - `enable_video_stream`: Whether the platform keeps the video for HLS streaming, so that
          `indexes.indexed_assets.retrieve` returns its `hls` URLs. Default `false`.
        - `user_metadata`: Your own keys and values for the indexed asset, a JSON object.
        """
        return await self._client.call(
            "indexes.indexed_assets.create",
            Answer[_api.models.IndexedAssetsCreateResponse],
            path={"index_id": index_id},
            body={"asset_id": asset_id, "enable_video_stream": enable_video_stream, "user_metadata": user_metadata},
            options=request_options,
        )

    async def retrieve(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetDetailed:
        """Retrieve an indexed asset.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        """
        return await self._client.call(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.IndexedAssetDetailed] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.IndexedAssetDetailed:
        """Retrieve an indexed asset, repeatedly until the job has ended.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def wait_for_all(
        self,
        *,
        index_id: str,
        indexed_asset_ids: Sequence[str],
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.IndexedAssetDetailed] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.IndexedAssetDetailed]:
        """Retrieve an indexed asset, for several jobs in one loop until all have ended.

        `GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_ids`: Identifiers of the jobs.
        - `embedding_option`: Kinds of embeddings to return; none if left out. Not empty, no duplicates.
        - `transcription`: Whether to return the spoken words.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait_for_all(
            "indexes.indexed_assets.retrieve",
            Answer[_api.models.IndexedAssetDetailed],
            path={"index_id": index_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            jobs=indexed_asset_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def update(
        self,
        *,
        index_id: str,
        indexed_asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change user metadata keys of an indexed asset.

        `PATCH /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return await self._client.call_none(
            "indexes.indexed_assets.update",
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    async def delete(
        self, *, index_id: str, indexed_asset_id: str, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an indexed asset.

        `DELETE /indexes/{index_id}/indexed-assets/{indexed_asset_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `indexed_asset_id`: Identifier of the indexed asset inside the index. Not empty.
        """
        return await self._client.call_none(
            "indexes.indexed_assets.delete",
            path={"index_id": index_id, "indexed_asset_id": indexed_asset_id},
            options=request_options,
        )

    async def list_by_asset(
        self,
        *,
        asset_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.IndexedAssetSummary, _api.models.IndexedAssetsListByAssetResponse]:
        """List where an asset is indexed.

        `GET /assets/{asset_id}/indexed-assets`

        - `asset_id`: Identifier of the asset. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "indexes.indexed_assets.list_by_asset",
            Answer[_api.models.IndexedAssetsListByAssetResponse],
            Answer[_api.models.IndexedAssetSummary],
            path={"asset_id": asset_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )
