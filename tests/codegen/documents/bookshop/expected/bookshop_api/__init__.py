# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""Typed client of Bookshop, version 2."""

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
from bookshop_api._client import AsyncBookshop, Bookshop

__all__ = [
    "ApiError",
    "AsyncBookshop",
    "AsyncPager",
    "AsyncStream",
    "BadRequestError",
    "Bookshop",
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
    "UnauthorizedError",
    "UnprocessableError",
    "UploadChanged",
    "models",
]

if TYPE_CHECKING:
    from bookshop_api import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")
