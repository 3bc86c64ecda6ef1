"""What an engine is shipped as: the names that users see, and how the bundled document is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from apicontract.checks.contract import Contract


class Product(NamedTuple):
    """The one thing that the command line and the pytest plugin are given; all else they know is OpenAPI.

    A tuple, since a test run that has the plugin installed, but idle, pays for whatever is imported here.
    """

    name: str
    """Of the distribution and of the command."""
    title: str
    """Of the API, as in "the … contract"."""
    mock_fixture: str
    """The name of the pytest fixture that is a mock of the API."""
    load: Callable[..., Contract]
    """Loads a contract: `load(path=None, *, edition=None, base_url=None, formats=True)`, bundled without a path."""

    @property
    def version(self) -> str:
        """The version of the distribution; `0` where it runs without being installed."""
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to load

        try:
            return version(self.name)
        except PackageNotFoundError:
            return "0"
