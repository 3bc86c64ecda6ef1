# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.embed`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import twelvelabs_api_2025_08 as _api
from apicontract.client import Answer, AsyncResource, FileInput, RequestOptions, SyncResource, on_demand
from twelvelabs_api_2025_08.embed.tasks import AsyncTasks, Tasks

__all__ = [
    "AsyncEmbed",
    "Embed",
    "EmbeddingResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api_2025_08.models import EmbeddingResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")


class Embed(SyncResource):
    """Methods under `client.embed`."""

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.embed.tasks`."""
        return Tasks(self._client)

    def create(
        self,
        *,
        model_name: str,
        text: str | None = None,
        text_truncate: Literal["start", "end", "none"] | None = None,
        image_url: str | None = None,
        image_file: FileInput | None = None,
        audio_url: str | None = None,
        audio_file: FileInput | None = None,
        audio_start_offset_sec: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingResponse:
        """Embed text, an image or audio.

        `POST /embed`

        Give at most one of `image_url`, `image_file`.

        Give at most one of `audio_url`, `audio_file`.

        - `model_name`: Model that makes the embeddings, such as `Marengo-retrieval-2.7`; spelt differently from that of
          an index.
        - `text`: Text to embed, up to 77 tokens; see `text_truncate` for longer ones.
        - `text_truncate`: Which end of a text over 77 tokens is cut off; `none` rejects such a text instead. Default
          `end`.
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
                "text_truncate": text_truncate,
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

    async def create(
        self,
        *,
        model_name: str,
        text: str | None = None,
        text_truncate: Literal["start", "end", "none"] | None = None,
        image_url: str | None = None,
        image_file: FileInput | None = None,
        audio_url: str | None = None,
        audio_file: FileInput | None = None,
        audio_start_offset_sec: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingResponse:
        """Embed text, an image or audio.

        `POST /embed`

        Give at most one of `image_url`, `image_file`.

        Give at most one of `audio_url`, `audio_file`.

        - `model_name`: Model that makes the embeddings, such as `Marengo-retrieval-2.7`; spelt differently from that of
          an index.
        - `text`: Text to embed, up to 77 tokens; see `text_truncate` for longer ones.
        - `text_truncate`: Which end of a text over 77 tokens is cut off; `none` rejects such a text instead. Default
          `end`.
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
                "text_truncate": text_truncate,
                "image_url": image_url,
                "image_file": image_file,
                "audio_url": audio_url,
                "audio_file": audio_file,
                "audio_start_offset_sec": audio_start_offset_sec,
            },
            options=request_options,
        )
