"""Floor 5: results as JUnit XML, as CI servers read it: a suite for each file, a case for each payload or exchange.

The counts stand before the cases, so the cases wait in a temporary file, which stays in memory while it is small.
"""

from __future__ import annotations

import html
import shutil
import tempfile
from typing import IO, TextIO

from apicontract.cli.outcomes import Checked, Outcome, Tally, Unreadable, Unrelated
from apicontract.cli.terminal import safe

_IN_MEMORY = 4 * 1024 * 1024


class JUnit:
    """Writes test suites."""

    def __init__(self, stream: TextIO, name: str) -> None:
        """Take the stream that is written to, and the name of the suites."""
        self._stream = stream
        self._cases: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - `end` closes it
            _IN_MEMORY, "w+", encoding="ascii", newline="\n"
        )
        self._source: str | None = None
        self._counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
        stream.write(f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="{name}">\n')

    def add(self, outcome: Outcome) -> None:
        """Write a case."""
        if outcome.source != self._source:
            self._end_suite()
            self._source = outcome.source
        self._counts["tests"] += 1
        match outcome:
            case Checked():
                inner = ""
                for finding in outcome.findings:
                    violation = finding.violation
                    side = "" if finding.side == "payload" else f"{finding.side}: "
                    line = "" if finding.line is None else f":{finding.line}"
                    title = f"{side}{violation.where}: {violation.message}"
                    text = f"{finding.source}{line}: {side}{violation}"
                    inner += f"<failure {_attributes(message=title, type=violation.rule)}>{_escaped(text)}</failure>"
                self._counts["failures"] += bool(inner)
                self._case(outcome.label, outcome.line, inner)
            case Unrelated():
                self._counts["skipped"] += 1
                self._case(outcome.label, outcome.line, f"<skipped {_attributes(message=outcome.reason)}/>")
            case Unreadable():
                self._counts["errors"] += 1
                self._case("file", None, f"<error {_attributes(message=outcome.reason, type='unreadable')}/>")

    def end(self, tally: Tally) -> None:
        """Write the last suite, and the count of all for people."""
        self._end_suite()
        self._stream.write(f"  <!-- {tally} -->\n</testsuites>\n")
        self._cases.close()

    def _case(self, label: str, line: int | None, inner: str) -> None:
        place = {} if line is None else {"line": str(line)}
        source = self._source or ""
        given = _attributes(classname=source, name=label, file=source, **place)
        self._cases.write(f"    <testcase {given}>{inner}</testcase>\n" if inner else f"    <testcase {given}/>\n")

    def _end_suite(self) -> None:
        if self._source is None:
            return
        counts = {name: str(count) for name, count in self._counts.items()}
        self._stream.write(f"  <testsuite {_attributes(name=self._source, **counts)}>\n")
        self._cases.seek(0)
        shutil.copyfileobj(self._cases, self._stream)
        self._cases.seek(0)
        self._cases.truncate()
        self._counts = dict.fromkeys(self._counts, 0)
        self._stream.write("  </testsuite>\n")


def _attributes(**values: str) -> str:
    return " ".join(f'{name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(value: str) -> str:
    """Escape text for XML, which has no control characters; others than ASCII mean the same in every encoding."""
    return html.escape(safe(value)).encode("ascii", "xmlcharrefreplace").decode()
