"""Move constraints of the newest document by one step, drawn by seed, and compare: `python -m tests.changes.steps [N]`.

A move is decided if both comparisons, there and back, end without an undecided difference. Each witness was checked by
jsonschema-rs on both sides when it was found; `confirmed` asks jsonschema too.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema
import referencing
from referencing.jsonschema import DRAFT202012

from apicontract.changes import Comparison, Difference, compare
from apicontract.checks.contract import Contract
from apicontract.openapi.components import referred
from apicontract.openapi.document import Document
from apicontract.openapi.facts import shape_at
from apicontract.openapi.problems import DocumentInvalid
from apicontract.openapi.rebuild import Rebuild
from tests.mutants.document import GONE, DocumentFault
from tests.mutants.keywords import ANNOTATIONS, steps
from twelvelabs_contract.contract import bundled

SEED = 2026
_SKIPPED = {*ANNOTATIONS, "default", "deprecated", "discriminator", "$ref", "title"}
_PATHS = 3
"""How many paths that a move touches are compared; a shared schema can touch all of them."""


@dataclass(frozen=True)
class Moves:
    """The moves of one document."""

    raw: Mapping[str, Any]

    def drawn(self, number: int, seed: int = SEED) -> list[DocumentFault]:
        """Draw moves of what requests and responses reach."""
        reached = [move for move in self._all() if self.paths(move)]
        return random.Random(seed).sample(reached, min(number, len(reached)))  # noqa: S311 - a draw that can be repeated

    def paths(self, move: DocumentFault) -> list[str]:
        """Return the paths that a move touches."""
        if move.tokens[0] == "paths":
            return [str(move.tokens[1])]
        return [path for path, known in self._reached.items() if (move.tokens[1], move.tokens[2]) in known]

    def pair(self, move: DocumentFault) -> tuple[Document, Document]:
        """Return the document before and after, with the paths that are touched."""
        paths = self.paths(move)[:_PATHS]
        return Document(self._cut(self.raw, paths)), Document(self._cut(move.applied(self.raw), paths))

    def _cut(self, raw: Mapping[str, Any], paths: list[str]) -> Mapping[str, Any]:
        left = {key: held for key, held in raw.items() if key != "webhooks"}
        return {**left, "paths": {path: item for path, item in raw["paths"].items() if path in paths}}

    @cached_property
    def _reached(self) -> Mapping[str, set[tuple[str, str]]]:
        components = self.raw["components"]
        return {p: referred({"paths": {p: i}, "components": components}) for p, i in self.raw["paths"].items()}

    def _all(self) -> Iterator[DocumentFault]:
        found: list[DocumentFault] = []

        def visit(kind: str, node: Any, path: list[str]) -> Any:
            if kind == "schema" and isinstance(node, dict):
                for keyword, value in node.items():
                    if keyword not in _SKIPPED and not keyword.startswith("x-"):
                        found.extend(
                            DocumentFault(
                                (*path, *step.tokens), GONE if step.gone else step.value, step.kind, step.detail
                            )
                            for step in steps(keyword, value, node)
                        )
            return node

        Rebuild(visit).document(self.raw)
        yield from found


def confirmed(difference: Difference, documents: Mapping[str, Document]) -> bool | None:
    """Ask jsonschema whether a witness is valid on one side and not on the other; `None` where no schema says so."""
    witness = difference.witness
    if witness is None:
        return None
    verdicts = {}
    for side, document in documents.items():
        violation = witness.violations[0]
        found = _instance(Contract(document), difference, violation.where)
        if found is None or violation.rule in ("encoding", "status", "media_type", "truncated", "sequence"):
            return None
        verdicts[side] = _valid(document, *found)
    other = "new" if witness.right == "old" else "old"
    return verdicts[witness.right] and not verdicts[other]


def _instance(contract: Contract, difference: Difference, where: str) -> tuple[Any, str] | None:
    """Return the instance that a violation is about, and the pointer of its schema."""
    witness = difference.witness
    assert witness is not None
    root = where.partition(".")[0].partition("[")[0]
    if witness.response is not None:
        operation = contract.operation(difference.operation)
        declared = operation.response(witness.response.status)
        kind = (witness.response.headers.get("content-type") or "").partition(";")[0]
        if root != "body" or declared is None or kind not in declared.content:
            return None
        return json.loads(witness.response.body), declared.content[kind].schema_pointer
    reading = contract.read(witness.request)
    if reading is None:
        return None
    if root in ("body", "form"):
        content = reading.content
        if content is None or "body" not in reading.arguments:
            return None
        if shape_at(contract.document, content.schema, content.schema_pointer).json_texts:
            return None
        return reading.arguments["body"], content.schema_pointer
    name = where.partition(".")[2].partition(".")[0].partition("[")[0]
    for parameter in reading.operation.parameters_in(root):
        if parameter.name.lower() == name.lower() and parameter.name in reading.arguments[root]:
            return reading.arguments[root][parameter.name], parameter.schema_pointer
    return None


def _valid(document: Document, instance: Any, pointer: str) -> bool:
    resource = referencing.Resource.from_contents(document.raw, default_specification=DRAFT202012)
    registry: Any = referencing.Registry().with_resource("urn:document", resource)
    validator = jsonschema.Draft202012Validator(
        {"$ref": f"urn:document#{pointer.replace('{', '%7B').replace('}', '%7D')}"},
        registry=registry,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    return bool(validator.is_valid(instance))


def outcome(comparison: Comparison) -> str:
    """Say how a comparison ended."""
    if comparison.of("undecided"):
        return "undecided"
    return "shown" if comparison.differences else "equal"


def run(number: int, seed: int = SEED) -> Counter[str]:
    """Compare moves there and back, print what is not decided, and count."""
    moves = Moves(json.loads(bundled().read_bytes()))
    counts: Counter[str] = Counter()
    for move in moves.drawn(number, seed):
        try:
            old, new = moves.pair(move)
        except DocumentInvalid:
            counts["no document"] += 1
            continue
        for one, other in ((old, new), (new, old)):
            comparison = compare(one, other)
            ended = outcome(comparison)
            counts[ended] += 1
            if ended == "undecided":
                print(f"undecided: {move.label}: {move.change}", flush=True)
            for difference in comparison.differences:
                said = confirmed(difference, {"old": one, "new": other})
                counts[{True: "confirmed", False: "denied", None: "by the wire"}[said]] += 1
                if said is False:
                    print(f"denied: {move.label}: {difference.where}: {difference.message}", flush=True)
    return counts


if __name__ == "__main__":
    started = time.perf_counter()
    result = run(int(sys.argv[1]) if sys.argv[1:] else 500, int(sys.argv[2]) if sys.argv[2:] else SEED)
    ended = result["shown"] + result["equal"] + result["undecided"]
    decided = 1 - result["undecided"] / ended
    print(f"{ended} comparisons in {time.perf_counter() - started:.0f} s: {decided:.1%} decided; {dict(result)}")
    sys.exit(decided < 0.95 or result["denied"] > 0)
