"""Searches: `search`."""

from __future__ import annotations

from typing import Any

from tests.facts.common import ERROR, PAGE_TOKEN, RATE_LIMIT, REFUSALS, USER_METADATA_READ
from tests.facts.rows import AnyOf, Array, Field, JsonText, Operation, Rule, Tokens, mapping, request, response

# The grammar of `filter` (D11). A range has one end at least, both included.
RANGE = request(Field("gte", "number"), Field("lte", "number"), min_properties=1)
NUMBER_OR_RANGE = AnyOf(("number", RANGE))

FILTER = mapping(
    AnyOf(("string", "number", "boolean", RANGE)),  # a key of the user's own metadata (A29)
    Field("id", "id[]"),
    Field("duration", NUMBER_OR_RANGE),  # seconds
    Field("width", NUMBER_OR_RANGE),  # pixels
    Field("height", NUMBER_OR_RANGE),  # pixels
    Field("size", NUMBER_OR_RANGE),  # bytes
    Field("filename", "string"),
)

CONFIDENCE = Field("confidence", "string", known=("high", "medium", "low", "extremely low"))  # A15

CLIP = response(
    Field("score", "number"),
    Field("start", "number"),
    Field("end", "number"),
    CONFIDENCE,
    Field("thumbnail_url", "string"),
    Field("transcription", "string"),
    Field("video_id", "string"),
    Field("user_metadata", USER_METADATA_READ),
)

ITEM = response(  # A31: grouped by video or not
    Field("score", "number"),
    Field("start", "number"),
    Field("end", "number"),
    Field("video_id", "string"),
    CONFIDENCE,
    Field("thumbnail_url", "string"),
    Field("transcription", "string"),
    Field("id", "string"),
    Field("user_metadata", USER_METADATA_READ),
    Field("clips", Array(CLIP)),
)

SEARCH_POOL = response(
    Field("total_count", "integer"),
    Field("total_duration", "number"),
    Field("index_id", "string"),
)

PAGE_INFO_FIELDS = (
    Field("limit_per_page", "integer"),
    Field("page_expires_at", "timestamp"),
    Field("total_results", "integer"),  # A6
    Field("total_inner_matches", "integer"),
    Field("next_page_token", "string"),  # absent on the last page
)

PAGE_ERROR = response(Field("error_code", "integer"), Field("message", "string"))

LEAST: dict[str, Any] = {"index_id": "6298d673f1090f1100476d4c", "search_options": ["visual"]}
TEXT = {**LEAST, "query_text": "a dog"}
IMAGE = {"query_media_type": "image"}
ADDRESS = {"query_media_url": "https://example.com/q.jpg"}
FILE = {"query_media_file": "q.jpg"}

OPERATIONS = (
    Operation(
        "search.create",
        "POST",
        "/search",
        {
            200: response(
                Field("data", Array(ITEM)),
                Field("page_info", response(*PAGE_INFO_FIELDS)),
                Field("search_pool", SEARCH_POOL),
            ),
            **REFUSALS,
            **RATE_LIMIT,
        },
        form=request(
            Field("index_id", "id", required=True),
            Field("search_options", "string[]", required=True, enum=("visual", "audio"), min_items=1),  # A21, A41
            Field("query_media_type", "string", enum=("image",)),
            Field("query_media_url", "uri"),  # D14
            Field("query_media_file", "file"),
            Field("query_text", "string"),
            Field("adjust_confidence_level", "number", default=0.5, minimum=0, maximum=1),
            Field("group_by", "string", default="clip", enum=("video", "clip")),
            Field("threshold", "string", default="low", enum=("high", "medium", "low", "none")),  # A7
            Field("sort_option", "string", default="score", enum=("score", "clip_count")),
            Field("operator", "string", default="or", enum=("or", "and")),
            Field("page_limit", "integer", default=10, minimum=1, maximum=50),  # A8, A45
            Field("filter", JsonText(FILTER)),
            Field("include_user_metadata", "boolean"),
        ),
        rules=(
            Rule(
                "a text or an image is needed, and both may be given (A28)",
                accepted=(TEXT, {**LEAST, **IMAGE, **ADDRESS}, {**TEXT, **IMAGE, **FILE}),
                refused=(LEAST,),
            ),
            Rule(
                "an image is a media type with an address or a file; with both, the address is taken",
                accepted=(
                    {**LEAST, **IMAGE, **ADDRESS},
                    {**LEAST, **IMAGE, **FILE},
                    {**LEAST, **IMAGE, **ADDRESS, **FILE},
                ),
                refused=(
                    {**LEAST, **ADDRESS},
                    {**LEAST, **FILE},
                    {**TEXT, **ADDRESS},
                    {**LEAST, **IMAGE},
                    {**TEXT, **IMAGE},
                ),
            ),
            Rule(
                "`clip_count` sorts only what is grouped by video",
                accepted=(
                    {**TEXT, "sort_option": "clip_count", "group_by": "video"},
                    {**TEXT, "sort_option": "score", "group_by": "video"},
                    {**TEXT, "sort_option": "score", "group_by": "clip"},
                    {**TEXT, "sort_option": "score"},
                    {**TEXT, "group_by": "video"},
                ),
                refused=(
                    {**TEXT, "sort_option": "clip_count", "group_by": "clip"},
                    {**TEXT, "sort_option": "clip_count"},
                ),
            ),
            Rule(
                "the conditions of a filter (D11)",
                at="filter",
                accepted=(
                    {},
                    {"id": ["67cec9caf45d9b64a58340fc", "67cec9baf45d9b64a58340fa"]},
                    {"duration": 600},
                    {"duration": {"gte": 600, "lte": 800}},
                    {"duration": {"gte": 600}},
                    {"width": {"lte": 1920}},
                    {"height": 1080, "size": 1048576},
                    {"filename": "Animal Encounters part 1"},
                    {"needsReview": True, "category": "recentlyAdded", "rating": 9.3},
                    {"batchNumber": {"gte": 1, "lte": 9}},
                ),
                refused=(
                    {"id": "67cec9caf45d9b64a58340fc"},
                    {"id": [""]},
                    {"duration": "600"},
                    {"size": {}},
                    {"width": {"gt": 1280}},
                    {"height": {"gte": "720"}},
                    {"filename": 1},
                    {"filename": ["a.mp4", "b.mp4"]},
                    {"category": ["a", "b"]},
                    {"category": None},
                    {"rating": {"lt": 5}},
                    [],
                ),
            ),
        ),
        pages=Tokens(
            items="/data",
            next_token="/page_info/next_page_token",
            operation="search.retrieve",
            parameter="page_token",
            repeat=("include_user_metadata",),
            method="search.query",
        ),
    ),
    Operation(
        "search.retrieve",
        "GET",
        "/search/{page_token}",
        {
            200: response(
                Field("data", Array(ITEM)),
                Field("page_info", response(*PAGE_INFO_FIELDS, Field("prev_page_token", "string"))),
                Field("search_pool", SEARCH_POOL),
            ),
            **REFUSALS,
            400: AnyOf((PAGE_ERROR, ERROR)),  # A10
        },
        in_path=(PAGE_TOKEN,),
        in_query=(Field("include_user_metadata", "boolean"),),
    ),
)
