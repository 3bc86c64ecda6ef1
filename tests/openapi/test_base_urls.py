"""The URLs that belong to an API, and the definitions that a document refers to."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.base_urls import BaseUrls, split
from apicontract.openapi.components import component, referred
from apicontract.openapi.document import Document, DocumentInvalid
from apicontract.openapi.servers import Server

API = "https://api.example.com/v1"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{API}/a?b", f"{API}/a?b"),
        ("http://api.example.com/v9", "http://api.example.com/v9"),
        ("https://other.example.com/v1/a", None),
        ("http://localhost:8000/proxy", API),
        ("http://localhost:8000/proxy/a?b#c", f"{API}/a?b"),
        ("http://localhost:8000/proxy?b", f"{API}?b"),
        ("http://localhost:8000/proxys/a", None),
        ("http://localhost:8000/other", None),
        ("http://localhost/proxy/a", None),
        ("https://localhost:8000/proxy/a", None),
    ],
)
def test_a_request_belongs_to_the_host_of_a_server_or_is_below_what_stands_for_it(url: str, found: str | None) -> None:
    urls = BaseUrls([Server(API), Server("https://eu.example.com")], own=True, others=["http://localhost:8000/proxy/"])
    assert urls.named
    assert urls.find(url) == found


def test_a_base_url_of_a_contract_is_one_that_stands_for_it() -> None:
    urls = BaseUrls([Server("http://localhost:1/a")], own=False)
    assert (urls.find("http://localhost:1/a/b"), urls.find("http://localhost:1/b")) == ("http://localhost:1/a/b", None)
    urls = BaseUrls([Server("/v1")], own=True)
    assert not urls.named
    assert urls.find("https://anywhere.example/x") == "https://anywhere.example/x"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://localhost:8000/v1/", ("http://localhost:8000", "/v1")),
        ("https://a.example:443", ("https://a.example", "")),
        *((wrong, None) for wrong in ("https:///v1", "ftp://a", "a.example", "", "http://a:x", "http://[a")),
    ],
)
def test_a_base_url_has_a_scheme_and_a_host(url: str, found: tuple[str, str] | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="a base URL is needed"):
            split(url)
    else:
        assert split(url) == found


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("#/components/schemas/A", ("schemas", "A")),
        ("#/components/schemas/A/properties/b", ("schemas", "A")),
        ("#/components/schemas/A~1B", ("schemas", "A/B")),
        ("#/components/schemas", None),
        ("#/paths/~1a", None),
        (5, None),
    ],
)
def test_a_reference_to_a_definition_or_into_it(reference: Any, found: tuple[str, str] | None) -> None:
    assert component(reference) == found


def test_what_is_referred_to_from_anywhere() -> None:
    """By a path, a mapping, a security requirement, another definition, an earlier day, or a key of others."""
    reference = {name: {"$ref": f"#/components/schemas/{name}"} for name in "ABCDEFGHI"}
    pet = {
        "oneOf": [reference["B"]],
        "discriminator": {"propertyName": "k", "mapping": {"c": "#/components/schemas/C"}},
    }
    earlier = {"type": "string", "x-was": [{"until": "2026-01-01", "items": reference["E"]}]}
    schemas = {
        "A": pet,
        "B": {"properties": {"d": reference["D"]}},
        "C": {},
        "D": earlier,
        "E": {},
        "F": reference["G"],
        "G": {},
    }
    content = {"schema": reference["A"], "examples": {"e": {"value": reference["F"]}}, "x-others": [[reference["H"]]]}
    raw: Any = {
        "security": [{"key/1": []}],
        "paths": {"/a": {"get": {"requestBody": {"content": {"a/b": content}}}}},
        "components": {"schemas": {**schemas, "H": {}, "I": {}}, "securitySchemes": {"key/1": {}, "other": {}}},
    }
    used = {("schemas", name) for name in "ABCDEH"} | {("securitySchemes", "key/1")}
    assert referred(raw) == used
    assert referred(raw, always=[("schemas", "F")]) == used | {("schemas", "G")}


@pytest.mark.parametrize("name", ["Lost", "Round"])
def test_a_definition_that_leads_nowhere_is_no_document(name: str) -> None:
    schemas = {"Lost": {"$ref": "#/components/schemas/None"}, "Round": {"$ref": "#/components/schemas/Round"}}
    with pytest.raises(DocumentInvalid, match=r"nothing here|leads back to itself"):
        Document({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {name: schemas[name]}}})
