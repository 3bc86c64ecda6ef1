"""The same tests without and with `--contract`: four faults that otherwise pass, with every client and mock."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.running import Consumer

MATRIX = Path(__file__).parent / "consumers" / "matrix.py"
MOCKS = ("MockTransport", "respx", "respx-httpx", "pytest_httpx")
SENT = {
    "by_hand": "client.request(",
    "by_hand_streamed": "with client.stream(",
    "by_hand_async": "await client.request(",
    "by_sdk": "client.",
    "by_sdk_async": "client.",
}
"""What the consumer's line holds that a failure must name."""

FIXTURE, CODE = "the FIXTURE is wrong", "the CODE is wrong"
FAULTS = {
    "limit": (
        CODE,
        "tasks.list: query.page_limit: the value is greater than the maximum of 50, got 51 "
        "[maximum, #/components/parameters/PageLimit/schema/maximum]",
    ),
    "text": (
        FIXTURE,
        'tasks.list: body.page_info.page: the value is not of type "integer", got "1" '
        "[type, #/components/schemas/PageInfo/properties/page/type]",
    ),
    "stream": (
        FIXTURE,
        "analyze: event[2]: the stream ends after line 2 without 'stream_end' "
        "[truncated, #/paths/~1analyze/post/x-streaming]",
    ),
    "brackets": (
        CODE,
        'search.create: form.search_options: the name "search_options[]" has brackets; repeat the name '
        "[encoding, #/components/schemas/SearchCreateRequest/properties/search_options]",
    ),
}


def test_every_way_to_mock_and_to_send_gives_the_same_verdicts(consumer: Consumer) -> None:
    tests = consumer.pytester.path / "test_matrix.py"
    shutil.copy(MATRIX, tests)
    lines = tests.read_text().split("\n")

    run = consumer.run("--contract", "--contract-edition=2025-08")

    names = [f"{case}-{mock}-{way}" for case in ("healthy", *FAULTS) for mock in MOCKS for way in SENT]
    assert run.outcomes() == {
        f"test_exchange[{name}]": "passed" if name.startswith("healthy") else "failed" for name in names
    }
    for name in (name for name in names if not name.startswith("healthy")):
        case, way = name.partition("-")[0], name.rpartition("-")[2]
        reported = run.tests[f"test_exchange[{name}]"]
        assert reported.outcomes == {"setup": "passed", "call": "failed", "teardown": "passed"}, name
        found = re.search(
            r"^test_matrix\.py:(\d+): (?:GET|POST) https://api\.twelvelabs\.io/v1\.3/\w+",
            reported.failure,
            re.MULTILINE,
        )
        assert found, reported.failure
        assert SENT[way] in lines[int(found[1]) - 1], reported.failure
        blame, violation = FAULTS[case]
        assert f"  - {violation}\n" in reported.failure
        assert [word for word in (FIXTURE, CODE) if word in reported.failure] == [blame]
        assert "tlk_made" not in reported.failure


def test_without_the_option_the_same_tests_pass(consumer: Consumer) -> None:
    shutil.copy(MATRIX, consumer.pytester.path / "test_matrix.py")
    run = consumer.run("-k", "MockTransport and by_sdk")
    assert set(run.outcomes().values()) == {"passed"}


SERVICE = """
    def first(client, limit):
        answer = client.get("/tasks", params={"page_limit": limit})
        return answer.json()["data"]
    """


def test_a_failure_reads_like_this(consumer: Consumer) -> None:
    consumer.write("service.py", SERVICE)
    consumer.tests(
        """
        import service

        def test_it():
            with client({"data": [], "page_info": {"page": "1"}}) as http:
                assert service.first(
                    http, limit=51) == []
        """
    )
    run = consumer.run("--contract", "--contract-edition=2025-08")
    assert run.one().failure == (
        """\
contract: tasks.list query.page_limit maximum, and 1 more

test_it.py:6: GET https://api.twelvelabs.io/v1.3/tasks
  the CODE is wrong: the API does not take this request; fix what is sent (at service.py:3)
  - tasks.list: query.page_limit: the value is greater than the maximum of 50, got 51 \
[maximum, #/components/parameters/PageLimit/schema/maximum]

test_it.py:6: GET https://api.twelvelabs.io/v1.3/tasks, status 200
  the FIXTURE is wrong: the API never sends this; fix the mock, or answer with the fixture twelvelabs_mock
  - tasks.list: body.page_info.page: the value is not of type "integer", got "1" \
[type, #/components/schemas/PageInfo/properties/page/type]

to let it pass: @pytest.mark.contract(ignore=["tasks.list query.page_limit maximum", \
"tasks.list body.page_info.page type"]), or a line of contract_ignore for each"""
    )
    assert "FAILED test_it.py::test_it - Failed: contract: tasks.list query.page_limit" in run.output


@pytest.mark.parametrize(
    ("ask", "mark"), [(["--contract"], ""), (["-o", "contract=true"], ""), ([], "@pytest.mark.contract")]
)
def test_three_ways_to_ask(consumer: Consumer, ask: list[str], mark: str) -> None:
    consumer.tests(
        f"""
        {mark or "#"}
        def test_wrong():
            client().get("/tasks?page_limit=51")

        {mark or "#"}
        def test_right():
            client().get("/tasks?page_limit=50")
        """
    )
    assert consumer.run(*ask).outcomes() == {"test_wrong": "failed", "test_right": "passed"}


def test_the_marker_asks_for_its_test_alone(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.contract
        def test_asked():
            client().get("/tasks?page_limit=51")

        def test_not_asked():
            client().get("/tasks?page_limit=51")
        """
    )
    assert consumer.run().outcomes() == {"test_asked": "failed", "test_not_asked": "passed"}


def test_a_request_that_is_no_operation_is_wrong_and_other_hosts_are_nobodys_business(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.parametrize("url", [
            "https://api.twelvelabs.io/v1.3/task",
            "https://api.twelvelabs.io/v1.2/tasks",
            "http://api.twelvelabs.io/v1.3/tasks",
            "https://api.twelvelabs.io:443/v1.3/nowhere?x-api-key=tlk_secret_in_a_query",
        ])
        def test_wrong(url):
            client().get(url)

        @pytest.mark.parametrize("url", ["https://example.com/v1.3/task", "http://localhost:9/v1.3/tasks?page_limit=51"])
        def test_other(url):
            client().get(url)
        """
    )
    run = consumer.run("--contract", "--contract-edition=2025-08")
    assert {name.partition("[")[0]: outcome for name, outcome in run.outcomes().items()} == {
        "test_wrong": "failed",
        "test_other": "passed",
    }
    for name, reported in run.tests.items():
        if name.startswith("test_wrong"):
            unknown = "the OPERATION is unknown: a mistake in the path, or newer than the document"
            assert unknown in reported.failure or "the CODE is wrong: this is not a URL of the API" in reported.failure
            assert "secret" not in reported.failure
    assert '"GET /task path undeclared"' in run.tests["test_wrong[https://api.twelvelabs.io/v1.3/task]"].failure


def test_an_answer_from_the_network_is_nobodys_fixture(consumer: Consumer) -> None:
    """As httpx's own transports mark it."""
    consumer.tests(
        """
        def test_it():
            answer = httpx.Response(200, json={"data": 5}, extensions={"network_stream": object()})
            transport = httpx.MockTransport(lambda _: answer)
            httpx.Client(transport=transport, headers={"x-api-key": KEY}).get(URL + "/tasks")
        """
    )
    failure = consumer.run("--contract", "--contract-edition=2025-08").one().failure
    assert "the API or the CONTRACT is wrong: this came over the network" in failure
    assert "FIXTURE" not in failure


def test_a_flood_of_violations_is_counted_and_repetitions_are_reported_once(consumer: Consumer) -> None:
    consumer.tests(
        """
        def test_it():
            for limit in range(51, 81):
                for _ in range(3):
                    client().get(f"/tasks?page_limit={limit}")
        """
    )
    failure = consumer.run("--contract", "--contract-edition=2025-08").one().failure
    assert failure.count("  - tasks.list: query.page_limit") == 25
    assert failure.count("test_it.py:5: GET") == 1
    assert failure.startswith("contract: tasks.list query.page_limit maximum, and 29 more\n")
    assert "\n\nand 5 more\n" in failure
