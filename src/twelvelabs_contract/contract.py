"""The contract of the TwelveLabs HTTP API, loaded from the generated package that ships beside this one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Self

from apicontract.checks import contract
from apicontract.openapi.document import DocumentInvalid

PACKAGE = "twelvelabs_api"
"""The generated package that the bundled document is a file of."""


class Contract(contract.Contract):
    """The contract of the TwelveLabs HTTP API, or of any other document."""

    @classmethod
    def load(cls, path: str | Path | None = None, *, base_url: str | None = None) -> Self:
        """Load the bundled document, or any OpenAPI 3.1 file (one file, YAML or JSON).

        Raises `FileNotFoundError`, or `DocumentInvalid`, which says what is wrong and at which pointer.
        """
        return super().load(bundled() if path is None else path, base_url=base_url)


def bundled() -> Path:
    """Return the file of the bundled document; its package is found, not imported."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise DocumentInvalid(f"package {PACKAGE} is not installed; `make` generates it")
    return Path(found.submodule_search_locations[0], "openapi.json")
