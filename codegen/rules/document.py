"""Rules about the root of the document: version, servers, tags, security, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from codegen.view import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apicontract.openapi.objects import Json
    from codegen.view import Tokens, View

_VERSION = re.compile(r"3\.1\.\d+")


def check(view: View) -> None:
    """Check the root of the document."""
    _version(view)
    _servers(view)
    _tags(view)
    _security_schemes(view)
    _links(view)


def _version(view: View) -> None:
    version = view.document.get("openapi", "3.1.0")
    if not _VERSION.fullmatch(version):
        view.report(("openapi",), f"the document is written in OpenAPI {version}", "write it in 3.1.0")


def _servers(view: View) -> None:
    if view.document.get("servers") == []:
        view.report(("servers",), "the document names no server", "add the address of the service")
    for node in view.nodes("server"):
        if (url := node.value.get("url")) is None:
            continue
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment or "{" in url:
            view.report(
                (*node.tokens, "url"), f"the server {url!r} is not a plain http address", "write scheme, host, path"
            )
        elif url.endswith("/"):
            view.report(
                (*node.tokens, "url"), f"the server {url!r} ends in a slash", "remove it: every path begins with one"
            )


def _tags(view: View) -> None:
    declared: dict[str, Tokens] = {}
    for node in view.nodes("tag"):
        name = node.value.get("name", "")
        if name in declared:
            view.report((*node.tokens, "name"), f"the tag {name!r} is declared twice", "remove one of them")
        declared.setdefault(name, node.tokens)
    used: dict[str, None] = {}
    for operation in view.operations:
        tags = operation.place.value.get("tags", [])
        at = (*operation.place.tokens, "tags")
        if operation.place.value.get("tags") == []:
            view.report(at, f"the operation {operation.id!r} has no tag", "add one of those at the root")
        for position, name in enumerate(tags):
            used[name] = None
            if name not in declared:
                view.report(
                    (*at, str(position)), f"the tag {name!r} is not declared", "declare it at the root, or correct it"
                )
    for node in view.nodes("webhook_operation"):
        used |= dict.fromkeys(node.value.get("tags", ()))
    for name, tokens in declared.items():
        if name and name not in used:
            view.report(
                tokens, f"the tag {name!r} is declared but never used", "remove it, or tag an operation with it"
            )


def _security_schemes(view: View) -> None:
    used: dict[str, None] = {}
    declared = {node.tokens[-1]: node for node in view.nodes("security_scheme")}
    for tokens, requirement in _requirements(view):
        for name, scopes in requirement.items():
            used[name] = None
            if name not in declared:
                view.report(
                    (*tokens, name), f"the security scheme {name!r} is not declared", "declare it in the components"
                )
            elif scopes:
                view.report((*tokens, name), f"the security scheme {name!r} has no scopes", "write an empty list")
    for name, node in declared.items():
        for key, only in (("type", "apiKey"), ("in", "header")):
            if (found := node.value.get(key, only)) != only:
                message = f"{key!r} of the security scheme {name!r} is {found!r}"
                view.report((*node.tokens, key), message, f"write {only}: the client sends a key in a header")
        if name not in used and view.lacks(Place({}, ()), "security"):
            view.report(node.tokens, f"{name!r} is defined but never used", "remove it, or refer to it")


def _requirements(view: View) -> Iterator[tuple[Tokens, dict[str, list[str]]]]:
    holders: list[tuple[Tokens, Json]] = [((), view.document)]
    holders += [(operation.place.tokens, operation.place.value) for operation in view.operations]
    holders += [(node.tokens, node.value) for node in view.nodes("webhook_operation")]
    for tokens, value in holders:
        for position, requirement in enumerate(value.get("security", [])):
            yield (*tokens, "security", str(position)), requirement


def _links(view: View) -> None:
    """Check that each link leads to an operation, and names parameters of it."""
    known = {operation.id: operation for operation in view.operations}
    for node in view.nodes("link"):
        target = known.get(node.value.get("operationId", ""))
        if target is None:
            found = f"the link leads to {node.value.get('operationId')!r}, which is not an operation"
            view.report((*node.tokens, "operationId"), found, "correct the operationId")
            continue
        names = {parameter.value.get("name") for parameter in target.parameters}
        names |= {f"{parameter.value.get('in')}.{parameter.value.get('name')}" for parameter in target.parameters}
        for name in node.value.get("parameters", {}):
            if name not in names:
                found = f"{name!r} is not a parameter of {target.id!r}"
                view.report((*node.tokens, "parameters", name), found, "correct the name")
