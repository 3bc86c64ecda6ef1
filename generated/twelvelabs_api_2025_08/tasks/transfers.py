# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.tasks.transfers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import twelvelabs_api_2025_08 as _api
from apicontract.client import Answer, AsyncResource, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncTransfers",
    "Transfers",
    "TransfersCreateResponse",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api_2025_08.models import (
        TransfersCreateResponse,
        TransfersGetLogsResponse,
        TransfersGetStatusResponse,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")


class Transfers(SyncResource):
    """Methods under `client.tasks.transfers`."""

    def create(
        self,
        *,
        integration_id: str,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TransfersCreateResponse:
        """Import videos from an integration.

        `POST /tasks/transfers/import/{integration_id}`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        - `index_id`: Index that receives the videos. Not empty.
        - `incremental_import`: Skip files that the index already holds; `false` imports every file, duplicates too.
          Default `true`.
        - `retry_failed`: Also try files again that failed in an earlier import. Default `false`.
        - `user_metadata`: Your own keys and values, set on every video of this import.
        """
        return self._client.call(
            "tasks.transfers.create",
            Answer[_api.models.TransfersCreateResponse],
            path={"integration_id": integration_id},
            body={
                "index_id": index_id,
                "incremental_import": incremental_import,
                "retry_failed": retry_failed,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    def get_status(
        self, *, integration_id: str, index_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TransfersGetStatusResponse:
        """Retrieve the status of imported videos.

        `GET /tasks/transfers/import/{integration_id}/status`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        - `index_id`: Index that the videos are imported into. Not empty.
        """
        return self._client.call(
            "tasks.transfers.get_status",
            Answer[_api.models.TransfersGetStatusResponse],
            path={"integration_id": integration_id},
            query={"index_id": index_id},
            options=request_options,
        )

    def get_logs(
        self, *, integration_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TransfersGetLogsResponse:
        """List the imports of an integration.

        `GET /tasks/transfers/import/{integration_id}/logs`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        """
        return self._client.call(
            "tasks.transfers.get_logs",
            Answer[_api.models.TransfersGetLogsResponse],
            path={"integration_id": integration_id},
            options=request_options,
        )


class AsyncTransfers(AsyncResource):
    """Methods under `client.tasks.transfers`."""

    async def create(
        self,
        *,
        integration_id: str,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: Mapping[str, str | float | bool] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.TransfersCreateResponse:
        """Import videos from an integration.

        `POST /tasks/transfers/import/{integration_id}`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        - `index_id`: Index that receives the videos. Not empty.
        - `incremental_import`: Skip files that the index already holds; `false` imports every file, duplicates too.
          Default `true`.
        - `retry_failed`: Also try files again that failed in an earlier import. Default `false`.
        - `user_metadata`: Your own keys and values, set on every video of this import.
        """
        return await self._client.call(
            "tasks.transfers.create",
            Answer[_api.models.TransfersCreateResponse],
            path={"integration_id": integration_id},
            body={
                "index_id": index_id,
                "incremental_import": incremental_import,
                "retry_failed": retry_failed,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    async def get_status(
        self, *, integration_id: str, index_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TransfersGetStatusResponse:
        """Retrieve the status of imported videos.

        `GET /tasks/transfers/import/{integration_id}/status`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        - `index_id`: Index that the videos are imported into. Not empty.
        """
        return await self._client.call(
            "tasks.transfers.get_status",
            Answer[_api.models.TransfersGetStatusResponse],
            path={"integration_id": integration_id},
            query={"index_id": index_id},
            options=request_options,
        )

    async def get_logs(
        self, *, integration_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.TransfersGetLogsResponse:
        """List the imports of an integration.

        `GET /tasks/transfers/import/{integration_id}/logs`

        - `integration_id`: Identifier of a cloud storage integration that was set up beforehand in the vendor's
          dashboard. Not empty.
        """
        return await self._client.call(
            "tasks.transfers.get_logs",
            Answer[_api.models.TransfersGetLogsResponse],
            path={"integration_id": integration_id},
            options=request_options,
        )
