"""Imports from a cloud storage: `tasks.transfers`."""

from __future__ import annotations

from tests.facts.common import INTEGRATION_ID, REFUSALS, USER_METADATA
from tests.facts.rows import Array, Field, Operation, request, response

FAILED_FILES = Field("failed_files", Array(response(Field("filename", "string"), Field("error_message", "string"))))

VIDEO_ITEM = response(
    Field("video_id", "string", required=True),
    Field("filename", "string", required=True),
    Field("created_at", "timestamp", required=True),
)

VIDEO_ITEM_FAILED = response(
    Field("filename", "string", required=True),
    Field("created_at", "timestamp", required=True),
    Field("error_message", "string", required=True),
)

IMPORT_LOG = response(
    Field("index_id", "string"),
    Field("index_name", "string"),
    Field("created_at", "timestamp"),
    Field("ended_at", "timestamp", nullable=True),  # A33
    Field(
        "video_status",
        response(
            Field("ready", "integer", required=True),
            Field("validating", "integer", required=True),
            Field("queued", "integer", required=True),
            Field("pending", "integer", required=True),
            Field("indexing", "integer", required=True),
            Field("failed", "integer", required=True),
        ),
    ),
    FAILED_FILES,
)

OPERATIONS = (
    Operation(
        "tasks.transfers.create",
        "POST",
        "/tasks/transfers/import/{integration_id}",
        {
            201: response(  # D13
                Field("videos", Array(response(Field("video_id", "string"), Field("filename", "string")))),
                FAILED_FILES,
            ),
            **REFUSALS,
        },
        in_path=(INTEGRATION_ID,),
        json=request(
            Field("index_id", "id", required=True),
            Field("incremental_import", "boolean", default=True),
            Field("retry_failed", "boolean", default=False),
            Field("user_metadata", USER_METADATA),
        ),
    ),
    Operation(
        "tasks.transfers.get_status",
        "GET",
        "/tasks/transfers/import/{integration_id}/status",
        {
            200: response(
                Field("not_imported", "string[]"),
                Field("validating", Array(VIDEO_ITEM)),
                Field("pending", Array(VIDEO_ITEM)),
                Field("queued", Array(VIDEO_ITEM)),
                Field("indexing", Array(VIDEO_ITEM)),
                Field("ready", Array(VIDEO_ITEM)),
                Field("failed", Array(VIDEO_ITEM_FAILED)),
            ),
            **REFUSALS,
        },
        in_path=(INTEGRATION_ID,),
        in_query=(Field("index_id", "id", required=True),),
    ),
    Operation(
        "tasks.transfers.get_logs",
        "GET",
        "/tasks/transfers/import/{integration_id}/logs",
        {200: response(Field("data", Array(IMPORT_LOG))), **REFUSALS},
        in_path=(INTEGRATION_ID,),
    ),
)
