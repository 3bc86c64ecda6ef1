# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.analyze_async.batches`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    AsyncStream,
    Callback,
    Pager,
    RequestOptions,
    Stream,
    SyncResource,
    on_demand,
)

__all__ = [
    "AnalyzeBatchDefaults",
    "AnalyzeBatchItemRequest",
    "AnalyzeBatchResultItem",
    "AnalyzeBatchStatusResponse",
    "AnalyzeBatchesListResponse",
    "AsyncBatches",
    "Batches",
    "CreateAnalyzeBatchResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AnalyzeBatchDefaults,
        AnalyzeBatchesListResponse,
        AnalyzeBatchItemRequest,
        AnalyzeBatchResultItem,
        AnalyzeBatchStatusResponse,
        CreateAnalyzeBatchResponse,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Batches(SyncResource):
    """Methods under `client.analyze_async.batches`."""

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        status: Literal["pending", "processing", "canceling", "canceled", "completed", "expired"]
        | Sequence[Literal["pending", "processing", "canceling", "canceled", "completed", "expired"]]
        | None = None,
        analysis_mode: Literal["general", "time_based_metadata"]
        | Sequence[Literal["general", "time_based_metadata"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.AnalyzeBatchStatusResponse, _api.models.AnalyzeBatchesListResponse]:
        """List batches.

        `GET /analyze/batches`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `status`: Only batches with one of these statuses. Not empty.
        - `analysis_mode`: Only batches of one of these modes. Not empty.
        """
        return self._client.pages(
            "analyze_async.batches.list",
            Answer[_api.models.AnalyzeBatchesListResponse],
            Answer[_api.models.AnalyzeBatchStatusResponse],
            query={"page": page, "page_limit": page_limit, "status": status, "analysis_mode": analysis_mode},
            options=request_options,
        )

    def create(
        self,
        *,
        model_name: Literal["pegasus1.5"],
        analysis_mode: Literal["general", "time_based_metadata"],
        requests: Sequence[_api.models.AnalyzeBatchItemRequest | Mapping[str, object]],
        defaults: _api.models.AnalyzeBatchDefaults | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAnalyzeBatchResponse:
        """Analyse many videos as a batch.

        `POST /analyze/batches`

        - `model_name`: Model for every item.
        - `analysis_mode`: What to make of every video: a text that answers a prompt (`general`), or segments of the
          video with facts about each (`time_based_metadata`).
        - `requests`: The items, at most 2,000 hours of video in all. 1 to 1000 items.
        - `defaults`: What holds for each item that does not say otherwise.
        """
        return self._client.call(
            "analyze_async.batches.create",
            Answer[_api.models.CreateAnalyzeBatchResponse],
            body={"model_name": model_name, "analysis_mode": analysis_mode, "defaults": defaults, "requests": requests},
            options=request_options,
        )

    def retrieve(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Retrieve a batch.

        `GET /analyze/batches/{batch_id}`

        - `batch_id`: Identifier of the batch.
        """
        return self._client.call(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        batch_id: str,
        sleep_interval: float = 30.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeBatchStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Retrieve a batch, repeatedly until the job has ended.

        `GET /analyze/batches/{batch_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `batch_id`: Identifier of the batch.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 30.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def wait_for_all(
        self,
        *,
        batch_ids: Sequence[str],
        sleep_interval: float = 30.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeBatchStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AnalyzeBatchStatusResponse]:
        """Retrieve a batch, for several jobs in one loop until all have ended.

        `GET /analyze/batches/{batch_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `batch_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 30.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait_for_all(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            jobs=batch_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def delete(self, *, batch_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a batch.

        `DELETE /analyze/batches/{batch_id}`

        - `batch_id`: Identifier of the batch.
        """
        return self._client.call_none(
            "analyze_async.batches.delete", path={"batch_id": batch_id}, options=request_options
        )

    def results(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> Stream[_api.models.AnalyzeBatchResultItem]:
        """Retrieve the results of a batch.

        `GET /analyze/batches/{batch_id}/results`

        - `batch_id`: Identifier of the batch.
        """
        return self._client.stream(
            "analyze_async.batches.results",
            Answer[_api.models.AnalyzeBatchResultItem],
            path={"batch_id": batch_id},
            options=request_options,
        )

    def cancel(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Cancel a batch.

        `POST /analyze/batches/{batch_id}/cancel`

        - `batch_id`: Identifier of the batch.
        """
        return self._client.call(
            "analyze_async.batches.cancel",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            options=request_options,
        )


class AsyncBatches(AsyncResource):
    """Methods under `client.analyze_async.batches`."""

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        status: Literal["pending", "processing", "canceling", "canceled", "completed", "expired"]
        | Sequence[Literal["pending", "processing", "canceling", "canceled", "completed", "expired"]]
        | None = None,
        analysis_mode: Literal["general", "time_based_metadata"]
        | Sequence[Literal["general", "time_based_metadata"]]
        | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.AnalyzeBatchStatusResponse, _api.models.AnalyzeBatchesListResponse]:
        """List batches.

        `GET /analyze/batches`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        - `status`: Only batches with one of these statuses. Not empty.
        - `analysis_mode`: Only batches of one of these modes. Not empty.
        """
        return await self._client.pages(
            "analyze_async.batches.list",
            Answer[_api.models.AnalyzeBatchesListResponse],
            Answer[_api.models.AnalyzeBatchStatusResponse],
            query={"page": page, "page_limit": page_limit, "status": status, "analysis_mode": analysis_mode},
            options=request_options,
        )

    async def create(
        self,
        *,
        model_name: Literal["pegasus1.5"],
        analysis_mode: Literal["general", "time_based_metadata"],
        requests: Sequence[_api.models.AnalyzeBatchItemRequest | Mapping[str, object]],
        defaults: _api.models.AnalyzeBatchDefaults | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAnalyzeBatchResponse:
        """Analyse many videos as a batch.

        `POST /analyze/batches`

        - `model_name`: Model for every item.
        - `analysis_mode`: What to make of every video: a text that answers a prompt (`general`), or segments of the
          video with facts about each (`time_based_metadata`).
        - `requests`: The items, at most 2,000 hours of video in all. 1 to 1000 items.
        - `defaults`: What holds for each item that does not say otherwise.
        """
        return await self._client.call(
            "analyze_async.batches.create",
            Answer[_api.models.CreateAnalyzeBatchResponse],
            body={"model_name": model_name, "analysis_mode": analysis_mode, "defaults": defaults, "requests": requests},
            options=request_options,
        )

    async def retrieve(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Retrieve a batch.

        `GET /analyze/batches/{batch_id}`

        - `batch_id`: Identifier of the batch.
        """
        return await self._client.call(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        batch_id: str,
        sleep_interval: float = 30.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeBatchStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Retrieve a batch, repeatedly until the job has ended.

        `GET /analyze/batches/{batch_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `batch_id`: Identifier of the batch.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 30.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def wait_for_all(
        self,
        *,
        batch_ids: Sequence[str],
        sleep_interval: float = 30.0,
        timeout: float | None = None,
        callback: Callback[_api.models.AnalyzeBatchStatusResponse] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.AnalyzeBatchStatusResponse]:
        """Retrieve a batch, for several jobs in one loop until all have ended.

        `GET /analyze/batches/{batch_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `batch_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 30.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait_for_all(
            "analyze_async.batches.retrieve",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            jobs=batch_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def delete(self, *, batch_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a batch.

        `DELETE /analyze/batches/{batch_id}`

        - `batch_id`: Identifier of the batch.
        """
        return await self._client.call_none(
            "analyze_async.batches.delete", path={"batch_id": batch_id}, options=request_options
        )

    async def results(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> AsyncStream[_api.models.AnalyzeBatchResultItem]:
        """Retrieve the results of a batch.

        `GET /analyze/batches/{batch_id}/results`

        - `batch_id`: Identifier of the batch.
        """
        return await self._client.stream(
            "analyze_async.batches.results",
            Answer[_api.models.AnalyzeBatchResultItem],
            path={"batch_id": batch_id},
            options=request_options,
        )

    async def cancel(
        self, *, batch_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.AnalyzeBatchStatusResponse:
        """Cancel a batch.

        `POST /analyze/batches/{batch_id}/cancel`

        - `batch_id`: Identifier of the batch.
        """
        return await self._client.call(
            "analyze_async.batches.cancel",
            Answer[_api.models.AnalyzeBatchStatusResponse],
            path={"batch_id": batch_id},
            options=request_options,
        )
