"""Run a consumer's tests with the plugin, in this process, and return the outcome of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest
import yaml  # noqa: F401 - a run in this process unloads what it loaded, and compiled modules do not survive that

from apicontract.openapi import strict_json

strict_json.load("{}")  # loads its compiled reader, for the same reason

PLUGINS = ("twelvelabs_contract.pytest_plugin", "pytest_httpx")
"""What a consumer's run loads. Nothing is loaded by entry point, so a run is the same whatever else is installed."""

HEAD = """
import httpx
import pytest

URL = "https://api.twelvelabs.io/v1.3"
ID = "6298d673f1090f1100476d4c"
KEY = "tlk_made_up_for_tests"
PAGE = {"data": [], "page_info": {"page": 1}}

def client(answer=PAGE, status=200, **options):
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=answer))
    return httpx.Client(transport=transport, base_url=URL, headers={"x-api-key": KEY}, **options)
"""
"""What every consumer's tests begin with, as its `helpers.py`."""


@dataclass
class Reported:
    """What a run says of one test."""

    outcomes: dict[str, str] = field(default_factory=dict)
    """By phase."""
    failure: str = ""
    beside: str = ""
    """The section that stands beside a failure of the test's own."""

    @property
    def outcome(self) -> str:
        """`passed`, or the first other outcome."""
        return next((outcome for outcome in self.outcomes.values() if outcome != "passed"), "passed")


@dataclass
class Run:
    """What came of a run."""

    code: int
    output: str
    tests: dict[str, Reported]
    """By the test's id without its file."""

    def one(self) -> Reported:
        """Return the only test."""
        (reported,) = self.tests.values()
        return reported

    def outcomes(self) -> dict[str, str]:
        """Return each test's outcome."""
        return {name: reported.outcome for name, reported in self.tests.items()}

    def summary(self) -> str:
        """Return the plugin's section at the end of the run."""
        found = re.search(
            r"=+ the TwelveLabs contract =+\n(.*?)\n(?:=|FAILED|ERROR|contract: checked|\d+ )", self.output, re.DOTALL
        )
        return found[1].strip() if found else ""


class Consumer:
    """A project that knows nothing of the contract."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin with an empty one."""
        self.pytester = pytester
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        pytester.makepyfile(helpers=HEAD)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.pytester.path / name
        path.write_text(dedent(text))
        return path

    def tests(self, text: str, name: str = "test_it.py") -> Path:
        """Write tests; line 1 imports the helpers."""
        return self.write(name, "from helpers import *\n" + dedent(text).lstrip("\n"))

    def run(self, *args: str, plugins: tuple[str, ...] = PLUGINS) -> Run:
        """Run the tests; warnings are errors."""
        given = [part for name in plugins for part in ("-p", name)]
        # This process has the plugin loaded, which pytest warns of: there are no assertions in it to be rewritten.
        warnings = ("-Werror", "-Wignore::pytest.PytestAssertRewriteWarning")
        result = self.pytester.runpytest_inprocess(*given, "-p", "no:cacheprovider", *warnings, *args)
        tests: dict[str, Reported] = {}
        recorder = getattr(result, "reprec", None)
        reports = recorder.getreports("pytest_runtest_logreport") if isinstance(recorder, pytest.HookRecorder) else []
        for report in reports:
            reported = tests.setdefault(report.nodeid.partition("::")[2], Reported())
            reported.outcomes[report.when] = (
                "xfailed" if hasattr(report, "wasxfail") and report.skipped else report.outcome
            )
            reported.failure += re.sub(r"\A\[gw\d+\] .*\n", "", report.longreprtext) if report.failed else ""
            reported.beside += "".join(text for title, text in report.sections if "contract" in title)
        return Run(int(result.ret), result.stdout.str() + result.stderr.str(), tests)
