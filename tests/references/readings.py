"""Where the document says otherwise than a dated reference, on purpose: each with its entry in the ledger."""

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
