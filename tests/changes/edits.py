"""Edits of the shop: changes, each with the expected differences, and rewrites, which must give none."""

from __future__ import annotations

from typing import Any

from apicontract.changes import Effect, Severity
from tests.changes.shop import Edit, operation, schema

MIRRORED: dict[Effect, Effect] = {
    "requests narrower": "requests wider",
    "requests wider": "requests narrower",
    "answers narrower": "answers wider",
    "answers wider": "answers narrower",
    "words": "words",
}
"""What the other way has in place of each."""


def _get(**changed: Any) -> Edit:
    return lambda raw: operation("get")(raw)["parameters"][0]["schema"].update(changed)


def _without_status(raw: dict[str, Any]) -> None:
    del operation("get")(raw)["responses"]["404"]


def _other_status(raw: dict[str, Any]) -> None:
    operation("post")(raw)["responses"]["202"] = {"description": "Later."}


def _required_parameter(raw: dict[str, Any]) -> None:
    operation("get")(raw)["parameters"][1]["required"] = True


def _without_parameter(raw: dict[str, Any]) -> None:
    del operation("get")(raw)["parameters"][1]


def joined(raw: dict[str, Any]) -> None:
    parameter = operation("get")(raw)["parameters"][1]
    parameter |= {"explode": False, "schema": {"type": "array", "items": {"enum": ["asc", "desc"]}}}


def exploded(raw: dict[str, Any]) -> None:
    joined(raw)
    operation("get")(raw)["parameters"][1]["explode"] = True


def _without_post(raw: dict[str, Any]) -> None:
    del raw["paths"]["/orders"]["post"]


def _as_form(raw: dict[str, Any]) -> None:
    content = operation("post")(raw)["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content["application/json"]


def _deprecated(raw: dict[str, Any]) -> None:
    operation("get")(raw)["deprecated"] = True


def _header(raw: dict[str, Any]) -> None:
    operation("get")(raw)["responses"]["200"]["headers"] = {
        "x-total": {"required": True, "schema": {"type": "integer"}}
    }


def _keyed(raw: dict[str, Any]) -> None:
    raw["components"]["securitySchemes"] = {"key": {"type": "apiKey", "in": "header", "name": "x-key"}}
    raw["security"] = [{"key": []}]


CHANGES: dict[str, tuple[list[Edit], tuple[str, str, Effect, Severity]]] = {
    "a bound of a query": ([_get(maximum=49)], ("query.page_limit", "maximum", "requests narrower", "major")),
    "a bound of an item": (
        [schema("Line.count", maximum=100)],
        ("body.lines[].count", "maximum", "requests wider", "minor"),
    ),
    "a value": ([schema("Order.kind", enum=["pickup"])], ("body.kind", "enum", "requests narrower", "major")),
    "a value of an answer": (
        [schema("Placed.status", enum=["open", "done", "lost"])],
        ("201 body.status", "enum", "answers wider", "major"),
    ),
    "a required field": (
        [schema("Line", required=["article", "count"])],
        ("body.lines[]", "required", "requests narrower", "major"),
    ),
    "a field of an answer": (
        [schema("Placed", required=["id"])],
        ("200 body[]", "required", "answers wider", "major"),
    ),
    "a condition": ([schema("Order", if_=None, then=None)], ("body", "if", "requests wider", "minor")),
    "a type": (
        [schema("Order.address", type=["string"])],
        ("body.address", "type", "requests narrower", "major"),
    ),
    "a pattern": (
        [schema("Placed.id", pattern="^o[0-9]*$")],
        ("201 body.id", "pattern", "answers wider", "major"),
    ),
    "a status of an error": ([_without_status], ("404", "status", "answers narrower", "minor")),
    "a status of a success": ([_other_status], ("202", "status", "answers wider", "major")),
    "a parameter that is required": (
        [_required_parameter],
        ("query.sort", "required", "requests narrower", "major"),
    ),
    "a parameter": ([_without_parameter], ("query.sort", "parameter", "requests narrower", "major")),
    "an operation": ([_without_post], ("path", "operation", "requests narrower", "major")),
    "a media type": ([_as_form], ("header.content-type", "media_type", "requests wider", "minor")),
    "deprecated": ([_deprecated], ("deprecated", "deprecated", "words", "minor")),
    "a header": ([_header], ("200 header.x-total", "required", "answers narrower", "minor")),
    "a key": ([_keyed], ("header", "security", "requests narrower", "major")),
}


def _split(raw: dict[str, Any]) -> None:
    order = raw["components"]["schemas"]["Order"]
    rest = {key: order.pop(key) for key in ("if", "then", "required")}
    order["allOf"] = [rest, {"type": "object"}]


def _moved(raw: dict[str, Any]) -> None:
    schemas = raw["components"]["schemas"]
    schemas["Position"] = schemas.pop("Line")
    schemas["Order"]["properties"]["lines"]["items"] = {"$ref": "#/components/schemas/Position"}
    schemas["Order"]["properties"]["kind"] = {"$ref": "#/components/schemas/Kind"}
    schemas["Kind"] = {"enum": ["pickup", "delivery"]}


def _shuffled(raw: dict[str, Any]) -> None:
    properties = raw["components"]["schemas"]["Order"]["properties"]
    raw["components"]["schemas"]["Order"]["properties"] = dict(reversed(properties.items()))


def _described(raw: dict[str, Any]) -> None:
    raw["components"]["schemas"]["Line"]["description"] = "One line of an order."


def _as_union(raw: dict[str, Any]) -> None:
    order = raw["components"]["schemas"]["Order"]
    condition, then = order.pop("if"), order.pop("then")
    order["anyOf"] = [{"not": condition}, then]


REWRITES: dict[str, Edit] = {
    "allOf split": _split,
    "$ref moved": _moved,
    "enum in another order": schema("Order.kind", enum=["delivery", "pickup"]),
    "const as enum": schema("Order.express", const=None, enum=[True]),
    "a list of types as anyOf": schema(
        "Order.address", type=None, maxLength=None, anyOf=[{"type": "null"}, {"type": "string", "maxLength": 40}]
    ),
    "a description": _described,
    "examples": schema("Line.article", examples=["a pear"]),
    "minimum as exclusiveMinimum of an integer": schema("Line.count", minimum=None, exclusiveMinimum=0),
    "properties in another order": _shuffled,
    "if as anyOf": _as_union,
}
