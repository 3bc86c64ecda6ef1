"""The values of the schemas of one document: valid values, boundaries, and invalid values."""

from __future__ import annotations

from functools import lru_cache

from apicontract.openapi.document import Document
from apicontract.values.alternatives import Alternatives, Pointed
from apicontract.values.boundaries import Boundaries
from apicontract.values.violating import Mutations

_DOCUMENTS = 16


class DocumentValues:
    """The values of one document; everything is computed on first use, and cached."""

    def __init__(self, document: Pointed) -> None:
        """Take the document."""
        self.alternatives = Alternatives(document)
        self.boundaries = Boundaries(self.alternatives)
        self.mutations = Mutations(self.alternatives, self.boundaries)


@lru_cache(_DOCUMENTS)
def values_of(document: Document) -> DocumentValues:
    """Return the values of a document; the same object as long as the document is in use."""
    return DocumentValues(document)
