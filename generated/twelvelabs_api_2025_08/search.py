# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 a86bae2f9d20cd15df4b1eb04e93ca6c1eba2fe4e021e287f0829e8678e35196
# Document: TwelveLabs API, version 1.3
"""Methods under `client.search`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api_2025_08 as _api
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
    from twelvelabs_api_2025_08.models import SearchFilter, SearchItem, SearchResults, SearchRetrieveResponse
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")


class Search(SyncResource):
    """Methods under `client.search`."""

    def create(
        self,
        *,
        index_id: str,
        search_options: Literal["visual", "audio"] | Sequence[Literal["visual", "audio"]],
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | None = None,
        query_media_file: FileInput | None = None,
        query_text: str | None = None,
        adjust_confidence_level: float | None = None,
        group_by: Literal["video", "clip"] | None = None,
        threshold: Literal["high", "medium", "low", "none"] | None = None,
        sort_option: Literal["score", "clip_count"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchResults:
        """Search the videos of an index.

        `POST /search`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, the sound, or both. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URL of the media given as the query.
        - `query_media_file`: The media given as the query, a JPEG or PNG file of at most 5 MB and at least 64 x 64
          pixels.
        - `query_text`: What to look for, in natural language.
        - `adjust_confidence_level`: How strictly confidence levels are assigned; a lower value lets more matches reach
          each level. 0 to 1, default 0.5.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `threshold`: Lowest confidence level to return; `none` returns every match. Default `low`.
        - `sort_option`: Best score first, or most matching clips first. Default `score`.
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
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "adjust_confidence_level": adjust_confidence_level,
                "group_by": group_by,
                "threshold": threshold,
                "sort_option": sort_option,
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
        search_options: Literal["visual", "audio"] | Sequence[Literal["visual", "audio"]],
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | None = None,
        query_media_file: FileInput | None = None,
        query_text: str | None = None,
        adjust_confidence_level: float | None = None,
        group_by: Literal["video", "clip"] | None = None,
        threshold: Literal["high", "medium", "low", "none"] | None = None,
        sort_option: Literal["score", "clip_count"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.SearchItem, _api.models.SearchResults]:
        """Search the videos of an index, page after page.

        `POST /search`, then `GET /search/{page_token}`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, the sound, or both. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URL of the media given as the query.
        - `query_media_file`: The media given as the query, a JPEG or PNG file of at most 5 MB and at least 64 x 64
          pixels.
        - `query_text`: What to look for, in natural language.
        - `adjust_confidence_level`: How strictly confidence levels are assigned; a lower value lets more matches reach
          each level. 0 to 1, default 0.5.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `threshold`: Lowest confidence level to return; `none` returns every match. Default `low`.
        - `sort_option`: Best score first, or most matching clips first. Default `score`.
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
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "adjust_confidence_level": adjust_confidence_level,
                "group_by": group_by,
                "threshold": threshold,
                "sort_option": sort_option,
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
        search_options: Literal["visual", "audio"] | Sequence[Literal["visual", "audio"]],
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | None = None,
        query_media_file: FileInput | None = None,
        query_text: str | None = None,
        adjust_confidence_level: float | None = None,
        group_by: Literal["video", "clip"] | None = None,
        threshold: Literal["high", "medium", "low", "none"] | None = None,
        sort_option: Literal["score", "clip_count"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.SearchResults:
        """Search the videos of an index.

        `POST /search`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, the sound, or both. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URL of the media given as the query.
        - `query_media_file`: The media given as the query, a JPEG or PNG file of at most 5 MB and at least 64 x 64
          pixels.
        - `query_text`: What to look for, in natural language.
        - `adjust_confidence_level`: How strictly confidence levels are assigned; a lower value lets more matches reach
          each level. 0 to 1, default 0.5.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `threshold`: Lowest confidence level to return; `none` returns every match. Default `low`.
        - `sort_option`: Best score first, or most matching clips first. Default `score`.
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
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "adjust_confidence_level": adjust_confidence_level,
                "group_by": group_by,
                "threshold": threshold,
                "sort_option": sort_option,
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
        search_options: Literal["visual", "audio"] | Sequence[Literal["visual", "audio"]],
        query_media_type: Literal["image"] | None = None,
        query_media_url: str | None = None,
        query_media_file: FileInput | None = None,
        query_text: str | None = None,
        adjust_confidence_level: float | None = None,
        group_by: Literal["video", "clip"] | None = None,
        threshold: Literal["high", "medium", "low", "none"] | None = None,
        sort_option: Literal["score", "clip_count"] | None = None,
        operator: Literal["or", "and"] | None = None,
        page_limit: int | None = None,
        filter: str | _api.models.SearchFilter | Mapping[str, object] | None = None,
        include_user_metadata: bool | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.SearchItem, _api.models.SearchResults]:
        """Search the videos of an index, page after page.

        `POST /search`, then `GET /search/{page_token}`

        - `index_id`: Identifier of the index to search. Not empty.
        - `search_options`: Where to look, in the picture, the sound, or both. Not empty.
        - `query_media_type`: Kind of the media given as the query; needed with `query_media_url` and
          `query_media_file`.
        - `query_media_url`: Public URL of the media given as the query.
        - `query_media_file`: The media given as the query, a JPEG or PNG file of at most 5 MB and at least 64 x 64
          pixels.
        - `query_text`: What to look for, in natural language.
        - `adjust_confidence_level`: How strictly confidence levels are assigned; a lower value lets more matches reach
          each level. 0 to 1, default 0.5.
        - `group_by`: Whether an item of the answer is one matching clip, or one video with its matching clips. Default
          `clip`.
        - `threshold`: Lowest confidence level to return; `none` returns every match. Default `low`.
        - `sort_option`: Best score first, or most matching clips first. Default `score`.
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
                "query_media_type": query_media_type,
                "query_media_url": query_media_url,
                "query_media_file": query_media_file,
                "query_text": query_text,
                "adjust_confidence_level": adjust_confidence_level,
                "group_by": group_by,
                "threshold": threshold,
                "sort_option": sort_option,
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
