"""Lines for reading are folded to a terminal at spaces; what is to be copied is not."""

from __future__ import annotations

import pytest

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
