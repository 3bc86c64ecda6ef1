"""Cassettes in all of their forms, and the YAML that is rejected."""

from __future__ import annotations

import json
import time
import zlib
from typing import Any

import pytest

from apicontract.traffic.recordings import Recorded, RecordingInvalid, Unreadable, bodies, check, read
from tests.traffic.recordings.exchanges import recorded
from twelvelabs_contract import Contract

URL = "https://api.twelvelabs.io/v1.3"
GOOD = f"""\
version: 1
interactions:
- request:
    method: GET
    uri: {URL}/tasks?page_limit=5
    body: null
    headers:
      x-api-key: [k]
  response:
    status: {{code: 200, message: OK}}
    headers:
      Content-Type: [application/json]
    body: {{string: '{{"data": []}}'}}
"""


def _interaction(request: Any = None, response: Any = None) -> Recorded:
    request = {"method": "GET", "uri": f"{URL}/tasks", "headers": {"a": ["b"]}, "body": "", **(request or {})}
    response = {"status": {"code": 200}, "headers": {"a": ["b"]}, "body": {"string": ""}, **(response or {})}
    (found,) = recorded(json.dumps({"interactions": [{"request": request, "response": response}]}).encode())
    return found


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (None, b""),
        ("é", "é".encode()),
        ({}, b""),
        ({"string": "é"}, "é".encode()),
        ({"string": None, "encoding": "UTF-8"}, b""),
        ({"string": "é", "encoding": "ISO-8859-1"}, b"\xe9"),
        ({"string": "é", "encoding": "no-such-one"}, "é".encode()),
        ({"base64_string": "AP8=\n", "encoding": "ASCII-8BIT"}, b"\x00\xff"),
        (["a", "b"], b"ab"),
    ],
)
def test_the_forms_of_a_body(body: Any, sent: bytes) -> None:
    assert _interaction({"body": body}).request.body == sent


def test_a_body_that_is_a_mapping_of_its_own_has_no_bytes(contract: Contract) -> None:
    """The record of aiohttp's `data={…}` does not say how it was encoded."""
    request = {"method": "POST", "uri": f"{URL}/gist", "headers": {"x-api-key": "k"}, "body": {"video_id": "a"}}
    one = _interaction(request)
    assert [(item.side, item.where) for item in one.unknown] == [("request", "body")]
    assert [f for f in check(contract, one).findings if f.side == "request"] == []


def test_vcrpys_older_record_of_httpx() -> None:
    text = GOOD[: GOOD.index("  response:")] + (
        "  response:\n    content: '{}'\n    http_version: HTTP/1.1\n    status_code: 201\n    headers: {a: b}\n"
    )
    (found,) = recorded(text.encode())
    assert found.response is not None
    assert (found.response.status, found.response.body) == (201, b"{}")


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (201, {}),
        ("201", {}),
        ({"code": 201, "message": "OK"}, {}),
        ({"status_code": 201, "reason": "OK"}, {}),
        ("201 Created", {"code": 201}),
        ({"code": 500}, {"status_code": 201}),
        (500, {"code": 502, "status_code": 201}),
    ],
)
def test_the_forms_of_a_status(status: Any, more: Any) -> None:
    """go-vcr has the number beside the status line, R's vcr and betamax within it, vcrpy's old records in its place."""
    found = _interaction(None, {"status": status, **more}).response
    assert found is not None
    assert found.status == 201


def test_header_values_are_text_as_it_was_written() -> None:
    text = GOOD.replace(
        "x-api-key: [k]",
        "x-api-key: [k, 5, true, False, -5, 'null', 2025-01-01, no, 1_000, 007, 1.50, ~]\n      on: off",
    )
    (found,) = recorded(text.encode())
    values = ["k", "5", "true", "false", "-5", "null", "2025-01-01", "no", "1_000", "007", "1.50", ""]
    assert found.request.headers.items == (*(("x-api-key", value) for value in values), ("on", "off"))


def test_a_cassette_without_headers_is_not_judged_by_them(contract: Contract) -> None:
    (one,) = recorded(GOOD.replace("      x-api-key: [k]", "      {}").encode())
    assert check(contract, one).findings == ()
    assert [(item.side, item.where) for item in one.unknown] == [("request", "header")]


class TestCodings:
    """Compressed answers."""

    BODY = b'{"data": []}' * 50

    def _answer(self, coding: str, body: bytes) -> Recorded:
        import base64

        headers = {"content-type": ["application/json"], "Content-Encoding": [coding], "content-length": ["5"]}
        return _interaction(None, {"headers": headers, "body": {"base64_string": base64.b64encode(body).decode()}})

    @pytest.mark.parametrize(
        ("coding", "wbits"), [("gzip", [31]), ("X-GZIP", [31]), ("deflate", [15]), ("deflate", [-15]),
                              ("deflate, gzip", [15, 31]), ("identity", []), ("gzip", []), ("deflate", []), ("br", [])]
    )  # fmt: skip
    def test_what_is_coded_is_decoded_and_what_is_not_is_taken_as_it_is(self, coding: str, wbits: list[int]) -> None:
        body = self.BODY
        for framing in wbits:
            packer = zlib.compressobj(wbits=framing)
            body = packer.compress(body) + packer.flush()
        found = self._answer(coding, body)
        assert found.response is not None
        assert (found.response.body, found.unknown) == (self.BODY, ())
        assert found.response.headers.get("content-encoding") in (None, "identity")

    def test_gzip_in_several_members(self) -> None:
        one = zlib.compressobj(wbits=31)
        member = one.compress(b"a") + one.flush()
        found = self._answer("gzip", member * 3)
        assert found.response is not None
        assert found.response.body == b"aaa"
        assert "more than 1000 pieces" in self._answer("gzip", member * 1001).unknown[0].why

    @pytest.mark.parametrize(
        ("coding", "body", "why"),
        [
            (
                "br",
                b"\x0b\x02\x80{}\x03",
                "the body is in br, which cannot be decoded here; record it without compression",
            ),
            (
                "zstd",
                b"\x28\xb5\x2f\xfd",
                "the body is in zstd, which cannot be decoded here; record it without compression",
            ),
            ("gzip", b"\x1f\x8b\x08\x00", "the body is in gzip, and ends too early"),
            ("gzip", b"\x1f\x8b\xff\x00rest of it", "the body is in gzip, and is broken"),
            ("deflate", b"\xff\x00\x01", "the body is in deflate, and is broken"),
        ],
    )
    def test_what_cannot_be_decoded_is_reported_and_not_judged(
        self, contract: Contract, coding: str, body: bytes, why: str
    ) -> None:
        found = self._answer(coding, body)
        assert found.unknown[0].why.startswith(why)
        assert [f.violation.where for f in check(contract, found).findings if f.side == "response"] == []

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bodies, "MAX_DECODED", 1000)
        packer = zlib.compressobj(wbits=31)
        assert (
            "more than 1,000 bytes"
            in self._answer("gzip", packer.compress(b"0" * 1001) + packer.flush()).unknown[0].why
        )
        packer = zlib.compressobj(wbits=31)
        assert self._answer("gzip", packer.compress(b"0" * 1000) + packer.flush()).unknown == ()


NEITHER = "no HAR (`log.entries`) and no nock recording and no VCR cassette (`interactions`) and no NDJSON of exchanges"
REFUSED = {
    "just text": f"line 1: {NEITHER}",
    "\u00e9": f"line 1: {NEITHER}",
    "version: 1\n": NEITHER,
    "# a comment\n": NEITHER,
    "interactions: 5\n": "line 1: interactions: a list is needed",
    "interactions: []\n---\ninteractions: []\n": "line 2: a second document begins; a cassette has only one",
    "interactions: []\ninteractions: []\n": "line 2: key 'interactions' is given twice",
    "a: !!set {}\ninteractions: []\n": "line 1: the tag !!set is not supported",
    "interactions: []\n? [a]\n: b\n": "line 2: a key must be plain text",
    "interactions:\n- [\n": "line 3: not YAML: did not find expected node content",
    "interactions:\n- a: b: c\n": "line 2: not YAML: mapping values are not allowed in this context",
    "a: \x00": "not YAML: unacceptable character #x0000: control characters are not allowed",
}


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_what_is_no_cassette_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(RecordingInvalid) as caught:
        list(read(text.encode()))
    assert str(caught.value).startswith(REFUSED[text])


BROKEN = {
    "request: {}\n  request: {}": (3, "key 'request' is given twice"),
    "? [a]\n  : b": (2, "a key must be plain text"),
    "? !!int 5\n  : b": (2, "a key must be plain text"),
    "!!python/object/apply:os.system [ls]": (2, "the tag !!python/object/apply:os.system is not supported"),
    "!!timestamp 2025-01-01": (2, "the tag !!timestamp is not supported"),
    "!!binary é": (2, "!!binary is not base64"),
    "!!binary 'YQ=$='": (2, "!!binary is not base64"),
    "{request: {<<: {a: b}}}": (2, "a merge key is not YAML 1.2; write the members out"),
    "*b": (2, "alias 'b' comes before the end of what it names"),
    "request:\n    method: GET": (2, "interactions[0].request.uri: text is needed"),
    "request: {method: GET, uri: a, body: {b: c}, headers: [[a]]}": (2, "a header is a pair of name and value"),
    "{request: {method: GET, uri: a}, response: {status: 200, body: {b: c}}}": (
        2,
        "interactions[0].response.body: a body has `string`, or `base64_string`",
    ),
}


@pytest.mark.parametrize("text", BROKEN, ids=repr)
def test_what_is_wrong_with_an_interaction_spoils_no_other(text: str) -> None:
    broken, good = read(f"interactions:\n- {text}\n{GOOD[GOOD.index('- request') :]}".encode())
    line, reason = BROKEN[text]
    assert isinstance(broken, Unreadable)
    assert (broken.index, broken.line) == (1, line)
    assert reason in broken.reason
    assert isinstance(good, Recorded)


def test_bytes_that_are_no_text_are_reported() -> None:
    with pytest.raises(RecordingInvalid, match="not YAML: unacceptable character #x00ff"):
        list(read(b"a: \xff"))


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000, "{a: " * 200_000], ids=["flow", "block", "mapping"])
def test_depth_is_bounded_and_costs_nothing(text: str) -> None:
    """By itself, libyaml takes 20 seconds for half of these brackets."""
    before = time.thread_time()
    with pytest.raises(RecordingInvalid, match="nested more than 100 deep"):
        list(read(f"interactions:\n- {text}".encode()))
    assert time.thread_time() - before < 5


def test_nine_lines_do_not_stand_for_a_billion_values() -> None:
    lines = ["interactions:", "- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(RecordingInvalid, match="the aliases expand to too many values"):
        list(read("\n".join([lines[0], f"- request: [{', '.join(line[2:] for line in lines[1:])}]"]).encode()))


def test_an_alias_is_what_it_names(contract: Contract) -> None:
    text = GOOD.replace("headers:\n      x-api-key", "headers: &h\n      x-api-key")
    second = GOOD[GOOD.index("- request") :].replace("headers:\n      x-api-key: [k]", "headers: *h")
    first, other = recorded((text + second).encode())
    assert first.request == other.request
    assert (first.line, other.line) == (3, 14)
    assert check(contract, other).findings == ()


def test_the_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML can be built without libyaml."""
    import yaml

    with_library = list(read(GOOD.encode()))
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert list(read(GOOD.encode())) == with_library
