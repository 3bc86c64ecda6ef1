"""A converted document; operations that cannot be converted are left out and reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from apicontract.openapi.document import Document, parse
from apicontract.openapi.pointer import fragment, split
from apicontract.openapi.problems import DocumentInvalid
from codegen import resolve, yaml12
from codegen.foreign import naming
from codegen.foreign.operations import Operations, Unsupported
from codegen.foreign.schemas import Schemas
from codegen.problems import DocumentWrong, Location, Problem
from codegen.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from apicontract.openapi.document import Json
    from codegen.api import Api, Call, Method, Resource
    from codegen.view import Operation


@dataclass(frozen=True)
class Adopted:
    """The code and the document of a package for another's document."""

    api: Api
    raw: Mapping[str, Json]
    """The document as written, in one file."""
    warnings: tuple[Problem, ...]
    """A problem for each operation or argument that is left out."""


def adopt(path: Path, file: str, package: str | None) -> Adopted:
    """Read a document and resolve the code of a package.

    Raises `DocumentWrong` if it cannot be read, or if no operation can become a method.
    """
    lines = _Lines(path, file)
    try:
        raw = parse(path.read_bytes(), path)
        document = Document(raw)
    except DocumentInvalid as error:
        message = str(error).removeprefix(f"#{error.pointer}: ")
        raise DocumentWrong([lines.at(error.pointer).problem(message, "correct it")]) from None
    written = _Written(document, lines)
    name = package or naming.package_name(str((document.raw.get("info") or {}).get("title") or ""))
    api = written.api(name)
    if api is None:
        raise DocumentWrong(written.warnings or [lines.at("/paths").problem("there is no operation", "add one")])
    return Adopted(api, raw, tuple(written.warnings))


class _Lines:
    """Finds the lines of a file, which is parsed again when a line is first needed."""

    def __init__(self, path: Path, file: str) -> None:
        self._path = path
        self._file = file

    @cached_property
    def _source(self) -> yaml12.Source | None:
        return yaml12.read(self._path, self._file)[0]

    def at(self, pointer: str) -> Location:
        """Locate a pointer; without a line if the strict YAML reader rejects the file."""
        tokens = split(pointer)
        return Location(self._file, 0, fragment(tokens)) if self._source is None else self._source.at(tokens)


class _Written:
    """A document in the generator's form; it has the interface of a bundle."""

    def __init__(self, document: Document, lines: _Lines) -> None:
        self._lines = lines
        self._schemas = Schemas(document)
        self._calls: dict[str, str] = {}
        """By client path, the id of the operation in the contract."""
        self.warnings: list[Problem] = []
        self.unused: tuple[Problem, ...] = ()
        self._operations = list(self._write(document))
        info = document.raw.get("info") or {}
        title, version = (str(info.get(key) or "-") for key in ("title", "version"))
        self.document: dict[str, Json] = {
            "info": {"title": title, "version": version},
            "x-client": {"class": naming.client_class(document.raw, title)},
            "components": {"schemas": self._schemas.finish()},
        }

    def _write(self, document: Document) -> Iterator[Operation]:
        writer = Operations(document, self._schemas)
        declared = list(document.operations.values())
        paths = naming.client_paths([(operation, document.at(operation.pointer)) for operation in declared])
        for operation, path in zip(declared, paths, strict=True):
            try:
                written = writer.write(operation, path)
            except Unsupported as error:
                self._leave_out(operation.id, operation.pointer, str(error), error.fix)
            else:
                self._calls[written.id] = operation.id
                yield written
        for pointer, found in writer.unsent:
            self.warnings.append(self._lines.at(pointer).problem(found, "call it by other means where it is needed"))

    def _leave_out(self, name: str, pointer: str, why: str, fix: str) -> None:
        found = f"the operation {name!r} is left out: {why}"
        self.warnings.append(self._lines.at(pointer).problem(found, fix))

    def at(self, pointer: str) -> Location:
        """Locate a place in the source file; a named schema at its definition."""
        tokens = split(pointer)
        if tokens[:2] == ("components", "schemas") and len(tokens) > 2:
            tokens = (*split(self._schemas.origins.get(tokens[2], "/components/schemas")), *tokens[3:])
        return self._lines.at(fragment(tokens)[1:])

    def api(self, package: str) -> Api | None:
        """Resolve the document without the operations that have problems; `None` if none is left.

        Raises `DocumentWrong` for problems that are not of an operation.
        """
        left = self._operations
        while left:
            view = View(self, adopted=True)
            view.operations += left
            api = resolve.resolve(view, package)
            if api is not None:
                return replace(api, client=self._called(api.client))
            wrong = {operation.id: problem for operation, problem in _blamed(view)}
            if not wrong:
                raise DocumentWrong(view.problems)
            for operation in left:
                if problem := wrong.get(operation.id):
                    pointer = fragment(operation.place.tokens)[1:]
                    self._leave_out(self._calls[operation.id], pointer, problem.message, problem.fix)
            left = [operation for operation in left if operation.id not in wrong]
        return None

    def _called(self, resource: Resource) -> Resource:
        """Replace client paths in calls by the ids in the contract."""
        return replace(
            resource,
            methods=tuple(map(self._method, resource.methods)),
            children=tuple(map(self._called, resource.children)),
        )

    def _method(self, method: Method) -> Method:
        def called(call: Call) -> Call:
            return replace(call, operation=self._calls[call.operation])

        return replace(method, call=called(method.call), otherwise=method.otherwise and called(method.otherwise))


def _blamed(view: View) -> Iterator[tuple[Operation, Problem]]:
    """Yield the operations that have problems, the first problem of each last."""
    for operation in view.operations:
        for problem, tokens in reversed(view.places.items()):
            if tokens[: len(operation.place.tokens)] == operation.place.tokens:
                yield operation, problem
