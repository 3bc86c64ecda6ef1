# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.embed.v_2`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, RequestOptions, SyncResource, on_demand
from twelvelabs_api.embed.v_2.tasks import AsyncTasks, Tasks

__all__ = [
    "AsyncV2",
    "AudioInputRequest",
    "EmbeddingSuccessResponse",
    "ImageInputRequest",
    "MultiInputRequest",
    "TextImageInputRequest",
    "TextInputRequest",
    "V2",
    "VideoInputRequest",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AudioInputRequest,
        EmbeddingSuccessResponse,
        ImageInputRequest,
        MultiInputRequest,
        TextImageInputRequest,
        TextInputRequest,
        VideoInputRequest,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class V2(SyncResource):
    """Methods under `client.embed.v_2`."""

    @cached_property
    def tasks(self) -> Tasks:
        """Methods under `client.embed.v_2.tasks`."""
        return Tasks(self._client)

    def create(
        self,
        *,
        input_type: Literal["text", "image", "text_image", "audio", "video", "multi_input"],
        model_name: Literal["marengo3.0", "marengo3.5"],
        auto_truncate: bool | None = None,
        embedding_uncertainty: bool | None = None,
        embedding_dimension: Literal[128, 256, 512] | None = None,
        text: _api.models.TextInputRequest | Mapping[str, object] | None = None,
        image: _api.models.ImageInputRequest | Mapping[str, object] | None = None,
        text_image: _api.models.TextImageInputRequest | Mapping[str, object] | None = None,
        audio: _api.models.AudioInputRequest | Mapping[str, object] | None = None,
        video: _api.models.VideoInputRequest | Mapping[str, object] | None = None,
        multi_input: _api.models.MultiInputRequest | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingSuccessResponse:
        """Embed text, media, or both at once.

        `POST /embed-v2`

        - `input_type`: Kind of the input, which is also the name of the field that holds it.
        - `model_name`: Model that makes the embeddings.
        - `auto_truncate`: Whether a text of more than 2,000 tokens is cut, as `usage.truncated` then says, or rejected.
          Default `false`.
        - `embedding_uncertainty`: Whether each vector comes with one of its uncertainty. Default `false`.
        - `embedding_dimension`: How many numbers each vector has. Default 512.
        - `text`: The input, if `input_type` is `text`.
        - `image`: The input, if `input_type` is `image`.
        - `text_image`: The input, if `input_type` is `text_image`.
        - `audio`: The input, if `input_type` is `audio`.
        - `video`: The input, if `input_type` is `video`.
        - `multi_input`: The input, if `input_type` is `multi_input`.
        """
        return self._client.call(
            "embed.v_2.create",
            Answer[_api.models.EmbeddingSuccessResponse],
            body={
                "input_type": input_type,
                "model_name": model_name,
                "auto_truncate": auto_truncate,
                "embedding_uncertainty": embedding_uncertainty,
                "embedding_dimension": embedding_dimension,
                "text": text,
                "image": image,
                "text_image": text_image,
                "audio": audio,
                "video": video,
                "multi_input": multi_input,
            },
            options=request_options,
        )


class AsyncV2(AsyncResource):
    """Methods under `client.embed.v_2`."""

    @cached_property
    def tasks(self) -> AsyncTasks:
        """Methods under `client.embed.v_2.tasks`."""
        return AsyncTasks(self._client)

    async def create(
        self,
        *,
        input_type: Literal["text", "image", "text_image", "audio", "video", "multi_input"],
        model_name: Literal["marengo3.0", "marengo3.5"],
        auto_truncate: bool | None = None,
        embedding_uncertainty: bool | None = None,
        embedding_dimension: Literal[128, 256, 512] | None = None,
        text: _api.models.TextInputRequest | Mapping[str, object] | None = None,
        image: _api.models.ImageInputRequest | Mapping[str, object] | None = None,
        text_image: _api.models.TextImageInputRequest | Mapping[str, object] | None = None,
        audio: _api.models.AudioInputRequest | Mapping[str, object] | None = None,
        video: _api.models.VideoInputRequest | Mapping[str, object] | None = None,
        multi_input: _api.models.MultiInputRequest | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.EmbeddingSuccessResponse:
        """Embed text, media, or both at once.

        `POST /embed-v2`

        - `input_type`: Kind of the input, which is also the name of the field that holds it.
        - `model_name`: Model that makes the embeddings.
        - `auto_truncate`: Whether a text of more than 2,000 tokens is cut, as `usage.truncated` then says, or rejected.
          Default `false`.
        - `embedding_uncertainty`: Whether each vector comes with one of its uncertainty. Default `false`.
        - `embedding_dimension`: How many numbers each vector has. Default 512.
        - `text`: The input, if `input_type` is `text`.
        - `image`: The input, if `input_type` is `image`.
        - `text_image`: The input, if `input_type` is `text_image`.
        - `audio`: The input, if `input_type` is `audio`.
        - `video`: The input, if `input_type` is `video`.
        - `multi_input`: The input, if `input_type` is `multi_input`.
        """
        return await self._client.call(
            "embed.v_2.create",
            Answer[_api.models.EmbeddingSuccessResponse],
            body={
                "input_type": input_type,
                "model_name": model_name,
                "auto_truncate": auto_truncate,
                "embedding_uncertainty": embedding_uncertainty,
                "embedding_dimension": embedding_dimension,
                "text": text,
                "image": image,
                "text_image": text_image,
                "audio": audio,
                "video": video,
                "multi_input": multi_input,
            },
            options=request_options,
        )
