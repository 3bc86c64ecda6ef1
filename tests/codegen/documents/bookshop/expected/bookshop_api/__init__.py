# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 4f6e72843c97d97921b6b965461cab877c2fd19394c749d9929eef0d2c803262
# Document: Bookshop, version 2
"""Typed client of Bookshop, version 2."""

from typing import TYPE_CHECKING

from bookshop_api._client import AsyncBookshop, Bookshop
from twelvelabs_contract.client import (
    ApiError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
    JobError,
    JobFailed,
    JobTimeout,
    NotFoundError,
    PaginationInvalid,
    RequestInvalid,
    RequestOptions,
    ResponseInvalid,
    ServerError,
    StatusError,
    StreamInvalid,
    TooManyRequestsError,
    UnauthorizedError,
    on_demand,
)

__all__ = [
    "ApiError",
    "AsyncBookshop",
    "BadRequestError",
    "Bookshop",
    "ConflictError",
    "ForbiddenError",
    "JobError",
    "JobFailed",
    "JobTimeout",
    "NotFoundError",
    "PaginationInvalid",
    "RequestInvalid",
    "RequestOptions",
    "ResponseInvalid",
    "ServerError",
    "StatusError",
    "StreamInvalid",
    "TooManyRequestsError",
    "UnauthorizedError",
    "models",
]

if TYPE_CHECKING:
    from bookshop_api import models
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "bookshop_api.models")
