# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 13893cd048544df859fd91bac8ba303d81385b4edd3b1cb4241693aa8fd445fc
# Document: TwelveLabs API, version 1.3
"""Typed client of TwelveLabs API, version 1.3."""

from typing import TYPE_CHECKING

from apicontract.client import (
    ApiError,
    AsyncPager,
    AsyncStream,
    BadRequestError,
    ConflictError,
    FileInput,
    ForbiddenError,
    JobError,
    JobFailed,
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
    "FileInput",
    "ForbiddenError",
    "JobError",
    "JobFailed",
    "JobTimeout",
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
    "models",
]

if TYPE_CHECKING:
    from twelvelabs_api import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")
