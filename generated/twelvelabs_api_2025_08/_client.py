# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""The clients of TwelveLabs API, version 1.3."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Literal, overload

import twelvelabs_api_2025_08 as _api
from apicontract.client import Answer, AsyncClient, AsyncStream, RequestOptions, Stream, SyncClient, deprecated
from twelvelabs_api_2025_08.embed import AsyncEmbed, Embed
from twelvelabs_api_2025_08.indexes import AsyncIndexes, Indexes
from twelvelabs_api_2025_08.manage_videos import AsyncManageVideos, ManageVideos
from twelvelabs_api_2025_08.search import AsyncSearch, Search
from twelvelabs_api_2025_08.tasks import AsyncTasks, Tasks

__all__ = [
    "AsyncTwelveLabs",
    "TwelveLabs",
]


class TwelveLabs(SyncClient):
    """Client of TwelveLabs API, version 1.3."""

    _package: ClassVar[str] = "twelvelabs_api_2025_08"

    @cached_property
    def embed(self) -> Embed:
        """Methods under `client.embed`."""
        return Embed(self._client)

    @cached_property
    def indexes(self) -> Indexes:
        """Methods under `client.indexes`."""
        return Indexes(self._client)

    @cached_property
    def manage_videos(self) -> ManageVideos:
        """Methods under `client.manage_videos`."""
        return ManageVideos(self._client)

    @cached_property
    def search(self) -> Search:
        """Methods under `client.search`."""
        return Search(self._client)

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.tasks`."""
        return Tasks(self._client)

    def summarize(
        self,
        *,
        video_id: str,
        type: Literal["summary", "chapter", "highlight"],
        prompt: str | None = None,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SummarizeResponse:
        """Summarise a video.

        `POST /summarize`

        - `video_id`: Identifier of the indexed video. Not empty.
        - `type`: Form of the result, `summary` for one text, `chapter` for the parts of the video in order, `highlight`
          for its most important moments in order.
        - `prompt`: Context for the text, such as audience and tone.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return self._client.call(
            "summarize",
            Answer[_api.models.SummarizeResponse],
            body={"video_id": video_id, "type": type, "prompt": prompt, "temperature": temperature},
            options=request_options,
        )

    def gist(
        self,
        *,
        video_id: str,
        types: Sequence[Literal["title", "topic", "hashtag"]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Gist:
        """Generate a title, topics and hashtags for a video.

        `POST /gist`

        - `video_id`: Identifier of the indexed video. Not empty.
        - `types`: Labels to generate. Not empty, no duplicates.
        """
        return self._client.call(
            "gist", Answer[_api.models.Gist], body={"video_id": video_id, "types": types}, options=request_options
        )

    @overload
    def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: Literal[True] = True,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.StreamAnalyzeResponse]: ...
    @overload
    def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: Literal[False],
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse: ...
    @overload
    def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: bool,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.StreamAnalyzeResponse] | _api.models.NonStreamAnalyzeResponse: ...
    @deprecated("Deprecated since July 30, 2025: `/analyze` does the same.")
    def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: bool = True,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.StreamAnalyzeResponse] | _api.models.NonStreamAnalyzeResponse:
        """Generate a free text about a video.

        `POST /generate`

        Deprecated since July 30, 2025: `/analyze` does the same.

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `stream`: Whether the text comes in pieces while it is written (`true`), or in one object at the end
          (`false`). Default `true`.
        """
        if stream is not False:
            return self._client.stream(
                "generate",
                Answer[_api.models.StreamAnalyzeResponse],
                body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": stream},
                options=request_options,
            )
        return self._client.call(
            "generate",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": stream},
            options=request_options,
        )

    def analyze(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse:
        """Answer a prompt about a video.

        `POST /analyze` with `stream` false

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return self._client.call(
            "analyze",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": False},
            options=request_options,
        )

    def analyze_stream(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.StreamAnalyzeResponse]:
        """Answer a prompt about a video, as a stream of events.

        `POST /analyze` with `stream` true

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return self._client.stream(
            "analyze",
            Answer[_api.models.StreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": True},
            options=request_options,
        )


class AsyncTwelveLabs(AsyncClient):
    """Asynchronous client of TwelveLabs API, version 1.3."""

    _package: ClassVar[str] = "twelvelabs_api_2025_08"

    @cached_property
    def embed(self) -> AsyncEmbed:
        """Methods under `client.embed`."""
        return AsyncEmbed(self._client)

    @cached_property
    def indexes(self) -> AsyncIndexes:
        """Methods under `client.indexes`."""
        return AsyncIndexes(self._client)

    @cached_property
    def manage_videos(self) -> AsyncManageVideos:
        """Methods under `client.manage_videos`."""
        return AsyncManageVideos(self._client)

    @cached_property
    def search(self) -> AsyncSearch:
        """Methods under `client.search`."""
        return AsyncSearch(self._client)

    @cached_property
    def tasks(self) -> AsyncTasks:
        """Methods under `client.tasks`."""
        return AsyncTasks(self._client)

    async def summarize(
        self,
        *,
        video_id: str,
        type: Literal["summary", "chapter", "highlight"],
        prompt: str | None = None,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SummarizeResponse:
        """Summarise a video.

        `POST /summarize`

        - `video_id`: Identifier of the indexed video. Not empty.
        - `type`: Form of the result, `summary` for one text, `chapter` for the parts of the video in order, `highlight`
          for its most important moments in order.
        - `prompt`: Context for the text, such as audience and tone.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return await self._client.call(
            "summarize",
            Answer[_api.models.SummarizeResponse],
            body={"video_id": video_id, "type": type, "prompt": prompt, "temperature": temperature},
            options=request_options,
        )

    async def gist(
        self,
        *,
        video_id: str,
        types: Sequence[Literal["title", "topic", "hashtag"]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.Gist:
        """Generate a title, topics and hashtags for a video.

        `POST /gist`

        - `video_id`: Identifier of the indexed video. Not empty.
        - `types`: Labels to generate. Not empty, no duplicates.
        """
        return await self._client.call(
            "gist", Answer[_api.models.Gist], body={"video_id": video_id, "types": types}, options=request_options
        )

    @overload
    async def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: Literal[True] = True,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.StreamAnalyzeResponse]: ...
    @overload
    async def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: Literal[False],
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse: ...
    @overload
    async def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: bool,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.StreamAnalyzeResponse] | _api.models.NonStreamAnalyzeResponse: ...
    @deprecated("Deprecated since July 30, 2025: `/analyze` does the same.")
    async def generate(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        stream: bool = True,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.StreamAnalyzeResponse] | _api.models.NonStreamAnalyzeResponse:
        """Generate a free text about a video.

        `POST /generate`

        Deprecated since July 30, 2025: `/analyze` does the same.

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        - `stream`: Whether the text comes in pieces while it is written (`true`), or in one object at the end
          (`false`). Default `true`.
        """
        if stream is not False:
            return await self._client.stream(
                "generate",
                Answer[_api.models.StreamAnalyzeResponse],
                body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": stream},
                options=request_options,
            )
        return await self._client.call(
            "generate",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": stream},
            options=request_options,
        )

    async def analyze(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.NonStreamAnalyzeResponse:
        """Answer a prompt about a video.

        `POST /analyze` with `stream` false

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return await self._client.call(
            "analyze",
            Answer[_api.models.NonStreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": False},
            options=request_options,
        )

    async def analyze_stream(
        self,
        *,
        video_id: str,
        prompt: str,
        temperature: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.StreamAnalyzeResponse]:
        """Answer a prompt about a video, as a stream of events.

        `POST /analyze` with `stream` true

        - `video_id`: Identifier of the indexed video. Not empty.
        - `prompt`: What the model should write about the video.
        - `temperature`: Randomness of the text; a low value gives more predictable words, a high one more varied words.
          0 to 1, default 0.2.
        """
        return await self._client.stream(
            "analyze",
            Answer[_api.models.StreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": True},
            options=request_options,
        )
