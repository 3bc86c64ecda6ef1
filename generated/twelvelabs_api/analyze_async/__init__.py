# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.analyze_async`."""

from __future__ import annotations

from functools import cached_property

from apicontract.client import AsyncResource, SyncResource
from twelvelabs_api.analyze_async.batches import AsyncBatches, Batches
from twelvelabs_api.analyze_async.tasks import AsyncTasks, Tasks

__all__ = [
    "AnalyzeAsync",
    "AsyncAnalyzeAsync",
]


class AnalyzeAsync(SyncResource):
    """Methods under `client.analyze_async`."""

    @cached_property
    def batches(self) -> Batches:
        """Methods under `client.analyze_async.batches`."""
        return Batches(self._client)

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.analyze_async.tasks`."""
        return Tasks(self._client)


class AsyncAnalyzeAsync(AsyncResource):
    """Methods under `client.analyze_async`."""

    @cached_property
    def batches(self) -> AsyncBatches:
        """Methods under `client.analyze_async.batches`."""
        return AsyncBatches(self._client)

    @cached_property
    def tasks(self) -> AsyncTasks:
        """Methods under `client.analyze_async.tasks`."""
        return AsyncTasks(self._client)
