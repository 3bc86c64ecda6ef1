"""Reject a generated package unless every module consists only of the forms that generated code has.

The guard knows neither the document nor the emitter: it parses each finished module as a syntax tree and compares it
with a short list of forms. Anything else is forbidden, so that a string of the document that escaped its quotes, or a
model generator that starts to write something else, causes an error and does not become code.

Allowed are: imports of known names, and of models on demand; `__all__`; type aliases; classes with known bases that
contain a docstring, annotated fields, and methods whose body is a docstring and one `return` of one call of the runtime
(two, if an argument chooses between them), which may be marked as deprecated. Importing such a module defines classes
and aliases and runs nothing else; calling a method passes its arguments to the runtime.

An annotation consists of known names, listed values and bounds. A string in it can be evaluated as code, as pydantic
does with forward references, so a string is allowed only where it is a value: in `Literal`, and as the wire name or
discriminator of a `Field`.
"""

from __future__ import annotations

import ast
import keyword
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_IMPORTS: dict[str, frozenset[str]] = {
    "__future__": frozenset({"annotations"}),
    "collections.abc": frozenset({"Mapping", "Sequence"}),
    "functools": frozenset({"cached_property"}),
    "pydantic": frozenset({"Field"}),
    "typing": frozenset({"Annotated", "Any", "ClassVar", "Literal", "TYPE_CHECKING", "TypeAlias", "overload"}),
    "apicontract.client": frozenset(
        {
            *(
                "Answer",
                "AsyncClient",
                "AsyncPager",
                "AsyncResource",
                "AsyncStream",
                "Callback",
                "ClosedModel",
                "FileInput",
                "FilePath",
                "OMIT",
            ),
            *(
                "Omit",
                "OpenModel",
                "Page",
                "Pager",
                "Progress",
                "RequestOptions",
                "Stream",
                "SyncClient",
                "SyncResource",
            ),
            *("ApiError", "BadRequestError", "ConflictError", "ForbiddenError", "NotFoundError", "PaginationInvalid"),
            *(
                "ContentTooLargeError",
                "GoneError",
                "JobError",
                "JobFailed",
                "JobTimeout",
                "JobsFailed",
                "UnprocessableError",
            ),
            *("RequestInvalid", "ResponseInvalid", "ServerError", "StatusError", "StreamInvalid"),
            *("TooManyRequestsError", "UnauthorizedError", "UnknownEvent", "UploadChanged", "deprecated", "on_demand"),
        }
    ),
}
_MODELS = frozenset({"ClosedModel", "OpenModel"})
_RESOURCES = frozenset({"AsyncClient", "AsyncResource", "SyncClient", "SyncResource"})
_BUILTINS = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "str"})
_VERBS = frozenset(
    {"call", "call_bytes", "call_large", "call_none", "pages", "stream", "upload", "wait", "wait_for_all"}
)
_GROUPS = frozenset({"body", "cookie", "header", "jobs", "large", "options", "path", "query", "uploading", "waiting"})
_BOUNDS = frozenset({"ge", "gt", "le", "lt", "max_length", "min_length", "multiple_of"})
_TEXTS = frozenset({"alias", "discriminator"})
_FIXED = _BUILTINS.union({"builtins"}, *_IMPORTS.values())
"""Names that mean the same in every module, so that no module may redefine them."""


@dataclass(frozen=True, slots=True, order=True)
class Forbidden:
    """Something in a generated module that is not allowed there."""

    path: str
    line: int
    found: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: generated code may not contain {self.found}"


def forbidden(files: Mapping[str, bytes], package: str) -> list[Forbidden]:
    """Return everything that prevents the files of a package from being written, sorted."""
    found: list[Forbidden] = []
    for path, content in files.items():
        if not path.endswith(".py"):
            if path not in ("editions.json", "openapi.json", "py.typed"):
                found.append(Forbidden(path, 1, "a file of this name"))
            continue
        parts = path.removesuffix(".py").split("/")
        if any(not part.isidentifier() or keyword.iskeyword(part) for part in parts):
            found.append(Forbidden(path, 1, "a module of this name"))
        try:
            tree = ast.parse(content, filename=path)
        except (SyntaxError, ValueError) as error:
            found.append(Forbidden(path, getattr(error, "lineno", None) or 1, f"invalid Python: {error}"))
        else:
            module = _Module(path, package)
            module.read(tree)
            found += module.found
    return sorted(found)


@dataclass
class _Module:
    """Checks one module; `found` has everything that is not allowed."""

    path: str
    package: str
    found: list[Forbidden] = field(default_factory=list)
    known: set[str] = field(default_factory=lambda: set(_BUILTINS))

    def read(self, tree: ast.Module) -> None:
        """Check the module."""
        # Annotations may refer to later definitions, so definitions are collected first.
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef):
                self._define(statement, statement.name)
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                self._define(statement, statement.target.id)
        for statement in tree.body:
            self._top(statement)

    def _define(self, statement: ast.stmt, name: str) -> None:
        if name in self.known or name in _FIXED or name.startswith("_"):
            self._forbid(statement, f"a duplicate or reserved name, {name}")
        self.known.add(name)

    def _forbid(self, node: ast.AST, kind: str) -> None:
        text = ast.unparse(node)
        shown = text if len(text) <= 80 else f"{text[:80]}..."
        self.found.append(Forbidden(self.path, getattr(node, "lineno", 1), f"{kind}: {shown!r}"))

    def _top(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())):
                pass
            case ast.Import(names=[ast.alias(name=imported, asname=other)]) if (imported, other) in (
                ("builtins", None),
                (self.package, "_api"),
            ):
                self.known.add(other or imported)
            case ast.ImportFrom(module=str(module), names=names, level=0) if self._may_import(module, names):
                for name in names:
                    if module in _IMPORTS:
                        self.known.add(name.name)
                    else:
                        self._define(statement, name.name)
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=names)) if all(
                isinstance(name, ast.Constant) and isinstance(name.value, str) for name in names
            ):
                pass
            case ast.AnnAssign(
                target=ast.Name(), annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value, simple=1
            ):
                self._type(value)
            case ast.ClassDef(bases=[ast.Name(id=base)], keywords=[], decorator_list=[]) if base in self.known:
                self._class(statement, base)
            case ast.If(
                test=ast.Name(id="TYPE_CHECKING"),
                body=[ast.ImportFrom(module=str(module), names=names, level=0)],
                orelse=[ast.Assign(targets=[target], value=ast.Call() as made)],
            ) if module in (self.package, f"{self.package}.models") and self._may_import(module, names):
                self._on_demand(statement, {name.name for name in names}, target, made)
            case _:
                self._forbid(statement, "the statement")

    def _on_demand(self, statement: ast.If, names: set[str], target: ast.expr, made: ast.Call) -> None:
        for name in sorted(names & self.known):
            self._forbid(statement, f"a duplicate or reserved name, {name}")
        match target, made:
            case (
                ast.Tuple(elts=[ast.Name(id="__getattr__"), ast.Name(id="__dir__")]),
                ast.Call(
                    func=ast.Name(id="on_demand"),
                    args=[ast.Name(id="__name__"), ast.Name(id="__all__"), ast.Constant(value=source)],
                    keywords=[],
                ),
            ) if source == f"{self.package}.models" and "on_demand" in self.known:
                pass
            case _:
                self._forbid(made, "an import on demand of this form")

    def _may_import(self, module: str, names: Sequence[ast.alias]) -> bool:
        if any(name.asname or name.name.startswith("_") or name.name == "*" for name in names):
            return False
        if module == self.package or module.startswith(f"{self.package}."):
            return True
        return {name.name for name in names} <= _IMPORTS.get(module, frozenset())

    def _class(self, statement: ast.ClassDef, base: str) -> None:
        if base not in _MODELS | _RESOURCES:
            self._forbid(statement, f"a class with the base {base}")
            return
        for held in statement.body:
            match held:
                case ast.Expr(value=ast.Constant(value=str())):
                    pass
                case ast.AnnAssign(
                    target=ast.Name(id=name), annotation=annotation, value=None | ast.Constant(value=None)
                ) if base in _MODELS and not name.startswith("_"):
                    self._type(annotation)
                case ast.AnnAssign(
                    target=ast.Name(id="_package"),
                    annotation=ast.Subscript(value=ast.Name(id="ClassVar"), slice=ast.Name(id="str")),
                    value=ast.Constant(value=self.package),
                ) if base in _RESOURCES:
                    pass
                case ast.FunctionDef() if base in _RESOURCES and not base.startswith("Async"):
                    self._function(held)
                case ast.FunctionDef(decorator_list=[ast.Name(id="cached_property")]) | ast.AsyncFunctionDef() if (
                    base in _RESOURCES and base.startswith("Async")
                ):
                    self._function(held)
                case _:
                    self._forbid(held, "in a class, the statement")

    def _function(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if function.returns is None:
            self._forbid(function, "a method without a return annotation")
        else:
            self._type(function.returns)
        given = self._arguments(function)
        if function.name.startswith("_"):
            self._forbid(function, "a method with a private name")
        decorators = [node for node in function.decorator_list if not _is_deprecation(node, self.known)]
        if len(function.decorator_list) - len(decorators) > 1:
            self._forbid(function, "a method that is deprecated twice")
        match decorators, function.body:
            case [ast.Name(id="overload")], [ast.Expr(value=ast.Constant(value=value))] if value is ...:
                pass
            case [ast.Name(id="cached_property")], [
                ast.Expr(value=ast.Constant(value=str())),
                ast.Return(value=ast.Call() as made),
            ] if not given:
                self._made(made)
            case [], [ast.Expr(value=ast.Constant(value=str())), ast.Return(value=ast.expr() as returned)]:
                self._called(returned, given, isinstance(function, ast.AsyncFunctionDef))
            case [], [
                ast.Expr(value=ast.Constant(value=str())),
                ast.If(test=test, body=[ast.Return(value=ast.expr() as returned)], orelse=[]),
                ast.Return(value=ast.expr() as other),
            ] if _compared(test) in given:
                self._called(returned, given, isinstance(function, ast.AsyncFunctionDef))
                self._called(other, given, isinstance(function, ast.AsyncFunctionDef))
            case _:
                self._forbid(function, "a method of this form")

    def _arguments(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
        arguments = function.args
        positional = [a for a in arguments.args if a.arg != "self"]
        named = [a.arg for a in arguments.args] in (["self"], ["self", "path"])  # the file that is uploaded in parts
        if arguments.posonlyargs or arguments.vararg or arguments.kwarg or not named or arguments.defaults:
            self._forbid(function, "a method with such arguments")
        for argument in (*positional, *arguments.kwonlyargs):
            if argument.annotation is None:
                self._forbid(function, f"a method without an annotation of {argument.arg}")
            else:
                self._type(argument.annotation)
        for default in arguments.kw_defaults:
            match default:
                case None | ast.Constant(value=None | True | False | int() | float()) | ast.Name(id="OMIT"):
                    pass
                case _:
                    self._forbid(default, "the default")
        return {argument.arg for argument in (*positional, *arguments.kwonlyargs)}

    def _made(self, made: ast.Call) -> None:
        match made:
            case ast.Call(
                func=ast.Name(id=name),
                args=[ast.Attribute(value=ast.Name(id="self"), attr="_client")],
                keywords=[],
            ) if name in self.known:
                pass
            case _:
                self._forbid(made, "the resource")

    def _called(self, value: ast.expr, given: set[str], asynchronous: bool) -> None:
        if asynchronous:
            if not isinstance(value, ast.Await):
                self._forbid(value, "a call without await")
                return
            value = value.value
        match value:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr="_client"), attr=verb),
                args=[ast.Constant(value=str()), *answers],
                keywords=groups,
            ) if verb in _VERBS and {group.arg for group in groups} <= _GROUPS:
                for answer in answers:
                    self._answer(answer)
                for group in groups:
                    self._group(group.value, given)
            case _:
                self._forbid(value, "the call")

    def _answer(self, node: ast.expr) -> None:
        match node:
            case ast.Subscript(value=ast.Name(id="Answer"), slice=held):
                self._type(held)
            case _:
                self._forbid(node, "the response type")

    def _group(self, node: ast.expr, given: set[str]) -> None:
        values: Iterable[ast.expr] = [node]
        if isinstance(node, ast.Dict):
            if not all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys):
                self._forbid(node, "the arguments")
            values = node.values
        for value in values:
            match value:
                case ast.Constant(value=True | False):
                    pass
                case ast.Name(id=name) if name in given:
                    pass
                case _:
                    self._forbid(value, "the argument")

    def _type(self, node: ast.expr) -> None:
        for part, role in _not_a_type(node, self.known):
            self._forbid(part, role)


def _is_deprecation(decorator: ast.expr, known: Collection[str]) -> bool:
    """Return whether a decorator is `@deprecated` with a string, which only type checkers use."""
    match decorator:
        case ast.Call(func=ast.Name(id="deprecated"), args=[ast.Constant(value=str())], keywords=[]):
            return "deprecated" in known
    return False


def _compared(test: ast.expr) -> str | None:
    """Return the name that a test compares with a boolean; `None` for any other test."""
    match test:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=True | False)]
        ):
            return name
    return None


def _not_a_type(node: ast.expr, known: Collection[str]) -> Iterator[tuple[ast.AST, str]]:
    """Yield the parts of an annotation that it may not contain, each with its role for the message."""
    match node:
        case ast.Constant(value=None):
            pass
        case ast.Name(id=name) if name in known:
            pass
        case ast.Attribute(value=ast.Name(id="builtins"), attr="list" | "dict") if "builtins" in known:
            pass
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="_api"), attr="models"), attr=name) if (
            "_api" in known and not name.startswith("_")
        ):
            pass
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _not_a_type(left, known)
            yield from _not_a_type(right, known)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=held) if "Literal" in known:
            for value in held.elts if isinstance(held, ast.Tuple) else [held]:
                yield from _not_a_listed_value(value)
        case ast.Subscript(
            value=ast.Name(id="Annotated"),
            slice=ast.Tuple(elts=[held, ast.Call(func=ast.Name(id="Field"), args=[], keywords=keywords)]),
        ) if {"Annotated", "Field"} <= set(known):
            yield from _not_a_type(held, known)
            for keyword in keywords:
                yield from _not_a_constraint(keyword)
        case ast.Subscript(value=ast.Name() | ast.Attribute() as outer, slice=held):
            yield from _not_a_type(outer, known)
            for part in held.elts if isinstance(held, ast.Tuple) else [held]:
                yield from _not_a_type(part, known)
        case _:
            yield node, "the annotation"


def _not_a_listed_value(node: ast.expr) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Constant(value=str() | int()) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
            pass
        case _:
            yield node, "the listed value"


def _not_a_constraint(keyword: ast.keyword) -> Iterator[tuple[ast.AST, str]]:
    match keyword.value:
        case ast.Constant(value=str()) if keyword.arg in _TEXTS:
            pass
        case ast.Constant(value=int() | float()) if keyword.arg in _BOUNDS:
            pass
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())) if keyword.arg in _BOUNDS:
            pass
        case _:
            yield keyword.value, f"for {keyword.arg} of a field, the value"
