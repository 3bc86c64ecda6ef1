"""Requests of the vendor's SDK as they were recorded, byte for byte (the boundary is ours)."""

from __future__ import annotations

import pytest

from tests.support.requests import BASE, KEY, form, get
from twelvelabs_contract import Contract, Headers, Request

MODEL = ("model_name", "Marengo-retrieval-2.7")


URL = "https://example.com/v.mp4"


RECORDED = {
    "O1": form(
        "/tasks",
        ("index_id", "IDX"),
        ("video_url", URL),
        ("enable_video_stream", "true"),
        ("user_metadata", '{"category": "a", "n": 5}'),
    ),
    "O2": form("/embed", MODEL, ("text", "a red car")),
    "O3": form("/embed", MODEL, ("audio_start_offset_sec", "1.5"), ("audio_file", "RIFF", "a.wav", "audio/wav")),
    "O4": form(
        "/embed/tasks",
        MODEL,
        ("video_url", URL),
        ("video_start_offset_sec", "0"),
        ("video_end_offset_sec", "12.0"),
        ("video_clip_length", "6"),
        ("video_embedding_scope", "clip"),
        ("video_embedding_scope", "video"),
    ),
    "O5": form(
        "/search",
        ("query_text", "a dog"),
        ("index_id", "IDX"),
        ("search_options", "visual"),
        ("search_options", "audio"),
        ("adjust_confidence_level", "0.5"),
        ("threshold", "low"),
        ("filter", '{"duration": {"gte": 600}}'),
    ),
    "O6": get(
        "/indexes?page=2&page_limit=50&sort_by=updated_at&sort_option=asc&index_name=my+Index"
        "&model_options=visual%2Caudio&model_family=marengo&created_at=2024-08-16T16%3A53%3A59Z"
        "&updated_at=2024-08-16T16%3A55%3A59Z"
    ),
    "O7": get(
        "/indexes/IDX/videos?page=1&duration=10.0&fps=30&width=640&height=360&size=1048576"
        "&category=recentlyAdded&batchNumber=5&rating=9.3&needsReview=true"
    ),
    "O9": get("/tasks?page=1&status=ready&status=validating&duration=531.998133&width=640&height=360"),
    "O10": get("/indexes/IDX/videos/VID?embedding_option=visual-text&embedding_option=audio&transcription=true"),
    "O11": form(
        "/search",
        ("query_media_type", "image"),
        ("index_id", "IDX"),
        ("search_options", "visual"),
        ("query_media_file", "JPG", "q.jpg", "image/jpeg"),
    ),
    "O12": Request(
        "POST",
        f"{BASE}/analyze",
        Headers([KEY, ("Content-Type", "application/json")]),
        b'{"video_id":"V","prompt":"p","stream":false}',
    ),
}


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_request_conforms(contract: Contract, name: str) -> None:
    assert contract.check_request(RECORDED[name]) == []


def test_the_recorded_bytes_have_the_recorded_length() -> None:
    """O1 was recorded with 468 bytes, so the hand-written framing above is the SDK's."""
    assert len(RECORDED["O1"].body) == 468
    assert len(RECORDED["O4"].body) == 786


def test_o8_is_a_departure_of_the_base_client(contract: Contract) -> None:
    """The bracketed filter of O8 is the one recorded request outside the contract (ledger A4, S2)."""
    request = get("/indexes/IDX/videos?page=1&width=640.0&user_metadata%5Bcategory%5D=a&user_metadata%5Bgone%5D=")
    assert {(v.where, v.rule) for v in contract.check_request(request)} == {("query.user_metadata", "encoding")}
