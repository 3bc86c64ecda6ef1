"""Results as workflow commands, which GitHub Actions shows beside the files of a change."""

from __future__ import annotations

from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Outcome, Tally, Unreadable, Unrelated, number
from apicontract.openapi.violation import printable

SHOWN = 200
"""The most commands that are written; GitHub shows ten errors a step, and the log is for people."""


class GitHub:
    """Writes `::error` for a violation and for a file that cannot be read, `::notice` for what was not checked."""

    def __init__(self, output: Output) -> None:
        """Begin with nothing written."""
        self._stream = output.stream
        self._written = 0

    def add(self, outcome: Outcome) -> None:
        """Write the commands of one outcome."""
        match outcome:
            case Checked():
                for finding in outcome.findings:
                    place = "" if finding.side == "payload" else f" in the {finding.side} of {finding.label}"
                    text = f"{finding.violation}{place}"
                    self._command("error", finding.source, finding.line, finding.violation.where, text)
            case Unrelated():
                text = f"{outcome.label}: {outcome.reason}"
                self._command("notice", outcome.source, outcome.line, "belongs to no operation", text)
            case Unreadable():
                self._command("error", outcome.source, None, "cannot be read", outcome.reason)

    def end(self, tally: Tally) -> None:
        """Write the count as a line of the log."""
        hidden = tally.violations + tally.unrelated + tally.unreadable - min(self._written, SHOWN)
        if hidden:
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
