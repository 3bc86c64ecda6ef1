"""A payload is checked as a component, as a request body, and as a response body."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.places import places
from twelvelabs_contract import Contract


def test_payloads(contract: Contract) -> None:
    """A payload is checked as a component, as a request body, and as the response body of a status."""
    assert contract.check_payload({"page": 1}, schema="PageInfo") == []
    assert places(contract.check_payload({"page": "1"}, schema="PageInfo")) == [("body.page", "type")]
    assert places(contract.check_payload({}, operation="indexes.update")) == [("body.index_name", "missing")]
    assert places(contract.check_payload({"data": {}}, operation="tasks.list", status=200)) == [("body.data", "type")]
    assert places(contract.check_payload({"code": 1}, operation="tasks.list", status=400)) == [("body.code", "type")]
    assert places(contract.check_payload({"filter": "{"}, operation="search.create"))[1] == ("form.filter", "encoding")


@pytest.mark.parametrize("payload", [b"bytes", object(), {1: 2}, "\ud800", float("nan"), [[[]]] * 3])
def test_what_is_no_json_value_is_a_violation(contract: Contract, payload: Any) -> None:
    assert [v.rule for v in contract.check_payload(payload, schema="PageInfo")] == ["type"]
    assert [v.rule for v in contract.check_payload(payload, operation="tasks.list", status=200)] == ["type"]


def test_the_json_in_a_text_of_a_payload_that_conforms_is_checked(contract: Contract) -> None:
    payload = {"index_id": "i" * 24, "search_options": ["visual"], "query_text": "a dog"}
    assert contract.check_payload(payload | {"filter": "{}"}, operation="search.create") == []
    reported = contract.check_payload(payload | {"filter": "{"}, operation="search.create")
    assert places(reported) == [("form.filter", "encoding")]


def test_unknown_names_are_reported_with_the_nearest(contract: Contract) -> None:
    with pytest.raises(LookupError, match=r"did you mean 'tasks\.list'"):
        contract.operation("task.list")
    with pytest.raises(LookupError, match="did you mean 'PageInfo'"):
        contract.check_payload({}, schema="PagesInfo")
    with pytest.raises(LookupError, match="documents no body for status 204"):
        contract.check_payload({}, operation="tasks.delete", status=204)
    with pytest.raises(TypeError, match="give schema=, or operation="):
        contract.check_payload({})


@pytest.mark.parametrize("name", ["mareng", "a marengo", "pegasus1.2"])
def test_an_add_on_needs_marengo_to_the_letter(contract: Contract, name: str) -> None:
    """Another model, and one whose name only looks like it, is not enough."""
    models = [{"model_name": name, "model_options": ["visual"]}]
    wanted = {"index_name": "n", "models": models, "addons": ["thumbnail"]}
    assert [v.rule for v in contract.check_payload(wanted, operation="indexes.create")] == ["contains"]


def test_what_is_nested_too_deeply_is_reported_as_that(contract: Contract) -> None:
    payload: Any = []
    for _ in range(5000):
        payload = [payload]
    assert [v.rule for v in contract.check_payload(payload, schema="PageInfo")] == ["encoding"]


def test_a_thousand_violations_are_reported_and_that_there_are_more(contract: Contract) -> None:
    payload = {"video_embedding": {"segments": [{"float": ["a"] * 1001}]}}
    reported = contract.check_payload(payload, operation="embed.tasks.retrieve", status=200)
    assert len(reported) == 1001
    assert "further violations; only the first 1000" in reported[-1].message
    payload["video_embedding"]["segments"][0]["float"].pop()
    reported = contract.check_payload(payload, operation="embed.tasks.retrieve", status=200)
    assert len(reported) == 1000
    assert "further" not in reported[-1].message
