"""The mutations: the operators of mutmut, on every node of a file.

Only the operators of mutmut are used. The program itself leaves out much of this project (code of modules and classes,
where registries are; functions with a decorator; methods of enumerations), replaces each function by a switch that
introspection sees, and tries all mutants or named ones, not a sample. cosmic-ray, the other maintained tool, runs one
test command for all mutants, and has no operators for strings, arguments and assignments. Neither removes a statement
or a condition; faults that no operator expresses are planted by hand (`byhand`).

Left out are types, imports, docstrings, `__all__`, the options of dataclasses, the sizes of caches, and the words of
strings of three words or more, which are for people: whether such a string is given is mutated all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators, operator_string

from tests.mutants.mutant import Mutant, short

UNTOUCHED = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Subscript)
"""Types and imports: what is wrong there is reported by the type checker, or nothing can be run."""
NAMED_ALONE = ("TypeVar", "ParamSpec", "cast", "NewType")
"""Calls that are there for the type checker."""
GENERIC = ("Callable", "Literal", "Mapping", "Sequence", "dict", "list", "tuple")
"""What is a type where it has parameters in brackets."""
FOR_SPEED = ("lru_cache",)
"""Calls whose arguments say how much is kept: what is made anew is the same."""


def mutants(root: Path, file: str) -> Iterator[Mutant]:
    """Yield every mutant of a file, in its order."""
    source = (root / file).read_bytes()
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visitor = _Visitor(wrapper.module)
    positions = wrapper.resolve(ByteSpanPositionProvider)
    wrapper.module.visit(visitor)
    seen: dict[tuple[str, str, str], int] = {}
    for node, function, operator, changed in visitor.found:
        span = positions[node]
        before = source[span.start : span.start + span.length].decode()
        after = wrapper.module.code_for_node(changed)
        if before == after:
            continue
        key = function, short(before), short(after)
        number = seen[key] = seen.get(key, -1) + 1
        line = source.count(b"\n", 0, span.start) + 1
        yield Mutant(file, function, line, operator, before, after, span.start, number)


class _Visitor(cst.CSTVisitor):  # type: ignore[misc, unused-ignore]  # without the group `mutants` it is not there
    """Collects what the operators make of each node."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self._module = module
        self._names: list[str] = []
        self.found: list[tuple[cst.CSTNode, str, str, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, UNTOUCHED) or _is_for_types(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        for kind, operator in mutation_operators:
            if isinstance(node, kind) and not (operator is operator_string and _is_sentence(node)):
                for changed in operator(node):
                    name = getattr(operator, "__name__", "").removeprefix("operator_")
                    self.found.append((node, ".".join(self._names), name, changed))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()


def _is_sentence(node: cst.CSTNode) -> bool:
    """Whether a text is for people, who read it in other letters too: three words or more."""
    return isinstance(node, cst.SimpleString) and len(node.value.split()) > 2


def _is_for_types(node: cst.CSTNode) -> bool:
    """Whether a node is there for the type checker, or for a reader."""
    if isinstance(node, cst.If) and isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING":
        return True
    if _called(node) in (*NAMED_ALONE, *FOR_SPEED):
        return True
    if isinstance(node, cst.Decorator):
        return "dataclass" in str(getattr(getattr(node.decorator, "func", None), "value", ""))
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString):
        return True  # a docstring
    if isinstance(node, cst.AnnAssign):
        return isinstance(node.annotation.annotation, cst.Name) and node.annotation.annotation.value == "TypeAlias"
    if isinstance(node, cst.Assign):
        if _called(node.value) in NAMED_ALONE or _is_type(node.value):
            return True
        return any(isinstance(target.target, cst.Name) and target.target.value == "__all__" for target in node.targets)
    return False


def _called(node: cst.CSTNode) -> str:
    """Return the name of what a node calls, if it does."""
    return node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""


def _is_type(node: cst.CSTNode) -> bool:
    """Whether a value is a type with its parameters, such as `Callable[[str], bytes]`."""
    return isinstance(node, cst.Subscript) and isinstance(node.value, cst.Name) and node.value.value in GENERIC


def every(root: Path, places: tuple[str, ...]) -> Iterator[Mutant]:
    """Yield every mutant of every file in some places."""
    for place in places:
        for path in sorted((root / place).rglob("*.py")):
            yield from mutants(root, path.relative_to(root).as_posix())
