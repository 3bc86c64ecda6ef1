"""Texts made from one video: `summarize`, `gist`, `generate`, `analyze`."""

from __future__ import annotations

from tests.facts.common import RATE_LIMIT, REFUSALS
from tests.facts.rows import Array, Field, OneOf, Operation, Stream, Streamed, request, response

VIDEO_ID = Field("video_id", "id", required=True)  # A27
TEMPERATURE = Field("temperature", "number", default=0.2, minimum=0, maximum=1)

USAGE = response(Field("output_tokens", "integer"))

CHAPTER = response(
    Field("chapter_number", "integer"),
    Field("start", "integer"),
    Field("end", "integer"),
    Field("start_sec", "number"),
    Field("end_sec", "number"),
    Field("chapter_title", "string"),
    Field("chapter_summary", "string"),
)

HIGHLIGHT = response(
    Field("start", "integer"),
    Field("end", "integer"),
    Field("start_sec", "number"),
    Field("end_sec", "number"),
    Field("highlight", "string"),
    Field("highlight_summary", "string"),
)

# A16: the discriminator is required.
SUMMARIZE_RESPONSE = OneOf(
    "summarize_type",
    {
        "summary": response(
            Field("summarize_type", "string", required=True, const="summary"),
            Field("id", "string"),
            Field("summary", "string"),
            Field("usage", USAGE),
        ),
        "chapter": response(
            Field("summarize_type", "string", required=True, const="chapter"),
            Field("id", "string"),
            Field("chapters", Array(CHAPTER)),
            Field("usage", USAGE),
        ),
        "highlight": response(
            Field("summarize_type", "string", required=True, const="highlight"),
            Field("id", "string"),
            Field("highlights", Array(HIGHLIGHT)),
            Field("usage", USAGE),
        ),
    },
)

GIST = response(
    Field("id", "string"),
    Field("title", "string"),
    Field("topics", "string[]"),
    Field("hashtags", "string[]"),
    Field("usage", USAGE),
)

TEXT = response(
    Field("id", "string"),
    Field("data", "string"),
    Field("usage", USAGE),
)

# A17: the discriminator is required. In the order of the stream, the second any number of times.
EVENT = OneOf(
    "event_type",
    {
        "stream_start": response(
            Field("event_type", "string", required=True, const="stream_start"),
            Field("metadata", response(Field("generation_id", "string"))),
        ),
        "text_generation": response(
            Field("event_type", "string", required=True, const="text_generation"),
            Field("text", "string"),
        ),
        "stream_end": response(
            Field("event_type", "string", required=True, const="stream_end"),
            Field("metadata", response(Field("generation_id", "string"), Field("usage", USAGE))),
        ),
    },
)

OPERATIONS = (
    Operation(
        "summarize",
        "POST",
        "/summarize",
        {200: SUMMARIZE_RESPONSE, **REFUSALS, **RATE_LIMIT},
        json=request(
            VIDEO_ID,
            Field("type", "string", required=True, enum=("summary", "chapter", "highlight")),  # A15
            Field("prompt", "string"),
            TEMPERATURE,
        ),
    ),
    Operation(
        "gist",
        "POST",
        "/gist",
        {200: GIST, **REFUSALS, **RATE_LIMIT},
        json=request(
            VIDEO_ID,
            Field(
                "types",
                "string[]",
                required=True,
                enum=("title", "topic", "hashtag"),
                min_items=1,  # A41
                unique=True,  # D10
            ),
        ),
    ),
    Operation(
        "generate",
        "POST",
        "/generate",
        {200: Streamed(TEXT, EVENT), **REFUSALS, **RATE_LIMIT},  # A12
        deprecated=True,
        json=request(
            VIDEO_ID,
            Field("prompt", "string", required=True),
            TEMPERATURE,
            Field("stream", "boolean", default=True),
        ),
        stream=Stream("stream", first="stream_start", last="stream_end", same="/metadata/generation_id", text="/text"),
    ),
    Operation(
        "analyze",  # A13: both client methods
        "POST",
        "/analyze",
        {200: Streamed(TEXT, EVENT), **REFUSALS, **RATE_LIMIT},  # A12
        json=request(
            VIDEO_ID,
            Field("prompt", "string", required=True),
            TEMPERATURE,
            Field("stream", "boolean", default=True),  # A14
        ),
        stream=Stream(
            "stream",
            first="stream_start",
            last="stream_end",
            same="/metadata/generation_id",
            text="/text",
            method="analyze_stream",
        ),
    ),
)
