# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.manage_videos`."""

from __future__ import annotations

from collections.abc import Mapping

from apicontract.client import AsyncResource, RequestOptions, SyncResource

__all__ = [
    "AsyncManageVideos",
    "ManageVideos",
]


class ManageVideos(SyncResource):
    """Methods under `client.manage_videos`."""

    def partial_update_video_information(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change single user metadata keys of a video.

        `PATCH /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return self._client.call_none(
            "manage_videos.partial_update_video_information",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )


class AsyncManageVideos(AsyncResource):
    """Methods under `client.manage_videos`."""

    async def partial_update_video_information(
        self,
        *,
        index_id: str,
        video_id: str,
        user_metadata: Mapping[str, str | float | bool | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> None:
        """Change single user metadata keys of a video.

        `PATCH /indexes/{index_id}/videos/{video_id}`

        - `index_id`: Identifier of the index. Not empty.
        - `video_id`: Identifier of the video inside the index. Not empty.
        - `user_metadata`: The keys to change; null removes a key.
        """
        return await self._client.call_none(
            "manage_videos.partial_update_video_information",
            path={"index_id": index_id, "video_id": video_id},
            body={"user_metadata": user_metadata},
            options=request_options,
        )
