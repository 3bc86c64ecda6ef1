"""Intentional faults: from a script, by a request header, and invalid ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.server import Application, Fault, FaultInvalid, Script
from tests.server.conftest import KEY, Served, by_hand, contract_of
from twelvelabs_contract import Contract

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
    refused = served.send(*INDEXES[:2], headers={"X-Contract-Fault": "speed=1, cut=1, colour=2"})
    assert (refused.status_code, "unknown fault 'speed'" in refused.text) == (400, True)


def test_a_call_whose_header_asks_for_a_fault_is_counted_too() -> None:
    served = _scripted({"operation": "*", "calls": [2], "status": 503})
    asked = (*INDEXES[:2], {"headers": {"X-Contract-Fault": "status=429"}})
    assert [answer.status_code for answer in served.send_all([asked, INDEXES, INDEXES])] == [429, 503, 200]


def test_a_delay_is_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    for seconds in (0, 0.25, 1.5):
        _scripted({"operation": "*", "delay": seconds}).send(*INDEXES[:2])
    assert waited == [0.25, 1.5]


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


@pytest.mark.parametrize(
    ("settings", "made"),
    [
        ({"status": 400}, Fault(400)),
        ({"status": 599}, Fault(599)),
        ({"delay": 0}, Fault(delay=0.0)),
        ({"delay": 600}, Fault(delay=600.0)),
        ({"delay": 600.0, "cut": 0, "garbage": True}, Fault(delay=600.0, cut=0, garbage=True)),
        ({"status": 399}, "status is a number from 400 to 599, not 399"),
        ({"status": 600}, "status is a number from 400 to 599, not 600"),
        ({"status": "503"}, "status is a number from 400 to 599, not '503'"),
        ({"status": True}, "status is a number from 400 to 599, not True"),
        ({"delay": 600.1}, "delay is in seconds, from 0 to 600, not 600.1"),
        ({"delay": -0.1}, "delay is in seconds, from 0 to 600, not -0.1"),
        ({"delay": False}, "delay is in seconds, from 0 to 600, not False"),
        ({"delay": float("nan")}, "delay is in seconds, from 0 to 600, not nan"),
        ({"cut": -1}, "cut is a number of bytes, not -1"),
        ({"cut": 1.0}, "cut is a number of bytes, not 1.0"),
        ({"cut": True}, "cut is a number of bytes, not True"),
        ({"garbage": "yes"}, "garbage is true or false, not 'yes'"),
        ({}, "a fault is needed: status, delay, cut, garbage"),
        ({"status": 500, "speed": 1}, "unknown fault 'speed'; known are status, delay, cut, garbage"),
    ],
)
def test_each_setting_has_its_bounds(settings: dict[str, Any], made: Fault | str) -> None:
    if isinstance(made, Fault):
        assert Fault.of(settings, "here") == made
    else:
        with pytest.raises(FaultInvalid) as raised:
            Fault.of(settings, "here")
        assert str(raised.value) == f"here: {made}"


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("status=503,delay=0.5", Fault(503, 0.5)),
        (" cut = 7 , garbage ,", Fault(cut=7, garbage=True)),
        ("garbage=false", Fault()),
        ("cut=, delay=1", Fault(delay=1.0)),
        ("garbage=", "garbage is true or false, not None"),
        ("status", "status is a number from 400 to 599, not True"),
        ("status={", "status: "),
        (",", "a fault is needed"),
    ],
)
def test_a_header_names_several_with_or_without_spaces(value: str, made: Fault | str) -> None:
    if isinstance(made, Fault):
        assert Fault.of_header(value) == made
    else:
        with pytest.raises(FaultInvalid, match=f"header x-contract-fault: {made}"):
            Fault.of_header(value)


@pytest.mark.parametrize(
    ("body", "spoilt"),
    [(b"", b""), (b"a", b"\xff"), (b"ab", b"a\xff"), (b"abcde", b"ab\xff\x00\xff"), (b"abcdef", b"abc\xff\x00\xff")],
)
def test_garbage_stands_in_place_of_the_second_half(body: bytes, spoilt: bytes) -> None:
    assert Fault(garbage=True).spoilt(body) == spoilt
    assert Fault(cut=1).spoilt(body) == body


def test_the_first_rule_that_matches_counts_and_calls_are_counted_by_operation() -> None:
    rules = [
        {"operation": "*", "calls": [2], "cut": 1},
        {"operation": "tasks.list", "cut": 2},
        {"operation": "*", "calls": [1, 3], "cut": 3},
    ]
    script = Script(contract_of(), rules)
    made = [script.next(name) for name in ("tasks.list", "indexes.list", "tasks.list", "indexes.list", "indexes.list")]
    assert [fault and fault.cut for fault in made] == [2, 3, 1, 1, 3]
    assert script.next("indexes.list") is None


@pytest.mark.parametrize(
    ("calls", "made"),
    [
        ({}, [7, 7, 7]),
        ({"calls": None}, [7, 7, 7]),
        ({"calls": []}, [None, None, None]),
        ({"calls": [2]}, [None, 7, None]),
        ({"calls": [3, 1, 1]}, [7, None, 7]),
        ({"calls": [4]}, [None, None, None]),
    ],
)
@pytest.mark.parametrize("operation", ["*", "tasks.list"])
def test_a_rule_holds_for_the_calls_that_it_lists_and_for_all_without_a_list(
    operation: str, calls: dict[str, Any], made: list[int | None]
) -> None:
    """An empty list has none of them; in whatever order they are listed, and also if one is listed twice."""
    script = Script(contract_of(), [{"operation": operation, "cut": 7, **calls}])
    faults = [script.next("tasks.list") for _ in made]
    assert [fault and fault.cut for fault in faults] == made


def test_a_call_is_counted_whichever_rule_is_the_first() -> None:
    rules = [{"operation": "tasks.list", "cut": 1}, {"operation": "indexes.list", "calls": [2], "cut": 2}]
    script = Script(contract_of(), rules)
    made = [script.next(name) for name in ("indexes.list", "tasks.list", "indexes.list", "indexes.list")]
    assert [fault and fault.cut for fault in made] == [None, 1, 2, None]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"operation": "*", "calls": [True], "cut": 1}, r"calls is a list of numbers from 1, not \[True\]"),
        ({"operation": "*", "calls": 1, "cut": 1}, "calls is a list of numbers from 1, not 1"),
        ({"operation": "lots", "status": 404}, "lots has no response 404; it has 200, 503"),
    ],
)
def test_a_rule_says_what_an_operation_can_do(rule: Any, said: str) -> None:
    responses = {"200": {"description": ""}, "503": {"description": ""}}
    raw = {"openapi": "3.1.0", "paths": {"/lots": {"get": {"operationId": "lots", "responses": responses}}}}
    with pytest.raises(FaultInvalid, match=rf"^faults\[1\]: {said}$"):
        Script(Contract(Document(raw)), [{"operation": "lots", "status": 503}, rule])


def test_a_script_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text('[{"operation": "indexes.list", "cut": 0}]')
    script = Script.read(contract_of(), path)
    assert script.next("indexes.list") == Fault(cut=0)
    assert script.next("tasks.list") is None
