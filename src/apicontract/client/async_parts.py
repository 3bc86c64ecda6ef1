"""The asynchronous driver of an upload in parts, with one task for each part in flight."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

import anyio
import httpx
from anyio import to_thread
from anyio.abc import TaskGroup

from apicontract.client import hooks, part_requests
from apicontract.client.arguments import Arguments
from apicontract.client.part_requests import AsyncPart, Outcome, Sending
from apicontract.client.parts import Ask, Await, Do, Notify, PartUpload, Pause, Send, Step
from apicontract.client.progress import awaited


class AsyncParts:
    """Executes the steps of an upload."""

    def __init__(
        self,
        call: Callable[[str, Arguments], Awaitable[Any]],
        http: Callable[[], httpx.AsyncClient],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """Take functions that call an operation, that return the HTTP client for the parts, and that wait."""
        self._call = call
        self._http = http
        self._sleep = sleep
        self._tell, self._outcomes = anyio.create_memory_object_stream[Outcome](math.inf)

    async def run(self, upload: PartUpload) -> str:
        """Run an upload to its end, and return the identifier of its result.

        A cancellation also stops the parts in flight.
        """
        failed: BaseException | None = None
        found = ""
        limit = anyio.CapacityLimiter(upload.parallel)
        with self._tell, self._outcomes:
            async with anyio.create_task_group() as group:
                try:
                    found = await self._run(upload, group, limit)
                except anyio.get_cancelled_exc_class():
                    raise
                except BaseException as error:  # noqa: BLE001 - raised below: the group would wrap it
                    failed = error
                finally:
                    group.cancel_scope.cancel()
        if failed is not None:
            raise failed
        return found

    async def _run(self, upload: PartUpload, group: TaskGroup, limit: anyio.CapacityLimiter) -> str:
        try:
            with closing(upload.steps()) as steps:
                step = next(steps)
                while True:
                    try:
                        done = await self._do(step, upload, group, limit)
                    except Exception as error:  # noqa: BLE001 - the upload decides what an error means
                        step = steps.throw(error)
                    else:
                        step = steps.send(done)
        except StopIteration as end:
            return str(end.value)

    async def _do(self, step: Step, upload: PartUpload, group: TaskGroup, limit: anyio.CapacityLimiter) -> Any:
        match step:
            case Ask(operation, arguments):
                return await self._call(operation, arguments)
            case Send(sending):
                group.start_soon(self._put, sending, limit)
            case Await():
                return await self._outcomes.receive()
            case Do(work):
                return await to_thread.run_sync(work)
            case Pause(seconds):
                await self._sleep(seconds)
            case Notify(sent, size):
                if upload.progress is not None:
                    await awaited(upload.progress(sent, size))
        return None

    async def _put(self, sending: Sending, limit: anyio.CapacityLimiter) -> None:
        result: httpx.Response | Exception
        async with limit:
            try:
                if sending.pause:
                    await self._sleep(sending.pause)
                request = sending.request(AsyncPart(sending.content))
                try:
                    result = await self._http().send(request, stream=True, auth=None, follow_redirects=False)
                except httpx.HTTPStatusError as error:
                    result = hooks.refused(error, request, part_requests.shown)
                await part_requests.aread(result)
            except Exception as error:  # noqa: BLE001 - handed on, to the task that waits for it
                result = error
            finally:
                sending.content.close()
        await self._tell.send(Outcome(sending.part, sending.content.checksum, result))
