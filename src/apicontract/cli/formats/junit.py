"""Write results as JUnit XML, as CI servers read it: a suite for each file, a case for each payload or exchange.

The counts come before the cases, so the cases are stored in a temporary file, which stays in memory while it is small.
"""

from __future__ import annotations

import shutil
from typing import IO

from apicontract import junit as xml
from apicontract.cli.formats.protocol import Output
from apicontract.cli.outcomes import Checked, Conforming, Outcome, Tally, Unreadable, Unrelated
from apicontract.openapi.violation import printable

_IN_MEMORY = 4 * 1024 * 1024


class JUnit:
    """Writes test suites."""

    def __init__(self, output: Output) -> None:
        """Start without output; the suites are named after the product."""
        import tempfile  # noqa: PLC0415 - slow to import, for one format

        self._stream = output.stream
        self._cases: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - `end` closes it
            _IN_MEMORY, "w+", encoding="ascii", newline="\n"
        )
        self._source: str | None = None
        self._counts = dict.fromkeys(xml.COUNTS, 0)
        of = f": {printable(output.contract.title)}" if output.contract.edition else ""
        self._head = f"{xml.HEAD}{xml.start('testsuites', name=f'{output.product.name}{of}')}\n"

    def add(self, outcome: Outcome) -> None:
        """Write a case."""
        if outcome.source != self._source:
            self._end_suite()
            self._source = outcome.source
        self._counts["tests"] += len(outcome.lines) if isinstance(outcome, Conforming) else 1
        match outcome:
            case Conforming():
                for number in outcome.lines:
                    self._case(outcome.label(number), number if outcome.unit == "line" else None, "")
            case Checked():
                inner = ""
                for finding in outcome.findings:
                    violation = finding.violation
                    side = "" if finding.side == "payload" else f"{finding.side}: "
                    line = "" if finding.line is None else f":{finding.line}"
                    title = f"{side}{violation.where}: {violation.message}"
                    text = f"{finding.source}{line}: {side}{violation}"
                    inner += _element("failure", text, message=title, type=violation.rule)
                self._counts["failures"] += bool(inner)
                self._case(outcome.label, outcome.line, inner)
            case Unrelated():
                self._counts["skipped"] += 1
                self._case(outcome.label, outcome.line, _element("skipped", message=outcome.reason))
            case Unreadable():
                self._counts["errors"] += 1
                self._case(outcome.label, outcome.line, _element("error", message=outcome.reason, type="unreadable"))

    def end(self, tally: Tally) -> None:
        """Write the last suite, and the summary as a comment."""
        self._end_suite()
        self._stream.write(f"{self._head}  <!-- {tally} -->\n</testsuites>\n")
        self._cases.close()

    def _case(self, label: str, line: int | None, inner: str) -> None:
        place = {} if line is None else {"line": str(line)}
        source = self._source or ""
        given = {"classname": source, "name": label, "file": source, **place}
        self._cases.write(f"    {xml.element('testcase', inner, **_safe(given))}\n")

    def _end_suite(self) -> None:
        if self._source is None:
            return
        self._stream.write(f"{self._head}  {xml.start('testsuite', name=printable(self._source), **self._counts)}\n")
        self._head = ""
        self._cases.seek(0)
        shutil.copyfileobj(self._cases, self._stream)
        self._cases.seek(0)
        self._cases.truncate()
        self._counts = dict.fromkeys(self._counts, 0)
        self._stream.write("  </testsuite>\n")


def _element(tag: str, content: str = "", /, **attributes: str) -> str:
    return xml.element(tag, xml.text(printable(content)), **_safe(attributes))


def _safe(attributes: dict[str, str]) -> dict[str, str]:
    return {name: printable(value) for name, value in attributes.items()}
