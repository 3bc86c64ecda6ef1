"""A second allow-list for generated modules, by kinds of syntax nodes, where the guard goes by forms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_KINDS = (
    *(ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef),
    *(
        ast.arguments,
        ast.arg,
        ast.Return,
        ast.If,
        ast.Assign,
        ast.AnnAssign,
        ast.Expr,
        ast.Await,
        ast.Call,
        ast.keyword,
    ),
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.BinOp, ast.BitOr),
    *(ast.UnaryOp, ast.USub, ast.Load, ast.Store, ast.Compare, ast.Is, ast.IsNot),
)
_MODULES = (
    "__future__",
    "builtins",
    "collections.abc",
    "functools",
    "pydantic",
    "apicontract.client",
    "typing",
)
_STATEMENTS = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Expr)


_ON_DEMAND = re.compile(
    r"if TYPE_CHECKING:\n    from (?P<package>\w+)(\.models)? import [\w, ]+\nelse:\n"
    r"    __getattr__, __dir__ = on_demand\(__name__, __all__, '(?P=package)\.models'\)",
    re.ASCII,
)


def intruders(source: bytes, package: str) -> Iterator[str]:
    """Yield what no generated module needs."""
    tree = ast.parse(source)
    late = [(node, _ON_DEMAND.fullmatch(ast.unparse(node))) for node in tree.body if isinstance(node, ast.If)]
    for choice, match in late:  # read as a whole, and left out of what follows
        if match and match["package"] == package:
            tree.body.remove(choice)
    for statement in tree.body:
        if not isinstance(statement, _STATEMENTS):
            yield f"statement {ast.unparse(statement)}"
    for node in ast.walk(tree):
        if not isinstance(node, _KINDS):
            yield f"{type(node).__name__} {ast.unparse(node)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            yield from (f"import {n}" for n in names if n not in (*_MODULES, package) and f"{package}." not in str(n))
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            yield f"expression {ast.unparse(node)}"
        if isinstance(node, ast.Attribute) and node.attr.startswith("__"):
            yield f"attribute {node.attr}"
    yield from _wrong_calls(tree)
    # A text in an annotation is evaluated by whoever resolves it: it may stand in Literal and in Field only.
    for annotation in _annotations(tree):
        for text in _texts(annotation):
            yield f"text in an annotation {text!r}"


def _wrong_calls(tree: ast.AST) -> Iterator[str]:
    inside = {id(node) for function in _functions(tree) for body in function.body for node in ast.walk(body)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            resource = isinstance(node.func, ast.Name) and ast.unparse(node).endswith("(self._client)")
            said = called == "deprecated" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
            if id(node) not in inside and called != "Field" and not said:
                yield f"call at import {called}"
            elif id(node) in inside and not called.startswith("self._client.") and not resource:
                yield f"call {called}"


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _annotations(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias" and node.value:
            yield node.value
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        yield str(node.value)
    elif not ast.unparse(node).startswith(("Literal[", "Field(")):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)
