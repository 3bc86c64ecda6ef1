"""A request is found by its base URL."""

from __future__ import annotations

from tests.support import things
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Request


def test_a_base_url_ends_at_a_slash_and_stands_alone() -> None:
    """Neither a longer name nor the document's own servers are below it."""
    assert THINGS.document.servers == ("https://things.example/v1.0",)
    assert things.get_thing(THING.replace("v1.0", "v1.00")) == [("url", "undeclared")]
    elsewhere = Contract(THINGS.document, base_url="https://proxy.example/")
    assert elsewhere.find(Request("GET", THING)) is None
    assert elsewhere.find(Request("GET", THING.replace("things.example/v1.0", "proxy.example"))) is things.GET
