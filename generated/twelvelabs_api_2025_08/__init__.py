# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 82028801d18d415be88ac05a8ec72c1e636caccac86e0761cf2d874e4334a6e5
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
from twelvelabs_api_2025_08._client import AsyncTwelveLabs, TwelveLabs

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
    from twelvelabs_api_2025_08 import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api_2025_08.models")
