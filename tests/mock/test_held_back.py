"""No request goes to the real API while a mock is active, from any library, unless a test lets it through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests

from tests.mock.conftest import KEYED
from tests.support.patience import PATIENCE
from tests.support.running import Consumer
from tests.traffic.clients import MOCKED, SENDERS, Loopback, Mock
from twelvelabs_contract import Contract, Headers, Request, Response
from twelvelabs_contract.mock import AnswerMissing, HeldBack, TwelveLabsMock

vcr: Any = import_module("vcr")  # in this way, as it brings no types
PAGE = Response(200, Headers({"content-type": "application/json"}), b'{"data": []}')
BY_RESPX = ("httpx", "httpx-async")
OTHERS = {name: send for name, send in SENDERS.items() if name not in BY_RESPX}
LIBRARY = {"urllib.request": "http.client"}


def _asks(url: str) -> Request:
    return Request("GET", f"{url}/tasks?page=1", Headers(KEYED))


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """Stand for the real API."""
    found = Loopback()
    found.answer = PAGE
    yield found
    found.close()


@pytest.mark.parametrize("name", OTHERS)
def test_what_another_library_sends_is_held_back(contract: Contract, server: Loopback, name: str) -> None:
    """To the API alone, and until the mock stops; the query, which may hold a key, is not shown."""
    mock = TwelveLabsMock(contract, base_urls=[server.url])
    library = LIBRARY.get(name, name.partition("-")[0])
    with mock:
        with pytest.raises(HeldBack, match=rf"^GET {server.url}/tasks was not sent: {library} would send it"):
            SENDERS[name](_asks(server.url), None)
        SENDERS[name](_asks(server.url.replace("127.0.0.1", "localhost")), None)
        mock.reset()
    SENDERS[name](_asks(server.url), None)
    assert not mock.calls


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_let_through_goes(contract: Contract, server: Loopback, name: str) -> None:
    """By a route of the test's own, and no more than that."""
    with TwelveLabsMock(contract, base_urls=[server.url]) as mock:
        mock.route(method="GET", path="/tasks").pass_through()
        SENDERS[name](_asks(server.url), None)
        with pytest.raises(HeldBack):
            SENDERS[name](_asks(f"{server.url}/indexes"), None)
        mock.reset()


@pytest.mark.parametrize(
    ("name", "answers", "inside"),
    [(name, mock, inside) for name, _, mock in MOCKED if name not in BY_RESPX for inside in (True, False)],
    ids=[f"{name}-{way}-{inside}" for name, way, _ in MOCKED if name not in BY_RESPX for inside in ("in", "out")],
)
def test_what_a_mock_of_its_own_answers_goes_nowhere(
    contract: Contract, server: Loopback, tmp_path: Path, name: str, answers: Mock, inside: bool
) -> None:
    """Whichever of the two mocks was there first."""
    request = _asks(server.url)
    ours, theirs = TwelveLabsMock(contract, base_urls=[server.url]), answers(request, PAGE, tmp_path)
    if inside:
        with ours, theirs as transport:
            SENDERS[name](request, transport)
    else:
        with theirs as transport, ours:
            SENDERS[name](request, transport)


@pytest.mark.parametrize("name", ["requests", "urllib3", "aiohttp", "http.client", "httpx2"])
def test_a_recorder_records_nothing_of_the_real_api(
    contract: Contract, server: Loopback, tmp_path: Path, name: str
) -> None:
    cassette = tmp_path / "new.yaml"
    with TwelveLabsMock(contract, base_urls=[server.url]) as mock:
        with vcr.VCR(record_mode="once").use_cassette(str(cassette)), pytest.raises(HeldBack):
            SENDERS[name](_asks(server.url), None)
        mock.reset()
    assert not cassette.exists()


def test_a_route_that_answers_httpx_lets_nothing_else_through(contract: Contract, server: Loopback) -> None:
    with TwelveLabsMock(contract, base_urls=[server.url]) as mock:
        mock.get("/tasks").respond(503)
        with pytest.raises(HeldBack):
            requests.get(f"{server.url}/tasks", headers=KEYED, timeout=PATIENCE)
        mock.reset()


def test_what_was_held_back_and_swallowed_is_raised_at_the_end(contract: Contract, server: Loopback) -> None:
    def swallowing(*paths: str) -> None:
        for path in paths or ["tasks"]:
            with suppress(AssertionError):
                requests.get(f"{server.url}/{path}", headers=KEYED, timeout=PATIENCE)

    mock = TwelveLabsMock(contract, base_urls=[server.url])
    with pytest.raises(HeldBack, match="/tasks was not sent: requests would send it"), mock:
        swallowing("tasks", "indexes")
    mock.start()
    swallowing()
    mock.reset()
    mock.stop()


@pytest.mark.parametrize("held_back_first", [True, False])
def test_the_first_of_all_that_was_swallowed_is_raised_at_the_end(
    contract: Contract, server: Loopback, held_back_first: bool
) -> None:
    """Whether a sequence was over, or another library was held back."""
    sends: list[Callable[..., Any]] = [requests.get, httpx.get]
    mock = TwelveLabsMock(contract, base_urls=[server.url])
    mock["tasks.list"].sequence([])

    def swallowing() -> None:
        for send in (sends if held_back_first else sends[::-1]) * 2:
            with suppress(HeldBack, AnswerMissing):
                send(f"{server.url}/tasks", headers=KEYED, timeout=PATIENCE)

    with pytest.raises(HeldBack if held_back_first else AnswerMissing), mock:
        swallowing()


def test_the_fixture_holds_back_and_is_not_in_the_way_of_the_checks(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    consumer = Consumer(pytester, monkeypatch)
    consumer.tests(
        """
        import requests

        def test_held_back(twelvelabs_mock):
            requests.get(URL + "/tasks?page_limit=51", headers={"x-api-key": KEY})

        def test_both(twelvelabs_mock):
            httpx.get(URL + "/tasks", headers={"x-api-key": KEY})
        """
    )
    run = consumer.run("--contract", plugins=("twelvelabs_contract.pytest_plugin",))
    assert run.outcomes() == {"test_held_back": "failed", "test_both": "passed"}
    assert "requests would send it to the real API" in run.tests["test_held_back"].failure
    assert "2 exchanges checked (httpx 1, requests 1), 1 finding" in run.output


def test_httpx_is_answered_as_before(contract: Contract, server: Loopback) -> None:
    with TwelveLabsMock(contract, base_urls=[server.url]):
        assert httpx.get(f"{server.url}/tasks", headers=KEYED, timeout=PATIENCE).json()["data"]


def test_each_of_several_mocks_holds_back_what_is_for_its_own_addresses(contract: Contract, server: Loopback) -> None:
    """Whichever of them began first, and once one has stopped the others still do."""
    local = server.url.replace("127.0.0.1", "localhost")
    one, other = TwelveLabsMock(contract, base_urls=[server.url]), TwelveLabsMock(contract, base_urls=[local])
    with one:
        with other:
            for url in (server.url, local):
                with pytest.raises(HeldBack):
                    requests.get(f"{url}/tasks", headers=KEYED, timeout=PATIENCE)
            other.reset()
        assert requests.get(f"{local}/tasks", headers=KEYED, timeout=PATIENCE).status_code == 200
        with pytest.raises(HeldBack):
            requests.get(f"{server.url}/tasks", headers=KEYED, timeout=PATIENCE)
        one.reset()
    assert requests.get(f"{server.url}/tasks", headers=KEYED, timeout=PATIENCE).status_code == 200
