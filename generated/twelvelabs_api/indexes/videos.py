# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.indexes.videos`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    Pager,
    RequestOptions,
    SyncResource,
    deprecated,
    on_demand,
)

__all__ = [
    "AsyncVideos",
    "IntegerRange",
    "NumberRange",
    "VideoVector",
    "Videos",
    "VideosListResponse",
    "VideosRetrieveResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import IntegerRange, NumberRange, VideosListResponse, VideosRetrieveResponse, VideoVector
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Videos(SyncResource):
    """Methods under `client.indexes.videos`."""

    @deprecated("Deprecated: use `indexes.indexed_assets.retrieve`.")
    def retrieve(
        self,
        *,
        index_id: str,
        video_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.VideosRetrieveResponse:
        """Retrieve a video.

        `GET /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.retrieve`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out, unlike `embed.tasks.retrieve`. Not empty,
          no duplicates.
        - `transcription`: Whether to return the spoken words.
        """
        return self._client.call(
            "indexes.videos.retrieve",
            Answer[_api.models.VideosRetrieveResponse],
            path={"index_id": index_id, "video_id": video_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.update`.")
    def update(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change single user metadata keys of a video.

        `PATCH /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.update`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return self._client.call_none(
            "indexes.videos.update",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.delete`.")
    def delete(self, *, index_id: str, video_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a video.

        `DELETE /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.delete`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        """
        return self._client.call_none(
            "indexes.videos.delete", path={"index_id": index_id, "video_id": video_id}, options=request_options
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.list`.")
    def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
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
    ) -> Pager[_api.models.VideoVector, _api.models.VideosListResponse]:
        """List the videos of an index.

        `GET /indexes/{index_id}/videos`

        Deprecated: use `indexes.indexed_assets.list`.

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `filename`: Keep only videos with this file name.
        - `duration`: Keep only videos of this duration, or of one in this range, in seconds.
        - `fps`: Keep only videos with this frame rate, or with one in this range, in frames per second.
        - `width`: Keep only videos of this width, or of one in this range, in pixels.
        - `height`: Keep only videos of this height, or of one in this range, in pixels.
        - `size`: Keep only videos of this file size, or of one in this range, in bytes.
        - `created_at`: Keep only videos whose indexing task was created at or after this RFC 3339 time.
        - `updated_at`: Keep only videos whose user metadata was last set at or after this RFC 3339 time.
        - `user_metadata`: Keep only videos with these user metadata.
        """
        return self._client.pages(
            "indexes.videos.list",
            Answer[_api.models.VideosListResponse],
            Answer[_api.models.VideoVector],
            path={"index_id": index_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
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


class AsyncVideos(AsyncResource):
    """Methods under `client.indexes.videos`."""

    @deprecated("Deprecated: use `indexes.indexed_assets.retrieve`.")
    async def retrieve(
        self,
        *,
        index_id: str,
        video_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.VideosRetrieveResponse:
        """Retrieve a video.

        `GET /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.retrieve`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out, unlike `embed.tasks.retrieve`. Not empty,
          no duplicates.
        - `transcription`: Whether to return the spoken words.
        """
        return await self._client.call(
            "indexes.videos.retrieve",
            Answer[_api.models.VideosRetrieveResponse],
            path={"index_id": index_id, "video_id": video_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.update`.")
    async def update(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change single user metadata keys of a video.

        `PATCH /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.update`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return await self._client.call_none(
            "indexes.videos.update",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.delete`.")
    async def delete(self, *, index_id: str, video_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a video.

        `DELETE /indexes/{index_id}/videos/{video_id}`

        Deprecated: use `indexes.indexed_assets.delete`.

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        """
        return await self._client.call_none(
            "indexes.videos.delete", path={"index_id": index_id, "video_id": video_id}, options=request_options
        )

    @deprecated("Deprecated: use `indexes.indexed_assets.list`.")
    async def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
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
    ) -> AsyncPager[_api.models.VideoVector, _api.models.VideosListResponse]:
        """List the videos of an index.

        `GET /indexes/{index_id}/videos`

        Deprecated: use `indexes.indexed_assets.list`.

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `filename`: Keep only videos with this file name.
        - `duration`: Keep only videos of this duration, or of one in this range, in seconds.
        - `fps`: Keep only videos with this frame rate, or with one in this range, in frames per second.
        - `width`: Keep only videos of this width, or of one in this range, in pixels.
        - `height`: Keep only videos of this height, or of one in this range, in pixels.
        - `size`: Keep only videos of this file size, or of one in this range, in bytes.
        - `created_at`: Keep only videos whose indexing task was created at or after this RFC 3339 time.
        - `updated_at`: Keep only videos whose user metadata was last set at or after this RFC 3339 time.
        - `user_metadata`: Keep only videos with these user metadata.
        """
        return await self._client.pages(
            "indexes.videos.list",
            Answer[_api.models.VideosListResponse],
            Answer[_api.models.VideoVector],
            path={"index_id": index_id},
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
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
