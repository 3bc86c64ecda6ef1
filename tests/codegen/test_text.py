"""Text of the document as one line, as sentences, and as a docstring."""

from __future__ import annotations

import ast

import pytest

from codegen.text import comment, docstring, first_sentence, one_line, sentence, sentences


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb\r\nc\td", "a b c d"),
        ("  a  ", "a"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("a\u2028b\u2029c\u0085d", "a b c d"),
        ("a\0b\x1bc\ufeffd\u200be", "a b c d e"),
        ("a\u202eb\ue000c\ud800d\U000e0001e", "a b c d e"),
        ("é\u0301 \U0001f600 漢", "é\u0301 \U0001f600 漢"),
        ("", ""),
    ],
)
def test_a_text_is_one_line_of_what_is_printed(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_comment_holds_no_directive() -> None:
    assert comment("a # type: ignore\n#b") == "a type: ignore b"


@pytest.mark.parametrize(
    ("text", "whole"),
    [("a", "a."), ("a.", "a."), ("a!", "a!"), ("a?", "a?"), ("a:", "a:."), ("", ""), (" \n", ""), ("a…", "a….")],
)
def test_a_sentence_ends_like_one(text: str, whole: str) -> None:
    assert sentence(text) == whole


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two", ["One.", "Two."]),
        ("One! Two? Three.", ["One!", "Two?", "Three."]),
        ("Up to 2.5 s, e.g. One, i.e. Two. Three.", ["Up to 2.5 s, e.g. One, i.e. Two.", "Three."]),
        ("One. two. Three.", ["One. two.", "Three."]),
        ("One. `two` is. \"Three\" too. (Four.) 'Five'.", ["One.", "`two` is.", '"Three" too.', "(Four.) 'Five'."]),
        ("One. 2 follow. X", ["One.", "2 follow.", "X."]),
        ("one", ["one."]),
        ("", []),
    ],
)
def test_a_description_has_sentences(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts
    assert first_sentence(text) == (parts[0] if parts else "")


def test_a_docstring_is_as_wide_as_it_may_be() -> None:
    """The quotes of its first line count; a list hangs, and an empty line is kept."""
    words = "a " * 120
    lines = docstring([words, "", f"- {words}"], 4).split("\n")
    assert [len(line) for line in lines] == [116, 113, 23, 0, 119, 119, 17, 7]
    assert [line[:8] for line in lines[4:6]] == ["    - a ", "      a "]
    assert lines[-1] == '    """'
    assert docstring(["One."], 0) == '"""One."""'


@pytest.mark.parametrize("word", ["a" * 130, "https://example.com/" + "a-" * 60 + "b", f"`{'x-' * 30}y`"])
def test_a_word_is_not_broken(word: str) -> None:
    """An address and a name stay whole, even where that makes a line too long."""
    assert word in docstring([f"{'One two three. ' * 6}{word} four."], 4)
    assert word in docstring([f"- {word} four."], 8)


@pytest.mark.parametrize(
    "text", ['ends in "', 'has """ inside', "ends in \\", '"begins', 'a " b', "\\N{BULLET}", '\\"""']
)
def test_a_docstring_reads_as_it_was(text: str) -> None:
    found = ast.parse(docstring([text], 0)).body[0]
    assert isinstance(found, ast.Expr)
    assert isinstance(found.value, ast.Constant)
    assert found.value.value == text
