"""An entry that is read the short way is read as any other."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from apicontract.traffic.recordings import RecordingInvalid, har
from apicontract.traffic.recordings.model import Around, At, Recorded

LENGTH = {"name": "Content-Length", "value": "9"}
CODING = {"name": "Content-Encoding", "value": "gzip"}
JSON = {"name": "content-type", "value": "application/json"}
BODY = {"mimeType": "application/json", "text": '{"a": 1}\n'}
SET = {"name": "d", "value": "set"}
ENTRY: dict[str, Any] = {
    "request": {
        "method": "post",
        "url": "https://api.example.com/v1/a?b=1",
        "queryString": [{"name": "b", "value": "1"}],
        "headers": [JSON, LENGTH, {"name": ":method", "value": "POST"}],
        "cookies": [{"name": "c", "value": "secret"}],
        "postData": BODY,
        "bodySize": 9,
    },
    "response": {"status": 200, "headers": [JSON, LENGTH], "cookies": [SET], "content": {"size": 9, **BODY}},
}
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    8,
    10,
    304,
    1.5,
    "",
    "8",
    "é",
    "https://api.example.com/v1/a",
    [],
    {},
    [{}],
    [JSON],
    CODING,
    [BODY],
    BODY,
]
NAMES = [
    "_complete",
    "_broken",
    "_file",
    "encoding",
    "_encoding",
    "params",
    "text",
    "bodySize",
    "content-encoding",
    "base64",
]
CREATORS: list[dict[str, Any]] = [{}, {"creator": {"name": "axios-har-tracker"}}, {"creator": {"name": "mitmproxy"}}]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place below a value."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *_places(value[key]))]


@st.composite
def _entries(draw: st.DrawFn) -> dict[str, Any]:
    entry = copy.deepcopy(ENTRY)
    for _ in range(draw(st.integers(0, 3))):
        places = _places(entry)
        holder, key = draw(st.sampled_from(places)) if places else (entry, "request")
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                holder[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case "remove":
                holder.pop(key, None) if isinstance(holder, dict) else holder.pop(key)
            case _ if isinstance(holder, dict):
                holder[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case _:
                holder.append(copy.deepcopy(draw(st.sampled_from(VALUES))))
    return entry


def _read(place: At) -> Recorded | None:
    try:
        return har.unusual(place, 1)
    except RecordingInvalid:
        return None


def _is_read_alike(entry: dict[str, Any], beside: dict[str, Any]) -> bool:
    """Return whether an entry is read the short way, once it was compared with the other."""
    place = At(entry, "log.entries[0]", 1, Around(beside=beside))
    short = har.usual(place, 1)
    assert short is None or short == _read(place), (entry, beside)
    return short is not None


@given(_entries(), st.sampled_from(CREATORS))
def test_what_is_read_the_short_way_is_what_is_read_otherwise(entry: dict[str, Any], beside: dict[str, Any]) -> None:
    """It is also read the other way, with nothing unknown; one that is invalid is not read the short way."""
    event(f"short: {_is_read_alike(entry, beside)}")


@pytest.mark.parametrize(("beside", "outcomes"), [(CREATORS[0], {True, False}), (CREATORS[1], {False})])
def test_every_entry_with_one_change_is_read_alike(beside: dict[str, Any], outcomes: set[bool]) -> None:
    """Any value at any place, any place without its value, and any name that says something more."""
    entry = copy.deepcopy(ENTRY)
    read: set[bool] = set()
    for holder, key in _places(entry):
        before = holder[key]
        for value in VALUES:
            holder[key] = value
            read.add(_is_read_alike(entry, beside))
        holder[key] = before
        for name in NAMES if isinstance(before, dict) else ():
            for value in VALUES:
                holder[key] = {**before, name: value}
                read.add(_is_read_alike(entry, beside))
        holder[key] = before
    for holder, key in _places(entry):
        before = copy.copy(holder)
        del holder[key]
        read.add(_is_read_alike(entry, beside))
        holder.clear()
        holder.update(before) if isinstance(holder, dict) else holder.extend(before)
    for name in NAMES:
        for value in VALUES:
            read.add(_is_read_alike({**entry, name: value}, beside))
    assert entry == ENTRY
    assert read == outcomes


def test_an_entry_with_everything_is_read_the_short_way() -> None:
    """So that the law above has something to hold."""
    found = har.usual(At(ENTRY, "log.entries[0]", 1), 1)
    assert found is not None
    assert found.cookies == ("secret", "set")
    assert found.request.headers.get(":method") is None


@pytest.mark.parametrize(("status", "came"), [(0, False), (-1, False), (1, True), (200, True)])
def test_a_response_with_a_status_that_is_none_never_came(status: int, came: bool) -> None:
    """Whatever else is recorded of it."""
    entry = copy.deepcopy(ENTRY)
    entry["response"]["status"] = status
    place = At(entry, "log.entries[0]", 1)
    found = har.read(place, 1)
    assert (found.response is not None) is came
    assert (har.usual(place, 1) is not None) is came
