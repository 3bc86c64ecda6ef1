"""Call every method of the SDK that is on the path, and write the requests that it sends.

    python -m tests.witnesses.drive RELEASE FILE

With `--calls`, make no call, and print those that would be made, for the SDK of another language (js/drive.mjs).

It runs in a separate process, with one release on the path, and no network: the SDK's HTTP client has a transport that
returns responses with which most methods continue. Whether a method can read its response does not matter here.
"""

from __future__ import annotations

import base64
import concurrent.futures
import importlib
import inspect
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.witnesses.calls import Call, calls
from tests.witnesses.releases import RELEASES
from tests.witnesses.store import Recorded, neutral_headers, with_fixed_boundary, write
from tests.witnesses.values import ID, VIDEO_FILE

KEY = "tlk_made_up_for_witnesses"
PAGE = {"data": [], "page_info": {"limit_per_page": 10, "page": 1, "total_page": 2, "total_results": 11}}
ANYTHING = {"_id": ID, "id": ID, "status": "ready", **PAGE}
UPLOAD = {
    "upload_id": ID,
    "asset_id": ID,
    "chunk_size": 8,
    "total_chunks": 2,
    "upload_urls": [{"chunk_index": 1, "url": "https://storage.example.com/1"}],
    "expires_at": "2025-08-16T16:53:59Z",
}


class Recorder:
    """The other end of the SDK's connection: it notes each request and answers."""

    def __init__(self) -> None:
        self.sent: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer a request with what lets most methods go on."""
        request.read()
        self.sent.append(request)
        if request.method == "POST" and request.url.path.endswith("/multipart-uploads"):
            return httpx.Response(201, json=UPLOAD)
        if request.url.path.endswith("/presigned-urls"):
            urls = [{"chunk_index": 2, "url": "https://storage.example.com/2"}]
            return httpx.Response(200, json={**UPLOAD, "upload_urls": urls})
        if "/multipart-uploads/" in request.url.path:
            return httpx.Response(200, json={**PAGE, "status": "completed", "total_size": 16, "uploaded_size": 16})
        return httpx.Response(200, json=ANYTHING)


def methods(client: Any, path: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public method of a client and of the clients that it holds."""
    for name in sorted({*dir(type(client)), *vars(client)}):
        # `with_raw_response` has the same methods again: the public ones are thin calls of them.
        if name.startswith("_") or name == "with_raw_response":
            continue
        member = getattr(client, name)
        if inspect.ismethod(member):
            yield path + name, member
        elif type(member).__module__.startswith("twelvelabs.") and "Client" in type(member).__name__:
            yield from methods(member, f"{path}{name}.")


def subjects(http: httpx.Client) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield a name, the name without the client, and the method; of the base client what the wrappers replace."""
    package = importlib.import_module("twelvelabs")
    base = importlib.import_module("twelvelabs.base_client")
    wrapped = dict(methods(package.TwelveLabs(api_key=KEY, httpx_client=http)))
    for name, method in wrapped.items():
        yield name, name, method
    for name, method in methods(base.BaseClient(api_key=KEY, httpx_client=http)):
        if name not in wrapped or inspect.unwrap(wrapped[name]).__func__ is not method.__func__:  # type: ignore[attr-defined]
            yield f"BaseClient.{name}", name, method


def consume(result: Any) -> None:
    """Take a little of a stream, and one more page of a pager, so that what they send is sent."""
    if hasattr(result, "get_next"):
        if result.has_next and result.get_next is not None:
            result.get_next()
    elif inspect.isgenerator(result):
        for _ in itertools.islice(result, 3):
            pass


def record(name: str, method: Callable[..., Any], call: Call, recorder: Recorder) -> Iterator[Recorded]:
    """Make one call; yield what it sent, or why it sent nothing."""
    recorder.sent.clear()
    error = None
    try:
        consume(method(*call.positional, **call.named))
    except Exception as raised:  # noqa: BLE001 - whatever an SDK raises is what is recorded
        error = f"{type(raised).__name__}: {raised}"
    if not recorder.sent:
        yield Recorded(name, (call.given,), error=error or "nothing was sent")
    for number, request in enumerate(recorder.sent):
        given = call.given if number == 0 else f"{call.given} (request {number + 1})".strip()
        headers = neutral_headers(request.headers.items())
        yield with_fixed_boundary(Recorded(name, (given,), request.method, str(request.url), headers, request.content))


def without_network() -> None:
    """Answer what the SDK sends past its client (chunks of a file to their storage); no waiting, and no chance."""

    def put(*_: Any, **__: Any) -> httpx.Response:
        request = httpx.Request("PUT", "https://storage.example.com")
        return httpx.Response(200, headers={"etag": '"d41d8cd98f00b204e9800998ecf8427e"'}, request=request)

    def sleep(_: Any) -> None:
        """Go on at once."""

    def as_completed(futures: Iterable[Any], timeout: float | None = None) -> Iterator[Any]:
        """Wait for each future in turn: which one is done first is chance."""
        for future in futures:
            future.exception(timeout)
            yield future

    replaced: dict[Any, Callable[..., Any]] = {httpx: put, time: sleep, concurrent.futures: as_completed}
    for module, function in replaced.items():
        setattr(module, function.__name__, function)
    for name in ("TWELVELABS_BASE_URL", "TWELVE_LABS_API_KEY"):
        os.environ.pop(name, None)


def print_calls(release: str) -> None:
    """Print every call with plain values, one JSON line each; a file is `{"$file": [name, base 64, type]}`."""
    for name, path, method in subjects(httpx.Client()):
        for call in calls(path, method, RELEASES[release].number):
            named = {key: _portable(value) for key, value in call.values.items() if key in call.named}
            positional = [_portable(value) for key, value in call.values.items() if key not in call.named]
            line = {"method": name, "given": call.given, "positional": positional, "named": named}
            print(json.dumps(line))


def _portable(value: Any) -> Any:
    if isinstance(value, tuple):
        name, content, media_type = value
        return {"$file": [name, base64.b64encode(content).decode(), media_type]}
    if isinstance(value, dict):
        return {name: _portable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_portable(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def main(release: str, target: Path) -> None:
    """Drive the SDK and write the recording."""
    recorder = Recorder()
    http = httpx.Client(transport=httpx.MockTransport(recorder.answer))
    recorded: list[Recorded] = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("clip.mp4").write_bytes(VIDEO_FILE[1] + b"moov")
        for name, path, method in subjects(http):
            for call in calls(path, method, RELEASES[release].number):
                recorded += record(name, method, call, recorder)
    write(target, recorded)
    counts = {"requests": sum(one.sent for one in recorded), "silent": sum(not one.sent for one in recorded)}
    print(json.dumps(counts))


if __name__ == "__main__":
    without_network()
    if sys.argv[2] == "--calls":
        print_calls(sys.argv[1])
    else:
        main(sys.argv[1], Path(sys.argv[2]).resolve())
