"""Embeddings: `embed` for texts, images and sounds, `embed.tasks` for videos."""

from __future__ import annotations

from typing import Any

from tests.facts.common import PAGE, PAGE_INFO, PAGE_LIMIT, PAGES, REFUSALS, TASK_ID, VIDEO_SEGMENT
from tests.facts.rows import Array, Field, Operation, Rule, Waits, request, response

MODEL_NAME = Field("model_name", "string", required=True, examples=("Marengo-retrieval-2.7",))  # A22
STATUSES = ("processing", "ready", "failed")

ERROR_MESSAGE = Field("error_message", "string")
INPUT = (Field("input_url", "string"), Field("input_filename", "string"))
SEGMENT = response(Field("float", "number[]"))
AUDIO_SEGMENT = response(Field("float", "number[]"), Field("start_offset_sec", "number"))

EMBEDDING = response(
    Field("model_name", "string", required=True),
    Field("text_embedding", response(ERROR_MESSAGE, Field("segments", Array(SEGMENT)))),
    Field(
        "image_embedding",
        response(ERROR_MESSAGE, Field("segments", Array(SEGMENT)), Field("metadata", response(*INPUT))),
    ),
    Field(
        "audio_embedding",
        response(ERROR_MESSAGE, Field("segments", Array(AUDIO_SEGMENT)), Field("metadata", response(*INPUT))),
    ),
)

METADATA = Field(
    "metadata",
    response(
        *INPUT,
        Field("video_clip_length", "number"),
        Field("video_embedding_scope", "string[]", known=("clip", "video")),
        Field("duration", "number"),
    ),
)

TASK_FIELDS = (
    Field("_id", "string"),
    Field("model_name", "string"),
    Field("status", "string", known=STATUSES),
)

LISTED_TASK = response(
    *TASK_FIELDS,
    Field("created_at", "timestamp"),
    Field("video_embedding", response(METADATA)),
)

MODEL: dict[str, Any] = {"model_name": "Marengo-retrieval-2.7"}
ADDRESS = {**MODEL, "video_url": "https://example.com/v.mp4"}

OPERATIONS = (
    Operation(
        "embed.create",
        "POST",
        "/embed",
        {200: EMBEDDING, **REFUSALS},
        form=request(
            MODEL_NAME,
            Field("text", "string"),
            Field("text_truncate", "string", default="end", enum=("start", "end", "none")),  # A15
            Field("image_url", "uri"),
            Field("image_file", "file"),
            Field("audio_url", "uri"),
            Field("audio_file", "file"),
            Field("audio_start_offset_sec", "number", default=0),
            exclusive=(("image_url", "image_file"), ("audio_url", "audio_file")),  # A30
        ),
        rules=(
            Rule(
                "there is something to embed, and there may be several kinds (D8)",
                accepted=(
                    {**MODEL, "text": "a red car"},
                    {**MODEL, "image_url": "https://example.com/i.png"},
                    {**MODEL, "image_file": "i.png"},
                    {**MODEL, "audio_url": "https://example.com/a.wav"},
                    {**MODEL, "audio_file": "a.wav"},
                    {**MODEL, "text": "a red car", "image_file": "i.png", "audio_file": "a.wav"},
                ),
                refused=(
                    MODEL,
                    {**MODEL, "text_truncate": "end"},
                    {**MODEL, "audio_start_offset_sec": 1.5},
                ),
            ),
            Rule(
                "an address and a file of one kind are not refused by the document (A30)",
                accepted=(
                    {**MODEL, "image_url": "https://example.com/i.png", "image_file": "i.png"},
                    {**MODEL, "audio_url": "https://example.com/a.wav", "audio_file": "a.wav"},
                ),
                refused=(),
            ),
        ),
    ),
    Operation(
        "embed.tasks.list",
        "GET",
        "/embed/tasks",
        {200: response(Field("data", Array(LISTED_TASK)), Field("page_info", PAGE_INFO)), **REFUSALS},
        in_query=(
            Field("started_at", "string"),  # A18
            Field("ended_at", "string"),  # A18
            Field("status", "string", enum=STATUSES),
            PAGE,
            PAGE_LIMIT,
        ),
        pages=PAGES,
    ),
    Operation(
        "embed.tasks.create",
        "POST",
        "/embed/tasks",
        {200: response(Field("_id", "string")), **REFUSALS},
        form=request(
            MODEL_NAME,
            Field("video_file", "file"),
            Field("video_url", "uri"),  # D14
            Field("video_start_offset_sec", "number", minimum=0),  # A24: no default
            Field("video_end_offset_sec", "number", minimum=2),  # D1
            Field("video_clip_length", "number", default=6, minimum=2, maximum=10),  # A32
            Field(
                "video_embedding_scope",
                "string[]",
                default=["clip"],
                enum=("clip", "video"),
                min_items=1,  # A25
                max_items=2,  # A25
                unique=True,  # A25, D10
            ),
        ),
        rules=(
            Rule(
                "a file or an address is needed; with both, the address is taken",
                accepted=(
                    ADDRESS,
                    {**MODEL, "video_file": "v.mp4"},
                    {**ADDRESS, "video_file": "v.mp4"},
                ),
                refused=(
                    MODEL,
                    {**MODEL, "video_clip_length": 6},
                ),
            ),
            Rule(
                "both offsets are given, or neither (A24)",
                accepted=(
                    ADDRESS,
                    {**ADDRESS, "video_start_offset_sec": 0, "video_end_offset_sec": 12.0},
                ),
                refused=(
                    {**ADDRESS, "video_start_offset_sec": 0},
                    {**ADDRESS, "video_end_offset_sec": 12.0},
                ),
            ),
        ),
    ),
    Operation(
        "embed.tasks.status",
        "GET",
        "/embed/tasks/{task_id}/status",
        {200: response(*TASK_FIELDS, Field("video_embedding", response(METADATA))), **REFUSALS},
        in_path=(TASK_ID,),
        waits=Waits("embed.tasks.wait_for_done", "/status", ("ready",), ("failed",), 5),
    ),
    Operation(
        "embed.tasks.retrieve",
        "GET",
        "/embed/tasks/{task_id}",
        {
            200: response(
                *TASK_FIELDS,
                Field("created_at", "timestamp"),
                Field("video_embedding", response(METADATA, Field("segments", Array(VIDEO_SEGMENT)))),
            ),
            **REFUSALS,
        },
        in_path=(TASK_ID,),
        in_query=(
            Field(
                "embedding_option",
                "string[]",
                enum=("visual-text", "audio"),  # A21
                min_items=1,  # D15
                style="form",
                explode=True,
            ),
        ),
    ),
)
