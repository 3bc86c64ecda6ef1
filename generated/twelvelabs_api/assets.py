# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.assets`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    Callback,
    FileInput,
    Pager,
    RequestOptions,
    SyncResource,
    on_demand,
)

__all__ = [
    "Asset",
    "AssetDetail",
    "AssetTranscriptionResponse",
    "Assets",
    "AssetsListResponse",
    "AsyncAssets",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import Asset, AssetDetail, AssetsListResponse, AssetTranscriptionResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Assets(SyncResource):
    """Methods under `client.assets`."""

    def create(
        self,
        *,
        method: Literal["direct", "url"],
        file: FileInput | None = None,
        url: str | None = None,
        filename: str | None = None,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: str | Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        in_parts: bool = False,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Asset:
        """Create an asset.

        `POST /assets`

        - `method`: Where the file comes from, `direct` for `file` and `url` for `url`.
        - `file`: The file itself, with `direct`: video, audio or a document of at most 200 MB, an image of at most 32
          MB.
        - `url`: Public URL of the file, with `url`: video or audio of at most 4 GB, an image of at most 32 MB, a
          document of at most 512 MB.
        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `true`.
        - `enable_thumbnail`: Whether thumbnails are made of the file; of a PDF, of its first page. Default `true`.
        - `user_metadata`: Your own keys and values for the asset, as the JSON text of a flat object.
        - `in_parts`: Whether a file of more than 209,715,200 bytes, given by its path, is uploaded in parts, as by
          `multipart_upload.upload_file`. Default `False`.
        """
        return self._client.call_large(
            "assets.create",
            Answer[_api.models.Asset],
            body={
                "method": method,
                "file": file,
                "url": url,
                "filename": filename,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            large={"in_parts": in_parts},
            options=request_options,
        )

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        asset_ids: str | Sequence[str] | None = None,
        asset_types: Literal["image", "video", "audio", "document"]
        | Sequence[Literal["image", "video", "audio", "document"]]
        | None = None,
        filename: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.AssetDetail, _api.models.AssetsListResponse]:
        """List assets.

        `GET /assets`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `asset_ids`: Only the assets with these identifiers; the parameter is repeated for each. Not empty.
        - `asset_types`: Only assets of these kinds; the parameter is repeated for each. Not empty.
        - `filename`: Only assets whose name contains this text, in upper or lower case.
        """
        return self._client.pages(
            "assets.list",
            Answer[_api.models.AssetsListResponse],
            Answer[_api.models.AssetDetail],
            query={
                "page": page,
                "page_limit": page_limit,
                "asset_ids": asset_ids,
                "asset_types": asset_types,
                "filename": filename,
            },
            options=request_options,
        )

    def retrieve(self, *, asset_id: str, request_options: RequestOptions | None = None) -> _api.models.AssetDetail:
        """Retrieve an asset.

        `GET /assets/{asset_id}`

        - `asset_id`: Identifier of the asset. Not empty.
        """
        return self._client.call(
            "assets.retrieve", Answer[_api.models.AssetDetail], path={"asset_id": asset_id}, options=request_options
        )

    def wait_for_done(
        self,
        *,
        asset_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AssetDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetDetail:
        """Retrieve an asset, repeatedly until the job has ended.

        `GET /assets/{asset_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `asset_id`: Identifier of the asset. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "assets.retrieve",
            Answer[_api.models.AssetDetail],
            path={"asset_id": asset_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def wait_for_all(
        self,
        *,
        asset_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AssetDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AssetDetail]:
        """Retrieve an asset, for several jobs in one loop until all have ended.

        `GET /assets/{asset_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `asset_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait_for_all(
            "assets.retrieve",
            Answer[_api.models.AssetDetail],
            jobs=asset_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def delete(
        self, *, asset_id: str, force: bool | None = None, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an asset.

        `DELETE /assets/{asset_id}`

        - `asset_id`: Identifier of the asset. Not empty.
        - `force`: Whether to remove the asset even if indexed assets refer to it. Default `false`.
        """
        return self._client.call_none(
            "assets.delete", path={"asset_id": asset_id}, query={"force": force}, options=request_options
        )

    def update_user_metadata(
        self,
        *,
        asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change the user metadata of an asset.

        `PATCH /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        - `user_metadata`: Changes to the user's own facts about an asset.
        """
        return self._client.call_none(
            "assets.update_user_metadata",
            path={"asset_id": asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    def replace_user_metadata(
        self,
        *,
        asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Replace the user metadata of an asset.

        `PUT /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        - `user_metadata`: The new map.
        """
        return self._client.call_none(
            "assets.replace_user_metadata",
            path={"asset_id": asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    def delete_user_metadata(self, *, asset_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete the user metadata of an asset.

        `DELETE /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        """
        return self._client.call_none(
            "assets.delete_user_metadata", path={"asset_id": asset_id}, options=request_options
        )

    def retrieve_transcription(
        self,
        *,
        asset_id: str,
        include: Literal["words", "sentences", "utterances"]
        | str
        | Sequence[Literal["words", "sentences", "utterances"] | str]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetTranscriptionResponse:
        """Retrieve the transcription of an asset.

        `GET /assets/{asset_id}/transcription`

        - `asset_id`: Identifier of the asset. Not empty.
        - `include`: How to cut the text: into words, sentences, or the turns of the speakers. Not empty.
        """
        return self._client.call(
            "assets.retrieve_transcription",
            Answer[_api.models.AssetTranscriptionResponse],
            path={"asset_id": asset_id},
            query={"include": include},
            options=request_options,
        )


class AsyncAssets(AsyncResource):
    """Methods under `client.assets`."""

    async def create(
        self,
        *,
        method: Literal["direct", "url"],
        file: FileInput | None = None,
        url: str | None = None,
        filename: str | None = None,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: str | Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        in_parts: bool = False,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Asset:
        """Create an asset.

        `POST /assets`

        - `method`: Where the file comes from, `direct` for `file` and `url` for `url`.
        - `file`: The file itself, with `direct`: video, audio or a document of at most 200 MB, an image of at most 32
          MB.
        - `url`: Public URL of the file, with `url`: video or audio of at most 4 GB, an image of at most 32 MB, a
          document of at most 512 MB.
        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `true`.
        - `enable_thumbnail`: Whether thumbnails are made of the file; of a PDF, of its first page. Default `true`.
        - `user_metadata`: Your own keys and values for the asset, as the JSON text of a flat object.
        - `in_parts`: Whether a file of more than 209,715,200 bytes, given by its path, is uploaded in parts, as by
          `multipart_upload.upload_file`. Default `False`.
        """
        return await self._client.call_large(
            "assets.create",
            Answer[_api.models.Asset],
            body={
                "method": method,
                "file": file,
                "url": url,
                "filename": filename,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            large={"in_parts": in_parts},
            options=request_options,
        )

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        asset_ids: str | Sequence[str] | None = None,
        asset_types: Literal["image", "video", "audio", "document"]
        | Sequence[Literal["image", "video", "audio", "document"]]
        | None = None,
        filename: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.AssetDetail, _api.models.AssetsListResponse]:
        """List assets.

        `GET /assets`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `asset_ids`: Only the assets with these identifiers; the parameter is repeated for each. Not empty.
        - `asset_types`: Only assets of these kinds; the parameter is repeated for each. Not empty.
        - `filename`: Only assets whose name contains this text, in upper or lower case.
        """
        return await self._client.pages(
            "assets.list",
            Answer[_api.models.AssetsListResponse],
            Answer[_api.models.AssetDetail],
            query={
                "page": page,
                "page_limit": page_limit,
                "asset_ids": asset_ids,
                "asset_types": asset_types,
                "filename": filename,
            },
            options=request_options,
        )

    async def retrieve(
        self, *, asset_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AssetDetail:
        """Retrieve an asset.

        `GET /assets/{asset_id}`

        - `asset_id`: Identifier of the asset. Not empty.
        """
        return await self._client.call(
            "assets.retrieve", Answer[_api.models.AssetDetail], path={"asset_id": asset_id}, options=request_options
        )

    async def wait_for_done(
        self,
        *,
        asset_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AssetDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetDetail:
        """Retrieve an asset, repeatedly until the job has ended.

        `GET /assets/{asset_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `asset_id`: Identifier of the asset. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "assets.retrieve",
            Answer[_api.models.AssetDetail],
            path={"asset_id": asset_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def wait_for_all(
        self,
        *,
        asset_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AssetDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AssetDetail]:
        """Retrieve an asset, for several jobs in one loop until all have ended.

        `GET /assets/{asset_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `asset_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait_for_all(
            "assets.retrieve",
            Answer[_api.models.AssetDetail],
            jobs=asset_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def delete(
        self, *, asset_id: str, force: bool | None = None, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an asset.

        `DELETE /assets/{asset_id}`

        - `asset_id`: Identifier of the asset. Not empty.
        - `force`: Whether to remove the asset even if indexed assets refer to it. Default `false`.
        """
        return await self._client.call_none(
            "assets.delete", path={"asset_id": asset_id}, query={"force": force}, options=request_options
        )

    async def update_user_metadata(
        self,
        *,
        asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change the user metadata of an asset.

        `PATCH /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        - `user_metadata`: Changes to the user's own facts about an asset.
        """
        return await self._client.call_none(
            "assets.update_user_metadata",
            path={"asset_id": asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    async def replace_user_metadata(
        self,
        *,
        asset_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None],
        request_options: RequestOptions | None = None,
    ) -> None:
        """Replace the user metadata of an asset.

        `PUT /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        - `user_metadata`: The new map.
        """
        return await self._client.call_none(
            "assets.replace_user_metadata",
            path={"asset_id": asset_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    async def delete_user_metadata(self, *, asset_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete the user metadata of an asset.

        `DELETE /assets/{asset_id}/user-metadata`

        - `asset_id`: Identifier of the asset. Not empty.
        """
        return await self._client.call_none(
            "assets.delete_user_metadata", path={"asset_id": asset_id}, options=request_options
        )

    async def retrieve_transcription(
        self,
        *,
        asset_id: str,
        include: Literal["words", "sentences", "utterances"]
        | str
        | Sequence[Literal["words", "sentences", "utterances"] | str]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetTranscriptionResponse:
        """Retrieve the transcription of an asset.

        `GET /assets/{asset_id}/transcription`

        - `asset_id`: Identifier of the asset. Not empty.
        - `include`: How to cut the text: into words, sentences, or the turns of the speakers. Not empty.
        """
        return await self._client.call(
            "assets.retrieve_transcription",
            Answer[_api.models.AssetTranscriptionResponse],
            path={"asset_id": asset_id},
            query={"include": include},
            options=request_options,
        )
