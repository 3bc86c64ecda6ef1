"""The progress of an upload: what was sent so far, of the whole, after each chunk, and from zero in each attempt."""

from __future__ import annotations

import asyncio
from itertools import accumulate

import pytest

from apicontract.client.progress import AsyncUpload, SyncUpload
from apicontract.wire.multipart import Multipart, Part

FORM = Multipart([Part("a", b"text"), Part("b", bytes(1000), "b.bin", "video/mp4")], "boundary")
CHUNKS = [*FORM.chunks()]
EXPECTED = [(sent, FORM.length) for sent in accumulate(map(len, CHUNKS))]


def test_the_progress_of_a_form_is_told_after_each_chunk() -> None:
    told: list[tuple[int, int | None]] = []
    upload = SyncUpload(FORM, lambda sent, whole: told.append((sent, whole)))
    for attempt in (1, 2):
        assert [*upload] == CHUNKS
        assert told == EXPECTED * attempt
    chunks = iter(upload)
    next(chunks)
    assert told == EXPECTED * 2
    assert [*SyncUpload(FORM, None)] == CHUNKS
    assert EXPECTED[-1] == (sum(map(len, CHUNKS)),) * 2


@pytest.mark.parametrize("awaited", [False, True])
def test_the_progress_of_an_asynchronous_form_is_the_same(awaited: bool) -> None:
    """Of a function that is a coroutine or that is not."""
    told: list[tuple[int, int | None]] = []

    def tell(sent: int, whole: int | None) -> None:
        told.append((sent, whole))

    async def atell(sent: int, whole: int | None) -> None:
        await asyncio.sleep(0)
        tell(sent, whole)

    async def run() -> None:
        upload = AsyncUpload(FORM, atell if awaited else tell)
        for attempt in (1, 2):
            assert [chunk async for chunk in upload] == CHUNKS
            assert told == EXPECTED * attempt
        assert [chunk async for chunk in AsyncUpload(FORM, None)] == CHUNKS

    asyncio.run(run())
