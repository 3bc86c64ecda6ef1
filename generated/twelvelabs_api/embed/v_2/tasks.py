# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.embed.v_2.tasks`."""

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
    "AsyncAudioInputRequest",
    "AsyncDocumentInputRequest",
    "AsyncImageInputRequest",
    "AsyncTasks",
    "AsyncVideoInputRequest",
    "EmbedV2TasksCreateResponse",
    "EmbedV2TasksListResponse",
    "EmbeddingTaskResponse",
    "MediaEmbeddingTask",
    "Tasks",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AsyncAudioInputRequest,
        AsyncDocumentInputRequest,
        AsyncImageInputRequest,
        AsyncVideoInputRequest,
        EmbeddingTaskResponse,
        EmbedV2TasksCreateResponse,
        EmbedV2TasksListResponse,
        MediaEmbeddingTask,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Tasks(SyncResource):
    """Methods under `client.embed.v_2.tasks`."""

    def list(
        self,
        *,
        started_at: str | None = None,
        ended_at: str | None = None,
        status: Literal["processing", "ready", "failed"] | None = None,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.MediaEmbeddingTask, _api.models.EmbedV2TasksListResponse]:
        """List embedding tasks.

        `GET /embed-v2/tasks`

        - `started_at`: Only tasks created after this time; RFC 3339.
        - `ended_at`: Only tasks created before this time; RFC 3339.
        - `status`: Only tasks in this status.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "embed.v_2.tasks.list",
            Answer[_api.models.EmbedV2TasksListResponse],
            Answer[_api.models.MediaEmbeddingTask],
            query={
                "started_at": started_at,
                "ended_at": ended_at,
                "status": status,
                "page": page,
                "page_limit": page_limit,
            },
            options=request_options,
        )

    def create(
        self,
        *,
        input_type: Literal["audio", "video", "document", "image"],
        model_name: Literal["marengo3.0", "marengo3.5"],
        embedding_uncertainty: bool | None = None,
        embedding_dimension: Literal[128, 256, 512] | None = None,
        audio: _api.models.AsyncAudioInputRequest | Mapping[str, object] | None = None,
        video: _api.models.AsyncVideoInputRequest | Mapping[str, object] | None = None,
        document: _api.models.AsyncDocumentInputRequest | Mapping[str, object] | None = None,
        image: _api.models.AsyncImageInputRequest | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedV2TasksCreateResponse:
        """Start embedding a file.

        `POST /embed-v2/tasks`

        - `input_type`: Kind of the file, which is also the name of the field that holds it.
        - `model_name`: Model that makes the embeddings.
        - `embedding_uncertainty`: Whether each vector comes with one of its uncertainty. Default `false`.
        - `embedding_dimension`: How many numbers each vector has. Default 512.
        - `audio`: The file, if `input_type` is `audio`.
        - `video`: The file, if `input_type` is `video`.
        - `document`: The file, if `input_type` is `document`.
        - `image`: The file, if `input_type` is `image`.
        """
        return self._client.call(
            "embed.v_2.tasks.create",
            Answer[_api.models.EmbedV2TasksCreateResponse],
            body={
                "input_type": input_type,
                "model_name": model_name,
                "embedding_uncertainty": embedding_uncertainty,
                "embedding_dimension": embedding_dimension,
                "audio": audio,
                "video": video,
                "document": document,
                "image": image,
            },
            options=request_options,
        )

    def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EmbeddingTaskResponse:
        """Retrieve an embedding task and its embeddings.

        `GET /embed-v2/tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return self._client.call(
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.EmbeddingTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingTaskResponse:
        """Retrieve an embedding task and its embeddings, repeatedly until the job has ended.

        `GET /embed-v2/tasks/{task_id}`

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
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
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
        callback: Callback[_api.models.EmbeddingTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.EmbeddingTaskResponse]:
        """Retrieve an embedding task and its embeddings, for several jobs in one loop until all have ended.

        `GET /embed-v2/tasks/{task_id}`

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
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
            jobs=task_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )


class AsyncTasks(AsyncResource):
    """Methods under `client.embed.v_2.tasks`."""

    async def list(
        self,
        *,
        started_at: str | None = None,
        ended_at: str | None = None,
        status: Literal["processing", "ready", "failed"] | None = None,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.MediaEmbeddingTask, _api.models.EmbedV2TasksListResponse]:
        """List embedding tasks.

        `GET /embed-v2/tasks`

        - `started_at`: Only tasks created after this time; RFC 3339.
        - `ended_at`: Only tasks created before this time; RFC 3339.
        - `status`: Only tasks in this status.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "embed.v_2.tasks.list",
            Answer[_api.models.EmbedV2TasksListResponse],
            Answer[_api.models.MediaEmbeddingTask],
            query={
                "started_at": started_at,
                "ended_at": ended_at,
                "status": status,
                "page": page,
                "page_limit": page_limit,
            },
            options=request_options,
        )

    async def create(
        self,
        *,
        input_type: Literal["audio", "video", "document", "image"],
        model_name: Literal["marengo3.0", "marengo3.5"],
        embedding_uncertainty: bool | None = None,
        embedding_dimension: Literal[128, 256, 512] | None = None,
        audio: _api.models.AsyncAudioInputRequest | Mapping[str, object] | None = None,
        video: _api.models.AsyncVideoInputRequest | Mapping[str, object] | None = None,
        document: _api.models.AsyncDocumentInputRequest | Mapping[str, object] | None = None,
        image: _api.models.AsyncImageInputRequest | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbedV2TasksCreateResponse:
        """Start embedding a file.

        `POST /embed-v2/tasks`

        - `input_type`: Kind of the file, which is also the name of the field that holds it.
        - `model_name`: Model that makes the embeddings.
        - `embedding_uncertainty`: Whether each vector comes with one of its uncertainty. Default `false`.
        - `embedding_dimension`: How many numbers each vector has. Default 512.
        - `audio`: The file, if `input_type` is `audio`.
        - `video`: The file, if `input_type` is `video`.
        - `document`: The file, if `input_type` is `document`.
        - `image`: The file, if `input_type` is `image`.
        """
        return await self._client.call(
            "embed.v_2.tasks.create",
            Answer[_api.models.EmbedV2TasksCreateResponse],
            body={
                "input_type": input_type,
                "model_name": model_name,
                "embedding_uncertainty": embedding_uncertainty,
                "embedding_dimension": embedding_dimension,
                "audio": audio,
                "video": video,
                "document": document,
                "image": image,
            },
            options=request_options,
        )

    async def retrieve(
        self, *, task_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.EmbeddingTaskResponse:
        """Retrieve an embedding task and its embeddings.

        `GET /embed-v2/tasks/{task_id}`

        - `task_id`: Identifier of the task. Not empty.
        """
        return await self._client.call(
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
            path={"task_id": task_id},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        task_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.EmbeddingTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingTaskResponse:
        """Retrieve an embedding task and its embeddings, repeatedly until the job has ended.

        `GET /embed-v2/tasks/{task_id}`

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
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
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
        callback: Callback[_api.models.EmbeddingTaskResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.EmbeddingTaskResponse]:
        """Retrieve an embedding task and its embeddings, for several jobs in one loop until all have ended.

        `GET /embed-v2/tasks/{task_id}`

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
            "embed.v_2.tasks.retrieve",
            Answer[_api.models.EmbeddingTaskResponse],
            jobs=task_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )
