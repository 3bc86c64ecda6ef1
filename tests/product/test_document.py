"""The bundled document: it is found, its examples conform, and another validator accepts it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from apicontract.openapi.editions import EditionUnknown
from tests.summary import bodies, examples
from tests.support.history import call, install, on
from twelvelabs_contract import Contract, DocumentInvalid, Headers, Request
from twelvelabs_contract.mock import TwelveLabsMock
from twelvelabs_contract.transport import AsyncContractTransport, ContractTransport


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


def test_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twelvelabs_contract.contract.PACKAGE", "no_such_package")
    with pytest.raises(DocumentInvalid, match="`make` generates it"):
        Contract.load()


def test_the_newest_edition_is_read_as_it_is_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is projected, and the history is read for a message alone."""
    install(tmp_path, monkeypatch)
    marked = tmp_path / "library_api" / "editions.json"
    text = marked.read_text()
    marked.write_text("not read")
    newest = Contract.load()
    assert newest.document.raw == on().document.raw
    assert newest.check_request(call("GET /books")) == []
    marked.write_text(text)
    assert [violation.rule for violation in newest.check_request(call("GET /books?sort=a"))] == ["removed"]
    assert str(newest.edition) == "2026-07-01 (2026-07)"


def test_any_other_edition_is_projected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name or day; mock and guards take it too, or a contract, and not both."""
    install(tmp_path, monkeypatch)
    for edition in ("2026-01", "2026-01-01", "sdk-1.0", "2026-02-01"):
        assert Contract.load(edition=edition).document.raw == on("2026-01").document.raw
    first = TwelveLabsMock(edition="2026-01").contract
    assert first.edition is not None
    assert first.edition.day == "2026-01-01"
    inner = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": []}))
    with httpx.Client(transport=ContractTransport(inner, edition="2026-01"), headers={"x-key": "k"}) as client:
        assert client.get("https://library.example/v2/books?sort=a").status_code == 200

    async def get() -> int:
        transport = AsyncContractTransport(inner, edition="2026-01")
        async with httpx.AsyncClient(transport=transport, headers={"x-key": "k"}) as client:
            return (await client.get("https://library.example/v2/books?sort=a")).status_code

    assert asyncio.run(get()) == 200
    for make in (
        lambda: TwelveLabsMock(first, edition="2026-01"),
        lambda: ContractTransport(inner, contract=Contract.load(), edition="2026-01"),
        lambda: AsyncContractTransport(inner, contract=Contract.load(), edition="2026-01"),
    ):
        with pytest.raises(TypeError, match="both given"):
            make()


def test_a_bundled_document_without_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has none to ask for."""
    install(tmp_path, monkeypatch)
    (tmp_path / "library_api" / "editions.json").unlink()
    assert Contract.load().edition is None
    with pytest.raises(EditionUnknown, match="the bundled document has no editions"):
        Contract.load(edition="2026-01")


def test_another_address_is_that_of_every_edition() -> None:
    """Of the newest, which is bundled as it is, and of one that is projected."""
    for edition in (None, "2025-08"):
        loaded = Contract.load(edition=edition, base_url="https://stand-in.example/v9")
        assert (
            loaded.check_request(Request("GET", "https://stand-in.example/v9/tasks", Headers({"x-api-key": "k"}))) == []
        ), edition
        assert loaded.route(Request("GET", "https://api.twelvelabs.io/v1.3/tasks")) != loaded.route(
            Request("GET", "https://stand-in.example/v9/tasks")
        )
