# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""The schemas of TwelveLabs API, version 1.3."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from apicontract.client import ClosedModel, OpenModel

__all__ = [
    "AnalyzeRequest",
    "AudioEmbedding",
    "AudioSegment",
    "BaseSegment",
    "Chapter",
    "EmbedCreateRequest",
    "EmbedTasksCreateRequest",
    "EmbedTasksCreateResponse",
    "EmbedTasksListResponse",
    "EmbedTasksRetrieveResponse",
    "EmbedTasksRetrieveResponseVideoEmbedding",
    "EmbedTasksStatusResponse",
    "EmbeddingMetadata",
    "EmbeddingResponse",
    "Error",
    "FailedFile",
    "GenerateRequest",
    "Gist",
    "GistRequest",
    "Highlight",
    "Hls",
    "ImageEmbedding",
    "ImportLog",
    "ImportLogVideoStatus",
    "IndexModel",
    "IndexSchema",
    "IndexesCreateRequest",
    "IndexesCreateRequestModelsItem",
    "IndexesCreateResponse",
    "IndexesListResponse",
    "IndexesUpdateRequest",
    "Metadata",
    "NonStreamAnalyzeResponse",
    "NumberRange",
    "PageInfo",
    "SearchClip",
    "SearchCreateRequest",
    "SearchFilter",
    "SearchFilterNumber",
    "SearchFilterValue",
    "SearchItem",
    "SearchPageError",
    "SearchPool",
    "SearchResults",
    "SearchResultsPageInfo",
    "SearchRetrievePageInfo",
    "SearchRetrieveResponse",
    "StreamAnalyzeResponse",
    "StreamEndResponse",
    "StreamEndResponseMetadata",
    "StreamStartResponse",
    "StreamStartResponseMetadata",
    "SummarizeChapter",
    "SummarizeHighlight",
    "SummarizeRequest",
    "SummarizeResponse",
    "SummarizeSummary",
    "SystemMetadata",
    "TasksCreateRequest",
    "TasksCreateResponse",
    "TasksListResponse",
    "TasksRetrieveResponse",
    "TextEmbedding",
    "TextGenerationResponse",
    "TokenUsage",
    "TranscriptionItem",
    "TransfersCreateRequest",
    "TransfersCreateResponse",
    "TransfersCreateResponseVideosItem",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
    "UserMetadata",
    "UserMetadataPatch",
    "VideoEmbedding",
    "VideoEmbeddingMetadata",
    "VideoEmbeddingSegments",
    "VideoEmbeddingTask",
    "VideoEmbeddingTaskVideoEmbedding",
    "VideoIndexingTask",
    "VideoItem",
    "VideoItemFailed",
    "VideoSegment",
    "VideoVector",
    "VideosListResponse",
    "VideosPartialUpdateRequest",
    "VideosRetrieveResponse",
    "VideosUpdateRequest",
]


class AnalyzeRequest(ClosedModel):
    """A question or an instruction about one video."""

    video_id: Annotated[str, Field(min_length=1)]
    """Identifier of the indexed video. Not empty."""
    prompt: str
    """What the model should write about the video. At most 2,000 tokens, which are not characters."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """
    stream: bool | None = None
    """Whether the text comes in pieces while it is written (`true`), or in one object at the end (`false`). Default
    `true`.
    """


class AudioEmbedding(OpenModel):
    """Embedding of an audio track, or the reason why there is none."""

    error_message: str | None = None
    """Why the embedding could not be made."""
    segments: list[AudioSegment] | None = None
    """The vectors, with their place in the audio."""
    metadata: EmbeddingMetadata | None = None
    """Where the audio came from."""


class AudioSegment(OpenModel):
    """The vector of one stretch of audio."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""
    start_offset_sec: float | None = None
    """Where the stretch begins, in seconds from the start."""


class BaseSegment(OpenModel):
    """One vector."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""


class Chapter(OpenModel):
    """One part of a video."""

    chapter_number: int | None = None
    """Position of the chapter, counted from 0."""
    start: int | None = None
    """Start of the chapter, in whole seconds from the start of the video."""
    end: int | None = None
    """End of the chapter, in whole seconds from the start of the video."""
    start_sec: float | None = None
    """Start of the chapter, in seconds from the start of the video."""
    end_sec: float | None = None
    """End of the chapter, in seconds from the start of the video."""
    chapter_title: str | None = None
    """Headline of the chapter."""
    chapter_summary: str | None = None
    """What happens in the chapter."""


class EmbedCreateRequest(ClosedModel):
    """What to embed: text, an image, audio, or several of these at once.

    Give at least one (ledger D8). An image and an audio track each come as a file or as a URL, not both (ledger A30).
    """

    model_name: str
    """Model that makes the embeddings, such as `Marengo-retrieval-2.7`; spelt differently from that of an index. An
    open list (ledger A22).
    """
    text: str | None = None
    """Text to embed, up to 77 tokens; see `text_truncate` for longer ones."""
    text_truncate: Literal["start", "end", "none"] | None = None
    """Which end of a text over 77 tokens is cut off; `none` rejects such a text instead. Default `end`."""
    image_url: str | None = None
    """Public URL of the image to embed, in place of `image_file`."""
    image_file: bytes | None = None
    """The image to embed, in place of `image_url`."""
    audio_url: str | None = None
    """Public URL of the audio to embed, in place of `audio_file`."""
    audio_file: bytes | None = None
    """The audio to embed, in place of `audio_url`."""
    audio_start_offset_sec: float | None = None
    """Seconds at the start of the audio that are skipped. Default 0."""


class EmbedTasksCreateRequest(ClosedModel):
    """A video to embed and how to cut it.

    Give `video_file` or `video_url`; if both are given, `video_url` wins. The two offsets go together: both or neither
    (ledger A24).
    """

    model_name: str
    """Model that makes the embeddings, such as `Marengo-retrieval-2.7`; spelt differently from that of an index. An
    open list (ledger A22).
    """
    video_file: bytes | None = None
    """The video itself, uploaded with the request."""
    video_url: str | None = None
    """Public URL of the raw video file; pages that only show a video, and share links, are rejected."""
    video_start_offset_sec: Annotated[float | None, Field(ge=0.0)] = None
    """Where processing begins, in seconds from the start of the video; at most the duration less
    `video_clip_length`. Without both offsets, processing begins at 0. At least 0.
    """
    video_end_offset_sec: Annotated[float | None, Field(ge=2.0)] = None
    """Where processing ends, in seconds from the start of the video; at most the duration, and at least
    `video_start_offset_sec` plus `video_clip_length`. So no end below 2 is possible, because a start is at least
    0 and a clip at least 2 (ledger D1). At least 2.
    """
    video_clip_length: Annotated[float | None, Field(ge=2.0, le=10.0)] = None
    """Length of a clip in seconds; not longer than the stretch between the two offsets. 2 to 10, default 6."""
    video_embedding_scope: Annotated[list[Literal["clip", "video"]] | None, Field(max_length=2, min_length=1)] = None
    """`clip` for a vector per clip, `clip` and `video` for one of the whole video as well. `video` alone is not
    documented (ledger A25). 1 to 2 items, no duplicates.
    """


class EmbedTasksCreateResponse(OpenModel):
    """The new embedding task."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the embedding task."""


class EmbedTasksListResponse(OpenModel):
    """One page of embedding tasks."""

    data: list[VideoEmbeddingTask] | None = None
    """The tasks of this page; empty on a page beyond the last one."""
    page_info: PageInfo | None = None
    """Where this page stands in the whole list."""


class EmbedTasksRetrieveResponse(OpenModel):
    """One embedding task with its vectors."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the embedding task."""
    model_name: str | None = None
    """Model that made the embeddings."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Status of the task. An open list."""
    created_at: str | None = None
    """When the task was created."""
    video_embedding: EmbedTasksRetrieveResponseVideoEmbedding | None = None
    """The vectors, and how the video was embedded."""


class EmbedTasksRetrieveResponseVideoEmbedding(OpenModel):
    """The vectors of a video, and how it was embedded."""

    metadata: VideoEmbeddingMetadata | None = None
    """Where the video came from, and how it was cut."""
    segments: list[VideoSegment] | None = None
    """One vector for each clip and kind, and those of the whole video if asked for."""


class EmbedTasksStatusResponse(OpenModel):
    """Status of one embedding task."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the embedding task."""
    model_name: str | None = None
    """Model that makes the embeddings."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Status of the task. An open list."""
    video_embedding: VideoEmbeddingTaskVideoEmbedding | None = None
    """How the video is embedded, without the vectors."""


class EmbeddingMetadata(OpenModel):
    """Where the input of an embedding came from."""

    input_url: str | None = None
    """URL of the input, if a URL was given."""
    input_filename: str | None = None
    """Name of the uploaded file, if a file was given."""


class EmbeddingResponse(OpenModel):
    """One embedding for each kind of input; a kind that failed has its own `error_message`."""

    model_name: str
    """Model that made the embeddings."""
    text_embedding: TextEmbedding | None = None
    """Embedding of the text."""
    image_embedding: ImageEmbedding | None = None
    """Embedding of the image."""
    audio_embedding: AudioEmbedding | None = None
    """Embedding of the audio."""


class Error(OpenModel):
    """Why a request was rejected.

    No source guarantees that any of the keys is present.
    """

    code: str | None = None
    """Short name of the reason, for programs. The list is open."""
    message: str | None = None
    """The reason in a sentence, for people."""
    docs_url: str | None = None
    """Where to read more about the reason."""


class FailedFile(OpenModel):
    """One file that was not imported."""

    filename: str | None = None
    """Name of the file in the storage."""
    error_message: str | None = None
    """Why it was not imported."""


class GenerateRequest(ClosedModel):
    """A question or an instruction about one video."""

    video_id: Annotated[str, Field(min_length=1)]
    """Identifier of the indexed video. Not empty."""
    prompt: str
    """What the model should write about the video. At most 2,000 tokens, which are not characters."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """
    stream: bool | None = None
    """Whether the text comes in pieces while it is written (`true`), or in one object at the end (`false`). Default
    `true`.
    """


class Gist(OpenModel):
    """Short labels for a video.

    A key is present when its label was asked for.
    """

    id: str | None = None
    """Identifier of the response."""
    title: str | None = None
    """A title for the video; answers `title`."""
    topics: list[str] | None = None
    """What the video is about; answers `topic`."""
    hashtags: list[str] | None = None
    """Tags for social media; answers `hashtag`."""
    usage: TokenUsage | None = None
    """Token usage of the labels."""


class GistRequest(ClosedModel):
    """Which video to label, and with what."""

    video_id: Annotated[str, Field(min_length=1)]
    """Identifier of the indexed video. Not empty."""
    types: Annotated[list[Literal["title", "topic", "hashtag"]], Field(min_length=1)]
    """Labels to generate. The names are singular here; two of the keys in the response are plural. Not empty, no
    duplicates.
    """


class Highlight(OpenModel):
    """One important moment of a video."""

    start: int | None = None
    """Start of the moment, in whole seconds from the start of the video."""
    end: int | None = None
    """End of the moment, in whole seconds from the start of the video."""
    start_sec: float | None = None
    """Start of the moment, in seconds from the start of the video."""
    end_sec: float | None = None
    """End of the moment, in seconds from the start of the video."""
    highlight: str | None = None
    """Headline of the moment."""
    highlight_summary: str | None = None
    """What happens at the moment."""


class Hls(OpenModel):
    """The video as an HTTP Live Streaming source.

    Present when the upload asked for it (`enable_video_stream`).
    """

    video_url: str | None = None
    """URL of the stream's playlist."""
    thumbnail_urls: list[str] | None = None
    """URLs of still pictures."""
    status: Literal["PROCESSING", "COMPLETE", "CANCELED", "ERROR"] | str | None = None
    """Status of the conversion into a stream."""
    updated_at: str | None = None
    """When `status` last changed."""


class ImageEmbedding(OpenModel):
    """Embedding of an image, or the reason why there is none."""

    error_message: str | None = None
    """Why the embedding could not be made."""
    segments: list[BaseSegment] | None = None
    """The vectors."""
    metadata: EmbeddingMetadata | None = None
    """Where the image came from."""


class ImportLog(OpenModel):
    """One import and the result for each of its files."""

    index_id: str | None = None
    """Index that the import fills."""
    index_name: str | None = None
    """Name of that index."""
    created_at: str | None = None
    """When the import began."""
    ended_at: str | None = None
    """When the import ended; null while it runs."""
    video_status: ImportLogVideoStatus | None = None
    """How many videos of this import are in each status."""
    failed_files: list[FailedFile] | None = None
    """Files that could not be imported, with the reason."""


class ImportLogVideoStatus(OpenModel):
    """Number of videos of one import by status; all six are always given."""

    ready: int
    """Videos that are indexed."""
    validating: int
    """Videos whose requirements are being checked."""
    queued: int
    """Videos that wait for indexing."""
    pending: int
    """Videos whose indexing is pending."""
    indexing: int
    """Videos that are being indexed."""
    failed: int
    """Videos that could not be imported."""


class IndexModel(OpenModel):
    """One model of an index and what it looks at."""

    model_name: str | None = None
    """Name and version of the model; the list is open."""
    model_options: list[Literal["visual", "audio"] | str] | None = None
    """What the model takes from a video."""


class IndexSchema(OpenModel):
    """An index, its models and totals over its videos."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the index."""
    created_at: str | None = None
    """When the index was created."""
    updated_at: str | None = None
    """When the index last changed."""
    expires_at: str | None = None
    """When the index will be removed; null if never."""
    index_name: str | None = None
    """Name of the index."""
    total_duration: float | None = None
    """Duration of all videos of the index together, in seconds."""
    video_count: float | None = None
    """Number of videos in the index."""
    models: list[IndexModel] | None = None
    """Models that process the videos of the index."""
    addons: list[Literal["thumbnail"] | str] | None = None
    """Add-ons of the index."""


class IndexesCreateRequest(ClosedModel):
    """What a new index is called and how it processes its videos.

    Add-ons need at least one Marengo model.
    """

    index_name: str
    """Name of the index; unique within the account."""
    models: Annotated[list[IndexesCreateRequestModelsItem], Field(min_length=1)]
    """Models that process the videos of the index. Not empty."""
    addons: list[Literal["thumbnail"]] | None = None
    """Extra processing; none if left out. An add-on cannot be switched off later."""


class IndexesCreateRequestModelsItem(ClosedModel):
    """One model of a new index and what it looks at."""

    model_name: str
    """Name and version of the model; the list is open."""
    model_options: Annotated[list[Literal["visual", "audio"]], Field(min_length=1)]
    """What the model takes from a video, the picture, the sound, or both. Not empty, no duplicates."""


class IndexesCreateResponse(OpenModel):
    """Identifier of the index just created."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the new index."""


class IndexesListResponse(OpenModel):
    """One page of indexes."""

    data: list[IndexSchema] | None = None
    """The indexes of this page; empty beyond the last page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class IndexesUpdateRequest(ClosedModel):
    """The new name of an index."""

    index_name: str
    """New name of the index."""


class NonStreamAnalyzeResponse(OpenModel):
    """The generated text in one piece."""

    id: str | None = None
    """Identifier of the response."""
    data: str | None = None
    """The text. Other operations use this key for a list."""
    usage: TokenUsage | None = None
    """Token usage of the text."""


class NumberRange(ClosedModel):
    """A range of numbers, its ends included.

    One end may be left open.
    """

    gte: float | None = None
    """Smallest number of the range."""
    lte: float | None = None
    """Largest number of the range."""


class PageInfo(OpenModel):
    """Where a numbered page stands in its list."""

    limit_per_page: int | None = None
    """Largest number of items on a page; repeats `page_limit` of the request."""
    page: int | None = None
    """Number of this page, counted from 1."""
    total_page: int | None = None
    """Number of pages in the list."""
    total_results: int | None = None
    """Number of items on all pages together."""


class SearchClip(OpenModel):
    """One matching clip of a video, when matches are grouped by video."""

    score: float | None = None
    """How well the clip matches; higher is better."""
    start: float | None = None
    """Start of the clip, in seconds from the start of the video."""
    end: float | None = None
    """End of the clip, in seconds from the start of the video."""
    confidence: Literal["high", "medium", "low", "extremely low"] | str | None = None
    """Confidence level that the clip matches."""
    thumbnail_url: str | None = None
    """URL of a picture of the clip, gone after one hour; needs the thumbnail add-on."""
    transcription: str | None = None
    """Words spoken in the clip."""
    video_id: str | None = None
    """Identifier of the video of the clip."""
    user_metadata: Metadata | None = None
    """User metadata of the video; only if asked for."""


class SearchCreateRequest(ClosedModel):
    """A search.

    It needs `query_text`, or an image given by `query_media_type` with `query_media_url` or `query_media_file`, or both
    kinds of query.
    """

    index_id: Annotated[str, Field(min_length=1)]
    """Identifier of the index to search. Not empty."""
    search_options: Annotated[list[Literal["visual", "audio"]], Field(min_length=1)]
    """Where to look, in the picture, the sound, or both. A subset of the model options of the index. Not empty."""
    query_media_type: Literal["image"] | None = None
    """Kind of the media given as the query; needed with `query_media_url` and `query_media_file`."""
    query_media_url: str | None = None
    """Public URL of the media given as the query. Wins over `query_media_file` if both are given."""
    query_media_file: bytes | None = None
    """The media given as the query, a JPEG or PNG file of at most 5 MB and at least 64 x 64 pixels."""
    query_text: str | None = None
    """What to look for, in natural language."""
    adjust_confidence_level: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """How strictly confidence levels are assigned; a lower value lets more matches reach each level. 0 to 1, default
    0.5.
    """
    group_by: Literal["video", "clip"] | None = None
    """Whether an item of the answer is one matching clip, or one video with its matching clips. Default `clip`."""
    threshold: Literal["high", "medium", "low", "none"] | None = None
    """Lowest confidence level to return; `none` returns every match. Default `low`."""
    sort_option: Literal["score", "clip_count"] | None = None
    """Best score first, or most matching clips first. A group of clips counts with its best score. `clip_count` only
    with `group_by` set to `video`. Default `score`.
    """
    operator: Literal["or", "and"] | None = None
    """Whether a match in one of several search options is enough (`or`) or all are needed (`and`). Default `or`."""
    page_limit: Annotated[int | None, Field(ge=1, le=50)] = None
    """Most items on a page, videos if grouped by video, otherwise clips. 1 to 50, default 10."""
    filter: str | None = None
    """Conditions that the video of a match must meet, as JSON text."""
    include_user_metadata: bool | None = None
    """Whether items carry the user metadata of their video."""


class SearchFilter(OpenModel):
    """Conditions on videos by field.

    The fields named here are known to the service; any other name is a user metadata key, compared with upper and lower
    case apart. How several fields combine is not documented.
    """

    id: list[Annotated[str, Field(min_length=1)]] | None = None
    """Identifiers of the videos to search in."""
    duration: SearchFilterNumber | None = None
    """Duration of the video, in seconds."""
    width: SearchFilterNumber | None = None
    """Width of the video, in pixels."""
    height: SearchFilterNumber | None = None
    """Height of the video, in pixels."""
    size: SearchFilterNumber | None = None
    """Size of the video file, in bytes."""
    filename: str | None = None
    """Name of the video file, in full."""


class SearchItem(OpenModel):
    """One match: a clip, or, when grouped by video, a video (`id`) with its matching `clips`."""

    score: float | None = None
    """How well the clip matches; higher is better."""
    start: float | None = None
    """Start of the clip, in seconds from the start of the video."""
    end: float | None = None
    """End of the clip, in seconds from the start of the video."""
    video_id: str | None = None
    """Identifier of the video of the clip."""
    confidence: Literal["high", "medium", "low", "extremely low"] | str | None = None
    """Confidence level that the clip matches."""
    thumbnail_url: str | None = None
    """URL of a picture of the clip, gone after one hour; needs the thumbnail add-on."""
    transcription: str | None = None
    """Words spoken in the clip. A string here, a list in `indexes.videos.retrieve`."""
    id: str | None = None
    """Identifier of the video; only when grouped by video."""
    user_metadata: Metadata | None = None
    """User metadata of the video; only if asked for."""
    clips: list[SearchClip] | None = None
    """The matching clips of the video; only when grouped by video."""


class SearchPageError(OpenModel):
    """Why a later page of search results was rejected.

    It differs from `Error` in its number; the keys of `Error` may come instead.
    """

    error_code: int | None = None
    """Number of the reason."""
    message: str | None = None
    """The reason in a sentence, for people."""


class SearchPool(OpenModel):
    """What was searched."""

    total_count: int | None = None
    """Number of videos in the index searched."""
    total_duration: float | None = None
    """Duration of all these videos together, in seconds."""
    index_id: str | None = None
    """Identifier of the index searched."""


class SearchResults(OpenModel):
    """The first page of a search."""

    data: list[SearchItem] | None = None
    """The matches of this page."""
    page_info: SearchResultsPageInfo | None = None
    """Size of the result and the way to the next page."""
    search_pool: SearchPool | None = None
    """What was searched."""


class SearchResultsPageInfo(OpenModel):
    """Size of a search result and the way to its next page."""

    limit_per_page: int | None = None
    """Most items on a page."""
    page_expires_at: str | None = None
    """When the page tokens of this search expire."""
    total_results: int | None = None
    """Number of results; it is unclear whether these are videos or clips."""
    total_inner_matches: int | None = None
    """When grouped by video, the number of matching clips."""
    next_page_token: str | None = None
    """Token of the next page; absent on the last page."""


class SearchRetrievePageInfo(OpenModel):
    """Size of a search result and the ways to the pages around one page of it."""

    limit_per_page: int | None = None
    """Most items on a page."""
    page_expires_at: str | None = None
    """When the page tokens of this search expire."""
    total_results: int | None = None
    """Number of results; it is unclear whether these are videos or clips."""
    total_inner_matches: int | None = None
    """When grouped by video, the number of matching clips."""
    next_page_token: str | None = None
    """Token of the next page; absent on the last page."""
    prev_page_token: str | None = None
    """Token of the page before this one."""


class SearchRetrieveResponse(OpenModel):
    """A page of a search, fetched by its token."""

    data: list[SearchItem] | None = None
    """The matches of this page."""
    page_info: SearchRetrievePageInfo | None = None
    """Size of the result and the ways to the pages around this one."""
    search_pool: SearchPool | None = None
    """What was searched."""


class StreamEndResponse(OpenModel):
    """Last event of a stream.

    Without it the text is cut short.
    """

    event_type: Literal["stream_end"]
    """Marks this event."""
    metadata: StreamEndResponseMetadata | None = None
    """What is known once the text is complete."""


class StreamEndResponseMetadata(OpenModel):
    """What is known once the text is complete."""

    generation_id: str | None = None
    """Identifier of the generated text, the same as in the first event."""
    usage: TokenUsage | None = None
    """Token usage of the text."""


class StreamStartResponse(OpenModel):
    """First event of a stream."""

    event_type: Literal["stream_start"]
    """Marks this event."""
    metadata: StreamStartResponseMetadata | None = None
    """What is known before the text begins."""


class StreamStartResponseMetadata(OpenModel):
    """What is known before the text begins."""

    generation_id: str | None = None
    """Identifier of the generated text, the same in the last event."""


class SummarizeChapter(OpenModel):
    """A video divided into chapters."""

    summarize_type: Literal["chapter"]
    """Marks this variant."""
    id: str | None = None
    """Identifier of the response."""
    chapters: list[Chapter] | None = None
    """The chapters in the order of the video."""
    usage: TokenUsage | None = None
    """Token usage of the text."""


class SummarizeHighlight(OpenModel):
    """The most important moments of a video."""

    summarize_type: Literal["highlight"]
    """Marks this variant."""
    id: str | None = None
    """Identifier of the response."""
    highlights: list[Highlight] | None = None
    """The moments in the order of the video."""
    usage: TokenUsage | None = None
    """Token usage of the text."""


class SummarizeRequest(ClosedModel):
    """Which video to summarise, and how."""

    video_id: Annotated[str, Field(min_length=1)]
    """Identifier of the indexed video. Not empty."""
    type: Literal["summary", "chapter", "highlight"]
    """Form of the result, `summary` for one text, `chapter` for the parts of the video in order, `highlight` for its
    most important moments in order. It decides the variant of the response.
    """
    prompt: str | None = None
    """Context for the text, such as audience and tone. At most 2,000 tokens, which are not characters."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """


class SummarizeSummary(OpenModel):
    """A video summarised in one text."""

    summarize_type: Literal["summary"]
    """Marks this variant."""
    id: str | None = None
    """Identifier of the response."""
    summary: str | None = None
    """The text."""
    usage: TokenUsage | None = None
    """Token usage of the text."""


class SystemMetadata(OpenModel):
    """What the service found out about a video file.

    Which keys are present depends on the operation. The vendor's prose also names the keys `model_names` and
    `video_title`, and no source gives their types; they are kept as they come.
    """

    duration: float | None = None
    """Length in seconds."""
    filename: str | None = None
    """Name of the uploaded file."""
    fps: float | None = None
    """Frames per second."""
    height: int | None = None
    """Height of the picture in pixels."""
    width: int | None = None
    """Width of the picture in pixels."""
    size: float | None = None
    """Size of the file in bytes."""


class TasksCreateRequest(ClosedModel):
    """A video to upload and the index that takes it.

    Give `video_file` or `video_url`; if both are given, `video_url` is assumed to win, as it does for embedding tasks
    (ledger A23).
    """

    index_id: Annotated[str, Field(min_length=1)]
    """Index that receives the video. Not empty."""
    video_file: bytes | None = None
    """The video itself, uploaded with the request."""
    video_url: str | None = None
    """Public URL of the raw video file; pages that only show a video, and share links, are rejected."""
    enable_video_stream: bool | None = None
    """Whether the platform keeps the video for HLS streaming, so that `indexes.videos.retrieve` returns its `hls`
    URLs. For the default see ledger A9.
    """
    user_metadata: str | None = None
    """Your own keys and values for the video, as the JSON text of a flat object."""


class TasksCreateResponse(OpenModel):
    """The new indexing task."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexing task; not that of the video."""
    video_id: str | None = None
    """Identifier that the video has, or will have, in its index."""


class TasksListResponse(OpenModel):
    """One page of indexing tasks."""

    data: list[VideoIndexingTask] | None = None
    """The tasks of this page; empty on a page beyond the last one."""
    page_info: PageInfo | None = None
    """Where this page stands in the whole list."""


class TasksRetrieveResponse(OpenModel):
    """One indexing task, with the streaming URLs of its video if it was uploaded for streaming."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexing task; not that of the video."""
    video_id: str | None = None
    """Identifier of the video in its index."""
    created_at: str | None = None
    """When the task was created."""
    updated_at: str | None = None
    """When the task last went from one status to another."""
    status: Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"] | str | None = None
    """Status of the task. An open list (ledger A20)."""
    index_id: str | None = None
    """Index that the video belongs to."""
    system_metadata: SystemMetadata | None = None
    """What the platform measured on the video."""
    hls: Hls | None = None
    """Streaming URLs; present only if the upload asked for `enable_video_stream`."""


class TextEmbedding(OpenModel):
    """Embedding of a text, or the reason why there is none."""

    error_message: str | None = None
    """Why the embedding could not be made."""
    segments: list[BaseSegment] | None = None
    """The vectors."""


class TextGenerationResponse(OpenModel):
    """The next piece of the text."""

    event_type: Literal["text_generation"]
    """Marks this event."""
    text: str | None = None
    """The piece. It may end inside a word, so pieces are joined with nothing between them."""


class TokenUsage(OpenModel):
    """Token usage of a generated text."""

    output_tokens: int | None = None
    """Number of tokens in the generated text."""


class TranscriptionItem(OpenModel):
    """Words spoken during one stretch of a video."""

    start: float | None = None
    """Start of the stretch, in seconds from the start of the video."""
    end: float | None = None
    """End of the stretch, in seconds from the start of the video."""
    value: str | None = None
    """The words."""


class TransfersCreateRequest(ClosedModel):
    """What to import, and into which index."""

    index_id: Annotated[str, Field(min_length=1)]
    """Index that receives the videos. Not empty."""
    incremental_import: bool | None = None
    """Skip files that the index already holds; `false` imports every file, duplicates too. Default `true`."""
    retry_failed: bool | None = None
    """Also try files again that failed in an earlier import. Default `false`."""
    user_metadata: UserMetadata | None = None
    """Your own keys and values, set on every video of this import. A JSON object here, not JSON text as for a single
    upload. What the platform measures itself cannot be overridden; objects and arrays fit only as text.
    """


class TransfersCreateResponse(OpenModel):
    """Which files the import accepts and which it rejects."""

    videos: list[TransfersCreateResponseVideosItem] | None = None
    """Files that will be imported."""
    failed_files: list[FailedFile] | None = None
    """Files that will not be imported, mostly because they miss a requirement of the index's models."""


class TransfersCreateResponseVideosItem(OpenModel):
    """One file that will be imported."""

    video_id: str | None = None
    """Identifier of the video and, at the same time, of its indexing task."""
    filename: str | None = None
    """Name of the file in the storage."""


class TransfersGetLogsResponse(OpenModel):
    """All imports of one integration, in one piece."""

    data: list[ImportLog] | None = None
    """The imports, oldest first."""


class TransfersGetStatusResponse(OpenModel):
    """The videos of one integration and one index, grouped by status."""

    not_imported: list[str] | None = None
    """Names of the files that were not imported."""
    validating: list[VideoItem] | None = None
    """Videos whose requirements are being checked."""
    pending: list[VideoItem] | None = None
    """Videos whose indexing is pending."""
    queued: list[VideoItem] | None = None
    """Videos that wait for indexing."""
    indexing: list[VideoItem] | None = None
    """Videos that are being indexed."""
    ready: list[VideoItem] | None = None
    """Videos that are indexed."""
    failed: list[VideoItemFailed] | None = None
    """Videos that could not be imported."""


class VideoEmbedding(OpenModel):
    """Embeddings of an indexed video and the model that made them."""

    model_name: str | None = None
    """Model that made the embeddings, in the spelling of the embed operations."""
    video_embedding: VideoEmbeddingSegments | None = None
    """The embeddings themselves."""


class VideoEmbeddingMetadata(OpenModel):
    """Where an embedded video came from, and how it was cut."""

    input_url: str | None = None
    """URL of the video, if a URL was given."""
    input_filename: str | None = None
    """Name of the uploaded file, if a file was given."""
    video_clip_length: float | None = None
    """Length of a clip in seconds."""
    video_embedding_scope: list[Literal["clip", "video"] | str] | None = None
    """Which vectors were asked for, those of the clips or also that of the whole video."""
    duration: float | None = None
    """Duration of the video in seconds."""


class VideoEmbeddingSegments(OpenModel):
    """The embeddings of an indexed video, segment by segment."""

    segments: list[VideoSegment] | None = None
    """One embedding for each segment and kind."""


class VideoEmbeddingTask(OpenModel):
    """One embedding task, as listed."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the embedding task."""
    model_name: str | None = None
    """Model that makes the embeddings."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Status of the task. An open list."""
    created_at: str | None = None
    """When the task was created."""
    video_embedding: VideoEmbeddingTaskVideoEmbedding | None = None
    """How the video is embedded, without the vectors."""


class VideoEmbeddingTaskVideoEmbedding(OpenModel):
    """How a video is embedded, without the vectors."""

    metadata: VideoEmbeddingMetadata | None = None
    """Where the video came from, and how it was cut."""


class VideoIndexingTask(OpenModel):
    """One indexing task, as listed."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexing task; not that of the video."""
    video_id: str | None = None
    """Identifier of the video in its index."""
    created_at: str | None = None
    """When the task was created."""
    updated_at: str | None = None
    """When the task last went from one status to another."""
    status: Literal["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"] | str | None = None
    """Status of the task. An open list (ledger A20)."""
    index_id: str | None = None
    """Index that the video belongs to."""
    system_metadata: SystemMetadata | None = None
    """What the platform measured on the video."""


class VideoItem(OpenModel):
    """One imported video."""

    video_id: str
    """Identifier of the video."""
    filename: str
    """Name of the file in the storage."""
    created_at: str
    """When the entry for this video was created."""


class VideoItemFailed(OpenModel):
    """One video whose import failed; it has no identifier."""

    filename: str
    """Name of the file in the storage."""
    created_at: str
    """When the entry for this video was created."""
    error_message: str
    """Why the import of this video failed."""


class VideoSegment(OpenModel):
    """The vector of one clip, or of the whole video."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""
    start_offset_sec: float | None = None
    """Where the segment begins, in seconds from the start; 0 for the whole video."""
    end_offset_sec: float | None = None
    """Where the segment ends, in seconds from the start; the duration for the whole video."""
    embedding_option: Literal["visual-text", "audio"] | str | None = None
    """The part of the segment that was embedded. An open list."""
    embedding_scope: Literal["clip", "video"] | str | None = None
    """Whether the vector stands for one clip or for the whole video. An open list."""


class VideoVector(OpenModel):
    """An indexed video, as a list shows it."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the video; not that of its indexing task."""
    created_at: str | None = None
    """When the indexing task of the video was created."""
    updated_at: str | None = None
    """When the video or its indexing task last changed."""
    indexed_at: str | None = None
    """When indexing of the video ended."""
    system_metadata: SystemMetadata | None = None
    """What the service found out about the file."""


class VideosListResponse(OpenModel):
    """One page of the videos of an index."""

    data: list[VideoVector] | None = None
    """The videos of this page; empty beyond the last page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class VideosPartialUpdateRequest(ClosedModel):
    """User metadata keys to change or remove on a video."""

    user_metadata: UserMetadataPatch | None = None
    """The keys to change; null removes a key."""


class VideosRetrieveResponse(OpenModel):
    """An indexed video in full."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the video."""
    created_at: str | None = None
    """When the indexing task of the video was created."""
    updated_at: str | None = None
    """When the video or its indexing task last changed."""
    indexed_at: str | None = None
    """When indexing of the video ended."""
    system_metadata: SystemMetadata | None = None
    """What the service found out about the file."""
    user_metadata: Metadata | None = None
    """User metadata of the video."""
    hls: Hls | None = None
    """Stream of the video; present only if it was uploaded to be streamed."""
    embedding: VideoEmbedding | None = None
    """Embeddings of the video; present only if asked for with `embedding_option`."""
    transcription: list[TranscriptionItem] | None = None
    """Spoken words in order; present only if asked for with `transcription`."""


class VideosUpdateRequest(ClosedModel):
    """User metadata to set on a video."""

    user_metadata: UserMetadata | None = None
    """The user metadata to set."""


Metadata: TypeAlias = dict[str, Any]
"""The user's own facts about a video as the service returns them. Strings, numbers and booleans are documented, and
clients should accept any value.
"""

SearchFilterNumber: TypeAlias = float | NumberRange
"""A number to be equal to, or the range to lie in."""

SearchFilterValue: TypeAlias = str | float | bool | NumberRange
"""A user metadata value to be equal to, or the range for a number to lie in."""

StreamAnalyzeResponse: TypeAlias = Annotated[
    StreamStartResponse | TextGenerationResponse | StreamEndResponse, Field(discriminator="event_type")
]
"""One line of a streamed answer. A stream is one `stream_start`, then any number of `text_generation`, then one
`stream_end`.
"""

SummarizeResponse: TypeAlias = Annotated[
    SummarizeSummary | SummarizeChapter | SummarizeHighlight, Field(discriminator="summarize_type")
]
"""The summary of a video in the form that the request asked for."""

UserMetadata: TypeAlias = dict[str, str | float | bool]
"""The user's own facts about a video, a flat map. Keys are case-sensitive. A list or an object has to be written as
text. The names `duration`, `filename`, `fps`, `height`, `model_names`, `size`, `video_title` and `width` belong
to the service and cannot be overridden.
"""

UserMetadataPatch: TypeAlias = dict[str, str | float | bool | None]
"""Changes to the user's own facts about a video. Each key in the map is set to its value, and `null` deletes the
key; other keys stay as they are. The keys of `UserMetadata` that belong to the service cannot be overridden.
"""
