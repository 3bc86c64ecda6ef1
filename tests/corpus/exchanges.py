"""Exchanges made of the examples that a document gives, written by httpx, and judged by the contract and by jsonschema.

A violation is the document's own fault if jsonschema, too, says that the example breaks its schema; else it is ours. Of
a format that jsonschema has no check for (it wants another package for `duration`), nobody else can be asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.operation import MediaType, Operation, Parameter
from apicontract.openapi.violation import Violation
from tests.corpus.calls import BASE_URL

_URN = "urn:corpus"
_MISSING: Any = object()


class Exchanges:
    """The exchanges of one document."""

    def __init__(self, contract: Contract) -> None:
        """Take a contract that was loaded for `BASE_URL`."""
        self._contract = contract
        self._document = contract.document
        resource = DRAFT202012.create_resource(self._document.raw)
        self._registry: Registry[Any] = Registry().with_resource(_URN, resource)

    def measure(self, report: Callable[[str], None]) -> Counter[str]:
        """Check every exchange, and count them: `clean`, `document`, `ours`."""
        counts: Counter[str] = Counter()
        for operation in self._contract.operations:
            for request, values in self._requests(operation):
                counts[self._verdict(operation, self._contract.check_request(request), values, report)] += 1
            for response, content, instance in self._responses(operation):
                found = self._contract.check_response(response, operation=operation.id)
                values = {"body": (content.schema_pointer, instance)}
                counts[self._verdict(operation, found, values, report)] += 1
        return counts

    def _verdict(
        self,
        operation: Operation,
        found: list[Violation],
        values: Mapping[str, tuple[str, Any]],
        report: Callable[[str], None],
    ) -> str:
        ours = [violation for violation in found if not self._agrees(violation, values)]
        for violation in ours:
            report(f"{operation.id}: {violation}")
        return "ours" if ours else "document" if found else "clean"

    def _agrees(self, violation: Violation, values: Mapping[str, tuple[str, Any]]) -> bool:
        """Whether jsonschema, too, refuses the value that a violation is about."""
        for place, (pointer, value) in values.items():
            root = "form" if place == "body" and violation.where.startswith("form") else place
            if violation.where == root or violation.where.startswith((f"{root}.", f"{root}[")):
                schema = {"$ref": f"{_URN}#{quote(pointer, safe='/~')}"}
                checker = Draft202012Validator.FORMAT_CHECKER
                if violation.rule == "format" and self._format(violation) not in checker.checkers:
                    return True
                return not Draft202012Validator(schema, registry=self._registry, format_checker=checker).is_valid(value)
        return False

    def _format(self, violation: Violation) -> str:
        return str(self._document.at(violation.pointer))

    def _requests(self, operation: Operation) -> Iterator[tuple[httpx.Request, Mapping[str, tuple[str, Any]]]]:
        """Yield a request for each example of a body, or one without a body; none where examples are missing."""
        values: dict[str, tuple[str, Any]] = {}
        written = self._written(operation, values)
        if written is None:
            return
        path, query, headers = written
        headers |= dict.fromkeys(operation.key_headers, "key-of-the-corpus")
        pairs = "&".join(f"{quote(name, safe='')}={value}" for name, value in query)
        url = httpx.URL(f"{BASE_URL}{path}{f'?{pairs}' if pairs else ''}")
        body = operation.request_body
        content = next(iter(body.content.values()), None) if body else None
        if body is None or content is None:
            yield httpx.Request(operation.method, url, headers=headers), values
            return
        for example in self._examples(content):
            given = {**values, "body": (content.schema_pointer, example)}
            if media_types.is_json(content.name):
                sent = {**headers, "content-type": content.name}
                yield httpx.Request(operation.method, url, headers=sent, json=example), given
            elif content.name == media_types.URLENCODED and isinstance(example, dict) and not content.encoding:
                if all(isinstance(value, str | int | float) for value in example.values()):
                    yield httpx.Request(operation.method, url, headers=headers, data=example), given

    def _written(
        self, operation: Operation, values: dict[str, tuple[str, Any]]
    ) -> tuple[str, list[tuple[str, str]], dict[str, str]] | None:
        """Write path, query and headers, and note the values; nothing where a required parameter cannot be written."""
        path, query, headers = operation.path, list[tuple[str, str]](), dict[str, str]()
        for parameter in operation.parameters:
            value = self._parameter(parameter)
            items = None if value is _MISSING or parameter.style not in ("simple", "form") else _plain(value)
            if items is None or parameter.location == "cookie":
                if parameter.required:
                    return None
                continue
            values[f"{parameter.location}.{parameter.name}"] = (parameter.schema_pointer, value)
            if parameter.location == "path":
                path = path.replace("{" + parameter.name + "}", quote(",".join(items), safe=","))
            elif parameter.location == "query":
                quoted = [quote(item, safe="") for item in items]  # httpx would encode the commas between them
                query += [(parameter.name, item) for item in (quoted if parameter.explode else [",".join(quoted)])]
            else:
                headers[parameter.name] = ",".join(items)
        return None if "{" in path else (path, query, headers)

    def _responses(self, operation: Operation) -> Iterator[tuple[httpx.Response, MediaType, Any]]:
        for key, response in operation.responses.items():
            for content in response.content.values():
                if media_types.is_json(content.name):
                    status = _status(key, operation)
                    headers = self._headers(response.headers)
                    for example in self._examples(content) if headers is not None else ():
                        sent = {**(headers or {}), "content-type": content.name}
                        yield httpx.Response(status, headers=sent, json=example), content, example

    def _headers(self, declared: tuple[Parameter, ...]) -> dict[str, str] | None:
        """Return the required headers of a response; nothing where one has no example."""
        found: dict[str, str] = {}
        for header in declared:
            written = _plain(self._parameter(header)) if header.required else None
            if header.required and written is None:
                return None
            if written is not None:
                found[header.name] = ",".join(written)
        return found

    def _parameter(self, parameter: Parameter) -> Any:
        node = self._document.at(parameter.pointer)
        if "example" in node:
            return node["example"]
        for example in (node.get("examples") or {}).values():
            found, _ = self._document.resolve(example, parameter.pointer)
            if isinstance(found, Mapping) and "value" in found:
                return found["value"]
        return self._of_schema(parameter.schema, parameter.schema_pointer)

    def _of_schema(self, schema: Any, pointer: str) -> Any:
        schema, _ = self._document.resolve(schema, pointer)
        if isinstance(schema, Mapping):
            if "example" in schema:
                return schema["example"]
            if isinstance(schema.get("examples"), list) and schema["examples"]:
                return schema["examples"][0]
        return _MISSING

    def _examples(self, content: MediaType) -> Iterator[Any]:
        given = [value for value in content.examples.values() if value is not None]
        if not given and content.schema is not None:
            own = self._of_schema(content.schema, content.schema_pointer)
            given = [] if own is _MISSING else [own]
        yield from given


def _status(key: str, operation: Operation) -> int:
    """Return a status that a key of responses is for, and no other."""
    if key.isdigit():
        return int(key)
    first = 500 if key == "default" else int(key[0]) * 100
    covered = {int(other) for other in operation.responses if other.isdigit()}
    return next(status for status in range(first + 99, first - 1, -1) if status not in covered)


def _plain(value: Any) -> list[str] | None:
    """Write a value as httpx does, item by item; nothing for what is no scalar and no list of such."""
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str | int | float) for item in items) or "" in items:
        return None
    return ["true" if item is True else "false" if item is False else str(item) for item in items]
