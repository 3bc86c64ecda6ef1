"""Write results as workflow commands, which GitHub Actions shows beside the files of a change."""

from __future__ import annotations

from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Groups, Outcome, Tally, Unreadable, Unrelated, number
from apicontract.openapi.violation import printable

SHOWN = 200
"""The maximum number of commands: GitHub shows ten errors for each step, and the log is read by people."""


class GitHub:
    """Writes `::error` for a violation and for what cannot be read, `::notice` for what was not checked."""

    def __init__(self, output: Output) -> None:
        """Take the stream to write to; nothing is written yet."""
        self._stream = output.stream
        self._written = 0
        self._others = Groups()

    def add(self, outcome: Outcome) -> None:
        """Write the commands of one outcome."""
        match outcome:
            case Checked():
                for finding in outcome.findings:
                    place = "" if finding.side == "payload" else f" in the {finding.side} of {finding.label}"
                    text = f"{finding.violation}{place}"
                    self._command("error", finding.source, finding.line, finding.violation.where, text)
            case Unrelated():
                self._others.add(outcome)  # after the errors, which they must not displace
            case Unreadable():
                self._command("error", outcome.source, outcome.line, "cannot be read", outcome.message)

    def end(self, tally: Tally) -> None:
        """Write exchanges without an operation, and the summary as a line of the log."""
        for group in self._others.all():
            first = group.first
            self._command(
                "notice", first.source, first.line, "belongs to no operation", f"{group.title}: {first.reason}"
            )
        if hidden := max(self._written - SHOWN, 0):
            self._stream.write(f"{number(hidden, 'more result')} not shown; --format json has all of them\n")
        self._stream.write(f"{tally}\n")

    def _command(self, kind: str, source: str, line: int | None, title: str, text: str) -> None:
        self._written += 1
        if self._written > SHOWN:
            return
        place = f"file={_property(source)}" + ("" if line is None else f",line={line}")
        self._stream.write(f"::{kind} {place},title={_property(title)}::{_data(printable(text))}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
