"""Facts that operations share: paging and sorting, metadata, the streaming copy of a video, errors."""

from __future__ import annotations

from tests.facts.rows import Answer, Field, Pages, mapping, response

# Path parameters. Their names are ours (A26), and none may be empty (A27).
INDEX_ID = Field("index_id", "id", required=True)
VIDEO_ID = Field("video_id", "id", required=True)
TASK_ID = Field("task_id", "id", required=True)
PAGE_TOKEN = Field("page_token", "id", required=True)
INTEGRATION_ID = Field("integration_id", "id", required=True)

# The four lists that are paged by number. The lower bounds are ours (A45).
PAGE = Field("page", "integer", default=1, minimum=1)
PAGE_LIMIT = Field("page_limit", "integer", default=10, minimum=1, maximum=50)
SORT_BY = Field("sort_by", "string", default="created_at", enum=("updated_at", "created_at"))  # A15
SORT_OPTION = Field("sort_option", "string", default="desc", enum=("asc", "desc"))  # A5, A15
PAGES = Pages(parameter="page", items="/data", total_pages="/page_info/total_page")

PAGE_INFO = response(
    Field("limit_per_page", "integer"),
    Field("page", "integer"),
    Field("total_page", "integer"),
    Field("total_results", "integer"),
)

INDEXING_STATUSES = ("ready", "uploading", "validating", "pending", "queued", "indexing", "failed")

# A3: strict when sending, tolerant when reading.
USER_METADATA = mapping("string|number|boolean")
USER_METADATA_CHANGES = mapping("string|number|boolean|null")
USER_METADATA_READ = mapping(True)

# A35: one object with the keys of all the places where it stands.
SYSTEM_METADATA = response(
    Field("duration", "number"),
    Field("filename", "string"),
    Field("fps", "number"),
    Field("height", "integer"),
    Field("width", "integer"),
    Field("size", "number"),  # A19
)

HLS = response(
    Field("video_url", "string"),
    Field("thumbnail_urls", "string[]"),
    Field("status", "string", known=("PROCESSING", "COMPLETE", "CANCELED", "ERROR")),
    Field("updated_at", "timestamp"),
)

VIDEO_SEGMENT = response(
    Field("float", "number[]"),
    Field("start_offset_sec", "number"),
    Field("end_offset_sec", "number"),
    Field("embedding_option", "string", known=("visual-text", "audio")),  # A21
    Field("embedding_scope", "string", known=("clip", "video")),
)

ERROR = response(
    Field(
        "code",
        "string",
        examples=(
            "parameter_invalid",
            "parameter_not_provided",
            "parameter_unknown",
            "resource_not_exist",
            "api_key_invalid",
            "tags_not_allowed",
            "api_upgrade_required",
        ),
    ),
    Field("message", "string"),
    Field("docs_url", "string"),
)

# Every operation refuses with 400, and with 401 for a wrong key; whatever else has the same body (A10, A37).
REFUSALS: dict[int | str, Answer] = {400: ERROR, 401: ERROR, "4XX": ERROR, "5XX": ERROR}
RATE_LIMIT: dict[int | str, Answer] = {429: None}  # A11
NO_CONTENT: dict[int | str, Answer] = {204: None}  # A1
