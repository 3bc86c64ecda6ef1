# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""The schemas of TwelveLabs API, version 1.3."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from apicontract.client import ClosedModel, OpenModel, UnknownEvent

__all__ = [
    "AnalyzeBatchCreatedItem",
    "AnalyzeBatchDefaults",
    "AnalyzeBatchItemError",
    "AnalyzeBatchItemRequest",
    "AnalyzeBatchRequest",
    "AnalyzeBatchResultItem",
    "AnalyzeBatchStatusResponse",
    "AnalyzeBatchVideo",
    "AnalyzeBatchesListResponse",
    "AnalyzeImageInput",
    "AnalyzePromptV2",
    "AnalyzeRequest",
    "AnalyzeTaskCanceledWebhookData",
    "AnalyzeTaskCanceledWebhookEvent",
    "AnalyzeTaskError",
    "AnalyzeTaskFailedWebhookData",
    "AnalyzeTaskFailedWebhookEvent",
    "AnalyzeTaskJsonSchema",
    "AnalyzeTaskMediaSource",
    "AnalyzeTaskPromptV2",
    "AnalyzeTaskReadyWebhookData",
    "AnalyzeTaskReadyWebhookEvent",
    "AnalyzeTaskRequest",
    "AnalyzeTaskRequestParams",
    "AnalyzeTaskResponse",
    "AnalyzeTaskResponseFormat",
    "AnalyzeTaskResult",
    "AnalyzeTaskResultUsage",
    "AnalyzeTaskSegmentDefinition",
    "AnalyzeTaskSegmentField",
    "AnalyzeTaskSegmentFieldItems",
    "AnalyzeTaskTimeArrayItemField",
    "AnalyzeTaskTimeArrayItemFieldItems",
    "AnalyzeTaskTimeRange",
    "AnalyzeTaskVideoMetadata",
    "AnalyzeTaskVideoSource",
    "AnalyzeTaskWebhookError",
    "AnalyzeTaskWebhookInfo",
    "AnalyzeTaskWebhookVideoMetadata",
    "AnalyzeTaskWebhookVideoSource",
    "AnalyzeTasksListResponse",
    "AnalyzeTimeRange",
    "AnswerSchema",
    "AnswerSchemaPart",
    "AnswerSchemaValue",
    "Asset",
    "AssetDetail",
    "AssetError",
    "AssetHls",
    "AssetMetadata",
    "AssetMetadataPatch",
    "AssetSource",
    "AssetSourceDetails",
    "AssetThumbnail",
    "AssetTranscriptionEntry",
    "AssetTranscriptionError",
    "AssetTranscriptionResponse",
    "AssetTranscriptionUtterance",
    "AssetTypeFilter",
    "AssetsCreateRequest",
    "AssetsListResponse",
    "AssetsReplaceUserMetadataRequest",
    "AssetsUpdateUserMetadataRequest",
    "AsyncAudioInputRequest",
    "AsyncDocumentInputRequest",
    "AsyncDocumentMetadata",
    "AsyncImageInputRequest",
    "AsyncImageMetadata",
    "AsyncResponseFormat",
    "AsyncTemporalSegmentation",
    "AsyncVideoInputRequest",
    "AudioEmbedding",
    "AudioEmbeddingMetadata",
    "AudioInputRequest",
    "AudioSegment",
    "AudioSegmentation",
    "AudioSegmentationFixed",
    "AudioStream",
    "AuthorizeConnectionRequest",
    "AuthorizeConnectionResponse",
    "BaseSegment",
    "BulkCreateEntityResponse",
    "BulkCreatedEntity",
    "BulkEntityError",
    "CancelAnalyzeTaskResponse",
    "ChunkInfo",
    "CompletedChunk",
    "Connection",
    "ConnectionAccount",
    "CreateAnalyzeBatchResponse",
    "CreateAnalyzeTaskResponse",
    "CreateAssetUploadRequest",
    "CreateAssetUploadResponse",
    "CreateAsyncEmbeddingRequest",
    "CreateConnectionPickerTokenResponse",
    "CreateEmbeddingsRequest",
    "CreateRedirectUriRequest",
    "DocumentEmbeddingMetadata",
    "DocumentSegmentation",
    "DocumentSequentialSegmentation",
    "DocumentSpatialSegmentation",
    "EffectiveSearchOptions",
    "EffectiveVideoSearchOptions",
    "EmbedCreateRequest",
    "EmbedTasksCreateRequest",
    "EmbedTasksCreateResponse",
    "EmbedTasksListResponse",
    "EmbedTasksRetrieveResponse",
    "EmbedTasksRetrieveResponseVideoEmbedding",
    "EmbedTasksStatusResponse",
    "EmbedV2TasksCreateResponse",
    "EmbedV2TasksCreateResponseMetadata",
    "EmbedV2TasksListResponse",
    "EmbeddingAudioMetadata",
    "EmbeddingData",
    "EmbeddingImageMetadata",
    "EmbeddingInputTokens",
    "EmbeddingMediaMetadata",
    "EmbeddingMetadata",
    "EmbeddingMultiInputMetadata",
    "EmbeddingResponse",
    "EmbeddingSuccessResponse",
    "EmbeddingTaskMediaMetadata",
    "EmbeddingTaskResponse",
    "EmbeddingTaskResponseError",
    "EmbeddingTextImageMetadata",
    "EmbeddingUsage",
    "EmbeddingVideoMetadata",
    "EnrichmentConfig",
    "EnrichmentConfigDescription",
    "EnrichmentConfigJsonSchema",
    "EnrichmentSchema",
    "EnrichmentSchemaItems",
    "EnrichmentSchemaProperties",
    "EnrichmentSchemaProperty",
    "EntitiesCreateBulkRequest",
    "EntitiesCreateRequest",
    "EntitiesListByAssetResponse",
    "EntitiesListResponse",
    "EntitiesUpdateRequest",
    "Entity",
    "EntityAssetsRequest",
    "EntityCollection",
    "EntityCollectionsCreateRequest",
    "EntityCollectionsListResponse",
    "EntityCollectionsUpdateRequest",
    "EntityMetadata",
    "Error",
    "ErrorDetail",
    "ErrorDetails",
    "ErrorResponse",
    "GetUploadStatusResponse",
    "Hls",
    "ImageEmbedding",
    "ImageEmbeddingMetadata",
    "ImageInputRequest",
    "ImageMetadata",
    "ImageSearchHit",
    "ImageSearchItemMetadata",
    "ImageSearchSystemMetadata",
    "Import",
    "ImportDetail",
    "ImportFilesRequest",
    "ImportFilesRequestItemsItem",
    "ImportItem",
    "ImportItemError",
    "ImportResult",
    "IncompleteUploadSummary",
    "IndexModel",
    "IndexSchema",
    "IndexTaskFailedWebhookEvent",
    "IndexTaskReadyWebhookEvent",
    "IndexTaskWebhookData",
    "IndexTaskWebhookMetadata",
    "IndexTaskWebhookModel",
    "IndexedAsset",
    "IndexedAssetDetailed",
    "IndexedAssetSummary",
    "IndexedAssetSummaryIndex",
    "IndexedAssetUserMetadata",
    "IndexedAssetsCreateRequest",
    "IndexedAssetsCreateResponse",
    "IndexedAssetsListByAssetResponse",
    "IndexedAssetsListResponse",
    "IndexedAssetsUpdateRequest",
    "IndexesCreateRequest",
    "IndexesCreateRequestModelsItem",
    "IndexesCreateResponse",
    "IndexesListResponse",
    "IndexesUpdateRequest",
    "IngestionConfig",
    "IntegerRange",
    "ItemCollectionMetadataUpdate",
    "ItemIdFilter",
    "KnowledgeStore",
    "KnowledgeStoreItem",
    "KnowledgeStoreItemCollection",
    "KnowledgeStoreItemCollectionsAddItemsRequest",
    "KnowledgeStoreItemCollectionsCreateRequest",
    "KnowledgeStoreItemCollectionsListItemsResponse",
    "KnowledgeStoreItemCollectionsListResponse",
    "KnowledgeStoreItemCollectionsRemoveItemsRequest",
    "KnowledgeStoreItemCollectionsUpdateRequest",
    "KnowledgeStoreItemMetadata",
    "KnowledgeStoreItemSystemMetadata",
    "KnowledgeStoreItemsCreateRequest",
    "KnowledgeStoreItemsListResponse",
    "KnowledgeStoreMetadata",
    "KnowledgeStoreMetadataUpdate",
    "KnowledgeStoreSearchQuery",
    "KnowledgeStoresCreateRequest",
    "KnowledgeStoresListResponse",
    "KnowledgeStoresUpdateRequest",
    "ListConnectionsResponse",
    "ListImportsResponse",
    "ListIncompleteUploadsResponse",
    "ListRedirectUrisResponse",
    "MediaEmbeddingTask",
    "MediaEmbeddingTaskAudioEmbedding",
    "MediaEmbeddingTaskDocumentEmbedding",
    "MediaEmbeddingTaskImageEmbedding",
    "MediaEmbeddingTaskVideoEmbedding",
    "MediaSource",
    "Metadata",
    "MultiInputMediaSource",
    "MultiInputRequest",
    "NonStreamAnalyzeResponse",
    "NumberRange",
    "PageInfo",
    "PresignedUrlChunk",
    "RedirectUri",
    "ReportChunkBatchRequest",
    "ReportChunkBatchResponse",
    "RequestAdditionalPresignedUrlsRequest",
    "RequestAdditionalPresignedUrlsResponse",
    "ResponseAnnotation",
    "ResponseIncompleteDetails",
    "ResponseInputItem",
    "ResponseObject",
    "ResponseOutputContentPart",
    "ResponseOutputItem",
    "ResponseSelection",
    "ResponseStreamCompletedEvent",
    "ResponseStreamContentPartAddedEvent",
    "ResponseStreamContentPartDoneEvent",
    "ResponseStreamCreatedEvent",
    "ResponseStreamEvent",
    "ResponseStreamFailedEvent",
    "ResponseStreamFuncCallArgsDoneEvent",
    "ResponseStreamInProgressEvent",
    "ResponseStreamKeepAliveEvent",
    "ResponseStreamOutputItemAddedEvent",
    "ResponseStreamOutputItemDoneEvent",
    "ResponseStreamOutputTextDeltaEvent",
    "ResponseStreamOutputTextDoneEvent",
    "ResponseUsage",
    "ResponsesCreateRequest",
    "SearchClip",
    "SearchCreateRequest",
    "SearchFilter",
    "SearchFilterNumber",
    "SearchFilterValue",
    "SearchItem",
    "SearchKnowledgeStoreFilter",
    "SearchKnowledgeStoreHit",
    "SearchKnowledgeStoreOptions",
    "SearchKnowledgeStoreRequest",
    "SearchKnowledgeStoreResponse",
    "SearchPageError",
    "SearchPool",
    "SearchResults",
    "SearchResultsPageInfo",
    "SearchRetrievePageInfo",
    "SearchRetrieveResponse",
    "SegmentDefinition",
    "SegmentField",
    "SegmentFieldItems",
    "SmeMediaSource",
    "StoredEnrichmentConfig",
    "StoredEnrichmentSchema",
    "StoredIngestionConfig",
    "StoredMetadata",
    "StreamAnalyzeResponse",
    "StreamEndResponse",
    "StreamEndResponseMetadata",
    "StreamStartResponse",
    "StreamStartResponseMetadata",
    "SyncResponseFormat",
    "SystemMetadata",
    "TasksCreateRequest",
    "TasksCreateResponse",
    "TasksListResponse",
    "TasksRetrieveResponse",
    "TechnicalMetadata",
    "TemporalSegmentation",
    "TemporalSegmentationDynamic",
    "TemporalSegmentationDynamicDynamic",
    "TemporalSegmentationFixed",
    "TemporalSegmentationFixedFixed",
    "TextEmbedding",
    "TextGenerationResponse",
    "TextImageInputRequest",
    "TextInputRequest",
    "TextParam",
    "TextParamFormat",
    "TextResponseFormatJsonSchema",
    "TextResponseFormatText",
    "TextResponseSchema",
    "TimeArrayItemField",
    "TimeArrayItemFieldItems",
    "TimeBasedMetadataEntry",
    "TokenUsage",
    "TranscriptionItem",
    "UnknownEvent",
    "UploadHeaders",
    "UserMetadata",
    "UserMetadataFilter",
    "UserMetadataPatch",
    "VideoContext",
    "VideoContextAsset",
    "VideoContextBase64",
    "VideoContextUrl",
    "VideoEmbedding",
    "VideoEmbeddingMetadata",
    "VideoEmbeddingSegments",
    "VideoEmbeddingTask",
    "VideoEmbeddingTaskVideoEmbedding",
    "VideoIndexingTask",
    "VideoInputRequest",
    "VideoMatch",
    "VideoMetadata",
    "VideoSearchHit",
    "VideoSearchItemMetadata",
    "VideoSearchOptions",
    "VideoSearchSystemMetadata",
    "VideoSegment",
    "VideoSegmentation",
    "VideoSegmentationDynamic",
    "VideoSegmentationDynamicDynamic",
    "VideoSegmentationFixed",
    "VideoSegmentationFixedFixed",
    "VideoStream",
    "VideoVector",
    "VideosListResponse",
    "VideosPartialUpdateRequest",
    "VideosRetrieveResponse",
]


class AnalyzeBatchCreatedItem(OpenModel):
    """An item of a batch and the task that analyses it."""

    task_id: str
    """Identifier of the task."""
    custom_id: str | None
    """The user's own name for the item; null if it has none."""


class AnalyzeBatchDefaults(ClosedModel):
    """What holds for each item of a batch that does not say otherwise.

    An item overrides a property as a whole.
    """

    prompt: AnalyzePromptV2 | None = None
    """What the model should write, for the mode `general`. Reference images are optional."""
    response_format: AsyncResponseFormat | None = None
    """Form of the result. The mode `time_based_metadata` needs definitions of segments."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """
    max_tokens: Annotated[int | None, Field(ge=512, le=98304)] = None
    """Longest text to generate for a video, in tokens; 4,096 if left out. Segments need at least 2,048, and have
    32,768 if left out. 512 to 98304.
    """
    min_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Shortest segment to make, in seconds. At least 2."""
    max_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Longest segment to make, in seconds, at least `min_segment_duration`. At least 2."""
    start_time: float | None = None
    """Start of the part of the video to analyse, in seconds; 0 if left out. The part lasts at least one second and
    at most two hours.
    """
    end_time: float | None = None
    """End of the part of the video to analyse, in seconds, above `start_time`; the end of the video if left out."""


class AnalyzeBatchItemError(OpenModel):
    """Why an item of a batch failed."""

    code: str | None = None
    """Short name of the reason, for programs. The list is open."""
    message: str
    """The reason in a sentence, for people."""


class AnalyzeBatchItemRequest(ClosedModel):
    """The analysis of one video of a batch."""

    video: AnalyzeBatchVideo
    """The video."""
    custom_id: str | None = None
    """The user's own name for the item, 1 to 64 letters, digits, hyphens and underscores, different from those of
    the other items. It comes back in the results.
    """
    prompt: AnalyzePromptV2 | None = None
    """What the model should write, for the mode `general`. Reference images are optional."""
    response_format: AsyncResponseFormat | None = None
    """Form of the result. The mode `time_based_metadata` needs definitions of segments."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1."""
    max_tokens: Annotated[int | None, Field(ge=512, le=98304)] = None
    """Longest text to generate for a video, in tokens; 4,096 if left out. Segments need at least 2,048, and have
    32,768 if left out. 512 to 98304.
    """
    min_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Shortest segment to make, in seconds. At least 2."""
    max_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Longest segment to make, in seconds, at least `min_segment_duration`. At least 2."""
    start_time: float | None = None
    """Start of the part of the video to analyse, in seconds; 0 if left out. The part lasts at least one second and
    at most two hours.
    """
    end_time: float | None = None
    """End of the part of the video to analyse, in seconds, above `start_time`; the end of the video if left out."""


class AnalyzeBatchRequest(ClosedModel):
    """Analyses of many videos in one mode, with one model."""

    model_name: Literal["pegasus1.5"]
    """Model for every item."""
    analysis_mode: Literal["general", "time_based_metadata"]
    """What to make of every video: a text that answers a prompt (`general`), or segments of the video with facts
    about each (`time_based_metadata`).
    """
    defaults: AnalyzeBatchDefaults | None = None
    """What holds for each item that does not say otherwise."""
    requests: Annotated[list[AnalyzeBatchItemRequest], Field(max_length=1000, min_length=1)]
    """The items, at most 2,000 hours of video in all. No two of them have the same `custom_id`. 1 to 1000 items."""


class AnalyzeBatchResultItem(OpenModel):
    """One line of the results, about one item.

    It has `data` when `status` is `ready` and `error` when it is `failed`.
    """

    task_id: str
    """Identifier of the task that analyses the item."""
    custom_id: str | None
    """The user's own name for the item; null if it has none."""
    status: Literal["queued", "processing", "ready", "failed", "canceled"] | str
    """Status of the item."""
    data: AnalyzeTaskResult | None = None
    """What the analysis has found."""
    error: AnalyzeBatchItemError | None = None
    """Why the item failed."""


class AnalyzeBatchStatusResponse(OpenModel):
    """A batch, and the number of its items in each status."""

    batch_id: str
    """Identifier of the batch."""
    analysis_mode: Literal["general", "time_based_metadata"] | str
    """What is made of every video."""
    model_name: str
    """Model for every item."""
    status: Literal["pending", "processing", "canceling", "canceled", "completed", "expired"] | str
    """Status of the batch. `completed`, `canceled` and `expired` are final; `completed` says that every item has
    ended, not that every item has succeeded.
    """
    total_items: int
    """Number of items."""
    created_at: str
    """When the batch was created."""
    expires_at: str
    """When unfinished items are given up, 24 hours after the batch was created. Results are kept for 30 days."""
    completed_at: str | None = None
    """When every item had ended. Present when `status` is `completed`."""
    canceled_at: str | None = None
    """When the batch was canceled. Present when `status` is `canceled`."""
    expired_at: str | None = None
    """When the batch expired. Present when `status` is `expired`."""
    queued_items: int
    """Number of items that wait."""
    processing_items: int
    """Number of items that are being analysed."""
    ready_items: int
    """Number of items with a result."""
    failed_items: int
    """Number of items that failed."""
    canceled_items: int
    """Number of items that were given up, because the batch was canceled or has expired."""
    webhooks: list[AnalyzeTaskWebhookInfo] | None = None
    """The delivery to each webhook. Present once there was one."""


class AnalyzeBatchVideo(ClosedModel):
    """A video that was uploaded as an asset."""

    type: Literal["asset_id"]
    """Kind of the source."""
    asset_id: Annotated[str, Field(min_length=1)]
    """Identifier of the asset, whose status is `ready`. Not empty."""


class AnalyzeBatchesListResponse(OpenModel):
    """One page of the batches of the account, the newest first."""

    data: list[AnalyzeBatchStatusResponse]
    """The batches."""
    page_info: PageInfo
    """Where the page stands in the list."""


class AnalyzeImageInput(ClosedModel):
    """One image to look at, from exactly one source.

    JPEG, PNG, WebP, GIF or BMP, at most 20 MB and 16,777,216 pixels.
    """

    name: str
    """Name of the image, different from those of the other images; the prompt refers to it as `<@name>`."""
    url: str | None = None
    """URL of the image. HTTP without encryption is rejected."""
    asset_id: Annotated[str | None, Field(min_length=1)] = None
    """Identifier of an asset that is an image. Not empty."""
    base64_string: Annotated[str | None, Field(min_length=1)] = None
    """The image file in Base64, with or without padding. Not empty."""


class AnalyzePromptV2(ClosedModel):
    """A prompt that names up to four reference images."""

    input_text: Annotated[str, Field(min_length=1)]
    """What the model should write. `<@name>` refers to an image of `media_sources`. The text and the images count
    towards the context window of the model. Not empty.
    """
    media_sources: Annotated[list[SmeMediaSource] | None, Field(max_length=4)] = None
    """The reference images. At most 4 items."""


class AnalyzeRequest(ClosedModel):
    """A question or an instruction about one video, or about up to twenty images."""

    model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None
    """Model that writes the text. Images need `pegasus1.6`. Default `pegasus1.5`."""
    video: VideoContext | None = None
    """The video."""
    image: Annotated[list[AnalyzeImageInput] | None, Field(max_length=20, min_length=1)] = None
    """The images, in place of a video; each has a name of its own. A prompt that names any of them names them all. 1
    to 20 items.
    """
    prompt: str | None = None
    """What the model should write about the video or the images. An image is named as `<@name>`. Its tokens count
    towards the context window of the model.
    """
    prompt_v2: AnalyzePromptV2 | None = None
    """A prompt that names reference images, in place of `prompt`. It goes with a video only."""
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """
    stream: bool | None = None
    """Whether the text comes in pieces while it is written (`true`), or in one object at the end (`false`). Default
    `true`.
    """
    response_format: SyncResponseFormat | None = None
    """Form of the text; a text without a form if left out."""
    max_tokens: Annotated[int | None, Field(ge=512, le=98304)] = None
    """Longest text to generate, in tokens. 512 to 98304, default 4096."""
    start_time: float | None = None
    """Start of the part of the video to look at, in seconds on the video's own clock, which mostly starts at 0; the
    start of the video if left out. The part lasts at least one second.
    """
    end_time: float | None = None
    """End of the part of the video to look at, in seconds on the video's own clock, above `start_time`; the end of
    the video if left out.
    """


class AnalyzeTaskCanceledWebhookData(OpenModel):
    """An analysis task that was canceled.

    The reason is in the task.
    """

    id: str
    """Identifier of the analysis task."""
    custom_id: str | None
    """The user's own name for the task; null if it has none."""
    created_at: str
    """When the task was created."""
    status: Literal["canceled"]
    """Status of the task."""
    video_source: AnalyzeTaskWebhookVideoSource | None = None
    """Where the video came from. Absent when that is not known."""


class AnalyzeTaskCanceledWebhookEvent(OpenModel):
    """An analysis task was canceled."""

    id: str
    """Identifier of the event. It stays the same when the delivery is tried again."""
    created_at: str
    """When the event was made."""
    type: Literal["analyze.task.canceled"]
    """What has happened."""
    data: AnalyzeTaskCanceledWebhookData
    """The task, without the reason."""


class AnalyzeTaskError(OpenModel):
    """What is wrong with a text, or why there is none."""

    code: Literal["user_canceled", "batch_canceled", "batch_expired", "batch_processing_timeout"] | str | None = None
    """Short name of the reason, for programs. It is absent where the reason has none."""
    message: str
    """The reason in a sentence, for people. Its wording may change."""


class AnalyzeTaskFailedWebhookData(OpenModel):
    """An analysis task that has failed."""

    id: str
    """Identifier of the analysis task."""
    custom_id: str | None
    """The user's own name for the task; null if it has none."""
    created_at: str
    """When the task was created."""
    status: Literal["failed"]
    """Status of the task."""
    video_source: AnalyzeTaskWebhookVideoSource | None = None
    """Where the video came from. Absent when that is not known."""
    error: AnalyzeTaskWebhookError | None = None
    """Why the task has failed. Absent when that is not known."""


class AnalyzeTaskFailedWebhookEvent(OpenModel):
    """An analysis task has failed."""

    id: str
    """Identifier of the event. It stays the same when the delivery is tried again."""
    created_at: str
    """When the event was made."""
    type: Literal["analyze.task.failed"]
    """What has happened."""
    data: AnalyzeTaskFailedWebhookData
    """The task."""


class AnalyzeTaskMediaSource(OpenModel):
    """An image of a request.

    One that came inside the request has only its name and its kind here.
    """

    name: str
    """Name of the image."""
    media_type: str
    """Kind of the medium, `image`."""
    url: str | None = None
    """URL of the image, if the request gave one."""
    asset_id: str | None = None
    """Identifier of the asset, if the request gave one."""


class AnalyzeTaskPromptV2(OpenModel):
    """A prompt that named reference images."""

    input_text: str | None = None
    """The text of the prompt."""
    media_sources: list[AnalyzeTaskMediaSource] | None = None
    """The reference images."""


class AnalyzeTaskReadyWebhookData(OpenModel):
    """An analysis task that has a result.

    The result itself is in the task.
    """

    id: str
    """Identifier of the analysis task."""
    custom_id: str | None
    """The user's own name for the task; null if it has none."""
    created_at: str
    """When the task was created."""
    status: Literal["ready"]
    """Status of the task."""
    video_source: AnalyzeTaskWebhookVideoSource | None = None
    """Where the video came from. Absent when that is not known."""
    error: AnalyzeTaskWebhookError | None = None
    """Why the result is incomplete, if it is."""


class AnalyzeTaskReadyWebhookEvent(OpenModel):
    """An analysis task has a result."""

    id: str
    """Identifier of the event. It stays the same when the delivery is tried again."""
    created_at: str
    """When the event was made."""
    type: Literal["analyze.task.ready"]
    """What has happened."""
    data: AnalyzeTaskReadyWebhookData
    """The task, without its result."""


class AnalyzeTaskRequest(ClosedModel):
    """An analysis that runs as a task, of one video or of up to twenty images."""

    model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None
    """Model that analyses. Images, fields of the type `time_array` and unlimited tokens need `pegasus1.6`. Default
    `pegasus1.5`.
    """
    custom_id: str | None = None
    """The user's own name for the task, 1 to 64 letters, digits, hyphens and underscores. It comes back in answers
    and webhooks, and several tasks may have the same one.
    """
    video: VideoContext | None = None
    """The video, at most two hours long, or at most four hours when a part of it is analysed. The part, or the
    whole, lasts at least one second and at most two hours.
    """
    image: Annotated[list[AnalyzeImageInput] | None, Field(max_length=20, min_length=1)] = None
    """The images, in place of a video; each has a name of its own. A prompt that names any of them names them all. 1
    to 20 items.
    """
    prompt: str | None = None
    """What the model should write about the video or the images; for the mode `general`. An image is named as
    `<@name>`. Its tokens count towards the context window of the model.
    """
    prompt_v2: AnalyzePromptV2 | None = None
    """A prompt that names reference images, in place of `prompt`; for the mode `general`, and with a video only."""
    analysis_mode: Literal["general", "time_based_metadata"] | None = None
    """What to make: a text that answers a prompt (`general`), or segments of the video with facts about each
    (`time_based_metadata`). Default `general`.
    """
    temperature: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    """Randomness of the text; a low value gives more predictable words, a high one more varied words. 0 to 1,
    default 0.2.
    """
    max_tokens: Annotated[int, Field(ge=512, le=98304)] | Literal["unlimited"] | None = None
    """Longest text to generate, in tokens; 4,096 if left out. Segments need at least 2,048, have 32,768 if left out,
    and fail when they are longer, unless the value is `unlimited`.
    """
    response_format: AsyncResponseFormat | None = None
    """Form of the result; a text without a form if left out."""
    min_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Shortest segment to make, in seconds. At least 2."""
    max_segment_duration: Annotated[float | None, Field(ge=2.0)] = None
    """Longest segment to make, in seconds, at least `min_segment_duration`. At least 2."""
    start_time: float | None = None
    """Start of the part of the video to analyse, in seconds on the video's own clock, which mostly starts at 0; the
    start of the video if left out. The part lasts at least one second and at most two hours.
    """
    end_time: float | None = None
    """End of the part of the video to analyse, in seconds on the video's own clock, above `start_time`; the end of
    the video if left out.
    """


class AnalyzeTaskRequestParams(OpenModel):
    """What the request of a task said.

    In a list, texts end after 30 characters.
    """

    analysis_mode: Literal["general", "time_based_metadata"] | str | None = None
    """What was to be made."""
    prompt: str | None = None
    """The prompt, if it was a plain one."""
    prompt_v2: AnalyzeTaskPromptV2 | None = None
    """The prompt, if it named reference images."""
    image: list[AnalyzeTaskMediaSource] | None = None
    """The images that were to be analysed."""
    response_format: AnalyzeTaskResponseFormat | None = None
    """Form of the result, if the request had one."""
    temperature: float | None = None
    """Randomness of the text."""
    max_tokens: int | Literal["unlimited"] | str | None = None
    """Longest text, in tokens, or `unlimited`."""
    min_segment_duration: float | None = None
    """Shortest segment, in seconds."""
    max_segment_duration: float | None = None
    """Longest segment, in seconds."""
    start_time: float | None = None
    """Start of the part of the video, in seconds."""
    end_time: float | None = None
    """End of the part of the video, in seconds."""


class AnalyzeTaskResponse(OpenModel):
    """An analysis task, and its result once there is one."""

    task_id: str
    """Identifier of the task."""
    custom_id: str | None
    """The user's own name for the task; null if it has none."""
    batch_id: str | None = None
    """Identifier of the batch that the task belongs to. Present for such tasks only."""
    video_source: AnalyzeTaskVideoSource | None = None
    """Where the video came from. Absent for a task about images."""
    request_params: AnalyzeTaskRequestParams | None = None
    """What the request said."""
    status: Literal["queued", "pending", "processing", "ready", "failed", "canceled"] | str
    """Status of the task. `ready`, `failed` and `canceled` are final."""
    created_at: str
    """When the task was created."""
    completed_at: str | None = None
    """When the task reached its final status. Present once it has."""
    result: AnalyzeTaskResult | None = None
    """What the analysis has found. Present when `status` is `ready`."""
    error: AnalyzeTaskError | None = None
    """Why the task failed or was canceled, or, when `status` is `ready`, why the result was cut short or may lack
    segments.
    """
    webhooks: list[AnalyzeTaskWebhookInfo] | None = None
    """The delivery to each webhook. Absent when the account has no webhooks."""


class AnalyzeTaskResponseFormat(OpenModel):
    """Form of the result of a task."""

    type: Literal["json_schema", "segment_definitions"] | str | None = None
    """Kind of the form."""
    json_schema: AnalyzeTaskJsonSchema | None = None
    """Schema of the text. A list leaves it out."""
    segment_time_format: Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"] | str | None = None
    """How the start and the end of a segment are written."""
    segment_definitions: list[AnalyzeTaskSegmentDefinition] | None = None
    """The kinds of segments to find. A list has only the first one."""


class AnalyzeTaskResult(OpenModel):
    """What an analysis has found."""

    generation_id: str
    """Identifier of the generated text."""
    data: str
    """The text. For segments it is JSON, an object with a list of segments under the name of each definition; a
    segment has `start_time`, `end_time`, and its fields in `metadata`.
    """
    finish_reason: Literal["stop", "length"] | str
    """Why the text ended, `stop` at its own end, `length` because it was cut short. JSON that was cut short may not
    parse.
    """
    usage: AnalyzeTaskResultUsage
    """Token usage of the text."""


class AnalyzeTaskResultUsage(OpenModel):
    """Token usage of the text of a task."""

    output_tokens: int
    """Number of tokens in the generated text."""
    input_tokens: int | None = None
    """Number of tokens that the prompt and the media have used."""


class AnalyzeTaskSegmentDefinition(OpenModel):
    """A kind of segment, as the request had it."""

    id: str
    """Name of the definition."""
    description: str
    """What such a segment looks like."""
    fields: list[AnalyzeTaskSegmentField] | None = None
    """What to note about each segment."""
    media_sources: list[AnalyzeTaskMediaSource] | None = None
    """Images that show what such a segment looks like."""
    time_ranges: list[AnalyzeTaskTimeRange] | None = None
    """The only parts of the video to search."""


class AnalyzeTaskSegmentField(OpenModel):
    """One thing to note about a segment, as the request had it."""

    name: str
    """Name of the field."""
    type: str
    """Kind of the value."""
    description: str | None = None
    """What the field holds."""
    format: Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"] | str | None = None
    """How a `timestamp` is written."""
    enum: list[str] | None = None
    """The values that the field may have."""
    items: AnalyzeTaskSegmentFieldItems | None = None
    """What a list holds."""


class AnalyzeTaskSegmentFieldItems(OpenModel):
    """What a list of a segment holds, as the request had it."""

    type: str
    """Kind of the items."""
    fields: list[AnalyzeTaskTimeArrayItemField] | None = None
    """What to note about each event."""


class AnalyzeTaskTimeArrayItemField(OpenModel):
    """One thing to note about an event, as the request had it."""

    name: str
    """Name of the field."""
    type: str
    """Kind of the value."""
    description: str | None = None
    """What the field holds."""
    enum: list[str] | None = None
    """The values that the field may have."""
    items: AnalyzeTaskTimeArrayItemFieldItems | None = None
    """What a list holds."""


class AnalyzeTaskTimeArrayItemFieldItems(OpenModel):
    """What a list of an event holds, as the request had it."""

    type: str
    """Kind of the items."""


class AnalyzeTaskTimeRange(OpenModel):
    """A part of the video, as the request had it."""

    start_time: float
    """Start of the part, in seconds."""
    end_time: float
    """End of the part, in seconds."""


class AnalyzeTaskVideoMetadata(OpenModel):
    """What the service found out about the video of a task."""

    duration: float | None = None
    """Length in seconds."""


class AnalyzeTaskVideoSource(OpenModel):
    """Where the video of a task came from."""

    type: Literal["url", "base64_string", "asset_id", "video_id"] | str | None = None
    """Kind of the source."""
    url: str | None = None
    """URL of the video, for the kind `url`."""
    asset_id: str | None = None
    """Identifier of the asset, for the kind `asset_id`."""
    video_id: str | None = None
    """Identifier of the indexed video, for the kind `video_id`."""
    index_id: str | None = None
    """Identifier of the index of the video, for the kind `video_id`."""
    system_metadata: AnalyzeTaskVideoMetadata | None = None
    """What the service found out about the video. Present once it has been looked at."""


class AnalyzeTaskWebhookError(OpenModel):
    """Why a task has failed, or why its result is incomplete."""

    message: str
    """The reason in a sentence, for people."""


class AnalyzeTaskWebhookInfo(OpenModel):
    """The delivery to one webhook."""

    url: str
    """URL of the webhook."""
    delivered: bool
    """Whether the delivery has succeeded."""
    attempts: int
    """Number of attempts so far."""
    last_error: str | None = None
    """Why the last attempt failed. Present when `delivered` is false."""


class AnalyzeTaskWebhookVideoMetadata(OpenModel):
    """What the service found out about the video of a task."""

    duration: float
    """Length in seconds."""


class AnalyzeTaskWebhookVideoSource(OpenModel):
    """Where the video of a task came from."""

    type: Literal["url", "base64_string", "asset_id", "video_id"] | str
    """Kind of the source."""
    url: str | None = None
    """URL of the video, for the kind `url`."""
    asset_id: str | None = None
    """Identifier of the asset, for the kind `asset_id`."""
    video_id: str | None = None
    """Identifier of the indexed video, for the kind `video_id`."""
    system_metadata: AnalyzeTaskWebhookVideoMetadata | None = None
    """What the service found out about the video. Absent when it is not known."""


class AnalyzeTasksListResponse(OpenModel):
    """One page of the analysis tasks of the account, the newest first."""

    data: list[AnalyzeTaskResponse]
    """The tasks. What their requests said is shortened here."""
    page_info: PageInfo
    """Where the page stands in the list."""


class AnalyzeTimeRange(ClosedModel):
    """A part of the video, at least two seconds long."""

    start_time: float
    """Start of the part, in seconds on the video's own clock, which mostly starts at 0."""
    end_time: float
    """End of the part, in seconds on the video's own clock."""


class Asset(OpenModel):
    """A file that was uploaded or imported, right after that."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the asset."""
    method: Literal["direct", "url", "multipart", "connector"] | str | None = None
    """How the asset came, as a file, from a URL, in parts, or through a connection."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Whether the asset can be used. It begins as `processing`, also while the file is still on its way, and ends as
    `ready` or `failed`.
    """
    filename: str | None = None
    """Name of the file."""
    file_type: str | None = None
    """Media type of the file, such as `video/mp4` or `application/pdf`."""
    created_at: str | None = None
    """When the asset was created."""
    user_metadata: Metadata | None = None
    """The user's own facts about the asset; absent if there are none."""
    source: AssetSource | None = None
    """Where an imported asset came from. Absent if the file was uploaded."""


class AssetDetail(OpenModel):
    """An asset with all that is known about it."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the asset."""
    method: Literal["direct", "url", "multipart", "connector"] | str | None = None
    """How the asset came, as a file, from a URL, in parts, or through a connection."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Whether the asset can be used. It begins as `processing`, also while the file is still on its way, and ends as
    `ready` or `failed`.
    """
    filename: str | None = None
    """Name of the file."""
    file_type: str | None = None
    """Media type of the file, such as `video/mp4` or `application/pdf`."""
    created_at: str | None = None
    """When the asset was created."""
    size: int | None = None
    """Size of the file in bytes, known once the asset is `ready`."""
    duration: float | None = None
    """Length in seconds, of video and audio only, known once the asset is `ready`."""
    user_metadata: Metadata | None = None
    """The user's own facts about the asset; absent if there are none."""
    source: AssetSource | None = None
    """Where an imported asset came from. Absent if the file was uploaded."""
    hls: AssetHls | None = None
    """The asset as an HTTP Live Streaming source. Present when it was asked for, of video and audio."""
    thumbnail: AssetThumbnail | None = None
    """The thumbnail of the asset. Present when it was asked for."""
    technical_metadata: TechnicalMetadata | None = None
    """What the file says about itself. Absent while the asset is `processing`, perhaps incomplete if it `failed`. A
    key is absent if it does not apply to the kind of file, or if the file does not say.
    """
    error: AssetError | None = None
    """Why an asset failed. Present only while its status is `failed`."""


class AssetError(OpenModel):
    """Why an asset failed.

    Present only while its status is `failed`.
    """

    message: str
    """The reason in a sentence, for people; its words may change."""


class AssetHls(OpenModel):
    """The asset as an HTTP Live Streaming source.

    Present when it was asked for, of video and audio.
    """

    manifest_url: str | None = None
    """URL of the playlist, once `status` is `ready`."""
    status: Literal["pending", "processing", "ready", "error"] | str | None = None
    """Status of the conversion. Lower case, unlike the status of `Hls` (ledger A92)."""


class AssetSource(OpenModel):
    """Where an imported asset came from.

    Absent if the file was uploaded.
    """

    type: Literal["connector"] | str | None = None
    """Kind of the source."""
    details: AssetSourceDetails | None = None
    """The file as its provider knows it. Which keys there are depends on the kind of the source."""


class AssetSourceDetails(OpenModel):
    """The file as its provider knows it.

    Which keys there are depends on the kind of the source.
    """

    provider: Literal["google_drive"] | str | None = None
    """Service that the file was imported from."""
    source_id: str | None = None
    """Identifier of the file at the provider."""
    original_filename: str | None = None
    """Name of the file at the provider, at the time of the import."""
    source_link: str | None = None
    """URL of the file at the provider."""


class AssetThumbnail(OpenModel):
    """The thumbnail of the asset.

    Present when it was asked for.
    """

    representative_url: str | None = None
    """URL of the thumbnail, once `status` is `ready`."""
    status: Literal["pending", "processing", "ready", "error"] | str | None = None
    """Status of the thumbnail."""


class AssetTranscriptionEntry(OpenModel):
    """A word or a sentence, and when it is spoken."""

    start: float
    """Where it begins in seconds."""
    end: float
    """Where it ends in seconds."""
    value: str
    """What is spoken."""


class AssetTranscriptionError(OpenModel):
    """Why a transcription failed.

    Present only while its status is `failed`.
    """

    message: str
    """The reason in a sentence, for people; its words may change."""


class AssetTranscriptionResponse(OpenModel):
    """What is spoken in an asset.

    Each list is present once the status is `ready`, if it was asked for and if the transcription can be cut that way.
    """

    status: Literal["pending", "processing", "ready", "failed"] | str
    """Status of the transcription."""
    words: list[AssetTranscriptionEntry] | None = None
    """The words, one entry each."""
    sentences: list[AssetTranscriptionEntry] | None = None
    """The sentences, one entry each."""
    utterances: list[AssetTranscriptionUtterance] | None = None
    """What one speaker said until another spoke, one entry each."""
    error: AssetTranscriptionError | None = None
    """Why a transcription failed. Present only while its status is `failed`."""


class AssetTranscriptionUtterance(OpenModel):
    """What one speaker said, and when."""

    start: float
    """Where it begins in seconds."""
    end: float
    """Where it ends in seconds."""
    value: str
    """What is spoken."""
    speaker: str | None = None
    """Name given to the speaker, if speakers can be told apart."""


class AssetTypeFilter(ClosedModel):
    """Only items of one type (`eq`), or of one of several (`in`).

    Send one of the two.
    """

    eq: Literal["video", "image"] | None = None
    """The type."""
    in_: Annotated[list[Literal["video", "image"]] | None, Field(alias="in")] = None
    """The types."""


class AssetsCreateRequest(ClosedModel):
    """A file, or the URL of one, that becomes an asset."""

    method: Literal["direct", "url"]
    """Where the file comes from, `direct` for `file` and `url` for `url`."""
    file: bytes | None = None
    """The file itself, with `direct`: video, audio or a document of at most 200 MB, an image of at most 32 MB."""
    url: str | None = None
    """Public URL of the file, with `url`: video or audio of at most 4 GB, an image of at most 32 MB, a document of
    at most 512 MB. It may lead to a finished HLS playlist (`.m3u8`); a live one is rejected with status 400.
    """
    filename: Annotated[str | None, Field(max_length=255, min_length=1)] = None
    """Name of the asset, 1 to 255 characters. Without it the name of the file or of the URL counts. 1 to 255
    characters.
    """
    enable_hls: bool | None = None
    """Whether video or audio is also prepared for HTTP Live Streaming. Ignored for everything else. Default `true`."""
    enable_thumbnail: bool | None = None
    """Whether thumbnails are made of the file; of a PDF, of its first page. Ignored for plain text. Default `true`."""
    user_metadata: str | None = None
    """Your own keys and values for the asset, as the JSON text of a flat object."""


class AssetsListResponse(OpenModel):
    """One page of assets."""

    data: list[AssetDetail] | None = None
    """The assets of the page, newest first."""
    page_info: PageInfo | None = None
    """Where a numbered page stands in its list."""


class AssetsReplaceUserMetadataRequest(ClosedModel):
    """All the user metadata that an asset has from now on."""

    user_metadata: AssetMetadata
    """The new map. Keys that it does not have are removed; an empty map removes them all."""


class AssetsUpdateUserMetadataRequest(ClosedModel):
    """Changes to the user metadata of an asset."""

    user_metadata: AssetMetadataPatch
    """Changes to the user's own facts about an asset. Each key in the map is set to its value, and null deletes the
    key; an empty text or list is ignored, and other keys stay as they are.
    """


class AsyncAudioInputRequest(ClosedModel):
    """Audio to embed by a task, from 4 seconds to 4 hours with `marengo3.0`; as Base64 at most 36 MB when decoded.

    The end lies after the start.
    """

    media_source: MediaSource
    """Where the audio is."""
    start_sec: Annotated[float | None, Field(ge=0.0)] = None
    """Where processing begins, in seconds from the start of the audio. At least 0, default 0."""
    end_sec: Annotated[float | None, Field(gt=0.0)] = None
    """Where processing ends, in seconds from the start of the audio; without it, at the end of the audio. More than
    0.
    """
    segmentation: AudioSegmentation | AsyncTemporalSegmentation | None = None
    """How the audio is cut. The form depends on the model. Without it, `marengo3.5` cuts where the content changes
    into segments of 2 seconds or more, `marengo3.0` into segments of 6 seconds.
    """
    embedding_option: Annotated[list[Literal["audio", "transcription"]] | None, Field(min_length=1)] = None
    """What is embedded, the sounds, the spoken words, or both, each into vectors of its own. `marengo3.5` counts
    speech among the sounds, and takes and assumes `audio` alone; `marengo3.0` assumes both. Not empty, no
    duplicates.
    """
    embedding_scope: Annotated[list[Literal["clip", "local", "asset"]] | None, Field(min_length=1)] = None
    """What gets a vector, each segment (`clip`; with `marengo3.5` also called `local`), the whole audio (`asset`),
    or both. Not empty, no duplicates.
    """
    embedding_type: Annotated[list[Literal["separate_embedding", "fused_embedding"]] | None, Field(min_length=1)] = None
    """Whether each option has its own vector, all together have one, or both. Meant for two or more values of
    `embedding_option`; with `marengo3.5`, `fused_embedding` needs `time_based_metadata`. Not empty, no
    duplicates.
    """
    time_based_metadata: Annotated[list[TimeBasedMetadataEntry] | None, Field(min_length=1)] = None
    """Texts of the user's own about times of the audio, which become part of the fused vectors. Only with
    `marengo3.5`, and with `fused_embedding` in `embedding_type`. Not empty.
    """


class AsyncDocumentInputRequest(ClosedModel):
    """A document to embed by a task: a PDF, plain text or Markdown file of at most 512 MB.

    A PDF document has at most 64 pages for each MB, and a page cut into quarters counts five times; a task for a longer
    one fails. A PDF document gives a vector of each page (`visual` with `local`), of all pages (`visual` with `asset`)
    or of all its text (`text` with `asset`); the first is the default. Plain text and Markdown give a vector of the
    whole (`text` with `asset`, the default) or of each chunk of sentences (`text` with `local`, which needs
    `segmentation.sequential`). Each option is joined with each scope, and no other pair is allowed.
    """

    media_source: MediaSource
    """Where the document is."""
    segmentation: DocumentSegmentation | None = None
    """How pages, or the sentences of a text, are divided."""
    embedding_option: Annotated[list[Literal["visual", "text"]] | None, Field(min_length=1)] = None
    """What is embedded, the look of the pages of a PDF document (`visual`), or the text of any document. Not empty,
    no duplicates.
    """
    embedding_type: Annotated[list[Literal["separate_embedding"]] | None, Field(min_length=1)] = None
    """Always `separate_embedding`. Not empty, no duplicates."""
    embedding_scope: Annotated[list[Literal["local", "asset"]] | None, Field(min_length=1)] = None
    """What gets a vector, each part of the document (`local`), the whole of it (`asset`), or both. Not empty, no
    duplicates.
    """


class AsyncDocumentMetadata(OpenModel):
    """Where an embedded document came from, and how it was embedded."""

    input_type: Literal["document"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the document, if a URL was given."""
    input_filename: str | None = None
    """Name of the document file, if a file was given."""
    embedding_options: list[str] | None = None
    """What was asked to be embedded."""
    embedding_scopes: list[Literal["local", "asset"] | str] | None = None
    """What was asked to get a vector. An open list."""
    embedding_dimension: int | None = None
    """How many numbers each vector has."""


class AsyncImageInputRequest(ClosedModel):
    """An image to embed by a task, of at most 32 MB.

    The three lists have one possible value each.
    """

    media_source: MediaSource
    """Where the image is."""
    embedding_option: Annotated[list[Literal["visual"]] | None, Field(max_length=1, min_length=1)] = None
    """What is embedded, always the picture. 1 items."""
    embedding_type: Annotated[list[Literal["separate_embedding"]] | None, Field(max_length=1, min_length=1)] = None
    """Always `separate_embedding`. 1 items."""
    embedding_scope: Annotated[list[Literal["asset"]] | None, Field(max_length=1, min_length=1)] = None
    """What gets a vector, always the whole image. 1 items."""


class AsyncImageMetadata(OpenModel):
    """Where an image came from that was embedded by a task, and how."""

    input_type: Literal["image"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the image, if a URL was given."""
    input_filename: str | None = None
    """Name of the image file, if a file was given."""
    embedding_options: list[str] | None = None
    """What was asked to be embedded."""
    embedding_scopes: list[Literal["asset"] | str] | None = None
    """What was asked to get a vector. An open list."""
    embedding_dimension: int | None = None
    """How many numbers the vector has."""


class AsyncResponseFormat(ClosedModel):
    """Asks for a text that is JSON, or for segments of the video."""

    type: Literal["json_schema", "segment_definitions"]
    """Kind of the form."""
    json_schema: AnswerSchema | None = None
    """Schema of the text, for the kind `json_schema`."""
    segment_definitions: Annotated[list[SegmentDefinition] | None, Field(max_length=20, min_length=1)] = None
    """The kinds of segments to find, for the kind `segment_definitions`. 1 to 20 items."""
    segment_time_format: Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"] | None = None
    """How the start and the end of a segment are written, as a number of seconds or as text. Default `seconds`."""


class AsyncTemporalSegmentation(ClosedModel):
    """How `marengo3.5` cuts audio and video, one level deeper than for `marengo3.0`."""

    temporal: TemporalSegmentation
    """The way of cutting."""


class AsyncVideoInputRequest(ClosedModel):
    """A video to embed by a task, from 4 seconds to 4 hours with `marengo3.0`; as Base64 at most 36 MB when decoded.

    The end lies after the start.
    """

    media_source: MediaSource
    """Where the video is."""
    start_sec: Annotated[float | None, Field(ge=0.0)] = None
    """Where processing begins, in seconds from the start of the video. At least 0, default 0."""
    end_sec: Annotated[float | None, Field(gt=0.0)] = None
    """Where processing ends, in seconds from the start of the video; without it, at the end of the video. More than
    0.
    """
    segmentation: VideoSegmentation | AsyncTemporalSegmentation | None = None
    """How the video is cut. The form depends on the model. Without it, the video is cut at changes of scene into
    segments of at least 2 seconds with `marengo3.5` and 4 seconds with `marengo3.0`.
    """
    embedding_option: Annotated[list[Literal["visual", "audio", "transcription"]] | None, Field(min_length=1)] = None
    """What is embedded, the picture, the sounds, the spoken words, each into vectors of its own. `marengo3.5` counts
    speech among the sounds, and takes and assumes `visual` and `audio`; `marengo3.0` assumes all three. Not
    empty, no duplicates.
    """
    embedding_scope: Annotated[list[Literal["clip", "local", "asset"]] | None, Field(min_length=1)] = None
    """What gets a vector, each segment (`clip`; with `marengo3.5` also called `local`), the whole video (`asset`,
    best for videos of at most 10 to 30 seconds), or both. Not empty, no duplicates.
    """
    embedding_type: Annotated[list[Literal["separate_embedding", "fused_embedding"]] | None, Field(min_length=1)] = None
    """Whether each option has its own vector, all together have one, or both. Meant for two or more values of
    `embedding_option`; with `marengo3.5`, `fused_embedding` needs `time_based_metadata`. Not empty, no
    duplicates.
    """
    time_based_metadata: Annotated[list[TimeBasedMetadataEntry] | None, Field(min_length=1)] = None
    """Texts of the user's own about times of the video, which become part of the fused vectors. Only with
    `marengo3.5`, and with `fused_embedding` in `embedding_type`. Not empty.
    """


class AudioEmbedding(OpenModel):
    """Embedding of an audio track, or the reason why there is none."""

    error_message: str | None = None
    """Why the embedding could not be made."""
    segments: list[AudioSegment] | None = None
    """The vectors, with their place in the audio."""
    metadata: EmbeddingMetadata | None = None
    """Where the audio came from."""


class AudioEmbeddingMetadata(OpenModel):
    """Where the audio of a task came from, and how it was cut."""

    input_url: str | None = None
    """URL of the audio, if a URL was given."""
    input_filename: str | None = None
    """Name of the audio file, if a file was given."""
    audio_embedding_option: list[str] | None = None
    """What was asked to be embedded."""
    audio_embedding_scope: list[str] | None = None
    """What was asked to get a vector."""
    duration: float | None = None
    """Duration of the audio in seconds."""
    start_offset_sec: float | None = None
    """Where processing begins, in seconds from the start of the audio."""
    end_offset_sec: float | None = None
    """Where processing ends, in seconds from the start of the audio."""


class AudioInputRequest(ClosedModel):
    """Audio to embed at once, up to 10 minutes; as Base64 at most 36 MB when decoded.

    The end lies after the start.
    """

    media_source: MediaSource
    """Where the audio is."""
    start_sec: Annotated[float | None, Field(ge=0.0)] = None
    """Where processing begins, in seconds from the start of the audio. At least 0, default 0."""
    end_sec: Annotated[float | None, Field(gt=0.0)] = None
    """Where processing ends, in seconds from the start of the audio; without it, at the end of the audio. More than
    0.
    """
    segmentation: AudioSegmentation | None = None
    """How the audio is cut; without it, into segments of 6 seconds."""
    embedding_option: Annotated[list[Literal["audio", "transcription"]] | None, Field(min_length=1)] = None
    """What is embedded, the sounds, the spoken words, or both, each into vectors of its own. Not empty, no
    duplicates.
    """
    embedding_scope: Annotated[list[Literal["clip", "asset"]] | None, Field(min_length=1)] = None
    """What gets a vector, each segment (`clip`), the whole audio (`asset`), or both. Not empty, no duplicates."""
    embedding_type: Annotated[list[Literal["separate_embedding", "fused_embedding"]] | None, Field(min_length=1)] = None
    """Whether each option has its own vector, all options together have one, or both. Meant for two or more values
    of `embedding_option`. Not empty, no duplicates.
    """


class AudioSegment(OpenModel):
    """The vector of one stretch of audio."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""
    start_offset_sec: float | None = None
    """Where the stretch begins, in seconds from the start."""
    end_offset_sec: float | None = None
    """Where the stretch ends, in seconds from the start."""


class AudioSegmentation(ClosedModel):
    """Cuts audio into segments of one length."""

    strategy: Literal["fixed"]
    """Always `fixed`."""
    fixed: AudioSegmentationFixed
    """The length of a segment."""


class AudioSegmentationFixed(ClosedModel):
    """The length of the segments of audio."""

    duration_sec: Annotated[int, Field(ge=2, le=10)]
    """Length of a segment in seconds; the last one may be shorter. 2 to 10."""


class AudioStream(OpenModel):
    """One audio stream of a file."""

    index: int | None = None
    """Number of the stream in the file, counted from 0."""
    codec: str | None = None
    """Codec."""
    codec_long: str | None = None
    """Long name of the codec."""
    sample_rate: int | None = None
    """Samples per second."""
    bit_depth: int | None = None
    """Bits per sample."""
    channels: int | None = None
    """Number of channels."""
    channel_layout: str | None = None
    """How the channels are laid out, such as `stereo`."""
    bitrate_bps: int | None = None
    """Bits per second."""
    language: str | None = None
    """Language that the stream states."""
    duration_seconds: float | None = None
    """Length in seconds."""


class AuthorizeConnectionRequest(ClosedModel):
    """Which provider to connect, and where the user comes back to."""

    provider: Literal["google_drive"]
    """The data provider."""
    redirect_uri: str
    """Where the user's browser is sent afterwards. Once redirect URIs are registered for the account, it must be
    exactly one of them.
    """
    custom_id: Annotated[str | None, Field(max_length=255)] = None
    """A label of your own, kept with the connection. It should not identify a person, and several connections may
    have the same. At most 255 characters.
    """


class AuthorizeConnectionResponse(OpenModel):
    """Where to send the user."""

    authorize_url: str | None = None
    """URL at the provider where the user agrees or declines."""
    state: str | None = None
    """Secret value of this authorization. The URL contains it already; it is only useful for debugging."""


class BaseSegment(OpenModel):
    """One vector."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""


class BulkCreateEntityResponse(OpenModel):
    """Which of several entities were created."""

    success_count: int | None = None
    """Number of entities that were created."""
    failed_count: int | None = None
    """Number of entities that were not."""
    entities: list[BulkCreatedEntity] | None = None
    """The entities that were created."""
    errors: list[BulkEntityError] | None = None
    """Those that were not, and why."""


class BulkCreatedEntity(OpenModel):
    """An entity that was created."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the entity."""
    name: str | None = None
    """Name of the entity."""
    status: Literal["processing", "ready"] | str | None = None
    """Whether searches can use the entity, once it is `ready`."""


class BulkEntityError(OpenModel):
    """An entity that was not created."""

    entity_index: int | None = None
    """Place of the entity in the request, counted from 0."""
    entity_name: str | None = None
    """Name of the entity in the request."""
    error_reason: str | None = None
    """Why it was not created."""


class CancelAnalyzeTaskResponse(OpenModel):
    """A task that is canceled."""

    task_id: str
    """Identifier of the task."""
    status: Literal["canceled"] | str
    """Status of the task."""


class ChunkInfo(OpenModel):
    """One part of an upload."""

    index: int | None = None
    """Number of the part, counted from 1; the same as its `chunk_index`."""
    status: Literal["completed", "pending", "failed"] | str | None = None
    """Whether the part has arrived. A part that arrived and is not reported is `pending`."""
    uploaded_at: str | None = None
    """When the part was reported; null until then."""
    updated_at: str | None = None
    """When the part last changed."""
    error: str | None = None
    """Why the part failed. Present only if it did."""


class CompletedChunk(ClosedModel):
    """A part that has arrived, and the proof of it."""

    chunk_index: Annotated[int, Field(ge=1)]
    """Number of the part, counted from 1. At least 1."""
    proof: str
    """The `ETag` that answered the upload of the part, without quotation marks."""
    proof_type: Literal["etag"]
    """Kind of the proof."""
    chunk_size: int
    """Number of bytes of the part."""


class Connection(OpenModel):
    """Access to an account at a data provider.

    Its tokens are never shown.
    """

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the connection."""
    provider: Literal["google_drive"] | str | None = None
    """The data provider."""
    status: Literal["active", "expired", "revoked"] | str | None = None
    """Whether the connection can be used."""
    custom_id: str | None = None
    """The label that was given when the connection was authorized."""
    account: ConnectionAccount | None = None
    """The account at the provider."""
    scopes: list[str] | None = None
    """What the user has allowed, as the provider names it."""
    connected_at: str | None = None
    """When the connection was made."""
    last_used_at: str | None = None
    """When the connection was last used."""


class ConnectionAccount(OpenModel):
    """The account at the provider."""

    external_id: str | None = None
    """Identifier that the provider gives to the account. It never changes."""
    display_name: str | None = None
    """Name of the account for people, such as an email address."""


class CreateAnalyzeBatchResponse(OpenModel):
    """A batch that was accepted."""

    batch_id: str
    """Identifier of the batch."""
    status: Literal["pending", "processing", "canceling", "canceled", "completed", "expired"] | str
    """Status of the batch."""
    total_items: int
    """Number of items."""
    created_at: str
    """When the batch was created."""
    expires_at: str
    """When unfinished items are given up, 24 hours after the batch was created."""
    items: list[AnalyzeBatchCreatedItem]
    """The items and the tasks that analyse them."""


class CreateAnalyzeTaskResponse(OpenModel):
    """A task that was accepted."""

    task_id: str
    """Identifier of the task."""
    status: Literal["queued", "pending", "processing", "ready", "failed", "canceled"] | str
    """Status of the task."""


class CreateAssetUploadRequest(ClosedModel):
    """The file that is going to be uploaded in parts."""

    filename: Annotated[str, Field(max_length=255, min_length=1)]
    """Name of the asset, 1 to 255 characters. 1 to 255 characters."""
    type: Literal["video", "audio", "image"]
    """Kind of the file."""
    total_size: Annotated[int, Field(ge=1, le=10737418240)]
    """Size of the file in bytes, at most 10 GB, of an image at most 32 MB. It decides how many parts there are and
    how large they are. 1 to 10737418240.
    """
    enable_hls: bool | None = None
    """Whether video or audio is also prepared for HTTP Live Streaming. Ignored for everything else. Default `false`."""
    enable_thumbnail: bool | None = None
    """Whether thumbnails are made of the file. Default `false`."""
    user_metadata: AssetMetadata | None = None
    """The user's own facts about an asset, a flat map. A key with null, an empty text or an empty list counts as not
    given. Whole numbers beyond 53 bits have to be written as text.
    """


class CreateAssetUploadResponse(OpenModel):
    """A new upload session, and where to send the first parts."""

    upload_id: str | None = None
    """Identifier of the session, valid for 24 hours."""
    asset_id: str | None = None
    """Identifier that the asset will have. It can be used once the upload is complete."""
    upload_urls: list[PresignedUrlChunk] | None = None
    """URLs for the first parts, perhaps not for all (`multipart_upload.get_additional_presigned_urls`)."""
    upload_headers: UploadHeaders | None = None
    """Headers to send with each part to its URL."""
    chunk_size: int | None = None
    """Size of each part in bytes; the last one may be smaller."""
    total_chunks: int | None = None
    """Number of parts, `total_size` divided by `chunk_size` and rounded up."""
    expires_at: str | None = None
    """When the session ends, 24 hours after it began. What is not complete then is lost."""


class CreateAsyncEmbeddingRequest(ClosedModel):
    """One file to embed by a task.

    `input_type` says what it is, and the field of that name holds it. Documents and images need `marengo3.5`.
    """

    input_type: Literal["audio", "video", "document", "image"]
    """Kind of the file, which is also the name of the field that holds it. A document is a PDF, plain text or
    Markdown file.
    """
    model_name: Literal["marengo3.0", "marengo3.5"]
    """Model that makes the embeddings."""
    embedding_uncertainty: bool | None = None
    """Whether each vector comes with one of its uncertainty. Only with `marengo3.5`. For audio and video,
    `embedding_scope` must then be given without `asset`; for a document of plain text or Markdown it must be
    `local`, and a PDF document is rejected. Default `false`.
    """
    embedding_dimension: Literal[128, 256, 512] | None = None
    """How many numbers each vector has. A shorter one is the beginning of the longest. Only with `marengo3.5`; keep
    to one length within a collection of vectors. Default 512.
    """
    audio: AsyncAudioInputRequest | None = None
    """The file, if `input_type` is `audio`."""
    video: AsyncVideoInputRequest | None = None
    """The file, if `input_type` is `video`."""
    document: AsyncDocumentInputRequest | None = None
    """The file, if `input_type` is `document`."""
    image: AsyncImageInputRequest | None = None
    """The file, if `input_type` is `image`."""


class CreateConnectionPickerTokenResponse(OpenModel):
    """What a file picker of the provider needs."""

    access_token: str | None = None
    """The read-only token."""
    expires_in: int | None = None
    """Seconds until the token expires."""
    scope: str | None = None
    """What the token allows; several scopes are separated by spaces."""
    app_id: str | None = None
    """Number of the project at Google Cloud. Absent if the provider's picker needs none."""
    developer_key: str | None = None
    """API key for use in a browser. Absent if the provider's picker needs none."""


class CreateEmbeddingsRequest(ClosedModel):
    """One input to embed at once.

    `input_type` says what it is, and the field of that name holds it. With `marengo3.5` the input type is always
    `multi_input`; the other types are for `marengo3.0`.
    """

    input_type: Literal["text", "image", "text_image", "audio", "video", "multi_input"]
    """Kind of the input, which is also the name of the field that holds it. `text_image` is a text with one image,
    and `multi_input` is a text, several media, or both, made into one vector.
    """
    model_name: Literal["marengo3.0", "marengo3.5"]
    """Model that makes the embeddings."""
    auto_truncate: bool | None = None
    """Whether a text of more than 2,000 tokens is cut, as `usage.truncated` then says, or rejected. Only with
    `marengo3.5`. Default `false`.
    """
    embedding_uncertainty: bool | None = None
    """Whether each vector comes with one of its uncertainty. Only with `marengo3.5`, for text alone or for media
    alone, and never for documents. Default `false`.
    """
    embedding_dimension: Literal[128, 256, 512] | None = None
    """How many numbers each vector has. A shorter one is the beginning of the longest. Only with `marengo3.5`; keep
    to one length within a collection of vectors. Default 512.
    """
    text: TextInputRequest | None = None
    """The input, if `input_type` is `text`."""
    image: ImageInputRequest | None = None
    """The input, if `input_type` is `image`."""
    text_image: TextImageInputRequest | None = None
    """The input, if `input_type` is `text_image`."""
    audio: AudioInputRequest | None = None
    """The input, if `input_type` is `audio`."""
    video: VideoInputRequest | None = None
    """The input, if `input_type` is `video`."""
    multi_input: MultiInputRequest | None = None
    """The input, if `input_type` is `multi_input`."""


class CreateRedirectUriRequest(ClosedModel):
    """The redirect URI to register."""

    redirect_uri: str
    """The URL, exactly as it will be sent later. It must use HTTPS, have a host that the public can reach, and hold
    no wildcard.
    """


class DocumentEmbeddingMetadata(OpenModel):
    """Where the document of a task came from, and how it was divided."""

    input_url: str | None = None
    """URL of the document, if a URL was given."""
    input_filename: str | None = None
    """Name of the document file, if a file was given."""
    document_embedding_option: list[str] | None = None
    """What was asked to be embedded."""
    document_embedding_scope: list[str] | None = None
    """What was asked to get a vector."""


class DocumentSegmentation(ClosedModel):
    """How a document is divided, `spatial` for the pages of a PDF document, `sequential` for any other text."""

    spatial: DocumentSpatialSegmentation | None = None
    """How each page is divided."""
    sequential: DocumentSequentialSegmentation | None = None
    """How the text is divided."""


class DocumentSequentialSegmentation(ClosedModel):
    """How a text is divided into chunks of whole sentences."""

    strategy: Literal["sentence"]
    """Always `sentence`."""
    max_sentences: Annotated[int, Field(ge=1, le=2147483647)]
    """Most sentences in a chunk. A chunk that is too long for the model makes the task fail. 1 to 2147483647."""
    overlap_sentences: Annotated[int | None, Field(ge=0)] = None
    """How many sentences at the end of a chunk begin the next one too; fewer than `max_sentences`. At least 0,
    default 0.
    """


class DocumentSpatialSegmentation(ClosedModel):
    """How each page of a PDF document is divided."""

    strategy: Literal["standard", "quadrants"] | None = None
    """One vector for each page (`standard`), or five, for the page and for each of its quarters (`quadrants`), at
    five times the tokens. Default `standard`.
    """


class EffectiveSearchOptions(OpenModel):
    """How videos were matched, with the defaults filled in.

    Empty if no videos were searched.
    """

    video: EffectiveVideoSearchOptions | None = None
    """The parts of a video that were matched."""


class EffectiveVideoSearchOptions(OpenModel):
    """The parts of a video that were matched."""

    modalities: list[Literal["visual", "audio"] | str]
    """The picture, the sound, or both."""


class EmbedCreateRequest(ClosedModel):
    """What to embed: text, an image, audio, or several of these at once.

    Give at least one (ledger D8). An image and an audio track each come as a file or as a URL, not both (ledger A30).
    """

    model_name: str
    """Model that makes the embeddings, such as `marengo3.0`. An open list (ledger A22, A66)."""
    text: str | None = None
    """Text to embed, up to 500 tokens; of a longer one, the end is cut off."""
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
    """Model that makes the embeddings, such as `marengo3.0`. An open list (ledger A22, A66)."""
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
    updated_at: str | None = None
    """When the task last changed."""
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


class EmbedV2TasksCreateResponse(OpenModel):
    """The new embedding task."""

    id: Annotated[str, Field(alias="_id")]
    """Identifier of the embedding task."""
    status: Literal["processing"] | str
    """Status of the task. An open list."""
    data: list[EmbeddingData] | None = None
    """The vectors of a task that is ready; null before that."""
    metadata: EmbedV2TasksCreateResponseMetadata | None = None
    """How the file is embedded. Only with `marengo3.5`."""


class EmbedV2TasksCreateResponseMetadata(OpenModel):
    """How the file of a new task is embedded."""

    embedding_dimension: int | None = None
    """How many numbers each vector will have."""


class EmbedV2TasksListResponse(OpenModel):
    """One page of embedding tasks."""

    data: list[MediaEmbeddingTask] | None = None
    """The tasks of this page; empty on a page beyond the last one."""
    page_info: PageInfo | None = None
    """Where this page stands in the whole list."""


class EmbeddingAudioMetadata(OpenModel):
    """Where embedded audio came from, and how it was embedded."""

    input_type: Literal["audio"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the audio, if a URL was given."""
    input_filename: str | None = None
    """Name of the audio file, if a file was given."""
    embedding_options: list[str]
    """What was asked to be embedded."""
    embedding_scopes: list[Literal["clip", "local", "asset"] | str]
    """What was asked to get a vector. An open list."""
    duration: float
    """Duration of the audio in seconds."""
    start_offset_sec: float | None = None
    """Where processing began, in seconds from the start of the audio."""
    end_offset_sec: float | None = None
    """Where processing ended, in seconds from the start of the audio."""
    embedding_dimension: int | None = None
    """How many numbers each vector has. Only with `marengo3.5`."""


class EmbeddingData(OpenModel):
    """One vector, and what it stands for."""

    embedding: list[float]
    """The numbers of the vector."""
    embedding_uncertainty: list[float] | None = None
    """How uncertain each number of the vector is, higher for less certain. Only if asked for."""
    embedding_option: Literal["visual", "audio", "transcription", "text", "fused"] | str | None = None
    """What was embedded; null for a text, and for an image that was embedded at once. An open list."""
    embedding_scope: Literal["clip", "page", "chunk", "asset"] | str | None = None
    """What the vector stands for, a segment, a page or a quarter of one, a chunk of sentences, or the whole
    (`asset`); null for a text, and for an image that was embedded at once. An open list.
    """
    start_sec: float | None = None
    """Where the segment begins, in seconds; null for text and images."""
    end_sec: float | None = None
    """Where the segment ends, in seconds; null for text and images."""
    start_page_number: int | None = None
    """First page that the vector stands for, counted from 1; null if it stands for no pages."""
    end_page_number: int | None = None
    """Last page that the vector stands for, counted from 1; null if it stands for no pages."""
    quadrant: Literal["top_left", "top_right", "bottom_left", "bottom_right"] | str | None = None
    """The quarter of the page that the vector stands for; null for a whole page. An open list."""
    chunk_index: int | None = None
    """Place of the chunk in the text, counted from 0; null if the vector stands for no chunk. The order of the list
    of vectors is not that order.
    """


class EmbeddingImageMetadata(OpenModel):
    """Where an image came from that was embedded at once."""

    input_type: Literal["image"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the image, if a URL was given."""
    input_filename: str | None = None
    """Name of the image file, if a file was given."""


class EmbeddingMetadata(OpenModel):
    """Where the input of an embedding came from."""

    input_url: str | None = None
    """URL of the input, if a URL was given."""
    input_filename: str | None = None
    """Name of the uploaded file, if a file was given."""


class EmbeddingMultiInputMetadata(OpenModel):
    """How several media were embedded into one vector."""

    input_type: Literal["multi_input"]
    """Distinguishes the kinds of input."""
    embedding_dimension: int | None = None
    """How many numbers the vector has. Only with `marengo3.5`."""


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


class EmbeddingSuccessResponse(OpenModel):
    """The vectors of one request."""

    data: list[EmbeddingData]
    """The vectors."""
    usage: EmbeddingUsage | None = None
    """Token usage of the request. Only with `marengo3.5`."""
    metadata: EmbeddingMediaMetadata | None = None
    """Where the media came from, and how they were embedded; absent for text."""


class EmbeddingTaskResponse(OpenModel):
    """One embedding task, with its vectors once it is ready."""

    id: Annotated[str, Field(alias="_id")]
    """Identifier of the embedding task."""
    status: Literal["processing", "ready", "failed"] | str
    """Status of the task. An open list."""
    created_at: str | None = None
    """When the task was created."""
    updated_at: str | None = None
    """When the task last changed."""
    data: list[EmbeddingData] | None
    """The vectors of a task that is ready; null otherwise. Their order has no meaning."""
    usage: EmbeddingUsage | None = None
    """Token usage of the task. Only with `marengo3.5`."""
    metadata: EmbeddingTaskMediaMetadata | None = None
    """Where the file came from, and how it was embedded."""
    error: EmbeddingTaskResponseError | None = None
    """Why the task failed; only if it did."""


class EmbeddingTaskResponseError(OpenModel):
    """Why an embedding task failed."""

    message: str
    """The reason in a sentence, for people."""


class EmbeddingTextImageMetadata(OpenModel):
    """Where the image came from that was embedded together with a text."""

    input_type: Literal["text_image"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the image, if a URL was given."""
    input_filename: str | None = None
    """Name of the image file, if a file was given."""


class EmbeddingUsage(OpenModel):
    """Token usage of a request.

    Only with `marengo3.5`.
    """

    input_tokens: EmbeddingInputTokens
    """Number of tokens by kind of content."""
    truncated: bool
    """Whether the input was cut to fit."""
    truncation_reason: Literal["model_context_window"] | str | None = None
    """Why the input was cut; only if it was. An open list."""


class EmbeddingVideoMetadata(OpenModel):
    """Where an embedded video came from, and how it was embedded."""

    input_type: Literal["video"]
    """Distinguishes the kinds of input."""
    input_url: str | None = None
    """URL of the video, if a URL was given."""
    input_filename: str | None = None
    """Name of the video file, if a file was given."""
    clip_length: int | None = None
    """Length of a segment in seconds; only if all have one length."""
    embedding_scopes: list[Literal["clip", "local", "asset"] | str]
    """What was asked to get a vector. An open list."""
    embedding_options: list[str]
    """What was asked to be embedded."""
    duration: float
    """Duration of the video in seconds."""
    start_offset_sec: float | None = None
    """Where processing began, in seconds from the start of the video."""
    end_offset_sec: float | None = None
    """Where processing ended, in seconds from the start of the video."""
    embedding_dimension: int | None = None
    """How many numbers each vector has. Only with `marengo3.5`."""


class EnrichmentConfigDescription(ClosedModel):
    """What to extract, in words.

    The service makes a schema of them.
    """

    type: Literal["description"]
    """Always `description`."""
    description: Annotated[str, Field(min_length=1)]
    """What to extract of the videos. Not empty."""


class EnrichmentConfigJsonSchema(ClosedModel):
    """What to extract, as a schema."""

    type: Literal["json_schema"]
    """Always `json_schema`."""
    json_schema: EnrichmentSchema
    """A JSON Schema (2020-12) of an object: what to extract of each shot. Few keywords are supported; any other
    gives 422. Keep it small and flat: large or deep schemas make the result worse.
    """


class EnrichmentSchema(ClosedModel):
    """A JSON Schema (2020-12) of an object: what to extract of each shot.

    Few keywords are supported; any other gives 422. Keep it small and flat: large or deep schemas make the result
    worse.
    """

    type: Literal["object"]
    """Always `object`."""
    title: str | None = None
    """A short name, for people."""
    description: str | None = None
    """What the object says about a shot."""
    properties: EnrichmentSchemaProperties
    """The properties of an object, by name."""
    required: list[str] | None = None
    """Names of the properties that each result must have. The others are left out where nothing is found."""
    additional_properties: Annotated[bool | None, Field(alias="additionalProperties")] = None
    """Whether a result may have other properties."""


class EnrichmentSchemaItems(ClosedModel):
    """What the items of a list hold."""

    type: Literal["string", "number", "integer", "boolean", "array", "object"] | None = None
    """Type of the item; one, and never null."""
    title: str | None = None
    """A short name, for people."""
    description: str | None = None
    """What to look for. A better description gives a better result."""
    enum: list[str | float | bool] | None = None
    """The values that there may be."""
    format: str | None = None
    """Format of a string."""
    minimum: float | None = None
    """Smallest number."""
    maximum: float | None = None
    """Largest number."""
    items: EnrichmentSchemaItems | None = None
    """What the items of a list hold."""
    prefix_items: Annotated[list[EnrichmentSchemaItems] | None, Field(alias="prefixItems")] = None
    """What the first items of a list hold, one by one."""
    min_items: Annotated[int | None, Field(alias="minItems", ge=0)] = None
    """Least number of items of a list. At least 0."""
    max_items: Annotated[int | None, Field(alias="maxItems", ge=0)] = None
    """Largest number of items of a list. At least 0."""
    properties: EnrichmentSchemaProperties | None = None
    """The properties of an object, by name."""
    required: list[str] | None = None
    """Names of the properties that an object must have."""
    additional_properties: Annotated[bool | None, Field(alias="additionalProperties")] = None
    """Whether an object may have other properties."""


class EnrichmentSchemaProperty(ClosedModel):
    """What one property holds."""

    type: Literal["string", "number", "integer", "boolean", "array", "object"] | None = None
    """Type of the value; one, and never null."""
    title: str | None = None
    """A short name, for people."""
    description: str
    """What to look for. A better description gives a better result."""
    enum: list[str | float | bool] | None = None
    """The values that there may be."""
    format: str | None = None
    """Format of a string."""
    minimum: float | None = None
    """Smallest number."""
    maximum: float | None = None
    """Largest number."""
    items: EnrichmentSchemaItems | None = None
    """What the items of a list hold."""
    prefix_items: Annotated[list[EnrichmentSchemaItems] | None, Field(alias="prefixItems")] = None
    """What the first items of a list hold, one by one."""
    min_items: Annotated[int | None, Field(alias="minItems", ge=0)] = None
    """Least number of items of a list. At least 0."""
    max_items: Annotated[int | None, Field(alias="maxItems", ge=0)] = None
    """Largest number of items of a list. At least 0."""
    properties: EnrichmentSchemaProperties | None = None
    """The properties of an object, by name."""
    required: list[str] | None = None
    """Names of the properties that an object must have."""
    additional_properties: Annotated[bool | None, Field(alias="additionalProperties")] = None
    """Whether an object may have other properties."""


class EntitiesCreateBulkRequest(ClosedModel):
    """Several new entities."""

    entities: Annotated[list[EntitiesCreateRequest], Field(min_length=1)]
    """The entities. Not empty."""


class EntitiesCreateRequest(ClosedModel):
    """A new entity."""

    name: str
    """Name of the entity, short and telling."""
    description: str | None = None
    """Who or what the entity is."""
    metadata: EntityMetadata | None = None
    """The user's own facts about an entity, a flat map. A list or an object has to be written as text."""
    asset_ids: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    """Identifiers of the assets that show the entity, at least one. Not empty."""


class EntitiesListByAssetResponse(OpenModel):
    """One page of the entities that have an asset."""

    data: list[Entity] | None = None
    """The entities of the page."""
    page_info: PageInfo | None = None
    """Where a numbered page stands in its list."""


class EntitiesListResponse(OpenModel):
    """One page of the entities of a collection."""

    data: list[Entity] | None = None
    """The entities of the page."""
    page_info: PageInfo | None = None
    """Where a numbered page stands in its list."""


class EntitiesUpdateRequest(ClosedModel):
    """What to change about an entity.

    What is not given stays as it is.
    """

    name: str | None = None
    """The new name."""
    description: str | None = None
    """The new description."""
    metadata: EntityMetadata | None = None
    """The new map; it takes the place of the old one."""


class Entity(OpenModel):
    """A person or thing that searches can find, shown by assets."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the entity."""
    entity_collection_id: str | None = None
    """Collection that the entity belongs to."""
    name: str | None = None
    """Name of the entity."""
    description: str | None = None
    """Who or what the entity is."""
    metadata: Metadata | None = None
    """The user's own facts about the entity."""
    asset_ids: list[str] | None = None
    """Identifiers of the assets that show the entity."""
    status: Literal["processing", "ready"] | str | None = None
    """Whether searches can use the entity, once it is `ready`."""
    created_at: str | None = None
    """When the entity was created."""
    updated_at: str | None = None
    """When the entity was last changed."""


class EntityAssetsRequest(ClosedModel):
    """Assets to add to an entity or to take from it."""

    asset_ids: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    """Identifiers of the assets. Not empty."""


class EntityCollection(OpenModel):
    """A set of entities that belong together, such as the players of a team."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the collection."""
    name: str | None = None
    """Name of the collection."""
    description: str | None = None
    """What the collection holds."""
    created_at: str | None = None
    """When the collection was created."""
    updated_at: str | None = None
    """When the collection was last changed."""


class EntityCollectionsCreateRequest(ClosedModel):
    """A new entity collection."""

    name: str
    """Name of the collection, short and telling."""
    description: str | None = None
    """What the collection holds."""


class EntityCollectionsListResponse(OpenModel):
    """One page of entity collections."""

    data: list[EntityCollection] | None = None
    """The collections of the page."""
    page_info: PageInfo | None = None
    """Where a numbered page stands in its list."""


class EntityCollectionsUpdateRequest(ClosedModel):
    """What to change about a collection.

    What is not given stays as it is.
    """

    name: str | None = None
    """The new name."""
    description: str | None = None
    """The new description."""


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


class ErrorDetail(OpenModel):
    """Why a request was rejected."""

    code: str
    """Short name of the reason, for programs. The list is open."""
    message: str
    """The reason in a sentence, for people."""
    details: ErrorDetails | None = None
    """More about the reason. Which keys there are depends on the code, and none is documented."""


class ErrorResponse(OpenModel):
    """An error response with the reason one level deeper than in `Error`."""

    error: ErrorDetail
    """Why a request was rejected."""


class GetUploadStatusResponse(OpenModel):
    """Status of an upload session, with one page of its parts."""

    upload_id: str | None = None
    """Identifier of the session."""
    status: Literal["active", "completed", "failed", "expired"] | str | None = None
    """State of the session: `active` until all parts are reported, then `completed`, which does not mean yet that
    the asset is `ready`; a `failed` or `expired` one has to be started again.
    """
    uploaded_chunks: list[ChunkInfo] | None = None
    """The parts of the page."""
    chunks_completed: int | None = None
    """Number of parts that have arrived and are reported."""
    chunks_failed: int | None = None
    """Number of parts that have to be sent again."""
    chunks_pending: int | None = None
    """Number of parts that are not reported yet."""
    page_info: PageInfo | None = None
    """Where a numbered page stands in its list."""
    total_size: int | None = None
    """Size of the file in bytes."""
    uploaded_size: int | None = None
    """Number of bytes that have arrived."""
    created_at: str | None = None
    """When the session began."""
    updated_at: str | None = None
    """When the session last changed."""


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


class ImageEmbeddingMetadata(OpenModel):
    """Where the image of a task came from."""

    input_url: str | None = None
    """URL of the image, if a URL was given."""
    input_filename: str | None = None
    """Name of the image file, if a file was given."""
    image_embedding_option: list[str] | None = None
    """What was embedded, always `visual` as documented."""
    image_embedding_scope: list[str] | None = None
    """What got a vector, always `asset` as documented."""


class ImageInputRequest(ClosedModel):
    """An image to embed, of at most 32 MB."""

    media_source: MediaSource
    """Where the image is."""


class ImageMetadata(OpenModel):
    """What the service found out about an image file."""

    asset_type: Literal["image"]
    """Always `image`."""
    filename: str | None = None
    """Name of the file."""
    width: int | None = None
    """Width of the picture in pixels."""
    height: int | None = None
    """Height of the picture in pixels."""
    codec_name: str | None = None
    """Name of the codec."""
    size: int | None = None
    """Size of the file in bytes."""


class ImageSearchHit(OpenModel):
    """An image that was found."""

    asset_type: Literal["image"]
    """Always `image`."""
    rank: Annotated[int, Field(ge=1)]
    """Position among all results, counted from 1. At least 1."""
    item_id: str
    """Identifier of the item."""
    metadata: ImageSearchItemMetadata | None = None
    """Metadata of an image that was found. Present if the request asked for it."""


class ImageSearchItemMetadata(OpenModel):
    """Metadata of an image that was found.

    Present if the request asked for it.
    """

    system: ImageSearchSystemMetadata | None = None
    """What the service found out about the image file."""
    user: StoredMetadata | None = None
    """The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are
    documented, and clients should accept any value.
    """


class ImageSearchSystemMetadata(OpenModel):
    """What the service found out about the image file."""

    width: int | None = None
    """Width of the picture in pixels."""
    height: int | None = None
    """Height of the picture in pixels."""
    size: int | None = None
    """Size of the file in bytes."""


class Import(OpenModel):
    """An import of files through a connection.

    It does not change once it is made.
    """

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the import."""
    connection_id: str | None = None
    """Identifier of the connection."""
    provider: Literal["google_drive"] | str | None = None
    """The data provider."""
    custom_id: str | None = None
    """The label that the connection had then. Absent if it had none."""
    item_count: int | None = None
    """Number of files that were asked for. There are fewer entries once an asset has been deleted."""
    created_at: str | None = None
    """When the import was made."""


class ImportDetail(OpenModel):
    """An import and its files."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the import."""
    connection_id: str | None = None
    """Identifier of the connection."""
    provider: Literal["google_drive"] | str | None = None
    """The data provider."""
    custom_id: str | None = None
    """The label that the connection had then. Absent if it had none."""
    item_count: int | None = None
    """Number of files that were asked for. There are fewer entries once an asset has been deleted."""
    created_at: str | None = None
    """When the import was made."""
    items: list[ImportItem] | None = None
    """One entry for each file, in the order of the request."""


class ImportFilesRequest(ClosedModel):
    """The files to import."""

    items: Annotated[list[ImportFilesRequestItemsItem], Field(max_length=100, min_length=1)]
    """One entry for each file, none of them twice. 1 to 100 items, no duplicates."""


class ImportFilesRequestItemsItem(ClosedModel):
    """One file to import."""

    source_id: str
    """Identifier of the file at the provider."""


class ImportItem(OpenModel):
    """A file of an import, and the asset made of it."""

    source_id: str | None = None
    """Identifier of the file at the provider."""
    action: Literal["created", "skipped", "retried", "rejected"] | str | None = None
    """What was done with the file when it was asked for; this never changes. `created` made a new asset, `skipped`
    found the asset of an earlier import, `retried` fetched a file again that could not be fetched before, and
    `rejected` did not accept it. Absent for imports from before this key existed: what was done is then unknown.
    """
    asset_id: str | None = None
    """Identifier of the asset, a new or an earlier one. Absent if the file was rejected."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Status of the asset at this moment. Absent if the file was rejected."""
    error: ImportItemError | None = None
    """Why a file was rejected before an asset was created from it."""


class ImportItemError(OpenModel):
    """Why a file was rejected before an asset was created from it."""

    code: str | None = None
    """Short name of the reason, for programs. The list is open."""
    message: str | None = None
    """The reason in a sentence, for people."""


class ImportResult(OpenModel):
    """The result of a request to import files."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the new import."""
    has_failures: bool | None = None
    """Whether a file was rejected before an asset was created from it. A file that already exists is not a failure."""
    items: list[ImportItem] | None = None
    """One entry for each file, in the order of the request."""


class IncompleteUploadSummary(OpenModel):
    """An upload session that has not come to its end."""

    upload_id: str
    """Identifier of the session."""
    status: Literal["active", "completed", "failed", "expired"] | str
    """State of the session."""
    total_size: int
    """Size of the file in bytes."""
    chunk_size: int
    """Size of each part in bytes; the last one may be smaller."""
    total_chunks: int
    """Number of parts."""
    created_at: str | None = None
    """When the session began."""
    expires_at: str | None = None
    """When the session ends."""


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


class IndexTaskFailedWebhookEvent(OpenModel):
    """An indexing task has failed."""

    id: str
    """Identifier of the event."""
    created_at: str
    """When the event was sent."""
    type: Literal["index.task.failed"]
    """What has happened."""
    data: IndexTaskWebhookData
    """The task."""


class IndexTaskReadyWebhookEvent(OpenModel):
    """An indexing task has succeeded."""

    id: str
    """Identifier of the event."""
    created_at: str
    """When the event was sent."""
    type: Literal["index.task.ready"]
    """What has happened."""
    data: IndexTaskWebhookData
    """The task."""


class IndexTaskWebhookData(OpenModel):
    """An indexing task at the end."""

    id: str | None = None
    """Identifier of the indexing task."""
    metadata: IndexTaskWebhookMetadata | None = None
    """What the service found out about the video."""
    status: Literal["ready", "failed"] | str | None = None
    """Status of the indexing task."""
    models: list[IndexTaskWebhookModel] | None = None
    """The models that have looked at the video."""
    tags: list[str] | None = None
    """Tags of the indexing task."""


class IndexTaskWebhookMetadata(OpenModel):
    """What the service found out about the video of an indexing task."""

    duration: float | None = None
    """Length in seconds."""


class IndexTaskWebhookModel(OpenModel):
    """A model and what it has looked at."""

    name: str | None = None
    """Name of the model."""
    options: list[Literal["visual", "audio"] | str] | None = None
    """What the model has looked at."""


class IndexedAsset(OpenModel):
    """An indexed asset, as a list shows it."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexed asset; not that of the asset."""
    asset_id: str | None = None
    """Identifier of the asset."""
    created_at: str | None = None
    """When indexing of the asset was asked for."""
    updated_at: str | None = None
    """When the indexing last went from one status to another."""
    indexed_at: str | None = None
    """When indexing of the asset ended."""
    status: Literal["ready", "pending", "queued", "indexing", "validating", "failed"] | str | None = None
    """Status of the indexing. An open list (ledger A57)."""
    system_metadata: SystemMetadata | None = None
    """What the service found out about the file."""


class IndexedAssetDetailed(OpenModel):
    """An indexed asset in full."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexed asset; not that of the asset."""
    asset_id: str | None = None
    """Identifier of the asset."""
    created_at: str | None = None
    """When indexing of the asset was asked for."""
    updated_at: str | None = None
    """When the indexing last went from one status to another."""
    indexed_at: str | None = None
    """When indexing of the asset ended."""
    status: Literal["ready", "pending", "queued", "indexing", "validating", "failed"] | str | None = None
    """Status of the indexing. An open list (ledger A57)."""
    system_metadata: SystemMetadata | None = None
    """What the service found out about the file."""
    user_metadata: Metadata | None = None
    """User metadata of the indexed asset."""
    hls: Hls | None = None
    """Stream of the video; present only if `enable_video_stream` was set when the asset was indexed."""
    embedding: VideoEmbedding | None = None
    """Embeddings of the video; present only if asked for with `embedding_option`."""
    transcription: list[TranscriptionItem] | None = None
    """Spoken words in order; present only if asked for with `transcription`."""


class IndexedAssetSummary(OpenModel):
    """An indexed asset and the index that holds it."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the indexed asset."""
    index: IndexedAssetSummaryIndex | None = None
    """The index that holds it."""


class IndexedAssetSummaryIndex(OpenModel):
    """The index of an indexed asset."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the index."""
    name: str | None = None
    """Name of the index."""


class IndexedAssetsCreateRequest(ClosedModel):
    """The asset to index, and what to do with it."""

    asset_id: Annotated[str, Field(min_length=1)]
    """Identifier of the asset to index. Its status must be `ready`. Not empty."""
    enable_video_stream: bool | None = None
    """Whether the platform keeps the video for HLS streaming, so that `indexes.indexed_assets.retrieve` returns its
    `hls` URLs. Default `false`.
    """
    user_metadata: IndexedAssetUserMetadata | None = None
    """Your own keys and values for the indexed asset, a JSON object."""


class IndexedAssetsCreateResponse(OpenModel):
    """Identifiers of the indexed asset just created."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the new indexed asset."""
    asset_id: str | None = None
    """Identifier of the asset."""


class IndexedAssetsListByAssetResponse(OpenModel):
    """One page of the indexed assets that were made from one asset."""

    data: list[IndexedAssetSummary] | None = None
    """The indexed assets of this page; empty beyond the last page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class IndexedAssetsListResponse(OpenModel):
    """One page of the indexed assets of an index."""

    data: list[IndexedAsset] | None = None
    """The indexed assets of this page; empty beyond the last page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class IndexedAssetsUpdateRequest(ClosedModel):
    """User metadata keys to change or remove on an indexed asset."""

    user_metadata: UserMetadataPatch | None = None
    """The keys to change; null removes a key."""


class IndexesCreateRequest(ClosedModel):
    """What a new index is called and how it processes its videos.

    Add-ons need at least one Marengo model.
    """

    index_name: str
    """Name of the index; unique within the account."""
    models: Annotated[list[IndexesCreateRequestModelsItem], Field(max_length=2, min_length=1)]
    """Models that process the videos of the index. 1 to 2 items."""
    addons: Annotated[list[Literal["thumbnail"]] | None, Field(max_length=1, min_length=1)] = None
    """Extra processing; none if left out. An add-on cannot be switched off later. 1 items."""


class IndexesCreateRequestModelsItem(ClosedModel):
    """One model of a new index and what it looks at."""

    model_name: Literal["marengo3.0"]
    """Name and version of the model. An index that has another model keeps it."""
    model_options: Annotated[list[Literal["visual", "audio"]], Field(max_length=2, min_length=1)]
    """What the model takes from a video, the picture, the sound, or both. 1 to 2 items, no duplicates."""


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


class IngestionConfig(ClosedModel):
    """How the contents of a knowledge store are processed."""

    enrichment_config: EnrichmentConfig
    """What to extract of each shot of a video, as a schema or in words. The key `type` says which."""


class IntegerRange(ClosedModel):
    """A range of whole numbers, its ends included.

    One end may be left open.
    """

    gte: int | None = None
    """Smallest number of the range."""
    lte: int | None = None
    """Largest number of the range."""


class ItemIdFilter(ClosedModel):
    """Only one item (`eq`), or one of several (`in`).

    Send one of the two.
    """

    eq: str | None = None
    """Identifier of the item."""
    in_: Annotated[list[str] | None, Field(alias="in")] = None
    """Identifiers of the items."""


class KnowledgeStore(OpenModel):
    """A collection of videos and images, and what the service has understood of them."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the knowledge store."""
    name: str | None = None
    """Name of the knowledge store."""
    description: str | None = None
    """What the knowledge store is for."""
    ingestion_config: StoredIngestionConfig | None = None
    """How the contents of the knowledge store are processed. It never changes."""
    item_count: int | None = None
    """Number of items."""
    created_at: str | None = None
    """When the knowledge store was created."""
    updated_at: str | None = None
    """When the knowledge store last changed."""
    metadata: StoredMetadata | None = None
    """The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are
    documented, and clients should accept any value.
    """


class KnowledgeStoreItem(OpenModel):
    """An asset in a knowledge store.

    It can be used once it is `ready`.
    """

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the item."""
    asset_type: Literal["video", "image"] | str
    """Type of the item."""
    asset_id: str | None = None
    """Identifier of the asset."""
    status: Literal["queued", "pending", "processing", "ready", "failed"] | str | None = None
    """Status of the item. It ends as `ready` or `failed`."""
    system_metadata: KnowledgeStoreItemSystemMetadata | None = None
    """What the service found out about the file. Its `asset_type` is that of the item."""
    metadata: StoredMetadata | None = None
    """The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are
    documented, and clients should accept any value.
    """
    created_at: str | None = None
    """When the item was created."""
    updated_at: str | None = None
    """When the item last changed."""


class KnowledgeStoreItemCollection(OpenModel):
    """A named selection of the items of a knowledge store."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the item collection."""
    knowledge_store_id: str | None = None
    """Identifier of the knowledge store."""
    name: str | None = None
    """Name of the item collection."""
    description: str | None = None
    """What the item collection is for."""
    metadata: StoredMetadata | None = None
    """The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are
    documented, and clients should accept any value.
    """
    member_count: int | None = None
    """Number of items."""
    created_at: str | None = None
    """When the item collection was created."""
    updated_at: str | None = None
    """When the item collection last changed."""


class KnowledgeStoreItemCollectionsAddItemsRequest(ClosedModel):
    """The items to add."""

    item_ids: Annotated[list[Annotated[str, Field(min_length=1)]], Field(max_length=500, min_length=1)]
    """Identifiers of the items. 1 to 500 items."""


class KnowledgeStoreItemCollectionsCreateRequest(ClosedModel):
    """Name, description and metadata of a new item collection."""

    name: Annotated[str, Field(max_length=255, min_length=1)]
    """Name of the item collection; unique within the knowledge store. 1 to 255 characters."""
    description: Annotated[str | None, Field(max_length=2000)] = None
    """What the item collection is for. At most 2000 characters."""
    metadata: KnowledgeStoreMetadata | None = None
    """Facts of your own, a flat map of at most 10 pairs. A value is a string, a number, a boolean or a list of
    strings; a whole number beyond 53 bits has to be written as text. At most 10 keys.
    """


class KnowledgeStoreItemCollectionsListItemsResponse(OpenModel):
    """One page of the items of an item collection."""

    data: list[KnowledgeStoreItem] | None = None
    """The items of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class KnowledgeStoreItemCollectionsListResponse(OpenModel):
    """One page of item collections."""

    data: list[KnowledgeStoreItemCollection] | None = None
    """The item collections of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class KnowledgeStoreItemCollectionsRemoveItemsRequest(ClosedModel):
    """The items to remove."""

    item_ids: Annotated[list[Annotated[str, Field(min_length=1)]], Field(max_length=500, min_length=1)]
    """Identifiers of the items. 1 to 500 items."""


class KnowledgeStoreItemCollectionsUpdateRequest(ClosedModel):
    """What to change about an item collection."""

    name: Annotated[str | None, Field(max_length=255, min_length=1)] = None
    """New name of the item collection; unique within the knowledge store. 1 to 255 characters."""
    description: Annotated[str | None, Field(max_length=2000)] = None
    """New description of the item collection. At most 2000 characters."""
    metadata: ItemCollectionMetadataUpdate | None = None
    """All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are gone, and an
    empty map removes all. A value is a string, a number, a boolean or a list of strings; a whole number beyond 53
    bits has to be written as text. At most 10 keys.
    """


class KnowledgeStoreItemsCreateRequest(ClosedModel):
    """The asset to add, and metadata for the item."""

    asset_id: Annotated[str, Field(min_length=1)]
    """Identifier of the asset. Not empty."""
    asset_type: Literal["video", "image"] | None = None
    """Type of the item."""
    metadata: KnowledgeStoreItemMetadata | None = None
    """Facts of your own about the item, a flat map of at most 50 pairs. A value is a string, a number, a boolean or
    a list of strings; a whole number beyond 53 bits has to be written as text. At most 50 keys.
    """


class KnowledgeStoreItemsListResponse(OpenModel):
    """One page of items."""

    data: list[KnowledgeStoreItem] | None = None
    """The items of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class KnowledgeStoreSearchQuery(ClosedModel):
    """What to look for."""

    text: Annotated[str, Field(min_length=1)]
    """What to look for, in everyday language. Not empty."""


class KnowledgeStoresCreateRequest(ClosedModel):
    """Name, description, metadata and configuration of a new knowledge store."""

    name: str
    """Name of the knowledge store."""
    ingestion_config: IngestionConfig | None = None
    """How the contents of a knowledge store are processed."""
    description: str | None = None
    """What the knowledge store is for."""
    metadata: KnowledgeStoreMetadata | None = None
    """Facts of your own, a flat map of at most 10 pairs. A value is a string, a number, a boolean or a list of
    strings; a whole number beyond 53 bits has to be written as text. At most 10 keys.
    """


class KnowledgeStoresListResponse(OpenModel):
    """One page of knowledge stores."""

    data: list[KnowledgeStore] | None = None
    """The knowledge stores of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class KnowledgeStoresUpdateRequest(ClosedModel):
    """What to change about a knowledge store."""

    name: str | None = None
    """New name of the knowledge store."""
    description: str | None = None
    """New description of the knowledge store."""
    metadata: KnowledgeStoreMetadataUpdate | None = None
    """All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are gone, and an
    empty map removes all. A value is a string, a number, a boolean or a list of strings; a whole number beyond 53
    bits has to be written as text. At most 10 keys.
    """


class ListConnectionsResponse(OpenModel):
    """One page of connections."""

    data: list[Connection] | None = None
    """The connections of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class ListImportsResponse(OpenModel):
    """One page of imports."""

    data: list[Import] | None = None
    """The imports of this page, without their files."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class ListIncompleteUploadsResponse(OpenModel):
    """One page of upload sessions."""

    data: list[IncompleteUploadSummary]
    """The sessions of the page."""
    page_info: PageInfo
    """Where a numbered page stands in its list."""


class ListRedirectUrisResponse(OpenModel):
    """One page of registered redirect URIs."""

    data: list[RedirectUri] | None = None
    """The redirect URIs of this page."""
    page_info: PageInfo | None = None
    """Position of this page among all pages."""


class MediaEmbeddingTask(OpenModel):
    """One embedding task, as listed, with how its file is embedded under a key for the kind of the file."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the embedding task."""
    model_name: str | None = None
    """Model that makes the embeddings."""
    status: Literal["processing", "ready", "failed"] | str | None = None
    """Status of the task. An open list."""
    created_at: str | None = None
    """When the task was created."""
    updated_at: str | None = None
    """When the task last changed."""
    video_embedding: MediaEmbeddingTaskVideoEmbedding | None = None
    """How a video is embedded, without the vectors."""
    audio_embedding: MediaEmbeddingTaskAudioEmbedding | None = None
    """How audio is embedded, without the vectors."""
    document_embedding: MediaEmbeddingTaskDocumentEmbedding | None = None
    """How a document is embedded, without the vectors."""
    image_embedding: MediaEmbeddingTaskImageEmbedding | None = None
    """How an image is embedded, without the vectors."""


class MediaEmbeddingTaskAudioEmbedding(OpenModel):
    """How the audio of a task is embedded, without the vectors."""

    metadata: AudioEmbeddingMetadata | None = None
    """Where the audio came from, and how it was cut."""


class MediaEmbeddingTaskDocumentEmbedding(OpenModel):
    """How the document of a task is embedded, without the vectors."""

    metadata: DocumentEmbeddingMetadata | None = None
    """Where the document came from, and how it was divided."""


class MediaEmbeddingTaskImageEmbedding(OpenModel):
    """How the image of a task is embedded, without the vectors."""

    metadata: ImageEmbeddingMetadata | None = None
    """Where the image came from."""


class MediaEmbeddingTaskVideoEmbedding(OpenModel):
    """How the video of a task is embedded, without the vectors."""

    metadata: VideoEmbeddingMetadata | None = None
    """Where the video came from, and how it was cut."""


class MediaSource(ClosedModel):
    """Where one file is, exactly one of a URL, the file itself in Base64, and an asset."""

    url: str | None = None
    """Public URL of the file itself; pages that only show it, and share links, are rejected."""
    base64_string: Annotated[str | None, Field(min_length=1)] = None
    """The file in Base64, which is a third longer than the file. Not empty."""
    asset_id: Annotated[str | None, Field(min_length=1)] = None
    """Identifier of an uploaded asset whose status is `ready`. Not empty."""


class MultiInputMediaSource(ClosedModel):
    """One medium of several, from exactly one of a URL, Base64 and an asset.

    With `marengo3.5` it has at most 32 MB, audio and video at most 30 seconds, and a PDF document at most 16 pages for
    each MB.
    """

    name: Annotated[str | None, Field(min_length=1)] = None
    """Name by which the text refers to this medium, different from all others; needed only then. Not empty."""
    media_type: Literal["image", "video", "audio", "document"]
    """Kind of the medium. A document is a PDF, plain text or Markdown file. All but `image` need `marengo3.5`."""
    url: str | None = None
    """Public URL of the file itself; pages that only show it, and share links, are rejected."""
    base64_string: Annotated[str | None, Field(min_length=1)] = None
    """The file in Base64. Not empty."""
    asset_id: Annotated[str | None, Field(min_length=1)] = None
    """Identifier of an uploaded asset. Not empty."""


class MultiInputRequest(ClosedModel):
    """A text, up to 10 media, or both, made into one vector.

    Media of different types need a text. A PDF document stands alone; a document of plain text or Markdown counts as
    text, and text is only joined with an image, a video or audio.
    """

    input_text: str | None = None
    """The text, up to 2,000 tokens with `marengo3.5` (see `auto_truncate`). `<@name>` stands for the media source of
    that name, which must be there.
    """
    media_sources: Annotated[list[MultiInputMediaSource] | None, Field(max_length=10, min_length=1)] = None
    """The media, processed in this order. 1 to 10 items."""


class NonStreamAnalyzeResponse(OpenModel):
    """The generated text in one piece."""

    id: str | None = None
    """Identifier of the response."""
    data: str | None = None
    """The text. Other operations use this key for a list."""
    finish_reason: Literal["stop", "length"] | str | None = None
    """Why the text ended, `stop` at its own end, `length` because it was cut short. JSON that was cut short may not
    parse.
    """
    usage: TokenUsage | None = None
    """Token usage of the text."""
    error: AnalyzeTaskError | None = None
    """Why the text was cut short; present when `finish_reason` is `length`."""


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


class PresignedUrlChunk(OpenModel):
    """Where to send one part, with PUT.

    The `ETag` of the answer proves that it arrived.
    """

    chunk_index: int | None = None
    """Number of the part, counted from 1."""
    url: str | None = None
    """URL that takes the part, once, within an hour."""
    expires_at: str | None = None
    """When the URL stops working."""


class RedirectUri(OpenModel):
    """A URL that an authorization may come back to."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the registered redirect URI."""
    redirect_uri: str | None = None
    """The URL."""
    created_at: str | None = None
    """When the URL was registered."""


class ReportChunkBatchRequest(ClosedModel):
    """Parts that have arrived."""

    completed_chunks: Annotated[list[CompletedChunk], Field(max_length=50, min_length=1)]
    """The parts, 1 to 50, in any order. 1 to 50 items."""


class ReportChunkBatchResponse(OpenModel):
    """The result of the report."""

    url: str | None = None
    """URL of the asset. Present once all parts are reported."""
    asset_id: str | None = None
    """Identifier of the asset."""
    processed_chunks: int | None = None
    """Number of parts of this report that were new."""
    duplicate_chunks: int | None = None
    """Number of parts of this report that had been reported before; they are ignored."""
    total_completed: int | None = None
    """Number of parts reported so far; the upload is complete when this is `total_chunks`."""


class RequestAdditionalPresignedUrlsRequest(ClosedModel):
    """The parts that need a URL."""

    start: Annotated[int, Field(ge=1)]
    """Number of the first part, counted from 1. At least 1."""
    count: Annotated[int, Field(ge=1, le=50)]
    """Number of parts, at most 50. 1 to 50."""


class RequestAdditionalPresignedUrlsResponse(OpenModel):
    """New URLs for parts."""

    upload_id: str | None = None
    """Identifier of the session."""
    start_index: int | None = None
    """Number of the first part; repeats `start`."""
    count: int | None = None
    """Number of URLs; repeats `count`."""
    upload_urls: list[PresignedUrlChunk] | None = None
    """The URLs."""
    generated_at: str | None = None
    """When the URLs were made."""
    expires_at: str | None = None
    """When they stop working, an hour later."""


class ResponseAnnotation(OpenModel):
    """Something that the text cites, and where its mark is."""

    type: Literal["video_citation", "image_citation", "collection_citation"] | str
    """What is cited, a range of a video or the whole, an image, or an item collection."""
    start_index: int
    """First character of the mark, counted from 0 in Unicode code points of this part."""
    end_index: int
    """Last character of the mark; it belongs to the mark."""
    item_id: str | None = None
    """Identifier of the item. Present for a video and an image."""
    collection_id: str | None = None
    """Identifier of the item collection. Present for an item collection."""
    start_sec: float | None = None
    """Start of the range in the video, in seconds. Absent if the whole video is cited, or no video."""
    end_sec: float | None = None
    """End of the range in the video, in seconds. Present together with `start_sec`."""
    title: str | None
    """Title of what is cited; null if it is not known."""
    thumbnail_url: str | None
    """Signed URL of a small image; null for an item collection, or if there is none."""
    hls_url: str | None
    """Signed URL to play the video from; null for all but a video, or if there is none."""


class ResponseIncompleteDetails(OpenModel):
    """Why an answer was cut off."""

    reason: Literal["max_output_tokens"] | str
    """The reason. An unknown reason only means that the answer was cut off."""


class ResponseInputItem(ClosedModel):
    """A message of the user."""

    type: Literal["message"]
    """Always `message`."""
    role: Literal["user"]
    """Always `user`."""
    content: Annotated[str, Field(max_length=10000, min_length=1)]
    """The text. `{{sel:0}}` stands for the first of `selections`, and so on. 1 to 10000 characters."""


class ResponseObject(OpenModel):
    """An answer of the agent."""

    id: str | None = None
    """Identifier of the answer."""
    knowledge_store_id: str | None = None
    """Identifier of the knowledge store."""
    session_id: str | None = None
    """Identifier of the conversation, for the next question."""
    type: Literal["response"] | str | None = None
    """Always `response`."""
    object_: Annotated[Literal["response"] | str | None, Field(alias="object")] = None
    """Always `response`, the same as `type`."""
    status: Literal["completed", "failed", "in_progress", "incomplete"] | str | None = None
    """Status of the answer. `incomplete` means that it was cut off at the limit of tokens, `failed` that there is
    none.
    """
    incomplete_details: ResponseIncompleteDetails | None
    """Why the answer was cut off; null unless `status` is `incomplete`."""
    output: list[ResponseOutputItem] | None = None
    """The final message, and before it the steps on the way to it, if the request asked for them."""
    usage: ResponseUsage | None = None
    """Token usage of an answer."""
    created_at: str | None = None
    """When the answer was created."""


class ResponseOutputContentPart(OpenModel):
    """A part of a message."""

    type: Literal["output_text"] | str
    """Kind of the part."""
    text: str
    """The text. A number in square brackets is the mark of a citation, if there is one at this place."""
    annotations: list[ResponseAnnotation]
    """What the text cites, in the order of the text. May be empty."""


class ResponseOutputItem(OpenModel):
    """A message of the agent, a call that it made, or what came of a call.

    The key `type` says which.
    """

    type: Literal["message", "function_call", "function_call_output"] | str
    """What this is."""
    id: str
    """Identifier of this item."""
    status: Literal["completed", "failed", "in_progress", "incomplete"] | str
    """Status of this item."""
    role: Literal["assistant"] | str | None = None
    """Who speaks. In a message only."""
    phase: Literal["commentary", "final_answer"] | str | None = None
    """Whether a message is the answer (`final_answer`) or a remark on the way to it (`commentary`). A message
    without this key is the answer; one with another value is not. In a message only.
    """
    content: list[ResponseOutputContentPart] | None = None
    """The parts of a message. In a message only."""
    name: str | None = None
    """Name of what is called. In a call only."""
    call_id: str | None = None
    """Identifier of the call. In a call only."""
    arguments: str | None = None
    """Arguments of the call, as JSON text. In a call only."""
    output: str | None = None
    """What came of the call. In the output of a call only."""


class ResponseSelection(ClosedModel):
    """An item or an item collection that the agent should keep to."""

    kind: Literal["item", "collection"]
    """Whether it is an item, or an item collection with all that is in it."""
    id: str
    """Identifier, which begins with `ksi_` for an item and with `ksic_` for an item collection."""


class ResponseStreamCompletedEvent(OpenModel):
    """The answer is complete.

    Nothing follows but the end of the stream.
    """

    type: Literal["response.completed"]
    """Always `response.completed`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    response: ResponseObject | None = None
    """The answer as it is now."""


class ResponseStreamContentPartAddedEvent(OpenModel):
    """A part of a message begins."""

    type: Literal["response.content_part.added"]
    """Always `response.content_part.added`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    item_id: str | None = None
    """Identifier of the item that this is part of."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    content_index: int | None = None
    """Position of the part in the item, counted from 0."""
    part: ResponseOutputContentPart | None = None
    """The part as it begins, without text and citations."""


class ResponseStreamContentPartDoneEvent(OpenModel):
    """A part of a message is complete."""

    type: Literal["response.content_part.done"]
    """Always `response.content_part.done`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    item_id: str | None = None
    """Identifier of the item that this is part of."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    content_index: int | None = None
    """Position of the part in the item, counted from 0."""
    part: ResponseOutputContentPart | None = None
    """The part with its text and citations."""


class ResponseStreamCreatedEvent(OpenModel):
    """The stream has begun."""

    type: Literal["response.created"]
    """Always `response.created`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    response: ResponseObject | None = None
    """The answer as it is now."""


class ResponseStreamFailedEvent(OpenModel):
    """There will be no answer.

    Nothing follows but the end of the stream.
    """

    type: Literal["response.failed"]
    """Always `response.failed`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    response: ResponseObject | None = None
    """The answer as it is now."""


class ResponseStreamFuncCallArgsDoneEvent(OpenModel):
    """The arguments of a call are complete."""

    type: Literal["response.function_call_arguments.done"]
    """Always `response.function_call_arguments.done`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    item_id: str | None = None
    """Identifier of the item that this is part of."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    arguments: str | None = None
    """The arguments, as JSON text."""


class ResponseStreamInProgressEvent(OpenModel):
    """The agent is at work."""

    type: Literal["response.in_progress"]
    """Always `response.in_progress`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    response: ResponseObject | None = None
    """The answer as it is now."""


class ResponseStreamKeepAliveEvent(OpenModel):
    """Nothing has happened for about 10 seconds, and the stream is still alive.

    It carries nothing.
    """

    type: Literal["keepalive"]
    """Always `keepalive`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""


class ResponseStreamOutputItemAddedEvent(OpenModel):
    """An item of the output begins."""

    type: Literal["response.output_item.added"]
    """Always `response.output_item.added`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    item: ResponseOutputItem | None = None
    """The item as it begins. The `phase` of a message is known already."""


class ResponseStreamOutputItemDoneEvent(OpenModel):
    """An item of the output is complete."""

    type: Literal["response.output_item.done"]
    """Always `response.output_item.done`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    item: ResponseOutputItem | None = None
    """The item as it is now."""


class ResponseStreamOutputTextDeltaEvent(OpenModel):
    """A piece of text."""

    type: Literal["response.output_text.delta"]
    """Always `response.output_text.delta`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    item_id: str | None = None
    """Identifier of the item that this is part of."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    content_index: int | None = None
    """Position of the part in the item, counted from 0."""
    delta: str | None = None
    """The piece of text."""


class ResponseStreamOutputTextDoneEvent(OpenModel):
    """The text of a part is complete."""

    type: Literal["response.output_text.done"]
    """Always `response.output_text.done`."""
    sequence_number: int
    """Position of the event in the stream. It grows from event to event, and numbers may be missing."""
    item_id: str | None = None
    """Identifier of the item that this is part of."""
    output_index: int | None = None
    """Position of the item in the output, counted from 0."""
    content_index: int | None = None
    """Position of the part in the item, counted from 0."""
    text: str | None = None
    """The whole text."""


class ResponseUsage(OpenModel):
    """Token usage of an answer."""

    input_tokens: int | None = None
    """Number of tokens that were read."""
    output_tokens: int | None = None
    """Number of tokens that were generated."""


class ResponsesCreateRequest(ClosedModel):
    """A question to the agent, and what it is about."""

    knowledge_store_id: Annotated[str, Field(min_length=1)]
    """Identifier of the knowledge store. In a conversation it must be that of the first question. Not empty."""
    input: list[ResponseInputItem]
    """What the user says."""
    session_id: str | None = None
    """Identifier of the conversation, taken from an earlier answer. Left out, a new one begins."""
    instructions: Annotated[str | None, Field(max_length=2000)] = None
    """How the agent should behave, for this request only. At most 2000 characters."""
    include: list[Literal["intermediate_outputs"]] | None = None
    """What the answer should hold besides the final message. `intermediate_outputs` are the steps on the way to it."""
    stream: bool | None = None
    """Whether the answer comes as a stream of events. Default `false`."""
    selections: list[ResponseSelection] | None = None
    """Items and item collections that the agent should keep to; left out, all items. They stay with the
    conversation, and those of later questions are added to them.
    """
    text: TextParam | None = None
    """How the text of the answer is written."""


class SearchClip(OpenModel):
    """One matching clip of a video, when matches are grouped by video."""

    rank: int | None = None
    """Place of the clip among the matches, 1 for the best."""
    start: float | None = None
    """Start of the clip, in seconds from the start of the video."""
    end: float | None = None
    """End of the clip, in seconds from the start of the video."""
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

    It needs `query_text`, or images given by `query_media_type` with `query_media_url`, `query_media_file` or both, or
    both kinds of query.
    """

    index_id: Annotated[str, Field(min_length=1)]
    """Identifier of the index to search. Not empty."""
    search_options: Annotated[list[Literal["visual", "audio", "transcription"]], Field(min_length=1)]
    """Where to look, in the picture, in sounds other than speech, in the spoken words, or in several of them. Not
    empty.
    """
    transcription_options: Annotated[list[Literal["lexical", "semantic"]] | None, Field(min_length=1)] = None
    """How the query is compared with the spoken words, word by word, by meaning, or in both ways. Only if
    `search_options` has `transcription`. Not empty.
    """
    query_media_type: Literal["image"] | None = None
    """Kind of the media given as the query; needed with `query_media_url` and `query_media_file`."""
    query_media_url: Annotated[list[str] | None, Field(max_length=10, min_length=1)] = None
    """Public URLs of the images given as the query; the part is repeated for each. At most 10 images together with
    those of `query_media_file`. 1 to 10 items.
    """
    query_media_file: Annotated[list[bytes] | None, Field(max_length=10, min_length=1)] = None
    """The images given as the query; the part is repeated for each. At most 10 images together with those of
    `query_media_url`. 1 to 10 items.
    """
    query_text: str | None = None
    """What to look for, in natural language, up to 500 tokens. `<@id>` stands for the person that the entity of that
    identifier describes.
    """
    group_by: Literal["video", "clip"] | None = None
    """Whether an item of the answer is one matching clip, or one video with its matching clips. Default `clip`."""
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

    rank: int | None = None
    """Place of the clip among the matches, 1 for the best."""
    start: float | None = None
    """Start of the clip, in seconds from the start of the video."""
    end: float | None = None
    """End of the clip, in seconds from the start of the video."""
    video_id: str | None = None
    """Identifier of the video of the clip."""
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


class SearchKnowledgeStoreFilter(ClosedModel):
    """Which items to search.

    Several conditions must all hold; without any, all items are searched.
    """

    asset_type: AssetTypeFilter | None = None
    """Only items of one type (`eq`), or of one of several (`in`). Send one of the two. 1 keys."""
    item_id: ItemIdFilter | None = None
    """Only one item (`eq`), or one of several (`in`). Send one of the two. 1 keys."""


class SearchKnowledgeStoreOptions(ClosedModel):
    """How videos are matched.

    Images have no options.
    """

    video: VideoSearchOptions | None = None
    """The parts of a video that are matched; by default the picture."""


class SearchKnowledgeStoreRequest(ClosedModel):
    """The text to look for, and where and how to look.

    Options for videos must not be sent if no videos are searched.
    """

    query: KnowledgeStoreSearchQuery
    """What to look for."""
    filter: SearchKnowledgeStoreFilter | None = None
    """Which items to search. Several conditions must all hold; without any, all items are searched."""
    search_options: SearchKnowledgeStoreOptions | None = None
    """How videos are matched. Images have no options."""
    group_by: Literal["none", "item"] | None = None
    """What a result is: each clip or image by itself (`none`), or a video with all its clips, or an image (`item`).
    Default `none`.
    """
    page_size: Annotated[int | None, Field(ge=1, le=50)] = None
    """Largest number of results on one page. 1 to 50, default 10."""
    page_token: str | None = None
    """Token of a later page, taken from `next_page_token` of the page before."""
    include_metadata: bool | None = None
    """Whether each result has the metadata of its item. Default `false`."""


class SearchKnowledgeStoreResponse(OpenModel):
    """The results of a search."""

    data: list[SearchKnowledgeStoreHit]
    """The results, the best first. The key `asset_type` says of which kind each is."""
    next_page_token: str | None = None
    """Token of the next page. Absent on the last one."""
    effective_search_options: EffectiveSearchOptions
    """How videos were matched, with the defaults filled in. Empty if no videos were searched."""


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


class SegmentDefinition(ClosedModel):
    """A kind of segment, what it looks like and what to note about each one."""

    id: Annotated[str, Field(max_length=100, min_length=1)]
    """Name of the definition, different from those of the others. The result has its segments under it. 1 to 100
    characters.
    """
    description: Annotated[str, Field(min_length=1)]
    """What such a segment looks like, for the model. Not empty."""
    fields: list[SegmentField] | None = None
    """What to note about each segment."""
    media_sources: Annotated[list[SmeMediaSource] | None, Field(max_length=4)] = None
    """Images that show what such a segment looks like. At most 4 items."""
    time_ranges: list[AnalyzeTimeRange] | None = None
    """The only parts of the video to search for such segments. They do not overlap; one may begin where another
    ends.
    """


class SegmentField(ClosedModel):
    """One thing to note about a segment."""

    name: Annotated[str, Field(max_length=50, min_length=1)]
    """Name of the field. `start_time`, `end_time` and `metadata` belong to the service. 1 to 50 characters."""
    type: Literal["string", "boolean", "number", "integer", "array", "timestamp", "time_array"]
    """Kind of the value. A `time_array` is a list of events inside the segment."""
    description: Annotated[str, Field(min_length=1)]
    """What the field holds and how to find it, for the model. Not empty."""
    format: Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"] | None = None
    """How a `timestamp` is written, as a number of seconds or as text."""
    enum: Annotated[list[Annotated[str, Field(max_length=100)]] | None, Field(max_length=100)] = None
    """The values that the field may have. Not for a `timestamp`. At most 100 items."""
    items: SegmentFieldItems | None = None
    """What an `array` or a `time_array` holds."""


class SegmentFieldItems(ClosedModel):
    """What a list holds."""

    type: Literal["string", "number", "boolean", "integer", "object"]
    """Kind of the items, `object` for the events of a `time_array`."""
    fields: Annotated[list[TimeArrayItemField] | None, Field(min_length=1)] = None
    """What to note about each event of a `time_array`. Not empty."""


class SmeMediaSource(ClosedModel):
    """An image that shows the model what is meant, from exactly one source."""

    name: Annotated[str, Field(max_length=50, min_length=1)]
    """Name of the image. 1 to 50 characters."""
    media_type: Literal["image"]
    """Kind of the medium."""
    url: str | None = None
    """HTTPS URL of the image."""
    asset_id: Annotated[str | None, Field(min_length=1)] = None
    """Identifier of an asset that is an image. Not empty."""
    base64_string: Annotated[str | None, Field(min_length=1)] = None
    """The image file in Base64, at most 32 MB when decoded. Not empty."""


class StoredEnrichmentConfig(OpenModel):
    """What is extracted from each shot of a video, as it was given."""

    type: Literal["json_schema", "description"] | str | None = None
    """Which of the other two keys there is."""
    json_schema: StoredEnrichmentSchema | None = None
    """What to extract, as a JSON Schema."""
    description: str | None = None
    """What to extract, in words."""


class StoredIngestionConfig(OpenModel):
    """How the contents of the knowledge store are processed.

    It never changes.
    """

    enrichment_config: StoredEnrichmentConfig | None = None
    """What is extracted from each shot of a video, as it was given."""


class StreamEndResponse(OpenModel):
    """Last event of a stream.

    Without it the text is cut short.
    """

    event_type: Literal["stream_end"]
    """Marks this event."""
    finish_reason: Literal["stop", "length"] | str | None = None
    """Why the text ended, `stop` at its own end, `length` because it was cut short. JSON that was cut short may not
    parse.
    """
    metadata: StreamEndResponseMetadata | None = None
    """What is known once the text is complete."""
    error: AnalyzeTaskError | None = None
    """Why the text was cut short; present when `finish_reason` is `length`."""


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


class SyncResponseFormat(ClosedModel):
    """Asks for a text that is JSON."""

    type: Literal["json_schema"]
    """Kind of the form."""
    json_schema: AnswerSchema
    """Schema of the text."""


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
    URLs. Default `true`.
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


class TechnicalMetadata(OpenModel):
    """What the file says about itself.

    Absent while the asset is `processing`, perhaps incomplete if it `failed`. A key is absent if it does not apply to
    the kind of file, or if the file does not say.
    """

    file_size_bytes: int | None = None
    """Size of the file in bytes."""
    file_mime_type: str | None = None
    """Media type that was detected."""
    file_container_format: str | None = None
    """Format of the container; several names are joined by commas."""
    container_creation_time: str | None = None
    """Time of creation that the container states."""
    video_streams: list[VideoStream] | None = None
    """All video streams of the file."""
    video_codec: str | None = None
    """Codec of the main video stream."""
    video_width: int | None = None
    """Width of the main video stream in pixels."""
    video_height: int | None = None
    """Height of the main video stream in pixels."""
    video_fps: float | None = None
    """Frames per second of the main video stream."""
    video_duration_seconds: float | None = None
    """Length of the main video stream in seconds."""
    video_bitrate_bps: int | None = None
    """Bits per second of the main video stream."""
    audio_streams: list[AudioStream] | None = None
    """All audio streams of the file."""
    audio_codec: str | None = None
    """Codec of the main audio stream."""
    audio_sample_rate: int | None = None
    """Samples per second of the main audio stream."""
    audio_channels: int | None = None
    """Number of channels of the main audio stream."""
    audio_duration_seconds: float | None = None
    """Length of the main audio stream in seconds."""
    start_timecode: str | None = None
    """SMPTE time code at which the media begins."""
    timecode_source: str | None = None
    """What `start_timecode` was read from."""
    drop_frame: bool | None = None
    """Whether the time code leaves out frame numbers."""
    image_width: int | None = None
    """Width of the image in pixels."""
    image_height: int | None = None
    """Height of the image in pixels."""
    image_format: str | None = None
    """Format of the image."""
    image_orientation: int | None = None
    """Orientation of the image, a number of EXIF."""
    image_color_space: str | None = None
    """Colour space of the image."""
    image_bit_depth: int | None = None
    """Bits of the image per channel."""
    is_hdr: bool | None = None
    """Whether the range of brightness is high."""
    has_audio: bool | None = None
    """Whether there is an audio stream."""
    has_alpha: bool | None = None
    """Whether the image has a channel for transparency."""
    is_animated: bool | None = None
    """Whether the image moves."""
    total_video_streams: int | None = None
    """Number of video streams."""
    total_audio_streams: int | None = None
    """Number of audio streams."""
    storage_aspect_ratio: float | None = None
    """Width of the stored picture divided by its height."""
    geospatial_latitude: float | None = None
    """Latitude that the file states in degrees."""
    geospatial_longitude: float | None = None
    """Longitude that the file states in degrees."""
    geospatial_altitude_meters: float | None = None
    """Altitude that the file states in metres."""
    document_page_count: int | None = None
    """Number of pages of the PDF."""
    document_pdf_version: str | None = None
    """Version of PDF that the file states."""
    document_page_width_pt: float | None = None
    """Width of the first page in points."""
    document_page_height_pt: float | None = None
    """Height of the first page in points."""
    document_is_tagged: bool | None = None
    """Whether the PDF is tagged for screen readers."""
    document_is_encrypted: bool | None = None
    """Whether the PDF is encrypted."""
    document_language: str | None = None
    """Language that the PDF states."""
    document_title: str | None = None
    """Title that the PDF states."""
    document_author: str | None = None
    """Author that the PDF states."""
    document_subject: str | None = None
    """Subject that the PDF states."""
    document_keywords: str | None = None
    """Keywords that the PDF states."""
    document_creator_tool: str | None = None
    """Program in which the document was written."""
    document_producer: str | None = None
    """Program that made the PDF of it."""
    document_creation_date: str | None = None
    """When the PDF says that it was created."""
    document_modification_date: str | None = None
    """When the PDF says that it was last changed."""


class TemporalSegmentationDynamic(ClosedModel):
    """Cuts a file where its scenes or contents change."""

    strategy: Literal["dynamic"]
    """Distinguishes the two ways of cutting."""
    dynamic: TemporalSegmentationDynamicDynamic
    """The bound on the segments."""


class TemporalSegmentationDynamicDynamic(ClosedModel):
    """How short a segment that ends at a change may be."""

    min_duration_sec: Annotated[int, Field(ge=2, le=5)]
    """Least length of a segment in seconds. 2 to 5."""


class TemporalSegmentationFixed(ClosedModel):
    """Cuts a file into segments of one length."""

    strategy: Literal["fixed"]
    """Distinguishes the two ways of cutting."""
    fixed: TemporalSegmentationFixedFixed
    """The length of a segment."""


class TemporalSegmentationFixedFixed(ClosedModel):
    """The length of the segments of a file."""

    duration_sec: Annotated[int, Field(ge=2, le=10)]
    """Length of a segment in seconds; the last one may be shorter. 2 to 10."""


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


class TextImageInputRequest(ClosedModel):
    """A text and an image to embed into one vector.

    The image has at most 32 MB.
    """

    media_source: MediaSource
    """Where the image is."""
    input_text: Annotated[str, Field(min_length=1)]
    """The text, up to 500 tokens. Not empty."""


class TextInputRequest(ClosedModel):
    """A text to embed."""

    input_text: Annotated[str, Field(min_length=1)]
    """The text, up to 500 tokens. Not empty."""


class TextParam(ClosedModel):
    """How the text of the answer is written."""

    format: TextParamFormat | None = None
    """Plain text, which is the default, or JSON. The key `type` says which."""


class TextResponseFormatJsonSchema(ClosedModel):
    """JSON that follows a schema.

    It may be cut off, and is then not valid JSON, if the answer is `incomplete`.
    """

    type: Literal["json_schema"]
    """Always `json_schema`."""
    name: str
    """Name of the schema."""
    description: str | None = None
    """What the schema is for."""
    schema_: Annotated[TextResponseSchema, Field(alias="schema")]
    """A JSON Schema (2020-12). The service makes every property required and every object closed. `oneOf`,
    `default`, `if`, `not`, `patternProperties`, `contains` and `prefixItems` are not supported: the text may then
    be wrong or cut off, without an error. `$ref` may lead to `$defs` at the root. Best are at most 5 levels and
    100 properties.
    """
    strict: bool | None = None
    """Reserved for later; it has no effect yet."""


class TextResponseFormatText(ClosedModel):
    """Plain text."""

    type: Literal["text"]
    """Always `text`."""


class TimeArrayItemField(ClosedModel):
    """One thing to note about an event.

    Every event has a start and an end of its own besides.
    """

    name: Annotated[str, Field(min_length=1)]
    """Name of the field, different from those of the others. `start_time`, `end_time` and `metadata` belong to the
    service. Not empty.
    """
    type: Literal["string", "boolean", "number", "integer", "array"]
    """Kind of the value."""
    description: Annotated[str, Field(min_length=1)]
    """What the field holds and how to find it, for the model. Not empty."""
    enum: Annotated[list[str] | None, Field(max_length=100)] = None
    """The values that the field may have, for the kind `string`. At most 100 items."""
    items: TimeArrayItemFieldItems | None = None
    """What an `array` holds."""


class TimeArrayItemFieldItems(ClosedModel):
    """What a list of an event holds."""

    type: Literal["string", "number", "boolean", "integer"]
    """Kind of the items."""


class TimeBasedMetadataEntry(ClosedModel):
    """A text about a stretch of a file.

    It counts for each segment that the stretch touches.
    """

    start: float
    """Where the stretch begins, in seconds from the start of the file."""
    end: float
    """Where the stretch ends, in seconds from the start of the file; a single moment ends where it begins."""
    text: Annotated[str, Field(min_length=1)]
    """The text. Not empty."""


class TokenUsage(OpenModel):
    """Token usage of a generated text."""

    output_tokens: int
    """Number of tokens in the generated text."""
    input_tokens: int | None = None
    """Number of tokens that the prompt and the media have used."""


class TranscriptionItem(OpenModel):
    """Words spoken during one stretch of a video."""

    start: float | None = None
    """Start of the stretch, in seconds from the start of the video."""
    end: float | None = None
    """End of the stretch, in seconds from the start of the video."""
    value: str | None = None
    """The words."""


class VideoContextAsset(ClosedModel):
    """A video that was uploaded as an asset."""

    type: Literal["asset_id"]
    """Marks this variant."""
    asset_id: Annotated[str, Field(min_length=1)]
    """Identifier of the asset, whose status is `ready`. Not empty."""


class VideoContextBase64(ClosedModel):
    """A video inside the request."""

    type: Literal["base64_string"]
    """Marks this variant."""
    base64_string: Annotated[str, Field(min_length=1)]
    """The video file in Base64, at most 30 MB. Not empty."""


class VideoContextUrl(ClosedModel):
    """A video that the service fetches."""

    type: Literal["url"]
    """Marks this variant."""
    url: str
    """URL of the video file itself. Pages of hosting sites and share links of storages do not work."""


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
    video_embedding_option: list[str] | None = None
    """What was asked to be embedded."""
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
    updated_at: str | None = None
    """When the task last changed."""
    video_embedding: VideoEmbeddingTaskVideoEmbedding | None = None
    """How the video is embedded, without the vectors."""
    audio_embedding: MediaEmbeddingTaskAudioEmbedding | None = None
    """How audio is embedded, without the vectors."""
    document_embedding: MediaEmbeddingTaskDocumentEmbedding | None = None
    """How a document is embedded, without the vectors."""
    image_embedding: MediaEmbeddingTaskImageEmbedding | None = None
    """How an image is embedded, without the vectors."""


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


class VideoInputRequest(ClosedModel):
    """A video to embed at once, up to 10 minutes; as Base64 at most 36 MB when decoded.

    The end lies after the start.
    """

    media_source: MediaSource
    """Where the video is."""
    start_sec: Annotated[float | None, Field(ge=0.0)] = None
    """Where processing begins, in seconds from the start of the video. At least 0, default 0."""
    end_sec: Annotated[float | None, Field(gt=0.0)] = None
    """Where processing ends, in seconds from the start of the video; without it, at the end of the video. More than
    0.
    """
    segmentation: VideoSegmentation | None = None
    """How the video is cut; without it, at changes of scene into segments of 4 seconds or more."""
    embedding_option: Annotated[list[Literal["visual", "audio", "transcription"]] | None, Field(min_length=1)] = None
    """What is embedded, the picture, the sounds, the spoken words, each into vectors of its own. Not empty, no
    duplicates.
    """
    embedding_scope: Annotated[list[Literal["clip", "asset"]] | None, Field(min_length=1)] = None
    """What gets a vector, each segment (`clip`), the whole video (`asset`, best for videos of at most 10 to 30
    seconds), or both. Not empty, no duplicates.
    """
    embedding_type: Annotated[list[Literal["separate_embedding", "fused_embedding"]] | None, Field(min_length=1)] = None
    """Whether each option has its own vector, all options together have one, or both. Meant for two or more values
    of `embedding_option`. Not empty, no duplicates.
    """


class VideoMatch(OpenModel):
    """A clip that matches."""

    start_sec: float
    """Start of the clip in the video, in seconds."""
    end_sec: float
    """End of the clip in the video, in seconds."""
    modalities: list[Literal["visual", "audio"] | str]
    """Where the match is, in the picture, in the sound, or in both."""
    transcription: str | None = None
    """What is said in the clip, whatever the match is in. Absent if nothing is known of it."""


class VideoMetadata(OpenModel):
    """What the service found out about a video file."""

    asset_type: Literal["video"]
    """Always `video`."""
    filename: str | None = None
    """Name of the file."""
    duration: float | None = None
    """Length in seconds."""
    fps: float | None = None
    """Frames per second."""
    width: int | None = None
    """Width of the picture in pixels."""
    height: int | None = None
    """Height of the picture in pixels."""
    codec_name: str | None = None
    """Name of the codec."""
    size: int | None = None
    """Size of the file in bytes."""


class VideoSearchHit(OpenModel):
    """A video that was found."""

    asset_type: Literal["video"]
    """Always `video`."""
    rank: Annotated[int, Field(ge=1)]
    """Position among all results, counted from 1. At least 1."""
    item_id: str
    """Identifier of the item."""
    metadata: VideoSearchItemMetadata | None = None
    """Metadata of a video that was found. Present if the request asked for it."""
    matches: list[VideoMatch]
    """The clips that match, the best first. One only, unless the results are grouped by item."""


class VideoSearchItemMetadata(OpenModel):
    """Metadata of a video that was found.

    Present if the request asked for it.
    """

    system: VideoSearchSystemMetadata | None = None
    """What the service found out about the video file."""
    user: StoredMetadata | None = None
    """The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are
    documented, and clients should accept any value.
    """


class VideoSearchOptions(ClosedModel):
    """The parts of a video that are matched; by default the picture."""

    modalities: list[Literal["visual", "audio"]]
    """The picture, the sound with speech and all else, or both."""


class VideoSearchSystemMetadata(OpenModel):
    """What the service found out about the video file."""

    duration: float | None = None
    """Length in seconds."""
    width: int | None = None
    """Width of the picture in pixels."""
    height: int | None = None
    """Height of the picture in pixels."""
    size: int | None = None
    """Size of the file in bytes."""


class VideoSegment(OpenModel):
    """The vector of one clip, or of the whole video."""

    float_: Annotated[list[float] | None, Field(alias="float")] = None
    """The numbers of the vector."""
    start_offset_sec: float | None = None
    """Where the segment begins, in seconds from the start; 0 for the whole video."""
    end_offset_sec: float | None = None
    """Where the segment ends, in seconds from the start; the duration for the whole video."""
    embedding_option: Literal["visual", "audio", "transcription", "visual-text"] | str | None = None
    """The part of the segment that was embedded. An open list."""
    embedding_scope: Literal["clip", "video"] | str | None = None
    """Whether the vector stands for one clip or for the whole video. An open list."""


class VideoSegmentationDynamic(ClosedModel):
    """Cuts a video where its scenes change."""

    strategy: Literal["dynamic"]
    """Distinguishes the two ways of cutting."""
    dynamic: VideoSegmentationDynamicDynamic
    """The bound on the segments."""


class VideoSegmentationDynamicDynamic(ClosedModel):
    """How short a segment that ends at a change of scene may be."""

    min_duration_sec: Annotated[int, Field(ge=2, le=5)]
    """Least length of a segment in seconds. 2 to 5."""


class VideoSegmentationFixed(ClosedModel):
    """Cuts a video into segments of one length."""

    strategy: Literal["fixed"]
    """Distinguishes the two ways of cutting."""
    fixed: VideoSegmentationFixedFixed
    """The length of a segment."""


class VideoSegmentationFixedFixed(ClosedModel):
    """The length of the segments of a video."""

    duration_sec: Annotated[int, Field(ge=2, le=10)]
    """Length of a segment in seconds; the last one may be shorter. 2 to 10."""


class VideoStream(OpenModel):
    """One video stream of a file."""

    index: int | None = None
    """Number of the stream in the file, counted from 0."""
    codec: str | None = None
    """Codec."""
    width: int | None = None
    """Width in pixels."""
    height: int | None = None
    """Height in pixels."""
    fps: float | None = None
    """Frames per second, as stated."""
    avg_fps: float | None = None
    """Frames per second, on average."""
    duration_seconds: float | None = None
    """Length in seconds."""
    bitrate_bps: int | None = None
    """Bits per second."""
    rotation: int | None = None
    """Rotation in degrees."""
    pixel_aspect_ratio: str | None = None
    """Shape of a pixel, such as `1:1`."""
    display_aspect_ratio: str | None = None
    """Shape of the picture when shown, such as `16:9`."""
    scan_type: str | None = None
    """How lines are scanned, such as `progressive`."""
    pixel_format: str | None = None
    """How pixels are stored, such as `yuv420p`."""
    bit_depth: int | None = None
    """Bits per colour component."""
    color_range: str | None = None
    """Range of colour values."""
    color_transfer: str | None = None
    """Transfer characteristics of the colours."""
    color_space: str | None = None
    """Colour space."""
    color_primaries: str | None = None
    """Colour primaries."""


class VideoVector(OpenModel):
    """An indexed video, as a list shows it."""

    id: Annotated[str | None, Field(alias="_id")] = None
    """Identifier of the video; not that of its indexing task."""
    asset_id: str | None = None
    """Identifier of the asset that the video was indexed from."""
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
    asset_id: str | None = None
    """Identifier of the asset that the video was indexed from."""
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


AnalyzeTaskJsonSchema: TypeAlias = dict[str, Any]
"""A JSON Schema, as the request had it."""

AnswerSchemaPart: TypeAlias = dict[str, Any]
"""A JSON object inside a schema."""

AnswerSchemaValue: TypeAlias = str | float | bool | list[Any] | dict[str, Any] | None
"""What a keyword of a schema holds, any JSON value."""

AnswerSchema: TypeAlias = dict[str, AnswerSchemaValue]
"""A JSON Schema (2020-12) that the generated text follows, of which the service understands a part. Strings have
`pattern` and `format` (`uuid`, `date-time`, `date`, `time`), integers have bounds, arrays `items` and `minItems`
of 0 or 1, objects `properties` and `required`; `const`, `enum`, `anyOf`, and `$ref` into `$defs` work too. The
keywords `minLength`, `maxLength`, `maxItems`, `uniqueItems` and `additionalProperties` are rejected. The type
`timestamp`, at the top level or in the items of an array, has a `format` of `seconds`, `hh:mm:ss` or
`hh:mm:ss.fff`.
"""

AssetMetadata: TypeAlias = dict[str, str | float | bool | list[str] | None]
"""The user's own facts about an asset, a flat map. A key with null, an empty text or an empty list counts as not
given. Whole numbers beyond 53 bits have to be written as text.
"""

AssetMetadataPatch: TypeAlias = dict[str, str | float | bool | list[str] | None]
"""Changes to the user's own facts about an asset. Each key in the map is set to its value, and null deletes the key;
an empty text or list is ignored, and other keys stay as they are.
"""

EmbeddingInputTokens: TypeAlias = dict[str, int]
"""Number of tokens by kind of content. The keys are those kinds that were used, such as `video` and `text`."""

EmbeddingMediaMetadata: TypeAlias = Annotated[
    EmbeddingImageMetadata
    | EmbeddingTextImageMetadata
    | EmbeddingAudioMetadata
    | EmbeddingVideoMetadata
    | EmbeddingMultiInputMetadata,
    Field(discriminator="input_type"),
]
"""Where the input of a request came from, and how it was embedded."""

EmbeddingTaskMediaMetadata: TypeAlias = Annotated[
    EmbeddingAudioMetadata | EmbeddingVideoMetadata | AsyncDocumentMetadata | AsyncImageMetadata,
    Field(discriminator="input_type"),
]
"""Where the file of a task came from, and how it was embedded."""

EnrichmentConfig: TypeAlias = Annotated[
    EnrichmentConfigJsonSchema | EnrichmentConfigDescription, Field(discriminator="type")
]
"""What to extract of each shot of a video, as a schema or in words. The key `type` says which."""

EnrichmentSchemaProperties: TypeAlias = dict[str, EnrichmentSchemaProperty]
"""The properties of an object, by name."""

EntityMetadata: TypeAlias = dict[str, str | float | bool]
"""The user's own facts about an entity, a flat map. A list or an object has to be written as text."""

ErrorDetails: TypeAlias = dict[str, Any]
"""More about the reason. Which keys there are depends on the code, and none is documented."""

IndexedAssetUserMetadata: TypeAlias = dict[str, str | float | bool | list[str] | None]
"""The user's own facts about an indexed asset, a flat map. Keys are case-sensitive. A key whose value is null, an
empty text or an empty list is left out. A whole number beyond 53 bits, and an identifier that must stay as it is,
have to be written as text.
"""

ItemCollectionMetadataUpdate: TypeAlias = Annotated[
    dict[str, Annotated[str, Field(max_length=2048)] | float | bool | list[str]], Field(max_length=10)
]
"""All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are gone, and an empty
map removes all. A value is a string, a number, a boolean or a list of strings; a whole number beyond 53 bits has
to be written as text.
"""

KnowledgeStoreItemMetadata: TypeAlias = Annotated[
    dict[str, Annotated[str, Field(max_length=8192)] | float | bool | list[str]], Field(max_length=50)
]
"""Facts of your own about the item, a flat map of at most 50 pairs. A value is a string, a number, a boolean or a
list of strings; a whole number beyond 53 bits has to be written as text.
"""

KnowledgeStoreItemSystemMetadata: TypeAlias = Annotated[
    VideoMetadata | ImageMetadata, Field(discriminator="asset_type")
]
"""What the service found out about the file. Its `asset_type` is that of the item."""

KnowledgeStoreMetadata: TypeAlias = Annotated[
    dict[str, Annotated[str, Field(max_length=2048)] | float | bool | list[str]], Field(max_length=10)
]
"""Facts of your own, a flat map of at most 10 pairs. A value is a string, a number, a boolean or a list of strings;
a whole number beyond 53 bits has to be written as text.
"""

KnowledgeStoreMetadataUpdate: TypeAlias = Annotated[
    dict[str, Annotated[str, Field(max_length=2048)] | float | bool | list[str]], Field(max_length=10)
]
"""All facts of your own from now on, a flat map of at most 10 pairs: those that are not in it are gone, and an empty
map removes all. A value is a string, a number, a boolean or a list of strings; a whole number beyond 53 bits has
to be written as text.
"""

Metadata: TypeAlias = dict[str, Any]
"""The user's own facts about a video as the service returns them. Strings, numbers and booleans are documented, and
clients should accept any value.
"""

ResponseStreamEvent: TypeAlias = Annotated[
    ResponseStreamCreatedEvent
    | ResponseStreamInProgressEvent
    | ResponseStreamOutputItemAddedEvent
    | ResponseStreamContentPartAddedEvent
    | ResponseStreamOutputTextDeltaEvent
    | ResponseStreamOutputTextDoneEvent
    | ResponseStreamContentPartDoneEvent
    | ResponseStreamOutputItemDoneEvent
    | ResponseStreamFuncCallArgsDoneEvent
    | ResponseStreamKeepAliveEvent
    | ResponseStreamCompletedEvent
    | ResponseStreamFailedEvent,
    Field(discriminator="type"),
]
"""One event of an answer that is streamed. The key `type` says which."""

SearchFilterNumber: TypeAlias = float | NumberRange
"""A number to be equal to, or the range to lie in."""

SearchFilterValue: TypeAlias = str | float | bool | NumberRange
"""A user metadata value to be equal to, or the range for a number to lie in."""

SearchKnowledgeStoreHit: TypeAlias = Annotated[VideoSearchHit | ImageSearchHit, Field(discriminator="asset_type")]
"""One result. Which keys it has depends on `asset_type`."""

StoredEnrichmentSchema: TypeAlias = dict[str, Any]
"""What to extract, as a JSON Schema."""

StoredMetadata: TypeAlias = dict[str, Any]
"""The user's own facts as the service returns them. Strings, numbers, booleans and lists of strings are documented,
and clients should accept any value.
"""

StreamAnalyzeResponse: TypeAlias = Annotated[
    StreamStartResponse | TextGenerationResponse | StreamEndResponse, Field(discriminator="event_type")
]
"""One line of a streamed answer. A stream is one `stream_start`, then any number of `text_generation`, then one
`stream_end`.
"""

TemporalSegmentation: TypeAlias = Annotated[
    TemporalSegmentationDynamic | TemporalSegmentationFixed, Field(discriminator="strategy")
]
"""Cuts a file where its content changes, or into segments of one length."""

TextParamFormat: TypeAlias = Annotated[
    TextResponseFormatText | TextResponseFormatJsonSchema, Field(discriminator="type")
]
"""Plain text, which is the default, or JSON. The key `type` says which."""

TextResponseSchema: TypeAlias = dict[str, AnswerSchemaValue]
"""A JSON Schema (2020-12). The service makes every property required and every object closed. `oneOf`, `default`,
`if`, `not`, `patternProperties`, `contains` and `prefixItems` are not supported: the text may then be wrong or
cut off, without an error. `$ref` may lead to `$defs` at the root. Best are at most 5 levels and 100 properties.
"""

UploadHeaders: TypeAlias = dict[str, str]
"""Headers to send with each part to its URL."""

UserMetadata: TypeAlias = dict[str, str | float | bool | list[str]]
"""The user's own facts about a video, a flat map. Keys are case-sensitive. An object, and a list of anything but
texts, has to be written as text, and so has a whole number beyond 53 bits. The names `duration`, `filename`,
`fps`, `height`, `model_names`, `size`, `video_title` and `width` belong to the service and cannot be overridden.
"""

UserMetadataFilter: TypeAlias = dict[str, str | float | bool]
"""User metadata to filter by, a flat map. Keys are case-sensitive. Only texts, numbers and booleans can be filtered
by.
"""

UserMetadataPatch: TypeAlias = dict[str, str | float | bool | list[str] | None]
"""Changes to the user's own facts about a video. Each key in the map is set to its value, and `null` deletes the
key; other keys stay as they are. The keys of `UserMetadata` that belong to the service cannot be overridden.
"""

VideoContext: TypeAlias = Annotated[
    VideoContextUrl | VideoContextAsset | VideoContextBase64, Field(discriminator="type")
]
"""A video from exactly one source."""

VideoSegmentation: TypeAlias = Annotated[
    VideoSegmentationDynamic | VideoSegmentationFixed, Field(discriminator="strategy")
]
"""Cuts a video at changes of scene, or into segments of one length."""
