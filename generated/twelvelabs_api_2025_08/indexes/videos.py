# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.indexes.videos`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api_2025_08 as _api
from apicontract.client import Answer, AsyncPager, AsyncResource, Pager, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncVideos",
    "VideoVector",
    "Videos",
    "VideosListResponse",
    "VideosRetrieveResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api_2025_08.models import VideosListResponse, VideosRetrieveResponse, VideoVector
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")


class Videos(SyncResource):
    """Methods under `client.indexes.videos`."""

    def retrieve(
        self,
        *,
        index_id: str,
        video_id: str,
        embedding_option: Literal["visual-text", "audio"] | Sequence[Literal["visual-text", "audio"]] | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.VideosRetrieveResponse:
        """Retrieve a video.

        `GET /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out, unlike `embed.tasks.retrieve`. Not empty.
        - `transcription`: Whether to return the spoken words.
        """
        return self._client.call(
            "indexes.videos.retrieve",
            Answer[_api.models.VideosRetrieveResponse],
            path={"index_id": index_id, "video_id": video_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    def update(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Set the user metadata of a video.

        `PUT /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The user metadata to set.
        """
        return self._client.call_none(
            "indexes.videos.update",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    def delete(self, *, index_id: str, video_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a video.

        `DELETE /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        """
        return self._client.call_none(
            "indexes.videos.delete", path={"index_id": index_id, "video_id": video_id}, options=request_options
        )

    def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        filename: str | None = None,
        duration: float | None = None,
        fps: float | None = None,
        width: float | None = None,
        height: int | None = None,
        size: float | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.VideoVector, _api.models.VideosListResponse]:
        """List the videos of an index.

        `GET /indexes/{index_id}/videos`

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `filename`: Keep only videos with this file name.
        - `duration`: Keep only videos of this duration, in seconds.
        - `fps`: Keep only videos with this frame rate, in frames per second.
        - `width`: Keep only videos of this width, in pixels.
        - `height`: Keep only videos of this height, in pixels.
        - `size`: Keep only videos of this file size, in bytes.
        - `created_at`: Keep only videos whose indexing task was created at or after this RFC 3339 time.
        - `updated_at`: Keep only videos whose metadata was set through `indexes.videos.update` (PUT) at or after this
          RFC 3339 time.
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

    async def retrieve(
        self,
        *,
        index_id: str,
        video_id: str,
        embedding_option: Literal["visual-text", "audio"] | Sequence[Literal["visual-text", "audio"]] | None = None,
        transcription: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.VideosRetrieveResponse:
        """Retrieve a video.

        `GET /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `embedding_option`: Kinds of embeddings to return; none if left out, unlike `embed.tasks.retrieve`. Not empty.
        - `transcription`: Whether to return the spoken words.
        """
        return await self._client.call(
            "indexes.videos.retrieve",
            Answer[_api.models.VideosRetrieveResponse],
            path={"index_id": index_id, "video_id": video_id},
            query={"embedding_option": embedding_option, "transcription": transcription},
            options=request_options,
        )

    async def update(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Set the user metadata of a video.

        `PUT /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The user metadata to set.
        """
        return await self._client.call_none(
            "indexes.videos.update",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )

    async def delete(self, *, index_id: str, video_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a video.

        `DELETE /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        """
        return await self._client.call_none(
            "indexes.videos.delete", path={"index_id": index_id, "video_id": video_id}, options=request_options
        )

    async def list(
        self,
        *,
        index_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        filename: str | None = None,
        duration: float | None = None,
        fps: float | None = None,
        width: float | None = None,
        height: int | None = None,
        size: float | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.VideoVector, _api.models.VideosListResponse]:
        """List the videos of an index.

        `GET /indexes/{index_id}/videos`

        - `index_id`: Identifier of the index. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `filename`: Keep only videos with this file name.
        - `duration`: Keep only videos of this duration, in seconds.
        - `fps`: Keep only videos with this frame rate, in frames per second.
        - `width`: Keep only videos of this width, in pixels.
        - `height`: Keep only videos of this height, in pixels.
        - `size`: Keep only videos of this file size, in bytes.
        - `created_at`: Keep only videos whose indexing task was created at or after this RFC 3339 time.
        - `updated_at`: Keep only videos whose metadata was set through `indexes.videos.update` (PUT) at or after this
          RFC 3339 time.
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
