"""The base classes of groups of operations, which are attributes of a client."""

from __future__ import annotations

from apicontract.client.async_client import AsyncClient
from apicontract.client.sync_client import SyncClient


class SyncResource:
    """The base class of a group of operations."""

    def __init__(self, client: SyncClient) -> None:
        """Take the client that the operations are called through."""
        self._client = client


class AsyncResource:
    """The base class of a group of operations."""

    def __init__(self, client: AsyncClient) -> None:
        """Take the client that the operations are called through."""
        self._client = client
