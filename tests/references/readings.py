"""Intentional differences between the document and a dated reference, each with its entry in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.references.compare import Difference


@dataclass(frozen=True, slots=True)
class Reading:
    """A decision of the ledger that explains differences; method and name are patterns of `fnmatch`, one or several."""

    ledger: str
    method: str
    name: str
    kind: str

    def explains(self, difference: Difference) -> bool:
        """Say whether a difference is this decision."""
        return (
            any(fnmatchcase(difference.method, pattern) for pattern in self.method.split())
            and any(fnmatchcase(difference.name, pattern) for pattern in (self.name.split() or [""]))
            and difference.kind in self.kind.split()
        )


READINGS: tuple[Reading, ...] = (
    # Bounds and defaults that other sources state.
    Reading("A8", "search.create", "page_limit", "default"),
    Reading("A9", "tasks.create", "enable_video_stream", "default"),
    Reading("A24", "embed.tasks.create", "video_start_offset_sec", "default"),
    Reading("A45", "*", "page page_limit", "minimum"),
    Reading("A50", "indexes.indexed_assets.create", "enable_video_stream", "default"),
    Reading("A71", "analyze analyze_stream summarize analyze_async.tasks.create", "max_tokens", "minimum maximum"),
    Reading("A76", "multipart_upload.create", "total_size", "minimum maximum"),
    Reading("A76", "multipart_upload.get_additional_presigned_urls", "start count", "minimum maximum"),
    Reading("A115", "knowledge_stores.search", "page_size include_metadata", "minimum default"),
    Reading("D1", "embed.tasks.create", "video_end_offset_sec", "minimum"),
    # Values.
    Reading("A15", "embed.tasks.list", "status", "values"),
    Reading("A22", "embed.create embed.tasks.create", "model_name", "values"),
    Reading("A55", "indexes.videos.retrieve indexes.indexed_assets.retrieve", "embedding_option", "values"),
    Reading("A57", "indexes.indexed_assets.list", "status", "values"),
    Reading("A66", "embed.v_2.create embed.v_2.tasks.create", "model_name", "values"),
    Reading("A66c", "embed.tasks.retrieve", "embedding_option", "values"),
    # Parameters, and how they travel.
    Reading("A60", "search.create", "query_media_url query_media_file", "type"),
    Reading("A95", "multipart_upload.create", "type", "parameter"),
    Reading("A118", "tasks.transfers.*", "*", "parameter"),
    Reading("S24", "tasks.transfers.*", "", "method"),
    # Ends that are announced, limits of rate, lists in pages.
    Reading("A52", "gist summarize", "", "ends"),
    Reading("A60c", "search.create", "adjust_confidence_level sort_option", "ends"),
    Reading("A66d", "embed.create", "text_truncate", "ends"),
    Reading("A87", "gist assets.create embed.v_2.create analyze_async.batches.create", "", "rate_limited"),
    Reading("A99", "manage_entities.list_all_entities", "", "pages"),
)
"""`test_references.py` fails for a difference that none explains, and for a reading that explains none."""


@dataclass(frozen=True, slots=True)
class Unrunnable:
    """A decision of the ledger for which the snippet of a method does not run; method is a pattern of `fnmatch`."""

    ledger: str
    method: str
    error: str
    """How the error begins."""

    def explains(self, method: str, error: str) -> bool:
        """Say whether an error that ended a snippet is this decision."""
        return fnmatchcase(method, self.method) and error.startswith(self.error)


SNIPPETS: tuple[Unrunnable, ...] = (
    # They show less than the API's own rules ask for, so that our client refuses them.
    *(
        Unrunnable("D6", method, "RequestInvalid")
        for method in ("analyze", "analyze_stream", "assets.create", "embed.create", "embed.tasks.create")
    ),
    Unrunnable("D6", "search.create", "RequestInvalid"),
    Unrunnable("D6", "tasks.create", "RequestInvalid"),
    # What the vendor's SDK always sends is an argument of ours.
    Unrunnable("A95", "multipart_upload.create", "TypeError: MultipartUpload.create() missing 1 required"),
    Unrunnable("A95", "multipart_upload.report_chunk_batch", "RequestInvalid"),
    # The transfers lost their arguments, and then they went.
    Unrunnable("A118", "tasks.transfers.*", "TypeError"),
    Unrunnable("S24", "tasks.transfers.*", "AttributeError"),
    # Arguments have the names that travel.
    Unrunnable(
        "D41", "analyze_async.tasks.create", "TypeError: Tasks.create() got an unexpected keyword argument 'prompt_v_2'"
    ),
)
"""Snippets that do not run on our client, on purpose."""

EXAMPLES: dict[tuple[str, str], str] = {
    ("indexes.indexed_assets.list", "query.user_metadata"): "A54",
    ("indexes.videos.list", "query.user_metadata"): "A4",
    # What the parts of the schema make together is less than the whole: the example of `json_schema` is not there.
    ("analyze", "body.response_format"): "A81",
    # The schema of the vendor's document says that `data` is an object; its prose and the reference have a list.
    ("search.retrieve", "200 of its properties"): "A31",
    # The same here: `data` is required, and null without vectors, but has no example.
    ("embed.v_2.tasks.retrieve", "200 of its properties"): "A61",
}
"""Examples of the vendor's documents that do not fit ours, by operation and place."""

ANSWERS: dict[tuple[str, int], str] = {
    ("*", 204): "A1",  # an empty object, where nothing comes
    ("analyze", 429): "A11",
    ("search.create", 429): "A11",
    ("knowledge_stores.search", 429): "A87",
    # Slips of the vendor's documents.
    ("multipart_upload.*", 404): "A120",
    ("embed.v_2.create", 200): "A120",
}
"""Answers that the vendor's schemas admit and our document does not; by operation (a pattern) and status."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A decision of the ledger that explains what a document of the vendor says otherwise; each is a pattern."""

    ledger: str
    rule: str
    where: str = "*"
    route: str = "*"
    effect: str = "*"
    message: str = "*"

    def explains(self, route: str, where: str, rule: str, effect: str, message: str) -> bool:
        """Say whether a difference is this decision; ` | ` stands between several patterns."""
        return (
            rule in self.rule.split()
            and any(fnmatchcase(where, pattern) for pattern in self.where.split(" | "))
            and any(fnmatchcase(route, pattern) for pattern in self.route.split(" | "))
            and fnmatchcase(effect, self.effect)
            and fnmatchcase(message, self.message)
        )


TRANSFERS = "* /tasks/transfers/import/*"
RANGES = "query.duration* | query.fps* | query.height* | query.size* | query.width*"
DOCUMENTS: tuple[Departure, ...] = (
    # Refusals and keys that every operation has.
    Departure("D17", "status", "?XX", effect="answers narrower"),
    Departure("A37", "status", "401", effect="answers narrower"),
    Departure("A37", "security parameter required", "header | header.x-api-key", effect="requests *"),
    Departure("A81", "status", "422", "POST /analyze*", "answers narrower"),
    Departure("A105", "status", "422", "POST /knowledge-stores", "answers narrower"),
    Departure("A131", "status", "400", effect="answers narrower"),
    Departure("A43", "status", "429", "POST /tasks", "answers narrower"),
    Departure("A80", "status", "429", "POST /analyze/tasks", "answers narrower"),
    Departure("A87", "status", "429", "POST /assets | POST /embed | POST /embed* | POST /indexes*", "answers narrower"),
    Departure("A87", "body media_type", "429 *", effect="answers *"),
    Departure("A85", "property", "4?? body.docs_url | 500 body.docs_url", effect="answers wider"),
    # Success without a body.
    Departure("A1", "body media_type", "204 *", effect="answers *"),
    # The transfers lost what they carry, and then they went.
    Departure("A118", "operation", "path", TRANSFERS, "requests narrower"),
    Departure("A118", "body parameter required media_type status", "*", TRANSFERS),
    # Two operations that had gone two days before.
    Departure("E7", "operation", "path", "POST /gist | POST /summarize", "requests wider", "* is new"),
    # Requests: closed by us, with the rules that text and references state.
    Departure("D3", "additionalProperties", "body* | form* | query*", effect="requests wider"),
    Departure("A53", "style schema type property", RANGES, "GET /indexes/*"),
    Departure("A58", "style", "query.status", "GET /tasks"),
    Departure("A57", "enum", "query.status*", "GET /indexes/{index-id}/indexed-assets", "requests narrower"),
    Departure("A107", "enum required", "body | body.stream", "POST /responses", "requests narrower"),
    Departure("A103", "type", "body.metadata.key", "PATCH /knowledge-stores/*", "requests narrower"),
    Departure("A105", "required property", "body.ingestion_config.*", "POST /knowledge-stores", "requests wider"),
    Departure("A110", "schema", "body.text.format.schema.*", "POST /responses", "requests wider"),
    Departure("A120", "schema", "body.*.segmentation", "POST /embed-v2*", "requests wider"),
    Departure("A42", "required", "body", "PUT /indexes/* | PATCH /indexes/*", "requests wider"),
    Departure("A130", "required", "body", effect="requests wider", message="'body' is no longer required"),
    Departure("A60", "encoding", "form", "POST /search", "requests wider"),
    Departure(
        "A130",
        "minLength maxLength minItems maxItems uniqueItems minimum maximum minProperties maxProperties pattern format"
        " enum if not dependentRequired propertyNames contentMediaType type",
        effect="requests wider",
        message="* is gone, was *",
    ),
    # Answers: open with us, and closed lists or objects with the vendor.
    Departure("D4", "enum type", "2??*", effect="answers narrower", message="* is new: *"),
    Departure("A102", "additionalProperties", "2?? body.*metadata.key", "* /knowledge-stores*", "answers narrower"),
    Departure("A131", "additionalProperties", "2??* | 4??* | 500*", "* /embed-v2*", "answers narrower"),
    Departure("A18", "format", "2??*", effect="answers wider", message='format is gone, was "date-time"'),
    Departure("A33", "type", "200 body.*", effect="answers narrower", message="the type null is no longer admitted"),
    Departure("A131", "format", "2??*url | 202 header.location", effect="answers narrower", message='* is new: "uri"'),
    Departure("A131", "type", "200 body | 201 body", effect="answers wider", message='type is gone, was "object"'),
    Departure("A131", "required", "200 body.metadata", "* /embed-v2*", "answers narrower"),
    Departure("A61", "schema", "20? body.data*", "* /embed-v2*", "answers narrower"),
    Departure("A35", "property", "200 body*system_metadata.*", effect="answers wider"),
    Departure("A115", "minimum", "200 body.data*.rank", "POST /knowledge-stores/*", "answers wider"),
    # Slips.
    Departure("A120", "type property", "404 body*", "* /assets/multipart-uploads/*", "answers wider"),
    Departure("A120", "enum", "200 body.metadata.input_type", "* /embed-v2*", "answers wider"),
    Departure("A10", "property", "400 body*", "GET /search/{page-token}", "answers narrower"),
    # Forms of answers that one list of values does not tell apart.
    Departure("A12", "media_type property schema type", "200*", "POST /analyze", "answers *"),
    Departure("A79", "media_type", "200*", "GET /analyze/batches/{batch_id}/results"),
    Departure("A107", "media_type", "200*", "POST /responses", "answers narrower"),
    Departure("A112", "enum property", "200 event*", "POST /responses"),
    Departure("A102", "property required schema", "20? body*ingestion_config*", "* /knowledge-stores*", "answers *"),
    Departure("A78", "schema", "200 body*request_params | 200 body*video_source", "GET /analyze/tasks*", "answers *"),
)
"""`test_documents.py` fails for a difference that none explains, and for one that explains none."""

BETWEEN: tuple[Departure, ...] = (
    Departure("A1", "status", "200 | 204", effect="answers *"),
    Departure("D17", "status", "4??", effect="answers *"),
)
"""What changed between two of the vendor's documents, and is one and the same to ours."""
