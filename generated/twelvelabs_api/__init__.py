# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 9d6c1dadec35c9e4be9ec1fbbfb00c9f6d53f5b29102d312a6bd1324d5a293da
# Document: TwelveLabs API, version 1.3
"""Typed client of TwelveLabs API, version 1.3."""

from twelvelabs_api import models
from twelvelabs_api._client import AsyncTwelveLabs, TwelveLabs
from twelvelabs_contract.client import (
    ApiError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
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
)

__all__ = [
    "ApiError",
    "AsyncTwelveLabs",
    "BadRequestError",
    "ConflictError",
    "ForbiddenError",
    "NotFoundError",
    "PaginationInvalid",
    "RequestInvalid",
    "RequestOptions",
    "ResponseInvalid",
    "ServerError",
    "StatusError",
    "StreamInvalid",
    "TooManyRequestsError",
    "TwelveLabs",
    "UnauthorizedError",
    "models",
]
