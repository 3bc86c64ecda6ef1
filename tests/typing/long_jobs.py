"""A program that uses every method of long uploads and long jobs, for type checkers; `tests/client` runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx2
from twelvelabs_api import (
    AsyncTwelveLabs,
    ContentTooLargeError,
    GoneError,
    JobsFailed,
    TwelveLabs,
    UnprocessableError,
    UploadChanged,
    models,
)

FIRST, SECOND = "68e0a1c25d0e47b9a2c41e05", "68e0a1c25d0e47b9a2c41e06"
BOTH = [FIRST, SECOND]


def over_httpx2(now: httpx2.Client, later: httpx2.AsyncClient) -> tuple[TwelveLabs, AsyncTwelveLabs]:
    """Make clients that send through those of httpx2."""
    return TwelveLabs(httpx_client=now), AsyncTwelveLabs(httpx_client=later)


def send(client: TwelveLabs, path: Path, told: Callable[[int, int | None], object]) -> list[str | None]:
    """Send a file in parts, in both ways."""
    asset: models.AssetDetail = client.multipart_upload.upload_file(path)
    again: models.AssetDetail = client.multipart_upload.upload_file(
        str(path),
        filename="other.mp4",
        type="video",
        enable_hls=True,
        enable_thumbnail=False,
        user_metadata={"take": 3, "tags": ["a", "b"]},
        parallel=2,
        retries=1,
        resume=False,
        state=path.with_suffix(".state"),
        reuse=True,
        progress=told,
        request_options={"max_retries": 1},
    )
    made: models.Asset = client.assets.create(method="direct", file=path, in_parts=True)
    return [asset.id, again.id, made.id]


def wait(client: TwelveLabs) -> list[str | None]:
    """Wait for one job of each kind."""
    asset: models.AssetDetail = client.assets.wait_for_done(asset_id=FIRST, sleep_interval=0.01, timeout=60)
    indexed = client.indexes.indexed_assets.wait_for_done(
        index_id=FIRST, indexed_asset_id=FIRST, sleep_interval=0.01, callback=lambda one: one.status
    )
    task = client.analyze_async.tasks.wait_for_done(task_id=FIRST, sleep_interval=0.01)
    batch = client.analyze_async.batches.wait_for_done(batch_id=FIRST, sleep_interval=0.01)
    embedded = client.embed.v_2.tasks.wait_for_done(task_id=FIRST, sleep_interval=0.01)
    imported: models.ImportDetail = client.imports.wait_for_done(
        connection_id=FIRST, import_id=FIRST, sleep_interval=0.01
    )
    items = [item.status for item in imported.items or ()]
    return [asset.status, indexed.status, task.status, batch.status, embedded.status, *items]


def wait_for_all(client: TwelveLabs) -> list[str]:
    """Wait for several jobs of each kind."""
    assets: dict[str, models.AssetDetail] = client.assets.wait_for_all(
        asset_ids=BOTH, sleep_interval=0.01, timeout=60, callback=lambda one: one.status
    )
    indexed = client.indexes.indexed_assets.wait_for_all(index_id=FIRST, indexed_asset_ids=BOTH, sleep_interval=0.01)
    tasks = client.analyze_async.tasks.wait_for_all(task_ids=tuple(BOTH), sleep_interval=0.01)
    batches = client.analyze_async.batches.wait_for_all(batch_ids=BOTH, sleep_interval=0.01)
    embedded = client.embed.v_2.tasks.wait_for_all(task_ids=BOTH, sleep_interval=0.01)
    imported = client.imports.wait_for_all(connection_id=FIRST, import_ids=BOTH, sleep_interval=0.01)
    return [*assets, *indexed, *tasks, *batches, *embedded, *imported]


def told(error: Exception) -> str | None:
    """Say what is known of an error."""
    if isinstance(error, JobsFailed):
        return ", ".join(f"{name}: {one}" for name, one in error.failed.items()) + str(list(error.done))
    if isinstance(error, UploadChanged):
        return f"{error.path}: {error.what}"
    if isinstance(error, GoneError | ContentTooLargeError | UnprocessableError):
        wait_for: float | None = error.retry_after
        return f"{error.code}, {wait_for}, {error.rate_limit.get('limit')}, {error.details}"
    return None


async def send_later(
    client: AsyncTwelveLabs, path: Path, told: Callable[[int, int | None], object]
) -> list[str | None]:
    """Send a file in parts, in both ways."""
    asset: models.AssetDetail = await client.multipart_upload.upload_file(path)
    again: models.AssetDetail = await client.multipart_upload.upload_file(
        str(path),
        filename="other.mp4",
        type="video",
        enable_hls=True,
        enable_thumbnail=False,
        user_metadata={"take": 3, "tags": ["a", "b"]},
        parallel=2,
        retries=1,
        resume=False,
        state=path.with_suffix(".state"),
        reuse=True,
        progress=told,
        request_options={"max_retries": 1},
    )
    made: models.Asset = await client.assets.create(method="direct", file=path, in_parts=True)
    return [asset.id, again.id, made.id]


async def wait_later(client: AsyncTwelveLabs) -> list[str | None]:
    """Wait for one job of each kind."""
    asset: models.AssetDetail = await client.assets.wait_for_done(asset_id=FIRST, sleep_interval=0.01, timeout=60)
    indexed = await client.indexes.indexed_assets.wait_for_done(
        index_id=FIRST, indexed_asset_id=FIRST, sleep_interval=0.01, callback=lambda one: one.status
    )
    task = await client.analyze_async.tasks.wait_for_done(task_id=FIRST, sleep_interval=0.01)
    batch = await client.analyze_async.batches.wait_for_done(batch_id=FIRST, sleep_interval=0.01)
    embedded = await client.embed.v_2.tasks.wait_for_done(task_id=FIRST, sleep_interval=0.01)
    imported: models.ImportDetail = await client.imports.wait_for_done(
        connection_id=FIRST, import_id=FIRST, sleep_interval=0.01
    )
    items = [item.status for item in imported.items or ()]
    return [asset.status, indexed.status, task.status, batch.status, embedded.status, *items]


async def wait_for_all_later(client: AsyncTwelveLabs) -> list[str]:
    """Wait for several jobs of each kind."""
    assets: dict[str, models.AssetDetail] = await client.assets.wait_for_all(
        asset_ids=BOTH, sleep_interval=0.01, timeout=60, callback=lambda one: one.status
    )
    indexed = await client.indexes.indexed_assets.wait_for_all(
        index_id=FIRST, indexed_asset_ids=BOTH, sleep_interval=0.01
    )
    tasks = await client.analyze_async.tasks.wait_for_all(task_ids=tuple(BOTH), sleep_interval=0.01)
    batches = await client.analyze_async.batches.wait_for_all(batch_ids=BOTH, sleep_interval=0.01)
    embedded = await client.embed.v_2.tasks.wait_for_all(task_ids=BOTH, sleep_interval=0.01)
    imported = await client.imports.wait_for_all(connection_id=FIRST, import_ids=BOTH, sleep_interval=0.01)
    return [*assets, *indexed, *tasks, *batches, *embedded, *imported]
