# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.imports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, Callback, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncImports",
    "ImportDetail",
    "ImportFilesRequestItemsItem",
    "ImportResult",
    "Imports",
    "ListImportsResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import ImportDetail, ImportFilesRequestItemsItem, ImportResult, ListImportsResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Imports(SyncResource):
    """Methods under `client.imports`."""

    def list_imports(
        self,
        *,
        connection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ListImportsResponse:
        """List imports of a connection.

        `GET /connections/{connection_id}/imports`

        - `connection_id`: Identifier of the connection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.call(
            "imports.list_imports",
            Answer[_api.models.ListImportsResponse],
            path={"connection_id": connection_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def import_files(
        self,
        *,
        connection_id: str,
        items: Sequence[_api.models.ImportFilesRequestItemsItem | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.ImportResult:
        """Import files through a connection.

        `POST /connections/{connection_id}/imports`

        - `connection_id`: Identifier of the connection. Not empty.
        - `items`: One entry for each file, none of them twice. 1 to 100 items, no duplicates.
        """
        return self._client.call(
            "imports.import_files",
            Answer[_api.models.ImportResult],
            path={"connection_id": connection_id},
            body={"items": items},
            options=request_options,
        )

    def retrieve_import(
        self, *, connection_id: str, import_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.ImportDetail:
        """Retrieve an import.

        `GET /connections/{connection_id}/imports/{import_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_id`: Identifier of the import. Not empty.
        """
        return self._client.call(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id, "import_id": import_id},
            options=request_options,
        )

    def wait_for_done(
        self,
        *,
        connection_id: str,
        import_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.ImportDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ImportDetail:
        """Retrieve an import, repeatedly until the job has ended.

        `GET /connections/{connection_id}/imports/{import_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_id`: Identifier of the import. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id, "import_id": import_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    def wait_for_all(
        self,
        *,
        connection_id: str,
        import_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.ImportDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.ImportDetail]:
        """Retrieve an import, for several jobs in one loop until all have ended.

        `GET /connections/{connection_id}/imports/{import_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait_for_all(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id},
            jobs=import_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )


class AsyncImports(AsyncResource):
    """Methods under `client.imports`."""

    async def list_imports(
        self,
        *,
        connection_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ListImportsResponse:
        """List imports of a connection.

        `GET /connections/{connection_id}/imports`

        - `connection_id`: Identifier of the connection. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.call(
            "imports.list_imports",
            Answer[_api.models.ListImportsResponse],
            path={"connection_id": connection_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def import_files(
        self,
        *,
        connection_id: str,
        items: Sequence[_api.models.ImportFilesRequestItemsItem | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.ImportResult:
        """Import files through a connection.

        `POST /connections/{connection_id}/imports`

        - `connection_id`: Identifier of the connection. Not empty.
        - `items`: One entry for each file, none of them twice. 1 to 100 items, no duplicates.
        """
        return await self._client.call(
            "imports.import_files",
            Answer[_api.models.ImportResult],
            path={"connection_id": connection_id},
            body={"items": items},
            options=request_options,
        )

    async def retrieve_import(
        self, *, connection_id: str, import_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.ImportDetail:
        """Retrieve an import.

        `GET /connections/{connection_id}/imports/{import_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_id`: Identifier of the import. Not empty.
        """
        return await self._client.call(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id, "import_id": import_id},
            options=request_options,
        )

    async def wait_for_done(
        self,
        *,
        connection_id: str,
        import_id: str,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.ImportDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ImportDetail:
        """Retrieve an import, repeatedly until the job has ended.

        `GET /connections/{connection_id}/imports/{import_id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_id`: Identifier of the import. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id, "import_id": import_id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )

    async def wait_for_all(
        self,
        *,
        connection_id: str,
        import_ids: Sequence[str],
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        callback: Callback[_api.models.ImportDetail] | None = None,
        request_options: RequestOptions | None = None,
    ) -> dict[str, _api.models.ImportDetail]:
        """Retrieve an import, for several jobs in one loop until all have ended.

        `GET /connections/{connection_id}/imports/{import_id}`

        Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`,
        once all have ended, if any of them failed, timed out or could not be polled; it has the results of the others
        too.

        - `connection_id`: Identifier of the connection. Not empty.
        - `import_ids`: Identifiers of the jobs.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 5.0.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait_for_all(
            "imports.retrieve_import",
            Answer[_api.models.ImportDetail],
            path={"connection_id": connection_id},
            jobs=import_ids,
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )
