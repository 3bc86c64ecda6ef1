"""Tell whether an annotation is made of known names, listed values and bounds, and of nothing that could run.

Part of the gate. A text in an annotation is code to whoever resolves forward references, as pydantic does, so a text
may stand only where it is a value: in `Literal`, and as the wire name or discriminator of a `Field`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_BOUNDS = frozenset({"ge", "gt", "le", "lt", "max_length", "min_length", "multiple_of"})
_TEXTS = frozenset({"alias", "discriminator"})


def wrong(node: ast.expr, known: Collection[str]) -> Iterator[tuple[ast.AST, str]]:
    """Yield what an annotation may not hold, and in which role it stands there."""
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
            yield from wrong(left, known)
            yield from wrong(right, known)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=held) if "Literal" in known:
            for value in held.elts if isinstance(held, ast.Tuple) else [held]:
                yield from _wrong_value(value)
        case ast.Subscript(
            value=ast.Name(id="Annotated"),
            slice=ast.Tuple(elts=[held, ast.Call(func=ast.Name(id="Field"), args=[], keywords=keywords)]),
        ) if {"Annotated", "Field"} <= set(known):
            yield from wrong(held, known)
            for keyword in keywords:
                yield from _wrong_constraint(keyword)
        case ast.Subscript(value=ast.Name() | ast.Attribute() as outer, slice=held):
            yield from wrong(outer, known)
            for part in held.elts if isinstance(held, ast.Tuple) else [held]:
                yield from wrong(part, known)
        case _:
            yield node, "as a type"


def _wrong_value(node: ast.expr) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Constant(value=str() | int()) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
            pass
        case _:
            yield node, "as a listed value"


def _wrong_constraint(keyword: ast.keyword) -> Iterator[tuple[ast.AST, str]]:
    match keyword.value:
        case ast.Constant(value=str()) if keyword.arg in _TEXTS:
            pass
        case ast.Constant(value=int() | float()) if keyword.arg in _BOUNDS:
            pass
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())) if keyword.arg in _BOUNDS:
            pass
        case _:
            yield keyword.value, f"as {keyword.arg} of a field"
