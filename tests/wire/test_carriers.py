"""The carrier of a place decides which values can be transmitted there."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document, MediaType, Parameter
from apicontract.openapi.facts import Shape
from apicontract.wire import carriers
from apicontract.wire.carriers import Carrier

DOCUMENT = Document({"openapi": "3.1.0"})
LIST = {"type": "array", "items": {"type": "string"}}


def shape(schema: Any) -> Shape:
    return Shape(DOCUMENT, schema, "/s")


def parameter(location: str, style: str, *, explode: bool, schema: Any = LIST) -> Carrier:
    declared = Parameter("p", location, True, style, explode, schema, "/p", "/p/schema")
    return carriers.of_parameter(declared, shape(schema))


def body(name: str, schema: Any) -> Carrier | None:
    return carriers.of_body(MediaType(name, schema, "/m", "/m/schema", {}, {}), shape(schema))


@pytest.mark.parametrize(
    ("carrier", "fewest"),
    [
        (parameter("query", "form", explode=True), 1),
        (parameter("query", "form", explode=False), 0),
        (parameter("cookie", "form", explode=True), 1),
        (parameter("cookie", "form", explode=False), 0),
        (parameter("query", "form", explode=True, schema={"type": "object"}), 1),
        (parameter("cookie", "form", explode=False, schema={"type": "object"}), 1),
        (parameter("path", "simple", explode=True, schema={"type": "object"}), 0),
        (parameter("header", "simple", explode=False), 0),
        (carriers.of_field(shape(LIST)), 1),
        (carriers.JSON, 0),
    ],
)
def test_with_how_few_items_a_list_arrives(carrier: Carrier, fewest: int) -> None:
    """A name that is repeated for each item is not there for none."""
    assert carrier.fewest == fewest


@pytest.mark.parametrize(
    ("carrier", "arrive", "lost"),
    [
        (parameter("query", "form", explode=True), ["", "a,b", "a b"], []),
        (parameter("query", "form", explode=False), ["a|b"], [""]),
        (parameter("cookie", "form", explode=False), ["a|b", "a,b", "é;"], [""]),
        (parameter("query", "pipeDelimited", explode=False), ["a,b"], ["", "a|b"]),
        (parameter("query", "spaceDelimited", explode=False), ["a,b"], ["", "a b"]),
        (parameter("header", "simple", explode=False), ["a b"], ["", "a,b", " a", "é", "a\n", "a\tb"]),
        (parameter("path", "label", explode=True), ["a-b_5"], ["", "a.b", "é"]),
        (parameter("path", "matrix", explode=False), ["a-b_5"], ["", "a;b", "a,b"]),
    ],
)
def test_which_items_arrive_as_they_were(carrier: Carrier, arrive: list[str], lost: list[str]) -> None:
    items = carrier.items()
    assert [value for value in arrive if items.holds(value)] == arrive
    assert [value for value in lost if items.holds(value)] == []


def test_no_path_segment_arrives_as_a_step() -> None:
    segment = parameter("path", "simple", explode=False, schema={"type": "string"})
    assert [value for value in (".", "..", "...", "a") if segment.holds(value)] == ["...", "a"]


def test_the_kind_of_a_value_is_what_the_reader_makes_of_its_string() -> None:
    integer = parameter("query", "form", explode=True, schema={"type": "integer"})
    values: list[Any] = [1, "1", None, True, 1.5, [], {}]
    assert [value for value in values[:5] if integer.holds(value)] == [1, 1.5]
    assert [value for value in values if carriers.JSON.holds(value)] == values


def test_a_body_carries_json_fields_or_what_nobody_takes_apart() -> None:
    form = {"type": "object", "properties": {"tags": LIST, "about": {"type": "object"}, "n": {"type": "integer"}}}
    assert body("application/problem+json", form) is carriers.JSON
    assert body("image/png", form) is None
    fields = body("multipart/form-data", form)
    assert fields is not None
    assert fields.whole
    assert fields.member("about") is carriers.JSON
    assert (fields.member("tags").fewest, fields.member("n").form) == (1, "string")
