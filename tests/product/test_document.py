"""The bundled document: its examples conform, another validator accepts it, and it is found."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.summary import bodies, examples
from twelvelabs_contract import Contract, DocumentInvalid


def test_every_example_of_the_document_conforms(contract: Contract) -> None:
    """Each JSON and form example, of requests and of every status, by its own schema; no body is without one.

    Streams are checked with their requests, in the tests of the vendor's SDK and of the client.
    """
    for operation in contract.operations:
        for status, content in bodies(operation):
            assert content.examples, (operation.id, status, content.name)
    checked = list(examples(contract))
    assert len(checked) > 150
    assert checked == [[]] * len(checked)


def test_an_independent_validator_accepts_the_document(contract: Contract) -> None:
    """openapi-spec-validator, which knows the OpenAPI 3.1 schema and nothing of our rules, has no complaint."""
    assert [str(error) for error in OpenAPIV31SpecValidator(dict(contract.document.raw)).iter_errors()] == []


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twelvelabs_contract.contract.PACKAGE", "no_such_package")
    with pytest.raises(DocumentInvalid, match="`make` generates it"):
        Contract.load()
