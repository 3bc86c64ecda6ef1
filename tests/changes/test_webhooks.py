"""Webhooks are compared as messages to a client: each change has its direction, and an event that shows it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from apicontract.changes import Comparison, Effect, Severity, compare
from apicontract.changes.drift import against_document
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.changes.shop import shop


def _webhook(event: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["type", "order"],
        "properties": {
            "type": {"const": event},
            "order": {"type": "string", "minLength": 2},
            "total": {"type": "integer", "maximum": 9},
            "note": {"type": "string", "writeOnly": True},
        },
    }
    return {
        "operationId": f"webhooks.{event}",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": "Taken."}},
    }


Edit = Callable[[dict[str, Any]], None]


def _document(edit: Edit = lambda _: None) -> Document:
    raw = deepcopy(dict(shop().raw))
    raw["webhooks"] = {name: {"post": _webhook(name)} for name in ("placed", "paid")}
    edit(raw)
    return Document(raw)


def _schema(raw: dict[str, Any], event: str = "paid") -> dict[str, Any]:
    found: dict[str, Any] = raw["webhooks"][event]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return found


def _gone(raw: dict[str, Any]) -> None:
    del raw["webhooks"]["paid"]


def _deprecated(raw: dict[str, Any]) -> None:
    raw["webhooks"]["paid"]["post"]["deprecated"] = True


def _without_field(raw: dict[str, Any]) -> None:
    _schema(raw)["required"].remove("order")


def _narrower(raw: dict[str, Any]) -> None:
    _schema(raw)["properties"]["total"]["maximum"] = 8


def _other_type(raw: dict[str, Any]) -> None:
    _schema(raw)["properties"]["order"]["type"] = ["string", "null"]


def _answered(raw: dict[str, Any]) -> None:
    raw["webhooks"]["paid"]["post"]["responses"]["404"] = {"description": "Not known."}


def _as_form(raw: dict[str, Any]) -> None:
    content = raw["webhooks"]["paid"]["post"]["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content["application/json"]


def _signed(raw: dict[str, Any]) -> None:
    scheme = {
        "type": "apiKey",
        "in": "header",
        "name": "X-Signature",
        "x-signature": {
            "algorithm": "hmac-sha256", "signed": "{body}", "signature": "v1",
        },
    }  # fmt: skip
    raw["components"]["securitySchemes"] = {"signature": scheme}
    raw["webhooks"]["paid"]["post"]["security"] = [{"signature": []}]


CHANGES: dict[str, tuple[Edit, list[tuple[str, str, Effect, Severity]]]] = {
    "a webhook less": (_gone, [("webhook", "webhook", "answers narrower", "major")]),
    "a field that need not come": (_without_field, [("body", "required", "answers wider", "major")]),
    "a value less": (_narrower, [("body.total", "maximum", "answers narrower", "minor")]),
    "null": (_other_type, [("body.order", "type", "answers wider", "major")]),
    "another media type": (_as_form, [("header.content-type", "media_type", "answers wider", "major")]),
    "deprecated": (_deprecated, [("deprecated", "deprecated", "words", "minor")]),
    "another signature": (_signed, [("signature", "signature", "words", "major")]),
    "what a receiver answers": (_answered, []),
}


def _found(comparison: Comparison) -> list[tuple[str, str, Effect, Severity]]:
    return [(d.where, d.rule, d.effect, d.severity) for d in comparison.differences]


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_a_webhook_is_found_with_its_direction(name: str) -> None:
    edit, expected = CHANGES[name]
    old, new = _document(), _document(edit)
    comparison = compare(old, new)
    assert _found(comparison) == expected
    assert comparison.webhooks == 2
    for difference in comparison.differences:
        assert (difference.witness is None) == (difference.effect == "words")
        assert difference.operation == "webhooks.paid"
        if difference.witness is not None and difference.rule != "webhook":
            verdicts = [
                Contract(side).check_webhook(difference.witness.request, secret=None, event="paid")
                for side in (old, new)
            ]
            assert [not verdict for verdict in verdicts] == [difference.witness.right == s for s in ("old", "new")]


def test_a_webhook_that_is_new_breaks_nobody() -> None:
    assert _found(compare(_document(_gone), _document())) == [("webhook", "webhook", "answers wider", "minor")]


def test_webhooks_of_a_document_are_equal_to_themselves() -> None:
    comparison = compare(_document(), _document())
    assert (comparison.differences, comparison.equal) == ((), 4)


def test_one_webhook_can_be_asked_for() -> None:
    comparison = compare(_document(), _document(_gone), ["webhooks.placed"])
    assert (comparison.operations, comparison.webhooks, comparison.differences) == (0, 1, ())


def test_a_document_that_names_no_webhook_says_nothing_of_them() -> None:
    assert list(against_document(_document(), shop())) == []
    assert [one.where for one in against_document(_document(), _document(_gone))] == ["webhook"]
