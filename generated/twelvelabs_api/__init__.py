# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 afe2a4a432d0cc77e91953e3fbab97fea14cc757dc137615cd9a3fcd5f50d4f5
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
