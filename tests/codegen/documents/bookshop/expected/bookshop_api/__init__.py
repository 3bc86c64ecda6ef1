# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 f9e615f858882e7c3921072c3331800c891fa514f584bbc811db362f76a4b854
# Document: Bookshop, version 2
"""Typed client of Bookshop, version 2."""

from bookshop_api import models
from bookshop_api._client import AsyncBookshop, Bookshop
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
    "AsyncBookshop",
    "BadRequestError",
    "Bookshop",
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
    "UnauthorizedError",
    "models",
]
