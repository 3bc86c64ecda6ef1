"""References by `$id`, `$anchor`, `$dynamicAnchor` and percent-encoded fragments, rewritten as plain pointers.

If a schema extends another through `$dynamicRef`, it gets a copy of that other schema beside its definitions, in which
the dynamic reference points to it. All other modules see only plain pointers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin

from apicontract.openapi import pointer as pointers
from apicontract.openapi import rebuild
from apicontract.openapi.operation import Json
from apicontract.openapi.rebuild import Rebuild, Reference

NAMES = frozenset({"$id", "$anchor", "$dynamicAnchor", "$dynamicRef"})
"""Keywords that name a schema, or refer to one by such a name."""
_SAFE = "/~!$&'()*+,;=:@"
"""Characters that are not encoded in a fragment; braces are not allowed there, but are read."""

_PLAIN = re.compile(r"#(?:/[\w.~!$&'()*+,;=:@/-]*)?", re.ASCII)


def plain(
    raw: Mapping[str, Any], references: Sequence[Reference], *, named: bool
) -> tuple[Mapping[str, Any], Sequence[Reference]]:
    """Rewrite references that are not plain pointers, and remove the names; `named` says whether there are any."""
    if not named and all(_PLAIN.fullmatch(reference.target) for reference in references):
        return raw, references
    names = _Names(raw)
    found = Rebuild(names.rewritten).document(raw)
    walk = Rebuild()
    walk.document(found)
    return found, list(walk.references.values())


class _Names:
    """The identifiers and anchors of the schemas of a document."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._self = str(raw.get("$self", ""))
        self._bases: list[tuple[str, str]] = []
        """Pointer and URI of each schema with its own `$id`, outer ones first."""
        self._resources = {self._self: ""}
        self._anchors: dict[tuple[str, str], str] = {}
        self._dynamic: dict[str, dict[str, str]] = {}
        """By URI, the pointers of its dynamic anchors."""
        self._open: dict[str, set[str]] = {}
        """By URI, the dynamic anchors that the resource refers to."""
        Rebuild(self._collect).document(raw)
        self._filled = {uri: self._fills(uri) for uri in self._dynamic if uri != self._self}
        self._copies = tuple(at for filled in self._filled.values() for at in filled.values())

    def _collect(self, kind: str, node: Any, path: list[str]) -> Json:
        if kind == "schema" and isinstance(node, dict) and not NAMES.isdisjoint(node):
            pointer = rebuild.pointer_of(path)
            if isinstance(node.get("$id"), str):
                uri = urldefrag(urljoin(self._base(pointer), node["$id"]))[0]
                self._bases.append((pointer, uri))
                self._resources.setdefault(uri, pointer)
            base = self._base(pointer)
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(keyword), str):
                    self._anchors.setdefault((base, node[keyword]), pointer)
            if isinstance(node.get("$dynamicAnchor"), str):
                self._dynamic.setdefault(base, {})[node["$dynamicAnchor"]] = pointer
            if isinstance(node.get("$dynamicRef"), str):
                self._open.setdefault(base, set()).add(node["$dynamicRef"].rpartition("#")[2])
        return node

    def _base(self, pointer: str) -> str:
        for start, uri in reversed(self._bases):
            if pointer == start or pointer.startswith(f"{start}/"):
                return uri
        return self._self

    def _fills(self, uri: str) -> Mapping[str, str]:
        """Return, by URI, the pointers of the copies of other resources whose dynamic references this one resolves."""
        own = self._dynamic[uri].keys()
        root = self._resources[uri]
        return {
            other: f"{root}/$defs/{pointers.escape(other)}"
            for other, places in self._open.items()
            if other not in (uri, self._self) and not own.isdisjoint(places)
        }

    def rewritten(self, kind: str, node: Any, path: list[str]) -> Json:
        """Return an object with plain references and without identifiers."""
        if not isinstance(node, dict):
            return node
        if kind != "schema":
            target = node.get("$ref")
            return {**node, "$ref": self._target(target, self._self)} if isinstance(target, str) else node
        if "$ref" not in node and NAMES.isdisjoint(node):
            return node
        pointer = rebuild.pointer_of(path)
        if any(pointer == at or pointer.startswith(f"{at}/") for at in self._copies):
            return node  # written by `_copy`, with plain references
        uri = self._base(pointer)
        found = self._schema(node, uri, self._filled.get(uri, {}))
        if pointer == self._resources.get(uri) and (filled := self._filled.get(uri)):
            copies = {other: self._copy(other, uri, at) for other, at in filled.items()}
            found["$defs"] = {**found.get("$defs", {}), **copies}
        return found

    def _schema(self, node: Mapping[str, Any], uri: str, filled: Mapping[str, str]) -> dict[str, Any]:
        found = {key: value for key, value in node.items() if key not in NAMES}
        if isinstance(node.get("$ref"), str):
            target = self._target(node["$ref"], uri)
            for other, at in filled.items():
                root = self._resources[other]
                if target[1:] == root or target[1:].startswith(f"{root}/"):
                    target = _written(at + target[1 + len(root) :])
            found["$ref"] = target
        if isinstance(node.get("$dynamicRef"), str):
            target = self._target(node["$dynamicRef"], uri)
            if "$ref" in found:
                found["allOf"] = [*found.get("allOf", ()), {"$ref": target}]
            else:
                found["$ref"] = target
        return found

    def _copy(self, other: str, uri: str, at: str) -> Json:
        """Copy a resource, with its dynamic references resolved to the anchors of another."""
        root, own = self._resources[other], self._dynamic[uri]

        def copied(node: Any) -> Json:
            if isinstance(node, list):
                return [copied(item) for item in node]
            if not isinstance(node, dict):
                return node
            name = str(node.get("$dynamicRef", "")).rpartition("#")[2]
            found = {key: copied(value) for key, value in node.items() if key not in NAMES}
            if isinstance(node.get("$ref"), str):
                target = self._target(node["$ref"], other)
                inside = target[1:] == root or target[1:].startswith(f"{root}/")
                found["$ref"] = _written(at + target[1 + len(root) :]) if inside else target
            if name:
                target = f"#{own[name]}" if name in own else self._target(node["$dynamicRef"], other)
                found["allOf"] = [*found.get("allOf", ()), {"$ref": target}]
            return found

        return copied(pointers.at(self._raw, root))

    def _target(self, reference: str, base: str) -> str:
        """Return a reference as a plain pointer; one that leads out of the document unchanged."""
        uri, fragment = urldefrag(reference if reference[:1] != "#" else base + reference)
        uri = urljoin(base, uri) if uri else base
        root = self._resources.get(uri)
        if root is None:
            return reference
        if fragment and fragment[0] != "/":
            names = (self._anchors.get(key) for key in ((uri, fragment), (self._self, fragment)))
            found = next((pointer for pointer in names if pointer is not None), None)
            return reference if found is None else _written(found)
        for text in (unquote(fragment), fragment):
            for start in (root, ""):  # an `$id` that was not meant to change the base of pointers
                if pointers.find(self._raw, start + text) is not None:
                    return _written(start + text)
        return _written(root + unquote(fragment))


def _written(pointer: str) -> str:
    """Return a pointer as a URI fragment."""
    return f"#{quote(pointer, safe=_SAFE)}"
