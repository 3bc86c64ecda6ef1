"""Mutation of the document: whether each constraint is enforced, or only written.

A constraint is removed or moved by one step in a copy of the document. The requests, arguments and responses that are
listed for the original (on each bound and beyond it, with each rule broken at each place, and the documented examples)
are checked against the copy. If one of them gets another verdict, or the copy cannot be read, the constraint is
detected. No table of facts is used, only the checker and these lists. A change that `equivalence` proves to have no
effect is not drawn.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TextIO

from apicontract.openapi import media_types
from apicontract.openapi.operation import Operation
from apicontract.openapi.problems import DocumentInvalid
from apicontract.strategies import boundary_cases, invalid_cases
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.values.boundaries import NOTHING
from apicontract.wire.messages import Headers, Request, Response
from tests.changes.steps import Moves
from tests.laws.arguments import argument_cases
from tests.mutants.document import DocumentFault, document_faults
from tests.mutants.equivalence import same
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract

NUMBER = 500
CAUGHT, SURVIVED = 0, 1
GATE = 0.95
SILENT = (
    "default",
    "deprecated",
    "discriminator",
    "x-",
    "operation",
    "server",
    "security",
    "key of the",
    "explode",
    "property added",
)
"""Beginnings of the kinds of changes that are no constraint of a message: what a client, a mock or a reader makes of
them is for their tests."""
_MOST = 5000
"""How many answers are listed for one status."""

Case = tuple[Operation, Request | None, Response | None, Mapping[str, Any] | None]
"""A request, a response, or the arguments of a call before they are written, and the operation."""


def idle(raw: Mapping[str, Any], fault: DocumentFault, forms: Collection[str] = ()) -> bool:
    """Whether a change says nothing: no message could be judged otherwise.

    `equivalence` proves it of a schema. Of what carries schemas, these: a header that may be left out and be any text;
    another style of a parameter in a query that is no array and no object, as it has one spelling (OpenAPI 4.8.12);
    a parameter in a path that may be left out, as the path is another without it; null in a field of a form, and the
    type of a form as a whole, which is an object however it is written: the schemas of `forms`.
    """
    *above, last = fault.tokens
    owner: Any = raw
    for token in above:
        owner = owner[token]
    if fault.kind == "header removed":
        header = owner.get(last, {})
        return not header.get("required") and header.get("schema", {}).keys() <= {"type", "description"}
    if fault.kind == "style changed":
        return owner["in"] == "query" and owner["schema"].get("type") in ("boolean", "integer", "number", "string")
    if fault.kind == "required parameter turned":
        return bool(owner["in"] == "path")
    if above[2] in forms and (fault.kind == "null admitted" or (fault.kind == "type removed" and len(above) == 3)):
        return True
    return same(raw, fault)


def _of_forms(raw: Mapping[str, Any]) -> set[str]:
    """Return the schemas that are the body of a form."""
    found = re.findall(r'"multipart/form-data": {"schema": {"\$ref": "#/components/schemas/([^"]+)"', json.dumps(raw))
    return set(found)


@dataclass
class Judge:
    """Judges the constraints of one document."""

    contract: Contract
    _cases: dict[str, list[tuple[Case, Any]]] = field(default_factory=dict)

    @cached_property
    def moves(self) -> Moves:
        """What of the document a change touches."""
        return Moves(self.contract.document.raw)

    @cached_property
    def constraints(self) -> list[DocumentFault]:
        """The changes of constraints of requests and responses."""
        found = [fault for fault in document_faults(self.contract.document.raw) if not fault.kind.startswith(SILENT)]
        raw, forms = self.contract.document.raw, _of_forms(self.contract.document.raw)
        return [f for f in found if len(f.tokens) > 3 and self.moves.paths(f) and not idle(raw, f, forms)]

    def drawn(self, number: int, seed: object) -> list[DocumentFault]:
        """Draw some of them."""
        count = min(number, len(self.constraints))
        return random.Random(f"{seed}").sample(self.constraints, count)  # noqa: S311 - a sample, no secret

    def notices(self, fault: DocumentFault) -> str:
        """Say which request or answer notices a change; nothing if none does."""
        try:
            changed = Contract(self.moves.pair(fault)[1])
            known = {operation.id for operation in changed.operations}
            for operation in self._touched(fault):
                if operation.id not in known:
                    return f"{operation.id} is gone"
                for case, reported in self._listed(operation):
                    if _verdict(changed, case) != reported:
                        return f"{operation.id}: {reported or 'nothing was wrong'}"
        except DocumentInvalid as error:
            return f"{error}"
        return ""

    def _touched(self, fault: DocumentFault) -> list[Operation]:
        paths = self.moves.paths(fault)[:3]
        return [operation for operation in self.contract.operations if operation.path in paths]

    def _listed(self, operation: Operation) -> list[tuple[Case, Any]]:
        """Return the cases of an operation, each with what the document as it is says of it."""
        if operation.id not in self._cases:
            cases = [*self._requests(operation), *self._responses(operation)]
            self._cases[operation.id] = [(case, _verdict(self.contract, case)) for case in cases]
        return self._cases[operation.id]

    def _requests(self, operation: Operation) -> Iterator[Case]:
        for case in (*boundary_cases(self.contract, operation.id), *invalid_cases(self.contract, operation.id)):
            yield operation, case.request(), None, None
            if case.twist is None:
                yield operation, None, None, case.instances
        for case in argument_cases(self.contract, operation):
            yield operation, None, None, case.instances

    def _responses(self, operation: Operation) -> Iterator[Case]:
        built = strategies_of(self.contract)
        for key, declared in operation.responses.items():
            status = int(key) if key.isdigit() else int(key[0]) * 100 + 18 if key[0].isdigit() else 599
            least = {header.name: "1" for header in declared.headers if header.required}
            fields = {header.name: "1" for header in declared.headers}
            yield operation, None, Response(status, Headers(fields), b""), None
            if not declared.content:
                yield operation, None, _answer(status, media_types.JSON, fields, {}), None
            for name, content in declared.content.items():
                values = [example for example in content.examples.values() if not isinstance(example, str)]
                if values:
                    yield operation, None, _answer(status, name, least, values[0]), None
                if content.schema is not None:
                    values += [boundary.value for boundary in built.boundaries.of(content.schema)]
                    for mutation in built.mutations.of(content.schema):
                        values += built.mutations.values(mutation, 8)
                for value in values[:_MOST]:
                    if value is not NOTHING:
                        yield operation, None, _answer(status, name, fields, value), None


def _answer(status: int, name: str, fields: dict[str, str], value: Any) -> Response:
    """Write an answer; a stream of one event where events are declared."""
    text = json.dumps(value, ensure_ascii=False).encode()
    if name == media_types.NDJSON:
        text += b"\n"
    elif name == "text/event-stream":
        text = b"data: " + text + b"\n\n"
    return Response(status, Headers({**fields, "content-type": name}), text)


def _verdict(contract: Contract, case: Case) -> list[tuple[str, str]]:
    operation, request, response, arguments = case
    if request is not None:
        found = contract.check_request(request)
    elif arguments is not None:
        found = contract.check_arguments(contract.operation(operation.id), arguments)
    else:
        found = contract.check_response(response or Response(200), operation=operation.id)
    return [(violation.where, violation.rule) for violation in found]


def run(arguments: Sequence[str], stdout: TextIO) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.constraints", description="Is each constraint held?")
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", default="2026")
    options = parser.parse_args(arguments)
    started, missed, total = time.monotonic(), Counter[str](), 0
    newest = Contract(Contract.load().document)  # without what it knows of other days
    for name, contract in (("2025-08", contract_2025_08()), ("newest", newest)):
        judge = Judge(contract)
        for fault in judge.drawn(options.number // 2, options.seed):
            total += 1
            if not judge.notices(fault):
                missed[fault.kind] += 1
                print(f"not noticed: {name}: {fault.label.removeprefix('document: ')}: {fault.change}", file=stdout)
                stdout.flush()
    caught = total - missed.total()
    print(f"{caught} of {total} constraints are noticed ({caught / total:.1%}), in {time.monotonic() - started:.0f} s")
    print(f"not noticed, by kind: {dict(missed.most_common())}", file=stdout)
    return CAUGHT if caught >= GATE * total else SURVIVED


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], sys.stdout))
