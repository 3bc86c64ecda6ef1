"""Tests that pass, and should not: two mistakes of the code, and two mocks of what the API never sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx
from broken_clips import BrokenClips
from test_clips import EVENTS, INDEX, MATCHES, TASKS, VIDEO
from twelvelabs import TwelveLabs

BROKEN_MATCHES = (Path(__file__).parent / "fixtures" / "broken_matches.json").read_bytes()
URL = "https://api.twelvelabs.io/v1.3"


@pytest.fixture
def clips() -> BrokenClips:
    return BrokenClips(TwelveLabs(api_key="not-a-key"), INDEX)


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=URL, assert_all_called=False) as router:
        yield router


def test_unfinished_videos(clips: BrokenClips, api: respx.MockRouter) -> None:
    pages = {"1": TASKS, "2": {"data": [], "page_info": {"page": 2, "total_page": 1}}}
    api.get("/tasks").mock(side_effect=lambda request: httpx.Response(200, json=pages[request.url.params["page"]]))
    assert clips.unfinished() == [VIDEO]


def test_found_by_hand(clips: BrokenClips, api: respx.MockRouter) -> None:
    api.post("/search").respond(json=MATCHES)
    with httpx.Client(base_url=URL, headers={"x-api-key": "not-a-key"}) as http:
        assert clips.find_by_hand(http, "a dog") == 12


def test_found_moments(clips: BrokenClips, api: respx.MockRouter) -> None:
    """The number of results has become a text in the mock."""
    api.post("/search").respond(content=BROKEN_MATCHES, content_type="application/json")
    total, moments = clips.find("a dog")
    assert total
    assert len(moments) == 1


def test_a_description(clips: BrokenClips, api: respx.MockRouter) -> None:
    """The mock forgets the event that ends every stream, and nobody notices."""
    lines = "".join(json.dumps(event) + "\n" for event in EVENTS[:-1])
    api.post("/analyze").respond(text=lines, content_type="application/x-ndjson")
    assert "".join(clips.describe(VIDEO)) == "A dog runs."
