# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.multipart_upload`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import (
    Answer,
    AsyncPager,
    AsyncResource,
    FilePath,
    Pager,
    Progress,
    RequestOptions,
    SyncResource,
    on_demand,
)

__all__ = [
    "AssetDetail",
    "AsyncMultipartUpload",
    "ChunkInfo",
    "CompletedChunk",
    "CreateAssetUploadResponse",
    "GetUploadStatusResponse",
    "IncompleteUploadSummary",
    "ListIncompleteUploadsResponse",
    "MultipartUpload",
    "ReportChunkBatchResponse",
    "RequestAdditionalPresignedUrlsResponse",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AssetDetail,
        ChunkInfo,
        CompletedChunk,
        CreateAssetUploadResponse,
        GetUploadStatusResponse,
        IncompleteUploadSummary,
        ListIncompleteUploadsResponse,
        ReportChunkBatchResponse,
        RequestAdditionalPresignedUrlsResponse,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class MultipartUpload(SyncResource):
    """Methods under `client.multipart_upload`."""

    def create(
        self,
        *,
        filename: str,
        type: Literal["video", "audio", "image"],
        total_size: int,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAssetUploadResponse:
        """Start an upload in parts.

        `POST /assets/multipart-uploads`

        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters.
        - `type`: Kind of the file.
        - `total_size`: Size of the file in bytes, at most 10 GB, of an image at most 32 MB. 1 to 10737418240.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `false`.
        - `enable_thumbnail`: Whether thumbnails are made of the file. Default `false`.
        - `user_metadata`: The user's own facts about an asset, a flat map.
        """
        return self._client.call(
            "multipart_upload.create",
            Answer[_api.models.CreateAssetUploadResponse],
            body={
                "filename": filename,
                "type": type,
                "total_size": total_size,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    def upload_file(
        self,
        path: FilePath,
        *,
        filename: str | None = None,
        type: Literal["video", "audio", "image"] | None = None,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        parallel: int = 5,
        retries: int = 5,
        resume: bool = True,
        state: FilePath | None = None,
        reuse: bool = False,
        progress: Progress | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetDetail:
        """Upload a file in parts, or resume an interrupted upload.

        `POST /assets/multipart-uploads`, and the parts

        Parts are read from the file as they are sent, and failed parts are sent again. The state of the upload is
        stored in a small file on disk, so the same call resumes an interrupted upload, and sends only the missing
        parts. Raises `UploadChanged` if the file has changed since.

        - `path`: The file.
        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters. Derived from the path if omitted.
        - `type`: Kind of the file. Derived from the path if omitted.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `false`.
        - `enable_thumbnail`: Whether thumbnails are made of the file. Default `false`.
        - `user_metadata`: The user's own facts about an asset, a flat map.
        - `parallel`: The number of parts that are sent at the same time. At least 1, default 5.
        - `retries`: How often a failed part is sent again. At least 0, default 5.
        - `resume`: Resume an interrupted upload; `False` starts again.
        - `state`: The path of the state file; by default beside the uploaded file, with the suffix `.upload`.
        - `reuse`: If the service lists a result for a file of this name and size, return that, and send nothing.
        - `progress`: Called with the number of bytes that have arrived, and the total. An exception that it raises
          stops the upload, which can be resumed; the asynchronous client awaits its result if it is awaitable.
        """
        return self._client.upload(
            "multipart_upload.create",
            Answer[_api.models.AssetDetail],
            body={
                "filename": filename,
                "type": type,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            uploading={
                "path": path,
                "parallel": parallel,
                "retries": retries,
                "resume": resume,
                "state": state,
                "reuse": reuse,
                "progress": progress,
            },
            options=request_options,
        )

    def list_incomplete_uploads(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> Pager[_api.models.IncompleteUploadSummary, _api.models.ListIncompleteUploadsResponse]:
        """List incomplete uploads.

        `GET /assets/multipart-uploads`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "multipart_upload.list_incomplete_uploads",
            Answer[_api.models.ListIncompleteUploadsResponse],
            Answer[_api.models.IncompleteUploadSummary],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def get_status(
        self,
        *,
        upload_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> Pager[_api.models.ChunkInfo, _api.models.GetUploadStatusResponse]:
        """Retrieve the status of an upload.

        `GET /assets/multipart-uploads/{upload_id}`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.pages(
            "multipart_upload.get_status",
            Answer[_api.models.GetUploadStatusResponse],
            Answer[_api.models.ChunkInfo],
            path={"upload_id": upload_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def report_chunk_batch(
        self,
        *,
        upload_id: str,
        completed_chunks: Sequence[_api.models.CompletedChunk | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.ReportChunkBatchResponse:
        """Report uploaded parts.

        `POST /assets/multipart-uploads/{upload_id}`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `completed_chunks`: The parts, 1 to 50, in any order. 1 to 50 items.
        """
        return self._client.call(
            "multipart_upload.report_chunk_batch",
            Answer[_api.models.ReportChunkBatchResponse],
            path={"upload_id": upload_id},
            body={"completed_chunks": completed_chunks},
            options=request_options,
        )

    def get_additional_presigned_urls(
        self, *, upload_id: str, start: int, count: int, request_options: RequestOptions | None = None
    ) -> _api.models.RequestAdditionalPresignedUrlsResponse:
        """Request URLs for more parts.

        `POST /assets/multipart-uploads/{upload_id}/presigned-urls`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `start`: Number of the first part, counted from 1. At least 1.
        - `count`: Number of parts, at most 50. 1 to 50.
        """
        return self._client.call(
            "multipart_upload.get_additional_presigned_urls",
            Answer[_api.models.RequestAdditionalPresignedUrlsResponse],
            path={"upload_id": upload_id},
            body={"start": start, "count": count},
            options=request_options,
        )


class AsyncMultipartUpload(AsyncResource):
    """Methods under `client.multipart_upload`."""

    async def create(
        self,
        *,
        filename: str,
        type: Literal["video", "audio", "image"],
        total_size: int,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.CreateAssetUploadResponse:
        """Start an upload in parts.

        `POST /assets/multipart-uploads`

        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters.
        - `type`: Kind of the file.
        - `total_size`: Size of the file in bytes, at most 10 GB, of an image at most 32 MB. 1 to 10737418240.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `false`.
        - `enable_thumbnail`: Whether thumbnails are made of the file. Default `false`.
        - `user_metadata`: The user's own facts about an asset, a flat map.
        """
        return await self._client.call(
            "multipart_upload.create",
            Answer[_api.models.CreateAssetUploadResponse],
            body={
                "filename": filename,
                "type": type,
                "total_size": total_size,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            options=request_options,
        )

    async def upload_file(
        self,
        path: FilePath,
        *,
        filename: str | None = None,
        type: Literal["video", "audio", "image"] | None = None,
        enable_hls: bool | None = None,
        enable_thumbnail: bool | None = None,
        user_metadata: Mapping[str, str | float | bool | Sequence[str] | None] | None = None,
        parallel: int = 5,
        retries: int = 5,
        resume: bool = True,
        state: FilePath | None = None,
        reuse: bool = False,
        progress: Progress | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AssetDetail:
        """Upload a file in parts, or resume an interrupted upload.

        `POST /assets/multipart-uploads`, and the parts

        Parts are read from the file as they are sent, and failed parts are sent again. The state of the upload is
        stored in a small file on disk, so the same call resumes an interrupted upload, and sends only the missing
        parts. Raises `UploadChanged` if the file has changed since.

        - `path`: The file.
        - `filename`: Name of the asset, 1 to 255 characters. 1 to 255 characters. Derived from the path if omitted.
        - `type`: Kind of the file. Derived from the path if omitted.
        - `enable_hls`: Whether video or audio is also prepared for HTTP Live Streaming. Default `false`.
        - `enable_thumbnail`: Whether thumbnails are made of the file. Default `false`.
        - `user_metadata`: The user's own facts about an asset, a flat map.
        - `parallel`: The number of parts that are sent at the same time. At least 1, default 5.
        - `retries`: How often a failed part is sent again. At least 0, default 5.
        - `resume`: Resume an interrupted upload; `False` starts again.
        - `state`: The path of the state file; by default beside the uploaded file, with the suffix `.upload`.
        - `reuse`: If the service lists a result for a file of this name and size, return that, and send nothing.
        - `progress`: Called with the number of bytes that have arrived, and the total. An exception that it raises
          stops the upload, which can be resumed; the asynchronous client awaits its result if it is awaitable.
        """
        return await self._client.upload(
            "multipart_upload.create",
            Answer[_api.models.AssetDetail],
            body={
                "filename": filename,
                "type": type,
                "enable_hls": enable_hls,
                "enable_thumbnail": enable_thumbnail,
                "user_metadata": user_metadata,
            },
            uploading={
                "path": path,
                "parallel": parallel,
                "retries": retries,
                "resume": resume,
                "state": state,
                "reuse": reuse,
                "progress": progress,
            },
            options=request_options,
        )

    async def list_incomplete_uploads(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> AsyncPager[_api.models.IncompleteUploadSummary, _api.models.ListIncompleteUploadsResponse]:
        """List incomplete uploads.

        `GET /assets/multipart-uploads`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "multipart_upload.list_incomplete_uploads",
            Answer[_api.models.ListIncompleteUploadsResponse],
            Answer[_api.models.IncompleteUploadSummary],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def get_status(
        self,
        *,
        upload_id: str,
        page: int | None = None,
        page_limit: int | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[_api.models.ChunkInfo, _api.models.GetUploadStatusResponse]:
        """Retrieve the status of an upload.

        `GET /assets/multipart-uploads/{upload_id}`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.pages(
            "multipart_upload.get_status",
            Answer[_api.models.GetUploadStatusResponse],
            Answer[_api.models.ChunkInfo],
            path={"upload_id": upload_id},
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def report_chunk_batch(
        self,
        *,
        upload_id: str,
        completed_chunks: Sequence[_api.models.CompletedChunk | Mapping[str, object]],
        request_options: RequestOptions | None = None,
    ) -> _api.models.ReportChunkBatchResponse:
        """Report uploaded parts.

        `POST /assets/multipart-uploads/{upload_id}`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `completed_chunks`: The parts, 1 to 50, in any order. 1 to 50 items.
        """
        return await self._client.call(
            "multipart_upload.report_chunk_batch",
            Answer[_api.models.ReportChunkBatchResponse],
            path={"upload_id": upload_id},
            body={"completed_chunks": completed_chunks},
            options=request_options,
        )

    async def get_additional_presigned_urls(
        self, *, upload_id: str, start: int, count: int, request_options: RequestOptions | None = None
    ) -> _api.models.RequestAdditionalPresignedUrlsResponse:
        """Request URLs for more parts.

        `POST /assets/multipart-uploads/{upload_id}/presigned-urls`

        - `upload_id`: Identifier of the upload session. Not empty.
        - `start`: Number of the first part, counted from 1. At least 1.
        - `count`: Number of parts, at most 50. 1 to 50.
        """
        return await self._client.call(
            "multipart_upload.get_additional_presigned_urls",
            Answer[_api.models.RequestAdditionalPresignedUrlsResponse],
            path={"upload_id": upload_id},
            body={"start": start, "count": count},
            options=request_options,
        )
