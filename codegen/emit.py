"""Write the resolved form as Python modules.

Theory of operation
-------------------
All decisions were taken before: this module reads an `Api` and never the document, so it has no branches that depend on
the API, only on what a method calls. Source is built as plain text, one logical line for each signature or call, and
`ruff format` formats it; there are no templates, whose white space would be one more language.

A string of the document can get into a module in three ways, each safe by construction. `repr` writes it as a literal:
operation ids, wire names, listed values, deprecation messages. `codegen.text.docstring` writes it as documentation.
`codegen.text.comment` writes it into the header, never on the first two lines, where Python looks for an encoding.
Everything else in a module is text of this file, or an identifier made by `codegen.names`. `codegen.output_guard` then
checks the finished module independently, as a syntax tree.

Imports are derived: a module imports the names that its text uses. Names are absolute, so that moving a module is a
visible change. A method may be called `list`, so annotations use `builtins.list`, and an argument may be called
`models`, so they use `_api.models.Book`.

Models are slower to load than everything else, so they are loaded by the first call, not by the import: `_api` is the
package, whose `models` is loaded on demand, as are the models that a module of resources re-exports.

The two client classes of a module are written by one function; they differ only in `async def`, `await`, and the prefix
`Async` of runtime and resource classes.
"""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from codegen import models
from codegen.names import RUNTIME_NAMES
from codegen.text import comment, docstring, one_line, sentence
from codegen.types import names_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from codegen.api import Api, Argument, Call, Method, Resource

RUNTIME = "apicontract.client"
MARK = "# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.\n"
ADOPTED = "# Generated from an OpenAPI document; `python -m codegen` writes this file anew, so change nothing here.\n"
"""The first line of every module, for our own document and for others; a file without it was not written by this
program."""

_HOMES = {
    "Annotated": "typing",
    "Any": "typing",
    "ClassVar": "typing",
    "Field": "pydantic",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "TYPE_CHECKING": "typing",
    "TypeAlias": "typing",
    "cached_property": "functools",
    "overload": "typing",
} | dict.fromkeys(
    (
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
        "Omit",
        "OpenModel",
        "Pager",
        "Progress",
        "RequestOptions",
        "Stream",
        "SyncClient",
        "SyncResource",
        "UnknownEvent",
        "deprecated",
        "on_demand",
    ),
    RUNTIME,
)
"""The home modules of the names that generated modules use."""

_STANDARD = ("collections.abc", "functools", "typing")
_OPTIONS = "request_options: RequestOptions | None = None"
_UNKNOWN = "UnknownEvent"
_PACKAGE = "_api"
"""The name that a module uses for its own package; names from a document never begin with an underscore."""


def emit(
    api: Api, document: Mapping[str, Any], marked: Mapping[str, Any] | None = None, mark: str = MARK
) -> dict[str, bytes]:
    """Return every file of the package, by path; modules are not formatted yet.

    Includes the marked document, from which any other day can be projected, if it is given.
    """
    bundle = _json(document, indent=2)
    header = (
        f"{mark}# Bundle: sha256 {hashlib.sha256(bundle).hexdigest()}\n"
        f"# Document: {comment(api.title) or '-'}, version {comment(api.version) or '-'}\n"
    )
    modules = {"__init__.py": _front_door(api)}
    summary = f"The schemas of {_title(api)}."
    modules["models.py"] = _module(api, summary, models.render(api.models), _models(api), {})
    for resource in _walk(api.client):
        path = "/".join(resource.module) + ("/__init__.py" if resource.path and resource.children else ".py")
        modules[path] = _resource_module(api, resource)
    data = {"openapi.json": bundle, "py.typed": b""}
    if marked is not None:
        data["editions.json"] = _json(marked, separators=(",", ":"))
    return data | {path: (header + module).encode() for path, module in modules.items()}


def _models(api: Api) -> set[str]:
    """Return the names that `models.py` exports: the schemas, and the runtime types that methods need besides."""
    annotations = [annotation for resource in _walk(api.client) for annotation in _annotations(resource)]
    unknown = any(_UNKNOWN in names_in(annotation) for annotation in annotations)
    return {*(model.name for model in api.models), *([_UNKNOWN] if unknown else [])}


def _json(value: Mapping[str, Any], **form: Any) -> bytes:
    """Return JSON; a lone surrogate, which UTF-8 cannot encode, is escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, **form) + "\n"
    return text.encode(errors="backslashreplace")


def _walk(resource: Resource) -> Iterator[Resource]:
    yield resource
    for child in resource.children:
        yield from _walk(child)


def _title(api: Api) -> str:
    return f"{api.title}, version {api.version}"


def _front_door(api: Api) -> str:
    client = api.client.class_name
    exported = sorted([client, f"Async{client}", "models", *RUNTIME_NAMES])
    lines = [
        docstring([f"Typed client of {_title(api)}."], 0),
        "from typing import TYPE_CHECKING",
        "",
        *sorted(
            [
                f"from {api.package}._client import Async{client}, {client}",
                f"from {RUNTIME} import {', '.join(sorted(RUNTIME_NAMES, key=str.casefold))}, on_demand",
            ]
        ),
        _exports(exported),
        _on_demand(api, f"from {api.package} import models"),
    ]
    return "\n".join(lines)


def _exports(exported: Iterable[str]) -> str:
    return "__all__ = [\n" + "".join(f"    {name!r},\n" for name in sorted(exported)) + "]\n"


def _on_demand(api: Api, imported: str) -> str:
    """Return code that imports a name for type checkers, and on first use at run time."""
    source = f"{api.package}.models"
    return "\n".join(
        [
            "if TYPE_CHECKING:",
            f"    {imported}",
            "else:",
            f"    __getattr__, __dir__ = on_demand(__name__, __all__, {source!r})",
            "",
        ]
    )


def _module(api: Api, summary: str, body: str, exported: Iterable[str], own: Mapping[str, str]) -> str:
    """Return the source of a module: docstring, the imports that the body needs, `__all__`, body."""
    exported = set(exported)
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)} | exported & {_UNKNOWN}
    homes: dict[str, list[str]] = {}
    for name in sorted(used, key=_import_order):
        home = own.get(name) or _HOMES.get(name)
        if home:
            homes.setdefault(home, []).append(name)
    lines = [docstring([summary], 0), "from __future__ import annotations", ""]
    if "builtins" in used:
        lines.append("import builtins")
    for block in (_STANDARD, ("pydantic",), sorted(homes.keys() - {*_STANDARD, "pydantic"})):
        imports = [f"from {home} import {', '.join(homes[home])}" for home in block if home in homes]
        if _PACKAGE in used and RUNTIME in block:
            imports.insert(0, f"import {api.package} as {_PACKAGE}")
        lines += [*imports, ""] if imports else []
    return "\n".join([*lines, _exports(exported), body])


def _import_order(name: str) -> tuple[bool, bool, str]:
    """Return a sort key: constants, then classes, then functions, regardless of case, as import sorters do."""
    return not name.isupper(), name.islower(), name.lower()


def _resource_module(api: Api, resource: Resource) -> str:
    known = _models(api)
    signed = set().union(*(map(names_in, _annotations(resource)))) & known - {_UNKNOWN} if resource.path else set()
    own: dict[str, str] = {}
    for child in resource.children:
        home = ".".join([api.package, *child.module])
        own |= {child.class_name: home, f"Async{child.class_name}": home}
    methods = tuple(_late(method, known) for method in resource.methods)
    classes = "\n".join(
        line for prefix in ("", "Async") for line in _class(api, replace(resource, methods=methods), prefix)
    )
    offered = sorted(signed, key=_import_order)
    late = _on_demand(api, f"from {api.package}.models import {', '.join(offered)}") if offered else ""
    called = _called(resource)
    summary = f"Methods under `{called}`." if resource.path else f"The clients of {_title(api)}."
    exported = [resource.class_name, f"Async{resource.class_name}", *signed]
    return _module(api, summary, f"{late}\n{classes}", exported, own)


def _late(method: Method, known: Collection[str]) -> Method:
    """Return a method whose annotations refer to models as attributes of the package."""

    def call(given: Call) -> Call:
        return replace(given, answers=tuple(_qualified(answer, known) for answer in given.answers))

    return replace(
        method,
        arguments=tuple(replace(a, annotation=_qualified(a.annotation, known)) for a in method.arguments),
        call=call(method.call),
        otherwise=method.otherwise and call(method.otherwise),
    )


def _qualified(annotation: str, known: Collection[str]) -> str:
    """Return an annotation that refers to models as attributes of the package, and is otherwise unchanged."""
    found = [
        node for node in ast.walk(ast.parse(annotation, mode="eval")) if isinstance(node, ast.Name) and node.id in known
    ]
    text = annotation.encode()  # the columns of a syntax tree count bytes
    for node in sorted(found, key=lambda node: node.col_offset, reverse=True):
        text = text[: node.col_offset] + f"{_PACKAGE}.models.".encode() + text[node.col_offset :]
    return text.decode()


def _annotations(resource: Resource) -> Iterator[str]:
    """Yield every annotation in the signatures of a resource."""
    for method in resource.methods:
        yield from (argument.annotation for argument in method.arguments)
        for call in (method.call, method.otherwise):
            if call:
                yield from call.answers


def _called(resource: Resource) -> str:
    return ".".join(["client", *resource.path])


def _class(api: Api, resource: Resource, prefix: str) -> Iterator[str]:
    """Yield the lines of a class; `prefix` is empty, or `Async`."""
    if resource.path:
        yield f"class {prefix}{resource.class_name}({prefix or 'Sync'}Resource):"
        yield docstring([f"Methods under `{_called(resource)}`."], 4)
    else:
        yield f"class {prefix}{resource.class_name}({prefix or 'Sync'}Client):"
        yield docstring([f"{'Asynchronous c' if prefix else 'C'}lient of {_title(api)}."], 4)
        yield f"    _package: ClassVar[str] = {api.package!r}"
    for child in resource.children:
        yield "    @cached_property"
        yield f"    def {child.attribute}(self) -> {prefix}{child.class_name}:"
        yield docstring([f"Methods under `{_called(child)}`."], 8)
        yield f"        return {prefix}{child.class_name}(self._client)"
        yield ""
    for method in resource.methods:
        yield from _method(method, prefix)
        yield ""


def _method(method: Method, prefix: str) -> Iterator[str]:
    returned = _returned(method.call, prefix)
    other = _returned(method.otherwise, prefix) if method.otherwise else None
    for arguments, answer, deprecated in _overloads(method, returned, other):
        yield "    @overload"
        yield from _deprecated(deprecated)
        yield _signature(method, arguments, answer, prefix) + " ..."
    # Only above the implementation: type checkers apply it to every overload.
    yield from _deprecated(method.deprecated)
    yield _signature(method, method.arguments, f"{returned} | {other}" if other else returned, prefix)
    yield _docstring(method)
    if method.otherwise is None:
        yield f"        return {_call(method.call, prefix)}"
        return
    # A missing flag, `None`, is left to the server, which applies its default.
    yield f"        if {method.flag} {'is not False' if _by_default(method) == 'True' else 'is True'}:"
    yield f"            return {_call(method.call, prefix)}"
    yield f"        return {_call(method.otherwise, prefix)}"


def _deprecated(said: str | None) -> Iterator[str]:
    """Yield the decorator of PEP 702."""
    if said is not None:
        yield f"    @deprecated({one_line(said)!r})"


def _overloads(method: Method, returned: str, other: str | None) -> Iterator[tuple[list[Argument], str, str | None]]:
    """Yield arguments, return type and deprecation of each overload; most methods have none.

    A method with a flag has one for each constant, the default first, and one for any truth value. If some arguments
    are deprecated, each comes twice: first without them, and then with them and marked.
    """
    old = [argument for argument in method.arguments if argument.deprecated]
    variants = [(list(method.arguments), returned)] if old else []
    if other is not None:
        variants = list(_variants(method, returned, other))
    marks = " ".join(f"`{argument.name}`: {argument.deprecated}" for argument in old)
    for arguments, answer in variants:
        yield [argument for argument in arguments if not argument.deprecated], answer, None
        if old:
            yield arguments, answer, marks


def _variants(method: Method, returned: str, other: str) -> Iterator[tuple[list[Argument], str]]:
    """Yield arguments and return type for each value of a flag."""
    by_default = _by_default(method)
    order = ["True", "False"] if by_default == "True" else ["False", "True"]
    answers = {"True": returned, "False": other}
    for value in order:
        default = value if value == by_default else None
        yield _with_flag(method, f"Literal[{value}]", default), answers[value]
    yield _with_flag(method, "bool", None), f"{returned} | {other}"


def _by_default(method: Method) -> str | None:
    return next(argument.default for argument in method.arguments if argument.name == method.flag)


def _with_flag(method: Method, annotation: str, default: str | None) -> list[Argument]:
    return [
        replace(argument, annotation=annotation, default=default) if argument.name == method.flag else argument
        for argument in method.arguments
    ]


def _signature(method: Method, arguments: Iterable[Argument], returned: str, prefix: str) -> str:
    first = [_written(argument) for argument in arguments if argument.positional]
    named = [_written(argument) for argument in arguments if not argument.positional]
    keyword = "async def" if prefix else "def"
    return f"    {keyword} {method.name}({', '.join(['self', *first, '*', *named, _OPTIONS])}) -> {returned}:"


def _written(argument: Argument) -> str:
    return f"{argument.name}: {argument.annotation}" + (f" = {argument.default}" if argument.default else "")


def _docstring(method: Method) -> str:
    lines = [sentence(method.summary) or "Call the API.", "", f"{method.http}"]
    for remark in (*([method.deprecated] if method.deprecated else []), *method.remarks):
        lines += ["", remark]
    if method.arguments:
        lines += ["", *(f"- `{argument.name}`: {argument.note}" for argument in method.arguments)]
    return docstring(lines, 8)


def _returned(call: Call, prefix: str) -> str:
    match call.verb, call.answers:
        case "wait_for_all", (answer,):
            return f"dict[str, {answer}]"
        case "call" | "call_large" | "upload" | "wait", (answer,):
            return answer
        case "stream", (event,):
            return f"{prefix}Stream[{event}]"
        case "pages", (page, item):
            return f"{prefix}Pager[{item}, {page}]"
        case "call_bytes", ():
            return "bytes"
        case "call_none", ():
            return "None"
    raise ValueError(f"{call.verb} does not go with {len(call.answers)} answers")


def _call(call: Call, prefix: str) -> str:
    given = [repr(call.operation), *(f"Answer[{answer}]" for answer in call.answers)]
    for group in call.groups:
        members = ", ".join(f"{wire!r}: {source}" for wire, source in group.members)
        given.append(f"{group.location}={group.whole or f'{{{members}}}'}")
    given.append("options=request_options")
    return f"{'await ' if prefix else ''}self._client.{call.verb}({', '.join(given)})"
