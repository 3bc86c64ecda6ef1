"""Tests of Hypothesis: each example is checked with its own exchanges, so that it is shrunk and shown."""

from __future__ import annotations

from tests.support.running import PLUGINS, Consumer

PROPERTY = """
    from hypothesis import assume, given, settings, strategies as st

    @pytest.fixture
    def before():
        client().get("/tasks{before}")

    @settings(max_examples=50, database=None, derandomize=True)
    @given(limit=st.integers(1, 1000))
    def test_it(before, limit):
        client().get(f"/tasks?page_limit={{limit}}")
        {more}
    """


def test_the_smallest_example_is_shown(consumer: Consumer) -> None:
    consumer.tests(PROPERTY.format(before="", more=""))
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert "the value is greater than the maximum of 50, got 51" in reported.failure
    assert "limit=51" in reported.failure
    assert reported.beside == ""


def test_what_a_fixture_sends_is_not_blamed_on_an_example(consumer: Consumer) -> None:
    consumer.tests(PROPERTY.format(before="?page_limit=99", more="").replace("1000", "50"))
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert "got 99" in reported.failure
    assert "limit=" not in reported.failure


def test_an_example_that_fails_by_itself_keeps_its_failure(consumer: Consumer) -> None:
    consumer.tests(PROPERTY.format(before="", more="assert limit < 40"))
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert "limit=40" in reported.failure


def test_what_a_rejected_example_sent_is_reported(consumer: Consumer) -> None:
    consumer.tests(PROPERTY.format(before="", more="assume(limit < 51)").replace("1000", "60"))
    reported = consumer.run("--contract").one()
    assert reported.outcomes["call"] == "failed"
    assert "is greater than the maximum of 50" in reported.failure


def test_asynchronous_properties(consumer: Consumer) -> None:
    consumer.tests(
        """
        from hypothesis import given, settings, strategies as st

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        @settings(max_examples=50, database=None, derandomize=True)
        @given(limit=st.integers(1, 1000))
        async def test_it(anyio_backend, limit):
            transport = httpx.MockTransport(lambda request: httpx.Response(200, json=PAGE))
            async with httpx.AsyncClient(transport=transport, base_url=URL, headers={"x-api-key": KEY}) as sending:
                await sending.get(f"/tasks?page_limit={limit}")
        """
    )
    reported = consumer.run("--contract", plugins=(*PLUGINS, "anyio.pytest_plugin")).one()
    assert reported.outcomes["call"] == "failed"
    assert "limit=51" in reported.failure
