"""An output format is one class outside of `src`."""

from __future__ import annotations

import inspect

import pytest

from apicontract.cli.formats import FORMATS, Output
from apicontract.cli.outcomes import Checked, Outcome, Tally
from tests.cli.conftest import Run


class Csv:
    """Writes a line for each violation: where, and which rule."""

    def __init__(self, output: Output) -> None:
        self.stream = output.stream

    def add(self, outcome: Outcome) -> None:
        if isinstance(outcome, Checked):
            for finding in outcome.findings:
                self.stream.write(f"{finding.source},{finding.violation.where},{finding.violation.rule}\n")

    def end(self, tally: Tally) -> None:
        self.stream.write(f"# {tally}\n")


def test_an_added_format_is_chosen_by_its_name(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(inspect.getsource(Csv).splitlines()) <= 40
    monkeypatch.setitem(FORMATS, "csv", Csv)
    done = cli("validate", "-", "--schema", "PageInfo", "--format", "csv", stdin=b'{"page": "1"}')
    assert done.out == "<stdin>,body.page,type\n# 1 payload checked, 1 violation in 1\n"
    assert "'csv' is not one of" not in done.err
