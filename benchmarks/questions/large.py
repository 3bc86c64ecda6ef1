"""What does a very large document cost, and an answer of the server?"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import weakref
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import checkers, inputs, synthetic
from benchmarks.checkers import Message
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.peers.servers import free_port
from benchmarks.questions.requests import listing

ROOT = Path(__file__).parents[2]
REAL = "BENCH_DOCUMENT"
"""The environment variable that names a real document, as JSON, to take the place of the one that is made up."""
OPERATIONS = 1223
"""As many as GitHub's own document has."""
PATIENCE = 60.0
"""Seconds until a server must take connections."""
REQUESTS = 20


def _document(operations: int) -> dict[str, Any]:
    found: dict[str, Any]
    if operations == OPERATIONS and (named := os.environ.get(REAL)):
        found = json.loads(Path(named).read_bytes())
    else:
        found = synthetic.operations(operations)
    return found


def _message(raw: dict[str, Any]) -> Message | None:
    """Return a request that conforms; `None` for a document of which none is known."""
    return listing(2) if "/tasks" in raw["paths"] else None


def _ours(operations: int) -> Work:
    from apicontract.openapi.document import Document
    from twelvelabs_contract import Contract

    raw = _document(operations)
    message = _message(raw)

    def run() -> Contract:
        contract = Contract(Document(raw))
        if message is not None and contract.check_request(checkers.neutral(message)):
            raise ValueError("a request that conforms was refused")
        return contract

    return Work(run, lambda: {"operations": len(run().operations)})


def _openapi_core(operations: int) -> Work:
    raw = _document(operations)
    message = _message(raw)

    def run() -> None:
        app = checkers.openapi_core(raw)
        if message is not None and not checkers.openapi_core_request(app, message)():
            raise ValueError("a request that conforms was refused")

    def answer() -> Answer:
        run()
        return {"operations": sum(1 for item in raw["paths"].values() for _ in synthetic.operations_of(item))}

    return Work(run, answer)


PAGE = "/v1.3/tasks?page=1&page_limit=10"
BARE = """
import sys, uvicorn
page = sys.argv[2].encode()
head = [(b"content-type", b"application/json"), (b"content-length", str(len(page)).encode())]
async def answer(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": page})
uvicorn.run(answer, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", lifespan="off")
"""


class _Server:
    """A server, and one connection to it; both end when nobody holds this any more."""

    def __init__(self, command: tuple[str, ...], page: tuple[str, ...]) -> None:
        """Start it, and wait until it takes connections."""
        port = free_port()
        quiet: dict[str, Any] = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen((*command, str(port), *page), **quiet)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        weakref.finalize(self, _end, process, self._connection)
        begun = time.monotonic()
        while True:
            try:
                self._connection.connect()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                    raise
                time.sleep(0.1)

    def ask(self) -> tuple[int, bytes]:
        """Ask for a page."""
        self._connection.request("GET", PAGE, headers={"x-api-key": inputs.KEY})
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def _end(process: subprocess.Popen[bytes], connection: http.client.HTTPConnection) -> None:
    connection.close()
    process.kill()
    process.wait()


def _server(command: tuple[str, ...], page: tuple[str, ...], _: int) -> Work:
    server = _Server(command, page)

    def run() -> None:
        for _ in range(REQUESTS):
            server.ask()

    def answer() -> Answer:
        status, body = server.ask()
        return {"status": status, "a page": "data" in json.loads(body)}

    return Work(run, answer)


_SERVE = (sys.executable, "-m", "twelvelabs_contract", "serve", "--spec", str(inputs.document_path()), "--port")

QUESTIONS = (
    Question(
        "document",
        f"Load a document of {OPERATIONS:,} operations, and check a first request",
        (Side("ours", _ours, slow=True), Side("openapi-core", _openapi_core, slow=True, rounds=1)),
        sizes=(OPERATIONS,),
        per=lambda size: (float(size), "operations"),
        effort=Effort(processes=3),
        small=(28,),
        judged=(28,),
        note="Made of copies of the bundled document's operations, each copy with schemas of its own; with "
        f"{REAL}=FILE it is a real one, such as GitHub's, of which no request is checked unless it has `/tasks`.",
    ),
    Question(
        "server",
        f"Ask a server for a page, {REQUESTS} times over one connection",
        (
            Side("ours", partial(_server, _SERVE, ())),
            Side(
                "bare uvicorn",
                partial(_server, (sys.executable, "-c", BARE), (json.dumps(inputs.page(10)),)),
            ),
        ),
        sizes=(1,),
        expected={"status": 200, "a page": True},
        per=lambda _: (float(REQUESTS), "answers"),
        effort=Effort(processes=3, min_time=0.1),
        note="`serve` checks the request and makes an answer from the document; the peer sends the same bytes always. "
        "Other mock servers are compared in PEERS.md.",
    ),
)
