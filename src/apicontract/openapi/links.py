"""Links: which answer feeds which request (OpenAPI, "Link Object").

A link names an operation and says, in runtime expressions, where the values of its parameters are in the exchange.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import Document
from apicontract.openapi.operation import Json, Operation, Response

BODY = "$response.body#"
"""How an expression begins that leads into the body of an answer; a pointer follows."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a response to an operation."""

    name: str
    operation: Operation
    parameters: Mapping[str, Json]
    """An expression, or a value as it is, for each parameter; `path.id` is that of the path."""

    def value(self, parameter: str, exchange: Exchange) -> Json:
        """Return the value of a parameter; `None` where the link has none, or the exchange lacks it."""
        given = self.parameters.get(parameter, self.parameters.get(f"path.{parameter}"))
        return exchange.value(given) if isinstance(given, str) else given


@dataclass(frozen=True, slots=True)
class Exchange:
    """What expressions lead into: the decoded parts of a request, and the body of its answer."""

    path: Mapping[str, Json]
    query: Mapping[str, Json]
    body: Json
    answer: Json

    def value(self, expression: str) -> Json:
        """Return what an expression leads to, `None` for nothing; a string that is none stands for itself."""
        if expression.startswith(BODY):
            return pointers.find(self.answer, expression.removeprefix(BODY))
        if expression.startswith("$request.body#"):
            return pointers.find(self.body, expression.removeprefix("$request.body#"))
        if expression.startswith("$request.path."):
            return self.path.get(expression.removeprefix("$request.path."))
        if expression.startswith("$request.query."):
            return self.query.get(expression.removeprefix("$request.query."))
        return None if expression.startswith("$") else expression


def links_of(document: Document, response: Response) -> Iterator[Link]:
    """Yield the links of a response that lead to operations of the document, by `operationId` or `operationRef`."""
    links = document.at(response.pointer).get("links")
    if not isinstance(links, Mapping):
        return
    by_pointer = {operation.pointer: operation for operation in document.operations.values()}
    for name, given in links.items():
        link, _ = document.resolve(given, f"{response.pointer}/links/{pointers.escape(name)}")
        if not isinstance(link, Mapping):
            continue
        reference = str(link.get("operationRef", "")).removeprefix("#")
        target = document.operations.get(str(link.get("operationId"))) or by_pointer.get(reference)
        parameters = link.get("parameters")
        if target is not None:
            yield Link(str(name), target, parameters if isinstance(parameters, Mapping) else {})
