"""Tests as most projects have them: the SDK, and respx in place of the API. They know nothing of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx
from clips import Clips, Moment
from twelvelabs import TwelveLabs

INDEX = "6298d673f1090f1100476d4c"
VIDEO = "6298d673f1090f1100476d4d"
TASKS = {
    "data": [{"_id": "6298d673f1090f1100476d4e", "video_id": VIDEO, "status": "indexing"}],
    "page_info": {"page": 1, "limit_per_page": 50, "total_page": 1, "total_results": 1},
}
MATCHES = json.loads((Path(__file__).parent / "fixtures" / "matches.json").read_text())
EVENTS = [
    {"event_type": "stream_start", "metadata": {"generation_id": "2e4d"}},
    {"event_type": "text_generation", "text": "A dog "},
    {"event_type": "text_generation", "text": "runs."},
    {"event_type": "stream_end", "metadata": {"usage": {"output_tokens": 4}}},
]


@pytest.fixture
def clips() -> Clips:
    return Clips(TwelveLabs(api_key="not-a-key"), INDEX)


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url="https://api.twelvelabs.io/v1.3", assert_all_called=False) as router:
        yield router


def test_unfinished_videos(clips: Clips, api: respx.MockRouter) -> None:
    pages = {"1": TASKS, "2": {"data": [], "page_info": {"page": 2, "total_page": 1}}}
    api.get("/tasks").mock(side_effect=lambda request: httpx.Response(200, json=pages[request.url.params["page"]]))
    assert clips.unfinished() == [VIDEO]


def test_found_moments(clips: Clips, api: respx.MockRouter) -> None:
    api.post("/search").respond(json=MATCHES)
    assert clips.find("a dog") == (12, [Moment(VIDEO, 1.5, 4.0)])


def test_a_description(clips: Clips, api: respx.MockRouter) -> None:
    lines = "".join(json.dumps(event) + "\n" for event in EVENTS)
    api.post("/analyze").respond(text=lines, content_type="application/x-ndjson")
    assert "".join(clips.describe(VIDEO)) == "A dog runs."
