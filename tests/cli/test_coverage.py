"""Coverage of recordings, and merged coverage of several runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.cli.coverage import Counter
from apicontract.coverage import Origin
from apicontract.traffic.recordings import Recorded, Unreadable
from apicontract.traffic.recordings.model import Unknown
from apicontract.wire.messages import Request
from tests.cli.conftest import HOST, Run, entry, har
from twelvelabs_contract import Contract


def _recorded(cli: Run, *options: str, path: str = "/tasks?page_limit=50") -> str:
    """Check a recording, and return its report in JSON."""
    good = entry(HOST + path, {"data": []})
    wrong = entry(f"{HOST}/tasks?page_limit=51", {"data": []})
    name = f"report{len(path)}.json"
    done = cli("check", har(good, wrong), "--report", name, *options)
    assert (done.status, done.err) == (1, f"written: {name}\n")
    return name


def test_a_recording_counts_as_a_test_run_does(cli: Run) -> None:
    report = json.loads(Path(_recorded(cli)).read_text())
    (operation,) = (one for one in report["operations"] if one["id"] == "tasks.list")
    hit = {(cell["place"], cell["case"]) for cell in operation["cells"] if cell["count"]}
    assert {("query.page_limit", "max 50"), ("query.page_limit", "max + 1 = 51"), ("status", "200")} <= hit
    (finding,) = report["findings"]
    assert (finding["operation"], finding["where"], finding["rule"]) == ("tasks.list", "query.page_limit", "maximum")
    assert report["tests"] == [{"position": n, "test": f"calls.har:{n + 1}"} for n in (1, 2)]
    for only in ("tasks.list,search.*", " tasks.list , search.* "):
        assert Counter(Contract.load(), [], None, only).scope == ["tasks.list", "search.*"]


def test_only_the_side_whose_body_is_unknown_was_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(Contract.load(), [], None, None)
    counted: list[Any] = []
    monkeypatch.setattr(counter.coverage, "exchange", lambda *_, unseen, origin, **__: counted.append((unseen, origin)))
    unknown = Unknown("request", "header", "a"), Unknown("request", "", "b"), Unknown("response", "body", "c")
    exchange = Recorded(1, Request("GET", HOST), None, None, "a", unknown)
    assert list(counter.counting([exchange, Unreadable(2, None, "no"), exchange], "a.har")) != []
    assert counted == [({"response"}, Origin(1, "a.har")), ({"response"}, Origin(3, "a.har"))]


def test_reports_are_put_together(cli: Run) -> None:
    files = [_recorded(cli), _recorded(cli, path="/tasks?page_limit=1")]
    done = cli("coverage", *files, "--report", "both.html", "--report", "both.json", "--only", "tasks.*")
    assert done.status == 0
    assert "tasks.list" in done.out
    assert "operations called 1/" in done.out
    assert "page_limit" in Path("both.html").read_text()
    (finding,) = json.loads(Path("both.json").read_text())["findings"]
    assert finding["count"] == 2


def test_too_little_is_a_failure(cli: Run) -> None:
    good = har(entry(f"{HOST}/tasks", {"data": []}))
    assert cli("check", good, "--fail-under", "0").status == 0
    done = cli("check", good, "--fail-under", "50")
    assert (done.status, done.err[:18]) == (1, "error: coverage of")
    assert cli("check", good, "--fail-under", "5", "--only", "tasks.list").status == 0
    report = _recorded(cli)
    assert cli("coverage", report, "--fail-under", "50").status == 1


def test_a_missing_key_that_was_taken_out_is_excused_in_the_report_too(cli: Run) -> None:
    one = entry(f"{HOST}/tasks?page_limit=50", {"data": []})
    one["request"]["headers"] = [{"name": "accept", "value": "*/*"}]
    assert cli("check", har(one), "--report", "a.json", "--fail-under", "0").status == 0
    assert json.loads(Path("a.json").read_text())["findings"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--report", "a.txt"], "--report a.txt: the suffix must be one of .html, .json, .xml"),
        (["--report", "."], "--report .: the suffix must be one of"),
        (["--fail-under", "5", "--only", "task.*"], "--only: no operation is called 'task.*'"),
        (["--only", "tasks.*"], "--only belongs to --report and --fail-under"),
    ],
)
def test_what_cannot_be_meant_is_refused(cli: Run, options: list[str], said: str) -> None:
    done = cli("check", har(entry(f"{HOST}/tasks", {"data": []})), *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_what_is_no_report_is_refused(cli: Run) -> None:
    Path("a.json").write_text("{}")
    done = cli("coverage", "a.json")
    assert (done.status, done.out) == (2, "")
    assert "a.json: `format` is None" in done.err
