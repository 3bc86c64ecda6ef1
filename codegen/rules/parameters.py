"""Rules about paths and parameters: templates, names, and the styles that the runtime supports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apicontract.openapi import versions
from apicontract.wire import styles
from codegen.view import Operation, Place, Tokens, View, listed

if TYPE_CHECKING:
    from apicontract.openapi.objects import Json

STYLES = {
    location: [style for style in versions.STYLES[location] if style in styles.STYLES]
    for location in ("path", "query", "header")
}
"""The supported styles, by location of what the client can send; the first is OpenAPI's default."""

_TEMPLATE = re.compile(r"(/[^/{}?#]+|/\{[^/{}]+\})+")
_PATH_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_RESERVED_HEADERS = ("accept", "authorization", "content-length", "content-type", "host", "transfer-encoding")


def check(view: View) -> None:
    """Check every path, every parameter and header, and that the two fit together."""
    _templates(view)
    for operation in view.operations:
        _path(view, operation)
        _repeated(view, operation)
        _exploded(view, operation)
    for node in view.nodes("parameter"):
        _parameter(view, node.place)
    for node in view.nodes("header"):
        _style(view, node.place, "header")


def _templates(view: View) -> None:
    shapes: dict[str, str] = {}
    for path in view.document.get("paths", {}):
        if path != "/" and not _TEMPLATE.fullmatch(path):
            message = f"the path {path!r} is not a template of whole segments"
            view.report(("paths", path), message, "write /name or /{parameter} for each segment, without a final slash")
        shape = re.sub(r"\{[^{}]*\}", "{}", path)
        if shape in shapes:
            view.report(
                ("paths", path), f"the paths {path!r} and {shapes[shape]!r} cannot be distinguished", "join them"
            )
        shapes.setdefault(shape, path)


def _path(view: View, operation: Operation) -> None:
    wanted = re.findall(r"\{([^{}]*)\}", operation.path)
    for name in wanted:
        if wanted.count(name) > 1:
            view.report(
                operation.place.tokens, f"the path {operation.path!r} names {name!r} twice", "rename one of them"
            )
        if operation.parameter("path", name) is None:
            message = f"the path parameter {name!r} of {operation.path!r} is not declared"
            view.report(operation.place.tokens, message, "declare it in 'parameters'")
    for parameter in operation.parameters:
        name = parameter.value.get("name")
        if parameter.value.get("in") == "path" and name is not None and name not in wanted:
            place = _use(view, operation, parameter)
            view.report(
                place, f"the path {operation.path!r} has no {{{name}}}", "add it to the path, or remove the parameter"
            )


def _use(view: View, operation: Operation, parameter: Place) -> Tokens:
    """Return where an operation refers to a parameter, which may be shared."""
    for position, given in enumerate(operation.place.value.get("parameters", [])):
        own = (*operation.place.tokens, "parameters", str(position))
        if view.resolve(Place(given, own)).tokens == parameter.tokens:
            return own
    return parameter.tokens


def _repeated(view: View, operation: Operation) -> None:
    seen: dict[tuple[Json, Json], None] = {}
    for parameter in operation.parameters:
        key = (parameter.value.get("in"), str(parameter.value.get("name")).lower())
        if parameter.value and key in seen:
            message = f"the {key[0]} parameter {parameter.value.get('name')!r} is declared twice"
            view.report(_use(view, operation, parameter), message, "remove one of them")
        seen[key] = None


def _exploded(view: View, operation: Operation) -> None:
    """Check that at most one object is exploded in the query: otherwise its keys would be ambiguous."""
    spread: list[Place] = []
    for parameter in operation.parameters:
        value, schema = parameter.value, view.schema(parameter)
        style = value.get("style", "form")
        if value.get("in") == "query" and style == "form" and value.get("explode", True):
            spread += [parameter] if schema and "object" in view.types(schema) else []
    for parameter in spread[1:]:
        message = f"{parameter.value.get('name')!r} is the second object whose keys become query parameters"
        view.report(_use(view, operation, parameter), message, "write style: deepObject, or keep one")


def _parameter(view: View, place: Place) -> None:
    value, tokens = place
    location, name = value.get("in"), value.get("name", "")
    if location is None:
        return
    if location not in STYLES:
        view.report(
            (*tokens, "in"), f"the client cannot send a parameter in {location!r}", f"write {' or '.join(STYLES)}"
        )
        return
    if location == "path":
        if view.lacks(place, "required") or value.get("required") is False:
            view.report(tokens, f"the path parameter {name!r} is not required", "add 'required: true'")
        if name and not _PATH_NAME.fullmatch(name):
            found = f"the path parameter {name!r} is not a plain name"
            view.report((*tokens, "name"), found, "use letters, digits and _")
    if location == "header" and name:
        if not _HEADER_NAME.fullmatch(name):
            view.report((*tokens, "name"), f"{name!r} is not a header name", "use letters, digits and -")
        elif name.lower() in (*_RESERVED_HEADERS, *_key_headers(view)):
            view.report((*tokens, "name"), f"the client sets the header {name!r} itself", "remove the parameter")
    _style(view, place, location)


def _key_headers(view: View) -> list[str]:
    return [node.value.get("name", "").lower() for node in view.nodes("security_scheme")]


def _style(view: View, place: Place, location: str) -> None:
    """Check that the style exists at this location, fits the type, and is explicit if it affects the encoding."""
    value, tokens = place
    style = value.get("style", STYLES[location][0])
    if style not in STYLES[location]:
        found = f"the runtime has no style {style!r} for {location} parameters"
        view.report((*tokens, "style"), found, f"write {' or '.join(STYLES[location])}")
        return
    schema = view.schema(place)
    types = view.types(schema) if schema else []
    if schema is None or not types:
        return
    several = [name for name in types if name in ("array", "object")]
    if location == "query" and several:
        missing = [key for key in ("style", "explode") if key not in value]
        if missing:
            view.report(tokens, f"the {several[0]} in the query has no {listed(missing)}", "write it out")
    explode = value.get("explode", style == "form")
    if style in ("spaceDelimited", "pipeDelimited") and (types != ["array"] or explode):
        view.report((*tokens, "style"), f"the style {style!r} is for arrays with 'explode: false'", "write style: form")
    if style == "deepObject" and ("object" not in types or "array" in types or not explode):
        found = "the style 'deepObject' is for objects with 'explode: true', and for scalars beside them"
        view.report((*tokens, "style"), found, "write style: form")
    _nested(view, schema, several)


def _nested(view: View, schema: Place, several: list[str]) -> None:
    """Report a list of lists and the like, which no style can encode."""
    for variant in view.variants(schema):
        keys = [key for key in ("items", "additionalProperties") if isinstance(variant.value.get(key), dict)]
        held = [Place(variant.value[key], (*variant.tokens, key)) for key in keys] + list(
            view.properties(variant).values()
        )
        for place in held if several else []:
            if any(name in ("array", "object") for name in view.types(place)):
                view.report(
                    place.tokens,
                    "a parameter has a list or an object inside another",
                    "no style can write it; flatten it",
                )
