"""The results of an upload in parts when something fails: our client, and the vendor's SDK 1.3.6, over real sockets.

`python -m tests.client.upload_failures` prints the table. Each client sends a file of six parts; something fails once
or always, and then the same call is made again, undisturbed. The vendor's SDK runs in a process of its own, as another
version of it is installed beside it.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

from tests.support.misbehaving import Connection, Received, Server, serving
from tests.support.storage import Storage

KEY = "tlk_made_up_for_failures"
SUBJECTS = ("sync", "async", "vendor")
NEWEST_SDK = Path(sys.prefix) / "sdk-1.3.6"
PART, PARTS = 1024, 6
VENDOR = """
import json, sys, time
from twelvelabs import TwelveLabs
time.sleep = lambda _: None
client = TwelveLabs(api_key=sys.argv[1], base_url=sys.argv[2])
client._client_wrapper.httpx_client.httpx_client.timeout = 120
def full(*_):
    raise OSError(28, "No space left on device")
if sys.argv[4] == "full disk":
    import twelvelabs.wrapper.multipart_upload_client_wrapper as wrapper
    wrapper.open = lambda path, mode="r": full() if "w" in mode else open(path, mode)
try:
    client.multipart_upload.upload_file(sys.argv[3], max_workers=1)
except Exception as error:
    print(type(error).__name__)
else:
    print("complete")
"""


@dataclass
class Scene:
    """A service that something is wrong with."""

    storage: Storage
    path: Path
    calm: bool = False
    """Whether nothing fails any more."""
    seen: int = 0
    """How often it failed."""


Failing = Callable[[Scene, Received, Connection], bool]
"""Answers a request in place of the service; false if it does not."""


def number(received: Received) -> str:
    """Return the number of the part of a request; empty if it carries none."""
    return received.target.partition("?")[0].rpartition("/")[2] if received.method == "PUT" else ""


def killed(scene: Scene, received: Received, connection: Connection) -> bool:
    """Break every connection off from the fourth part on, as for a process that is gone."""
    if number(received) in ("4", "5", "6"):
        connection.reset()
        return True
    return False


def expired(scene: Scene, received: Received, connection: Connection) -> bool:
    """Let every address expire that was made before the third part."""
    if number(received) == "3" and not scene.seen:
        scene.seen += 1
        scene.storage.expired = {str(made) for made in range(1, scene.storage.made + 1)}
    return False


def without_etag(scene: Scene, received: Received, connection: Connection) -> bool:
    """Take the third part, and answer without its ETag, once."""
    if number(received) == "3" and not scene.seen:
        scene.seen += 1
        connection.answer(200)
        return True
    return False


def never_an_etag(scene: Scene, received: Received, connection: Connection) -> bool:
    """Answer the third part without its ETag, always."""
    if number(received) == "3":
        connection.answer(200)
        return True
    return False


def forbidden(scene: Scene, received: Received, connection: Connection) -> bool:
    """Refuse the third part, whatever its address."""
    if number(received) == "3":
        connection.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        return True
    return False


def reset(scene: Scene, received: Received, connection: Connection) -> bool:
    """Break the connection off, once, after the third part and before its answer."""
    if number(received) == "3" and not scene.seen:
        scene.seen += 1
        connection.reset()
        return True
    return False


def changed(scene: Scene, received: Received, connection: Connection) -> bool:
    """Write to the file once the third part has come, and break off, so that the upload is taken up later."""
    if number(received) == "3" and not scene.seen:
        scene.seen += 1
        scene.path.write_bytes(b"x" * PART * PARTS)
    return killed(scene, received, connection)


def nothing(*_: Any) -> bool:
    return False


FAILURES: Mapping[str, Failing] = {
    "broken off after half": killed,
    "expired address": expired,
    "lost `ETag`": without_etag,
    "no `ETag` ever": never_an_etag,
    "403 for one part": forbidden,
    "reset in mid-part": reset,
    "changed file": changed,
    "full disk": nothing,
}


@dataclass(frozen=True)
class Row:
    """One client, one failure."""

    failure: str
    subject: str
    first: str
    """What the first call ended with."""
    again: str
    """What the second call ended with, which nothing disturbs."""
    sent_again: int
    """Parts that had arrived with the first call, and came again with the second."""
    whole: bool
    """Whether what is complete is the file as it is."""

    @property
    def told(self) -> str:
        """The outcome in words."""
        if self.first == "complete":
            return f"complete{'' if self.whole else ', **not the file**'}"
        again = "then complete" if self.again == "complete" else f"then {self.again}"
        parts = f", {self.sent_again} parts sent twice" if self.sent_again else ""
        return f"{self.first}; {again}{parts}{'' if self.whole or self.again != 'complete' else ', **not the file**'}"


def rows() -> Iterator[Row]:
    """Try every failure with every client."""
    for failure in FAILURES:
        for subject in SUBJECTS:
            yield attempt(failure, subject)


def attempt(failure: str, subject: str) -> Row:
    """Send a file, and send it again if that failed."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "film.mp4"
        path.write_bytes(bytes(range(256)) * (PART * PARTS // 256))
        scene = Scene(Storage(part_size=PART), path)

        def behave(received: Received, connection: Connection) -> None:
            if not scene.calm and FAILURES[failure](scene, received, connection):
                return
            found = scene.storage.answer(received.method, received.target, received.headers, received.body)
            connection.answer(found.status, found.body, **found.headers)

        server = stack.enter_context(serving(behave))
        scene.storage.url = server.url
        if subject == "vendor":
            scene.storage.headers = {}  # it sends none of them (ledger S26)
        first = call(subject, server, path, failure)
        before = arrived(scene)
        scene.calm = True
        again = first if first == "complete" else call(subject, server, path, "")
        twice = sum(count - before.get(part, 0) > 0 and part in before for part, count in arrived(scene).items())
        content = [b"".join(one for _, one in sorted(s.content.items())) for s in scene.storage.sessions.values()]
        return Row(failure, subject, first, again, twice, path.read_bytes() in content)


def arrived(scene: Scene) -> dict[int, int]:
    """Return how often each part has arrived, whichever upload it was of."""
    found: dict[int, int] = {}
    for session in scene.storage.sessions.values():
        for part, count in session.arrivals.items():
            found[part] = found.get(part, 0) + count
    return found


def call(subject: str, server: Server, path: Path, failure: str) -> str:
    """Send the file, and say what came of it."""
    if subject == "vendor":
        command = [sys.executable, "-c", VENDOR, KEY, f"{server.url}/v1.3", str(path), failure]
        environment = {"PYTHONPATH": str(NEWEST_SDK), "PATH": ""}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        return done.stdout.strip() or json.dumps(done.stderr[-200:])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    async def later() -> None:
        async def sleep(_: float) -> None:
            pass

        client: Any = AsyncTwelveLabs(api_key=KEY, base_url=f"{server.url}/v1.3", max_retries=0)
        client._sleep = sleep
        async with client:
            await client.multipart_upload.upload_file(path, parallel=1, retries=2)

    def now() -> None:
        client: Any = TwelveLabs(api_key=KEY, base_url=f"{server.url}/v1.3", max_retries=0)
        client._sleep = lambda _: None
        with client:
            client.multipart_upload.upload_file(path, parallel=1, retries=2)

    with ExitStack() as stack:
        if failure == "full disk":
            stack.enter_context(patch("apicontract.client.part_files.os.fsync", full))
        try:
            asyncio.run(later()) if subject == "async" else now()
        except Exception as error:  # noqa: BLE001 - whatever a client raises is its outcome
            return type(error).__name__
    return "complete"


def table(found: list[Row]) -> Iterator[str]:
    """Write the rows as Markdown."""
    yield "| failure | ours, and the same call again | vendor's SDK 1.3.6 |"
    yield "| --- | --- | --- |"
    told = {(row.failure, row.subject): row.told for row in found}
    for failure in FAILURES:
        now, later = told[failure, "sync"], told[failure, "async"]
        yield f"| {failure} | {now if now == later else f'{now}; async {later}'} | {told[failure, 'vendor']} |"


if __name__ == "__main__":
    print("\n".join(table(list(rows()))))
