"""Take every decision that generated code needs: which resources, methods, arguments and models there are.

The result is an `Api`, in which nothing is left to decide, or the problems that stand in its way. Every operation
becomes a method on the path that its `operationId` spells; the document may ask for a second method on another path.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codegen import names
from codegen.api import Api, Resource
from codegen.methods import Methods
from codegen.reader import Reader
from codegen.schemas import Schemas
from codegen.signatures import Operation
from codegen.types import Types, names_in

if TYPE_CHECKING:
    from codegen.api import Method
    from codegen.bundle import Bundle
    from codegen.methods import Placed
    from codegen.problems import Problem
    from codegen.reader import Node

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_DEPTH = 8


def resolve(bundle: Bundle, package: str) -> tuple[Api | None, list[Problem]]:
    """Resolve a document; there is an `Api` exactly if there are no problems."""
    reader = Reader(bundle)
    types = Types(reader)
    client = _client_name(reader)
    models = Schemas(reader, types).models()
    tree = _Tree(reader, package)
    for placed in Methods(reader, types, _operations(reader)).all():
        tree.place(placed)
    root = tree.resource((), client)
    tree.refuse_clashes(root)
    problems = sorted(set(reader.problems))
    if problems:
        return None, problems
    info = reader.root.below("info")
    return Api(package, info.text("title"), info.text("version"), root, models), []


def _client_name(reader: Reader) -> str:
    node = reader.root.below("x-client", "class")
    name = node.value if isinstance(node.value, str) else ""
    if not names.is_class_name(name) or f"Async{name}" in names.CLASS_NAMES:
        found = f"the client class cannot be called {name!r}"
        reader.wrong(
            node, found, "use letters and digits, a capital first, and no name that generated code uses itself"
        )
    return name


def _operations(reader: Reader) -> dict[str, Operation]:
    operations: dict[str, Operation] = {}
    for path, node in reader.root.entries("paths"):
        item = reader.follow(node)
        for method, held in item.entries():
            if method not in _METHODS:
                continue
            name = held.text("operationId")
            if not name:
                reader.wrong(held, "the operation has no name", "give it an operationId, such as things.list")
            elif name in operations:
                found = f"the operationId {name!r} is also that of {operations[name].http}"
                reader.wrong(held.below("operationId"), found, "rename one of them")
            else:
                operations[name] = Operation(name, method, path, held, item)
    return operations


class _Tree:
    """Gathers methods under resources."""

    def __init__(self, reader: Reader, package: str) -> None:
        self._reader = reader
        self._package = package
        self._methods: dict[tuple[str, ...], dict[str, Placed]] = {(): {}}
        self._spelled: dict[tuple[str, ...], str] = {}

    def place(self, placed: Placed) -> None:
        """Put a method where its path leads, or report why it cannot stand there."""
        segments = placed.path.split(".")
        path = self._path(segments, placed.node)
        if path is None:
            return
        *resource, name = path
        for length in range(1, len(path) + 1):
            spelled = ".".join(segments[:length])
            first = self._spelled.setdefault(path[:length], spelled)
            if first != spelled:
                found = f"{first!r} and {spelled!r} are both {'.'.join(path[:length])} in Python"
                self._reader.wrong(placed.node, found, "rename one of them")
                return
        for length in range(len(resource)):
            self._methods.setdefault(tuple(resource[: length + 1]), {})
        siblings = self._methods[tuple(resource)]
        if name in siblings:
            found = f"there are two methods {'.'.join(path)} ({self._reader.where(siblings[name].node)})"
            self._reader.wrong(placed.node, found, "rename one of them")
            return
        siblings[name] = placed._replace(method=replace(placed.method, name=name))

    def resource(self, path: tuple[str, ...], class_name: str) -> Resource:
        """Return a resource with everything below it."""
        children = [known for known in self._methods if known[:-1] == path and known]
        module = (names.module_name(path[0]), *path[1:]) if path else ("_client",)
        return Resource(
            path,
            module,
            class_name,
            tuple(placed.method for placed in self._methods[path].values()),
            tuple(self.resource(child, names.class_name(child[-1])) for child in sorted(children)),
        )

    def refuse_clashes(self, resource: Resource) -> None:
        """Report names that would stand for two things in one class or one module."""
        for child in resource.children:
            clash = self._methods[resource.path].get(child.attribute)
            if clash:
                found = f"{'.'.join(child.path)} is both a method and a group of methods"
                self._reader.wrong(clash.node, found, "rename one of them")
            self.refuse_clashes(child)
        classes = [resource.class_name, *(child.class_name for child in resource.children)]
        used = set().union(*(_names(method) for method in resource.methods))
        for name in sorted({name for name in classes if classes.count(name) > 1}):
            holder = ".".join(resource.path) or "the client"
            found = f"{holder} and a group of methods on it would both be the class {name}"
            node = self._any(resource) if resource.path else self._reader.root.below("x-client", "class")
            self._reader.wrong(node, found, "rename one of them")
        for name in sorted(used & {f"{prefix}{name}" for name in classes for prefix in ("", "Async")}):
            found = f"the schema {name} and the class of {'.'.join(resource.path) or 'the client'} have one name"
            self._reader.wrong(self._reader.root.below("components", "schemas", name), found, "rename the schema")

    def _any(self, resource: Resource) -> Node:
        """Return a node to report a problem of a whole resource at."""
        inside = (methods for path, methods in self._methods.items() if path[: len(resource.path)] == resource.path)
        return next((placed.node for methods in inside for placed in methods.values()), self._reader.root)

    def _path(self, segments: list[str], node: Node) -> tuple[str, ...] | None:
        found = []
        for position, segment in enumerate(segments):
            name = names.identifier(segment, names.ATTRIBUTE_NAMES if position else names.CLIENT_NAMES)
            if name is None or len(segments) > _DEPTH:
                text = ".".join(segments)
                fix = "use words of ASCII letters with dots between, such as things.list"
                self._reader.wrong(node.below("operationId"), f"no client method can be made of {text!r}", fix)
                return None
            found.append(name)
        return tuple(found)


def _names(method: Method) -> set[str]:
    calls = [call for call in (method.call, method.otherwise) if call]
    written = [argument.annotation for argument in method.arguments] + [a for call in calls for a in call.answers]
    return set().union(*map(names_in, written))
