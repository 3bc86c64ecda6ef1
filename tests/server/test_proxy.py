"""The proxy: bytes pass unchanged, both sides are checked, keys are masked, and recordings give the same findings."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from apicontract.server import Application, Limits, Proxy, Recorder
from apicontract.traffic import recordings
from apicontract.wire.messages import Exchange
from tests.server.conftest import KEY, Served, by_hand, contract_of

API = "http://127.0.0.1:1/api"
SCHEMA = Path(recordings.__file__).parent / "exchange_lines.schema.json"
Answer = Callable[[httpx.Request], httpx.Response]


class _Stand(httpx.AsyncBaseTransport):
    """Answers as a network does: with bytes that were not read yet."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        made = self._answer(request)
        if made.is_stream_consumed or made.is_closed:
            stream = httpx.ByteStream(made.content)
            return httpx.Response(made.status_code, headers=made.headers, stream=stream)
        return made


class _CutOff(httpx.AsyncByteStream):
    """A body that breaks off after some bytes."""

    def __init__(self, held: bytes) -> None:
        self._held = held

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._held
        raise httpx.RemoteProtocolError(f"gone, with {KEY}")


def _proxied(answer: Answer | None = None, **options: Any) -> Served:
    """Return a proxy before an API that answers as told, else as documented."""
    stand_in: httpx.AsyncBaseTransport = httpx.ASGITransport(Application(contract_of(), report=lambda _: None))
    transport = stand_in if answer is None else _Stand(answer)
    to = "http://stand-in/v1.3" if answer is None else API
    return Served(lambda contract, report: Proxy(contract, to, report=report, transport=transport, **options))


def test_a_request_goes_on_as_it_came_and_the_answer_comes_back_as_it_is() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": [], "page_info": {}}, headers={"x-more": "1", "connection": "close"})

    served = _proxied(answer)
    got = served.send("GET", "/v1.3/indexes?page=1", headers={"accept-encoding": "br", "x-mine": "2"})
    assert str(seen[0].url) == f"{API}/indexes?page=1"
    assert seen[0].headers["host"] == "127.0.0.1:1"
    assert {"x-mine": "2", "accept-encoding": "br", "x-api-key": KEY}.items() <= dict(seen[0].headers).items()
    assert (got.status_code, got.headers["x-more"], got.json()["data"]) == (200, "1", [])
    assert "connection" not in got.headers
    assert served.rules == []


@pytest.mark.parametrize("to", [f"{API}/", f"{API}//", API])
def test_only_what_is_for_one_connection_does_not_go_on_in_either_direction(to: str) -> None:
    """RFC 9110, section 7.6.1: and nothing of the proxy's own comes in its place."""
    hops = [
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
    ]
    hops += ["Transfer-Encoding", "Upgrade"]
    fields = dict.fromkeys((*hops, "X-Mine"), "a")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers=fields, stream=httpx.ByteStream(b'{"data": [], "page_info": {}}'))

    served = Served(lambda c, report: Proxy(c, to, report=report, transport=_Stand(answer), limits=Limits(receive=7)))
    message = {"type": "http.request"}
    given = {name.replace("-", "_"): value for name, value in fields.items()}
    sent = by_hand(served.endpoint, "GET", "/v1.3/indexes", [message], **given)
    assert str(seen[0].url) == f"{API}/indexes"
    assert {*seen[0].headers} - {"content-length"} == {"host", "x-mine"}
    assert sent.headers == {"x-mine": "a"}
    assert seen[0].extensions["timeout"] == httpx.Timeout(7).as_dict()


def test_an_error_without_words_is_named() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("")

    assert _proxied(answer).send("GET", "/v1.3/indexes").text == "the API did not respond: ReadError"


def test_both_sides_are_checked_and_only_reported() -> None:
    served = _proxied(lambda _: httpx.Response(200, json={"data": 1}))
    assert served.send("GET", "/v1.3/indexes?page_limit=51").json() == {"data": 1}
    assert served.rules == [("indexes.list", "query.page_limit", "maximum"), ("indexes.list", "body.data", "type")]
    assert [finding.side for finding in served.judged[0].findings] == ["request", "response"]


def test_blocking_sends_no_bad_request_and_holds_back_a_bad_answer() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": 1})

    served = _proxied(answer, block=True)
    bad, answered = served.send_all([("GET", "/v1.3/indexes?page_limit=51", {}), ("GET", "/v1.3/indexes", {})])
    assert (bad.status_code, answered.status_code, len(seen)) == (400, 502, 1)
    assert "body.data" in answered.text
    assert [rule for *_, rule in served.rules] == ["maximum", "type"]
    assert _proxied(block=True).send("GET", "/v1.3/indexes").json()["data"]


def test_an_api_that_is_not_there_is_a_502_without_the_key() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"no route for {KEY}")

    served = _proxied(answer)
    got = served.send("GET", "/v1.3/indexes")
    assert (got.status_code, served.rules) == (502, [("indexes.list", "status", "unanswered")])
    assert KEY not in got.text + str(served.judged)
    assert "no route" in got.text
    assert "no route" in served.judged[0].findings[0].violation.message


def test_an_answer_that_breaks_off_breaks_off_and_what_came_is_checked() -> None:
    events = _CutOff(b'{"event_type": "stream_start"}\n{"event_type": "no_event"}\n{"ev')
    served = _proxied(lambda _: httpx.Response(200, headers={"content-type": "application/x-ndjson"}, stream=events))
    body = {"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p", "stream": True}
    message = {"type": "http.request", "body": json.dumps(body).encode()}
    sent = by_hand(served.endpoint, "POST", "/v1.3/analyze", [message], x_api_key=KEY, content_type="application/json")
    assert (sent.status, sent.complete, len(sent.pieces)) == (200, False, 1)
    assert [where.partition(".")[0] for _, where, _ in served.rules] == ["event[1]", "body"]
    assert served.judged[0].unknown == (), "the API broke it off, not the client"


def test_an_answer_that_cannot_be_decoded_goes_through_and_is_recorded_without_its_body() -> None:
    kept: list[Exchange] = []
    answer = httpx.Response(
        200,
        headers={"content-encoding": "br", "content-type": "application/json"},
        stream=httpx.ByteStream(b"\x0b\x02\x80{}\x03"),
    )
    served = _proxied(lambda _: answer, record=lambda exchange, started: kept.append(exchange))
    sent = by_hand(served.endpoint, "GET", "/v1.3/indexes", [{"type": "http.request"}], x_api_key=KEY)
    assert (sent.status, b"".join(sent.pieces)) == (200, b"\x0b\x02\x80{}\x03")
    (said,) = served.judged[0].unknown
    assert said.startswith("response body: the body is in br, which cannot be decoded here")
    assert [(one.unseen, one.complete) for one in kept] == [(frozenset({"response"}), True)]
    assert served.rules == []


def test_a_field_that_comes_twice_goes_on_twice_in_either_direction() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers=[("set-cookie", "a=1"), ("set-cookie", "b=2")], json={"data": []})

    served = _proxied(answer)
    got = served.send("GET", "/v1.3/indexes", headers=[("x-api-key", KEY), ("x-mine", "a"), ("x-mine", "b")])
    assert got.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert seen[0].headers.get_list("x-mine") == ["a", "b"]


def test_what_is_longer_than_the_bound_goes_through_and_is_said_to_be_unchecked() -> None:
    served = _proxied(lambda _: httpx.Response(200, json={"data": "long" * 100}), limits=Limits(body=100))
    assert len(served.send("GET", "/v1.3/indexes").content) > 400
    assert (served.rules, served.judged[0].unknown) == ([], ("response body: it has more than 100 bytes",))


@pytest.mark.parametrize("path", ["/indexes", "/v1.30/indexes", "/v1.2/indexes"])
def test_a_path_that_is_not_below_the_base_path_is_not_forwarded(path: str) -> None:
    served = _proxied(lambda _: httpx.Response(200))
    got = served.send("GET", path)
    assert (got.status_code, served.rules) == (404, [(None, "url", "undeclared")])
    assert "below /v1.3" in got.text


@pytest.mark.parametrize("name", ["calls.har", "calls.ndjson"])
@pytest.mark.parametrize("block", [False, True])
def test_a_recording_says_what_broke_off_and_a_check_of_it_finds_the_same(
    tmp_path: Path, name: str, block: bool
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("tasks"):
            raise httpx.ConnectError("no route")
        if request.url.path.endswith("analyze"):
            events = b'{"event_type": "stream_start"}\n{"event_type": "no_event"}\n{"ev'
            return httpx.Response(200, headers={"content-type": "application/x-ndjson"}, stream=_CutOff(events))
        packed = gzip.compress(b'{"data": [')[:-4]
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        return httpx.Response(200, headers=headers, stream=_CutOff(packed))

    contract = contract_of()
    recorder = Recorder(contract, tmp_path / name, "tests")
    served = _proxied(answer, record=recorder.write, block=block)
    body = json.dumps({"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p", "stream": True}).encode()
    json_too = {"x_api_key": KEY, "content_type": "application/json"}
    for method, path, sent in (("GET", "tasks", b""), ("GET", "indexes", b""), ("POST", "analyze", body)):
        by_hand(served.endpoint, method, f"/v1.3/{path}", [{"type": "http.request", "body": sent}], **json_too)
    recorder.close()
    assert KEY not in (tmp_path / name).read_text()
    checked = list(recordings.check_all(contract, recordings.read((tmp_path / name).read_bytes()), source=name))
    found = [(f.violation.operation, f.violation.where, f.violation.rule) for one in checked for f in one.findings]
    assert found == served.rules
    assert [(where, rule) for _, where, rule in found if not where.startswith("event")] == [
        ("status", "unanswered"),
        ("body", "truncated"),
        ("body", "truncated"),
    ]
    assert [bool(one.unknown) for one in checked] == [False, True, True], "the ends are not there"


def test_what_comes_after_too_long_a_piece_is_not_checked_either() -> None:
    class Pieces(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in (b'{"data"', b": " + b" " * 20, b"1}"):
                yield piece

    headers = {"content-type": "application/json"}
    served = _proxied(lambda _: httpx.Response(200, headers=headers, stream=Pieces()), limits=Limits(body=10))
    assert served.send("GET", "/v1.3/indexes").content.startswith(b'{"data"')
    assert (served.rules, served.judged[0].unknown) == ([], ("response body: it has more than 10 bytes",))


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize("beyond", [0, 1])
def test_what_is_longer_than_the_bound_goes_through_unchecked_or_is_blocked(*, beyond: int, block: bool) -> None:
    body = b'{"data": 5}'
    answer = httpx.Response(200, headers={"content-type": "application/json"}, content=body)
    served = _proxied(lambda _: answer, limits=Limits(body=len(body) - beyond), block=block)
    got = served.send("GET", "/v1.3/indexes")
    assert got.status_code == (502 if block else 200)
    assert ("it has more than" in got.text) is (block and beyond > 0)
    assert [rule for *_, rule in served.rules] == ([] if beyond else ["type"])


def test_a_body_that_does_not_come_whole_is_reported() -> None:
    served = _proxied(limits=Limits(body=4))
    assert served.send("POST", "/v1.3/indexes", json={"long": 1}).status_code == 413
    assert served.rules == [(None, "body", "limit")]
    served = _proxied()
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    by_hand(served.endpoint, "POST", "/v1.3/indexes", messages, x_api_key=KEY)
    assert served.rules == [(None, "body", "truncated")]
    assert [judged.status for judged in served.judged] == [None]


def test_a_base_url_is_needed() -> None:
    with pytest.raises(ValueError, match="a base URL is needed"):
        Proxy(contract_of(), "nowhere", report=print)


@pytest.mark.parametrize("name", ["calls.har", "calls.ndjson"])
def test_a_recording_has_no_key_and_is_checked_as_what_was_seen(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    contract = contract_of()

    def echo(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(400, json={"code": "x", "message": f"your key {KEY} is wrong"})
        return httpx.Response(200, json={"data": 1}, headers={"set-cookie": "a=short"})

    recorder = Recorder(contract, path, "tests")
    served = _proxied(echo, record=recorder.write)
    files = {"file": ("a.mp4", b"\x00\xff", "video/mp4")}
    served.send("GET", f"/v1.3/indexes?page_limit=51&other={KEY}", headers={"authorization": "Bearer abc"})
    served.send("POST", "/v1.3/assets", data={"method": "direct"}, files=files)
    recorder.close()

    text = path.read_text()
    if name.endswith("har"):
        entry = json.loads(text)["log"]["entries"][0]
        asked = entry["request"]["queryString"]
        assert [field["name"] for field in asked] == ["page_limit", "other"]
        assert asked[0]["value"] == "51"
        needed = {"httpVersion", "cookies", "headers", "headersSize", "bodySize"}  # HAR 1.2, of both
        assert needed <= entry["request"].keys() & entry["response"].keys()
    assert KEY not in text
    assert "Bearer" not in text
    assert "short" not in text
    checked = list(recordings.check_all(contract, recordings.read(path), source=name))
    found = [(f.violation.operation, f.violation.where, f.violation.rule) for one in checked for f in one.findings]
    assert found == served.rules
    assert [rule for *_, rule in found] == ["maximum", "undeclared", "type"]
    assert [one.operation for one in checked] == ["indexes.list", "assets.create"]
    assert all(not one.unknown for one in checked)


def test_lines_are_as_their_schema_says_and_one_that_is_cut_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "calls.ndjson"
    contract = contract_of()
    recorder = Recorder(contract, path, "tests")
    served = _proxied(record=recorder.write)
    served.send_all([("GET", "/v1.3/indexes", {}), ("GET", "/v1.3/tasks", {})])
    recorder.close()
    lines = path.read_text().splitlines()
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [list(validator.iter_errors(json.loads(line))) for line in lines] == [[], []]
    assert list(validator.iter_errors({"request": {}, "response": None}))
    cut = f"{lines[0]}\n{lines[1][:50]}\n{lines[1]}\n".encode()
    read = list(recordings.read(cut))
    assert [type(one) for one in read] == [recordings.Recorded, recordings.Unreadable, recordings.Recorded]
    assert [one.line for one in read] == [1, 2, 3]


def test_a_key_is_masked_however_short_it_is(tmp_path: Path) -> None:
    path = tmp_path / "calls.ndjson"
    recorder = Recorder(contract_of(), path, "tests")
    _proxied(record=recorder.write).send("GET", "/v1.3/indexes", headers={"x-api-key": "~k~"})
    recorder.close()
    assert "~k~" not in path.read_text()
    assert '["x-api-key","[secret]"]' in path.read_text()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        *((late, 504) for late in (httpx.ReadTimeout, httpx.ConnectTimeout, httpx.WriteTimeout, httpx.PoolTimeout)),
        *((lost, 502) for lost in (httpx.ReadError, httpx.RemoteProtocolError)),
    ],
)
def test_an_answer_that_never_came_is_recorded_as_that(
    tmp_path: Path, error: type[httpx.TransportError], status: int
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("it did not come")

    path = tmp_path / "calls.ndjson"
    recorder = Recorder(contract_of(), path, "tests")
    assert _proxied(answer, record=recorder.write).send("GET", "/v1.3/indexes").status_code == status
    recorder.close()
    (one,) = recordings.read(path)
    assert isinstance(one, recordings.Recorded)
    assert one.response is None


def test_what_is_no_operation_has_its_method_and_path_for_a_name() -> None:
    """By which it can be let pass; what breaks a rule of an operation is named by that."""
    served = _proxied(lambda _: httpx.Response(200))
    served.send("POST", "/v1.3/newer", json={})
    served.send("GET", "/v1.3/indexes?page_limit=51")
    named = [(found.violation.operation, found.name) for judged in served.judged for found in judged.findings]
    assert named[0] == (None, "POST /newer")
    assert {name for operation, name in named if operation} == {""}
