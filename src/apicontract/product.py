"""The product that the engine is shipped as: the names that users see, and how the bundled document is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from apicontract.checks.contract import Contract


class Product(NamedTuple):
    """All that the command line and the pytest plugin know about the product.

    A tuple, because every test run with the plugin installed pays for what is imported here.
    """

    name: str
    """The name of the distribution and of the command."""
    title: str
    """The name of the API, as in "the … contract"."""
    mock_fixture: str
    """The name of the pytest fixture with a mock of the API."""
    load: Callable[..., Contract]
    """Loads a contract: `load(path=None, *, edition=None, base_url=None, formats=True)`; the bundled one without a
    path."""

    @property
    def version(self) -> str:
        """The version of the distribution; `0` if it is not installed."""
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to load

        try:
            return version(self.name)
        except PackageNotFoundError:
            return "0"
