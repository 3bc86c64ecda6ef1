# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Typed client of TwelveLabs API, version 1.3."""

from typing import TYPE_CHECKING

from apicontract.client import (
    ApiError,
    AsyncPager,
    AsyncStream,
    BadRequestError,
    ConflictError,
    ContentTooLargeError,
    FileInput,
    ForbiddenError,
    GoneError,
    JobError,
    JobFailed,
    JobsFailed,
    JobTimeout,
    NotFoundError,
    Page,
    Pager,
    PaginationInvalid,
    RequestInvalid,
    RequestOptions,
    ResponseInvalid,
    ServerError,
    StatusError,
    Stream,
    StreamInvalid,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableError,
    UploadChanged,
    on_demand,
)
from twelvelabs_api._client import AsyncTwelveLabs, TwelveLabs

__all__ = [
    "ApiError",
    "AsyncPager",
    "AsyncStream",
    "AsyncTwelveLabs",
    "BadRequestError",
    "ConflictError",
    "ContentTooLargeError",
    "FileInput",
    "ForbiddenError",
    "GoneError",
    "JobError",
    "JobFailed",
    "JobTimeout",
    "JobsFailed",
    "NotFoundError",
    "Page",
    "Pager",
    "PaginationInvalid",
    "RequestInvalid",
    "RequestOptions",
    "ResponseInvalid",
    "ServerError",
    "StatusError",
    "Stream",
    "StreamInvalid",
    "TooManyRequestsError",
    "TwelveLabs",
    "UnauthorizedError",
    "UnprocessableError",
    "UploadChanged",
    "models",
]

if TYPE_CHECKING:
    from twelvelabs_api import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")
