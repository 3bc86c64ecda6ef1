"""The vendor's SDK 1.0.0 as a subject: each of its 29 methods with every documented parameter, over a mock transport.

It is the one client of this API that nobody here wrote, so what it sends tests the checker, and what it can read tests
the response examples. The calls are written by hand; a test proves that no documented parameter is missing from them.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from twelvelabs import TwelveLabs

from twelvelabs_contract import Contract, Operation

ID = "6298d673f1090f1100476d4c"
KEY = "tlk_made_up_for_tests"
METADATA = {"category": "recentlyAdded", "batchNumber": 5, "rating": 9.3, "needsReview": True}
TEXT = {"video_id": ID, "prompt": "Who is on the pitch?", "temperature": 0.4}
SORT = {"page": 2, "page_limit": 50, "sort_by": "updated_at", "sort_option": "asc"}
TIMES = {"created_at": "2025-08-16T16:53:59Z", "updated_at": "2025-08-16T16:55:59Z"}
VIDEO = ("clip.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4")


@dataclass(frozen=True)
class Call:
    """A method of the SDK, the operation behind it, and its arguments; `event_stream` where it asks for one."""

    method: str
    arguments: Mapping[str, Any]
    operation: str = ""
    event_stream: bool = False

    @property
    def operation_id(self) -> str:
        """The operation's id; it is the method's own path unless said otherwise."""
        return self.operation or self.method


@dataclass
class Recording:
    """What one call sent and got."""

    requests: list[httpx.Request] = field(default_factory=list)
    responses: list[httpx.Response] = field(default_factory=list)
    result: Any = None


CALLS = (
    Call("summarize", {"video_id": ID, "type": "chapter", "prompt": "For a sports page.", "temperature": 0}),
    Call("gist", {"video_id": ID, "types": ["title", "topic", "hashtag"]}),
    Call("generate", {**TEXT, "stream": False}),
    Call("analyze_stream", TEXT, "analyze", event_stream=True),
    Call("analyze", TEXT),
    Call(
        "tasks.list",
        {
            **SORT,
            **TIMES,
            "index_id": ID,
            "status": ["ready", "validating"],
            "filename": "01 début.mp4",
            "duration": 531.998133,
            "width": 640,
            "height": 360,
        },
    ),
    Call(
        "tasks.create",
        {
            "index_id": ID,
            "video_file": VIDEO,
            "video_url": "https://example.com/v.mp4",
            "enable_video_stream": True,
            "user_metadata": json.dumps(METADATA),
        },
    ),
    Call("tasks.retrieve", {"task_id": ID}),
    Call("tasks.delete", {"task_id": ID}),
    Call(
        "indexes.list",
        {**SORT, **TIMES, "index_name": "my Index", "model_options": "visual,audio", "model_family": "marengo"},
    ),
    Call(
        "indexes.create",
        {
            "index_name": "myIndex",
            "models": [
                {"model_name": "marengo2.7", "model_options": ["visual", "audio"]},
                {"model_name": "pegasus1.2", "model_options": ["visual"]},
            ],
            "addons": ["thumbnail"],
        },
    ),
    Call("indexes.retrieve", {"index_id": ID}),
    Call("indexes.update", {"index_id": ID, "index_name": "renamed"}),
    Call("indexes.delete", {"index_id": ID}),
    Call(
        "manage_videos.partial_update_video_information",
        {"index_id": ID, "video_id": ID, "user_metadata": {**METADATA, "gone": None}},
    ),
    Call(
        "embed.create",
        {
            "model_name": "Marengo-retrieval-2.7",
            "text": "a red car\N{NO-BREAK SPACE}à Paris",
            "text_truncate": "none",
            "image_url": "https://example.com/i.png",
            "image_file": ("i.png", b"\x89PNG", "image/png"),
            "audio_url": "https://example.com/a.wav",
            "audio_file": ("a.wav", b"RIFF", "audio/wav"),
            "audio_start_offset_sec": 1.5,
        },
    ),
    Call(
        "search.create",
        {
            "index_id": ID,
            "search_options": ["visual", "audio"],
            "query_media_type": "image",
            "query_media_url": "https://example.com/q.jpg",
            "query_media_file": ("q.jpg", b"JPG", "image/jpeg"),
            "query_text": "a dog",
            "adjust_confidence_level": 1.0,
            "group_by": "video",
            "threshold": "none",
            "sort_option": "clip_count",
            "operator": "and",
            "page_limit": 50,
            "filter": json.dumps({"id": [ID], "duration": {"gte": 600}, "category": "a", "needsReview": True}),
            "include_user_metadata": True,
        },
    ),
    Call("search.retrieve", {"page_token": "c2f51-next", "include_user_metadata": False}),
    Call(
        "embed.tasks.list",
        {
            "started_at": "2025-03-01T00:00:00Z",
            "ended_at": "2025-03-02T00:00:00Z",
            "status": "processing",
            "page": 1,
            "page_limit": 1,
        },
    ),
    Call(
        "embed.tasks.create",
        {
            "model_name": "Marengo-retrieval-2.7",
            "video_file": VIDEO,
            "video_url": "https://example.com/v.mp4",
            "video_start_offset_sec": 0,
            "video_end_offset_sec": 12.0,
            "video_clip_length": 6,
            "video_embedding_scope": ["clip", "video"],
        },
    ),
    Call("embed.tasks.status", {"task_id": ID}),
    Call("embed.tasks.retrieve", {"task_id": ID, "embedding_option": ["visual-text", "audio"]}),
    Call(
        "indexes.videos.list",
        {
            **SORT,
            **TIMES,
            "index_id": ID,
            "filename": "01.mp4",
            "duration": 10.0,
            "fps": 29.97,
            "width": 640.0,
            "height": 360,
            "size": 1048576,
            "user_metadata": METADATA,
        },
    ),
    Call(
        "indexes.videos.retrieve",
        {"index_id": ID, "video_id": ID, "embedding_option": ["visual-text", "audio"], "transcription": True},
    ),
    Call("indexes.videos.update", {"index_id": ID, "video_id": ID, "user_metadata": METADATA}),
    Call("indexes.videos.delete", {"index_id": ID, "video_id": ID}),
    Call(
        "tasks.transfers.create",
        {
            "integration_id": ID,
            "index_id": ID,
            "incremental_import": False,
            "retry_failed": True,
            "user_metadata": METADATA,
        },
    ),
    Call("tasks.transfers.get_status", {"integration_id": ID, "index_id": ID}),
    Call("tasks.transfers.get_logs", {"integration_id": ID}),
)


def success(operation: Operation, *, event_stream: bool = False, example: str | None = None) -> httpx.Response:
    """Make the documented success of an operation from one of its examples, the first unless one is named."""
    status, declared = next((key, found) for key, found in operation.responses.items() if key.startswith("2"))
    wanted = "application/x-ndjson" if event_stream else "application/json"
    if wanted not in declared.content:
        return httpx.Response(int(status))
    examples = declared.content[wanted].examples
    value = examples[example or next(iter(examples))]
    content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return httpx.Response(int(status), headers={"content-type": wanted}, content=content.encode())


def record(contract: Contract, call: Call, response: httpx.Response | None = None) -> Recording:
    """Make one call with the vendor's SDK, answered by the first example of its success."""
    answer = response or success(contract.operation(call.operation_id), event_stream=call.event_stream)
    recording = Recording()

    def handle(request: httpx.Request) -> httpx.Response:
        request.read()
        recording.requests.append(request)
        recording.responses.append(answer)
        return answer

    with httpx.Client(transport=httpx.MockTransport(handle)) as http:
        client = TwelveLabs(api_key=KEY, httpx_client=http)
        method = operator.attrgetter(call.method)(client)
        result = method(**call.arguments)
        recording.result = list(result) if call.event_stream else result
    return recording


def recordings(contract: Contract) -> Iterable[tuple[Call, Recording]]:
    """Make every call."""
    return ((call, record(contract, call)) for call in CALLS)
