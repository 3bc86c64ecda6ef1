"""Those who judge exchanges that were seen: ours, openapi-core and `redocly drift`, each as its manual says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from apicontract.server.recorder import har_entry
from apicontract.wire.messages import Exchange, Headers, Request, Response
from benchmarks.peers.exchanges import Exchanged
from benchmarks.peers.requests import HOST, REQUESTS, Sent
from benchmarks.peers.servers import document, node
from twelvelabs_contract import Contract


def ours(exchanges: Sequence[Exchanged]) -> list[bool]:
    """Say of each exchange whether `Contract.check_exchange` finds nothing."""
    contract = Contract.load(base_url=HOST)
    answers = (Response(one.status, Headers(one.headers), one.body) for one in exchanges)
    return [
        not contract.check_exchange(one.sent.request(), answer) for one, answer in zip(exchanges, answers, strict=True)
    ]


def openapi_core(exchanges: Sequence[Exchanged]) -> list[bool | None]:
    """Say of each exchange whether openapi-core finds nothing in it; `None` where it raises something else."""
    from openapi_core import OpenAPI

    app = OpenAPI.from_dict(json.loads(document(HOST)))
    return [_openapi_core(app, one) for one in exchanges]


def openapi_core_requests() -> list[bool | None]:
    """Say of each request whether openapi-core finds nothing in it."""
    from openapi_core import OpenAPI

    app = OpenAPI.from_dict(json.loads(document(HOST)))
    return [_taken(lambda sent=sent: app.iter_request_errors(_mock(sent))) for sent in REQUESTS]


def _openapi_core(app: Any, one: Exchanged) -> bool | None:
    from openapi_core.testing import MockResponse

    request = _mock(one.sent)
    answer = MockResponse(one.body, one.status, headers=dict(one.headers), content_type=one.kind)
    found = [
        _taken(lambda: app.iter_request_errors(request)),
        _taken(lambda: app.iter_response_errors(request, answer)),
    ]
    return None if None in found else all(found)


def _taken(errors: Any) -> bool | None:
    try:
        return not list(errors())
    except Exception:  # noqa: BLE001 - whatever a peer raises in place of a verdict
        return None


def _mock(sent: Sent) -> Any:
    from openapi_core.testing import MockRequest

    request = sent.request()
    url = urlsplit(str(request.url))
    query: Any = parse_qsl(url.query, keep_blank_values=True)
    return MockRequest(
        f"{url.scheme}://{url.netloc}",
        request.method,
        url.path,
        args=query,
        headers=dict(request.headers),
        data=request.content,
        content_type=request.headers.get("content-type", ""),
    )


def redocly(exchanges: Sequence[Exchanged], folder: Path) -> list[bool | None]:
    """Say of each exchange whether `redocly drift` finds nothing in it, of a HAR with that exchange alone."""
    spec, har = folder / "drift.json", folder / "drift.har"
    spec.write_text(document(HOST))
    command = [*node(folder, "@redocly/cli", "redocly"), "drift", str(har), "--api", str(spec), "--format", "json"]
    command += ["--min-severity", "warning"]  # headers that are not declared are of no interest
    found: list[bool | None] = []
    for one in exchanges:
        made = one.sent.request()
        request = Request(made.method, str(made.url), Headers(made.headers), made.content)
        answer = Response(one.status, Headers(one.headers), one.body)
        entry = har_entry(
            request, answer, "2026-10-06T00:00:00Z", Exchange(request, answer, True, True, frozenset(), "")
        )
        log = {"version": "1.2", "creator": {"name": "benchmarks", "version": "1"}, "entries": [entry]}
        har.write_text(json.dumps({"log": log}))
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        try:
            report = json.loads(done.stdout)
            found.append(not report["problems"])
        except (ValueError, KeyError):
            found.append(None)
    return found
