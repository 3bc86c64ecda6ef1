# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 d98b9846489101af62a0a9c2eaa52184ed5cadff50b8cb528ea01a8dc692b03b
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
    "UploadChanged",
    "models",
]

if TYPE_CHECKING:
    from twelvelabs_api import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")
