"""Write results for people: a block for each violation, then a summary line.

Blocks are written at the end, so that they do not mix with a progress bar on the same terminal; that is why their
number is limited. The summary counts all.
"""

from __future__ import annotations

from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Group, Groups, Outcome, Tally, Unreadable, Unrelated, number
from apicontract.cli.terminal import Styled
from apicontract.openapi.violation import printable
from apicontract.traffic.findings import Finding

SHOWN = 200
"""The maximum number of violations, and of other hosts, that are written in full."""


class Text:
    """Writes blocks of text."""

    def __init__(self, output: Output) -> None:
        """Take the stream to write to; nothing is written yet."""
        self._stream = output.stream
        self._of = f" ({printable(output.contract.title)})" if output.contract.edition else ""
        self._blocks: list[Styled] = []
        self._others = Groups()

    def add(self, outcome: Outcome) -> None:
        """Store what will be written."""
        match outcome:
            case Checked():
                room = SHOWN - len(self._blocks)
                self._blocks += map(_block, outcome.findings[:room])
            case Unrelated():
                self._others.add(outcome)
            case Unreadable():
                pass  # reported on standard error

    def end(self, tally: Tally) -> None:
        """Write everything, the summary last."""
        for block in self._blocks:
            self._write(block)
        if hidden := tally.violations - len(self._blocks):
            note = f"… and {number(hidden, 'more violation')} not shown; --format json has all of them\n"
            self._write(Styled(note, "dim"))
        if groups := self._others.all():
            self._write(Styled("belongs to no operation, so it was not checked:", "bold"))
            for group in groups[:SHOWN]:
                self._write(_other(group))
            hidden = sum(group.size for group in groups[SHOWN:])
            self._write(Styled(f"  … and {number(hidden, 'more exchange')}\n" if hidden else ""))
        for reason, count in tally.unknown.most_common(SHOWN):
            self._write(Styled(f"not checked in {number(count, tally.unit)}: {printable(reason)}", "dim"))
        style = {0: "bold green", 1: "bold red"}.get(tally.status, "bold yellow")
        self._write(Styled(f"{tally}{self._of}", style))

    def _write(self, block: Styled) -> None:
        self._stream.write(block.written(self._stream))


def place(source: str, line: int | None) -> str:
    """Return a location in the form that editors and terminals recognise."""
    return printable(source if line is None else f"{source}:{line}")


def _block(finding: Finding) -> Styled:
    violation = finding.violation
    block = Styled()
    block.append(place(finding.source, finding.line), "bold")
    if violation.operation:
        block.append(f"  {printable(violation.operation)}", "cyan")
    block.append(f"  {violation.where}\n", "bold magenta")
    block.append(f"    {violation.message}\n", "red")
    if violation.excerpt is not None:
        block.append("    got   ", "dim").append(f"{violation.excerpt}\n", "yellow")
    block.append("    rule  ", "dim").append(f"{violation.rule}  #{printable(violation.pointer)}\n")
    if finding.side != "payload":  # whose location is sufficient
        block.append("    in    ", "dim").append(f"{finding.side} of {printable(finding.label)}\n")
    return block


def _other(group: Group) -> Styled:
    first = group.first
    block = Styled(f"  {place(first.source, first.line)}  {printable(group.title)}\n")
    return block.append(f"    {printable(first.reason)}", "dim")
