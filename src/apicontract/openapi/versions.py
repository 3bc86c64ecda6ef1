"""Read OpenAPI 3.0, 3.1 and 3.2 into one form, which all other modules use: 3.1 with schemas in JSON Schema 2020-12."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from apicontract.openapi import identifiers, media_types, rebuild, strict_json
from apicontract.openapi.notices import Notices
from apicontract.openapi.operation import Json
from apicontract.openapi.problems import DocumentInvalid, Problem
from apicontract.openapi.rebuild import Rebuild, Reference
from apicontract.openapi.schema_form import SchemaForm

_STATUS = re.compile(r"default|[1-5](?:[0-9]{2}|XX)")
_READ = re.compile(r"3\.[0-2](?:\.|$)")
STYLES: Mapping[str, Sequence[str]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "querystring": (),
}
"""The locations of parameters, and the styles that are allowed in each, the default first."""
_XML = re.compile(r"(?:application|text)/(?:.*\+)?xml")


def is_status(key: str) -> bool:
    """Return whether a key of responses is a status, a range in either case, or `default`."""
    return _STATUS.fullmatch(key) is not None or _STATUS.fullmatch(key.upper()) is not None


class Form(NamedTuple):
    """A document in that form."""

    raw: Mapping[str, Any]
    notices: Sequence[Problem]
    references: Sequence[Reference]
    """The references, each once."""
    patterns: Mapping[str, Sequence[str]]
    """The patterns that engines may read differently, with the pointers of each."""
    traits: frozenset[str]
    """Which keywords are used that a validator has to treat specially: `readOnly`, `writeOnly`, `discriminator`."""


def read(raw: Mapping[str, Json]) -> Form:
    """Convert a document; raise `DocumentInvalid` for another version, and for one that is nested too deeply."""
    version = raw.get("openapi")
    if "swagger" in raw and version is None:
        raise DocumentInvalid(
            f"this is Swagger {raw['swagger']}; convert it to OpenAPI 3 first, as `npx swagger2openapi FILE` does",
            "/swagger",
        )
    notices = Notices()
    if isinstance(version, float):  # 3.1 without quotes in YAML
        message = f"the version is the number {version}, and is read as text"
        notices.add("/openapi", message, 'write it in quotes: "3.1.0"')
        version = str(version)
    if not isinstance(version, str) or not _READ.match(version):
        raise DocumentInvalid(f"OpenAPI 3.0, 3.1 or 3.2 is needed, and `openapi` is {version!r}", "/openapi")
    change = _Change(notices, version)
    walk = Rebuild(change.object)
    try:
        found = walk.document(raw)
    except RecursionError:
        raise DocumentInvalid("nested too deeply") from None
    found, references = identifiers.plain(found, list(walk.references.values()), named=change.schemas.named)
    return Form(found, notices.found(), references, change.schemas.patterns, frozenset(change.schemas.traits))


class _Change:
    """Converts the objects of a document one by one."""

    def __init__(self, notices: Notices, version: str) -> None:
        self._notices = notices
        self.schemas = SchemaForm(notices, old=version.startswith("3.0"))
        self._own = {
            "schema": self.schemas.change,
            "media_type": self._media_type,
            "operation": self._operation,
            "parameter": self._parameter,
            "example": self._example,
        }

    def object(self, kind: str, node: Any, path: list[str]) -> Json:
        """Return the converted object."""
        change = self._own.get(kind)
        return node if change is None or (kind != "schema" and not isinstance(node, dict)) else change(node, path)

    def _media_type(self, node: dict[str, Json], path: list[str]) -> Json:
        found = node
        if "x-oai-itemSchema" in found and "itemSchema" not in found:
            found = {**found, "itemSchema": found["x-oai-itemSchema"]}
        if "example" in found and "examples" not in found:
            found = {**found, "examples": {"example": {"value": found["example"]}}}
        if "schema" in found and _XML.match(path[-1]):
            self._notices.add(
                rebuild.pointer_of(path), "a body in XML is not checked against its schema", "check it by other means"
            )
        name = media_types.plain(path[-1])
        for key in ("prefixEncoding", "itemEncoding", *(["itemSchema"] if name.startswith("multipart/") else ())):
            if key in found:
                self._unsupported([*path, key], f"`{key}`")
        if "itemSchema" in found and (media_types.is_json(name) or name.startswith("multipart/")):
            found = {key: value for key, value in found.items() if key != "itemSchema"}
            if media_types.is_json(name):
                message = f"{name} is not a stream, so `itemSchema` is ignored"
                self._notices.add(rebuild.pointer_of([*path, "itemSchema"]), message, "write `schema`")
        return found

    def _operation(self, node: dict[str, Json], path: list[str]) -> Json:
        responses = node.get("responses")
        if not isinstance(responses, dict):
            return node
        if all(isinstance(key, str) and (_STATUS.fullmatch(key) or key[:2] == "x-") for key in responses):
            return node
        changed: dict[str, Json] = {}
        for key, value in responses.items():
            name = str(key)
            if not _STATUS.fullmatch(name) and name[:2] != "x-":
                pointer = rebuild.pointer_of([*path, "responses", name])
                if not _STATUS.fullmatch(name.upper()) or name.upper() in responses:
                    self._notices.add(
                        pointer, f"{name!r} is not a status, and is ignored", "write one, or `4XX`, or `default`"
                    )
                else:
                    self._notices.add(pointer, f"{name!r} is read as {name.upper()!r}", "write it so")
            changed[name] = value
        return {**node, "responses": changed}

    def _parameter(self, node: dict[str, Json], path: list[str]) -> Json:
        place, style = node.get("in"), node.get("style")
        if isinstance(place, str) and place not in STYLES:
            fix = f"write one of {', '.join(STYLES)}, or a request body"
            self._notices.add(rebuild.pointer_of(path), f"a parameter `in: {place}` is ignored", fix)
        elif isinstance(place, str) and style not in STYLES[place] and any(style in own for own in STYLES.values()):
            node = {key: value for key, value in node.items() if key != "style"}
            message = f"a parameter `in: {place}` has no style {style!r}, and is read in the default style"
            self._notices.add(rebuild.pointer_of([*path, "style"]), message, f"write {' or '.join(STYLES[place])}")
        if isinstance(node.get("required"), str):
            node = {**node, "required": node["required"].lower() == "true"}
        return node

    def _example(self, node: dict[str, Json], path: list[str]) -> Json:
        if "value" in node or not {"dataValue", "serializedValue"} & node.keys():
            return node
        if "dataValue" in node:
            return {**node, "value": node["dataValue"]}
        written = node["serializedValue"]
        if isinstance(written, str) and any(map(media_types.is_json, path[-3:-2])):
            try:
                return {**node, "value": strict_json.load(written)}
            except ValueError:
                return node
        return {**node, "value": written}

    def _unsupported(self, path: list[str], what: str) -> None:
        self._notices.add(rebuild.pointer_of(path), f"{what} is not supported here", "check it by other means")
