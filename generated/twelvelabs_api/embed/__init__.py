# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.embed`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, FileInput, RequestOptions, SyncResource, deprecated, on_demand
from twelvelabs_api.embed.tasks import AsyncTasks, Tasks
from twelvelabs_api.embed.v_2 import V2, AsyncV2

__all__ = [
    "AsyncEmbed",
    "Embed",
    "EmbeddingResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import EmbeddingResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Embed(SyncResource):
    """Methods under `client.embed`."""

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.embed.tasks`."""
        return Tasks(self._client)

    @cached_property
    def v_2(self) -> V2:
        """Methods under `client.embed.v_2`."""
        return V2(self._client)

    @deprecated("Deprecated: use `embed.v_2.create`.")
    def create(
        self,
        *,
        model_name: str,
        text: str | None = None,
        image_url: str | None = None,
        image_file: FileInput | None = None,
        audio_url: str | None = None,
        audio_file: FileInput | None = None,
        audio_start_offset_sec: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingResponse:
        """Embed text, an image or audio.

        `POST /embed`

        Deprecated: use `embed.v_2.create`.

        Give at most one of `image_url`, `image_file`.

        Give at most one of `audio_url`, `audio_file`.

        - `model_name`: Model that makes the embeddings, such as `marengo3.0`.
        - `text`: Text to embed, up to 500 tokens; of a longer one, the end is cut off.
        - `image_url`: Public URL of the image to embed, in place of `image_file`.
        - `image_file`: The image to embed, in place of `image_url`.
        - `audio_url`: Public URL of the audio to embed, in place of `audio_file`.
        - `audio_file`: The audio to embed, in place of `audio_url`.
        - `audio_start_offset_sec`: Seconds at the start of the audio that are skipped. Default 0.
        """
        return self._client.call(
            "embed.create",
            Answer[_api.models.EmbeddingResponse],
            body={
                "model_name": model_name,
                "text": text,
                "image_url": image_url,
                "image_file": image_file,
                "audio_url": audio_url,
                "audio_file": audio_file,
                "audio_start_offset_sec": audio_start_offset_sec,
            },
            options=request_options,
        )


class AsyncEmbed(AsyncResource):
    """Methods under `client.embed`."""

    @cached_property
    def tasks(self) -> AsyncTasks:
        """Methods under `client.embed.tasks`."""
        return AsyncTasks(self._client)

    @cached_property
    def v_2(self) -> AsyncV2:
        """Methods under `client.embed.v_2`."""
        return AsyncV2(self._client)

    @deprecated("Deprecated: use `embed.v_2.create`.")
    async def create(
        self,
        *,
        model_name: str,
        text: str | None = None,
        image_url: str | None = None,
        image_file: FileInput | None = None,
        audio_url: str | None = None,
        audio_file: FileInput | None = None,
        audio_start_offset_sec: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingResponse:
        """Embed text, an image or audio.

        `POST /embed`

        Deprecated: use `embed.v_2.create`.

        Give at most one of `image_url`, `image_file`.

        Give at most one of `audio_url`, `audio_file`.

        - `model_name`: Model that makes the embeddings, such as `marengo3.0`.
        - `text`: Text to embed, up to 500 tokens; of a longer one, the end is cut off.
        - `image_url`: Public URL of the image to embed, in place of `image_file`.
        - `image_file`: The image to embed, in place of `image_url`.
        - `audio_url`: Public URL of the audio to embed, in place of `audio_file`.
        - `audio_file`: The audio to embed, in place of `audio_url`.
        - `audio_start_offset_sec`: Seconds at the start of the audio that are skipped. Default 0.
        """
        return await self._client.call(
            "embed.create",
            Answer[_api.models.EmbeddingResponse],
            body={
                "model_name": model_name,
                "text": text,
                "image_url": image_url,
                "image_file": image_file,
                "audio_url": audio_url,
                "audio_file": audio_file,
                "audio_start_offset_sec": audio_start_offset_sec,
            },
            options=request_options,
        )
