# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.tasks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import twelvelabs_api_2025_08 as _api
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
from twelvelabs_api_2025_08.tasks.transfers import AsyncTransfers, Transfers

__all__ = [
    "AsyncTasks",
    "Tasks",
    "TasksCreateResponse",
    "TasksListResponse",
    "TasksRetrieveResponse",
    "VideoIndexingTask",
]

if TYPE_CHECKING:
    from twelvelabs_api_2025_08.models import (
        TasksCreateResponse,
        TasksListResponse,
        TasksRetrieveResponse,
        VideoIndexingTask,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")


class Tasks(SyncResource):
    """Methods under `client.tasks`."""

    @cached_property
    def transfers(self) -> Transfers:
        """Methods under `client.tasks.transfers`."""
        return Transfers(self._client)

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        index_id: str | None = None,
        status: Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"]
        | Sequence[Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"]]
        | None = None,
        filename: str | None = None,
        duration: float | None = None,
        width: int | None = None,
        height: int | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.VideoIndexingTask, _api.models.TasksListResponse]:
        """List indexing tasks.

        `GET /tasks`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `index_id`: Only tasks of this index. Not empty.
        - `status`: Only tasks in one of these statuses; the parameter is repeated for each. Not empty.
        - `filename`: Only tasks whose video has this file name.
        - `duration`: Only tasks whose video lasts this long, in seconds.
        - `width`: Only tasks whose video has this width, in pixels.
        - `height`: Only tasks whose video has this height, in pixels.
        - `created_at`: Only tasks created on this date, at or after this time; RFC 3339.
        - `updated_at`: Only tasks last updated on this date, at or after this time; RFC 3339.
        """
        return self._client.pages(
            "tasks.list",
            Answer[_api.models.TasksListResponse],
            Answer[_api.models.VideoIndexingTask],
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "index_id": index_id,
                "status": status,
                "filename": filename,
                "duration": duration,
                "width": width,
                "height": height,
                "created_at": created_at,
                "updated_at": updated_at,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        index_id: str,
        video_file: FileInput | None = None,
        video_url: str | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TasksCreateResponse:
        """Upload and index a video.

        `POST /tasks`

        - `index_id`: Index that receives the video. Not empty.
        - `video_file`: The video itself, uploaded with the request.
        - `video_url`: Public URL of the raw video file; pages that only show a video, and share links, are rejected.
        - `enable_video_stream`: Whether the platform keeps the video for HLS streaming, so that
          `indexes.videos.retrieve` returns its `hls` URLs.
        - `user_metadata`: Your own keys and values for the video, as the JSON text of a flat object.
        """
        return self._client.call(
            "tasks.create",
            Answer[_api.models.TasksCreateResponse],
            body={
                "index_id": index_id,
                "video_file": video_file,
                "video_url": video_url,
                "enable_video_stream": enable_video_stream,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TasksRetrieveResponse:
        """Retrieve an indexing task.

        `GET /tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return self._client.call(
            "tasks.retrieve",
            Answer[_api.models.TasksRetrieveResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.TasksRetrieveResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TasksRetrieveResponse:
        """Retrieve an indexing task, repeatedly until the job has ended.

        `GET /tasks/{task_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `task_id`: Identifier of the task. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "tasks.retrieve",
            Answer[_api.models.TasksRetrieveResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def delete(self, *, task_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an indexing task.

        `DELETE /tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return self._client.call_none("tasks.delete", path={"task_id": task_id}, options=request_options)


class AsyncTasks(AsyncResource):
    """Methods under `client.tasks`."""

    @cached_property
    def transfers(self) -> AsyncTransfers:
        """Methods under `client.tasks.transfers`."""
        return AsyncTransfers(self._client)

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: Literal["updated_at", "created_at"] | None = None,
        sort_option: Literal["asc", "desc"] | None = None,
        index_id: str | None = None,
        status: Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"]
        | Sequence[Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"]]
        | None = None,
        filename: str | None = None,
        duration: float | None = None,
        width: int | None = None,
        height: int | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.VideoIndexingTask, _api.models.TasksListResponse]:
        """List indexing tasks.

        `GET /tasks`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `sort_by`: Timestamp that decides the order of the items. Default `created_at`.
        - `sort_option`: Direction of the order, `asc` for the oldest first and `desc` for the newest first. Default
          `desc`.
        - `index_id`: Only tasks of this index. Not empty.
        - `status`: Only tasks in one of these statuses; the parameter is repeated for each. Not empty.
        - `filename`: Only tasks whose video has this file name.
        - `duration`: Only tasks whose video lasts this long, in seconds.
        - `width`: Only tasks whose video has this width, in pixels.
        - `height`: Only tasks whose video has this height, in pixels.
        - `created_at`: Only tasks created on this date, at or after this time; RFC 3339.
        - `updated_at`: Only tasks last updated on this date, at or after this time; RFC 3339.
        """
        return await self._client.pages(
            "tasks.list",
            Answer[_api.models.TasksListResponse],
            Answer[_api.models.VideoIndexingTask],
            query={
                "page": page,
                "page_limit": page_limit,
                "sort_by": sort_by,
                "sort_option": sort_option,
                "index_id": index_id,
                "status": status,
                "filename": filename,
                "duration": duration,
                "width": width,
                "height": height,
                "created_at": created_at,
                "updated_at": updated_at,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        index_id: str,
        video_file: FileInput | None = None,
        video_url: str | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TasksCreateResponse:
        """Upload and index a video.

        `POST /tasks`

        - `index_id`: Index that receives the video. Not empty.
        - `video_file`: The video itself, uploaded with the request.
        - `video_url`: Public URL of the raw video file; pages that only show a video, and share links, are rejected.
        - `enable_video_stream`: Whether the platform keeps the video for HLS streaming, so that
          `indexes.videos.retrieve` returns its `hls` URLs.
        - `user_metadata`: Your own keys and values for the video, as the JSON text of a flat object.
        """
        return await self._client.call(
            "tasks.create",
            Answer[_api.models.TasksCreateResponse],
            body={
                "index_id": index_id,
                "video_file": video_file,
                "video_url": video_url,
                "enable_video_stream": enable_video_stream,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    async def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TasksRetrieveResponse:
        """Retrieve an indexing task.

        `GET /tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return await self._client.call(
            "tasks.retrieve",
            Answer[_api.models.TasksRetrieveResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.TasksRetrieveResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TasksRetrieveResponse:
        """Retrieve an indexing task, repeatedly until the job has ended.

        `GET /tasks/{task_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `task_id`: Identifier of the task. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "tasks.retrieve",
            Answer[_api.models.TasksRetrieveResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def delete(self, *, task_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an indexing task.

        `DELETE /tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return await self._client.call_none("tasks.delete", path={"task_id": task_id}, options=request_options)
