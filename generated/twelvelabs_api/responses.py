# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.responses`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, AsyncStream, RequestOptions, Stream, SyncResource, on_demand

__all__ = [
    "AsyncResponses",
    "ResponseInputItem",
    "ResponseObject",
    "ResponseSelection",
    "ResponseStreamEvent",
    "Responses",
    "TextParam",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        ResponseInputItem,
        ResponseObject,
        ResponseSelection,
        ResponseStreamEvent,
        TextParam,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Responses(SyncResource):
    """Methods under `client.responses`."""

    def create(
        self,
        *,
        knowledge_store_id: str,
        input: Sequence[_api.models.ResponseInputItem | Mapping[str, object]],
        session_id: str | None = None,
        instructions: str | None = None,
        include: Sequence[Literal["intermediate_outputs"]] | None = None,
        selections: Sequence[_api.models.ResponseSelection | Mapping[str, object]] | None = None,
        text: _api.models.TextParam | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ResponseObject:
        """Ask an agent about a knowledge store.

        `POST /responses` with `stream` false

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `input`: What the user says.
        - `session_id`: Identifier of the conversation, taken from an earlier answer.
        - `instructions`: How the agent should behave, for this request only. At most 2000 characters.
        - `include`: What the answer should hold besides the final message.
        - `selections`: Items and item collections that the agent should keep to; left out, all items.
        - `text`: How the text of the answer is written.
        """
        return self._client.call(
            "responses.create",
            Answer[_api.models.ResponseObject],
            body={
                "knowledge_store_id": knowledge_store_id,
                "input": input,
                "session_id": session_id,
                "instructions": instructions,
                "include": include,
                "stream": False,
                "selections": selections,
                "text": text,
            },
            options=request_options,
        )

    def create_stream(
        self,
        *,
        knowledge_store_id: str,
        input: Sequence[_api.models.ResponseInputItem | Mapping[str, object]],
        session_id: str | None = None,
        instructions: str | None = None,
        include: Sequence[Literal["intermediate_outputs"]] | None = None,
        selections: Sequence[_api.models.ResponseSelection | Mapping[str, object]] | None = None,
        text: _api.models.TextParam | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Stream[_api.models.ResponseStreamEvent | _api.models.UnknownEvent]:
        """Ask an agent about a knowledge store, as a stream of events.

        `POST /responses` with `stream` true

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `input`: What the user says.
        - `session_id`: Identifier of the conversation, taken from an earlier answer.
        - `instructions`: How the agent should behave, for this request only. At most 2000 characters.
        - `include`: What the answer should hold besides the final message.
        - `selections`: Items and item collections that the agent should keep to; left out, all items.
        - `text`: How the text of the answer is written.
        """
        return self._client.stream(
            "responses.create",
            Answer[_api.models.ResponseStreamEvent | _api.models.UnknownEvent],
            body={
                "knowledge_store_id": knowledge_store_id,
                "input": input,
                "session_id": session_id,
                "instructions": instructions,
                "include": include,
                "stream": True,
                "selections": selections,
                "text": text,
            },
            options=request_options,
        )


class AsyncResponses(AsyncResource):
    """Methods under `client.responses`."""

    async def create(
        self,
        *,
        knowledge_store_id: str,
        input: Sequence[_api.models.ResponseInputItem | Mapping[str, object]],
        session_id: str | None = None,
        instructions: str | None = None,
        include: Sequence[Literal["intermediate_outputs"]] | None = None,
        selections: Sequence[_api.models.ResponseSelection | Mapping[str, object]] | None = None,
        text: _api.models.TextParam | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.ResponseObject:
        """Ask an agent about a knowledge store.

        `POST /responses` with `stream` false

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `input`: What the user says.
        - `session_id`: Identifier of the conversation, taken from an earlier answer.
        - `instructions`: How the agent should behave, for this request only. At most 2000 characters.
        - `include`: What the answer should hold besides the final message.
        - `selections`: Items and item collections that the agent should keep to; left out, all items.
        - `text`: How the text of the answer is written.
        """
        return await self._client.call(
            "responses.create",
            Answer[_api.models.ResponseObject],
            body={
                "knowledge_store_id": knowledge_store_id,
                "input": input,
                "session_id": session_id,
                "instructions": instructions,
                "include": include,
                "stream": False,
                "selections": selections,
                "text": text,
            },
            options=request_options,
        )

    async def create_stream(
        self,
        *,
        knowledge_store_id: str,
        input: Sequence[_api.models.ResponseInputItem | Mapping[str, object]],
        session_id: str | None = None,
        instructions: str | None = None,
        include: Sequence[Literal["intermediate_outputs"]] | None = None,
        selections: Sequence[_api.models.ResponseSelection | Mapping[str, object]] | None = None,
        text: _api.models.TextParam | Mapping[str, object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncStream[_api.models.ResponseStreamEvent | _api.models.UnknownEvent]:
        """Ask an agent about a knowledge store, as a stream of events.

        `POST /responses` with `stream` true

        - `knowledge_store_id`: Identifier of the knowledge store. Not empty.
        - `input`: What the user says.
        - `session_id`: Identifier of the conversation, taken from an earlier answer.
        - `instructions`: How the agent should behave, for this request only. At most 2000 characters.
        - `include`: What the answer should hold besides the final message.
        - `selections`: Items and item collections that the agent should keep to; left out, all items.
        - `text`: How the text of the answer is written.
        """
        return await self._client.stream(
            "responses.create",
            Answer[_api.models.ResponseStreamEvent | _api.models.UnknownEvent],
            body={
                "knowledge_store_id": knowledge_store_id,
                "input": input,
                "session_id": session_id,
                "instructions": instructions,
                "include": include,
                "stream": True,
                "selections": selections,
                "text": text,
            },
            options=request_options,
        )
