"""The pytest plugin. Only this module is imported by a test run that does not use the plugin.

    pytest --contract                       # or `contract = true` in the ini file, or @pytest.mark.contract on a test

Every exchange of a test with the API is then checked against the contract, without changing any test: see `monitor`. A
fixture is a mock of the API (`mock_fixture`); `--contract-report=FILE` reports which parts of the contract a run has
exercised (`coverage`).

Unless one of these is used, nothing is imported (no HTTP client, no contract) and nothing is patched.
"""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.product import Product

__all__ = ["MARKER", "Hooks"]

MARKER = (
    "contract(enabled=True, *, ignore=()): check the exchanges of this test with the API, also mocked ones, against "
    "the contract; contract(False) does not; ignore=['OPERATION WHERE RULE', …] lets known violations pass, * is any."
)

_FOR_CHECKS = ("contract_spec", "contract_edition", "contract_base_url", "contract_unknown", "contract_baseline")
"""Options that say how to check, and not that something is checked."""


class Hooks:
    """The hooks of a product's plugin; the module that pytest loads exposes each as an attribute."""

    def __init__(self, product: Product) -> None:
        """Take the product."""
        self._product = product

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Declare the options of the command line and of the ini file."""
        group = parser.getgroup(self._product.name, f"the {self._product.title} contract")
        group.addoption(
            "--contract", action="store_true", help="fail a test whose HTTP exchanges with the API break the contract"
        )
        group.addoption("--contract-spec", metavar="FILE", help="another OpenAPI document instead of the bundled one")
        group.addoption(
            "--contract-edition",
            metavar="DAY",
            help="the API on another day (YYYY-MM-DD), or by the name of an edition or release; default: the newest",
        )
        group.addoption(
            "--contract-upgrade-to",
            metavar="DAY",
            help="show which exchanges of the run break up to a later edition, where, and what to use instead",
        )
        group.addoption(
            "--contract-base-url",
            metavar="URL",
            action="append",
            help="a host that stands for the API, such as a proxy or a local stand-in; may be repeated",
        )
        group.addoption(
            "--contract-unknown",
            choices=("fail", "warn", "ignore"),
            help="how to treat a request that matches no operation, which may be new; default: fail",
        )
        group.addoption(
            "--contract-require", action="store_true", help="fail a run in which no exchange with the API was checked"
        )
        group.addoption(
            "--contract-baseline", metavar="FILE", help="a file of known violations, which pass; all others fail"
        )
        group.addoption(
            "--contract-baseline-update", action="store_true", help="add current violations to the baseline, and pass"
        )
        group.addoption(
            "--contract-baseline-prune", action="store_true", help="remove fixed violations from the baseline"
        )
        group.addoption(
            "--contract-report",
            metavar="FILE",
            action="append",
            help="write which parts of the contract the run exercised: .html, .json, .xml (JUnit), or - (the terminal)",
        )
        group.addoption("--contract-fail-under", metavar="PERCENT", type=float, help="fail if the coverage is lower")
        group.addoption(
            "--contract-only",
            metavar="NAMES",
            action="append",
            help="the operations that count for these two options, such as 'search.*,tasks.*'; all are checked",
        )
        parser.addini("contract", "as --contract", type="bool", default=False)
        parser.addini("contract_formats", "whether `format` is asserted", type="bool", default=True)
        parser.addini("contract_spec", "as --contract-spec", default="")
        parser.addini("contract_edition", "as --contract-edition", default="")
        parser.addini("contract_unknown", "as --contract-unknown", default="fail")
        parser.addini("contract_require", "as --contract-require", type="bool", default=False)
        parser.addini("contract_baseline", "as --contract-baseline", default="")
        parser.addini("contract_base_url", "as --contract-base-url, one a line", type="linelist")
        parser.addini(
            "contract_ignore", "known violations, one a line: OPERATION WHERE RULE; * is any", type="linelist"
        )

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare the marker, and start to check if the whole run is to be checked."""
        config.addinivalue_line("markers", MARKER)
        option = config.option
        wants_coverage = bool(option.contract_report) or option.contract_fail_under is not None
        needs_exchanges = option.contract_require or option.contract_baseline_update or option.contract_baseline_prune
        if (
            option.contract
            or config.getini("contract")
            or wants_coverage
            or option.contract_upgrade_to
            or needs_exchanges
        ):
            from apicontract.pytest_plugin import session  # noqa: PLC0415 - only what is asked for is loaded

            monitor = session.begin(config, self._product)
            if wants_coverage:
                from apicontract.pytest_plugin import coverage  # noqa: PLC0415 - as above

                config.pluginmanager.register(coverage.CoveragePlugin(config, monitor), "apicontract_coverage")
            if option.contract_upgrade_to:
                from apicontract.pytest_plugin import upgrade  # noqa: PLC0415 - as above

                plugin = upgrade.UpgradePlugin(config, monitor)
                config.pluginmanager.register(plugin, "apicontract_upgrade")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Start to check if a test has the marker.

        One with other arguments belongs to another plugin with the same name.
        """
        if any(_is_ours(marker) for item in items for marker in item.iter_markers("contract")):
            from apicontract.pytest_plugin import session  # noqa: PLC0415 - only what is asked for is loaded

            session.begin(config, self._product)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the report of an xdist worker; only workers may have seen a marker."""
        report = getattr(node, "workeroutput", {}).get("apicontract")
        if report is not None:
            from apicontract.pytest_plugin import session  # noqa: PLC0415 - only what is asked for is loaded

            session.add_worker(node.config, self._product, report)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        """Warn of options of the command line that nothing used; what xdist workers used is not known here."""
        given = [f"--{name.replace('_', '-')}" for name in _FOR_CHECKS if getattr(config.option, name)]
        if not given or getattr(config.option, "numprocesses", None):
            return
        from apicontract.pytest_plugin import settings  # noqa: PLC0415 - only what is asked for is loaded

        if settings.PRODUCT not in config.stash:
            line = f"contract: nothing was checked, so {', '.join(given)} had no effect; add --contract"
            terminalreporter.write_line(line, yellow=True)


def _is_ours(marker: pytest.Mark) -> bool:
    return all(isinstance(value, bool) for value in marker.args) and marker.kwargs.keys() <= {"enabled", "ignore"}
