# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.analyze_async.tasks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, Callback, RequestOptions, SyncResource, on_demand

__all__ = [
    "AnalyzeImageInput",
    "AnalyzePromptV2",
    "AnalyzeTaskResponse",
    "AnalyzeTasksListResponse",
    "AsyncResponseFormat",
    "AsyncTasks",
    "CancelAnalyzeTaskResponse",
    "CreateAnalyzeTaskResponse",
    "Tasks",
    "VideoContextAsset",
    "VideoContextBase64",
    "VideoContextUrl",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AnalyzeImageInput,
        AnalyzePromptV2,
        AnalyzeTaskResponse,
        AnalyzeTasksListResponse,
        AsyncResponseFormat,
        CancelAnalyzeTaskResponse,
        CreateAnalyzeTaskResponse,
        VideoContextAsset,
        VideoContextBase64,
        VideoContextUrl,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Tasks(SyncResource):
    """Methods under `client.analyze_async.tasks`."""

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        status: Literal["queued", "pending", "processing", "ready", "failed", "canceled"] | None = None,
        video_url: str | None = None,
        asset_id: str | None = None,
        analysis_mode: Literal["general", "time_based_metadata"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeTasksListResponse:
        """List analysis tasks.

        `GET /analyze/tasks`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `status`: Only tasks with this status.
        - `video_url`: Only tasks about the video at exactly this URL.
        - `asset_id`: Only tasks about this asset. Not empty.
        - `analysis_mode`: Only tasks of this mode.
        """
        return self._client.call(
            "analyze_async.tasks.list",
            Answer[_api.models.AnalyzeTasksListResponse],
            query={
                "page": page,
                "page_limit": page_limit,
                "status": status,
                "video_url": video_url,
                "asset_id": asset_id,
                "analysis_mode": analysis_mode,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        custom_id: str | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        analysis_mode: Literal["general", "time_based_metadata"] | None = None,
        temperature: float | None = None,
        max_tokens: int | Literal["unlimited"] | None = None,
        response_format: _api.models.AsyncResponseFormat | Mapping[str, object] | None = None,
        min_segment_duration: float | None = None,
        max_segment_duration: float | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAnalyzeTaskResponse:
        """Start an analysis of a video or images.

        `POST /analyze/tasks`

        - `model_name`: Model that analyses. Default `pegasus1.5`.
        - `custom_id`: The user's own name for the task, 1 to 64 letters, digits, hyphens and underscores.
        - `video`: The video, at most two hours long, or at most four hours when a part of it is analysed.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images; for the mode `general`.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`; for the mode `general`, and with a
          video only.
        - `analysis_mode`: What to make: a text that answers a prompt (`general`), or segments of the video with facts
          about each (`time_based_metadata`). Default `general`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `max_tokens`: Longest text to generate, in tokens; 4,096 if left out.
        - `response_format`: Form of the result; a text without a form if left out.
        - `min_segment_duration`: Shortest segment to make, in seconds. At least 2.
        - `max_segment_duration`: Longest segment to make, in seconds, at least `min_segment_duration`. At least 2.
        - `start_time`: Start of the part of the video to analyse, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to analyse, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return self._client.call(
            "analyze_async.tasks.create",
            Answer[_api.models.CreateAnalyzeTaskResponse],
            body={
                "model_name": model_name,
                "custom_id": custom_id,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "analysis_mode": analysis_mode,
                "temperature": temperature,
                "max_tokens": max_tokens,
                "response_format": response_format,
                "min_segment_duration": min_segment_duration,
                "max_segment_duration": max_segment_duration,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )

    def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeTaskResponse:
        """Retrieve an analysis task.

        `GET /analyze/tasks/{task_id}`

        - `task_id`: Identifier of the analysis task. Not empty.
        """
        return self._client.call(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeTaskResponse:
        """Retrieve an analysis task, repeatedly until the job has ended.

        `GET /analyze/tasks/{task_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `task_id`: Identifier of the analysis task. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def wait_for_all(
        self,
        *,
        task_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AnalyzeTaskResponse]:
        """Retrieve an analysis task, for several jobs in one loop until all have ended.

        `GET /analyze/tasks/{task_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `task_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait_for_all(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            jobs=task_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def delete(self, *, task_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an analysis task.

        `DELETE /analyze/tasks/{task_id}`

        - `task_id`: Identifier of the analysis task. Not empty.
        """
        return self._client.call_none("analyze_async.tasks.delete", path={"task_id": task_id}, options=request_options)

    def cancel(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.CancelAnalyzeTaskResponse:
        """Cancel an analysis task.

        `POST /analyze/tasks/{task_id}/cancel`

        - `task_id`: Identifier of the analysis task.
        """
        return self._client.call(
            "analyze_async.tasks.cancel",
            Answer[_api.models.CancelAnalyzeTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )


class AsyncTasks(AsyncResource):
    """Methods under `client.analyze_async.tasks`."""

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        status: Literal["queued", "pending", "processing", "ready", "failed", "canceled"] | None = None,
        video_url: str | None = None,
        asset_id: str | None = None,
        analysis_mode: Literal["general", "time_based_metadata"] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeTasksListResponse:
        """List analysis tasks.

        `GET /analyze/tasks`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `status`: Only tasks with this status.
        - `video_url`: Only tasks about the video at exactly this URL.
        - `asset_id`: Only tasks about this asset. Not empty.
        - `analysis_mode`: Only tasks of this mode.
        """
        return await self._client.call(
            "analyze_async.tasks.list",
            Answer[_api.models.AnalyzeTasksListResponse],
            query={
                "page": page,
                "page_limit": page_limit,
                "status": status,
                "video_url": video_url,
                "asset_id": asset_id,
                "analysis_mode": analysis_mode,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        custom_id: str | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        analysis_mode: Literal["general", "time_based_metadata"] | None = None,
        temperature: float | None = None,
        max_tokens: int | Literal["unlimited"] | None = None,
        response_format: _api.models.AsyncResponseFormat | Mapping[str, object] | None = None,
        min_segment_duration: float | None = None,
        max_segment_duration: float | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAnalyzeTaskResponse:
        """Start an analysis of a video or images.

        `POST /analyze/tasks`

        - `model_name`: Model that analyses. Default `pegasus1.5`.
        - `custom_id`: The user's own name for the task, 1 to 64 letters, digits, hyphens and underscores.
        - `video`: The video, at most two hours long, or at most four hours when a part of it is analysed.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images; for the mode `general`.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`; for the mode `general`, and with a
          video only.
        - `analysis_mode`: What to make: a text that answers a prompt (`general`), or segments of the video with facts
          about each (`time_based_metadata`). Default `general`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `max_tokens`: Longest text to generate, in tokens; 4,096 if left out.
        - `response_format`: Form of the result; a text without a form if left out.
        - `min_segment_duration`: Shortest segment to make, in seconds. At least 2.
        - `max_segment_duration`: Longest segment to make, in seconds, at least `min_segment_duration`. At least 2.
        - `start_time`: Start of the part of the video to analyse, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to analyse, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return await self._client.call(
            "analyze_async.tasks.create",
            Answer[_api.models.CreateAnalyzeTaskResponse],
            body={
                "model_name": model_name,
                "custom_id": custom_id,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "analysis_mode": analysis_mode,
                "temperature": temperature,
                "max_tokens": max_tokens,
                "response_format": response_format,
                "min_segment_duration": min_segment_duration,
                "max_segment_duration": max_segment_duration,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )

    async def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeTaskResponse:
        """Retrieve an analysis task.

        `GET /analyze/tasks/{task_id}`

        - `task_id`: Identifier of the analysis task. Not empty.
        """
        return await self._client.call(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeTaskResponse:
        """Retrieve an analysis task, repeatedly until the job has ended.

        `GET /analyze/tasks/{task_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `task_id`: Identifier of the analysis task. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            path={"task_id": task_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def wait_for_all(
        self,
        *,
        task_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AnalyzeTaskResponse]:
        """Retrieve an analysis task, for several jobs in one loop until all have ended.

        `GET /analyze/tasks/{task_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `task_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait_for_all(
            "analyze_async.tasks.retrieve",
            Answer[_api.models.AnalyzeTaskResponse],
            jobs=task_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def delete(self, *, task_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete an analysis task.

        `DELETE /analyze/tasks/{task_id}`

        - `task_id`: Identifier of the analysis task. Not empty.
        """
        return await self._client.call_none(
            "analyze_async.tasks.delete", path={"task_id": task_id}, options=request_options
        )

    async def cancel(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.CancelAnalyzeTaskResponse:
        """Cancel an analysis task.

        `POST /analyze/tasks/{task_id}/cancel`

        - `task_id`: Identifier of the analysis task.
        """
        return await self._client.call(
            "analyze_async.tasks.cancel",
            Answer[_api.models.CancelAnalyzeTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )
