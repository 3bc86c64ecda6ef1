"""Links: which response provides the values for which request (OpenAPI, "Link Object").

A link names an operation, and locates the values of its parameters in the exchange by runtime expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import Document
from apicontract.openapi.operation import Json, Operation, Response

BODY = "$response.body#"
"""How an expression into the response body begins; a pointer follows."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a response to an operation."""

    name: str
    operation: Operation
    parameters: Mapping[str, Json]
    """An expression or a literal value for each parameter; `path.id` is the path parameter `id`."""

    def value(self, parameter: str, exchange: Exchange) -> Json:
        """Return the value of a parameter; `None` if the link does not set it, or the exchange lacks it."""
        given = self.parameters.get(parameter, self.parameters.get(f"path.{parameter}"))
        return exchange.value(given) if isinstance(given, str) else given


@dataclass(frozen=True, slots=True)
class Exchange:
    """The decoded parts of a request, and the body of its response, which expressions refer to."""

    path: Mapping[str, Json]
    query: Mapping[str, Json]
    body: Json
    answer: Json

    def value(self, expression: str) -> Json:
        """Evaluate an expression, to `None` if nothing is there; any other string stands for itself."""
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
    """Yield the links of a response to operations of the document, by `operationId` or `operationRef`."""
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
