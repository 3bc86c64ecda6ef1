"""A mock for one test; `test_fixture.py` has the plugin's own."""

from __future__ import annotations

import asyncio
import inspect
import operator
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import twelvelabs
import twelvelabs_api_2025_08
import twelvelabs_api_2025_08.models  # loaded lazily, and pytester unloads modules that its runs load

from tests.support import vendor
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import TwelveLabsMock

URL = "https://api.twelvelabs.io/v1.3"
TLS = ssl.create_default_context()  # made once: it takes longer than an exchange
KEYED = {"x-api-key": vendor.KEY}


@pytest.fixture
def mock(contract: Contract) -> Iterator[TwelveLabsMock]:
    """Mock the API."""
    with TwelveLabsMock(contract) as found:
        yield found


@dataclass(frozen=True)
class Subject:
    """A client that sends to the API."""

    name: str
    make: Callable[..., Any]
    http: type[httpx.Client | httpx.AsyncClient]

    def __call__(self, method: str, /, **arguments: Any) -> Any:
        """Call a method and return its result; all items of pages and streams."""

        async def call() -> Any:
            result = operator.attrgetter(method)(self.make(api_key=vendor.KEY, httpx_client=self.http(verify=TLS)))(
                **arguments
            )
            result = await result if inspect.isawaitable(result) else result
            if hasattr(result, "__anext__") or hasattr(result, "iter_pages"):
                return [one async for one in result] if hasattr(result, "__aiter__") else list(result)
            return list(result) if isinstance(result, Iterator) else result

        return asyncio.run(call())


SUBJECTS = (
    Subject("vendor", twelvelabs.TwelveLabs, httpx.Client),
    Subject("vendor-async", twelvelabs.AsyncTwelveLabs, httpx.AsyncClient),
    Subject("ours", twelvelabs_api_2025_08.TwelveLabs, httpx.Client),
    Subject("ours-async", twelvelabs_api_2025_08.AsyncTwelveLabs, httpx.AsyncClient),
)


@pytest.fixture(params=SUBJECTS, ids=lambda subject: subject.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    """Give a test each of the clients."""
    found: Subject = request.param
    return found


def send(method: str, path: str, **options: Any) -> httpx.Response:
    """Send a request with a key."""
    with httpx.Client(verify=TLS, headers=KEYED) as client:
        return client.request(method, URL + path, **options)


def get(path: str, **options: Any) -> httpx.Response:
    """Send a GET with a key."""
    return send("GET", path, **options)


def post(path: str, **options: Any) -> httpx.Response:
    """Send a POST with a key."""
    return send("POST", path, **options)
