"""The guards: transports that check exchanges, and otherwise change nothing."""

from __future__ import annotations

import asyncio
import io
import logging
import pickle
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Literal, Self

import httpx
import httpx2
import pytest

from apicontract import transport as transport_module
from apicontract.traffic.taps import bodies
from tests.support.passes import ONCE, counted_passes
from tests.support.sending import JSON, KEY, START, URL, Recorder
from twelvelabs_contract import Contract
from twelvelabs_contract.transport import AsyncContractTransport, ContractTransport, ContractViolated, Finding

ASK = {"video": {"type": "url", "url": "https://media.example.com/a.mp4"}, "prompt": "", "stream": True}
PAGE = b'{"data": [], "page_info": {"page": 1}}'
WRONG = b'{"data": [], "page_info": {"page": "1"}}'
BOTH = pytest.mark.parametrize("way", ["sync", "async"])
Way = Literal["sync", "async"]


def send(way: str, inner: Any, method: str, url: str, *, policy: Any = "raise", **options: Any) -> httpx.Response:
    """Send one request through a guard, by a client that is closed then."""
    headers = {**KEY, **options.pop("headers", {})}
    if way == "sync":
        with httpx.Client(transport=ContractTransport(inner, on_violation=policy), headers=headers) as client:
            return client.request(method, url, **options)

    async def run() -> httpx.Response:
        guard = AsyncContractTransport(inner, on_violation=policy)
        async with httpx.AsyncClient(transport=guard, headers=headers) as client:
            return await client.request(method, url, **options)

    return asyncio.run(run())


@BOTH
def test_what_conforms_passes(way: Way) -> None:
    inner = Recorder(PAGE, headers=JSON)
    assert send(way, inner, "GET", f"{URL}/tasks").content == PAGE
    assert inner.closed == 1


@pytest.mark.parametrize(
    ("guard", "inner", "other"),
    [
        (ContractTransport, httpx.AsyncBaseTransport(), "AsyncContractTransport is for"),
        (AsyncContractTransport, httpx.BaseTransport(), "; ContractTransport is for"),
        (ContractTransport, httpx.BaseTransport, "an httpx.BaseTransport is needed, not <class"),
    ],
)
def test_a_transport_of_the_other_kind_is_refused_at_once(guard: Any, inner: object, other: str) -> None:
    with pytest.raises(TypeError, match=other):
        guard(inner)


@BOTH
@pytest.mark.parametrize(
    "options",
    [
        {"method": "GET", "url": f"{URL}/tasks?page_limit=51"},
        {"method": "POST", "url": f"{URL}/search", "files": {"search_options[]": (None, "visual")}},
        {"method": "POST", "url": f"{URL}/search", "files": {"query_media_file": ("a", io.BytesIO(b"a"))}},
        {"method": "GET", "url": "https://api.twelvelabs.io/v1.2/tasks"},
    ],
    ids=["query", "form", "upload", "version"],
)
def test_a_wrong_request_is_not_sent(way: Way, options: dict[str, Any]) -> None:
    inner = Recorder(PAGE)
    with pytest.raises(ContractViolated) as caught:
        send(way, inner, **options)
    assert inner.sent == []
    assert {finding.side for finding in caught.value.findings} == {"request"}
    assert caught.value.findings[0].label == f"{options['method']} {options['url'].partition('?')[0]}"


def test_the_error_says_every_violation_and_no_key() -> None:
    with pytest.raises(ContractViolated) as caught:
        send("sync", Recorder(PAGE), "GET", f"{URL}/tasks?page_limit=51&page=tlk_made_up_for_tests")
    label, *lines = str(caught.value).split("\n  ")
    assert label == f"GET {URL}/tasks"
    assert [line.partition("query.")[0] for line in lines] == ["request: tasks.list: "] * 2
    assert "query.page_limit: the value is greater than the maximum of 50, got 51 [maximum, #/" in str(caught.value)
    assert "tlk_made" not in str(caught.value)
    assert "tlk_made" not in repr(caught.value.findings)


@BOTH
def test_an_operation_that_nobody_knows_is_logged_and_never_blocked(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    """It can be newer than the document."""
    inner = Recorder(PAGE)
    send(way, inner, "GET", f"{URL}/nowhere")
    assert len(inner.sent) == 1
    assert [record.getMessage().startswith(f"GET {URL}/nowhere: request: path: ") for record in caplog.records] == [
        True
    ]


def test_a_client_of_httpx2_is_guarded() -> None:
    handled = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"data": 5}))
    found: list[Finding] = []
    client = httpx2.Client(transport=ContractTransport(handled, on_violation=found.append))  # type: ignore[arg-type] # typed as httpx's
    assert client.get(f"{URL}/tasks?page_limit=51", headers=KEY).json() == {"data": 5}
    assert [finding.violation.where for finding in found] == ["query.page_limit", "body.data"]


@BOTH
@pytest.mark.parametrize(
    ("inner", "options", "rule"),
    [
        (Recorder(WRONG, headers=JSON), {"method": "GET", "url": f"{URL}/tasks"}, "type"),
        (Recorder(START), {"method": "POST", "url": f"{URL}/analyze", "json": ASK}, "truncated"),
    ],
    ids=["json", "stream"],
)
def test_a_wrong_answer_comes_out_of_the_call_and_is_closed(
    way: Way, inner: Recorder, options: dict[str, Any], rule: str
) -> None:
    closed = inner.closed
    with pytest.raises(ContractViolated) as caught:
        send(way, inner, **options)
    assert [(finding.side, finding.violation.rule) for finding in caught.value.findings] == [("response", rule)]
    assert inner.closed == closed + 1


@BOTH
def test_a_mock_with_its_content_is_judged_at_once(way: Way) -> None:
    inner = httpx.MockTransport(lambda _: httpx.Response(200, content=WRONG, headers=JSON))
    with pytest.raises(ContractViolated, match=r'response: tasks\.list: body\.page_info\.page: .* got "1"'):
        send(way, inner, "GET", f"{URL}/tasks")


def test_an_answer_stays_a_stream_and_its_end_raises() -> None:
    inner = Recorder(START, b"\n", b"\n")
    client = httpx.Client(transport=ContractTransport(inner), headers=KEY)
    read = []

    def follow() -> None:
        with client.stream("POST", f"{URL}/analyze", json=ASK) as answer:
            for chunk in answer.iter_raw():
                read.append(chunk)
                assert len(inner.read) == len(read)

    with pytest.raises(ContractViolated, match="without 'stream_end'"):
        follow()
    assert len(read) == 3
    assert inner.closed == 1


@pytest.mark.parametrize("error", [None, KeyError("mine")])
def test_closing_early_raises_for_what_was_read_unless_another_error_is_on_its_way(
    error: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    inner = Recorder(b'{"event_type": "nonsense"}\n', START)
    client = httpx.Client(transport=ContractTransport(inner), headers=KEY)

    def read() -> None:
        with client.stream("POST", f"{URL}/analyze", json=ASK) as answer:
            next(answer.iter_raw())
            if error:
                raise error

    def read_while_another_error_is_handled() -> None:
        try:
            int("not on its way any more")
        except ValueError:
            read()

    with pytest.raises(type(error) if error else ContractViolated):
        read_while_another_error_is_handled()
    assert inner.closed == 1
    assert ("event[0]" in caplog.text) == (error is not None)


class Interrupted(BaseException):
    """Ends a call, as Ctrl-C or the end of a task does."""


@BOTH
@pytest.mark.parametrize("error", [httpx.ConnectError("no network"), asyncio.CancelledError(), Interrupted()], ids=repr)
def test_the_inner_transports_errors_are_its_own(
    way: Way, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where the request was wrong and could not be checked before, and where the call is cancelled."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise error

    async def body() -> AsyncIterator[bytes]:
        yield b"nonsense"

    content = body() if way == "async" else iter([b"nonsense"])
    with pytest.raises(type(error)):
        send(way, httpx.MockTransport(handle), "POST", f"{URL}/search", content=content)
    assert "search.create: header.content-type" in caplog.text


@BOTH
def test_log(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    answer = send(way, Recorder(WRONG, headers=JSON), "GET", f"{URL}/tasks?page_limit=51", policy="log")
    assert answer.content == WRONG
    found = [(r.name, r.levelno, r.getMessage()) for r in caplog.records if r.name == "apicontract"]
    assert [(name, level) for name, level, _ in found] == [("apicontract", logging.WARNING)] * 2
    assert found[0][2].startswith(f"GET {URL}/tasks: request: tasks.list: query.page_limit: ")
    assert found[1][2].startswith(f"GET {URL}/tasks: response: tasks.list: body.page_info.page: ")


@BOTH
def test_collect(way: Way) -> None:
    findings: list[Finding] = []
    for _ in range(2):
        send(way, Recorder(WRONG, headers=JSON), "GET", f"{URL}/tasks?page_limit=51", policy=findings.append)
    assert [(f.side, f.violation.where) for f in findings] == [
        ("request", "query.page_limit"),
        ("response", "body.page_info.page"),
    ] * 2


@BOTH
def test_other_hosts_pass_unseen(way: Way) -> None:
    assert send(way, Recorder(b"<html>"), "GET", "https://example.com/v1.3/tasks?page_limit=51").text == "<html>"


def test_another_base_url_and_another_document() -> None:
    contract = Contract.load(base_url="https://staging.example/api")
    client = httpx.Client(transport=ContractTransport(Recorder(PAGE, headers=JSON), contract=contract), headers=KEY)
    assert client.get("https://staging.example/api/tasks?page_limit=50").content == PAGE
    assert client.get(f"{URL}/tasks?page_limit=51").content == PAGE
    with pytest.raises(ContractViolated):
        client.get("https://staging.example/api/tasks?page_limit=51")


def test_what_else_the_host_of_a_base_url_serves_is_not_the_apis() -> None:
    contract = Contract.load(base_url="https://gateway.example/twelvelabs")
    client = httpx.Client(transport=ContractTransport(Recorder(b"<html>"), contract=contract))
    assert client.get("https://gateway.example/another/v1/models").text == "<html>"
    with pytest.raises(ContractViolated):
        client.get("https://gateway.example/twelvelabs/tasks?page=0")


def test_a_request_sent_while_an_error_was_handled_and_read_later_raises() -> None:
    """As in `except httpx.TransportError: response = client.send(request, stream=True)`."""
    client = httpx.Client(transport=ContractTransport(Recorder(WRONG, headers=JSON)), headers=KEY)
    try:
        int("the first try")
    except ValueError:
        response = client.send(client.build_request("GET", f"{URL}/tasks"), stream=True)
    with pytest.raises(ContractViolated):
        response.read()


def test_the_error_crosses_processes() -> None:
    with pytest.raises(ContractViolated) as caught:
        send("sync", Recorder(PAGE), "GET", f"{URL}/tasks?page_limit=51")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(copy) == str(caught.value)
    assert copy.findings == caught.value.findings


def test_a_long_upload_is_streamed_and_checked_when_it_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert transport_module.READ_FIRST == 8 << 20, "as its documentation says"
    monkeypatch.setattr(transport_module, "READ_FIRST", 100)
    inner = Recorder(b"{}", headers=JSON)
    upload = {"query_media_file": ("a.png", io.BytesIO(b"a" * 200), "image/png")}
    with pytest.raises(ContractViolated) as caught:
        send("sync", inner, "POST", f"{URL}/search", files=upload)
    assert len(inner.sent) == 1
    assert "form.index_id" in {f.violation.where for f in caught.value.findings}
    assert inner.closed == 1


@pytest.mark.parametrize("more", [0, 1])
def test_an_upload_of_the_bound_is_read_first_and_a_longer_one_is_not(
    monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    """What is read first is refused unsent."""
    request = httpx.Request("POST", f"{URL}/search", files={"query_media_file": ("a.png", io.BytesIO(b"a" * 200))})
    monkeypatch.setattr(transport_module, "READ_FIRST", int(request.headers["content-length"]) - more)
    inner = Recorder(b"{}", headers=JSON)
    with pytest.raises(ContractViolated), httpx.Client(transport=ContractTransport(inner)) as client:
        client.send(request)
    assert len(inner.sent) == more


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Counts how often it is entered, left and closed."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __enter__(self) -> Self:
        self.calls.append("enter")
        return self

    def __exit__(self, *_: object) -> None:
        self.calls.append("exit")

    def close(self) -> None:
        self.calls.append("close")

    async def __aenter__(self) -> Self:
        self.calls.append("enter")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.calls.append("exit")

    async def aclose(self) -> None:
        self.calls.append("close")


def test_entering_and_closing_is_the_inner_transports() -> None:
    inner = Counting()
    with ContractTransport(inner) as guard:
        guard.close()

    async def run() -> None:
        async with AsyncContractTransport(inner) as guard:
            await guard.aclose()

    asyncio.run(run())
    assert inner.calls == ["enter", "close", "exit"] * 2


@pytest.mark.parametrize("make", [ContractTransport, AsyncContractTransport])
def test_a_policy_that_is_none_is_refused(make: Callable[..., object]) -> None:
    with pytest.raises(
        ValueError, match="on_violation is 'raise', 'log' or a function that takes a Finding, not 'rais'"
    ):
        make(Counting(), on_violation="rais")


def _chunks() -> Iterator[bytes]:
    yield b"never asked for"


def test_a_body_that_was_not_seen_is_reported_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Deaf(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(400, json={"code": "parameter_invalid", "message": "no"})

    assert send("sync", Deaf(), "POST", f"{URL}/search", content=_chunks(), policy="log").status_code == 400
    assert "POST https://api.twelvelabs.io/v1.3/search: the body of the request was not seen completely" in caplog.text


@pytest.mark.parametrize(
    "codings",
    ["gzip", "gzip, deflate", *(pytest.param(c, marks=pytest.mark.deep) for c in ("gzip, gzip", "x-gzip, gzip"))],
)
def test_a_body_that_grows_when_decoded_is_not_decoded_further_than_the_limit(
    codings: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller reads the raw bytes, and pays for no more than the limit of the guard; what is cut is not checked."""
    framing = {"gzip": 31, "x-gzip": 31, "deflate": 15}
    body = b" " * (3 * bodies.LIMIT)
    for name in codings.split(", "):
        packer = zlib.compressobj(9, zlib.DEFLATED, framing[name])
        body = packer.compress(body) + packer.flush()
    inner = Recorder(body, headers={**JSON, "content-encoding": codings})
    tracemalloc.start()
    try:
        with (
            httpx.Client(transport=ContractTransport(inner, on_violation="log")) as client,
            client.stream("GET", f"{URL}/tasks", headers=KEY) as response,
        ):
            assert b"".join(response.iter_raw()) == body
        assert tracemalloc.get_traced_memory()[1] < 3 * bodies.LIMIT
    finally:
        tracemalloc.stop()
    assert "the body of the response was not seen completely" in caplog.text


def test_an_exchange_is_routed_once_and_each_body_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its request is checked before it is sent, and its answer after."""
    findings: list[Finding] = []
    plain = Contract(Contract.load().document)  # which no other edition explains anything of
    transport = ContractTransport(Recorder(b"[]", headers=JSON), contract=plain, on_violation=findings.append)
    done = counted_passes(monkeypatch)
    httpx.Client(transport=transport, headers=KEY).post(f"{URL}/analyze", json={**ASK, "stream": False, "prompt": 1})
    assert sorted(done) == ONCE
    assert [(finding.side, finding.violation.where) for finding in findings] == [
        ("request", "body.prompt"),
        ("response", "body"),
    ]
