"""A value of a recording at its place: what it is read as, what is said of one of another kind, and what is shown."""

from __future__ import annotations

import json
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.violation import Violation
from apicontract.traffic.recordings import cassette, har, nock, read
from apicontract.traffic.recordings.check import is_about_key
from apicontract.traffic.recordings.kinds import reader
from apicontract.traffic.recordings.model import (
    At,
    Defect,
    Recorded,
    RecordingInvalid,
    Unknown,
    Unreadable,
    label,
    origin_of,
)


def _at(value: Any) -> At:
    return At(value, "entry", 7)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (b"\xe9", "é"), (True, "true"), (False, "false"), (5, "5"), (1.5, "1.5"), (None, ""), ("", "")],
)
def test_a_scalar_is_written_as_in_the_file(value: Any, text: str) -> None:
    assert _at(value).scalar() == text


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), (-5, -5), (0, 0), ("200", 200), ("-1", -1), ("007", 7), ("9" * 9, 999_999_999)],
)
def test_a_whole_number_may_be_in_quotes(value: Any, number: int) -> None:
    assert _at(value).integer() == number


@pytest.mark.parametrize("value", [True, 1.5, "1.5", "", " 1", "1\n", "9" * 10, "\N{ARABIC-INDIC DIGIT FIVE}", [], {}])
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    with pytest.raises(RecordingInvalid, match=r"^line 7: entry: a whole number is needed, not "):
        _at(value).integer()


@pytest.mark.parametrize(
    ("value", "kind"),
    [("a", "text"), (b"a", "bytes"), (True, "a boolean"), (1, "a number"), (1.5, "a number"), ([], "a list")],
)
def test_what_is_of_another_kind_is_named(value: Any, kind: str) -> None:
    for way, wanted in (("mapping", "a mapping"), ("text", "text"), ("items", "a list"), ("members", "a mapping")):
        if kind == wanted:
            continue
        with pytest.raises(RecordingInvalid) as raised:
            list(getattr(_at(value), way)() or ())
        assert str(raised.value) == f"line 7: entry: {wanted} is needed, not {kind}"
        assert raised.value.line == 7


def test_what_is_missing_is_empty_or_said_to_be() -> None:
    missing = _at({"a": None, "b": [1]}).member("a")
    assert (missing.given, list(missing.items()), list(missing.members()), missing.scalar()) == (False, [], [], "")
    assert _at({}).member("c").where == "entry.c"
    assert [(item.value, item.where, item.line) for item in _at({"b": [1]}).member("b").items()] == [
        (1, "entry.b[0]", 7)
    ]
    assert [(name, item.where) for name, item in _at({"x": 1}).members()] == [("x", "entry.x")]
    for way, wanted in (("mapping", "a mapping"), ("text", "text"), ("integer", "a whole number")):
        with pytest.raises(RecordingInvalid, match=f"^line 7: entry.a: {wanted} is needed, and is missing$"):
            getattr(missing, way)()


def test_a_value_that_could_not_be_parsed_says_why_with_its_own_line() -> None:
    for way in ("mapping", "text", "integer", "scalar"):
        with pytest.raises(RecordingInvalid, match=r"^line 9: entry: broken$"):
            getattr(_at(Defect("broken", 9)), way)()
    assert str(RecordingInvalid("no\nline")) == r"no\nline"
    assert str(RecordingInvalid("no line", 0)) == "no line"


@pytest.mark.parametrize(
    ("url", "shown", "origin"),
    [
        ("https://u:p@a.test/b?c=d#e", "https://a.test/b", "https://a.test"),
        ("https://a.test#u@v", "https://a.test", "https://a.test"),
        ("https://a.test/b@c/d", "https://a.test/b@c/d", "https://a.test"),
        ("//u@a.test/b", "//a.test/b", "//a.test"),
        ("/b?c", "/b", "/b"),
    ],
)
def test_no_query_and_no_credentials_are_shown(url: str, shown: str, origin: str) -> None:
    assert label(3, "GET", url) == f"exchange 3: GET {shown}"
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("unknown", "where", "covered"),
    [
        ("body", "body", True),
        ("body", "body.a", True),
        ("body", "form.a[0]", True),
        ("body", "event[3].x", True),
        ("body", "bodyless", False),
        ("body", "header.a", False),
        ("form.a", "form.a", True),
        ("form.a", "form.a[1]", True),
        ("form.a", "form.a.b", True),
        ("form.a", "form.ab", False),
        ("form.a", "body", False),
        ("", "body", False),
        ("", "", False),
    ],
)
def test_what_is_unknown_covers_its_place_and_what_is_in_it(unknown: str, where: str, covered: bool) -> None:
    assert Unknown("request", unknown, "why").covers(where) is covered


def test_an_item_that_is_of_no_kind_spoils_no_other() -> None:
    definition = {"scope": "https://a.test:443", "method": "GET", "path": "/b", "status": 200, "response": ""}
    found = list(read(json.dumps([definition, {"scope": "only"}, definition]).encode()))
    assert [type(one) for one in found] == [Recorded, Unreadable, Recorded]
    with pytest.raises(RecordingInvalid, match="no nock recording"):
        list(read(json.dumps([{"scope": "only"}, definition]).encode()))


def test_a_list_at_the_top_is_of_the_kind_whose_keys_are_all_there() -> None:
    assert reader((), _at({"scope": "a", "method": "b", "request": {}})) is nock.read
    assert reader((), _at({"scope": "a", "request": {}})) is cassette.read
    assert reader(("interactions",), _at({"scope": "a"})) is cassette.read
    assert reader(("log", "entries"), _at({})) is har.read


@pytest.mark.parametrize(
    ("rule", "pointer", "about"),
    [("missing", "/security", True), ("type", "/security", False), ("missing", "/security/0", False)],
)
def test_what_is_about_a_missing_key(rule: str, pointer: str, about: bool) -> None:
    assert is_about_key(Violation("a", "header.key", rule, "message", pointer)) is about


reading = import_module("apicontract.traffic.recordings.read")
"""The module, whose name the package gives to the function."""


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_recording_in_a_zip_and_the_files_beside_it_have_their_bounds(
    beyond: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reading._MAX_ARCHIVED == 10 * reading.MAX_DECODED
    request = {"method": "POST", "url": "https://a.test/b", "headers": [], "postData": {"mimeType": "", "_file": "b"}}
    text = json.dumps({"log": {"entries": [{"request": request, "response": {"status": 0}}]}})
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.har", text)
        archive.writestr("b", "12345")
    (tmp_path / "b").write_text("12345")
    (tmp_path / "a.har").write_text(text)
    monkeypatch.setattr(reading, "MAX_DECODED", 5 - beyond)
    for name in ("a.zip", "a.har"):
        (found,) = read(tmp_path / name)
        assert isinstance(found, Recorded)
        assert found.request.body == (b"" if beyond else b"12345")
        assert [item.why.partition(": ")[2] for item in found.unknown if item.where == "body"] == (
            ["it has more than 4 bytes"] if beyond else []
        )
    monkeypatch.setattr(reading, "_MAX_ARCHIVED", len(text) - beyond)
    if beyond:
        with pytest.raises(RecordingInvalid, match=f"it has more than {len(text) - 1} bytes"):
            list(read(tmp_path / "a.zip"))
    else:
        assert len(list(read(tmp_path / "a.zip"))) == 1
