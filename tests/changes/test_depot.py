"""Each change of the depot, and no other, is found with its direction; in reverse, its opposite is found."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from apicontract.changes import BREAKING, Comparison, compare
from apicontract.checks.contract import Contract
from tests.changes.depot import depot
from tests.changes.edits import MIRRORED

_CSV = {"text/csv": {"schema": {"type": "string"}}}


def _get(raw: Any) -> Any:
    return raw["paths"]["/parcels/{id}"]["get"]


def _post(raw: Any) -> Any:
    return raw["paths"]["/parcels"]["post"]


def _find(raw: Any) -> Any:
    return raw["paths"]["/search"]["post"]


def _watch(raw: Any) -> Any:
    return raw["paths"]["/watch"]["get"]


def _answer(schema: Any) -> Any:
    return {"description": "Another.", "content": {"application/json": {"schema": schema}}}


def _schema(name: str, **changed: Any) -> Callable[[Any], None]:
    """Set keywords of a schema; `None` takes one away. A name leads to a property, an item (`[]`), or JSON (`<>`)."""

    def edit(raw: Any) -> None:
        owner, *path = name.split(".")
        found = raw["components"]["schemas"][owner]
        for step in path:
            found = (
                found[{"[]": "items", "<>": "contentSchema"}[step]]
                if step in ("[]", "<>")
                else found["properties"][step]
            )
        for keyword, value in changed.items():
            found.pop(keyword, None)
            found |= {} if value is None else {keyword: value}

    return edit


def _required_and_longer(raw: Any) -> None:
    _get(raw)["parameters"][1]["required"] = True
    _get(raw)["parameters"][0]["schema"]["minLength"] = 4


def _renamed(raw: Any) -> None:
    raw["paths"]["/parcels/{number}"] = raw["paths"].pop("/parcels/{id}")
    raw["paths"]["/parcels/{number}"]["get"]["parameters"][0]["name"] = "number"


def _new_event(raw: Any) -> None:
    schemas = raw["components"]["schemas"]
    schemas["Stop"] = deepcopy(schemas["Move"])
    schemas["Stop"]["properties"]["type"] = {"const": "stop"}
    schemas["Event"]["oneOf"].append({"$ref": "#/components/schemas/Stop"})


def _only_refusals(raw: Any) -> None:
    """Leave refusals only."""
    error = _get(raw)["responses"]["default"]
    _get(raw)["responses"] = {"4XX": error, "5XX": error}


def _new_event_and_bound(raw: Any) -> None:
    _new_event(raw)
    raw["components"]["schemas"]["Move"]["properties"]["to"]["maxLength"] = 5


def _not_streamed(raw: Any) -> None:
    _watch(raw)["responses"]["200"] = _answer({"$ref": "#/components/schemas/Move"})


CHANGES: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "a header that need not be sent is gone": (lambda raw: _get(raw)["parameters"].pop(1), []),
    "a header is required": (
        lambda raw: _get(raw)["parameters"][1].update(required=True),
        ["header.x-language | required | requests narrower | major"],
    ),
    "a value of a header less": (
        lambda raw: _get(raw)["parameters"][1].update(schema={"enum": ["de"]}),
        ["header.x-language | enum | requests narrower | major"],
    ),
    "a header in other case": (lambda raw: _get(raw)["parameters"][1].update(name="x-language"), []),
    "a value of a header in other case": (
        lambda raw: _get(raw)["parameters"][1].update(name="x-language", schema={"enum": ["de"]}),
        ["header.x-language | enum | requests narrower | major"],
    ),
    "a header is required, and a bound of a path": (
        _required_and_longer,
        ["path.id | minLength | requests narrower | major", "header.x-language | required | requests narrower | major"],
    ),
    "a cookie is gone": (lambda raw: _get(raw)["parameters"].pop(2), []),
    "a bound of a cookie": (
        lambda raw: _get(raw)["parameters"][2]["schema"].update(maxLength=7),
        ["cookie.session | maxLength | requests narrower | major"],
    ),
    "a cookie is required": (
        lambda raw: _get(raw)["parameters"][2].update(required=True),
        ["cookie.session | required | requests narrower | major"],
    ),
    "a bound of a path": (
        lambda raw: _get(raw)["parameters"][0]["schema"].update(minLength=4),
        ["path.id | minLength | requests narrower | major"],
    ),
    "a path with another name of its parameter": (_renamed, []),
    "a list in one value": (
        lambda raw: _get(raw)["parameters"][3].update(explode=False),
        ["query.fields | style | requests narrower | major"],
    ),
    "a list with bars": (
        lambda raw: _get(raw)["parameters"][3].update(style="pipeDelimited", explode=False),
        ["query.fields | style | requests narrower | major"],
    ),
    "a bound of a header of an answer": (
        lambda raw: _get(raw)["responses"]["200"]["headers"]["X-Left"]["schema"].update(maximum=99),
        ["200 header.x-left | maximum | answers narrower | minor"],
    ),
    "a header need not come": (
        lambda raw: _get(raw)["responses"]["200"]["headers"]["X-Left"].update(required=False),
        ["200 header.x-left | required | answers wider | major"],
    ),
    "a header of an answer is gone": (
        lambda raw: _get(raw)["responses"]["200"].pop("headers"),
        ["200 header.x-left | required | answers wider | major"],
    ),
    "any other answer is gone": (
        lambda raw: _get(raw)["responses"].pop("default"),
        ["default | status | answers narrower | minor"],
    ),
    "a status that any other answer was": (
        lambda raw: _get(raw)["responses"].update({"404": _get(raw)["responses"]["default"]}),
        [],
    ),
    "a status without the body of any other": (
        lambda raw: _get(raw)["responses"].update({"404": {"description": "None."}}),
        ["404 header.content-type | media_type | answers narrower | minor"],
    ),
    "a status with another body": (
        lambda raw: _get(raw)["responses"].update({"404": _answer({"type": "array"})}),
        ["404 body | type | answers narrower | minor", "404 body | type | answers wider | major"],
    ),
    "no success is named, and any refusal": (_only_refusals, ["200 | status | answers narrower | minor"]),
    "a range of refusals is gone": (
        lambda raw: _post(raw)["responses"].pop("4XX"),
        ["4XX | status | answers narrower | minor"],
    ),
    "a range becomes a status": (
        lambda raw: _post(raw)["responses"].update({"400": _post(raw)["responses"].pop("4XX")}),
        ["4XX | status | answers narrower | minor"],
    ),
    "a field of a refusal need not come": (
        _schema("Error", required=[]),
        ["default body | required | answers wider | major", "4XX body | required | answers wider | major"],
    ),
    "a bound of a refusal": (
        _schema("Error.code", maxLength=21),
        ["default body.code | maxLength | answers wider | major", "4XX body.code | maxLength | answers wider | major"],
    ),
    "an open bound is closed": (
        _schema("Parcel.weight", exclusiveMinimum=None, minimum=0),
        [
            "200 body.weight | minimum | answers wider | major",
            "201 body.weight | minimum | answers wider | major",
            "200 body[].weight | minimum | answers wider | major",
        ],
    ),
    "a bound is open": (
        _schema("Parcel.weight", maximum=None, exclusiveMaximum=30),
        [
            "200 body.weight | maximum | answers narrower | minor",
            "201 body.weight | maximum | answers narrower | minor",
            "200 body[].weight | maximum | answers narrower | minor",
        ],
    ),
    "another success": (
        lambda raw: _post(raw)["responses"].update({"200": _post(raw)["responses"].pop("201")}),
        ["200 | status | answers wider | major", "201 | status | answers narrower | minor"],
    ),
    "a file need not be sent": (_schema("Label", required=["address"]), ["form | required | requests wider | minor"]),
    "a file may be a text": (_schema("Label.picture", format=None), ["form.picture | format | requests wider | minor"]),
    "a bound in JSON inside a form": (
        _schema("Label.address.<>.town", maxLength=8),
        ["form.address.town | maxLength | requests narrower | major"],
    ),
    "a field in JSON inside a form": (
        _schema("Label.address.<>", required=[]),
        ["form.address | required | requests wider | minor"],
    ),
    "a part is no longer JSON": (
        _schema("Label.address", contentMediaType=None, contentSchema=None),
        ["form.address | contentMediaType | requests wider | minor"],
    ),
    "a bound of a field of a form": (
        _schema("Label.copies", maximum=6),
        ["form.copies | maximum | requests wider | minor"],
    ),
    "a number of a form may be any text": (
        _schema("Label.copies", type="string", minimum=None, maximum=None),
        [
            "form.copies | type | requests wider | minor",
            "form.copies | minimum | requests wider | minor",
            "form.copies | maximum | requests wider | minor",
        ],
    ),
    "a value of a list in a form": (
        _schema("Label.marks.[]", enum=["fragile"]),
        ["form.marks[] | enum | requests narrower | major"],
    ),
    "null in an object of a list in a form": (
        _schema("Label.lines.[].note", type=["string", "null"]),
        ["form.lines[].note | type | requests wider | minor"],
    ),
    "the size of a list in a form": (
        _schema("Label.marks", maxItems=2),
        ["form.marks | maxItems | requests narrower | major"],
    ),
    "a form is open": (
        _schema("Label", additionalProperties=None),
        ["form.key | additionalProperties | requests wider | minor"],
    ),
    "a field of a form is gone": (
        lambda raw: raw["components"]["schemas"]["Label"]["properties"].pop("copies"),
        ["form.copies | property | requests narrower | major"],
    ),
    "a bound of what a list in a query string holds": (
        _schema("Filter.tags.[]", maxLength=5),
        ["form.tags[] | maxLength | requests wider | minor"],
    ),
    "a bound of a field that is urlencoded": (
        _schema("Filter.most", maximum=98),
        ["form.most | maximum | requests narrower | major"],
    ),
    "a number that is urlencoded may be any text": (
        _schema("Filter.most", type="string", maximum=None),
        ["form.most | type | requests wider | minor", "form.most | maximum | requests wider | minor"],
    ),
    "a boolean that is urlencoded may be any text": (
        _schema("Filter.paid", type="string"),
        ["form.paid | type | requests wider | minor"],
    ),
    "a body is required": (
        lambda raw: _find(raw)["requestBody"].update(required=True),
        ["body | required | requests narrower | major"],
    ),
    "a body is no longer accepted": (
        lambda raw: _find(raw).pop("requestBody"),
        ["body | body | requests narrower | major"],
    ),
    "an empty success is gone": (
        lambda raw: _find(raw)["responses"].pop("204"),
        ["204 | status | answers narrower | minor"],
    ),
    "an answer without a body": (
        lambda raw: _find(raw)["responses"]["200"].pop("content"),
        ["200 header.content-type | media_type | answers narrower | minor", "200 body | body | answers wider | major"],
    ),
    "a media type more": (
        lambda raw: _find(raw)["responses"]["200"]["content"].update(_CSV),
        ["200 header.content-type | media_type | answers wider | major"],
    ),
    "another media type": (
        lambda raw: _find(raw)["responses"]["200"].update(content=_CSV),
        [
            "200 header.content-type | media_type | answers narrower | minor",
            "200 header.content-type | media_type | answers wider | major",
        ],
    ),
    "a bound of the first event": (_schema("Begin.of", maximum=8), ["200 event.of | maximum | answers wider | major"]),
    "a bound of an event in the middle": (
        _schema("Move.to", maxLength=5),
        ["200 event.to | maxLength | answers narrower | minor"],
    ),
    "a field of an event need not come": (
        lambda raw: raw["components"]["schemas"]["Move"]["required"].remove("to"),
        ["200 event | required | answers wider | major"],
    ),
    "null in the last event": (
        _schema("End.late", type=["boolean", "null"]),
        ["200 event.late | type | answers wider | major"],
    ),
    "an event more": (_new_event, ["200 event | oneOf | answers wider | major"]),
    "an event more, and a bound of another": (
        _new_event_and_bound,
        ["200 event.to | maxLength | answers narrower | minor", "200 event | oneOf | answers wider | major"],
    ),
    "another last event": (
        lambda raw: _watch(raw)["x-streaming"].update(last=["end", "stop"]),
        ["events last | event | words | major"],
    ),
    "a stream without an end": (lambda raw: _watch(raw).pop("x-streaming"), ["events | event | answers wider | major"]),
    "an answer that is no stream": (
        _not_streamed,
        [
            "200 header.content-type | media_type | answers narrower | minor",
            "200 header.content-type | media_type | answers wider | major",
        ],
    ),
    "a server less": (lambda raw: raw["servers"].pop(), ["servers | servers | requests narrower | major"]),
    "servers in another order": (lambda raw: raw["servers"].reverse(), []),
    "another id": (
        lambda raw: _get(raw).update(operationId="parcels.show"),
        ["operationId | operationId | words | patch"],
    ),
    "a parameter goes into a header": (
        lambda raw: _get(raw)["parameters"][3].update({"in": "header"}),
        ["query.fields | parameter | requests narrower | major"],
    ),
}
"""Edits, and what is found: where, by which rule, with which effect, and how grave it is."""


def _found(comparison: Comparison) -> list[str]:
    return [f"{d.where} | {d.rule} | {d.effect} | {d.severity}" for d in comparison.differences]


def _mirrored(line: str) -> str:
    where, rule, effect, severity = line.split(" | ")
    back = next(MIRRORED[known] for known in MIRRORED if known == effect)
    grave = "major" if back in BREAKING else "minor"
    refusal = rule == "status" and where[0] in "45d"
    return " | ".join((where, rule, back, severity if back == "words" or refusal else grave))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_nothing_else(name: str) -> None:
    edit, expected = CHANGES[name]
    assert _found(compare(depot(), depot(edit))) == expected


def test_where_no_success_is_named_any_answer_is_one_too() -> None:
    def only_any(raw: Any) -> None:
        del _get(raw)["responses"]["200"]

    found = _found(compare(depot(only_any), depot(_only_refusals)))
    assert found == ["default | status | answers narrower | minor"]


@pytest.mark.parametrize("name", CHANGES)
def test_the_other_way_its_mirror_is_found(name: str) -> None:
    edit, expected = CHANGES[name]
    assert sorted(_found(compare(depot(edit), depot()))) == sorted(map(_mirrored, expected))


@pytest.mark.parametrize("name", CHANGES)
def test_what_shows_a_change_breaks_nothing_beside_it(name: str) -> None:
    """The exchange is right on one side, and on the other it is wrong at the place of the change alone."""
    old, new = depot(), depot(CHANGES[name][0])
    contracts = {"old": Contract(old), "new": Contract(new)}
    for difference in compare(old, new).differences:
        witness = difference.witness
        if witness is None:
            assert difference.effect == "words" or difference.rule in ("servers", "event")
            continue
        other = contracts["new" if witness.right == "old" else "old"]
        if witness.response is None:
            assert contracts[witness.right].check_request(witness.request) == []
            assert list(witness.violations) == other.check_request(witness.request)
        if difference.rule in ("operation", "status", "media_type", "body", "required"):
            continue
        place = difference.where.rpartition(" ")[2].replace("[]", "").partition("[")[0]
        spots = {violation.where for violation in witness.violations}
        assert all(_names(spot).startswith(_names(place)) for spot in spots), spots


def _names(where: str) -> str:
    """Leave out the numbers of items and events, and how a body travels."""
    where = where.lower()
    return ".".join(step.partition("[")[0] for step in where.replace("event[", "event.[").split(".") if step[0] != "[")
