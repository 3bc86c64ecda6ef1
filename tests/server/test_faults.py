"""Scripted faults: from a file, by a request header, and what is no fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.server import Application, Fault, FaultInvalid, Script
from tests.server.conftest import KEY, Served, by_hand, contract_of

INDEXES: tuple[str, str, dict[str, Any]] = ("GET", "/v1.3/indexes", {})


def _scripted(*rules: Any) -> Served:
    return Served(lambda c, report: Application(c, report=report, script=Script(c, rules)), contract_of())


def test_a_status_comes_for_the_calls_that_are_named() -> None:
    served = _scripted({"operation": "indexes.list", "calls": [1, 3], "status": 503})
    answers = served.send_all([INDEXES, ("GET", "/v1.3/tasks", {}), INDEXES, INDEXES])
    assert [answer.status_code for answer in answers] == [503, 200, 200, 503]
    assert served.rules == []
    assert served.contract.check_response(answers[0], operation="indexes.list") == []


def test_the_header_goes_before_the_script_and_is_no_part_of_the_request() -> None:
    served = _scripted({"operation": "*", "status": 503})
    answer = served.send(*INDEXES[:2], headers={"X-Contract-Fault": "status=429"})
    assert answer.status_code == 429
    refused = served.send(*INDEXES[:2], headers={"X-Contract-Fault": "speed=1"})
    assert (refused.status_code, "unknown fault 'speed'" in refused.text) == (400, True)


def test_a_delay_is_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    _scripted({"operation": "*", "delay": 1.5}).send(*INDEXES[:2])
    assert waited == [1.5]


def test_a_cut_ends_the_connection_within_the_body() -> None:
    served = _scripted({"operation": "indexes.list", "cut": 7})
    sent = by_hand(served.endpoint, "GET", "/v1.3/indexes", [{"type": "http.request"}], x_api_key=KEY)
    assert sum(map(len, sent.pieces)) == 7
    assert int(sent.headers["content-length"]) > 7
    assert not sent.complete


def test_garbage_is_no_json_and_has_the_same_length() -> None:
    served = _scripted({"operation": "*", "calls": [2], "garbage": True})
    good, bad = served.send_all([INDEXES, INDEXES])
    assert good.json()
    assert len(good.content) == len(bad.content)
    with pytest.raises(ValueError, match="utf-8"):
        bad.json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("operation: a", "a list of rules is needed"),
        ("- 1", r"\[0\]: a mapping is needed"),
        ("- {status: 500}", "operation is the id"),
        ("- {operation: indexes.lst, status: 500}", "did you mean 'indexes.list'"),
        ("- {operation: indexes.list, status: 200}", "from 400 to 599"),
        ("- {operation: indexes.list}", "a fault is needed"),
        ("- {operation: indexes.list, delay: -1}", "delay is in seconds"),
        ("- {operation: indexes.list, cut: -1}", "cut is a number of bytes"),
        ("- {operation: indexes.list, garbage: 1}", "garbage is true or false"),
        ("- {operation: indexes.list, calls: [0], cut: 1}", "calls is a list of numbers from 1"),
        ("- {operation: indexes.list, speed: 1}", "unknown fault 'speed'"),
        ("- {", "line 2|line 1"),
    ],
)
def test_what_is_no_script_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(text)
    with pytest.raises(FaultInvalid, match=said):
        Script.read(contract_of(), path)


def test_a_script_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text('[{"operation": "indexes.list", "cut": 0}]')
    script = Script.read(contract_of(), path)
    assert script.next("indexes.list") == Fault(cut=0)
    assert script.next("tasks.list") is None
