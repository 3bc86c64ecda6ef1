# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""The clients of TwelveLabs API, version 1.3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncClient, AsyncStream, RequestOptions, Stream, SyncClient
from twelvelabs_api.analyze_async import AnalyzeAsync, AsyncAnalyzeAsync
from twelvelabs_api.assets import Assets, AsyncAssets
from twelvelabs_api.data_connectors import AsyncDataConnectors, DataConnectors
from twelvelabs_api.embed import AsyncEmbed, Embed
from twelvelabs_api.entity_collections import AsyncEntityCollections, EntityCollections
from twelvelabs_api.imports import AsyncImports, Imports
from twelvelabs_api.indexes import AsyncIndexes, Indexes
from twelvelabs_api.knowledge_store_item_collections import (
    AsyncKnowledgeStoreItemCollections,
    KnowledgeStoreItemCollections,
)
from twelvelabs_api.knowledge_store_items import AsyncKnowledgeStoreItems, KnowledgeStoreItems
from twelvelabs_api.knowledge_stores import AsyncKnowledgeStores, KnowledgeStores
from twelvelabs_api.multipart_upload import AsyncMultipartUpload, MultipartUpload
from twelvelabs_api.responses import AsyncResponses, Responses
from twelvelabs_api.search import AsyncSearch, Search
from twelvelabs_api.tasks import AsyncTasks, Tasks

__all__ = [
    "AsyncTwelveLabs",
    "TwelveLabs",
]


class TwelveLabs(SyncClient):
    """Client of TwelveLabs API, version 1.3."""

    _package: ClassVar[str] = "twelvelabs_api"

    @cached_property
    def analyze_async(self) -> AnalyzeAsync:
        """Methods under `client.analyze_async`."""
        return AnalyzeAsync(self._client)

    @cached_property
    def assets(self) -> Assets:
        """Methods under `client.assets`."""
        return Assets(self._client)

    @cached_property
    def data_connectors(self) -> DataConnectors:
        """Methods under `client.data_connectors`."""
        return DataConnectors(self._client)

    @cached_property
    def embed(self) -> Embed:
        """Methods under `client.embed`."""
        return Embed(self._client)

    @cached_property
    def entity_collections(self) -> EntityCollections:
        """Methods under `client.entity_collections`."""
        return EntityCollections(self._client)

    @cached_property
    def imports(self) -> Imports:
        """Methods under `client.imports`."""
        return Imports(self._client)

    @cached_property
    def indexes(self) -> Indexes:
        """Methods under `client.indexes`."""
        return Indexes(self._client)

    @cached_property
    def knowledge_store_item_collections(self) -> KnowledgeStoreItemCollections:
        """Methods under `client.knowledge_store_item_collections`."""
        return KnowledgeStoreItemCollections(self._client)

    @cached_property
    def knowledge_store_items(self) -> KnowledgeStoreItems:
        """Methods under `client.knowledge_store_items`."""
        return KnowledgeStoreItems(self._client)

    @cached_property
    def knowledge_stores(self) -> KnowledgeStores:
        """Methods under `client.knowledge_stores`."""
        return KnowledgeStores(self._client)

    @cached_property
    def multipart_upload(self) -> MultipartUpload:
        """Methods under `client.multipart_upload`."""
        return MultipartUpload(self._client)

    @cached_property
    def responses(self) -> Responses:
        """Methods under `client.responses`."""
        return Responses(self._client)

    @cached_property
    def search(self) -> Search:
        """Methods under `client.search`."""
        return Search(self._client)

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.tasks`."""
        return Tasks(self._client)

    def analyze(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        temperature: float | None = None,
        response_format: _api.models.SyncResponseFormat | Mapping[str, object] | None = None,
        max_tokens: int | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse:
        """Answer a prompt about a video or images.

        `POST /analyze` with `stream` false

        - `model_name`: Model that writes the text. Default `pegasus1.5`.
        - `video`: The video.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `response_format`: Form of the text; a text without a form if left out.
        - `max_tokens`: Longest text to generate, in tokens. 512 to 98304, default 4096.
        - `start_time`: Start of the part of the video to look at, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to look at, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return self._client.call(
            "analyze",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={
                "model_name": model_name,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "temperature": temperature,
                "stream": False,
                "response_format": response_format,
                "max_tokens": max_tokens,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )

    def analyze_stream(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        temperature: float | None = None,
        response_format: _api.models.SyncResponseFormat | Mapping[str, object] | None = None,
        max_tokens: int | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.StreamAnalyzeResponse]:
        """Answer a prompt about a video or images, as a stream of events.

        `POST /analyze` with `stream` true

        - `model_name`: Model that writes the text. Default `pegasus1.5`.
        - `video`: The video.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `response_format`: Form of the text; a text without a form if left out.
        - `max_tokens`: Longest text to generate, in tokens. 512 to 98304, default 4096.
        - `start_time`: Start of the part of the video to look at, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to look at, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return self._client.stream(
            "analyze",
            Answer[_api.models.StreamAnalyzeResponse],
            body={
                "model_name": model_name,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "temperature": temperature,
                "stream": True,
                "response_format": response_format,
                "max_tokens": max_tokens,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )


class AsyncTwelveLabs(AsyncClient):
    """Asynchronous client of TwelveLabs API, version 1.3."""

    _package: ClassVar[str] = "twelvelabs_api"

    @cached_property
    def analyze_async(self) -> AsyncAnalyzeAsync:
        """Methods under `client.analyze_async`."""
        return AsyncAnalyzeAsync(self._client)

    @cached_property
    def assets(self) -> AsyncAssets:
        """Methods under `client.assets`."""
        return AsyncAssets(self._client)

    @cached_property
    def data_connectors(self) -> AsyncDataConnectors:
        """Methods under `client.data_connectors`."""
        return AsyncDataConnectors(self._client)

    @cached_property
    def embed(self) -> AsyncEmbed:
        """Methods under `client.embed`."""
        return AsyncEmbed(self._client)

    @cached_property
    def entity_collections(self) -> AsyncEntityCollections:
        """Methods under `client.entity_collections`."""
        return AsyncEntityCollections(self._client)

    @cached_property
    def imports(self) -> AsyncImports:
        """Methods under `client.imports`."""
        return AsyncImports(self._client)

    @cached_property
    def indexes(self) -> AsyncIndexes:
        """Methods under `client.indexes`."""
        return AsyncIndexes(self._client)

    @cached_property
    def knowledge_store_item_collections(self) -> AsyncKnowledgeStoreItemCollections:
        """Methods under `client.knowledge_store_item_collections`."""
        return AsyncKnowledgeStoreItemCollections(self._client)

    @cached_property
    def knowledge_store_items(self) -> AsyncKnowledgeStoreItems:
        """Methods under `client.knowledge_store_items`."""
        return AsyncKnowledgeStoreItems(self._client)

    @cached_property
    def knowledge_stores(self) -> AsyncKnowledgeStores:
        """Methods under `client.knowledge_stores`."""
        return AsyncKnowledgeStores(self._client)

    @cached_property
    def multipart_upload(self) -> AsyncMultipartUpload:
        """Methods under `client.multipart_upload`."""
        return AsyncMultipartUpload(self._client)

    @cached_property
    def responses(self) -> AsyncResponses:
        """Methods under `client.responses`."""
        return AsyncResponses(self._client)

    @cached_property
    def search(self) -> AsyncSearch:
        """Methods under `client.search`."""
        return AsyncSearch(self._client)

    @cached_property
    def tasks(self) -> AsyncTasks:
        """Methods under `client.tasks`."""
        return AsyncTasks(self._client)

    async def analyze(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        temperature: float | None = None,
        response_format: _api.models.SyncResponseFormat | Mapping[str, object] | None = None,
        max_tokens: int | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse:
        """Answer a prompt about a video or images.

        `POST /analyze` with `stream` false

        - `model_name`: Model that writes the text. Default `pegasus1.5`.
        - `video`: The video.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `response_format`: Form of the text; a text without a form if left out.
        - `max_tokens`: Longest text to generate, in tokens. 512 to 98304, default 4096.
        - `start_time`: Start of the part of the video to look at, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to look at, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return await self._client.call(
            "analyze",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={
                "model_name": model_name,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "temperature": temperature,
                "stream": False,
                "response_format": response_format,
                "max_tokens": max_tokens,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )

    async def analyze_stream(
        self,
        *,
        model_name: Literal["pegasus1.5", "pegasus1.6"] | None = None,
        video: _api.models.VideoContextUrl
        | Mapping[str, object]
        | _api.models.VideoContextAsset
        | _api.models.VideoContextBase64
        | None = None,
        image: Sequence[_api.models.AnalyzeImageInput | Mapping[str, object]] | None = None,
        prompt: str | None = None,
        prompt_v2: _api.models.AnalyzePromptV2 | Mapping[str, object] | None = None,
        temperature: float | None = None,
        response_format: _api.models.SyncResponseFormat | Mapping[str, object] | None = None,
        max_tokens: int | None = None,
        start_time: float | None = None,
        end_time: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.StreamAnalyzeResponse]:
        """Answer a prompt about a video or images, as a stream of events.

        `POST /analyze` with `stream` true

        - `model_name`: Model that writes the text. Default `pegasus1.5`.
        - `video`: The video.
        - `image`: The images, in place of a video; each has a name of its own. 1 to 20 items.
        - `prompt`: What the model should write about the video or the images.
        - `prompt_v2`: A prompt that names reference images, in place of `prompt`.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `response_format`: Form of the text; a text without a form if left out.
        - `max_tokens`: Longest text to generate, in tokens. 512 to 98304, default 4096.
        - `start_time`: Start of the part of the video to look at, in seconds on the video's own clock, which mostly
          starts at 0; the start of the video if left out.
        - `end_time`: End of the part of the video to look at, in seconds on the video's own clock, above `start_time`;
          the end of the video if left out.
        """
        return await self._client.stream(
            "analyze",
            Answer[_api.models.StreamAnalyzeResponse],
            body={
                "model_name": model_name,
                "video": video,
                "image": image,
                "prompt": prompt,
                "prompt_v2": prompt_v2,
                "temperature": temperature,
                "stream": True,
                "response_format": response_format,
                "max_tokens": max_tokens,
                "start_time": start_time,
                "end_time": end_time,
            },
            options=request_options,
        )
