"""The simplest stream, what all its events share, and how they are numbered."""

from __future__ import annotations

from typing import Any

from apicontract.openapi.document import Document
from apicontract.values.events import holder_of, number, share, simplest_stream
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
