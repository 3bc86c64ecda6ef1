"""The simplest stream, what all its events share, and how they are numbered."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document, Operation
from apicontract.values.events import events_of, holder_of, number, share, simplest_stream
from tests.support.small import document, operation

TEXT = {"type": "string", "minLength": 1}


def streaming(**settings: Any) -> Document:
    """Make a document with a stream of three kinds of events."""
    kinds = ("start", "end", "stop")
    refs = [{"$ref": f"#/components/schemas/{kind}"} for kind in kinds]
    event = {"oneOf": refs, "discriminator": {"propertyName": "kind"}}
    events = {
        kind: {
            "type": "object",
            "required": ["kind", "n", "at"],
            "properties": {
                "kind": {"const": kind},
                "n": {"type": "integer"},
                "at": {"type": "object", "required": ["id"], "properties": {"id": TEXT}},
            },
        }
        for kind in kinds
    }
    answer = {"default": {"content": {}}, "200": {"content": {"application/x-ndjson": {"schema": event}}}}
    own = operation(responses=answer) | ({"x-streaming": settings} if settings else {})
    return Document(document({"/a": {"get": own}}, events))


def test_the_simplest_stream_has_its_first_and_one_last_event() -> None:
    raw = streaming(first="start", last=["end", "stop"], number="/n", same="/at/id")
    found = simplest_stream(raw, raw.operations["op"])
    assert [event["kind"] for event in found] == ["start", "end"]
    assert [event["n"] for event in found] == [0, 1]
    assert found[0]["at"] == found[1]["at"]
    assert found[0]["at"] is not found[1]["at"]


def test_a_stream_of_which_nothing_is_said_has_one_event() -> None:
    raw = streaming()
    (event,) = simplest_stream(raw, raw.operations["op"])
    assert event["kind"] == "start"


def test_events_share_the_first_value_and_are_numbered_where_they_have_a_number() -> None:
    events: list[Any] = [{"id": None, "n": 9}, {"id": "a"}, 5, {"id": "b", "n": 0}, {"id": "c", "n": None}]
    share(events, ("id",))
    number(events, ("n",))
    assert events == [{"id": None, "n": 0}, {"id": "a"}, 5, {"id": "a", "n": 1}, {"id": "a", "n": None}]
    number(events, ("n",), [7, 3])
    assert [event.get("n") for event in events if event != 5] == [7, None, 3, None]
    assert holder_of({"a": 1}, ()) is None
    assert holder_of({"a": {"b": 1}}, ("a", "b")) == {"b": 1}


def of_one(content: Any, key: str = "200", **settings: Any) -> tuple[Document, Operation]:
    """Make a document whose one operation streams events of a schema."""
    answer = {key: {"description": "", "content": {"application/x-ndjson": {"schema": content}}}}
    raw = document({"/a": {"get": operation(responses=answer) | ({"x-streaming": settings} if settings else {})}})
    made = Document(raw)
    return made, made.operations["op"]


def _kind(schema: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["kind"], "properties": {"kind": schema}}


TWO, ONE = _kind({"enum": ["a", "b"]}), _kind({"const": "c"})
NESTED = {"anyOf": [_kind({"const": "d"}), _kind({"const": "e"})]}
TAGGED = {"discriminator": {"propertyName": "kind"}}


@pytest.mark.parametrize(
    ("schema", "union", "tag", "kinds"),
    [
        (
            {"oneOf": [TWO, ONE, NESTED], **TAGGED},
            "oneOf",
            "kind",
            {"a": TWO, "b": TWO, "c": ONE, "d": NESTED, "e": NESTED},
        ),
        ({"anyOf": [ONE, TWO], **TAGGED}, "anyOf", "kind", {"c": ONE, "a": TWO, "b": TWO}),
        ({"oneOf": [TWO], "anyOf": [ONE], **TAGGED}, "oneOf", "kind", {"a": TWO, "b": TWO, "c": ONE}),
        ({"oneOf": [TWO, ONE]}, "oneOf", "", {}),
        (True, "anyOf", "", {}),
    ],
)
def test_the_kinds_of_events_are_read_from_their_union(schema: Any, union: str, tag: str, kinds: Any) -> None:
    made, own = of_one(schema, "201")
    found = events_of(made, own)
    assert (found.status, found.content.name, found.schema) == (201, "application/x-ndjson", schema)
    assert (found.union, found.tag, [*found.kinds.items()]) == (union, tag, [*kinds.items()])
    assert (found.shared, found.numbered, repr(found)) == ((), (), "<op>")
    for kind, branch in kinds.items():
        assert found.of_kind(kind) == (branch, {"required": ["kind"], "properties": {"kind": {"const": kind}}})


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"first": "x", "last": "y"}, "x"),
        ({"first": "a", "last": ["c", "y", "z"]}, "y"),
        ({"last": ["a", "b", "z"]}, "z"),
    ],
)
def test_a_first_or_last_event_that_is_no_kind_is_reported(settings: Any, missing: str) -> None:
    made, own = of_one({"oneOf": [TWO, ONE], **TAGGED}, **settings)
    with pytest.raises(LookupError, match=f"^op streams no event of the kind '{missing}'; known are a, b, c$"):
        events_of(made, own)


@pytest.mark.parametrize("key", ["default", "2XX"])
def test_a_stream_has_one_status(key: str) -> None:
    formats = "application/x-ndjson, application/jsonl or text/event-stream"
    made, own = of_one(True, key)
    with pytest.raises(LookupError, match=f"^op declares no event stream \\({formats}\\)$"):
        events_of(made, own)


def test_each_stream_is_made_anew() -> None:
    """Whoever changes an event of one changes no other."""
    made, own = of_one({"oneOf": [TWO, ONE], **TAGGED}, first="b", last=["c", "a"], same="/at/id", number="/at/n")
    found = events_of(made, own)
    assert (found.shared, found.numbered) == (("at", "id"), ("at", "n"))
    first = simplest_stream(made, own)
    first[0]["kind"] = "changed"
    assert simplest_stream(made, own) == [{"kind": "b"}, {"kind": "c"}]


def test_what_is_shared_or_numbered_in_depth_may_be_missing_on_the_way() -> None:
    events: list[Any] = [{"at": 5}, {}, {"at": {"id": 0}}, {"at": {"id": 7, "n": 3}}]
    share(events, ("at", "id"))
    number(events, ("at", "n"))
    assert events == [{"at": 5}, {}, {"at": {"id": 0}}, {"at": {"id": 0, "n": 0}}]
