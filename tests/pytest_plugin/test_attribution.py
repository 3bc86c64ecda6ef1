"""The owner of an exchange: the test that it fails, the phase, and the line that is named."""

from __future__ import annotations

import json

import pytest

from tests.support.running import PLUGINS, Consumer

CODE = "tasks.list: query.page_limit: the value is greater than the maximum of 50, got 51"


def test_code_that_swallows_every_exception_hides_nothing(consumer: Consumer) -> None:
    consumer.tests(
        """
        import respx

        @respx.mock
        def test_it():
            respx.get(URL + "/tasks").mock(side_effect=httpx.ConnectError("no network"))
            try:
                httpx.get(URL + "/tasks?page_limit=51", headers={"x-api-key": KEY})
            except BaseException:
                pass
        """
    )
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert CODE in reported.failure
    assert "test_it.py:8: GET" in reported.failure


@pytest.mark.parametrize("kind", ["function", "unittest", "fail"])
def test_a_test_that_failed_by_itself_keeps_its_failure_and_gets_a_section(consumer: Consumer, kind: str) -> None:
    body = """
        def test_it(self=None):
            client().get("/tasks?page_limit=51")
            assert (1 + 1) == 3
        """
    if kind == "unittest":
        body = "import unittest\nclass Test(unittest.TestCase):\n" + body
    elif kind == "fail":
        body = body.replace("assert (1 + 1) == 3", "pytest.fail('assert (1 + 1) == 3', pytrace=False)")
    consumer.tests(body)
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert "assert (1 + 1) == 3" in reported.failure
    assert CODE not in reported.failure
    assert CODE in reported.beside


def test_cases_of_unittest_are_tests(consumer: Consumer) -> None:
    consumer.tests(
        """
        import unittest

        class Test(unittest.TestCase):
            def setUp(self):
                client().get("/tasks?page_limit=51")

            def test_it(self):
                pass

        class TestAsync(unittest.IsolatedAsyncioTestCase):
            async def test_it(self):
                async with httpx.AsyncClient(transport=client()._transport) as http:
                    await http.get(URL + "/tasks?page_limit=51", headers={"x-api-key": KEY})
        """
    )
    run = consumer.run("--contract")
    assert run.outcomes() == {"Test::test_it": "failed", "TestAsync::test_it": "failed"}
    assert all(CODE in reported.failure for reported in run.tests.values())


def test_an_expected_failure_is_expected_and_a_skip_stays_one(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.xfail(strict=True)
        def test_expected():
            client().get("/tasks?page_limit=51")

        def test_skipped():
            client().get("/tasks?page_limit=51")
            pytest.skip("after all")

        def test_after():
            client().get("/tasks")
        """
    )
    assert consumer.run("--contract").outcomes() == {
        "test_expected": "xfailed",
        "test_skipped": "skipped",
        "test_after": "passed",
    }


def test_what_a_fixture_sends_is_reported_by_the_phase_that_can_fail(consumer: Consumer) -> None:
    """At setup it fails the call, so that the test still runs; at teardown it is an error there."""
    consumer.write(
        "conftest.py",
        """
        from helpers import *

        @pytest.fixture(scope="session")
        def before():
            client().get("/tasks?page_limit=51")

        @pytest.fixture
        def after():
            yield
            client().get("/tasks?page_limit=51")
        """,
    )
    consumer.tests(
        """
        def test_before(before):
            pass

        def test_again(before):
            pass

        def test_after(after):
            pass

        def test_next():
            pass
        """
    )
    run = consumer.run("--contract")
    assert run.tests["test_before"].outcomes == {"setup": "passed", "call": "failed", "teardown": "passed"}
    assert "conftest.py:6: GET" in run.tests["test_before"].failure
    assert run.tests["test_after"].outcomes == {"setup": "passed", "call": "passed", "teardown": "failed"}
    assert "conftest.py:11: GET" in run.tests["test_after"].failure
    assert run.outcomes()["test_again"] == run.outcomes()["test_next"] == "passed"


def test_a_setup_that_fails_by_itself_gets_a_section(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.fixture
        def before():
            client().get("/tasks?page_limit=51")
            raise RuntimeError("no luck")

        def test_it(before):
            pass
        """
    )
    reported = consumer.run("--contract").one()
    assert reported.outcomes["setup"] == "failed"
    assert "no luck" in reported.failure
    assert CODE in reported.beside


def test_threads_and_tasks_belong_to_the_test_that_runs(consumer: Consumer) -> None:
    consumer.write(
        "service.py",
        """
        def send(client, path):
            client.get(path)
        """,
    )
    consumer.tests(
        """
        import asyncio, threading, service

        def test_thread():
            thread = threading.Thread(target=service.send, args=(client(), "/tasks?page_limit=51"))
            thread.start()
            thread.join()

        def test_tasks():
            async def one(limit):
                async with httpx.AsyncClient(transport=client()._transport, headers={"x-api-key": KEY}) as http:
                    await http.get(URL + f"/tasks?page_limit={limit}")

            async def all():
                await asyncio.gather(*(one(limit) for limit in (1, 51, 52, 50)))

            asyncio.run(all())

        def test_next():
            client().get("/tasks")
        """
    )
    run = consumer.run("--contract")
    assert run.outcomes() == {"test_thread": "failed", "test_tasks": "failed", "test_next": "passed"}
    assert "test_it.py:4: GET" in run.tests["test_thread"].failure, "no frame of the test's file: where the test stands"
    assert "(at service.py:3)" in run.tests["test_thread"].failure
    assert "got 51 " in run.tests["test_tasks"].failure
    assert "got 52 " in run.tests["test_tasks"].failure
    assert "test_it.py:12: GET" in run.tests["test_tasks"].failure


def test_a_request_fails_its_test_and_an_answer_that_comes_later_the_next_one_by_name(consumer: Consumer) -> None:
    consumer.tests(
        """
        import threading
        there, go, threads = threading.Event(), threading.Event(), []

        def answer(request):
            there.set()
            go.wait(60)
            return httpx.Response(200, json={"data": 5})

        @pytest.mark.parametrize("limit", [51, 50])
        def test_begins(limit):
            there.clear()
            http = httpx.Client(transport=httpx.MockTransport(answer), headers={"x-api-key": KEY})
            threads.append(threading.Thread(target=http.get, args=(URL + f"/tasks?page_limit={limit}",)))
            threads[-1].start()
            there.wait(60)

        def test_ends():
            go.set()
            for thread in threads:
                thread.join()
        """
    )
    run = consumer.run("--contract")
    assert run.outcomes() == {"test_begins[51]": "failed", "test_begins[50]": "passed", "test_ends": "failed"}
    assert CODE in run.tests["test_begins[51]"].failure
    reported = run.tests["test_ends"].failure
    assert CODE not in reported
    for limit in (51, 50):
        assert f"test_it.py:10 (sent by test_it.py::test_begins[{limit}], and finished after it): GET" in reported


def test_a_thread_that_was_there_before_the_test_is_named(consumer: Consumer) -> None:
    """It can be an earlier test's, or one that serves them all."""
    consumer.tests(
        """
        import threading
        go, threads = threading.Event(), []

        def work():
            go.wait(60)
            client().get("/tasks?page_limit=51")

        def test_forgets():
            threads.append(threading.Thread(target=work, name="worker"))
            threads[0].start()

        def test_next():
            go.set()
            threads[0].join()
        """
    )
    run = consumer.run("--contract")
    assert run.outcomes() == {"test_forgets": "passed", "test_next": "failed"}
    words = "(sent by the thread worker, which began before this test and can be another test's): GET"
    assert words in run.tests["test_next"].failure


def test_a_stream_that_is_left_open_is_judged_for_what_was_read(consumer: Consumer) -> None:
    consumer.tests(
        """
        kept = []

        def test_it():
            lines = b'{"event_type": "stream_start", "metadata": {"generation_id": 5}}\\n', b'{"event_ty'
            transport = httpx.MockTransport(lambda _: httpx.Response(200, content=iter(lines)))
            http = httpx.Client(transport=transport, headers={"x-api-key": KEY})
            request = http.build_request("POST", URL + "/analyze", json={"video_id": ID, "prompt": ""})
            kept.append(http.send(request, stream=True))
            kept.append(kept[0].iter_raw())
            next(kept[1]), next(kept[1])
        """
    )
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert 'analyze: event[0].metadata.generation_id: the value is not of type "string"' in reported.failure
    assert "truncated" not in reported.failure
    assert "event[1]" not in reported.failure


def test_what_is_sent_when_a_module_is_imported_fails_its_collection(consumer: Consumer) -> None:
    consumer.tests(
        """
        client().get("/tasks?page_limit=51")

        def test_it():
            pass
        """
    )
    run = consumer.run("--contract")
    assert run.code == pytest.ExitCode.INTERRUPTED
    assert CODE in run.output
    assert "test_it.py:2: GET" in run.output


def test_what_belongs_to_no_test_fails_the_session(consumer: Consumer) -> None:
    consumer.write(
        "conftest.py",
        """
        from helpers import *

        def pytest_sessionfinish():
            client().get("/tasks?page_limit=51")
        """,
    )
    consumer.tests("def test_it(): pass")
    run = consumer.run("--contract")
    assert run.outcomes() == {"test_it": "passed"}
    assert CODE in run.summary()
    assert "sent by" not in run.summary()
    assert run.code == pytest.ExitCode.TESTS_FAILED


def test_a_run_inside_a_run_keeps_its_exchanges_to_itself(consumer: Consumer) -> None:
    consumer.tests(
        """
        def test_outer(pytester):
            client().get("/tasks?page_limit=50")
            pytester.makepyfile('''
                import httpx
                def test_inner():
                    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": []}))
                    httpx.Client(transport=transport).get("https://api.twelvelabs.io/v1.3/tasks?page_limit=51")
            ''')
            inner = pytester.runpytest_inprocess("-p", "twelvelabs_contract.pytest_plugin", "--contract")
            inner.assert_outcomes(failed=1)
            assert hasattr(httpx.Client._send_single_request, "__wrapped__")
        """
    )
    assert consumer.run("--contract", plugins=(*PLUGINS, "pytester")).one().outcome == "passed"


def test_xdist_gives_the_same_verdicts_and_summary(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.parametrize("limit", range(48, 54))
        def test_it(limit):
            client().get(f"/tasks?page_limit={limit}")

        @pytest.mark.contract(ignore=["tasks.list query.page_limit maximum", "tasks.create"])
        def test_known():
            client().get("/tasks?page_limit=51")
        """
    )
    alone = consumer.run("--contract")
    spread = consumer.run("--contract", "-n", "2", plugins=(*PLUGINS, "xdist.plugin"))
    assert alone.outcomes() == spread.outcomes()
    assert {name: reported.failure for name, reported in alone.tests.items()} == {
        name: reported.failure for name, reported in spread.tests.items()
    }
    assert (
        alone.summary()
        == spread.summary()
        == "test_it.py::test_known: 'tasks.create' matched nothing; it can be removed, if every test ran"
    )


def test_what_a_worker_of_xdist_finds_by_a_marker_alone_is_reported(consumer: Consumer) -> None:
    """The controller collects nothing, so no marker tells it to listen."""
    consumer.tests(
        """
        @pytest.mark.contract(ignore="tasks.create")
        def test_known():
            pass
        """
    )
    alone, spread = consumer.run(), consumer.run("-n", "1", plugins=(*PLUGINS, "xdist.plugin"))
    assert alone.summary() == spread.summary() != ""


def test_what_is_known_of_a_test_is_known_at_its_teardown_too(consumer: Consumer) -> None:
    """The coverage of an exchange is counted by the settings of the test that sent it, whenever that is done."""
    consumer.tests(
        """
        @pytest.fixture
        def late():
            yield
            client().get("/tasks?page_limit=51")

        @pytest.mark.contract(ignore=["tasks.list query.page_limit"])
        def test_now():
            client().get("/tasks?page_limit=51")

        @pytest.mark.contract(ignore=["tasks.list query.page_limit"])
        def test_later(late):
            pass
        """
    )
    counts = []
    for name in ("test_now", "test_later"):
        consumer.run("--contract-report=coverage.json", "-k", name)
        written = json.loads((consumer.pytester.path / "coverage.json").read_text("utf-8"))
        assert [row["test"] for row in written["tests"]] == [f"test_it.py::{name}"]
        counts.append(written["summary"])
    assert counts[0] == counts[1]


@pytest.mark.parametrize("workers", [0, 1])
def test_what_a_thread_sends_that_outlives_the_last_test_is_reported(consumer: Consumer, workers: int) -> None:
    """With the run, as every test is over; also by a worker of xdist."""
    consumer.write(
        "conftest.py",
        """
        import pytest, threading
        from apicontract.pytest_plugin import session

        OVER, PATCHED = threading.Event(), pytest.MonkeyPatch()

        def pytest_configure():
            PATCHED.setattr(session, "LEFT_BEHIND", 60.0)

        def pytest_unconfigure():
            PATCHED.undo()

        @pytest.hookimpl(tryfirst=True)
        def pytest_sessionfinish():
            OVER.set()
        """,
    )
    consumer.tests(
        """
        import threading
        from conftest import OVER

        def late():
            OVER.wait(60)
            client().get("/tasks?page_limit=51")

        def test_it():
            threading.Thread(target=late).start()
        """
    )
    plugins = (*PLUGINS, *(("xdist.plugin",) if workers else ()))
    run = consumer.run("--contract", *(("-n", str(workers)) if workers else ()), plugins=plugins)
    assert run.outcomes() == {"test_it": "passed"}
    assert run.code == pytest.ExitCode.TESTS_FAILED
    assert "tasks.list query.page_limit maximum" in run.output
    assert "test_it.py:7: GET" in run.output
