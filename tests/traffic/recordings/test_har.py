"""HAR files: exchanges, parts that are missing in them, and files that are not HAR."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from apicontract.traffic.recordings import (
    CheckedExchange,
    Recorded,
    RecordingInvalid,
    Unreadable,
    check,
    check_all,
    read,
)
from apicontract.wire import multipart
from twelvelabs_contract import Contract

URL = "https://api.twelvelabs.io/v1.3"
KEY = {"name": "X-Api-Key", "value": "k"}
JSON = {"name": "content-type", "value": "application/json"}
MULTIPART = {"name": "content-type", "value": "multipart/form-data; boundary=b"}
MODEL = {"name": "model_name", "value": "Marengo-retrieval-2.7"}


def _entry(method: str = "GET", path: str = "/tasks", response: Any = None, **request: Any) -> dict[str, Any]:
    request = {"method": method, "url": URL + path, "headers": [KEY], **request}
    return {"request": request, "response": response or {"status": 0}}


def _answer(status: int = 200, headers: Any = (JSON,), **content: Any) -> dict[str, Any]:
    return {"status": status, "headers": list(headers), "content": content}


def _form(path: str, media_type: str, *params: Any) -> dict[str, Any]:
    headers = [KEY, {"name": "content-type", "value": media_type}]
    return _entry("POST", path, headers=headers, postData={"mimeType": media_type, "params": list(params)})


def _har(*entries: Any) -> bytes:
    return json.dumps({"log": {"entries": entries}}).encode()


def _read(entry: Any) -> Recorded:
    (found,) = read(_har(entry))
    assert isinstance(found, Recorded)
    return found


def _checked(contract: Contract, entry: Any) -> CheckedExchange:
    return check(contract, _read(entry))


def _told(verdict: CheckedExchange) -> list[tuple[str, str]]:
    return [(finding.violation.where, finding.violation.rule) for finding in verdict.findings]


def _unknown(verdict: CheckedExchange) -> list[tuple[str, str]]:
    """Return what is not known, but for the response, which the tests of requests leave out."""
    return [(item.side, item.where) for item in verdict.unknown if not item.why.startswith("not recorded")]


@pytest.mark.parametrize("side", ["request", "response"])
def test_listed_cookies_are_secrets(contract: Contract, side: str) -> None:
    """Tools that take headers out of a recording may leave the lists."""
    secret = "s3cr3t-0123456789"
    entry = _entry(path=f"/tasks?page_limit={secret}", response=_answer(text=json.dumps({"data": secret})))
    shown = check(contract, _read(entry)).findings
    assert repr(shown).count(secret) == 2
    entry[side]["cookies"] = [{"name": "session", "value": secret}, {"value": None}, 5]
    hidden = check(contract, _read(entry)).findings
    assert repr(hidden).count("[secret]") == 2
    assert "s3cr3t" not in repr(hidden)


class TestRequest:
    """The request half."""

    def test_pseudo_headers_are_none_and_names_have_any_case(self) -> None:
        found = _read(_entry(headers=[{"name": ":method", "value": "GET"}, KEY])).request
        assert found.headers.items == (("x-api-key", "k"),)

    def test_the_query_of_the_url_wins(self, contract: Contract) -> None:
        wrong = [{"name": "page_limit", "value": "99"}]
        assert _checked(contract, _entry(path="/tasks?page_limit=9", queryString=wrong)).findings == ()

    @pytest.mark.parametrize("answered", [False, True])
    def test_a_query_that_only_querystring_has_is_put_together(self, contract: Contract, answered: bool) -> None:
        answer = _answer(text='{"data": []}') if answered else None
        verdict = _checked(contract, _entry(response=answer, queryString=[{"name": "page_limit", "value": "99"}]))
        assert _told(verdict) == [("query.page_limit", "maximum")]
        assert _unknown(verdict) == [("request", "")]

    @pytest.mark.parametrize("key", ["encoding", "_encoding"])
    @pytest.mark.parametrize("coding", ["base64", "Base64"])
    def test_a_body_in_base64(self, key: str, coding: str) -> None:
        entry = _entry("POST", postData={"text": base64.b64encode(b"\x00\xff").decode(), key: coding})
        assert _read(entry).request.body == b"\x00\xff"

    @pytest.mark.parametrize(
        ("text", "length", "body"),
        [
            ("\x89PNG", 4, b"\x89PNG"),
            ("é", 2, "é".encode()),
            ("é", None, "é".encode()),
            ("é", 1, b"\xe9"),
            ("\u20ac", 1, "\u20ac".encode()),
        ],
    )
    def test_the_content_length_tells_binary_from_utf_8(self, text: str, length: int | None, body: bytes) -> None:
        headers = [KEY] if length is None else [KEY, {"name": "Content-Length", "value": str(length)}]
        assert _read(_entry("POST", headers=headers, postData={"text": text})).request.body == body

    def test_a_lone_surrogate_is_no_crash(self, contract: Contract) -> None:
        entry = _entry("POST", "/gist", headers=[KEY, JSON], postData={"text": '{"video_id": "\ud800"}'})
        assert _told(_checked(contract, entry)) == [("body", "encoding")]

    def test_a_multipart_without_its_text_is_put_together_and_its_framing_is_unknown(self, contract: Contract) -> None:
        file = {"name": "image_file", "fileName": "i.png", "contentType": "image/png"}
        params = [MODEL, {"name": "audio_start_offset_sec", "value": "soon"}, file]
        entry = _entry("POST", "/embed", headers=[KEY, MULTIPART], postData={"mimeType": "x", "params": params})
        verdict = _checked(contract, entry)
        assert _told(verdict) == [("form.audio_start_offset_sec", "type")]
        assert _unknown(verdict) == [("request", "")]

    @pytest.mark.parametrize("value", [{}, {"value": "(binary)"}])
    def test_a_field_that_was_left_out_is_not_judged(self, contract: Contract, value: Any) -> None:
        params = [MODEL, {"name": "image_file", **value}]
        entry = _entry("POST", "/embed", headers=[KEY, MULTIPART], postData={"params": params})
        verdict = _checked(contract, entry)
        assert verdict.findings == ()
        assert _unknown(verdict) == [("request", ""), ("request", "form.image_file")]

    def test_without_headers_the_fields_of_a_form_are_still_checked(self, contract: Contract) -> None:
        params = [MODEL, {"name": "audio_start_offset_sec", "value": "soon"}]
        data = {"mimeType": "multipart/form-data", "params": params}
        verdict = _checked(contract, _entry("POST", "/embed", headers=[], postData=data))
        assert _told(verdict) == [("form.audio_start_offset_sec", "type"), ("form", "anyOf")]
        assert _unknown(verdict) == [("request", "header"), ("request", "")]

    def test_a_content_type_without_a_boundary_stays_one(self, contract: Contract) -> None:
        headers = [KEY, {"name": "content-type", "value": "multipart/form-data"}]
        entry = _entry("POST", "/embed", headers=headers, postData={"params": [MODEL]})
        assert _told(_checked(contract, entry)) == [("form", "encoding")]

    def test_fields_of_another_type_than_a_form_are_not_guessed(self, contract: Contract) -> None:
        entry = _entry("POST", "/gist", headers=[KEY, JSON], postData={"params": [MODEL]})
        verdict = _checked(contract, entry)
        assert (_told(verdict), _unknown(verdict)) == ([], [("request", "body")])

    @pytest.mark.parametrize(
        "extra", [{"bodySize": 12}, {"headers": [KEY, JSON, {"name": "content-length", "value": "12"}], "bodySize": -1}]
    )
    def test_a_body_that_was_sent_and_not_recorded_is_not_missed(self, contract: Contract, extra: Any) -> None:
        verdict = _checked(contract, _entry("POST", "/gist", **{"headers": [KEY, JSON], **extra}))
        assert (_told(verdict), _unknown(verdict)) == ([], [("request", "body")])

    @pytest.mark.parametrize(
        ("data", "body", "unknown"),
        [(None, b"", []), ({}, b"", ["body"]), ({"text": ""}, b"", []), ({"text": "a"}, b"a", [])],
    )
    def test_what_was_not_sent_is_empty(self, data: Any, body: bytes, unknown: list[str]) -> None:
        found = _read(_entry() if data is None else _entry(postData=data))
        assert (found.request.body, [item.where for item in found.unknown if item.side == "request"]) == (body, unknown)

    def test_a_length_that_was_sent_goes_before_a_size_that_was_counted(self, contract: Contract) -> None:
        headers = [KEY, JSON, {"name": "content-length", "value": "0"}]
        verdict = _checked(contract, _entry("POST", "/gist", headers=headers, bodySize=12))
        assert (_told(verdict), _unknown(verdict)) == ([("body", "missing")], [])

    @pytest.mark.parametrize(("given", "filename"), [({}, None), ({"fileName": ""}, None), ({"fileName": "a"}, "a")])
    def test_a_field_is_a_file_if_its_name_is_not_empty(self, given: Any, filename: str | None) -> None:
        found = _read(_form("/embed", "multipart/form-data; boundary=b", {"name": "a", "value": "x", **given})).request
        (part,) = multipart.parse(found.body, "b")
        assert part.filename == filename

    def test_a_body_that_was_not_sent_is_missed(self, contract: Contract) -> None:
        assert _told(_checked(contract, _entry("POST", "/gist", bodySize=0))) == [("body", "missing")]

    def test_the_text_of_a_form_goes_before_its_fields_unless_it_is_empty(self) -> None:
        headers = [{"name": "content-type", "value": "application/x-www-form-urlencoded"}]
        params = [{"name": "a", "value": "b"}]
        for text, body in (("a=%62", b"a=%62"), ("", b"a=b")):
            entry = _entry("POST", headers=headers, postData={"text": text, "params": params})
            assert _read(entry).request.body == body

    def test_a_form_in_a_url_encoding(self) -> None:
        headers = [{"name": "content-type", "value": "application/x-www-form-urlencoded"}]
        params = [{"name": "a b", "value": "c&d"}]
        assert _read(_entry("POST", headers=headers, postData={"params": params})).request.body == b"a+b=c%26d"

    def test_the_label_has_neither_query_nor_credentials(self) -> None:
        found = _read(_entry() | {"request": {"method": "get", "url": "https://me:secret@a.example/b?key=secret#c"}})
        assert found.label == "exchange 1: GET https://a.example/b"


class TestResponse:
    """The response half."""

    def test_status_0_is_no_response(self, contract: Contract) -> None:
        assert _read(_entry()).response is None
        verdict = _checked(contract, _entry())
        assert verdict.findings == ()
        assert [(item.side, item.why) for item in verdict.unknown] == [
            ("response", "not recorded: the request was aborted or blocked, or the capture ended")
        ]

    @pytest.mark.parametrize("answer", [None, {"status": -1}])
    def test_no_response_is_none(self, answer: Any) -> None:
        assert _read(_entry() | {"response": answer}).response is None

    def test_a_text_is_decoded_already_whatever_the_headers_say(self) -> None:
        headers = [JSON, {"name": "Content-Encoding", "value": "br"}, {"name": "Content-Length", "value": "9"}]
        found = _read(_entry(response=_answer(headers=headers, text="{}"))).response
        assert found is not None
        assert (found.headers.items, found.body) == ((("content-type", "application/json"),), b"{}")

    def test_a_body_that_is_in_gzip_still_is_decoded(self) -> None:
        headers = [JSON, {"name": "Content-Encoding", "value": "gzip"}]
        text = base64.b64encode(gzip.compress(b'{"a": 1}')).decode()
        found = _read(_entry(response=_answer(headers=headers, text=text, encoding="base64"))).response
        assert found is not None
        assert found.body == b'{"a": 1}'

    @pytest.mark.parametrize("coding", ["base64", "BASE64", "Base64"])
    def test_a_body_in_base64_is_read_however_that_is_written(self, coding: str) -> None:
        found = _read(_entry(response=_answer(text=base64.b64encode(b"\x00\xff").decode(), encoding=coding))).response
        assert found is not None
        assert found.body == b"\x00\xff"

    @pytest.mark.parametrize(("status", "unknown"), [(204, []), (304, ["status"]), (200, ["body"]), (205, ["body"])])
    def test_what_has_no_body_is_not_told_to_lack_it(self, status: int, unknown: list[str]) -> None:
        found = _read(_entry(response=_answer(status, headers=())))
        told = [item.where for item in found.unknown if item.side == "response"]
        assert [where for where in told if where != "header"] == unknown

    @pytest.mark.parametrize("content", [{"size": 120}, {}, {"size": -1}])
    def test_a_body_without_its_text_is_not_missed(self, contract: Contract, content: Any) -> None:
        verdict = _checked(contract, _entry(response=_answer(**content)))
        assert (_told(verdict), _unknown(verdict)) == ([], [("response", "body")])

    @pytest.mark.parametrize("size", [None, -1, 0, 120])
    @pytest.mark.parametrize("length", [None, "0", "120"])
    def test_a_body_without_its_text_was_empty_if_nothing_says_otherwise(
        self, contract: Contract, length: str | None, size: int | None
    ) -> None:
        """The size is what the recorder has, and the header what was sent: browsers leave out large bodies."""
        headers = [JSON] if length is None else [JSON, {"name": "Content-Length", "value": length}]
        content = {} if size is None else {"size": size}
        verdict = _checked(contract, _entry(response=_answer(headers=headers, **content)))
        empty = (length, size) == (None, 0) or (length == "0" and size != 120)
        expected = ([("body", "missing")], []) if empty else ([], [("response", "body")])
        assert (_told(verdict), _unknown(verdict)) == expected

    def test_a_body_that_was_empty_is_missed(self, contract: Contract) -> None:
        verdict = _checked(contract, _entry(response=_answer(size=0)))
        assert (_told(verdict), _unknown(verdict)) == ([("body", "missing")], [])

    def test_a_stream_that_was_not_recorded_is_not_called_cut_off(self, contract: Contract) -> None:
        body = '{"video_id": "6298d673f1090f1100476d4c", "prompt": "p"}'
        answer = _answer(headers=[{"name": "content-type", "value": "application/x-ndjson"}], size=99)
        entry = _entry("POST", "/analyze", headers=[KEY, JSON], postData={"text": body}, response=answer)
        verdict = _checked(contract, entry)
        assert (_told(verdict), _unknown(verdict)) == ([], [("response", "body")])

    @pytest.mark.parametrize("headers", [[JSON], [JSON, {"name": "content-length", "value": "5000"}]])
    def test_a_text_that_was_cut_short_is_not_known(self, contract: Contract, headers: Any) -> None:
        verdict = _checked(contract, _entry(response=_answer(headers=headers, text='{"data": [', size=5000)))
        assert (_told(verdict), _unknown(verdict)) == ([], [("response", "body")])
        assert verdict.unknown[0].why == "the recording has 10 of 5,000 bytes"

    def test_a_text_shorter_than_its_size_that_is_whole_is_judged_and_remarked_on(self, contract: Contract) -> None:
        verdict = _checked(contract, _entry(response=_answer(text='{"data": 5}', size=5000)))
        assert (_told(verdict), _unknown(verdict)) == ([("body.data", "type")], [("response", "")])

    @pytest.mark.parametrize(
        "content",
        [
            {"size": 0},
            {},
            {"text": '{"data": 5}', "mimeType": "application/json"},
            {"text": '{"data": 5}', "mimeType": "application/json", "size": 11},
            {"text": "", "mimeType": "application/json", "size": 0},
            {"text": base64.b64encode(b'{"data": 5}').decode(), "encoding": "base64"},
        ],
    )
    def test_an_answer_to_the_browsers_cache_is_no_answer_to_the_code(self, contract: Contract, content: Any) -> None:
        """Whether or not the recorder added what the cache has."""
        verdict = _checked(contract, _entry(response=_answer(304, **content)))
        assert (_told(verdict), _unknown(verdict)) == ([], [("response", "status")])

    def test_without_headers_the_media_type_of_the_content_stands_in(self, contract: Contract) -> None:
        answer = _answer(headers=[], text='{"data": 5}', mimeType="application/json")
        verdict = _checked(contract, _entry(response=answer))
        assert (_told(verdict), _unknown(verdict)) == ([("body.data", "type")], [("response", "header")])


BROKEN = {
    "log.entries[0].request: a mapping is needed, and is missing": {"response": {"status": 0}},
    "log.entries[0]: a mapping is needed, not a number": 5,
    "log.entries[0].request.url: text is needed, and is missing": {"request": {"method": "GET"}},
    "log.entries[0].request.method: text is needed, not a number": {"request": {"method": 5}},
    "log.entries[0].request.headers: a list is needed, not a mapping": _entry(headers={"a": "b"}),
    "log.entries[0].request.headers[0]: a mapping is needed, not text": _entry(headers=["a: b"]),
    "log.entries[0].request.headers[0].value: text is needed, not a mapping": _entry(
        headers=[{"name": "a", "value": {}}]
    ),
    "log.entries[0].request.postData: a mapping is needed, not text": _entry(postData="text"),
    "log.entries[0].request.postData.text: not base64": _entry(postData={"text": "é", "encoding": "base64"}),
    "log.entries[0].response.status: a whole number is needed, not text": _entry(response={"status": "OK"}),
    "log.entries[0].response.content.text: text is needed, not a number": _entry(response=_answer(text=5)),
}


@pytest.mark.parametrize("message", BROKEN)
def test_an_entry_that_is_none_is_named_with_its_place(message: str) -> None:
    assert list(read(_har(BROKEN[message]))) == [Unreadable(1, 1, message)]


NO_HAR = {
    b"": "the file is empty",
    b"\xef\xbb\xbf \n": "the file is empty",
    b"\x1f\x8b\x08": "the file is in gzip; unpack it first",
    b"{}": "no HAR (`log.entries`) and no nock recording and no VCR cassette (`interactions`)",
    b'{"log": {"version": "1.2"}}': "no HAR (`log.entries`) and no nock recording and no VCR cassette",
    b"5": "line 1: no HAR",
    b'{"log": []}': "line 1: invalid JSON: an object is needed",
    b'{"log" 5}': "line 1: invalid JSON: a colon is needed",
    b'{"log": {"entries": []}, 5: 1}': "line 1: invalid JSON: a key is text",
    b'{"log": {"entries": [1 2]}}': "line 1: invalid JSON: a comma or ] is needed",
    b"\xff\xfe{": "this is UTF-16; save it as UTF-8",
    b"\xfe\xff{": "this is UTF-16; save it as UTF-8",
    b'{"log":\n{"entries": 5}}': "line 2: invalid JSON: log.entries: a list is needed",
    b'{"log": {"entries":\n[]': "line 2: invalid JSON: the file ends too early; was it cut off?",
    b'{"log": {"entries": []}}\n{}': "line 2: invalid JSON: unexpected data after the end of the recording",
    b'{"log": {"entries": []\n[]}}': "line 2: invalid JSON: a comma or } is needed",
    b'{"log": {}, "log": {}}': "line 1: invalid JSON: key 'log' is given twice",
    b'{"log": {"entries": [\n\xff]}}': "line 2: not UTF-8 at byte 22; export the recording again",
    b'{"a": ' + b"[" * 100_000: "line 1: invalid JSON: nested too deeply",
    b'{"a": NaN}': "line 1: invalid JSON: NaN is not a JSON number",
    b'{"a": ' + b"9" * 5000 + b"}": "line 1: invalid JSON: a number has too many digits",
}


@pytest.mark.parametrize("data", NO_HAR, ids=lambda data: repr(data[:30]))
def test_a_file_that_is_no_har_is_reported_as_such(data: bytes) -> None:
    with pytest.raises(RecordingInvalid) as caught:
        list(read(data))
    assert str(caught.value).startswith(NO_HAR[data])


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("{}", "log.entries[1].request: a mapping is needed, and is missing"),
        ('{"a": 1,\n"a": 2}', "log.entries[1]: invalid JSON: key 'a' is given twice"),
        ('{"a": [NaN]}', "log.entries[1]: invalid JSON: NaN is not a JSON number"),
        ('{"a": ' + "9" * 5000 + "}", "log.entries[1]: invalid JSON: a number has too many digits"),
        ('{"a": 1e999}', "log.entries[1]: invalid JSON: 1e999 is too large for a number"),
    ],
)
def test_a_broken_entry_spoils_no_other(contract: Contract, broken: str, reason: str) -> None:
    wrong = json.dumps(_entry(path="/tasks?page_limit=51"))
    text = '{"log": {"entries": [' + ",\n".join((json.dumps(_entry()), broken, wrong)) + "]}}"
    first, second, third = check_all(contract, read(text.encode()), source="a.har")
    assert (first.findings, [finding.violation.where for finding in third.findings]) == ((), ["query.page_limit"])
    (finding,) = second.findings
    assert (finding.violation.rule, finding.line, finding.source) == ("unreadable", 2, "a.har")
    assert finding.violation.message == f"not checked, as it cannot be read: {reason}"


def test_what_comes_before_broken_json_is_good() -> None:
    exchanges = read(_har(_entry()).removesuffix(b"]}}") + b", {]")
    assert next(exchanges).index == 1
    with pytest.raises(RecordingInvalid, match="line 1: invalid JSON"):
        next(exchanges)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(list(read(b"\xef\xbb\xbf" + _har(_entry())))) == 1


def test_a_har_without_entries_has_none() -> None:
    assert list(read(_har())) == []


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        (_entry(queryString=[{"name": "page_limit", "value": "\ud800"}]), "query.page_limit"),
        (_entry(queryString=[{"name": "\udfff", "value": "1"}]), "query"),
        (_form("/gist", "application/x-www-form-urlencoded", {"name": "video_id", "value": "\ud800"}), "header"),
        (_form("/search", MULTIPART["value"], {"name": "\ud800", "value": "1"}), "form"),
        (_form("/search", MULTIPART["value"], {"name": "query_text", "value": "\ud800"}), "form.query_text"),
        (_form("/search", MULTIPART["value"], {"name": "query_media_file", "fileName": "\ud800"}), "form"),
        (_entry(headers=[KEY, {"name": "\ud800", "value": "\ud800"}], path="/tasks/\ud800"), ""),
    ],
)
def test_half_of_a_surrogate_pair_is_a_violation_or_nothing(contract: Contract, entry: Any, where: str) -> None:
    """JSON can hold one alone (RFC 8259, section 8.2), and a URL and a form cannot."""
    found = [place for place, _ in _told(_checked(contract, entry))]
    assert any(place.startswith(where) for place in found) or not where
