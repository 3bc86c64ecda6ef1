"""An OpenAPI document: operations, facts of schemas, media types, routing, and the violations that point into it."""

from typing import TYPE_CHECKING

from apicontract.lazy import lazy_names

if TYPE_CHECKING:
    from apicontract.openapi.document import Document, DocumentInvalid, Json, load
    from apicontract.openapi.operation import Operation
    from apicontract.openapi.violation import Violation

__all__ = ["Document", "DocumentInvalid", "Json", "Operation", "Violation", "load"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Document": "apicontract.openapi.document",
        "DocumentInvalid": "apicontract.openapi.document",
        "Json": "apicontract.openapi.document",
        "Operation": "apicontract.openapi.operation",
        "Violation": "apicontract.openapi.violation",
        "load": "apicontract.openapi.document",
    },
)
