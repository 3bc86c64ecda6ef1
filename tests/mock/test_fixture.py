"""The plugin's fixture, in a consumer's run: with and without `--contract`, with its settings and marks."""

from __future__ import annotations

import pytest
from twelvelabs_api import ServerError, TwelveLabs

from tests.support.running import Consumer
from twelvelabs_contract.mock import TwelveLabsMock

PLUGINS = ("twelvelabs_contract.pytest_plugin",)
TEST = """
def listed(client):
    return client.get(URL + "/tasks?page_limit=51", headers={"x-api-key": KEY})

def test_refused(twelvelabs_mock):
    response = listed(httpx)
    assert (response.status_code, response.json()["code"]) == (400, "parameter_invalid")
    assert twelvelabs_mock["tasks.list"].calls[0].violations

@pytest.mark.contract(False)
def test_on_purpose(twelvelabs_mock):
    assert listed(httpx).status_code == 400

@pytest.mark.contract(ignore=["tasks.list query.page_limit maximum"])
def test_known(twelvelabs_mock):
    assert listed(httpx).status_code == 200

def test_good(twelvelabs_mock):
    assert httpx.get(URL + "/tasks", headers={"x-api-key": KEY}).status_code == 200
    assert len(twelvelabs_mock["tasks.list"].calls) == 1
"""


@pytest.fixture
def consumer(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a project to write tests into and run."""
    monkeypatch.delenv("TWELVELABS_BASE_URL", raising=False)
    return Consumer(pytester, monkeypatch)


def test_each_test_has_a_mock_of_its_own(consumer: Consumer) -> None:
    consumer.tests(TEST)
    run = consumer.run(plugins=PLUGINS)
    assert set(run.outcomes().values()) == {"passed"}


def test_what_the_mock_refuses_is_reported_once_under_contract_unless_it_is_marked(consumer: Consumer) -> None:
    consumer.tests(TEST)
    run = consumer.run("--contract", plugins=PLUGINS)
    assert run.outcomes() == {
        "test_refused": "failed",
        "test_on_purpose": "passed",
        "test_known": "passed",
        "test_good": "passed",
    }
    failure = run.tests["test_refused"].failure
    assert failure.count("[maximum, #/components/parameters/PageLimit/schema/maximum]") == 1
    assert "status" not in failure.partition("maximum of 50")[0], "the refusal itself is none"


def test_an_answer_that_is_wrong_on_purpose_is_reported_under_contract(consumer: Consumer) -> None:
    consumer.tests(
        """
        def test_it(twelvelabs_mock):
            twelvelabs_mock["tasks.retrieve"].respond_raw(httpx.Response(200, json={"_id": 5}))
            httpx.get(URL + "/tasks/t", headers={"x-api-key": KEY})
        """
    )
    assert consumer.run(plugins=PLUGINS).one().outcome == "passed"
    reported = consumer.run("--contract", plugins=PLUGINS).one()
    assert reported.outcome == "failed"
    assert "tasks.retrieve: body._id: the value is not of type" in reported.failure


def test_a_missing_answer_that_was_swallowed_fails_the_test_at_its_end_and_any_other_is_reported_once(
    consumer: Consumer,
) -> None:
    consumer.tests(
        """
        def call(mock):
            mock["tasks.list"].sequence([])
            httpx.get(URL + "/tasks", headers={"x-api-key": KEY})

        def test_swallowed(twelvelabs_mock):
            try:
                call(twelvelabs_mock)
            except Exception:
                pass

        def test_seen(twelvelabs_mock):
            call(twelvelabs_mock)

        def test_chained(twelvelabs_mock):
            try:
                call(twelvelabs_mock)
            except AssertionError as error:
                raise ValueError from error

        def test_another(twelvelabs_mock):
            try:
                call(twelvelabs_mock)
            except Exception:
                pass
            assert 1 == 2

        def test_expected(twelvelabs_mock):
            with pytest.raises(AssertionError):
                call(twelvelabs_mock)
            twelvelabs_mock.reset()

        def test_nothing(twelvelabs_mock): ...
        """
    )
    reported = consumer.run(plugins=PLUGINS).tests
    assert {name: (test.outcomes["call"], test.outcomes["teardown"]) for name, test in reported.items()} == {
        "test_swallowed": ("passed", "failed"),
        "test_seen": ("failed", "passed"),
        "test_chained": ("failed", "passed"),
        "test_another": ("failed", "failed"),
        "test_expected": ("passed", "passed"),
        "test_nothing": ("passed", "passed"),
    }
    for name in ("test_swallowed", "test_another"):
        assert "tasks.list: call 1 of a sequence of 0 responses; give it more responses" in reported[name].failure


def test_known_violations_of_the_ini_file_are_not_refused(consumer: Consumer) -> None:
    consumer.write("pytest.ini", "[pytest]\ncontract_ignore =\n    tasks.list query.page_limit\n")
    consumer.tests(TEST)
    run = consumer.run(plugins=PLUGINS)
    assert run.outcomes()["test_known"] == "passed"
    assert run.outcomes()["test_refused"] == "failed"


def test_another_document_is_mocked_as_the_run_has_it(consumer: Consumer) -> None:
    consumer.write(
        "small.yaml",
        """
        openapi: 3.1.0
        info: {title: Small, version: '1'}
        servers: [{url: 'https://small.example'}]
        x-client: {class: Small, api_key_environment: SMALL_KEY, base_url_environment: SMALL_URL}
        paths:
          /a:
            get: {operationId: a, responses: {'200': {description: d, content: {application/json: {example: {n: 1}}}}}}
        """,
    )
    consumer.tests(
        """
        def test_it(twelvelabs_mock):
            assert httpx.get("https://small.example/a").json() == {"n": 1}
            assert httpx.get("http://proxy.example:81/x/a").json() == {"n": 1}
            assert httpx.get("http://here.example/a").json() == {"n": 1}
            assert len(twelvelabs_mock["a"].calls) == 3
        """
    )
    run = consumer.run(
        "--contract-spec=small.yaml",
        "--contract-base-url=http://proxy.example:81/x",
        "--contract-base-url=http://here.example",
        plugins=PLUGINS,
    )
    assert run.one().outcome == "passed", run.output


def test_the_base_url_of_the_environment_is_answered(consumer: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://localhost:8080/v1.3")
    consumer.tests(
        """
        from twelvelabs_api import TwelveLabs

        def test_it(twelvelabs_mock):
            assert [task.id for task in TwelveLabs(api_key=KEY).tasks.list()]
            assert httpx.get(URL + "/tasks", headers={"x-api-key": KEY}).status_code == 200
        """
    )
    assert consumer.run(plugins=PLUGINS).one().outcome == "passed"


def test_a_mock_without_the_fixture_is_at_the_base_url_of_the_environment_as_the_client(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", "https://eu.example.com/v9")
    with TwelveLabsMock() as mock:
        mock.get("/indexes").respond(503)
        client = TwelveLabs(api_key="k" * 20, max_retries=0)
        assert [task.id for task in client.tasks.list()]
        assert mock["tasks.list"].calls[0].request.url.host == "eu.example.com"
        with pytest.raises(ServerError):
            list(client.indexes.list())
    monkeypatch.setenv("TWELVELABS_BASE_URL", "foo")
    with pytest.raises(ValueError, match="a base URL is needed"):
        TwelveLabsMock()


def test_a_property_that_uses_the_fixture_is_told_how_to_write_it(consumer: Consumer) -> None:
    consumer.tests(
        """
        from hypothesis import given, strategies

        @given(strategies.integers())
        def test_it(twelvelabs_mock, number): ...
        """
    )
    run = consumer.run(plugins=(*PLUGINS, "_hypothesis_pytestplugin"))
    assert run.outcomes() == {"test_it": "failed"}
    assert "with TwelveLabsMock() as mock:" in run.output


def test_what_is_sent_to_the_base_url_of_the_environment_is_checked_too(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://localhost:8080/v1.3")
    consumer.tests(
        """
        def test_it(twelvelabs_mock):
            httpx.get("http://localhost:8080/v1.3/tasks?page_limit=51", headers={"x-api-key": KEY})
        """
    )
    assert "query.page_limit" in consumer.run("--contract", plugins=PLUGINS).one().failure


def test_a_base_url_that_is_none_is_reported(consumer: Consumer) -> None:
    consumer.tests("def test_it(twelvelabs_mock): ...")
    reported = consumer.run("--contract-base-url=nonsense", plugins=PLUGINS).one()
    assert reported.outcome == "failed"
    assert (
        "contract_base_url: a base URL is needed, such as http://localhost:8000/v1, not 'nonsense'" in reported.failure
    )


def test_a_mock_answers_asynchronous_tests(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.anyio
        async def test_it(twelvelabs_mock):
            twelvelabs_mock["tasks.retrieve"].respond({"_id": "t9"})
            async with httpx.AsyncClient() as client:
                response = await client.get(URL + "/tasks/t9", headers={"x-api-key": KEY})
            assert response.json() == {"_id": "t9"}
            assert twelvelabs_mock["tasks.retrieve"].calls[0].path == {"task_id": "t9"}

        @pytest.fixture
        def anyio_backend():
            return "asyncio"
        """
    )
    run = consumer.run("--contract", plugins=(*PLUGINS, "anyio.pytest_plugin"))
    assert run.one().outcome == "passed", run.output
