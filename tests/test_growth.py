"""The law of growth: four times the input takes about four times as long, and never sixteen times.

Each input is one that took longer than that, or could. Times are the processor times of this thread, the best of
several rounds. Other work of the machine can only make some of them longer, so one good round is enough, and code that
really grows faster has none.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from apicontract.openapi import strict_json, yaml12
from apicontract.openapi.secrets import Secrets
from apicontract.traffic.recordings import RecordingInvalid, read
from apicontract.wire import multipart
from codegen.text import sentences
from tests.fuzz.targets import BASE, message_contract
from twelvelabs_contract import Headers, Request, Response

Work = Callable[[], object]


def _fails(work: Work) -> None:
    try:
        work()
    except (ValueError, RecordingInvalid):
        return


def _json(text: str) -> Work:
    return partial(_fails, lambda: strict_json.load(text))


def _yaml(text: str) -> Work:
    return partial(_fails, lambda: yaml12.load(text.encode()))


def _sent(path: str, media: str, body: bytes, headers: Any = ()) -> Work:
    request = Request("POST", f"{BASE}/{path}", Headers([("content-type", media), *headers]), body)
    return lambda: message_contract().check_request(request)


def _got(path: str, media: str, body: bytes) -> Work:
    response = Response(200, Headers({"content-type": media}), body)
    return lambda: message_contract().check_response(response, operation=path)


def _asked(query: str) -> Work:
    return lambda: message_contract().check_request(Request("GET", f"{BASE}/query/;x=1?{query}"))


def _recorded(data: bytes) -> Work:
    return partial(_fails, lambda: list(read(data)))


FORM = "application/x-www-form-urlencoded"
PARTS = b'--b\r\nContent-Disposition: form-data; name="tags"\r\n\r\n1\r\n'
INPUTS: dict[str, tuple[int, Callable[[int], Work]]] = {
    "one key of many given twice": (4000, lambda n: _json("{" + "".join(f'"k{i}":1,' for i in range(n)) + '"k0":2}')),
    "a key given often": (8000, lambda n: _json("{" + '"k":1,' * n + '"k":2}')),
    "halves of surrogate pairs": (8000, lambda n: _json('"' + "\\ud800" * n + '"')),
    "an open list": (8000, lambda n: _json("[" * n)),
    "a document of aliases": (500, lambda n: _yaml("a: &a [1]\nb: [" + "*a, " * n + "]")),
    "a document of merge keys": (
        200,
        lambda n: _yaml("a: &a {b: 1}\n" + "".join(f"c{i}: {{<<: *a}}\n" for i in range(n))),
    ),
    "sentences of a description": (2000, lambda n: lambda: list(sentences("What is it. " * n))),
    "a description without a sentence": (20_000, lambda n: lambda: list(sentences("e.g. " * n))),
    "a secret that is nearly there": (3000, lambda n: partial(Secrets(["tlk_CANARY"]).text, "tlk_CAN\\" * n)),
    "violations of a body": (
        1000,
        lambda n: _sent("json", "application/json", json.dumps({"tags": ["x"] * n}).encode()),
    ),
    "violations of a stream": (300, lambda n: _got("ndjson", "application/x-ndjson", b"{}\n" * n)),
    "empty lines of a stream": (50_000, lambda n: _got("ndjson", "application/x-ndjson", b"\n" * n)),
    "fields": (1000, lambda n: _sent("urlencoded", FORM, b"tags=1&" * n)),
    "undeclared fields": (500, lambda n: _sent("urlencoded", FORM, "&".join(f"x{i}=1" for i in range(n)).encode())),
    "percent signs": (5000, lambda n: _sent("urlencoded", FORM, b"n=" + b"%" * n)),
    "parts": (1000, lambda n: _sent("multipart", "multipart/form-data; boundary=b", PARTS * n + b"--b--\r\n")),
    "what is nearly a boundary": (20_000, lambda n: partial(_fails, lambda: multipart.parse(b"\r\n--b" * n, "bb"))),
    "a head of many quotes": (
        2000,
        lambda n: partial(_fails, lambda: multipart.parse(b"--b\r\nContent-Disposition: form-data" + b';a="' * n, "b")),
    ),
    "a query": (1000, lambda n: _asked("list1=1&" * n)),
    "brackets of a query": (150, lambda n: _asked("&".join(f"record4[k{i}]=x" for i in range(n)))),
    "a content type": (2000, lambda n: _sent("json", "application/json" + ';a="' * n, b"{}")),
    "cookies": (1000, lambda n: _sent("json", "application/json", b"{}", [("cookie", "crumb=1; " * n)])),
    "content codings": (1000, lambda n: _sent("json", "application/json", b"{}", [("content-encoding", "gzip," * n)])),
    "exchanges of a recording": (
        200,
        lambda n: _recorded(b'{"log": {"entries": [' + b'{"request": {"method": "GET", "url": "x"}},' * n + b"{}]}}"),
    ),
    "aliases of a recording": (500, lambda n: _recorded(b"a: &a [1]\ninteractions:\n" + b"- {request: *a}\n" * n)),
}


FIRST, MOST = 3, 12
"""How often the times are taken before they are judged, and at most."""


@pytest.mark.parametrize("name", INPUTS)
def test_four_times_the_input_takes_no_sixteen_times_the_time(name: str) -> None:
    n, make = INPUTS[name]
    works = [make(n * factor) for factor in (1, 2, 4)]
    best = [math.inf] * 3
    for taken in range(1, MOST + 1):
        one, two, four = best = [min(known, _seconds(work)) for known, work in zip(best, works, strict=True)]
        if taken >= FIRST and (four < 9 * one + 0.05 or four < 3 * two + 0.05):
            return
    pytest.fail(f"{best}")


def test_what_grows_with_the_square_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(INPUTS, "square", (1, lambda n: lambda: 0.02 * n * n))
    monkeypatch.setattr(f"{__name__}._seconds", lambda work: work())
    with pytest.raises(pytest.fail.Exception):
        test_four_times_the_input_takes_no_sixteen_times_the_time("square")


def _seconds(work: Work) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
