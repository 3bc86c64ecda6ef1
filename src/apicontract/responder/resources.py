"""The resources of an API, found by the links of its document.

A resource can be created, retrieved, listed, updated and deleted. Names do not matter: it exists if the response to a
POST of a path (`/things`), which creates one, links to a GET of that path with a parameter (`/things/{thing_id}`). The
other methods of the two paths are its listing, its update and its deletion. Operations below its path need the resource
to exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document, Json, Operation, Response
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.keywords import BRANCHES
from apicontract.openapi.links import BODY, Link, links_of
from apicontract.openapi.operation import Waiting
from apicontract.openapi.pointer import split

_NAME = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of resource."""

    path: str
    """The template of one, such as `/things/{thing_id}`."""
    names: tuple[str, ...]
    """The parameters of its path; the last one is its own id."""
    retrieve: Operation
    create: Operation
    id: str
    """Pointer to its id in the response that creates it."""
    listing: Operation | None
    waiting: Waiting | None
    """How it shows its status, if it is a job."""
    statuses: tuple[str, ...]
    """The statuses of a job in order, up to the final one."""
    settable: Mapping[str, Json]
    """The properties that callers can set, with their defaults; `None` for no default."""

    @property
    def id_name(self) -> str:
        """The property with the id."""
        return self.id.rpartition("/")[2]

    def holds(self, path: str) -> bool:
        """Return whether an operation with this path belongs to this kind of resource, or is below it."""
        return path == self.path or path.startswith(f"{self.path}/")


class Resources:
    """The resources of a contract, and the links of its responses."""

    def __init__(self, contract: Contract) -> None:
        """Read the links."""
        document = contract.document
        self.links: dict[str, tuple[Link, ...]] = {
            operation.id: tuple(link for response in _successes(operation) for link in links_of(document, response))
            for operation in contract.operations
        }
        self._contract = contract
        self.all: dict[str, Resource] = {}
        """The resources, by path."""
        followers = {operation.pagination.operation for operation in contract.operations if operation.pagination}
        for operation in contract.operations:
            for link in self.links[operation.id]:
                if operation.method == "POST" and link.operation.id not in followers:
                    self._add(operation, link)

    def _add(self, create: Operation, link: Link) -> None:
        path = link.operation.path
        parent, _, last = path.rpartition("/")
        names = tuple(_NAME.findall(path))
        expression = str(link.parameters.get(names[-1], "")) if names else ""
        retrieve = self._at("GET", path)
        if last != f"{{{names[-1] if names else ''}}}" or not expression.startswith(BODY) or retrieve is None:
            return
        if parent != create.path or path in self.all:
            return
        declared = (one.waiting for one in self._below(path))
        waiting = next((one for one in declared if one and one.each is None), None)
        statuses = _statuses(self._contract.document, retrieve, waiting) if waiting else ()
        pointer = expression.removeprefix(BODY)
        listing = self._at("GET", parent)
        settable = self._settable(create, path)
        self.all[path] = Resource(path, names, retrieve, create, pointer, listing, waiting, statuses, settable)

    def _settable(self, create: Operation, path: str) -> dict[str, Json]:
        """Return what the bodies that create a resource, update it, or a part of it can set, with the defaults."""
        found: dict[str, Json] = {}
        for operation in (create, *self._below(path)):
            if operation is not create and operation.method not in ("PUT", "PATCH"):
                continue
            if part := operation.path.removeprefix(path).removeprefix("/") if operation is not create else "":
                found.setdefault(part.replace("-", "_"), None)
                continue
            for content in operation.request_body.content.values() if operation.request_body else ():
                shape = shape_at(self._contract.document, content.schema, content.schema_pointer)
                for name, one in shape.properties.items():
                    schema, _ = self._contract.document.resolve(*one.given)
                    found.setdefault(name, schema.get("default") if isinstance(schema, Mapping) else None)
        return found

    def _at(self, method: str, path: str) -> Operation | None:
        return next((one for one in self._contract.operations if (one.method, one.path) == (method, path)), None)

    def _below(self, path: str) -> Iterator[Operation]:
        """Yield the operations of a path, and those below it without further parameters."""
        for one in self._contract.operations:
            if one.path == path or (one.path.startswith(f"{path}/") and "{" not in one.path.removeprefix(path)):
                yield one

    def needed(self, operation: Operation) -> list[Resource]:
        """Return the resources that an operation belongs to, or whose path is above its own, the outermost first."""
        found = [resource for resource in self.all.values() if resource.holds(operation.path)]
        return sorted(found, key=lambda resource: len(resource.names))

    def listed(self, operation: Operation) -> Resource | None:
        """Return the resource that an operation lists; `None` if it lists none."""
        return next((one for one in self.all.values() if one.listing is operation), None)

    def created(self, operation: Operation) -> Resource | None:
        """Return the resource that an operation creates; `None` if it creates none."""
        return next((one for one in self.all.values() if one.create is operation), None)


def enumerated(document: Document, shape: Shape) -> list[str]:
    """Return the strings that a schema lists, including those of an open enum, in order."""
    found: list[str] = []

    def visit(schema: Json, pointer: str, depth: int = 0) -> None:
        schema, pointer = document.resolve(schema, pointer)
        if not isinstance(schema, Mapping) or depth > 8:
            return
        found.extend(value for value in (*schema.get("enum", ()), schema.get("const")) if isinstance(value, str))
        for keyword in BRANCHES:
            for index, branch in enumerate(schema.get(keyword) or ()):
                visit(branch, f"{pointer}/{keyword}/{index}", depth + 1)

    visit(*shape.given)
    return list(dict.fromkeys(found))


def _successes(operation: Operation) -> Iterator[Response]:
    return (response for key, response in operation.responses.items() if key.startswith("2"))


def _statuses(document: Document, retrieve: Operation, waiting: Waiting) -> tuple[str, ...]:
    """Return the statuses of a job, in the order in which the document lists them, then the final one."""
    for response in _successes(retrieve):
        for content in response.content.values():
            shape = shape_at(document, content.schema, content.schema_pointer)
            for token in split(waiting.status):
                shape = shape.property(token)
            over = {*waiting.done, *waiting.failed}
            return (*(one for one in enumerated(document, shape) if one not in over), waiting.done[0])
    return waiting.done[:1]
