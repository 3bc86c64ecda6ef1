"""The contract of the TwelveLabs HTTP API, loaded from the generated package in the same distribution."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from typing import Self

from apicontract.checks import contract
from apicontract.checks.history import History
from apicontract.openapi import document
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.editions import EditionUnknown

PACKAGE = "twelvelabs_api"
"""The generated package that contains the bundled document."""


class Contract(contract.Contract):
    """The contract of the TwelveLabs HTTP API, or of any other document."""

    @classmethod
    def load(
        cls,
        path: str | Path | None = None,
        *,
        edition: str | None = None,
        base_url: str | None = None,
        formats: bool = True,
    ) -> Self:
        """Load the bundled document, or any OpenAPI file (3.0 to 3.2, YAML or JSON), with the files in its folder.

        `edition` is a day (`YYYY-MM-DD`), the name of an edition or release (`2025-08`, `sdk-1.2.0`), or `None` for the
        newest. `formats=False` does not assert any `format`. Raises `FileNotFoundError`, `EditionUnknown`, which lists
        the known editions, or `DocumentInvalid`, with the problem and its pointer.
        """
        if path is not None:
            return super().load(path, edition=edition, base_url=base_url, formats=formats)
        marked = bundled("editions.json")
        if edition is None:  # it is bundled, so nothing has to be projected
            history = History(lambda: json.loads(marked.read_bytes()), formats=formats) if marked.is_file() else None
            return cls(document.load(bundled()), base_url=base_url, history=history, formats=formats)
        if not marked.is_file():
            raise EditionUnknown(f"there is no edition {edition!r}: the bundled document has no editions")
        return super().load(marked, edition=edition, base_url=base_url, formats=formats)


def given_or_bundled(given: contract.Contract | None, edition: str | None) -> contract.Contract:
    """Return the contract that was given, or the bundled one of an edition; raise `TypeError` for both."""
    if given is None:
        return _shared(bundled(), edition)
    if edition is not None:
        raise TypeError("contract= and edition= were both given; load the contract at its edition")
    return given


@lru_cache(maxsize=4)
def _shared(_: Path, edition: str | None) -> Contract:
    """Load a bundled document once, because loading it takes longer than most uses of a mock or guard."""
    return Contract.load(edition=edition)


def bundled(name: str = "openapi.json") -> Path:
    """Return the path of a file in the generated package, without importing the package.

    Raises `DocumentInvalid` if the package is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise DocumentInvalid(f"package {PACKAGE} is not installed; `make` generates it")
    return Path(found.submodule_search_locations[0], name)
