"""Write the models: datamodel-code-generator determines the types, and this module their names and descriptions.

The generator only sees structure: schemas and fields with the names that `codegen.schemas` chose, which are valid
identifiers, and no strings of the document except the values of enums. So it has nothing to name, to escape or to sort.
Its output is parsed as a syntax tree: aliases that it adds for inner types are inlined, and each class is written with
its bases, its docstrings and, inside `Annotated`, the wire names. (A type checker does not look there, so it accepts
`Index(id=...)`; pydantic does, so it reads `_id`.) Its own templates and options would write the same classes, but
strings of the document into source without `codegen.text`, and classes in an order of their own.

Classes come first and aliases last, each after those that it refers to. Annotations of fields are not evaluated while
the module is imported, so nothing refers to an undefined name.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codegen.text import docstring, first_sentence, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.api import Field, Model


class ModelsUnreadable(Exception):
    """The model generator wrote something that this module does not support."""


def render(models: tuple[Model, ...]) -> str:
    """Return the classes and aliases of `models.py`, not yet formatted."""
    tree = _Tree(models, ast.parse(_generated(models)))
    written = [part for model in models if model.base for part in tree.class_lines(model)]
    for model in tree.aliases_in_order():
        written += tree.alias_lines(model)
    return "\n".join([*written, ""])


def _generated(models: tuple[Model, ...]) -> str:
    """Run the model generator on the reduced schemas."""
    from datamodel_code_generator import LiteralType, generate  # noqa: PLC0415 - too slow for a run with nothing to do
    from datamodel_code_generator.enums import DataModelType, InputFileType  # noqa: PLC0415
    from datamodel_code_generator.format import PythonVersion  # noqa: PLC0415

    if not models:
        return ""
    schemas = {model.name: model.schema for model in models}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }
    written = generate(
        document,
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        formatters=[],
        enum_field_as_literal=LiteralType.All,
        field_constraints=True,
        use_annotated=True,
        use_type_alias=True,
        use_standard_collections=True,
        use_union_operator=True,
        disable_timestamp=True,
        allow_remote_refs=False,
    )
    if not isinstance(written, str):
        raise ModelsUnreadable(f"datamodel-code-generator wrote {type(written).__name__}, not one module")
    return written


class _Tree:
    """The output of the model generator."""

    def __init__(self, models: tuple[Model, ...], module: ast.Module) -> None:
        self._models = {model.name: model for model in models}
        self._classes: dict[str, ast.ClassDef] = {}
        self._aliases: dict[str, ast.expr] = {}
        for statement in module.body:
            self._sort_in(statement)
        wanted = {model.name for model in models if model.base}
        if set(self._classes) != wanted or not set(self._models) - wanted <= set(self._aliases):
            raise ModelsUnreadable("datamodel-code-generator added or left out a class")

    def _sort_in(self, statement: ast.stmt) -> None:
        match statement:
            case ast.ClassDef(name=name):
                self._classes[name] = statement
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="TypeAliasType"), args=[_, held])
            ):
                self._aliases[name] = held
            case ast.ImportFrom() | ast.Expr(value=ast.Call(func=ast.Attribute(attr="model_rebuild"))):
                pass  # imports are written separately; pydantic completes a class on first use
            case _:
                raise ModelsUnreadable(f"datamodel-code-generator wrote `{ast.unparse(statement)[:80]}`")

    def class_lines(self, model: Model) -> Iterator[str]:
        """Yield the lines of one class, with its fields in document order."""
        yield f"\n\nclass {model.name}({model.base}):"
        first = first_sentence(model.note) or f"The schema {model.name}."
        rest = one_line(model.note)[len(first) :]
        yield docstring([first, *(["", rest] if rest else [])], 4)
        generated = self._annotations(self._classes[model.name])
        for field in model.fields:
            if field.name not in generated:
                raise ModelsUnreadable(f"datamodel-code-generator left out the field {field.wire!r} of {model.name}")
            annotation, default = generated[field.name]
            yield f"    {field.name}: {self._annotation(annotation, field)}{default}"
            if one_line(field.note):
                yield docstring([field.note], 4)

    def alias_lines(self, model: Model) -> Iterator[str]:
        """Yield the lines of one alias."""
        yield f"\n{model.name}: TypeAlias = {ast.unparse(self._finished(self._aliases[model.name]))}"
        if one_line(model.note):
            yield docstring([model.note], 0)

    def aliases_in_order(self) -> list[Model]:
        """Return the aliases, each after those that it refers to; raise `ModelsUnreadable` for a circle."""
        waiting = {model.name: model for model in self._models.values() if model.base is None}
        ordered: list[Model] = []
        while waiting:
            for name in waiting:
                made_of = {
                    node.id for node in ast.walk(self._finished(self._aliases[name])) if isinstance(node, ast.Name)
                }
                if not made_of & (waiting.keys() - {name}):
                    ordered.append(waiting.pop(name))
                    break
            else:
                raise ModelsUnreadable("types contain each other: " + ", ".join(waiting))
        return ordered

    def _annotations(self, written: ast.ClassDef) -> dict[str, tuple[ast.expr, str]]:
        found = {}
        for statement in written.body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=None):
                    found[name] = annotation, ""
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.Constant(value=None)):
                    found[name] = annotation, " = None"
                case ast.Pass() | ast.Assign(targets=[ast.Name(id="model_config")]):
                    pass  # the base classes have the configuration
                case _:
                    raise ModelsUnreadable(f"datamodel-code-generator wrote `{ast.unparse(statement)[:80]}`")
        return found

    def _annotation(self, written: ast.expr, field: Field) -> str:
        """Return the annotation of a field, with its wire name if that differs."""
        annotation = self._finished(written)
        if field.name == field.wire:
            return ast.unparse(annotation)
        alias = ast.keyword("alias", ast.Constant(field.wire))
        match annotation:
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[_, ast.Call(keywords=keywords)])):
                keywords.insert(0, alias)
                return ast.unparse(annotation)
        return f"Annotated[{ast.unparse(annotation)}, Field({ast.unparse(alias)})]"

    def _finished(self, written: ast.expr) -> ast.expr:
        copied: ast.expr = ast.parse(ast.unparse(written), mode="eval").body
        finished: ast.expr = _Finish(self._models, self._aliases).visit(copied)
        return finished


class _Finish(ast.NodeTransformer):
    """Gives an annotation its final names and form."""

    def __init__(self, models: Mapping[str, Model], aliases: Mapping[str, ast.expr]) -> None:
        self._models = models
        self._aliases = aliases

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._aliases and node.id not in self._models:  # added by the generator
            invented: ast.expr = self.visit(ast.parse(ast.unparse(self._aliases[node.id]), mode="eval").body)
            return invented
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Turn a forward reference into a name; strings in `Literal` and `Field` are not visited."""
        return self.visit_Name(ast.Name(node.value)) if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == "Literal":
            return node
        if isinstance(node.value, ast.Name) and node.value.id == "Union" and isinstance(node.slice, ast.Tuple):
            first, *others = (self.visit(part) for part in node.slice.elts)
            union: ast.expr = first
            for other in others:
                union = ast.BinOp(union, ast.BitOr(), other)
            return union
        self.generic_visit(node)
        match node:
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[held, ast.Call(keywords=[])])):
                return held
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        node.args = []  # a default, which the assignment repeats
        return node
