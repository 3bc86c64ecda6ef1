"""What the laws choose from: lists of values, of which each is there because something breaks at it alone.

A value that is left out of such a list is tried no more, and no law fails; so the lists are here a second time.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st

from tests.laws.laws import WORLDS, Law, all_laws
from tests.laws.subjects import RELEASE
from tests.laws.trial import Trial

pytestmark = pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")

AUGUST = replace(WORLDS[-1], usual=None)
"""A document that does not change any more."""
OFFERED: dict[str, list[list[Any]]] = {
    "an error on a page is raised after the items before it": [[400, 401, 404, 500, 503]],
    "an identifier that can be no path segment is refused": [["task_id"], ["", ".", ".."]],
    "every valid answer is read, and nothing is lost": [[200]],
    "any empty success will do where none has a body": [[200, 201, 202, 203, 204, 205, 206, 226]],
    "a documented refusal is its own error, and says why": [[400, 401, 418, 500]],
    "a refusal documented as empty is its own error": [[429]],
    "a refusal that nobody documented is its own error": [
        [400, 401, 403, 404, 409, 410, 413, 422, 429, 418, 500, 502, 503],
        [
            *(b"", b" ", b"<html><body>Bad gateway</body></html>", b"\xff\xfe", b"null", b"[]", b'"text"', b"5"),
            *(b'{"detail": "other"}', b'{"code": 7, "message": ["text"]}'),
        ],
        ["application/json", "text/html", ""],
    ],
    "an answer that cannot be read is an error of its own": [
        [b"", b"<html>", b"{", b"[]", b'"text"', b"\xff", b'{"a": NaN'],
    ],
    "a request that was refused arrives again as it was": [[0, 1, 30]],
    "what fails is sent again where that is safe, as often as asked": [
        [
            *("429", "429, in 7 s", "429, in 40 s", "503, in 1 s", "503", "500", "502", "504", "408"),
            *("no connection", "no connection in time", "no answer in time", "broken off", "400", "404", "409", "501"),
        ],
        [None, 0, 3],
    ],
    "what means the same is judged the same": [
        ["", "; charset=UTF-8", ';CHARSET="utf-8"'],
        [None, 1, "\t"],
        ["x", "0123456789" * 7, "--dashes--", "'quotes'"],
    ],
    "both clients do the same": [
        [
            *("a success", "a refusal", "a refusal of the key", "too many", "a fault", "a redirect", "nothing"),
            *("no JSON", "another shape"),
        ],
    ],
    "the checker finds exactly what is wrong with one": [["event_streams", "broken_event_streams"]],
}
"""By law: the lists that it chooses from while it tries the first of its operations."""


def _chosen_from(claim: str, monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """Try a law, and return the lists that it chooses from."""
    found: list[list[Any]] = []
    real = st.sampled_from

    def recorded(elements: Any) -> Any:
        if sys._getframe(1).f_globals["__name__"].startswith(f"{__package__}.test_"):
            found.append([*elements])
        return real(elements)

    law = _law(claim)  # which imports the modules of all laws
    monkeypatch.setattr(st, "sampled_from", recorded)
    _run(law)
    return [one for number, one in enumerate(found) if one not in found[:number]]


def _law(claim: str) -> Law:
    return next(law for law in all_laws() if law.claim == claim)


def _run(law: Law, effort: float = 1) -> None:
    subject = AUGUST.subjects[0] if law.subjects else None
    law.run(AUGUST, next(iter(law.operations(AUGUST))), subject, shrink=False, effort=effort)


def _name(value: Any) -> Any:
    """Return what stands for a value: itself, or its name."""
    if isinstance(value, tuple):
        value = value[0]
    return getattr(value, "__name__", value)


@pytest.mark.parametrize("claim", OFFERED)
def test_a_law_chooses_from_all_that_it_is_meant_to_try(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [[*map(_name, one)] for one in _chosen_from(claim, monkeypatch)] == OFFERED[claim]


FAILED: dict[str, tuple[object, ...]] = {
    "429": (429, None),
    "429, in 7 s": (429, "7"),
    "429, in 40 s": (429, "40"),
    "503, in 1 s": (503, "1"),
    **{str(status): (status, None) for status in (503, 500, 502, 504, 408, 400, 404, 409, 501)},
    "no connection": (httpx.ConnectError,),
    "no connection in time": (httpx.ConnectTimeout,),
    "no answer in time": (httpx.ReadTimeout,),
    "broken off": (httpx.ReadError,),
}


def _happens(failure: Any) -> tuple[object, ...]:
    try:
        response = failure.happen(httpx.Request("GET", "https://any.test"))
    except httpx.TransportError as error:
        return (type(error),)
    return response.status_code, response.headers.get("retry-after")


def test_an_attempt_fails_as_its_name_says(monkeypatch: pytest.MonkeyPatch) -> None:
    failures, _ = _chosen_from("what fails is sent again where that is safe, as often as asked", monkeypatch)
    assert {failure.name: _happens(failure) for failure in failures} == FAILED


@pytest.mark.parametrize(
    ("claim", "effort", "values"),
    [
        ("whatever a token holds, it comes back as it was given", 20, ("a/b", "c?d=e", "f g", "%2F", "é")),
        (
            *("any other identifier is one path segment, and reads back equal", 120),
            ("a/b", "../tasks?x=1", "?", "#", "%", "%2F", "%2e%2e", "a b", "+", ";", ":", "@", "\\", "//", "é"),
        ),
    ],
)
def test_texts_that_mean_something_else_unencoded_are_drawn(
    claim: str, effort: float, values: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And others."""
    law, drawn = _law(claim), set[str]()
    real = Trial.draw

    def recorded(trial: Trial, strategy: Any) -> Any:
        value = real(trial, strategy)
        drawn.update(value if isinstance(value, list) else [value])
        return value

    monkeypatch.setattr(Trial, "draw", recorded)
    _run(law, effort)
    assert {*values} < drawn
