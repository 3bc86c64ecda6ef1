"""Text for people, with rich and without."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.cli.console import coloured
from apicontract.cli.terminal import Styled
from apicontract.openapi.violation import printable

WORDS = st.sampled_from(["a", " ", "\n", "::", "##[", "[b]", "[/b]", ":smile:", "\x1b[1m", "\u2028", "é", "漢"])
TEXTS = st.lists(WORDS, max_size=5).map(lambda words: "\n".join(map(printable, "".join(words).split("\n"))))


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "bold"])), min_size=1, max_size=4))
def test_text_without_rich_is_what_rich_writes_where_there_are_no_colours(parts: list[tuple[str, str]]) -> None:
    """Each part is printable, as all that is written is; what two of them become together is escaped alike."""
    styled = Styled(*parts[0])
    for part in parts[1:]:
        styled.append(*part)
    assert styled.written(io.StringIO()) == coloured(parts, terminal=False)


@pytest.mark.parametrize(
    ("variables", "terminal", "expected"),
    [
        ({}, True, "\x1b[1;31ma\x1b[0m\n"),
        ({}, False, "a\n"),
        ({"FORCE_COLOR": "1"}, False, "\x1b[1;31ma\x1b[0m\n"),
        ({"FORCE_COLOR": ""}, True, "a\n"),
        ({"FORCE_COLOR": "0"}, True, "a\n"),
        ({"FORCE_COLOR": "0"}, False, "a\n"),
        ({"FORCE_COLOR": "False"}, True, "a\n"),
        ({"FORCE_COLOR": "0", "TTY_COMPATIBLE": "1"}, True, "a\n"),
        ({"FORCE_COLOR": "2"}, False, "\x1b[1;31ma\x1b[0m\n"),
        ({"TTY_COMPATIBLE": "1"}, False, "\x1b[1;31ma\x1b[0m\n"),
        ({"TTY_COMPATIBLE": "0"}, True, "a\n"),
        ({"NO_COLOR": "1"}, True, "\x1b[1ma\x1b[0m\n"),
        ({"TERM": "dumb"}, True, "a\n"),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, False, "a\n"),
    ],
)
def test_the_environment_decides_about_colours(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], terminal: bool, expected: str
) -> None:
    for name, value in {"TERM": "xterm", **variables}.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    assert Styled("a", "bold red").written(stream) == expected
