# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.search`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    FileInput,
    Pager,
    RequestOptions,
    SyncResource,
    on_demand,
)

__all__ = [
    "AsyncSearch",
    "Search",
    "SearchFilter",
    "SearchItem",
    "SearchResults",
    "SearchRetrieveResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import SearchFilter, SearchItem, SearchResults, SearchRetrieveResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class Search(SyncResource):
    """Methods under `client.search`."""

    def create(
        self,
        *,
        index_id: str,
        search_options: Literal["visual", "audio", "transcription"]
        | Sequence[Literal["visual", "audio", "transcription"]],
        transcription_options: Literal["lexical", "semantic"] | Sequence[Literal["lexical", "semantic"]] | None = None,
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | Sequence[str] | None = None,
        query_media_file: FileInput | Sequence[FileInput] | None = None,
        query_text: str | None = None,
        group_by: Literal["video", "clip"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchResults:
        """Search the videos of an index.

        `POST /search`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, in sounds other than speech, in the spoken words, or in
          several of them. Not empty.
        - `transcription_options`: How the query is compared with the spoken words, word by word, by meaning, or in both
          ways. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URLs of the images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_media_file`: The images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_text`: What to look for, in natural language, up to 500 tokens.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `operator`: Whether a match in one of several search options is enough (`or`) or all are needed (`and`).
          Default `or`.
        - `page_limit`: Most items on a page, videos if grouped by video, otherwise clips. 1 to 50, default 10.
        - `filter`: Conditions that the video of a match must meet, as JSON text.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return self._client.call(
            "search.create",
            Answer[_api.models.SearchResults],
            body={
                "index_id": index_id,
                "search_options": search_options,
                "transcription_options": transcription_options,
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "group_by": group_by,
                "operator": operator,
                "page_limit": page_limit,
                "filter": filter,
                "include_user_metadata": include_user_metadata,
            },
            options=request_options,
        )

    def query(
        self,
        *,
        index_id: str,
        search_options: Literal["visual", "audio", "transcription"]
        | Sequence[Literal["visual", "audio", "transcription"]],
        transcription_options: Literal["lexical", "semantic"] | Sequence[Literal["lexical", "semantic"]] | None = None,
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | Sequence[str] | None = None,
        query_media_file: FileInput | Sequence[FileInput] | None = None,
        query_text: str | None = None,
        group_by: Literal["video", "clip"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.SearchItem, _api.models.SearchResults]:
        """Search the videos of an index, page after page.

        `POST /search`, then `GET /search/{page_token}`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, in sounds other than speech, in the spoken words, or in
          several of them. Not empty.
        - `transcription_options`: How the query is compared with the spoken words, word by word, by meaning, or in both
          ways. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URLs of the images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_media_file`: The images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_text`: What to look for, in natural language, up to 500 tokens.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `operator`: Whether a match in one of several search options is enough (`or`) or all are needed (`and`).
          Default `or`.
        - `page_limit`: Most items on a page, videos if grouped by video, otherwise clips. 1 to 50, default 10.
        - `filter`: Conditions that the video of a match must meet, as JSON text.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return self._client.pages(
            "search.create",
            Answer[_api.models.SearchResults],
            Answer[_api.models.SearchItem],
            body={
                "index_id": index_id,
                "search_options": search_options,
                "transcription_options": transcription_options,
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "group_by": group_by,
                "operator": operator,
                "page_limit": page_limit,
                "filter": filter,
                "include_user_metadata": include_user_metadata,
            },
            options=request_options,
        )

    def retrieve(
        self,
        *,
        page_token: str,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchRetrieveResponse:
        """Retrieve a page of search results.

        `GET /search/{page_token}`

        - `page_token`: Token of a page of search results, taken from `next_page_token` or `prev_page_token` of another
          page of the same search. Not empty.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return self._client.call(
            "search.retrieve",
            Answer[_api.models.SearchRetrieveResponse],
            path={"page_token": page_token},
            query={"include_user_metadata": include_user_metadata},
            options=request_options,
        )


class AsyncSearch(AsyncResource):
    """Methods under `client.search`."""

    async def create(
        self,
        *,
        index_id: str,
        search_options: Literal["visual", "audio", "transcription"]
        | Sequence[Literal["visual", "audio", "transcription"]],
        transcription_options: Literal["lexical", "semantic"] | Sequence[Literal["lexical", "semantic"]] | None = None,
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | Sequence[str] | None = None,
        query_media_file: FileInput | Sequence[FileInput] | None = None,
        query_text: str | None = None,
        group_by: Literal["video", "clip"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchResults:
        """Search the videos of an index.

        `POST /search`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, in sounds other than speech, in the spoken words, or in
          several of them. Not empty.
        - `transcription_options`: How the query is compared with the spoken words, word by word, by meaning, or in both
          ways. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URLs of the images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_media_file`: The images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_text`: What to look for, in natural language, up to 500 tokens.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `operator`: Whether a match in one of several search options is enough (`or`) or all are needed (`and`).
          Default `or`.
        - `page_limit`: Most items on a page, videos if grouped by video, otherwise clips. 1 to 50, default 10.
        - `filter`: Conditions that the video of a match must meet, as JSON text.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return await self._client.call(
            "search.create",
            Answer[_api.models.SearchResults],
            body={
                "index_id": index_id,
                "search_options": search_options,
                "transcription_options": transcription_options,
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "group_by": group_by,
                "operator": operator,
                "page_limit": page_limit,
                "filter": filter,
                "include_user_metadata": include_user_metadata,
            },
            options=request_options,
        )

    async def query(
        self,
        *,
        index_id: str,
        search_options: Literal["visual", "audio", "transcription"]
        | Sequence[Literal["visual", "audio", "transcription"]],
        transcription_options: Literal["lexical", "semantic"] | Sequence[Literal["lexical", "semantic"]] | None = None,
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | Sequence[str] | None = None,
        query_media_file: FileInput | Sequence[FileInput] | None = None,
        query_text: str | None = None,
        group_by: Literal["video", "clip"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.SearchItem, _api.models.SearchResults]:
        """Search the videos of an index, page after page.

        `POST /search`, then `GET /search/{page_token}`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, in sounds other than speech, in the spoken words, or in
          several of them. Not empty.
        - `transcription_options`: How the query is compared with the spoken words, word by word, by meaning, or in both
          ways. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URLs of the images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_media_file`: The images given as the query; the part is repeated for each. 1 to 10 items.
        - `query_text`: What to look for, in natural language, up to 500 tokens.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `operator`: Whether a match in one of several search options is enough (`or`) or all are needed (`and`).
          Default `or`.
        - `page_limit`: Most items on a page, videos if grouped by video, otherwise clips. 1 to 50, default 10.
        - `filter`: Conditions that the video of a match must meet, as JSON text.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return await self._client.pages(
            "search.create",
            Answer[_api.models.SearchResults],
            Answer[_api.models.SearchItem],
            body={
                "index_id": index_id,
                "search_options": search_options,
                "transcription_options": transcription_options,
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "group_by": group_by,
                "operator": operator,
                "page_limit": page_limit,
                "filter": filter,
                "include_user_metadata": include_user_metadata,
            },
            options=request_options,
        )

    async def retrieve(
        self,
        *,
        page_token: str,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchRetrieveResponse:
        """Retrieve a page of search results.

        `GET /search/{page_token}`

        - `page_token`: Token of a page of search results, taken from `next_page_token` or `prev_page_token` of another
          page of the same search. Not empty.
        - `include_user_metadata`: Whether items carry the user metadata of their video.
        """
        return await self._client.call(
            "search.retrieve",
            Answer[_api.models.SearchRetrieveResponse],
            path={"page_token": page_token},
            query={"include_user_metadata": include_user_metadata},
            options=request_options,
        )
