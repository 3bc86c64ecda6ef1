"""Every HTTP library that has a tap, sending the same requests to its usual mock, and to a server on this machine."""

from __future__ import annotations

import asyncio
import http.client
import http.server
import io
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import aioresponses
import httpx
import httpx2
import requests
import requests_mock
import responses
import respx
import urllib3
import yaml

from apicontract.wire.messages import Request, Response
from tests.support.patience import PATIENCE

vcr: Any = import_module("vcr")  # in this way, as it brings no types

Send = Callable[[Request, Any], None]
"""Sends a request, by a transport that its mock gives, and reads the answer to its end."""
Mock = Callable[[Request, Response, Path], AbstractContextManager[Any]]
"""Answers a request; enters with the transport to send it by, if there is one."""


def _fields(message: Request | Response) -> dict[str, str]:
    return dict(message.headers.items)


# What sends


def _httpx(request: Request, transport: Any) -> None:
    with httpx.Client(transport=transport, timeout=PATIENCE) as client:
        client.request(request.method, request.url, headers=_fields(request), content=request.body or None)


def _httpx2(request: Request, transport: Any) -> None:
    with httpx2.Client(transport=transport, timeout=PATIENCE) as client:
        client.request(request.method, request.url, headers=_fields(request), content=request.body or None)


def _async_httpx(request: Request, transport: Any) -> None:
    async def send() -> None:
        async with httpx.AsyncClient(transport=transport, timeout=PATIENCE) as client:
            await client.request(request.method, request.url, headers=_fields(request), content=request.body or None)

    asyncio.run(send())


def _async_httpx2(request: Request, transport: Any) -> None:
    async def send() -> None:
        async with httpx2.AsyncClient(transport=transport, timeout=PATIENCE) as client:
            await client.request(request.method, request.url, headers=_fields(request), content=request.body or None)

    asyncio.run(send())


def _requests(request: Request, _: Any) -> None:
    with requests.Session() as session:
        session.request(request.method, request.url, headers=_fields(request), data=request.body or None)


def _streamed_requests(request: Request, _: Any) -> None:
    with (
        requests.Session() as session,
        session.request(
            request.method, request.url, headers=_fields(request), data=io.BytesIO(request.body), stream=True
        ) as answer,
    ):
        for _line in answer.iter_lines():
            pass


def _urllib3(request: Request, _: Any) -> None:
    with urllib3.PoolManager(retries=False) as pool:
        pool.request(request.method, request.url, headers=_fields(request), body=request.body or None)


def _streamed_urllib3(request: Request, _: Any) -> None:
    with urllib3.PoolManager(retries=False) as pool:
        answer = pool.request(
            request.method, request.url, headers=_fields(request), body=request.body or None, preload_content=False
        )
        for _chunk in answer.stream(7):
            pass
        answer.release_conn()


def _http_client(request: Request, _: Any) -> None:
    parts = urlsplit(request.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request(request.method, target, body=request.body or None, headers=_fields(request))
    answer = connection.getresponse()
    while answer.read(11):
        pass
    connection.close()


def _urllib(request: Request, _: Any) -> None:
    made = urllib.request.Request(  # noqa: S310 - to this machine, or to a mock
        request.url, data=request.body or None, headers=_fields(request), method=request.method
    )
    try:
        with urllib.request.urlopen(made) as answer:  # noqa: S310 - as above
            answer.read()
    except urllib.error.HTTPError as error:
        error.read()
        error.close()


def _aiohttp(request: Request, _: Any) -> None:
    async def send() -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, _raw(request.url), headers=_fields(request), data=request.body or None
            ) as answer,
        ):
            await answer.read()

    asyncio.run(send())


def _streamed_aiohttp(request: Request, _: Any) -> None:
    async def send() -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, _raw(request.url), headers=_fields(request), data=request.body or None
            ) as answer,
        ):
            async for _chunk in answer.content.iter_chunked(5):
                pass

    asyncio.run(send())


def _raw(url: str) -> Any:
    import yarl

    return yarl.URL(url, encoded=True)


SENDERS: dict[str, Send] = {
    "httpx": _httpx,
    "httpx-async": _async_httpx,
    "httpx2": _httpx2,
    "httpx2-async": _async_httpx2,
    "requests": _requests,
    "urllib3": _urllib3,
    "aiohttp": _aiohttp,
    "http.client": _http_client,
    "urllib.request": _urllib,
    "urllib3-streamed": _streamed_urllib3,
    "requests-streamed": _streamed_requests,
    "aiohttp-streamed": _streamed_aiohttp,
}


# What answers


def _transport(module: Any) -> Mock:
    def mock(_: Request, answer: Response, __: Path) -> AbstractContextManager[Any]:
        def handle(_request: Any) -> Any:
            return module.Response(answer.status, headers=_fields(answer), content=answer.body)

        return nullcontext(module.MockTransport(handle))

    return mock


@contextmanager
def _respx(request: Request, answer: Response, _: Path) -> Iterator[None]:
    with respx.mock() as router:
        router.route(method=request.method).respond(answer.status, headers=_fields(answer), content=answer.body)
        yield None


@contextmanager
def _responses(request: Request, answer: Response, _: Path) -> Iterator[None]:
    with responses.RequestsMock() as mock:
        fields = _fields(answer)
        kind = fields.pop("content-type", None)
        mock.add(
            request.method,
            request.url.partition("?")[0],
            body=answer.body,
            status=answer.status,
            headers=fields,
            content_type=kind,
        )
        yield None


@contextmanager
def _requests_mock(request: Request, answer: Response, _: Path) -> Iterator[None]:
    with requests_mock.Mocker() as mock:
        mock.request(
            request.method, request.url, content=answer.body, status_code=answer.status, headers=_fields(answer)
        )
        yield None


@contextmanager
def _aioresponses(request: Request, answer: Response, _: Path) -> Iterator[None]:
    with aioresponses.aioresponses() as mock:
        fields = _fields(answer)
        mock.add(
            _raw(request.url),
            request.method,
            status=answer.status,
            body=answer.body,
            content_type=fields.pop("content-type", ""),
            headers=fields,
        )
        yield None


@contextmanager
def _vcr(request: Request, answer: Response, folder: Path) -> Iterator[None]:
    cassette = folder / "cassette.yaml"
    exchange = {
        "request": {"method": request.method, "uri": request.url, "body": None, "headers": {}},
        "response": {
            "status": {"code": answer.status, "message": "said"},
            "headers": {name: [value] for name, value in answer.headers.items},
            "body": {"string": answer.body},
        },
    }
    cassette.write_text(yaml.safe_dump({"interactions": [exchange], "version": 1}))
    with vcr.VCR(record_mode=vcr.mode.NONE).use_cassette(str(cassette)):
        yield None


MOCKED: list[tuple[str, str, Mock]] = [
    ("httpx", "MockTransport", _transport(httpx)),
    ("httpx-async", "MockTransport", _transport(httpx)),
    ("httpx", "respx", _respx),
    ("httpx-async", "respx", _respx),
    ("httpx", "vcr", _vcr),
    ("httpx2", "MockTransport", _transport(httpx2)),
    ("httpx2-async", "MockTransport", _transport(httpx2)),
    ("httpx2", "vcr", _vcr),
    ("requests", "responses", _responses),
    ("requests-streamed", "responses", _responses),
    ("requests", "requests-mock", _requests_mock),
    ("requests-streamed", "requests-mock", _requests_mock),
    ("requests", "vcr", _vcr),
    ("urllib3", "vcr", _vcr),
    ("urllib3-streamed", "vcr", _vcr),
    ("aiohttp", "aioresponses", _aioresponses),
    ("aiohttp-streamed", "aioresponses", _aioresponses),
    ("aiohttp", "vcr", _vcr),
    ("http.client", "vcr", _vcr),
    ("urllib.request", "vcr", _vcr),
]
"""What sends, and what answers it without a network."""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256  # as many as come at once: those beyond it wait for a second, and then longer


class Loopback:
    """A server on this machine that answers what it is told to."""

    def __init__(self) -> None:
        self.answer = Response(200)
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                if self.headers.get("transfer-encoding") == "chunked":
                    while size := int(self.rfile.readline(), 16):
                        self.rfile.read(size + 2)
                    self.rfile.readline()
                self.rfile.read(int(self.headers.get("content-length") or 0))
                self.send_response_only(owner.answer.status)
                for name, value in owner.answer.headers.items:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(owner.answer.body)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(owner.answer.body)

            def log_message(self, *_: Any) -> None:
                pass

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.handle_any)
        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1.3"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
