"""Floor 3: the run time of generated clients, and all that generated code may import from here.

    arguments ─▶ _arguments _body _uploads ─▶ _call ─▶ _sync or _async ─▶ _interpret ─▶ a model, or an error (_errors)
                                               │        │                 _pages ─▶ a listing
                                            _options  _retry              _events _stream ─▶ a stream
                                                                          _waiting ─▶ the end of a job

Only `_sync` and `_async` send, wait, or know which of the two worlds they are in.
"""

from typing import TYPE_CHECKING

from twelvelabs_contract.client._answer import OMIT, Answer, Omit
from twelvelabs_contract.client._async import AsyncClient
from twelvelabs_contract.client._deprecated import deprecated
from twelvelabs_contract.client._errors import (
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
    ResponseInvalid,
    ServerError,
    StatusError,
    StreamInvalid,
    TooManyRequestsError,
    UnauthorizedError,
)
from twelvelabs_contract.client._later import on_demand
from twelvelabs_contract.client._options import RequestOptions
from twelvelabs_contract.client._pages import AsyncPager, Page, Pager
from twelvelabs_contract.client._resources import AsyncResource, SyncResource
from twelvelabs_contract.client._stream import AsyncStream, Stream
from twelvelabs_contract.client._sync import SyncClient
from twelvelabs_contract.client._uploads import FileInput
from twelvelabs_contract.client._waiting import Callback

if TYPE_CHECKING:
    from twelvelabs_contract.client._models import ClosedModel, OpenModel

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
    "FileInput",
    "ForbiddenError",
    "JobError",
    "JobFailed",
    "JobTimeout",
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
    "deprecated",
    "on_demand",
]

if not TYPE_CHECKING:  # the bases of the models, and pydantic with them, come with the first model
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_contract.client._models")
