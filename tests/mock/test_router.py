"""The mock is a respx router, with all features of respx."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import assert_type

import httpx
import pytest
import respx
import twelvelabs_api_2025_08

from tests.mock.conftest import KEYED, TLS, URL, get, send
from tests.support import vendor
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import Call, OperationMock, TwelveLabsMock


def test_it_is_typed(mock: TwelveLabsMock) -> None:
    """Mypy reads this file."""
    assert_type(mock["tasks.list"], OperationMock)
    assert_type(mock["tasks.list"].calls, tuple[Call, ...])
    assert_type(mock["tasks.list"].called, bool)
    with TwelveLabsMock() as inner:
        assert_type(inner, TwelveLabsMock)
    assert isinstance(mock, respx.MockRouter)


def test_a_route_of_ones_own_goes_before_the_operations(mock: TwelveLabsMock) -> None:
    own = mock.get(f"{URL}/tasks", name="own").respond(418)
    mock.get("https://storage.example.com/clip.mp4").respond(content=b"MP4")
    mock.route(method="DELETE").mock(return_value=httpx.Response(418))

    assert get("/tasks").status_code == 418
    assert send("DELETE", "/tasks/t").status_code == 418
    assert get("/tasks/t").status_code == 200
    assert httpx.get("https://storage.example.com/clip.mp4", verify=TLS).content == b"MP4"
    assert own.call_count == 1
    assert mock.routes["own"] is own
    assert not mock["tasks.list"].called
    assert mock.calls.call_count == 4


@pytest.mark.parametrize("address", [URL, "http://localhost:8080/proxy"])
def test_a_path_alone_is_below_the_address_of_the_api(contract: Contract, address: str) -> None:
    with TwelveLabsMock(contract, base_urls=["http://localhost:8080/proxy/"]) as mock:
        mock.get("/tasks", params={"page": 7}).respond(503)
        mock.delete(path__regex=r"^/tasks/(?P<task>\w+)$").respond(418)
        for path, status in {"/tasks?page=7": 503, "/tasks?page=8": 200, "/tasks/t": 200, "/indexes": 200}.items():
            assert httpx.get(address + path, headers=KEYED, verify=TLS).status_code == status, path
        assert httpx.delete(f"{address}/tasks/t", verify=TLS).status_code == 418
        assert len(mock["tasks.list"].calls) == 1


@pytest.mark.parametrize("url", [f"{URL}/tasks", "/v1.3/tasks", "//api.twelvelabs.io/v1.3/tasks"])
def test_a_whole_url_and_a_whole_path_are_as_respx_has_them(mock: TwelveLabsMock, url: str) -> None:
    mock.get("https://other.example/tasks").respond(204)
    mock.get(url).respond(503)
    assert get("/tasks").status_code == 503
    assert httpx.get("https://other.example/tasks", verify=TLS).status_code == 204
    with pytest.raises(AssertionError, match="not mocked"):
        httpx.get("https://other.example/v1.3", verify=TLS)


@pytest.mark.parametrize("url", ["foo", "http://", "ftp://x.example/y", "https://h:99999"])
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    makers: list[Callable[[], object]] = [
        lambda: TwelveLabsMock(base_url=url),
        lambda: TwelveLabsMock(base_urls=[url]),
        lambda: Contract.load(base_url=url),
    ]
    for make in makers:
        with pytest.raises(ValueError, match="a base URL is needed"):
            make()


def test_a_path_alone_is_below_the_base_url_that_respx_is_given(contract: Contract) -> None:
    with TwelveLabsMock(contract, base_url="https://other.example/a") as mock:
        mock.get("/tasks").respond(204)
        assert httpx.get("https://other.example/a/tasks", verify=TLS).status_code == 204
        assert get("/tasks").status_code == 200


def test_a_path_that_is_given_again_replaces_the_first(mock: TwelveLabsMock) -> None:
    mock.get("/tasks").respond(503)
    mock.get("/tasks").respond(504)
    assert get("/tasks").status_code == 504


def test_a_call_that_was_not_made_says_which_were(mock: TwelveLabsMock) -> None:
    get("/tasks/t")
    calls = mock["tasks.list"].calls
    with pytest.raises(IndexError, match=r"^tasks\.list has received 0 requests, .*received: tasks\.retrieve \(1\) "):
        calls[0]
    assert (calls, calls[:1], list(calls)) == ((), (), [])
    assert mock["tasks.retrieve"].calls[-1].path == {"task_id": "t"}


def test_a_route_without_a_pattern_takes_everything_and_is_not_taken_for_the_operations(mock: TwelveLabsMock) -> None:
    everything = mock.route().respond(204)
    assert get("/tasks").status_code == 204
    assert everything.called


def test_a_route_that_passes_a_request_on_leaves_it_to_the_operations(mock: TwelveLabsMock) -> None:
    seen: list[httpx.Request] = []

    def look(request: httpx.Request) -> None:
        seen.append(request)

    mock.route(host="api.twelvelabs.io").mock(side_effect=look)
    assert get("/tasks").status_code == 200
    assert len(seen) == 1


def test_only_routes_of_ones_own_can_go_uncalled(contract: Contract) -> None:
    with TwelveLabsMock(contract, assert_all_called=True):
        pass
    with (
        pytest.raises(AssertionError, match="some routes were not called"),
        TwelveLabsMock(contract, assert_all_called=True) as mock,
    ):
        mock.get("https://storage.example.com/")
    mock = TwelveLabsMock(contract, assert_all_called=True)
    mock.start()
    mock.get("https://storage.example.com/")
    mock.stop(quiet=True)


def test_hosts_that_are_not_mocked_can_be_let_through_as_respx_has_it(contract: Contract) -> None:
    with TwelveLabsMock(contract, assert_all_mocked=False):
        assert httpx.get("https://other.example.com/", verify=TLS).status_code == 200


def test_a_reset_forgets_the_calls_and_keeps_what_was_set(mock: TwelveLabsMock) -> None:
    mock["tasks.retrieve"].respond({"_id": "t"})
    get("/tasks/t?x=1")
    assert mock.violations
    mock.reset()
    assert (mock.violations, mock["tasks.retrieve"].calls, list(mock.calls)) == ((), (), [])
    assert get("/tasks/t").json() == {"_id": "t"}


def test_each_mock_has_its_own_state(contract: Contract) -> None:
    for _ in range(2):
        with TwelveLabsMock(contract) as mock:
            assert not mock["tasks.retrieve"].called
            assert get("/tasks/t").json()["status"] == "ready"
            mock["tasks.retrieve"].respond_error(500)
            assert get("/tasks/t").status_code == 500


def test_it_is_an_asynchronous_context_too(contract: Contract) -> None:
    async def work() -> int:
        async with TwelveLabsMock(contract) as mock, httpx.AsyncClient(verify=TLS, headers=KEYED) as client:
            await asyncio.gather(*(client.get(f"{URL}/tasks/{number}") for number in range(5)))
            assert_type(mock, TwelveLabsMock)
            return len(mock["tasks.retrieve"].calls)

    assert asyncio.run(work()) == 5


def test_the_choice_of_the_transport_can_be_mocked_instead(contract: Contract) -> None:
    """Respx can replace the connection pool (its default) or the transport."""
    with TwelveLabsMock(contract, using="httpx") as mock:
        assert get("/tasks/t").status_code == 200
        assert mock["tasks.retrieve"].called


@pytest.mark.parametrize(
    "base", ["http://localhost:8080/proxy/v1.3", "http://localhost:8080/proxy/v1.3/", "http://localhost:80"]
)
def test_other_addresses_of_the_api_are_answered_too(contract: Contract, base: str) -> None:
    with TwelveLabsMock(contract, base_urls=[base]) as mock:
        with httpx.Client(verify=TLS) as http:
            client = twelvelabs_api_2025_08.TwelveLabs(api_key=vendor.KEY, base_url=base, httpx_client=http)
            assert [task.id for task in client.tasks.list(page=2)]
        assert get("/tasks").status_code == 200
        assert [call.query.get("page") for call in mock["tasks.list"].calls] == [2, None]
        assert mock["tasks.list"].calls[0].request.url.path == httpx.URL(base).path.rstrip("/") + "/tasks"
        with pytest.raises(AssertionError, match="not mocked"):
            httpx.get("http://localhost:8081/tasks", verify=TLS)


def test_a_contract_with_another_base_url_is_mocked_there() -> None:
    with TwelveLabsMock(Contract.load(base_url="https://eu.example.com/v9")) as mock:
        assert httpx.get("https://eu.example.com/v9/tasks/t", headers=KEYED, verify=TLS).status_code == 200
        assert mock["tasks.retrieve"].called


@pytest.mark.parametrize(
    ("module", "package", "extra"),
    [("apicontract.mock", "respx", "mock"), ("apicontract.strategies", "hypothesis", "strategies")],
)
def test_without_an_extra_the_error_names_it(module: str, package: str, extra: str) -> None:
    program = f"import sys; sys.modules[{package!r}] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    said = f"{module} needs {package}, which the extra `{extra}` brings: pip install '.[{extra}]' in the clone"
    assert done.stderr.splitlines()[-1].endswith(said)
