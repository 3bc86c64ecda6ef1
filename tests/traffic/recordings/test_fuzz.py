"""For any input, a reader returns a verdict or a clear error: never a crash, never a hang.

A quick look by default; `make test-deep` tries 3,000 inputs for each reader.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apicontract.openapi.violation import Violation
from apicontract.traffic.recordings import RecordingInvalid, check_all, read
from apicontract.wire.framing import Cut
from apicontract.wire.ndjson import Lines
from tests.support.deep import DEEP
from tests.support.patience import PATIENCE
from tests.traffic.recordings.damage import damaged, trees
from tests.traffic.recordings.exchanges import Exchange, cassette, good, har, json_cassette
from twelvelabs_contract import Contract, Headers, Request, Response

MANY = settings(
    max_examples=settings().max_examples * (10 if DEEP else 1),
    deadline=timedelta(seconds=PATIENCE),  # a hang; an input takes milliseconds
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)

BY_OPERATION = {exchange.operation: exchange for exchange in good()}
FEW = [BY_OPERATION[name] for name in ("tasks.list", "indexes.create", "embed.create", "analyze", "tasks.delete")]


def _har(tree: object) -> bytes:
    return json.dumps(tree).encode()


def _cassette(tree: object) -> bytes:
    return yaml.dump(tree, Dumper=yaml.CSafeDumper).encode()


RECORDINGS = {
    "HAR": trees(har(FEW)).map(_har),
    "HAR in base64": trees(har(FEW[1:3], as_base64=True)).map(_har),
    "cassette": trees(yaml.load(cassette(FEW), yaml.CSafeLoader)).map(_cassette),
    "JSON cassette": trees(json.loads(json_cassette(FEW))).map(_har),
}
# No bytes at all like a recording; then what only begins like one.
RANDOM = st.one_of(
    st.binary(max_size=200),
    st.builds(
        bytes.__add__, st.sampled_from([b'{"log": {"entries": [', b"interactions:\n- ", b"- "]), st.binary(max_size=60)
    ),
    st.text(st.sampled_from("-:{}[]!&*|>'\"\n a1#%?,"), max_size=60).map(
        lambda text: f"interactions:\n{text}".encode()
    ),
)


def _try(run: Callable[[bytes], str], inputs: st.SearchStrategy[bytes], *wanted: str) -> None:
    """Run on many inputs, and make sure that they led to each outcome that is wanted: the inputs are no dull ones."""
    outcomes: Counter[str] = Counter()

    @MANY
    @given(inputs)
    def attempt(data: bytes) -> None:
        outcomes[run(data)] += 1

    attempt()
    assert set(wanted) <= outcomes.keys(), outcomes


def _clear(error: RecordingInvalid, data: bytes) -> str:
    assert str(error).isprintable()
    lines = data.decode(errors="replace").splitlines()  # YAML's line breaks are more than \n
    assert error.line is None or 1 <= error.line <= len(lines) + 1
    return "error"


def _outcome(violations: list[Violation]) -> str:
    for violation in violations:
        assert str(violation).isprintable()
        assert violation.pointer or violation.rule == "unreadable"
    return "violations" if violations else "conforms"


@pytest.mark.parametrize("inputs", RECORDINGS.values(), ids=RECORDINGS.keys())
def test_a_damaged_recording_gives_verdicts_or_a_clear_error(
    contract: Contract, inputs: st.SearchStrategy[bytes]
) -> None:
    def run(data: bytes) -> str:
        try:
            verdicts = list(check_all(contract, read(data)))
        except RecordingInvalid as error:
            return _clear(error, data)
        assert [verdict.index for verdict in verdicts] == list(range(1, len(verdicts) + 1))
        assert all(verdict.label.isprintable() for verdict in verdicts)
        return _outcome([finding.violation for verdict in verdicts for finding in verdict.findings])

    _try(run, damaged(inputs), "error", "conforms")


def test_any_bytes_give_a_verdict_or_a_clear_error(contract: Contract) -> None:
    def run(data: bytes) -> str:
        try:
            return f"{len(list(check_all(contract, read(data))))} exchanges"
        except RecordingInvalid as error:
            return _clear(error, data)

    _try(run, RANDOM, "error")


def _sent(contract: Contract, exchange: Exchange) -> Callable[[bytes], str]:
    headers = Headers(exchange.headers)
    return lambda body: _outcome(contract.check_request(Request(exchange.method, exchange.url, headers, body)))


def _answered(contract: Contract, exchange: Exchange) -> Callable[[bytes], str]:
    request = Request(exchange.method, exchange.url, Headers(exchange.headers), exchange.body)
    headers = Headers(exchange.response_headers)
    return lambda body: _outcome(contract.check_response(Response(200, headers, body), request=request))


@pytest.mark.parametrize("operation", ["embed.create", "search.create"])
def test_a_damaged_multipart_body_gives_a_verdict(contract: Contract, operation: str) -> None:
    exchange = BY_OPERATION[operation]
    _try(_sent(contract, exchange), damaged(st.just(exchange.body)), "violations")


def test_a_damaged_json_request_gives_a_verdict(contract: Contract) -> None:
    exchange = BY_OPERATION["indexes.create"]
    bodies = trees(json.loads(exchange.body)).map(_har)
    _try(_sent(contract, exchange), damaged(bodies) | st.binary(max_size=40), "conforms", "violations")


def test_a_damaged_json_response_gives_a_verdict(contract: Contract) -> None:
    exchange = BY_OPERATION["tasks.list"]
    bodies = trees(json.loads(exchange.response_body)).map(_har)
    _try(_answered(contract, exchange), damaged(bodies) | st.binary(max_size=40), "conforms", "violations")


def test_a_damaged_stream_gives_a_verdict(contract: Contract) -> None:
    exchange = BY_OPERATION["analyze"]
    events = [json.loads(line) for line in exchange.response_body.splitlines()]
    streams = trees(events).map(lambda tree: b"\n".join(map(_har, tree if isinstance(tree, list) else [tree])))
    _try(_answered(contract, exchange), damaged(streams) | st.binary(max_size=60), "conforms", "violations")


def test_lines_are_the_same_wherever_the_chunks_end() -> None:
    stream = BY_OPERATION["analyze"].response_body

    @MANY
    @given(damaged(st.just(stream)) | st.binary(max_size=40), st.lists(st.integers(0, len(stream)), max_size=6))
    def attempt(data: bytes, cuts: list[int]) -> None:
        lines, found = Lines(), list[Cut]()
        for begin, end in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True):
            found += lines.feed(data[begin:end])
        found += lines.close()
        expected = [(n, line.removesuffix(b"\r")) for n, line in enumerate(data.split(b"\n"), 1) if line.strip()]
        assert [(line or b"").strip() for _, line, _ in found] == [line.strip() for _, line in expected]
        assert [number for number, _, _ in found] == [number for number, _ in expected]

    attempt()


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 900 + b"]" * 900], ids=["list", "object", "900"]
)
def test_depth_is_no_crash(contract: Contract, body: bytes) -> None:
    for operation in ("indexes.create", "analyze"):
        assert _sent(contract, BY_OPERATION[operation])(body) == "violations"
    for operation in ("tasks.list", "analyze"):
        assert _answered(contract, BY_OPERATION[operation])(body) == "violations"
