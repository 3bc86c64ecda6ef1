"""The monitor: threads, memory, nested monitors, and httpx restored when it stops."""

from __future__ import annotations

import asyncio
import io
import threading
import types
from typing import Any

import httpx
import pytest

from apicontract.checks.exchange import Verdict
from apicontract.coverage import Coverage
from apicontract.pytest_plugin import monitor as monitor_module
from apicontract.pytest_plugin.monitor import ExchangeFinding, Monitor, Owner
from apicontract.traffic.ignores import IgnoreEntry
from apicontract.traffic.taps.bodies import Copy, seen
from apicontract.traffic.taps.httpx import PLACE, ClientExchange
from apicontract.traffic.taps.protocol import Done
from apicontract.wire.messages import Exchange
from tests.support.passes import ONCE, counted_passes
from tests.support.running import Consumer
from tests.support.sending import JSON, KEY, URL, Recorder
from twelvelabs_contract import Contract


def test_many_threads_lose_nothing(monitor: Monitor, seen: list[Exchange]) -> None:
    def send() -> None:
        client = httpx.Client(transport=Recorder(b"{", b"}", headers=JSON), headers=KEY)
        for page in range(20):
            client.get(f"{URL}/tasks", params={"page_limit": 50 + page})

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = monitor.drain()
    assert len(seen) == 160
    assert len([finding for finding in found if finding.violation.where == "query.page_limit"]) == 8 * 19


def test_large_bodies_do_not_wait_for_the_end_of_the_test(monitor: Monitor, seen: list[Exchange]) -> None:
    chunk = b" " * (1024 * 1024)
    client = httpx.Client(transport=Recorder(b"{}", headers=JSON), headers=KEY)
    counts = []
    for _ in range(5):
        client.post(f"{URL}/search", content=iter([chunk] * 8))
        counts.append(len(seen))
    assert counts == [0, 0, 0, 4, 4], "the fourth made them more than 32 MiB"


def test_bodies_on_the_limit_wait_and_one_byte_more_does_not(
    monitor: Monitor, seen: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor_module, "HELD", 12)
    client = httpx.Client(transport=Recorder(b"{}", headers=JSON), headers=KEY)
    counts = []
    for _ in range(6):
        client.post(f"{URL}/search", content=b"1234")
        counts.append(len(seen))
    assert counts == [0, 0, 3, 3, 3, 6]


def test_a_request_that_was_not_sent_after_all_is_neither_counted_nor_checked(
    monitor: Monitor, seen: list[Exchange]
) -> None:
    request = httpx.Request("GET", f"{URL}/tasks?page_limit=51", headers=KEY)
    ended: list[Done] = []

    def begin(url: str, done: Done) -> ClientExchange:
        ended.append(done)
        return ClientExchange(request, url, done)

    assert monitor.follow("httpx", str(request.url), begin) is not None
    assert monitor.seen.followed == {"httpx": 1}
    ended[0](None)
    assert not +monitor.seen.followed
    assert (monitor.drain(), seen) == ([], [])
    monitor.follow("httpx", str(request.url), begin)
    monitor.owner = Owner("", "", 1, checked=False)
    monitor.follow("httpx", str(request.url), begin)
    ended[2](None)
    assert monitor.seen.followed == {"httpx": 1}, "only what is checked was counted"


def test_the_innermost_watch_alone_sees_and_the_last_one_leaves_nothing(contract: Contract) -> None:
    before = [vars(owner)[PLACE] for owner in (httpx.Client, httpx.AsyncClient)]
    monitors = [Monitor(contract, contract.base_urls(), Owner(name, "", 1, checked=True)) for name in ("out", "in")]
    client = httpx.Client(transport=Recorder(b"{}", headers=JSON))
    counts = []
    for step in (monitors[0].start, monitors[1].start, monitors[1].stop, monitors[0].stop):
        step()
        client.get(f"{URL}/nowhere")
        counts.append([len(monitor.drain()) for monitor in monitors])
    assert counts == [[1, 0], [0, 1], [1, 0], [0, 0]]
    assert [vars(owner)[PLACE] for owner in (httpx.Client, httpx.AsyncClient)] == before


def test_what_others_wrapped_meanwhile_stays(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monitor = Monitor(contract, contract.base_urls(), Owner("", "", 1, checked=True))
    original = vars(httpx.Client)[PLACE]
    monkeypatch.setattr(httpx.Client, PLACE, original)  # the first that is noted is what is put back at the end
    monitor.start()
    ours = vars(httpx.Client)[PLACE]

    def theirs(client: httpx.Client, request: httpx.Request) -> httpx.Response:
        answer: httpx.Response = ours(client, request)
        return answer

    monkeypatch.setattr(httpx.Client, PLACE, theirs)
    monitor.stop()
    assert vars(httpx.Client)[PLACE] is theirs
    assert httpx.Client(transport=Recorder(b"{}")).get(f"{URL}/nowhere").text == "{}"
    assert monitor.drain() == []


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_what_others_wrapped_meanwhile_does_not_count_twice(
    contract: Contract, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A wrapper of an earlier monitor, kept alive by somebody above it, is below that of a later one."""
    seen: list[Exchange] = []
    owner = httpx.Client if kind == "sync" else httpx.AsyncClient
    monkeypatch.setattr(owner, PLACE, vars(owner)[PLACE])
    earlier, later = (Monitor(contract, contract.base_urls(), Owner("", "", 1, checked=True)) for _ in range(2))
    earlier.start()
    ours = vars(owner)[PLACE]

    def theirs(client: Any, request: httpx.Request) -> Any:
        return ours(client, request)

    monkeypatch.setattr(owner, PLACE, theirs)
    earlier.stop()
    later.observers.append(lambda exchange, *_: seen.append(exchange))
    later.start()
    if kind == "sync":
        httpx.Client(transport=Recorder(b"{}")).get(f"{URL}/nowhere")
    else:
        asyncio.run(httpx.AsyncClient(transport=Recorder(b"{}")).get(f"{URL}/nowhere"))
    found = later.drain()
    later.stop()
    assert (len(found), len(seen), earlier.drain()) == (1, 1, [])
    assert vars(owner)[PLACE] is theirs


@pytest.mark.parametrize("when", ["after the answer", "before it, and again after it"])
def test_an_exchange_is_routed_once_and_each_body_parsed_once(
    monitor: Monitor, seen: list[Exchange], contract: Contract, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Checking and counting coverage share one pass over the exchange, also if a test ends before its answer comes."""
    coverage = Coverage(contract)
    early: list[ExchangeFinding] = []

    def observer(exchange: Exchange, verdict: Verdict, _: Owner) -> None:
        coverage.count(exchange, verdict)

    class Late(Recorder):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if when.startswith("before"):
                early.extend(monitor.drain())
            return super().handle_request(request)

    monitor.observers.append(observer)
    client = httpx.Client(transport=Late(b"{}", headers=JSON), headers=KEY)
    done = counted_passes(monkeypatch)
    client.post(f"{URL}/analyze", json={"video_id": 1, "prompt": "p", "stream": False})
    late = monitor.drain()
    assert len(seen) == 1
    assert sorted(done) == ONCE
    found = [(finding.side, finding.violation.where) for finding in (*early, *late)]
    assert found == [("request", "body.video_id")]
    assert [finding.side for finding in early] == (["request"] if when.startswith("before") else [])
    assert [one.where for one in coverage.findings()] == ["body.video_id"]


def test_a_body_that_is_still_sent_when_a_test_ends_is_checked_once_it_was(monitor: Monitor) -> None:
    early: list[ExchangeFinding] = []

    class Slow(Recorder):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            early.extend(monitor.drain())
            return super().handle_request(request)

    client = httpx.Client(transport=Slow(b"{}", headers=JSON), headers={**KEY, **JSON})
    client.post(f"{URL}/analyze", content=iter([b'{"video_id": 1, ', b'"prompt": "p", "stream": false}']))
    assert early == []
    assert [(one.side, one.violation.where) for one in monitor.drain()] == [("request", "body.video_id")]


@pytest.mark.parametrize(
    ("entries", "known", "findings"),
    [
        ((), 0, 2),
        (("tasks.list query.page",), 1, 1),
        (("tasks.list query.page type", "tasks.list query.page", "tasks.*"), 2, 0),
        (("tasks.create",), 0, 2),
    ],
)
def test_what_is_ignored_is_counted_and_every_entry_that_matched_was_of_use(
    monitor: Monitor, entries: tuple[str, ...], known: int, findings: int
) -> None:
    ignored = tuple(IgnoreEntry("a", entry) for entry in entries)
    monitor.owner = Owner("test", "", 1, checked=True, ignored=ignored)
    httpx.Client(transport=Recorder(b'{"data": []}', headers=JSON), headers=KEY).get(
        f"{URL}/tasks?page=x&page_limit=51"
    )
    assert len(monitor.drain()) == findings
    assert (monitor.seen.known, monitor.seen.findings) == (known, findings)
    assert monitor.used == {entry for entry in ignored if entry.entry != "tasks.create"}


@pytest.mark.parametrize(
    ("unknown", "found", "listed"),
    [("fail", ["query.page", "path"], 0), ("warn", ["query.page"], 1), ("ignore", ["query.page"], 0)],
)
def test_only_what_matches_no_operation_is_listed_or_let_pass_as_unknown(
    monitor: Monitor, unknown: str, found: list[str], listed: int
) -> None:
    monitor.unknown = unknown
    client = httpx.Client(transport=Recorder(b'{"data": []}', headers=JSON), headers=KEY)
    for path in ("/tasks?page=x", "/task"):
        client.get(URL + path)
    assert [one.violation.where for one in monitor.drain()] == found
    assert monitor.seen.findings == len(found)
    assert [text.partition(":")[0] for text in monitor.unknown_seen] == ["GET /task"] * listed


@pytest.mark.parametrize(("nodeid", "named"), [("a.py::test", "a.py::test"), ("", "no test")])
def test_a_body_that_was_not_seen_says_whose_it_is(monitor: Monitor, nodeid: str, named: str) -> None:
    monitor.owner = Owner(nodeid, "", 1, checked=True)

    class Deaf(Recorder):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, json={"data": []})

    httpx.Client(transport=Deaf(), headers=KEY).request("GET", f"{URL}/tasks", content=iter([b"a"]))
    monitor.drain()
    assert monitor.unseen == [f"the request of GET {URL}/tasks, sent by {named}"]


def test_an_httpx_without_that_place_is_refused(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(httpx.AsyncClient, PLACE)
    monitor = Monitor(contract, contract.base_urls(), None)
    before = vars(httpx.Client)[PLACE]
    with pytest.raises(pytest.UsageError, match=rf"needs httpx 0\.28; {httpx.__version__} has no {PLACE}"):
        monitor.start()
    monitor.stop()
    assert vars(httpx.Client)[PLACE] is before


def test_a_run_leaves_httpx_as_it_was(consumer: Consumer) -> None:
    before = vars(httpx.Client)["_send_single_request"], vars(httpx.AsyncClient)["_send_single_request"]
    consumer.tests(
        """
        def test_it():
            assert hasattr(httpx.Client._send_single_request, "__wrapped__")
        """
    )
    assert consumer.run("--contract").one().outcome == "passed"
    assert before == (vars(httpx.Client)["_send_single_request"], vars(httpx.AsyncClient)["_send_single_request"])


def test_a_file_that_is_rewound_is_copied_once() -> None:
    """As urllib3 does before it sends a body again."""
    tee, copy = seen(io.BytesIO(b"abcdef"))
    assert isinstance(copy, Copy)
    tee.seek(0)
    assert tee.read(3) == b"abc"
    tee.seek(0)
    while tee.read(4):
        pass
    assert (copy.body(), copy.complete) == (b"abcdef", True)
    assert not hasattr(seen(types.SimpleNamespace(read=lambda *_: b""))[0], "seek")
