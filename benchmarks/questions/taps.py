"""What does it add to an exchange to be watched: seen by the tap of its library, and checked?"""

from __future__ import annotations

import asyncio
import http.client
import http.server
import json
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from benchmarks import inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.targets import TARGETS

PAGE = json.dumps({"data": [], "page_info": {"page": 1}}).encode()
PATH = "/v1.3/tasks?page_limit=50"
HEADERS = {"x-api-key": inputs.KEY}
Sender = Callable[[str, int], Callable[[], bytes]]
"""Makes what sends one request to a host and port, and returns the body of its answer."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def answer(self) -> None:
        """Answer with a page."""
        self.send_response_only(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)


setattr(_Handler, "do_GET", _Handler.answer)  # noqa: B010 - the name is http.server's


def _httpx(host: str, port: int) -> Callable[[], bytes]:
    import httpx

    client = httpx.Client(headers=HEADERS)
    return lambda: client.get(f"http://{host}:{port}{PATH}").content


def _httpx2(host: str, port: int) -> Callable[[], bytes]:
    import httpx2

    client = httpx2.Client(headers=HEADERS)
    return lambda: client.get(f"http://{host}:{port}{PATH}").content


def _requests(host: str, port: int) -> Callable[[], bytes]:
    import requests

    session = requests.Session()
    return lambda: session.get(f"http://{host}:{port}{PATH}", headers=HEADERS, timeout=5).content


def _urllib3(host: str, port: int) -> Callable[[], bytes]:
    import urllib3

    pool = urllib3.PoolManager()
    return lambda: pool.request("GET", f"http://{host}:{port}{PATH}", headers=HEADERS).data


def _http_client(host: str, port: int) -> Callable[[], bytes]:
    connection = http.client.HTTPConnection(host, port)

    def send() -> bytes:
        connection.request("GET", PATH, headers=HEADERS)
        return connection.getresponse().read()

    return send


def _aiohttp(host: str, port: int) -> Callable[[], bytes]:
    import aiohttp

    loop = asyncio.new_event_loop()

    async def opened() -> aiohttp.ClientSession:
        return aiohttp.ClientSession()

    session = loop.run_until_complete(opened())

    async def fetch() -> bytes:
        async with session.get(f"http://{host}:{port}{PATH}", headers=HEADERS) as answer:
            return await answer.read()

    fetched: Callable[[], Coroutine[Any, Any, bytes]] = fetch
    return lambda: loop.run_until_complete(fetched())


SENDERS: dict[str, Sender] = {
    "httpx": _httpx,
    "httpx2": _httpx2,
    "requests": _requests,
    "urllib3": _urllib3,
    "aiohttp": _aiohttp,
    "http.client": _http_client,
}


def _work(library: str, watched: bool, _: int) -> Work:
    """Send to a server of this process; the listener stays on as long as the process does."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    send = SENDERS[library]("127.0.0.1", server.server_port)
    kept.append(send)
    if watched:
        from apicontract.traffic.watch import watch
        from twelvelabs_contract import Contract

        kept.append(watch(Contract.load(), base_urls=[f"http://127.0.0.1:{server.server_port}/v1.3"]))
        found = kept[-1].__enter__()

    def answer() -> Answer:
        body = send()
        if watched and (found or not found.seen.followed[library]):
            raise AssertionError(f"not seen, or found wrong: {found}")
        return {"body": json.loads(body)}

    return Work(send, answer)


kept: list[Any] = []
"""Connections stay open, and exchanges watched, as long as the process lives."""

QUESTIONS = tuple(
    Question(
        f"tap-{library}",
        f"One GET of a page over a socket, by {library}: watched and checked",
        (
            Side("ours", partial(_work, library, True)),
            Side("not watched", partial(_work, library, False)),
        ),
        targets=TARGETS[f"tap-{library}"],
        expected={"body": json.loads(PAGE)},
        effort=Effort(processes=5, values=4, min_time=0.05),
    )
    for library in SENDERS
)
