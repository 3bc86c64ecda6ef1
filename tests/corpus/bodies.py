"""Mutated JSON bodies of the documents of a folder, judged by us and jsonschema: `python -m tests.corpus.bodies DIR`.

Of each body that an operation takes as JSON, values that fit its schema are mutated at random places, and what the
checker says is compared with what jsonschema says of the same schema, in the form in which OpenAPI's own keywords are
assertions. Formats are left out on both sides, as the two assert different ones.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from apicontract.checks.assertion_form import assertions
from apicontract.checks.contract import Contract
from apicontract.checks.patterns import unusable
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.values.boundaries import NOTHING
from apicontract.values.document import values_of
from apicontract.values.uploads import names_of_uploads
from apicontract.wire.messages import Headers, Request
from apicontract.wire.parameters import encode_path
from tests.corpus import documents

URN = "urn:document"
_OTHERS: tuple[Json, ...] = (None, True, False, 0, -1, 1.5, 10**12, "", "x", "2026-02-30", [], [None], {}, {"x": 1})


def differences(contract: Contract, count: int, *, most: int = sys.maxsize) -> Iterator[tuple[str, bytes, bool, bool]]:
    """Yield mutated bodies with both verdicts, `count` of each JSON body: operation, body, ours, that of jsonschema."""
    form, heads = assertions(contract.document, "request", unusable(contract.document))
    resource: Any = DRAFT202012.create_resource(dict(form))
    registry: Any = Registry().with_resource(URN, resource)
    for operation, content in islice(_bodies(contract), most):
        pointer = heads.get(content.schema_pointer, content.schema_pointer)
        oracle = Draft202012Validator({"$ref": f"{URN}#{quote(pointer, safe='/~')}"}, registry=registry)
        seed = random.Random(operation.id)  # noqa: S311 - which places are mutated is no secret
        for value in islice(_mutated(contract.document, content, seed), count):
            text = json.dumps(value).encode()
            request = Request(
                operation.method, _url(contract, operation), Headers({"content-type": content.name}), text
            )
            if contract.find(request) is not operation:  # another has the same path but for what stands behind `#`
                break
            found = contract.check_request(request)
            ours = not any(violation.where.startswith("body") for violation in found)
            yield operation.id, text, ours, oracle.is_valid(json.loads(text))


def _bodies(contract: Contract) -> Iterator[tuple[Operation, MediaType]]:
    for operation in contract.operations:
        for content in operation.request_body.content.values() if operation.request_body else ():
            if media_types.is_json(content.name) and content.schema is not None:
                yield operation, content


def _url(contract: Contract, operation: Operation) -> str:
    base = contract.base_url(operation)
    names = {parameter.name: "1" for parameter in operation.parameters_in("path")}
    return (base if "://" in base else f"https://any.example{base}") + encode_path(operation, {}, names)


def _mutated(document: Document, content: MediaType, seed: random.Random) -> Iterator[Json]:
    boundaries = values_of(document).boundaries
    simplest = boundaries.simplest(content.schema)
    found = [] if simplest is NOTHING else [simplest]
    found += [boundary.value for boundary in islice(boundaries.of(content.schema), 20)]
    values = [names_of_uploads(value) for value in found]
    while values:
        value = deepcopy(seed.choice(values))
        for _ in range(seed.randint(0, 3)):
            value = _mutation(value, seed)
        yield value


def _mutation(value: Json, seed: random.Random) -> Json:
    """Change one place: a value replaced, a member left out or added, an item repeated."""
    if isinstance(value, dict) and value and seed.random() < 0.8:
        name = seed.choice(list(value))
        kind = seed.randrange(4)
        if kind == 0:
            return {key: held for key, held in value.items() if key != name}
        if kind == 1:
            return {**value, f"{name}s": seed.choice(_OTHERS)}
        return {**value, name: _mutation(value[name], seed)}
    if isinstance(value, list) and value and seed.random() < 0.8:
        at = seed.randrange(len(value))
        if seed.random() < 0.3:
            return [*value, value[at]]
        return [*value[:at], _mutation(value[at], seed), *value[at + 1 :]]
    if isinstance(value, str) and seed.random() < 0.4:
        return seed.choice([value * 20, value[:-1], value.upper(), f" {value}"])
    if isinstance(value, int | float) and not isinstance(value, bool) and seed.random() < 0.4:
        return seed.choice([value + 1, value - 1, -value, value + 0.5, value * 1000])
    return deepcopy(seed.choice(_OTHERS))


def main(arguments: list[str]) -> int:
    """Print a line for each document, and each difference; return 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.bodies")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=10, help="mutations of each body")
    parser.add_argument("--most", type=int, default=60, help="bodies of each document")
    options = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    for path in documents.files(options.folder):
        contract = Contract(documents.load(path), formats=False)
        counts: Counter[str] = Counter()
        for operation, text, ours, theirs in differences(contract, options.each, most=options.most):
            counts["fits" if theirs else "broken"] += 1
            if ours is not theirs:
                counts["different"] += 1
                sys.stdout.write(f"  {path.name} {operation}: ours {ours}, jsonschema {theirs}: {text[:300]!r}\n")
        sys.stdout.write(f"{path.name}: {dict(counts)}\n")
        sys.stdout.flush()
        total += counts
    sys.stdout.write(f"all: {total['fits'] + total['broken']} bodies, {dict(total)}\n")
    return int(total["different"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
