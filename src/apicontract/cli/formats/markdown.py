"""Write results as Markdown, for a comment on a pull request: the summary, and a table of violations."""

from __future__ import annotations

import re

from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Groups, Outcome, Tally, Unreadable, Unrelated, number
from apicontract.openapi.violation import printable
from apicontract.traffic.findings import Finding

SHOWN = 50
"""The maximum number of rows; GitHub accepts 65,536 characters in a comment."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&-])")
_MARKS = {0: "\N{WHITE HEAVY CHECK MARK}", 1: "\N{CROSS MARK}"}


class Markdown:
    """Writes at the end, because the summary comes first."""

    def __init__(self, output: Output) -> None:
        """Take the stream to write to; nothing is written yet."""
        self._stream = output.stream
        self._title = output.contract.title
        self._findings: list[Finding] = []
        self._unreadable: list[Unreadable] = []
        self._others = Groups()

    def add(self, outcome: Outcome) -> None:
        """Store what will be written."""
        match outcome:
            case Checked():
                self._findings += outcome.findings[: SHOWN - len(self._findings)]
            case Unrelated():
                self._others.add(outcome)
            case Unreadable():
                self._unreadable.append(outcome)

    def end(self, tally: Tally) -> None:
        """Write everything."""
        parts = [[f"### {_MARKS.get(tally.status, chr(0x26A0))} {_text(self._title)}"], [f"{tally}."]]
        if self._findings:
            parts.append(["| place | operation | violation |", "| --- | --- | --- |", *map(_row, self._findings)])
        if hidden := tally.violations - len(self._findings):
            parts.append([f"{number(hidden, 'more violation')} not shown."])
        parts.append([_unread(one) for one in self._unreadable])
        if groups := self._others.all():
            parts.append(["<details><summary>Not checked, as they belong to no operation</summary>"])
            parts.append([f"- {_text(group.title)}: {_text(group.first.reason)}" for group in groups[:SHOWN]])
            parts.append([f"{number(len(groups) - SHOWN, 'more host')} not shown."] if len(groups) > SHOWN else [])
            parts.append(["</details>"])
        self._stream.write("\n\n".join("\n".join(part) for part in parts if part) + "\n")


def _unread(one: Unreadable) -> str:
    said = one.message if one.is_entry else f"cannot be read: {one.reason}"
    return f"- {_code(one.place)}{':' if one.is_entry else ''} {_text(said)}"


def _row(finding: Finding) -> str:
    violation = finding.violation
    place = finding.source if finding.line is None else f"{finding.source}:{finding.line}"
    got = f", got {_code(violation.excerpt)}" if violation.excerpt is not None else ""
    side = "" if finding.side == "payload" else f" ({finding.side})"
    cells = (
        _code(place),
        _code(violation.operation) if violation.operation else "",
        f"{_code(violation.where)}{side}: {_text(violation.message)}{got} ({_code(violation.rule)})",
    )
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", printable(text))


def _code(text: str) -> str:
    """Return a code span; bars, which would end the table cell, and backticks are escaped."""
    return f"`{printable(text).replace('`', chr(39)).replace('|', chr(92) + '|')}`"
