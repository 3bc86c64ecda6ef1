"""Hostile documents and messages: they cause no traceback, and no fault is reported on the wrong side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.checks.validation import MOST, Validators
from apicontract.openapi.violation import Violation, printable
from apicontract.wire.faults import Fault
from tests.support.small import asked, body, document, load, operation, posting
from twelvelabs_contract import Contract, DocumentInvalid, Headers, Request, Response

CATASTROPHIC = "^(?:(?=a)(a|aa))+c$|^a+!$"
"""Too many steps for the engine, on a value that fits."""


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": CATASTROPHIC},
        {"anyOf": [{"pattern": CATASTROPHIC}, {"type": "integer"}]},
        {"not": {"pattern": CATASTROPHIC}},
    ],
)
def test_a_limit_of_the_engine_is_no_violation_of_the_value(schema: Any, tmp_path: Path) -> None:
    contract = load(posting(schema), tmp_path)
    for _ in range(2):
        assert contract.check_payload("a" * 33 + "!", operation="op") == []
    (notice,) = contract.notices
    assert "could not be checked by this pattern: Error executing regex" in notice.message


def test_a_request_body_without_content_may_be_any(tmp_path: Path) -> None:
    contract = load(document({"/a": {"post": operation(requestBody={"content": {}, "required": True})}}), tmp_path)
    assert asked(contract, content=b"x", headers={"content-type": "a/b"}) == []
    assert asked(contract, method="POST") == [("body", "missing")]
    assert contract.check_arguments(contract.operation("op"), {"body": 1}) == []


@pytest.mark.parametrize("schema", [True, {"properties": []}, {"properties": {"stream": 1}}, {"properties": {}}])
def test_the_flag_of_a_stream_may_be_declared_nowhere(schema: Any, tmp_path: Path) -> None:
    streaming = {"flag": "stream", "first": "a", "last": ["b"]}
    raw = document({"/a": {"post": {**operation(requestBody=body(schema)), "x-streaming": streaming}}})
    contract = load(raw, tmp_path)
    assert _streamed(contract, b"{}") is None
    assert _streamed(contract, b'{"stream": true}') is True


def _streamed(contract: Contract, content: bytes) -> bool | None:
    return contract.streamed(contract.operation("op"), Request("POST", "https://api.example.com/a", body=content))


def _stream() -> Any:
    event = {"type": "object", "required": ["is"]}
    return document(
        {"/a": {"post": operation(responses={"200": {"description": "", **body(event, "application/x-ndjson")}})}}
    )


def test_violations_of_a_stream_are_reported_up_to_a_limit_and_counted(tmp_path: Path) -> None:
    """A small body can have millions."""
    contract = load(_stream(), tmp_path)
    response = Response(200, Headers({"content-type": "application/x-ndjson"}), b"{}\n" * (MOST + 1234))
    found = contract.check_response(response, operation="op")
    assert len(found) == MOST + 1
    assert (
        found[-1].message
        == f"and at least 1,234 further violations; only the first {MOST:,} of one message are reported"
    )
    assert (found[-1].where, found[-1].rule, found[-1].excerpt) == ("event", "missing", None)
    assert len(contract.check_response(Response(200, response.headers, b"{}\n" * MOST), operation="op")) == MOST


@pytest.mark.parametrize("line", [b"{}\n", b"{\n"])
def test_events_beyond_the_limit_are_judged_and_not_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    """To describe a violation takes ten times as long as to find it."""
    described: list[str] = []

    def counted(kind: type, name: str) -> None:
        real = getattr(kind, name)

        def call(*given: Any) -> Any:
            described.append(name)
            return real(*given)

        monkeypatch.setattr(kind, name, call)

    counted(Fault, "violation")
    counted(Validators, "violations")
    response = Response(200, Headers({"content-type": "application/x-ndjson"}), line * (3 * MOST))
    assert len(load(_stream(), tmp_path).check_response(response, operation="op")) == MOST + 1
    assert len(described) <= MOST + 1


def test_no_violation_steers_a_terminal_or_a_ci_job() -> None:
    """Whatever a document calls its operations, and describes its rules with."""
    name = "x\x1b[2J\u202e\n::error file=app.py,line=1::injected\n##[error]y"
    assert str(Violation(name, "query.a", "type", name, f"/paths/{name}")).isprintable()
    for text in (name, f"  {name}", "::error::x", "\t::debug::x", "a ##[group]b"):
        assert not shown(text)
        assert not shown(str(Violation(None, "body", "not", text, "")))


def shown(text: str) -> str:
    """Return what a runner would take for a command: at the beginning of a line, or `##[` anywhere."""
    return "".join(line for line in printable(text).splitlines() if line.lstrip().startswith("::") or "##[" in line)


def _streams(streaming: Any) -> Any:
    raw = _stream()
    raw["paths"]["/a"]["post"] |= {"requestBody": body(True), "x-streaming": {"first": "a", "last": ["b"], **streaming}}
    return raw


@pytest.mark.parametrize("streaming", [{"same": [{"a": 1}]}, {"last": [["b"], {"c": 1}]}])
def test_an_extension_of_another_form_is_refused(streaming: Any, tmp_path: Path) -> None:
    """As found by `make fuzz`."""
    with pytest.raises(DocumentInvalid, match="x-streaming is not understood"):
        load(_streams(streaming), tmp_path)


@pytest.mark.parametrize("flag", [["stream"], 5])
def test_a_flag_that_is_no_name_says_nothing(flag: Any, tmp_path: Path) -> None:
    assert _streamed(load(_streams({"flag": flag}), tmp_path), b"{}") is None
