"""Print the contents of the document, and check its examples and the vendor SDK's requests: the end of `make`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import twelvelabs_api

from apicontract.openapi.document import MediaType
from apicontract.openapi.facts import shape_at
from apicontract.openapi.media_types import JSON_LINES, NDJSON, SSE
from tests.support.editions import contract_2025_08
from tests.support.vendor import recordings
from twelvelabs_contract import Contract, Operation, Violation

STREAMS = (JSON_LINES, NDJSON, SSE)
BOUNDS = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "format"}
    | {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "enum", "const"}
)


def bounds(node: Any) -> Iterator[str]:
    """Yield every constraint below a node of the document, examples left out."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in BOUNDS and not isinstance(value, dict):
                yield key
            elif key not in ("example", "examples", "default"):
                yield from bounds(value)
    elif isinstance(node, list):
        for item in node:
            yield from bounds(item)


def bodies(operation: Operation) -> Iterator[tuple[int | None, MediaType]]:
    """Yield the documented bodies of an operation: the request's without a status, `default` under one of its own."""
    if operation.request_body:
        yield from ((None, content) for content in operation.request_body.content.values())
    for key, response in operation.responses.items():
        yield from ((int(key.replace("XX", "99")), content) for content in response.content.values())


def examples(contract: Contract) -> Iterator[list[Violation]]:
    """Check every example of a body, except streams, which the vendor's calls check with their requests."""
    for operation in contract.operations:
        for status, content in bodies(operation):
            if content.name not in STREAMS:
                for value in content.examples.values():
                    yield contract.check_payload(value, operation=operation.id, status=status)


def main() -> int:
    """Print the summary; 1 if an example or a request breaks the contract."""
    contract = Contract.load()
    operations = contract.operations
    requests = [content for o in operations for status, content in bodies(o) if status is None]
    fields = sum(
        len(shape_at(contract.document, content.schema, content.schema_pointer).properties) for content in requests
    )
    places = Counter(parameter.location for operation in operations for parameter in operation.parameters)
    named = [extension for o in operations for extension in (o.pagination, o.waiting) if extension]
    streaming = [o.streaming for o in operations if o.streaming]
    extra = sorted(extension.method for extension in (*named, *streaming) if extension.method)
    checked = list(examples(contract))
    then = contract_2025_08()  # which the vendor's SDK 1.0.0 speaks
    sent = [(call, then.check_request(request)) for call, got in recordings(then) for request in got.requests]
    files = [
        path for path in Path(twelvelabs_api.__file__).parent.rglob("*") if path.suffix in (".py", ".json", ".typed")
    ]
    rows = {
        "operations": len(operations),
        "methods": f"{len(operations) + len(extra)} ({', '.join(extra)} besides the operations' own)",
        "parameters": f"{places.total() + fields} ({places['path']} path, {places['query']} query, {fields} body)",
        "constraints": sum(1 for _ in bounds(contract.document.raw)),
        "schemas": len(contract.document.schemas),
        "examples checked": len(checked),
        "vendor requests checked": len(sent),
        "generated files": len(files),
    }
    for name, value in rows.items():
        print(f"{name:<24}{value}")
    broken = [str(violation) for violations in [*checked, *(v for _, v in sent)] for violation in violations]
    print(*broken, sep="\n", end="", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
