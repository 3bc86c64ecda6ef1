"""Write results as SARIF 2.1.0 (OASIS), as code scanning services read it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from apicontract.cli.formats.json import identity
from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Outcome, Tally, Unreadable, Unrelated
from apicontract.openapi.violation import printable
from apicontract.traffic.findings import Finding

_OURS = {
    "undeclared": "The document declares no such operation, parameter, field or key.",
    "missing": "Something that is required is not there.",
    "encoding": "The bytes are not encoded as declared.",
    "media_type": "The document does not declare this media type.",
    "status": "The document does not declare this status.",
    "sequence": "The events of a stream come in another order.",
    "truncated": "A stream ends without its last event, or a response breaks off.",
    "unanswered": "The API did not respond.",
    "undelivered": "The receiver of a webhook did not accept an event, or responded with an undeclared status.",
    "removed": "The API accepted or sent it until a day before this edition.",
    "not_yet": "The API has accepted or sent it only since a day after this edition.",
}


class Sarif:
    """Writes one run; the results come first, as they are found."""

    def __init__(self, output: Output) -> None:
        """Start without output."""
        self._product = output.product
        self._contract = output.contract
        self._stream = output.stream
        self._rules: dict[str, None] = {}
        self._notifications: list[dict[str, Any]] = []
        schema = "https://json.schemastore.org/sarif-2.1.0.json"
        self._separator = f'{{"$schema": "{schema}", "version": "2.1.0", "runs": [{{"results": ['

    def add(self, outcome: Outcome) -> None:
        """Write the results, and store what could not be checked."""
        match outcome:
            case Checked():
                for finding in outcome.findings:
                    self._rules[finding.violation.rule] = None
                    self._stream.write(f"{self._separator}\n{json.dumps(_result(finding))}")
                    self._separator = ","
            case Unrelated():
                text = f"{printable(outcome.label)}: {printable(outcome.reason)}"
                self._notifications.append(_notification("note", text, _location(outcome.source, outcome.line)))
            case Unreadable():
                text = f"{printable(outcome.source)}: {printable(outcome.message)}"
                self._notifications.append(_notification("error", text, _location(outcome.source, outcome.line)))

    def end(self, tally: Tally) -> None:
        """Write the tool and the outcome of the run."""
        rules = [
            {"id": rule, "shortDescription": {"text": _OURS.get(rule, f"The keyword {rule} of JSON Schema.")}}
            for rule in sorted(self._rules)
        ]
        driver = {"name": self._product.name, "version": self._product.version, "rules": rules}
        invocation = {
            "executionSuccessful": tally.status != 2,
            "exitCode": tally.status,
            "toolExecutionNotifications": self._notifications,
        }
        rest: dict[str, Any] = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
        }
        if self._contract.edition is not None:
            rest["properties"] = {"contract": identity(self._contract)}
        begun = self._separator if self._separator != "," else ""
        self._stream.write(f"{begun}],\n{json.dumps(rest)[1:]}]}}\n")


def _result(finding: Finding) -> dict[str, Any]:
    violation = finding.violation
    got = "" if violation.excerpt is None else f", got {violation.excerpt}"
    place = f"{printable(violation.operation)}: {violation.where}" if violation.operation else violation.where
    location = _location(finding.source, finding.line)
    location["logicalLocations"] = [{"fullyQualifiedName": place}]
    return {
        "ruleId": violation.rule,
        "level": "error",
        "message": {"text": f"{place}: {violation.message}{got}"},
        "locations": [location],
        "properties": {
            "side": finding.side,
            "label": printable(finding.label),
            "where": violation.where,
            "pointer": violation.pointer,
        },
    }


def _location(source: str, line: int | None) -> dict[str, Any]:
    """Return a location; the path is a URI reference, and without a line the location is the whole file."""
    uri = quote(source.replace("\\", "/").encode(errors="surrogateescape"), safe="/~")
    region = {} if line is None else {"region": {"startLine": line}}
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, **region}}


def _notification(level: str, text: str, location: dict[str, Any]) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}, "locations": [location]}
