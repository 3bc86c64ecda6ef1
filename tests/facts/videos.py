"""Videos of an index: `indexes.videos`, and the partial update, which is under `manage_videos`."""

from __future__ import annotations

from tests.facts.common import (
    ERROR,
    HLS,
    INDEX_ID,
    NO_CONTENT,
    PAGE,
    PAGE_INFO,
    PAGE_LIMIT,
    PAGES,
    REFUSALS,
    SORT_BY,
    SORT_OPTION,
    SYSTEM_METADATA,
    USER_METADATA,
    USER_METADATA_CHANGES,
    USER_METADATA_READ,
    VIDEO_ID,
    VIDEO_SEGMENT,
)
from tests.facts.rows import Array, Field, Operation, request, response

VIDEO_FIELDS = (
    Field("_id", "string"),
    Field("created_at", "timestamp"),
    Field("updated_at", "timestamp"),
    Field("indexed_at", "timestamp"),
    Field("system_metadata", SYSTEM_METADATA),
)

VIDEO = response(
    *VIDEO_FIELDS,
    Field("user_metadata", USER_METADATA_READ),
    Field("hls", HLS),
    Field(
        "embedding",
        response(
            Field("model_name", "string"),
            Field("video_embedding", response(Field("segments", Array(VIDEO_SEGMENT)))),
        ),
    ),
    Field(
        "transcription",
        Array(response(Field("start", "number"), Field("end", "number"), Field("value", "string"))),
    ),
)

OPERATIONS = (
    Operation(
        "indexes.videos.list",
        "GET",
        "/indexes/{index_id}/videos",
        {200: response(Field("data", Array(response(*VIDEO_FIELDS))), Field("page_info", PAGE_INFO)), **REFUSALS},
        in_path=(INDEX_ID,),
        in_query=(
            PAGE,
            PAGE_LIMIT,
            SORT_BY,
            SORT_OPTION,
            Field("filename", "string"),
            Field("duration", "number"),
            Field("fps", "number"),
            Field("width", "number"),  # A2
            Field("height", "integer"),  # A2
            Field("size", "number"),
            Field("created_at", "string"),  # A18
            Field("updated_at", "string"),  # A18
            Field("user_metadata", USER_METADATA, style="form", explode=True),  # A4
        ),
        pages=PAGES,
    ),
    Operation(
        "indexes.videos.retrieve",
        "GET",
        "/indexes/{index_id}/videos/{video_id}",
        {200: VIDEO, **REFUSALS, 404: ERROR},
        in_path=(INDEX_ID, VIDEO_ID),
        in_query=(
            Field(
                "embedding_option",
                "string[]",
                enum=("visual-text", "audio"),  # A21
                min_items=1,  # D15
                style="form",
                explode=True,
            ),
            Field("transcription", "boolean"),
        ),
    ),
    Operation(
        "indexes.videos.update",
        "PUT",
        "/indexes/{index_id}/videos/{video_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(INDEX_ID, VIDEO_ID),
        json=request(Field("user_metadata", USER_METADATA)),  # A42
    ),
    Operation(
        "manage_videos.partial_update_video_information",
        "PATCH",
        "/indexes/{index_id}/videos/{video_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(INDEX_ID, VIDEO_ID),
        json=request(Field("user_metadata", USER_METADATA_CHANGES)),  # A42
    ),
    Operation(
        "indexes.videos.delete",
        "DELETE",
        "/indexes/{index_id}/videos/{video_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(INDEX_ID, VIDEO_ID),
    ),
)
