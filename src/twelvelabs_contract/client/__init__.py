"""Floor 3: the run time of generated clients, and all that generated code may import from here.

    arguments ─▶ _arguments _body _uploads ─▶ _call ─▶ _sync or _async ─▶ _interpret ─▶ a model, or an error (_errors)
                                               │        │                 _pages ─▶ a listing
                                            _options  _retry              _events _stream ─▶ a stream

Only `_sync` and `_async` send, wait, or know which of the two worlds they are in.
"""

from twelvelabs_contract.client._answer import OMIT, Answer, Omit
from twelvelabs_contract.client._async import AsyncClient
from twelvelabs_contract.client._errors import (
    ApiError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    PaginationInvalid,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
    StatusError,
    StreamInvalid,
    TooManyRequestsError,
    UnauthorizedError,
)
from twelvelabs_contract.client._models import ClosedModel, OpenModel
from twelvelabs_contract.client._options import RequestOptions
from twelvelabs_contract.client._pages import AsyncPager, Page, Pager
from twelvelabs_contract.client._resources import AsyncResource, SyncResource
from twelvelabs_contract.client._stream import AsyncStream, Stream
from twelvelabs_contract.client._sync import SyncClient
from twelvelabs_contract.client._uploads import FileInput

__all__ = [
    "OMIT",
    "Answer",
    "ApiError",
    "AsyncClient",
    "AsyncPager",
    "AsyncResource",
    "AsyncStream",
    "BadRequestError",
    "ClosedModel",
    "ConflictError",
    "FileInput",
    "ForbiddenError",
    "NotFoundError",
    "Omit",
    "OpenModel",
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
    "SyncClient",
    "SyncResource",
    "TooManyRequestsError",
    "UnauthorizedError",
]
