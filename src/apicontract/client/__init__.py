"""The runtime of generated clients, and the names that generated code may import.

    arguments body uploads ─▶ request ─▶ sync_client or async_client ─▶ response ─▶ a model, or an error (errors)
                                 │            │                         pages ─▶ a listing
                              options       retry                       events stream ─▶ a stream
                                                                        waiting ─▶ the end of a job
                                                        parts ─▶ a large file, sent part by part

Only `sync_client` and `async_client` send and wait; everything else is shared by both.
"""

from typing import TYPE_CHECKING

from apicontract.client.answer import OMIT, Answer, Omit
from apicontract.client.async_client import AsyncClient
from apicontract.client.deprecation import deprecated
from apicontract.client.errors import (
    ApiError,
    BadRequestError,
    ConflictError,
    ContentTooLargeError,
    ForbiddenError,
    GoneError,
    JobError,
    JobFailed,
    JobsFailed,
    JobTimeout,
    NotFoundError,
    PaginationInvalid,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
    StatusError,
    StreamInvalid,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableError,
    UploadChanged,
)
from apicontract.client.options import Callback, Progress, RequestOptions
from apicontract.client.pages import AsyncPager, Page, Pager
from apicontract.client.resources import AsyncResource, SyncResource
from apicontract.client.stream import AsyncStream, Stream
from apicontract.client.sync_client import SyncClient
from apicontract.client.uploads import FileInput, FilePath
from apicontract.lazy import on_demand

if TYPE_CHECKING:
    from apicontract.client.models import ClosedModel, OpenModel, UnknownEvent

__all__ = [
    "OMIT",
    "Answer",
    "ApiError",
    "AsyncClient",
    "AsyncPager",
    "AsyncResource",
    "AsyncStream",
    "BadRequestError",
    "Callback",
    "ClosedModel",
    "ConflictError",
    "ContentTooLargeError",
    "FileInput",
    "FilePath",
    "ForbiddenError",
    "GoneError",
    "JobError",
    "JobFailed",
    "JobTimeout",
    "JobsFailed",
    "NotFoundError",
    "Omit",
    "OpenModel",
    "Page",
    "Pager",
    "PaginationInvalid",
    "Progress",
    "RequestInvalid",
    "RequestOptions",
    "ResponseInvalid",
    "ServerError",
    "StatusError",
    "Stream",
    "StreamInvalid",
    "SyncClient",
    "SyncResource",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnknownEvent",
    "UnprocessableError",
    "UploadChanged",
    "deprecated",
    "on_demand",
]

if not TYPE_CHECKING:  # the base classes of the models, and with them pydantic, are imported with the first model
    __getattr__, __dir__ = on_demand(__name__, __all__, "apicontract.client.models")
