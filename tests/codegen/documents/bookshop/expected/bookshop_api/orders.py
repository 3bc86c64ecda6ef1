# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Methods under `client.orders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bookshop_api as _api
from apicontract.client import Answer, AsyncResource, Callback, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncOrders",
    "Order",
    "Orders",
]

if TYPE_CHECKING:
    from bookshop_api.models import Order
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")


class Orders(SyncResource):
    """Methods under `client.orders`."""

    def retrieve(self, *, id: str, request_options: RequestOptions | None = None) -> _api.models.Order:
        """Retrieve an order.

        `GET /orders/{id}`

        - `id`: Identifier of the book. Not empty.
        """
        return self._client.call("orders.retrieve", Answer[_api.models.Order], path={"id": id}, options=request_options)

    def wait(
        self,
        *,
        id: str,
        sleep_interval: float = 0.5,
        timeout: float | None = None,
        callback: Callback[_api.models.Order] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Order:
        """Retrieve an order, repeatedly until the job has ended.

        `GET /orders/{id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `id`: Identifier of the book. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 0.5.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return self._client.wait(
            "orders.retrieve",
            Answer[_api.models.Order],
            path={"id": id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )


class AsyncOrders(AsyncResource):
    """Methods under `client.orders`."""

    async def retrieve(self, *, id: str, request_options: RequestOptions | None = None) -> _api.models.Order:
        """Retrieve an order.

        `GET /orders/{id}`

        - `id`: Identifier of the book. Not empty.
        """
        return await self._client.call(
            "orders.retrieve", Answer[_api.models.Order], path={"id": id}, options=request_options
        )

    async def wait(
        self,
        *,
        id: str,
        sleep_interval: float = 0.5,
        timeout: float | None = None,
        callback: Callback[_api.models.Order] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.Order:
        """Retrieve an order, repeatedly until the job has ended.

        `GET /orders/{id}`

        Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if it did
        not end in time; both have the last response as `answer`.

        - `id`: Identifier of the book. Not empty.
        - `sleep_interval`: Seconds before the status is requested again; later waits are longer, up to six times that.
          Above 0, default 0.5.
        - `timeout`: Seconds until `JobTimeout`; `None` waits for ever. Above 0.
        - `callback`: Called with each response, including the last; the asynchronous client awaits its result if it is
          awaitable.
        """
        return await self._client.wait(
            "orders.retrieve",
            Answer[_api.models.Order],
            path={"id": id},
            waiting={"sleep_interval": sleep_interval, "timeout": timeout, "callback": callback},
            options=request_options,
        )
