"""Take every decision for the generated code: its resources, methods, arguments and models.

The result is an `Api`, which leaves nothing to decide, or the problems that prevent it. Every operation becomes a
method on the path that its `operationId` spells; the document may declare a second method on another path.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codegen import names
from codegen.api import Api, Resource
from codegen.methods import Methods
from codegen.schemas import Schemas
from codegen.types import Types, names_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from codegen.api import Method
    from codegen.methods import Placed
    from codegen.view import Place, View

_DEPTH = 8


def resolve(view: View, package: str) -> Api | None:
    """Resolve a document; return an `Api` if and only if it can be written, whatever the rules reported before."""
    before = len(view.problems)
    types = Types(view)
    client = _client_name(view)
    models = Schemas(view, types).models()
    tree = _Tree(view, package, {model.name for model in models} if view.adopted else set())
    for placed in Methods(view, types).all():
        tree.place(placed)
    root = tree.resource((), tree.free_class(client, []))
    tree.report_clashes(root)
    if len(view.problems) > before or not client:
        return None
    info = view.root.below("info")
    return Api(package, info.text("title"), info.text("version"), root, models)


def _client_name(view: View) -> str:
    node = view.root.below("x-client", "class")
    name = node.value
    if not isinstance(name, str):
        return ""  # reported already
    if not names.is_class_name(name) or f"Async{name}" in names.CLASS_NAMES:
        found = f"the client class cannot be called {name!r}"
        view.report(
            node.tokens, found, "use letters and digits, a capital first, and no name that generated code uses itself"
        )
    return name


class _Tree:
    """Groups methods by resource."""

    def __init__(self, view: View, package: str, taken: Collection[str]) -> None:
        self._view = view
        self._taken = taken
        """Names that no class of methods may have."""
        self._package = package
        self._methods: dict[tuple[str, ...], dict[str, Placed]] = {(): {}}
        self._spelled: dict[tuple[str, ...], str] = {}

    def place(self, placed: Placed) -> None:
        """Add a method at its path, or report why that is not possible."""
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
                self._view.report(placed.node.tokens, found, "rename one of them")
                return
        for length in range(len(resource)):
            self._methods.setdefault(tuple(resource[: length + 1]), {})
        siblings = self._methods[tuple(resource)]
        if name not in siblings:  # otherwise reported already
            siblings[name] = placed._replace(method=replace(placed.method, name=name))

    def free_class(self, name: str, used: Collection[str]) -> str:
        """Return the name of a class of methods, with another ending if a schema of another's document has it."""
        while self._taken and {name, f"Async{name}"} & {*self._taken, *used}:
            name = f"{name}Resource"
        return name

    def resource(self, path: tuple[str, ...], class_name: str) -> Resource:
        """Return a resource with everything below it."""
        children: dict[tuple[str, ...], str] = {}
        for child in sorted(known for known in self._methods if known[:-1] == path and known):
            children[child] = self.free_class(names.class_name(child[-1]), [class_name, *children.values()])
        module = (names.module_name(path[0]), *path[1:]) if path else ("_client",)
        return Resource(
            path,
            module,
            class_name,
            tuple(placed.method for placed in self._methods[path].values()),
            tuple(self.resource(child, name) for child, name in children.items()),
        )

    def report_clashes(self, resource: Resource) -> None:
        """Report names that would have two meanings in one class or one module."""
        for child in resource.children:
            self.report_clashes(child)
        classes = [resource.class_name, *(child.class_name for child in resource.children)]
        used = set().union(*(_names(method) for method in resource.methods))
        for name in sorted({name for name in classes if classes.count(name) > 1}):
            holder = ".".join(resource.path) or "the client"
            found = f"{holder} and a group of methods on it would both be the class {name}"
            node = self._any(resource) if resource.path else self._view.root.below("x-client", "class")
            self._view.report(node.tokens, found, "rename one of them")
        for name in sorted(used & {f"{prefix}{name}" for name in classes for prefix in ("", "Async")}):
            found = f"the schema {name} and the class of {'.'.join(resource.path) or 'the client'} have the same name"
            self._view.report(self._view.root.below("components", "schemas", name).tokens, found, "rename the schema")

    def _any(self, resource: Resource) -> Place:
        """Return a node at which a problem of a whole resource can be reported."""
        inside = (methods for path, methods in self._methods.items() if path[: len(resource.path)] == resource.path)
        return next((placed.node for methods in inside for placed in methods.values()), self._view.root)

    def _path(self, segments: list[str], node: Place) -> tuple[str, ...] | None:
        found = []
        for position, segment in enumerate(segments):
            name = names.identifier(segment, names.ATTRIBUTE_NAMES if position else names.CLIENT_NAMES)
            if name is None or len(segments) > _DEPTH:
                message = f"no client method can be derived from {'.'.join(segments)!r}"
                fix = "use words of ASCII letters with dots between, such as things.list"
                self._view.report(node.below("operationId").tokens, message, fix)
                return None
            found.append(name)
        return tuple(found)


def _names(method: Method) -> set[str]:
    calls = [call for call in (method.call, method.otherwise) if call]
    written = [argument.annotation for argument in method.arguments] + [a for call in calls for a in call.answers]
    return set().union(*map(names_in, written))
