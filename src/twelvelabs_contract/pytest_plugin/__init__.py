"""Floor 5: the pytest plugin; what stands here is all that a test run pays for a plugin that it does not use.

    pytest --contract                       # or `contract = true` in the ini file, or @pytest.mark.contract on a test

Every httpx exchange of a test with the API's base URL is then checked against the contract, and no test is edited:
`_watch` says how. The fixture `twelvelabs_mock` is a mock that knows the contract (`_mock`); `--contract-report=FILE`
writes what of the contract a run has exercised (`_coverage`).

Until one of these is asked for, nothing is imported (no HTTP client, no contract) and nothing is patched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from twelvelabs_contract.pytest_plugin._mock import TwelveLabsMock

MARKER = (
    "contract(enabled=True, *, ignore=()): check what this test sends to the API, and what its mocks answer, against "
    "the contract; contract(False) does not; ignore=['OPERATION WHERE RULE', …] lets known violations pass, * is any."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of the command line and of the ini file."""
    group = parser.getgroup("twelvelabs-contract", "the TwelveLabs contract")
    group.addoption(
        "--contract", action="store_true", help="fail a test whose httpx exchanges with the API break the contract"
    )
    group.addoption("--contract-spec", metavar="FILE", help="another OpenAPI 3.1 document instead of the bundled one")
    group.addoption(
        "--contract-base-url",
        metavar="URL",
        action="append",
        help="a host that stands for the API, such as a proxy or a local stand-in; may be repeated",
    )
    group.addoption(
        "--contract-report",
        metavar="FILE",
        action="append",
        help="write which parts of the contract the run exercised: .html, .json, .xml (JUnit) or - for the terminal",
    )
    group.addoption(
        "--contract-fail-under", metavar="PERCENT", type=float, help="fail if less of the contract was exercised"
    )
    parser.addini("contract", "as --contract", type="bool", default=False)
    parser.addini("contract_spec", "as --contract-spec", default="")
    parser.addini("contract_base_url", "as --contract-base-url, one a line", type="linelist")
    parser.addini("contract_ignore", "known violations, one a line: OPERATION WHERE RULE; * is any", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, and begin to watch if the whole run is to be watched."""
    config.addinivalue_line("markers", MARKER)
    option = config.option
    wants_coverage = bool(option.contract_report) or option.contract_fail_under is not None
    if option.contract or config.getini("contract") or wants_coverage:
        from twelvelabs_contract.pytest_plugin import _session  # noqa: PLC0415 - only what is asked for is loaded

        watch = _session.begin(config)
        if wants_coverage:
            from twelvelabs_contract.pytest_plugin import _coverage  # noqa: PLC0415 - as above

            config.pluginmanager.register(_coverage.CoveragePlugin(config, watch), "twelvelabs_contract_coverage")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin to watch if a test bears the marker; one with other arguments is another plugin's, of the same name."""
    if any(_is_ours(marker) for item in items for marker in item.iter_markers("contract")):
        from twelvelabs_contract.pytest_plugin import _session  # noqa: PLC0415 - only what is asked for is loaded

        _session.begin(config)


def _is_ours(marker: pytest.Mark) -> bool:
    return all(isinstance(value, bool) for value in marker.args) and marker.kwargs.keys() <= {"enabled", "ignore"}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a worker of xdist has to tell; it can have begun to watch by a marker that only workers collect."""
    told = getattr(node, "workeroutput", {}).get("twelvelabs_contract")
    if told is not None:
        from twelvelabs_contract.pytest_plugin import _session  # noqa: PLC0415 - only what is asked for is loaded

        _session.worker_told(node.config, told)


@pytest.fixture
def twelvelabs_mock(request: pytest.FixtureRequest) -> Iterator[TwelveLabsMock]:
    """Mock the API for httpx: every operation answers as the contract has it, and checks what it receives."""
    from twelvelabs_contract.pytest_plugin import _mock  # noqa: PLC0415 - only what is asked for is loaded

    yield from _mock.twelvelabs_mock(request)
