"""Count which parts of a contract a test run exercised."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

from apicontract.checks import adapters
from apicontract.checks.adapters import AnyRequest, AnyResponse
from apicontract.checks.contract import Contract
from apicontract.checks.exchange import Verdict, judge
from apicontract.checks.response import Answer
from apicontract.coverage.cells import Cell, Found, Hit, Origin, Summary, figures
from apicontract.coverage.operation_cells import OperationCells
from apicontract.openapi import strict_json
from apicontract.openapi.operation import Operation
from apicontract.openapi.routing import Match
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Exchange

FORMAT = "apicontract coverage 1"
"""The name of the JSON form; another number is another form."""


_WRITTEN = ("operation", "side", "where", "rule", "message")
_INDEX = re.compile(r"\[\d+\]")


class CoverageInvalid(ValueError):
    """Coverage that cannot be read or merged: the reason, and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a document."""

    title: str
    version: str
    sha256: str
    """The digest of the document as JSON, so that a change without a new version is noticed."""
    edition: str = ""
    """The day of its edition; empty for a document without editions."""

    @property
    def name(self) -> str:
        """Title and version, and the day of the edition."""
        return f"{self.title} {self.version}".rstrip() + (f" as of {self.edition}" if self.edition else "")

    def __str__(self) -> str:
        return f"{self.name} (sha256 {self.sha256[:12]})"


class Coverage:
    """The coverage of a contract: every cell in document order, and how often it was exercised.

    A value counts if a conforming request has it, and response cells count if the response conforms. A request that
    does not conform only counts for the invalid values that it tries, and is kept as a finding. Which cells exist
    depends only on the document and the scope.
    """

    def __init__(self, contract: Contract, only: Collection[str] = ()) -> None:
        """Start with nothing exercised; `only` are patterns of the operations to count, such as `search.*`.

        Raises `ValueError` for a pattern that matches no operation.
        """
        self.contract = contract
        self.document = identity(contract)
        document, validators = contract.document, contract.validators
        self._webhooks, operations = _scope(contract, only)
        self._operations = {o.id: OperationCells(document, validators, o) for o in operations}
        self._found: dict[tuple[str, ...], Found] = {}
        self._hits: dict[Cell, Hit] = {cell: Hit() for found in self._operations.values() for cell in found.cells}
        self._later: dict[str, list[OperationCells]] = {}
        for found in self._operations.values():
            pagination = found.operation.pagination
            if pagination is not None and pagination.operation is not None:
                self._later.setdefault(pagination.operation, []).append(found)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations in scope, in document order, and the webhooks that had an event."""
        return tuple(found.operation for found in self._operations.values())

    def exchange(
        self,
        request: AnyRequest,
        response: AnyResponse | None = None,
        *,
        origin: Origin | None = None,
        complete: bool = True,
        unseen: Collection[str] = (),
        known: Callable[[Violation], bool] | None = None,
    ) -> bool:
        """Count an exchange; return whether it belongs to an operation at all, or is an event of a webhook.

        `response` is `None` if there was none, `complete` says whether its body was read to the end, and `unseen` names
        those of `request` and `response` whose body is unknown. `known` accepts violations that do not count against a
        request, like an allow list.
        """
        answer = None if response is None else adapters.response(response)
        exchange = Exchange(adapters.request(request), answer, complete, False, frozenset(unseen), "")
        return self.count(exchange, judge(self.contract, exchange), origin=origin, known=known)

    def count(
        self,
        exchange: Exchange,
        verdict: Verdict,
        *,
        origin: Origin | None = None,
        known: Callable[[Violation], bool] | None = None,
    ) -> bool:
        """Count an exchange that was checked, as `exchange` does.

        Raises `DocumentInvalid` if it could not be checked.
        """
        if verdict.unusable is not None:
            raise verdict.unusable
        admits = known or _nothing
        if verdict.reading is None:
            return self._event(exchange, origin, admits)
        reading, answer = verdict.reading, verdict.answer
        found = self._operations.get(reading.operation.id)
        if found is None:
            return True  # out of scope
        for side, violations in (("request", verdict.request), ("response", verdict.response)):
            for violation in itertools.filterfalse(admits, violations):
                self._add(_finding(found.operation.id, side, violation, Hit(1, origin)))
        conforms = all(map(admits, verdict.request))
        cells = {found.called} if conforms else set()
        has_body = "request" in exchange.unseen or bool(exchange.request.body)
        cells.update(cell for cell in found.request(reading, has_body=has_body) if cell.refusal is not conforms)
        if verdict.seen is not None and answer is not None:
            conforms = all(map(admits, verdict.response))
            whole = exchange.complete and "response" not in exchange.unseen
            shown = found.response(verdict.seen.status, answer, reading, complete=whole)
            shown = itertools.chain(shown, self._later_pages(found.operation.id, verdict.seen.status, answer))
            cells.update(cell for cell in shown if cell.refusal is not conforms)
        for cell in cells:
            self._hits[cell] = self._hits[cell].plus(Hit(1, origin))
        return True

    def _event(self, exchange: Exchange, origin: Origin | None, admits: Callable[[Violation], bool]) -> bool:
        """Count an event that was sent to a webhook, without checking its signature."""
        webhook = self.contract.find_webhook(exchange.request)
        if not isinstance(webhook, Operation):
            return False
        found = self._of_webhook(webhook.id)
        if found is None:
            return True  # out of scope
        violations = self.contract.check_webhook(exchange.request, secret=None, event=webhook.path)
        for violation in itertools.filterfalse(admits, violations):
            self._add(_finding(webhook.id, "request", violation, Hit(1, origin)))
        conforms = all(map(admits, violations))
        reading = self.contract.read_routed(Match(webhook, {}, ""), exchange.request)
        cells = {found.called} if conforms else set()
        cells.update(cell for cell in found.request(reading, has_body=True) if cell.refusal is not conforms)
        for cell in cells:
            self._hits[cell] = self._hits[cell].plus(Hit(1, origin))
        return True

    def _of_webhook(self, name: str) -> OperationCells | None:
        """Return the cells of a webhook, which are counted after its first event: most runs receive none."""
        if name not in self._operations and name in self._webhooks:
            found = OperationCells(self.contract.document, self.contract.validators, self._webhooks[name])
            self._operations[name] = found
            self._hits.update((cell, Hit()) for cell in found.cells)
            last = [webhook for webhook in self._webhooks if webhook in self._operations]
            self._operations.update({webhook: self._operations.pop(webhook) for webhook in last})  # in document order
        return self._operations.get(name)

    def _add(self, finding: Found) -> None:
        earlier = self._found.get(finding.key)
        self._found[finding.key] = finding if earlier is None else earlier.plus(finding)

    def findings(self, operation: str | None = None) -> list[Found]:
        """Return the violations in the exchanges of all operations, or of one, in document order."""
        order = {one.id: position for position, one in enumerate(self.operations)}
        found = [one for one in self._found.values() if operation in (None, one.operation)]
        return sorted(found, key=lambda one: (order[one.operation], *one.key))

    def _later_pages(self, operation: str, status: int, answer: Answer) -> Iterator[Cell]:
        for found in self._later.get(operation, ()):
            if found.operation.pagination is not None:
                yield from found.later_page(found.operation.pagination, status, answer)

    def cells(self, operation: str | None = None) -> Iterator[tuple[Cell, Hit]]:
        """Yield every cell, or those of one operation, in document order, with how often it was exercised."""
        operations = self._operations.values() if operation is None else [self._operations[operation]]
        return ((cell, self._hits[cell]) for found in operations for cell in found.cells)

    def summary(self, operation: str | None = None) -> Summary:
        """Return the figures of all operations, or of one."""
        return figures(self.cells(operation))

    def merge(self, other: Coverage) -> None:
        """Add the coverage of another run in this scope; raise `CoverageInvalid` if the documents differ."""
        if other.document != self.document:
            raise CoverageInvalid(
                f"coverage of {other.document} cannot be added to that of {self.document}: "
                "the documents differ; run both with the same one"
            )
        for name in other._operations.keys() & self._webhooks.keys():
            self._of_webhook(name)
        for cell, hit in other._hits.items():
            if cell in self._hits:
                self._hits[cell] = self._hits[cell].plus(hit)
        for finding in other.findings():
            if finding.operation in self._operations:
                self._add(finding)

    # The JSON form

    def to_json(self) -> str:
        """Return everything as JSON: the same coverage gives the same bytes."""
        findings = self.findings()
        hits = (*self._hits.values(), *(finding.hit for finding in findings))
        origins = sorted({hit.first for hit in hits if hit.first is not None})
        index = {origin: number for number, origin in enumerate(origins)}
        written = {
            "format": FORMAT,
            "document": {name: held for name, held in asdict(self.document).items() if held or name != "edition"},
            "summary": {
                name: {"covered": figure["covered"], "total": figure["total"]}
                for name, figure in asdict(self.summary()).items()
            },
            "tests": [origin._asdict() for origin in origins],
            "findings": [_written_finding(finding, index) for finding in findings],
            "operations": [
                {
                    "id": found.operation.id,
                    "method": found.operation.method,
                    "path": found.operation.path,
                    "cells": [self._written(cell, index) for cell in found.cells],
                }
                for found in self._operations.values()
            ],
        }
        return json.dumps(written, indent=1, ensure_ascii=False) + "\n"

    def _written(self, cell: Cell, index: Mapping[Origin, int]) -> dict[str, Any]:
        hit = self._hits[cell]
        return {
            "place": cell.place,
            "case": cell.case,
            "kind": cell.kind,
            "refusal": cell.refusal,
            "count": hit.count,
            "test": None if hit.first is None else index[hit.first],
        }

    @classmethod
    def from_json(cls, contract: Contract, text: str | bytes, only: Collection[str] = ()) -> Coverage:
        """Parse the JSON form; raise `CoverageInvalid` for an invalid one, or one of another document.

        `only` is the scope of the result, whatever the scope was when it was written.
        """
        try:
            written = strict_json.load(text)
        except ValueError as error:
            raise CoverageInvalid(f"this is invalid JSON: {error}") from None
        if not isinstance(written, dict) or written.get("format") != FORMAT:
            given = written.get("format") if isinstance(written, dict) else None
            raise CoverageInvalid(f"`format` is {given!r}, not {FORMAT!r}; write it again with this version")
        found = cls(contract, only)
        try:
            found._read(written)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            if isinstance(error, CoverageInvalid):
                raise
            message = f"this is not a complete coverage report: {type(error).__name__} {error}; write it again"
            raise CoverageInvalid(message) from None
        return found

    def _read(self, written: Mapping[str, Any]) -> None:
        document = Identity(**{name: str(value) for name, value in written["document"].items()})
        if document != self.document:
            raise CoverageInvalid(
                f"this is coverage of {document}, and the contract is {self.document}; read it with the same document"
            )
        origins = [Origin(int(row["position"]), str(row["test"])) for row in written["tests"]]
        for operation in written["operations"]:
            self._of_webhook(operation["id"])
        known = {cell.key: cell for cell in self._hits}
        every = (*self.contract.operations, *self.contract.document.webhooks.values())
        beyond = {one.id for one in every} - self._operations.keys()
        for row in written["findings"]:
            hit = Hit(int(row["count"]), None if row["test"] is None else origins[row["test"]])
            finding = Found(**{name: str(row[name]) for name in _WRITTEN}, hit=hit)
            if finding.operation in self._operations:
                self._add(finding)
        for operation in written["operations"]:
            if operation["id"] in beyond:
                continue
            for row in operation["cells"]:
                key = operation["id"], row["place"], row["case"]
                if key not in known:
                    raise CoverageInvalid(f"there is no cell {' · '.join(key)}; it was written by another version")
                if row["count"]:
                    first = None if row["test"] is None else origins[row["test"]]
                    self._hits[known[key]] = Hit(int(row["count"]), first)


def _scope(contract: Contract, only: Collection[str]) -> tuple[dict[str, Operation], list[Operation]]:
    """Return the webhooks and the operations that match patterns; all of them if there are no patterns.

    Raises `ValueError` for a pattern that matches none.
    """
    webhooks = list(contract.document.webhooks.values())
    for pattern in only:
        if not any(fnmatchcase(one.id, pattern) for one in (*contract.operations, *webhooks)):
            raise ValueError(f"no operation is called {pattern!r}; `operations` lists all")

    def counts(one: Operation) -> bool:
        return not only or any(fnmatchcase(one.id, pattern) for pattern in only)

    return {one.id: one for one in filter(counts, webhooks)}, list(filter(counts, contract.operations))


def _finding(operation: str, side: str, violation: Violation, hit: Hit) -> Found:
    return Found(operation, side, _INDEX.sub("[]", violation.where), violation.rule, violation.message, hit)


def _written_finding(finding: Found, index: Mapping[Origin, int]) -> dict[str, Any]:
    hit = finding.hit
    named = {name: getattr(finding, name) for name in _WRITTEN}
    return {**named, "count": hit.count, "test": None if hit.first is None else index[hit.first]}


def _nothing(_: Violation) -> bool:
    return False


def identity(contract: Contract) -> Identity:
    """Return the identity of the document that a contract was loaded from."""
    raw = contract.document.raw
    info = raw.get("info") if isinstance(raw.get("info"), Mapping) else {}
    written = json.dumps(raw, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "surrogatepass")
    info = info or {}
    return Identity(
        str(info.get("title", "")),
        str(info.get("version", "")),
        hashlib.sha256(written).hexdigest(),
        contract.edition.day if contract.edition else "",
    )
