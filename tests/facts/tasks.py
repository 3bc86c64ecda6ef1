"""Indexing tasks: `tasks`."""

from __future__ import annotations

from tests.facts.common import (
    HLS,
    INDEXING_STATUSES,
    NO_CONTENT,
    PAGE,
    PAGE_INFO,
    PAGE_LIMIT,
    PAGES,
    RATE_LIMIT,
    REFUSALS,
    SORT_BY,
    SORT_OPTION,
    SYSTEM_METADATA,
    TASK_ID,
    USER_METADATA,
)
from tests.facts.rows import Array, Field, JsonText, Operation, Rule, Waits, request, response

TASK_FIELDS = (
    Field("_id", "string"),
    Field("video_id", "string"),
    Field("created_at", "timestamp"),
    Field("updated_at", "timestamp"),
    Field("status", "string", known=INDEXING_STATUSES),  # A20
    Field("index_id", "string"),
    Field("system_metadata", SYSTEM_METADATA),
)

INDEX = "6298d673f1090f1100476d4c"
ADDRESS = "https://example.com/v.mp4"

OPERATIONS = (
    Operation(
        "tasks.list",
        "GET",
        "/tasks",
        {200: response(Field("data", Array(response(*TASK_FIELDS))), Field("page_info", PAGE_INFO)), **REFUSALS},
        in_query=(
            PAGE,
            PAGE_LIMIT,
            SORT_BY,
            SORT_OPTION,
            Field("index_id", "id"),
            Field("status", "string[]", enum=INDEXING_STATUSES, min_items=1, style="form", explode=True),  # D15
            Field("filename", "string"),
            Field("duration", "number"),
            Field("width", "integer"),
            Field("height", "integer"),
            Field("created_at", "string"),  # A18
            Field("updated_at", "string"),  # A18
        ),
        pages=PAGES,
    ),
    Operation(
        "tasks.create",
        "POST",
        "/tasks",
        {200: response(Field("_id", "string"), Field("video_id", "string")), **REFUSALS, **RATE_LIMIT},  # A43
        form=request(
            Field("index_id", "id", required=True),
            Field("video_file", "file"),
            Field("video_url", "uri"),  # D14
            Field("enable_video_stream", "boolean"),  # A9: no default
            Field("user_metadata", JsonText(USER_METADATA)),
        ),
        rules=(
            Rule(
                "a file or an address is needed; with both, the address is taken (A23)",
                accepted=(
                    {"index_id": INDEX, "video_file": "v.mp4"},
                    {"index_id": INDEX, "video_url": ADDRESS},
                    {"index_id": INDEX, "video_file": "v.mp4", "video_url": ADDRESS},
                ),
                refused=(
                    {"index_id": INDEX},
                    {"index_id": INDEX, "enable_video_stream": True},
                ),
            ),
        ),
    ),
    Operation(
        "tasks.retrieve",
        "GET",
        "/tasks/{task_id}",
        {200: response(*TASK_FIELDS, Field("hls", HLS)), **REFUSALS},
        in_path=(TASK_ID,),
        waits=Waits("tasks.wait_for_done", "/status", ("ready",), ("failed",), 5),
    ),
    Operation(
        "tasks.delete",
        "DELETE",
        "/tasks/{task_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(TASK_ID,),
    ),
)
