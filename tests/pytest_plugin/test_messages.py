"""What a failure and the end of a run say besides the violations: the hints, the places, what was not checked."""

from __future__ import annotations

import pytest

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
    head = "bodies not checked, as larger than 64 MiB, or not sent or read to the end: "
    lines = [
        f"  the request of GET https://api.twelvelabs.io/v1.3/tasks, sent by test_it.py::test_it[{n}]" for n in range(7)
    ]
    one, every = consumer.run("--contract", "-k", "2"), consumer.run("--contract")
    assert one.summary().splitlines() == [f"{head}1", lines[2]]
    assert every.summary().splitlines() == [f"{head}7", *lines[:5], "  …"]
