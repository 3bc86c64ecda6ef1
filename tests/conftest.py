"""Shared fixtures, and the profiles of Hypothesis.

`HYPOTHESIS_PROFILE` selects one: `ci`, the default, tries the same examples every time; `dev` tries different ones
every time; `nightly` tries many, and stores failures in `.hypothesis/nightly`, which are tried first the next time.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.support.deep import DEEP
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract

pytest_plugins = [
    "pytester",  # runs pytest within a test: the plugin is tested on other projects
    "tests.laws.trials",  # counts the trials of the laws
]

# Variables for the terminal and the pytest of this run, which programs started by tests must not see.
OF_THE_RUNNER = (
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "NO_COLOR",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "PYTHONDONTWRITEBYTECODE",
    "TTY_COMPATIBLE",
)

# Most of what is made while tests are collected and run lives long: looking for cycles in it more often finds nothing.
gc.set_threshold(100_000, 50, 50)

# Without it, each process started by a test, and each worker, compiles every module again: half of the time.
sys.dont_write_bytecode = False

SHARING = tuple(f"tests/{name}/" for name in ("checks", "coverage", "laws", "strategies", "values"))
"""Tests that take the same lists of requests, which take seconds to make: of two workers, one makes them."""

EXAMPLES = Path(__file__).parents[1] / ".hypothesis" / "nightly"

# How long something takes is a matter of the machine: nothing fails for it.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", patient, derandomize=True, database=None, max_examples=60, print_blob=False)
settings.register_profile("dev", patient, max_examples=100, print_blob=True)
settings.register_profile(
    "nightly", patient, database=DirectoryBasedExampleDatabase(EXAMPLES), max_examples=300, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

if (settings.default or settings()).derandomize:
    # Hypothesis also draws constants of the modules that are loaded. Which are depends on the tests that came before,
    # and which of them are "local" on the path of the checkout; with none, every run tries the same examples.
    NO_CONSTANTS = Constants()
    providers._get_local_constants = lambda: NO_CONSTANTS


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip tests marked `deep`, except in `make test-deep`: they take long, and a quicker test covers the same.

    Tests that share what takes long to make come first.
    """
    if not DEEP:
        left = [item for item in items if item.get_closest_marker("deep")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: not item.nodeid.startswith(SHARING))


def pytest_collection_finish() -> None:
    """Exclude modules, documents and thousands of tests, which live to the end, from garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Return the contract that most tests use."""
    return contract_2025_08()


@pytest.fixture(scope="session", autouse=True)
def plain_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove settings of the environment that would affect the tests."""
    one = tmp_path_factory.mktemp("certificates") / "one.pem"
    first, end, _ = Path(certifi.where()).read_text(encoding="utf-8").partition("-----END CERTIFICATE-----\n")
    one.write_text(first + end, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        for name in OF_THE_RUNNER:
            environment.delenv(name, raising=False)
        environment.setenv("SSL_CERT_FILE", str(one))
        yield
