"""Write results as one JSON document, in ASCII, so that no locale and no control character can break it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Outcome, Tally, Unreadable, Unrelated
from apicontract.traffic.findings import Finding


class Json:
    """Writes an object with `findings` first, each on a line of its own, and the counts last."""

    def __init__(self, output: Output) -> None:
        """Take the stream to write to; nothing is written yet."""
        self._stream = output.stream
        self._contract = output.contract
        self._unrelated: list[dict[str, Any]] = []
        self._unreadable: list[dict[str, Any]] = []
        self._separator = '{"findings": ['

    def add(self, outcome: Outcome) -> None:
        """Write the findings, and store the rest."""
        match outcome:
            case Checked():
                for finding in outcome.findings:
                    self._stream.write(f"{self._separator}\n{_written(_flat(finding))}")
                    self._separator = ","
            case Unrelated():
                self._unrelated.append(asdict(outcome))
            case Unreadable():
                self._unreadable.append(asdict(outcome))

    def end(self, tally: Tally) -> None:
        """Write the counts."""
        counts = {field.name: getattr(tally, field.name) for field in fields(tally)}  # `asdict` breaks a Counter
        rest = {
            "unrelated": self._unrelated,
            "unreadable": self._unreadable,
            "summary": {**counts, "status": tally.status},
            "contract": identity(self._contract),
        }
        begun = self._separator if self._separator != "," else "\n"
        self._stream.write(f"{begun}],\n{_written(rest)[1:]}\n")


def _written(value: Any) -> str:
    """Return JSON in which a CI job finds no commands (`##[`)."""
    return json.dumps(value).replace("##[", r"#\u0023[")


def identity(contract: Contract) -> dict[str, Any]:
    """Return the name of the document of a contract, and its edition if it has any."""
    info = contract.document.raw.get("info")
    found: dict[str, Any] = (
        {k: str(info[k]) for k in ("title", "version") if k in info} if isinstance(info, dict) else {}
    )
    return found if contract.edition is None else {**found, "edition": asdict(contract.edition)}


def _flat(finding: Finding) -> dict[str, Any]:
    found = asdict(finding)
    return {**{key: found[key] for key in ("source", "line", "label", "side")}, **found["violation"]}
