"""One consumer's tests, which pass: every mock, every client, one valid exchange and four faults."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
import respx
from pytest_httpx import HTTPXMock
from twelvelabs import AsyncTwelveLabs, TwelveLabs

URL = "https://api.twelvelabs.io/v1.3"
ID = "6298d673f1090f1100476d4c"
KEY = "tlk_made_up_for_tests"
TRUST = httpx.create_ssl_context()
START = '{"event_type": "stream_start", "metadata": {"generation_id": "a"}}\n'
TEXT = '{"event_type": "text_generation", "text": "a\u2028b"}\n'
END = '{"event_type": "stream_end", "metadata": {"usage": {"output_tokens": 1}}}\n'
SEARCH = {
    "data": [],
    "page_info": {"limit_per_page": 10, "total_results": 0, "page_expires_at": "2025-08-16T16:53:59Z"},
}
SEARCH["search_pool"] = {"total_count": 1, "total_duration": 1.0, "index_id": ID}

CASES = {
    # what goes wrong: the path, the answer of the mock, and what is sent
    "healthy": ("/tasks", {"data": [], "page_info": {"page": 1}}, 50),
    "limit": ("/tasks", {"data": [], "page_info": {"page": 1}}, 51),
    "text": ("/tasks", {"data": [], "page_info": {"page": "1"}}, 50),
    "stream": ("/analyze", START + TEXT, None),
    "brackets": ("/search", SEARCH, None),
}

Transport = httpx.MockTransport | None


def response(body: object) -> httpx.Response:
    if isinstance(body, str):
        return httpx.Response(200, headers={"content-type": "application/x-ndjson"}, text=body)
    return httpx.Response(200, json=body)


@pytest.fixture(params=list(CASES))
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["MockTransport", "respx", "respx-httpx", "pytest_httpx"])
def transport(request: pytest.FixtureRequest, case: str) -> Iterator[Transport]:
    path, body, _ = CASES[case]
    if request.param == "MockTransport":
        yield httpx.MockTransport(lambda _: response(body))
    elif request.param == "pytest_httpx":
        mock: HTTPXMock = request.getfixturevalue("httpx_mock")
        mock.add_callback(lambda _: response(body), is_reusable=True)
        yield None
    else:
        using = "httpx" if request.param == "respx-httpx" else "httpcore"
        with respx.mock(using=using) as router:
            router.route(url__startswith=URL + path).mock(side_effect=lambda _: response(body))
            yield None


def arguments(case: str) -> dict[str, Any]:
    """Say what is sent by hand."""
    limit = CASES[case][2]
    if case == "stream":
        return {"method": "POST", "json": {"video_id": ID, "prompt": "What?", "stream": True}}
    if case == "brackets":
        files = {"index_id": (None, ID), "search_options[]": (None, "visual"), "query_text": (None, "a dog")}
        return {"method": "POST", "files": files}
    return {"method": "GET", "params": {"page_limit": limit}}


def by_hand(case: str, transport: Transport) -> None:
    with httpx.Client(transport=transport, base_url=URL, headers={"x-api-key": KEY}, verify=TRUST) as client:
        client.request(url=CASES[case][0], **arguments(case))


def by_hand_streamed(case: str, transport: Transport) -> None:
    client = httpx.Client(transport=transport, base_url=URL, headers={"x-api-key": KEY}, verify=TRUST)
    with client.stream(url=CASES[case][0], **arguments(case)) as answer:
        assert b"".join(answer.iter_bytes(7))


async def by_hand_async(case: str, transport: Transport) -> None:
    async with httpx.AsyncClient(transport=transport, base_url=URL, headers={"x-api-key": KEY}, verify=TRUST) as client:
        await client.request(url=CASES[case][0], **arguments(case))


def by_sdk(case: str, transport: Transport) -> None:
    client = TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=transport, verify=TRUST))
    if case == "stream":
        assert list(client.analyze_stream(video_id=ID, prompt="What?"))
    elif case == "brackets":
        client.search.create(
            index_id=ID,
            search_options=[],
            query_text="a dog",
            request_options={"additional_body_parameters": {"search_options[]": "visual"}},
        )
    else:
        assert list(client.tasks.list(page_limit=CASES[case][2])) == []


async def by_sdk_async(case: str, transport: Transport) -> None:
    client = AsyncTwelveLabs(api_key=KEY, httpx_client=httpx.AsyncClient(transport=transport, verify=TRUST))
    if case == "stream":
        assert [event async for event in client.analyze_stream(video_id=ID, prompt="What?")]
    elif case == "brackets":
        await client.search.create(
            index_id=ID,
            search_options=[],
            query_text="a dog",
            request_options={"additional_body_parameters": {"search_options[]": "visual"}},
        )
    else:
        assert [item async for item in await client.tasks.list(page_limit=CASES[case][2])] == []


WAYS: list[Callable[[str, Transport], Awaitable[None] | None]] = [
    by_hand,
    by_hand_streamed,
    by_hand_async,
    by_sdk,
    by_sdk_async,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
def test_exchange(case: str, way: Callable[[str, Transport], Any], transport: Transport) -> None:
    done = way(case, transport)
    if done is not None:
        asyncio.run(done)
