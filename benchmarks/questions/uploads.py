"""How long does a large file take that goes up in parts, to a service that answers each part after 50 ms?"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.model import OURS, Answer, Effort, Question, Side, Work
from benchmarks.targets import TARGETS

ROOT = Path(__file__).parents[2]
NEWEST_SDK = Path(sys.prefix) / "sdk-1.3.6"
MB = 1024 * 1024
BEGIN: Any = {"filename": "a.mp4", "type": "video", "total_size": 1}
KEY = "key-0123456789abcdef"


class Setting:
    """A file, and the service as a process of its own."""

    def __init__(self, megabytes: int) -> None:
        """Write the file, and start the service."""
        self._directory = TemporaryDirectory(prefix="bench-")
        self.size = megabytes * MB
        self.path = Path(self._directory.name) / "film.mp4"
        with self.path.open("wb") as file:
            for number in range(megabytes):
                file.write(number.to_bytes(4, "big") * (MB // 4))
        command = [sys.executable, "-m", "benchmarks.part_storage"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        atexit.register(self.close)
        self.url = f"http://127.0.0.1:{self._process.stdout.readline().strip()}"

    def close(self) -> None:
        """End the service, and remove the file."""
        self._process.communicate()
        self._directory.cleanup()

    def counts(self) -> Answer:
        """Return what the service has got since the last time."""
        with urllib.request.urlopen(f"{self.url}/counts") as answer:  # noqa: S310 - of this machine
            found: dict[str, Any] = json.load(answer)
        return {"parts": found["parts"], "bytes of each MB": found["bytes"] / self.size, "reported": found["reported"]}


def _work(setting: Setting, run: Any, finish: Any) -> Work:
    def answer() -> Answer:
        setting.counts()
        finish()
        found = setting.counts()
        return {**found, "files beside it": len(list(setting.path.parent.iterdir())) - 1}

    return Work(run, answer)


def _ours(megabytes: int) -> Work:
    from twelvelabs_api import TwelveLabs

    setting = Setting(megabytes)
    client = TwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3")
    client.multipart_upload.create(**BEGIN)  # what a first call loads

    def run() -> None:
        client.multipart_upload.upload_file(setting.path, resume=False)

    return _work(setting, run, run)


def _ours_async(megabytes: int) -> Work:
    import asyncio

    from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

    setting = Setting(megabytes)
    TwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3").multipart_upload.create(**BEGIN)  # as above

    async def run() -> None:
        async with AsyncTwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3") as client:
            await client.multipart_upload.upload_file(setting.path, resume=False)

    return _work(setting, run, lambda: asyncio.run(run()))


def _vendor(megabytes: int) -> Work:
    sys.path.insert(0, str(NEWEST_SDK))
    import twelvelabs

    setting = Setting(megabytes)
    client: Any = twelvelabs.TwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3")
    client.multipart_upload.create(**BEGIN)  # as above

    def run() -> None:
        client.multipart_upload.upload_file(str(setting.path))

    return _work(setting, run, run)


def _vendor_async(megabytes: int) -> Work:
    sys.path.insert(0, str(NEWEST_SDK))
    import asyncio

    import twelvelabs

    setting = Setting(megabytes)
    first: Any = twelvelabs.TwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3")
    first.multipart_upload.create(**BEGIN)  # as above

    async def run() -> None:
        client: Any = twelvelabs.AsyncTwelveLabs(api_key=KEY, base_url=f"{setting.url}/v1.3")
        await client.multipart_upload.upload_file(str(setting.path))

    return _work(setting, run, lambda: asyncio.run(run()))


def _question(name: str, title: str, ours: Any, vendor: Any, *, asynchronous: bool) -> Question:
    peer = f"vendor's SDK 1.3.6{', async' if asynchronous else ''}"
    return Question(
        name,
        title,
        (
            Side(OURS, ours, asynchronous=asynchronous, slow=True),
            Side(peer, vendor, asynchronous=asynchronous, slow=True),
        ),
        sizes=(1024,),
        targets=TARGETS[name],
        expected={"parts": 128, "bytes of each MB": 1.0, "reported": 128, "files beside it": 0},
        per=lambda size: (float(size), "MB"),
        effort=Effort(processes=3),
        note="A file of 1,024 MB in parts of 8 MB, five at once, over loopback. The service is a process of its own; "
        "it counts the bytes of a part and answers 50 ms after the last one. The vendor's SDK first writes each part "
        "to a file of its own; ours reads the parts from the file, and keeps its state on disk after each.",
        small=(),
    )


QUESTIONS = (
    _question("upload", "Send 1 GB in parts", _ours, _vendor, asynchronous=False),
    _question("upload-async", "Send 1 GB in parts, asynchronously", _ours_async, _vendor_async, asynchronous=True),
)
