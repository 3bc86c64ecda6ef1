"""Valid recordings have no findings, and each of twenty planted faults is found once, at its location and side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from apicontract.traffic.recordings import CheckedExchange, check_all, read
from tests.traffic.recordings.exchanges import FORMATS, Exchange, good, recorded
from tests.traffic.recordings.faults import FAULTS, planted
from twelvelabs_contract import Contract

Writer = Callable[[Sequence[Exchange]], bytes]

every_format = pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())


def _checked(contract: Contract, data: bytes) -> list[CheckedExchange]:
    return list(check_all(contract, read(data), source="file"))


@every_format
def test_28_good_exchanges_give_no_violation(contract: Contract, write: Writer) -> None:
    verdicts = _checked(contract, write(good()))
    assert [verdict.operation for verdict in verdicts] == [operation.id for operation in contract.operations]
    assert len(verdicts) == 28
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    assert [verdict.unknown for verdict in verdicts if verdict.unknown] == []


@every_format
def test_a_recording_is_read_as_the_bytes_that_went_over_the_wire(write: Writer) -> None:
    for exchange, found in zip(good(), recorded(write(good())), strict=True):
        assert (found.request.method, found.request.url) == (exchange.method, exchange.url)
        fields = [(name.lower(), value) for name, value in exchange.headers]
        assert sorted(found.request.headers.items) == sorted(fields)  # vcrpy sorts them
        assert found.request.body == exchange.body
        assert found.response is not None
        assert (found.response.status, found.response.body) == (exchange.status, exchange.response_body)


@every_format
def test_twenty_planted_faults_give_exactly_twenty_violations(contract: Contract, write: Writer) -> None:
    labels = {exchange.operation: f"exchange {index}:" for index, exchange in enumerate(good(), 1)}
    findings = [finding for verdict in _checked(contract, write(planted())) for finding in verdict.findings]
    found = {
        (f.label.partition(" ")[2].partition(" ")[0], f.side, f.violation.where, f.violation.rule) for f in findings
    }
    assert found == {(labels[f.operation].partition(" ")[2], f.side, f.where, f.rule) for f in FAULTS}
    assert len(findings) == len(FAULTS) == 20
    assert {finding.source for finding in findings} == {"file"}


@every_format
def test_the_line_is_that_of_the_exchange(contract: Contract, write: Writer) -> None:
    data = write(planted())
    lines = [verdict.line for verdict in _checked(contract, data)]
    text = data.decode().split("\n")
    begins = [number for number, line in enumerate(text, 1) if line in ("- request:", "      {", "    {")]
    assert lines == begins


@every_format
def test_no_violation_shows_the_key(contract: Contract, write: Writer) -> None:
    sent = next(exchange for exchange in good() if exchange.operation == "tasks.list")
    key = dict(sent.headers)["x-api-key"]
    answer = sent.response_body.replace(b'"2025-09-03T20:12:20Z"', f'"{key}"'.encode(), 1)
    exchange = replace(sent, url=sent.url.replace("=ready", f"={key}"), response_body=answer)
    (verdict,) = _checked(contract, write([exchange]))
    assert [finding.violation.excerpt for finding in verdict.findings] == ['"[secret]"', '"[secret]"']
    assert key not in str(verdict)
