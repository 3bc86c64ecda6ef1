# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.embed.tasks`."""

from __future__ import annotations

from collections.abc import Sequence
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
    deprecated,
    on_demand,
)

__all__ = [
    "AsyncTasks",
    "EmbedTasksCreateResponse",
    "EmbedTasksListResponse",
    "EmbedTasksRetrieveResponse",
    "EmbedTasksStatusResponse",
    "Tasks",
    "VideoEmbeddingTask",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        EmbedTasksCreateResponse,
        EmbedTasksListResponse,
        EmbedTasksRetrieveResponse,
        EmbedTasksStatusResponse,
        VideoEmbeddingTask,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Tasks(SyncResource):
    """Methods under `client.embed.tasks`."""

    @deprecated("Deprecated: use `embed.v_2.tasks.list`.")
    def list(
        self,
        *,
        started_at: str | None = None,
        ended_at: str | None = None,
        status: Literal["processing", "ready", "failed"] | None = None,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.VideoEmbeddingTask, _api.models.EmbedTasksListResponse]:
        """List video embedding tasks.

        `GET /embed/tasks`

        Deprecated: use `embed.v_2.tasks.list`.

        - `started_at`: Only tasks created after this time; RFC 3339.
        - `ended_at`: Only tasks created before this time; RFC 3339.
        - `status`: Only tasks in this status; one value, unlike the filter of `tasks.list`.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "embed.tasks.list",
            Answer[_api.models.EmbedTasksListResponse],
            Answer[_api.models.VideoEmbeddingTask],
            query={
                "started_at": started_at,
                "ended_at": ended_at,
                "status": status,
                "page": page,
                "page_limit": page_limit,
            },
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.create`.")
    def create(
        self,
        *,
        model_name: str,
        video_file: FileInput | None = None,
        video_url: str | None = None,
        video_start_offset_sec: float | None = None,
        video_end_offset_sec: float | None = None,
        video_clip_length: float | None = None,
        video_embedding_scope: Literal["clip", "video"] | Sequence[Literal["clip", "video"]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksCreateResponse:
        """Upload and embed a video.

        `POST /embed/tasks`

        Deprecated: use `embed.v_2.tasks.create`.

        - `model_name`: Model that makes the embeddings, such as `marengo3.0`.
        - `video_file`: The video itself, uploaded with the request.
        - `video_url`: Public URL of the raw video file; pages that only show a video, and share links, are rejected.
        - `video_start_offset_sec`: Where processing begins, in seconds from the start of the video; at most the
          duration less `video_clip_length`. At least 0.
        - `video_end_offset_sec`: Where processing ends, in seconds from the start of the video; at most the duration,
          and at least `video_start_offset_sec` plus `video_clip_length`. At least 2.
        - `video_clip_length`: Length of a clip in seconds; not longer than the stretch between the two offsets. 2 to
          10, default 6.
        - `video_embedding_scope`: `clip` for a vector per clip, `clip` and `video` for one of the whole video as well.
          1 to 2 items, no duplicates.
        """
        return self._client.call(
            "embed.tasks.create",
            Answer[_api.models.EmbedTasksCreateResponse],
            body={
                "model_name": model_name,
                "video_file": video_file,
                "video_url": video_url,
                "video_start_offset_sec": video_start_offset_sec,
                "video_end_offset_sec": video_end_offset_sec,
                "video_clip_length": video_clip_length,
                "video_embedding_scope": video_embedding_scope,
            },
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.retrieve`.")
    def status(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EmbedTasksStatusResponse:
        """Retrieve the status of a video embedding task.

        `GET /embed/tasks/{task_id}/status`

        Deprecated: use `embed.v_2.tasks.retrieve`.

        - `task_id`: Identifier of the task. Not empty.
        """
        return self._client.call(
            "embed.tasks.status",
            Answer[_api.models.EmbedTasksStatusResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.retrieve`.")
    def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.EmbedTasksStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksStatusResponse:
        """Retrieve the status of a video embedding task, repeatedly until the job has ended.

        `GET /embed/tasks/{task_id}/status`

        Deprecated: use `embed.v_2.tasks.retrieve`.

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
            "embed.tasks.status",
            Answer[_api.models.EmbedTasksStatusResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def retrieve(
        self,
        *,
        task_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksRetrieveResponse:
        """Retrieve the embeddings of a video.

        `GET /embed/tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        - `embedding_option`: Kinds of embeddings to return, `visual`, `audio` or `transcription`; the parameter is
          repeated for each. Not empty, no duplicates.
        """
        return self._client.call(
            "embed.tasks.retrieve",
            Answer[_api.models.EmbedTasksRetrieveResponse],
            path={"task_id": task_id},
            query={"embedding_option": embedding_option},
            options=request_options,
        )


class AsyncTasks(AsyncResource):
    """Methods under `client.embed.tasks`."""

    @deprecated("Deprecated: use `embed.v_2.tasks.list`.")
    async def list(
        self,
        *,
        started_at: str | None = None,
        ended_at: str | None = None,
        status: Literal["processing", "ready", "failed"] | None = None,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.VideoEmbeddingTask, _api.models.EmbedTasksListResponse]:
        """List video embedding tasks.

        `GET /embed/tasks`

        Deprecated: use `embed.v_2.tasks.list`.

        - `started_at`: Only tasks created after this time; RFC 3339.
        - `ended_at`: Only tasks created before this time; RFC 3339.
        - `status`: Only tasks in this status; one value, unlike the filter of `tasks.list`.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "embed.tasks.list",
            Answer[_api.models.EmbedTasksListResponse],
            Answer[_api.models.VideoEmbeddingTask],
            query={
                "started_at": started_at,
                "ended_at": ended_at,
                "status": status,
                "page": page,
                "page_limit": page_limit,
            },
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.create`.")
    async def create(
        self,
        *,
        model_name: str,
        video_file: FileInput | None = None,
        video_url: str | None = None,
        video_start_offset_sec: float | None = None,
        video_end_offset_sec: float | None = None,
        video_clip_length: float | None = None,
        video_embedding_scope: Literal["clip", "video"] | Sequence[Literal["clip", "video"]] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksCreateResponse:
        """Upload and embed a video.

        `POST /embed/tasks`

        Deprecated: use `embed.v_2.tasks.create`.

        - `model_name`: Model that makes the embeddings, such as `marengo3.0`.
        - `video_file`: The video itself, uploaded with the request.
        - `video_url`: Public URL of the raw video file; pages that only show a video, and share links, are rejected.
        - `video_start_offset_sec`: Where processing begins, in seconds from the start of the video; at most the
          duration less `video_clip_length`. At least 0.
        - `video_end_offset_sec`: Where processing ends, in seconds from the start of the video; at most the duration,
          and at least `video_start_offset_sec` plus `video_clip_length`. At least 2.
        - `video_clip_length`: Length of a clip in seconds; not longer than the stretch between the two offsets. 2 to
          10, default 6.
        - `video_embedding_scope`: `clip` for a vector per clip, `clip` and `video` for one of the whole video as well.
          1 to 2 items, no duplicates.
        """
        return await self._client.call(
            "embed.tasks.create",
            Answer[_api.models.EmbedTasksCreateResponse],
            body={
                "model_name": model_name,
                "video_file": video_file,
                "video_url": video_url,
                "video_start_offset_sec": video_start_offset_sec,
                "video_end_offset_sec": video_end_offset_sec,
                "video_clip_length": video_clip_length,
                "video_embedding_scope": video_embedding_scope,
            },
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.retrieve`.")
    async def status(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EmbedTasksStatusResponse:
        """Retrieve the status of a video embedding task.

        `GET /embed/tasks/{task_id}/status`

        Deprecated: use `embed.v_2.tasks.retrieve`.

        - `task_id`: Identifier of the task. Not empty.
        """
        return await self._client.call(
            "embed.tasks.status",
            Answer[_api.models.EmbedTasksStatusResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    @deprecated("Deprecated: use `embed.v_2.tasks.retrieve`.")
    async def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.EmbedTasksStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksStatusResponse:
        """Retrieve the status of a video embedding task, repeatedly until the job has ended.

        `GET /embed/tasks/{task_id}/status`

        Deprecated: use `embed.v_2.tasks.retrieve`.

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
            "embed.tasks.status",
            Answer[_api.models.EmbedTasksStatusResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def retrieve(
        self,
        *,
        task_id: str,
        embedding_option: Literal["visual", "audio", "transcription", "visual-text"]
        | Sequence[Literal["visual", "audio", "transcription", "visual-text"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedTasksRetrieveResponse:
        """Retrieve the embeddings of a video.

        `GET /embed/tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        - `embedding_option`: Kinds of embeddings to return, `visual`, `audio` or `transcription`; the parameter is
          repeated for each. Not empty, no duplicates.
        """
        return await self._client.call(
            "embed.tasks.retrieve",
            Answer[_api.models.EmbedTasksRetrieveResponse],
            path={"task_id": task_id},
            query={"embedding_option": embedding_option},
            options=request_options,
        )
