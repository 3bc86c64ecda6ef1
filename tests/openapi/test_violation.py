"""The excerpt of a value, as a violation shows it."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.secrets import secrets
from apicontract.openapi.violation import (
    EXCERPT_LENGTH,
    TEXT_LENGTH,
    Violation,
    excerpt,
    plain,
    printable,
    where,
    without,
)


@pytest.mark.parametrize("value", ["x" * 500, ["x" * 50] * 50, {f"key{i}": "x" * 50 for i in range(50)}])
def test_an_excerpt_is_short(value: Any) -> None:
    assert len(excerpt(value)) == EXCERPT_LENGTH


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 77, f'"{"x" * 77}"'),
        ("x" * 78, f'"{"x" * 78}"'),
        ("x" * 79, f'"{"x" * 78}…'),
        ({1: "é"}, '{"1": "é"}'),
        (None, "null"),
        ({1}, "<set>"),
    ],
)
def test_an_excerpt_is_json(value: Any, shown: str) -> None:
    assert excerpt(value) == shown


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("a", 0, "b_c"), "body.a[0].b_c"),
        (("x-y",), "body.x-y"),
        (("a b",), 'body["a b"]'),
        (("1",), 'body["1"]'),
        (("é",), "body.é"),
        (("日 本",), 'body["日 本"]'),
        ((), "body"),
    ],
)
def test_a_place_is_written(path: tuple[str | int, ...], found: str) -> None:
    assert where("body", path) == found


def test_texts_are_short_and_control_nothing() -> None:
    assert plain("a" * TEXT_LENGTH) == "a" * TEXT_LENGTH
    assert plain("a" * (TEXT_LENGTH + 1)) == "a" * (TEXT_LENGTH - 1) + "…"
    assert plain("abcdef", 4) == "abc…"
    assert printable("a\nb\x1b[0m\u202e") == "a\\nb\\x1b[0m\\u202e"
    assert printable("  ::error::a ::b") == r"  \x3a:error::a ::b"
    assert printable("a ::b") == "a ::b"
    assert printable("##[error]a") == r"#\x23[error]a"


def test_a_violation_is_written_on_one_line_without_secrets() -> None:
    found = Violation("op", "body\n.a", "type", "wrong\n" + "x" * TEXT_LENGTH, "/a~1b", "")
    assert str(found).startswith("op: body\\n.a: wrong\\nx")
    assert str(found).endswith("…, got  [type, #/a~1b]")
    assert str(Violation(None, "url", "undeclared", "m", "")) == "url: m [undeclared, #]"
    held = Violation("op", "query.tlk_12345678", "type", "is tlk_12345678", "/tlk_12345678", '"tlk_12345678"')
    taken = without(held, secrets("tlk_12345678"))
    assert (taken.where, taken.message, taken.excerpt) == ("query.[secret]", "is [secret]", '"[secret]"')
    assert without(taken, secrets("tlk_12345678")) is taken
