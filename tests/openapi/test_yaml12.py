"""YAML is read by version 1.2."""

from __future__ import annotations

import re

import pytest
import yaml

from apicontract.openapi import yaml12


def test_yaml_is_read_by_version_1_2() -> None:
    """Words that YAML 1.1 takes for booleans, times and octal numbers are what they look like; keys are text."""
    text = (
        b"{on: off, y: no, at: 2025-08-01, time: 12:30:00, ten: 010, hex: 0x1F, oct: 0o17, big: 1e3, half: .5, none: ~,"
        b" no: null, yes: true, 200: ok}"
    )
    assert yaml12.load(text) == {
        "on": "off",
        "y": "no",
        "at": "2025-08-01",
        "time": "12:30:00",
        "ten": 10,
        "hex": 31,
        "oct": 15,
        "big": 1000.0,
        "half": 0.5,
        "none": None,
        "no": None,
        "yes": True,
        "200": "ok",
    }


@pytest.fixture(params=[True, False])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml, and without."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param and yaml.__with_libyaml__)


@pytest.mark.usefixtures("either")
def test_merge_keys_are_merged() -> None:
    text = b"a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: [*a, *b], x: 5}\nd: {'<<': 1}\n"
    found = yaml12.load(text)
    assert found["c"] == {"x": 5, "y": 2, "z": 4}
    assert found["d"] == {"<<": 1}


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a: 1\nb: {a: 1, a: 2}", "line 2, column 11: key 'a' twice"),
        (b"a: *none", "line 1, column 4: no value before this is named 'none'"),
        (b"a: &a [*a]", "line 1, column 8: no value before this is named 'a'"),
        (b"a: !!python/name:os.system x", "line 1, column 4"),
        (b"? [a]\n: b", "line 1, column 3: a key must be plain text"),
        (b"a: 1\n---\nb: 2", "line 2, column 1"),
        (b"[" * 600 + b"]" * 600, "nested too deeply"),
        (b"a: {<<: 5}", "line 1, column 9: a merge key needs a mapping"),
    ],
)
def test_what_is_not_read_is_located(text: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        yaml12.load(text)


@pytest.mark.usefixtures("either")
def test_aliases_cannot_stand_for_all_the_memory_there_is() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ValueError, match="aliases expand to too many values"):
        yaml12.load("\n".join(lines).encode())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("null", "Null", "NULL", "~", "")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, word) for word in ("yes", "no", "on", "tRUE", "nULL", "2026-01-01", "1_000", "0b1", "1:30", "+", ".")),
        *(
            ("0o17", 15),
            ("0x1F", 31),
            ("-017", -17),
            ("+5", 5),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("-.5E-1", -0.05),
        ),
        *(('"5"', "5"), ("'null'", "null"), ("!!str 5", "5"), ("! 5", "5"), ("!!int '5'", 5)),
    ],
)
def test_a_plain_word_is_read_by_the_core_schema(text: str, value: object) -> None:
    found = yaml12.load(f"a: {text}".encode())["a"]
    assert (found, type(found)) == (value, type(value))


def test_a_mapping_keeps_its_own_where_it_merges_others() -> None:
    found = yaml12.load(
        b"base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\na: {<<: *b, x: 5}\nc: {<<: [*b, *o]}\nd: {'<<': 1}"
    )
    assert found["a"] == {"x": 5, "y": 2}
    assert found["c"] == {"x": 1, "y": 2, "z": 4}
    assert found["d"] == {"<<": 1}


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"a: &x 5\nb: *x", {"a": 5, "b": 5}),
        (b"&k a: 1\nb: *k", {"a": 1, "b": "a"}),
        (b"a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
        (b"a: &x {n: &y [1]}\nb: [*x, *y]", {"a": {"n": [1]}, "b": [{"n": [1]}, [1]]}),
        (
            b"a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: *a, <<: *b}",
            {"a": {"x": 1}, "b": {"x": 2, "y": 3}, "c": {"x": 1, "y": 3}},
        ),
        (b"a: {z: 1, <<: {z: 2, w: 3}, b: 4}", {"a": {"w": 3, "z": 1, "b": 4}}),
        (b"", None),
        (b"--- 5", 5),
        (b"1: a\n1.0: b\n~: c\ntrue: d", {"1": "a", "1.0": "b", "~": "c", "true": "d"}),
    ],
)
def test_anchors_and_merge_keys(text: bytes, value: object) -> None:
    """The latest of a name counts; of what is merged, the first; keys are text as written."""
    found = yaml12.load(text)
    assert found == value


@pytest.mark.usefixtures("either")
def test_a_value_cannot_be_part_of_itself_also_if_its_name_was_used_before() -> None:
    with pytest.raises(ValueError, match="line 2, column 8: no value before this is named 'x'"):
        yaml12.load(b"a: &x 1\nb: &x [*x]")


@pytest.mark.usefixtures("either")
def test_five_hundred_levels_are_read() -> None:
    found = yaml12.load(b"[" * 500 + b"]" * 500)
    for _ in range(499):
        (found,) = found
    assert found == []
    with pytest.raises(ValueError, match="line 1, column 501: nested too deeply"):
        yaml12.load(b"[" * 501 + b"]" * 501)
