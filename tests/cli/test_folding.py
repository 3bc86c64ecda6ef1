"""Lines are wrapped at spaces to the width of a terminal; lines to copy are not."""

from __future__ import annotations

import pytest
from rich.text import Text

from apicontract.cli import terminal
from apicontract.cli.terminal import folded

LINE = "  books.list: query.sort: `sort` was removed"


@pytest.mark.parametrize(
    ("line", "width", "expected"),
    [
        (LINE, None, [LINE]),
        (LINE, 80, [LINE]),
        (LINE, len(LINE), [LINE]),
        (LINE, 24, ["  books.list:", "    query.sort: `sort`", "    was removed"]),
        (LINE, 5, ["books.list:", "    query.sort:", "    `sort`", "    was", "    removed"]),
        ("      curl 'https://a.example/b' -H 'x: y'", 20, ["      curl 'https://a.example/b' -H 'x: y'"]),
        ("new: #/components/schemas/A", 10, ["new:", "  #/components/schemas/A"]),
        ("", 10, [""]),
    ],
)
def test_a_line_is_folded_between_words(line: str, width: int | None, expected: list[str]) -> None:
    assert list(folded([line], width)) == expected


def test_no_word_is_lost() -> None:
    lines = ["- a semi-detached house", "well-known words - and more"]
    assert " ".join(" ".join(folded(lines, 12)).split()) == " ".join(lines)


@pytest.mark.parametrize(
    ("is_terminal", "columns", "width"),
    [
        *((False, columns, 80) for columns in ("", "x", "-30", "19", "101", "1000")),
        *((False, str(columns), columns) for columns in (20, 80, 100)),
        *((True, str(columns), width) for columns, width in ((10, 20), (20, 20), (90, 90), (100, 100), (200, 100))),
    ],
)
def test_text_has_the_width_of_the_terminal_up_to_a_hundred(
    is_terminal: bool, columns: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda _: is_terminal)
    monkeypatch.setenv("COLUMNS", columns)
    for wrap, longest in ((True, width), (False, 1000)):
        terminal.show(Text("a" * 1000), wrap=wrap)
        assert max(map(len, capsys.readouterr().out.splitlines())) == longest
