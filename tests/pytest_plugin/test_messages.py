"""The messages of a failure and of a run besides the violations: hints, places, and what was not checked."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from apicontract.checks.exchange import DOCUMENT
from apicontract.openapi.life import NOT_YET, REMOVED
from apicontract.openapi.violation import Violation
from apicontract.pytest_plugin import messages
from apicontract.pytest_plugin.monitor import ExchangeFinding, Owner, Sender, Trace
from apicontract.pytest_plugin.settings import PRODUCT
from apicontract.traffic.findings import Side
from apicontract.wire.messages import Exchange, Request, Response
from tests.support.running import Consumer


def test_what_was_refused_can_have_been_sent_on_purpose(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.parametrize("status", [200, 400])
        def test_it(status):
            answer = {"code": "parameter_invalid", "message": "no"} if status == 400 else PAGE
            client(answer, status).get("/tasks?page_limit=51")
        """
    )
    run = consumer.run("--contract")
    hint = "to send it on purpose: @pytest.mark.contract(False)"
    assert [hint in reported.failure for reported in run.tests.values()] == [False, True]


def test_a_mock_without_a_content_type_is_told_how_to_give_one(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has another is wrong in another way."""
    begin, end = "  the FIXTURE is wrong: ", ", or answer with the fixture twelvelabs_mock"
    fix = 'give the mock headers={"content-type": "application/json"}'
    consumer.tests(
        """
        @pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}])
        def test_it(headers):
            sent = httpx.MockTransport(lambda request: httpx.Response(200, content="{}", headers=headers))
            with httpx.Client(transport=sent, headers={"x-api-key": KEY}) as http:
                http.get(URL + "/tasks")
        """
    )
    with monkeypatch.context() as without:
        without.delitem(sys.modules, "requests_mock", raising=False)
        run = consumer.run("--contract")
    assert [reported.failure.splitlines()[3] for reported in run.tests.values()] == [
        f"{begin}it has no content type; {fix}{end}",
        f"{begin}the API never sends this; fix the mock{end}",
    ]
    consumer.tests(
        """
        import requests, requests_mock

        def test_it():
            with requests_mock.Mocker() as mock:
                mock.get(URL + "/tasks", json=PAGE)
                requests.get(URL + "/tasks", headers={"x-api-key": KEY})
        """
    )
    said = consumer.run("--contract").one().failure.splitlines()[3]
    assert said == f"{begin}it has no content type; requests_mock sets none for json=; {fix}{end}"


def test_places_are_seen_from_where_pytest_was_started(consumer: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    consumer.write("pytest.ini", "[pytest]\ncontract = true\npythonpath = .\n")
    for name in ("unit", "deep"):
        (consumer.pytester.path / name).mkdir()
    consumer.write("sender.py", "def send(client):\n    client.get('/tasks?page_limit=51')\n")
    consumer.tests("import sender\ndef test_it():\n    sender.send(client())\n", "unit/test_it.py")
    monkeypatch.chdir(consumer.pytester.path / "unit")
    reported = consumer.run().one()
    assert "\ntest_it.py:4: GET" in reported.failure
    assert "(at ../sender.py:2)" in reported.failure


def test_bodies_that_were_not_checked_are_named(consumer: Consumer) -> None:
    consumer.tests(
        """
        class Deaf(httpx.BaseTransport):
            def handle_request(self, request):
                return httpx.Response(200, json=PAGE)

        @pytest.mark.parametrize("number", range(7))
        def test_it(number):
            with httpx.Client(transport=Deaf(), headers={"x-api-key": KEY}) as http:
                http.get(URL + "/tasks")
                http.request("GET", URL + "/tasks", content=iter([b"a"]))
        """
    )
    head = "bodies not checked, because larger than 64 MiB, or not sent or read to the end: "
    lines = [
        f"  the request of GET https://api.twelvelabs.io/v1.3/tasks, sent by test_it.py::test_it[{n}]" for n in range(7)
    ]
    one, every = consumer.run("--contract", "-k", "2"), consumer.run("--contract")
    assert one.summary().splitlines() == [f"{head}1", lines[2]]
    assert every.summary().splitlines() == [f"{head}7", *lines[:5], "  …"]


CONFIG = SimpleNamespace(
    rootpath=Path("/project"),
    invocation_params=SimpleNamespace(dir=Path("/project/tests")),
    stash={PRODUCT: SimpleNamespace(mock_fixture="the_mock")},
)
TEST = "test_it.py::test_it"
LABEL = "GET https://api.test/a"


@pytest.fixture(autouse=True)
def _contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "contract_of", lambda _: SimpleNamespace(title="The API"))


def found(
    side: Side = "request",
    *,
    rule: str = "type",
    where: str = "body",
    operation: str | None = "a",
    status: int | None = 200,
    label: str = LABEL,
    real: bool = True,
    owner: str = TEST,
    thread: str = "",
    trace: Trace = (("/project/tests/test_it.py", 7),),
) -> ExchangeFinding:
    """Return a finding of a made-up exchange."""
    response = None if status is None else Response(status)
    exchange = Exchange(Request("GET", "https://api.test/a"), response, True, real, frozenset(), label)
    sender = Sender(Owner(owner, "/project/tests/test_it.py", 5, checked=True), trace, thread)
    return ExchangeFinding(Violation(operation, where, rule, "it is wrong", "/p"), side, exchange, sender)


def failure(*findings: ExchangeFinding) -> str:
    return messages.failure(findings, TEST, cast("Any", CONFIG))


def test_twenty_five_are_shown_and_equal_ones_once() -> None:
    for count, last in ((25, None), (26, "and 1 more"), (30, "and 5 more")):
        text = failure(*(found(where=f"body.f{number}") for number in range(count)), found(where="body.f0"))
        assert text.count("\n  - ") == 25
        assert text.splitlines()[0] == f"contract: a body.f0 type, and {count - 1} more"
        assert [line for line in text.splitlines() if line.startswith("and ")] == ([last] if last else [])
        entries = ", ".join(f'"a body.f{number} type"' for number in range(25))
        assert f"@pytest.mark.contract(ignore=[{entries}])" in text, "what is not shown is not let pass"
    assert failure(found(), found()).splitlines()[0] == "contract: a body type"
    assert failure(found(), found(where="url")).splitlines()[0] == "contract: a body type, and 1 more"


@pytest.mark.parametrize(
    ("side", "status", "hint"),
    [
        *(("request", status, hint) for status, hint in ((400, True), (499, True), (500, False), (399, False))),
        ("request", None, False),
        ("response", 400, False),
    ],
)
def test_only_what_was_refused_is_said_to_be_on_purpose(side: Side, status: int | None, hint: bool) -> None:
    assert ("to send it on purpose" in failure(found(side, status=status))) is hint


@pytest.mark.parametrize(
    ("finding", "blame"),
    [
        (found(), "the CODE is wrong: the API does not take this request; fix what is sent"),
        (found(rule=REMOVED), "the CODE is older than The API, which no longer takes this; fix what is sent"),
        (found(rule=NOT_YET), "the CODE is newer than The API; choose a later edition, or fix what is sent"),
        (found(rule=DOCUMENT), "the DOCUMENT cannot be used for this exchange; fix it"),
        (found("response", rule=DOCUMENT), "the DOCUMENT cannot be used for this exchange; fix it"),
        (found(operation=None, where="url"), "the CODE is wrong: this is not a URL of the API; fix the URL"),
        (found(operation=None, where="path"), "the OPERATION is unknown: a mistake in the path, or newer"),
        (found("response"), "the API or the CONTRACT is wrong: this came over the network"),
        (found("response", rule=REMOVED), "the API or the CONTRACT is wrong: this came over the network"),
        (
            found("response", real=False),
            "the FIXTURE is wrong: the API never sends this; fix the mock, or answer with the fixture the_mock",
        ),
        (found("response", real=False, rule=REMOVED), "the FIXTURE is older than The API, which no longer sends this"),
        (found("response", real=False, rule=NOT_YET), "the FIXTURE is newer than The API; choose a later edition"),
        *(
            (found("response", label=f"GET http://{host}/a"), "the FIXTURE is wrong")
            for name in ("127.0.0.1", "[::1]", "localhost")
            for host in (name, f"{name}:8000")
        ),
        (found("response", label="GET http://localhost.test:80/a"), "the API or the CONTRACT is wrong"),
    ],
)
def test_who_is_wrong_is_said(finding: ExchangeFinding, blame: str) -> None:
    assert failure(finding).splitlines()[3].startswith(f"  {blame}")


@pytest.mark.parametrize(
    ("finding", "head"),
    [
        (found(), f"test_it.py:7: {LABEL}"),
        (found("response"), f"test_it.py:7: {LABEL}, status 200"),
        (found("response", status=None), f"test_it.py:7: {LABEL}"),
        (found(owner="other.py::test"), f"test_it.py:7 (sent by other.py::test, and finished after it): {LABEL}"),
        (found(owner=""), f"test_it.py:7 (sent by no test): {LABEL}"),
        (
            found(thread="T-1"),
            f"test_it.py:7 (sent by the thread T-1, which began before this test and can be another test's): {LABEL}",
        ),
        (found(trace=()), f"test_it.py:5: {LABEL}"),
        (found(trace=(("/project/a/conftest.py", 3), ("/elsewhere/b.py", 4))), f"../a/conftest.py:3: {LABEL}"),
        (found(trace=(("/project/site-packages/a.py", 3),)), f"test_it.py:5: {LABEL}"),
        (found(label="GET https://api.test/\u00e9\x1b"), "test_it.py:7: GET https://api.test/\u00e9\\x1b"),
    ],
)
def test_the_place_is_the_line_of_the_test(finding: ExchangeFinding, head: str) -> None:
    assert failure(finding).splitlines()[2] == head


def test_the_line_of_the_project_that_sent_is_named_if_it_is_another() -> None:
    trace = (("/elsewhere/lib.py", 1), ("/project/a/send.py", 2), ("/project/tests/test_it.py", 7))
    assert failure(found(trace=trace)).splitlines()[3].endswith("fix what is sent (at ../a/send.py:2)")
    installed = (("/project/.venv/lib/site-packages/lib.py", 1), *trace[1:])
    assert failure(found(trace=installed)).splitlines()[3].endswith("fix what is sent (at ../a/send.py:2)")
    direct = (*installed[:1], trace[-1])
    assert failure(found(trace=direct)).splitlines()[3].endswith("fix what is sent")


@pytest.mark.parametrize(
    ("declared", "wanted"),
    [("text/csv", "text/csv"), ("text/csv or text/html", "text/csv"), ("a/b or c/d or e/f", "a/b")],
)
def test_the_first_content_type_that_is_declared_is_the_one_to_give(declared: str, wanted: str) -> None:
    finding = found("response", real=False, rule="media_type")
    violation = replace(finding.violation, message=f"there is no content type; declared is {declared}")
    assert f'headers={{"content-type": "{wanted}"}}, or answer' in failure(replace(finding, violation=violation))


def test_what_to_ignore_is_written_as_it_is_compared() -> None:
    """As a string of Python, with the text of other languages as it is."""
    assert 'ignore=["a body.Größe漢[\\"a\\"] type"]' in failure(found(where='body.Größe漢["a"]'))


def test_what_matched_nothing_what_is_unknown_and_what_was_not_seen_is_listed_once() -> None:
    assert messages.unused([("b", "y"), ("a", "x")]) == [
        f"{source}: {entry!r} matched nothing; it can be removed, if every test ran" for source, entry in ("ax", "by")
    ]
    assert messages.unknown(["x", "y", "x"]) == ["not in the document: x", "not in the document: y"]
    assert messages.unseen([]) == []
    head, *rest = messages.unseen(list("abcdeabcde"))
    assert (head.endswith(": 10"), rest) == (True, [f"  {name}" for name in "abcde"])
    assert messages.unseen(list("abcdef"))[1:] == [*(f"  {name}" for name in "abcde"), "  …"]
