"""Every command and every piece of code in README.md, docs/ and examples/README.md has the shown result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manual.pages import MARKS, ROOT, Block, blocks, matches, pages
from tests.manual.reader import reading

PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]


def follow(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *, in_shell: bool) -> None:
    """Do what a page says, and name the line of the block that is not so."""
    with reading(folder, monkeypatch, in_shell=in_shell) as reader:
        for block in blocks(page):
            try:
                reader.follow(block)
            except Exception as error:
                error.add_note(f"{page.relative_to(ROOT)}:{block.line}")
                raise


@pytest.mark.parametrize("page", PAGES)
def test_code_and_commands_of_this_package_do_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process; of programs that take long, names and options are looked up."""
    follow(page, tmp_path, monkeypatch, in_shell=False)


@pytest.mark.deep
@pytest.mark.parametrize("page", PAGES)
def test_every_command_does_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In new shells, with the servers that a page starts."""
    follow(page, tmp_path, monkeypatch, in_shell=True)


def test_every_mark_is_known() -> None:
    """A comment that is spelt wrong would mark nothing."""
    found = [(page.name, block.line, block.mark) for page in pages() for block in blocks(page) if block.mark]
    assert found
    assert [place for place in found if place[2] not in MARKS] == []


@pytest.mark.parametrize(
    ("expected", "missing"),
    [("a\nc", ""), ("a…\nd", ""), ("a\n…\nd", ""), ("c\na", "a"), ("b…x", "b…x"), ("", "")],
)
def test_text_is_compared_line_by_line_and_in_order(expected: str, missing: str) -> None:
    assert matches(expected, "a\nb\nc\nd\n") == missing


def test_a_block_that_is_wrong_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of block: what is printed, a status, an option, a program, a language."""
    wrong = [
        [Block(1, "python", "print(1)\n"), Block(3, "text", "2\n")],
        [Block(1, "python", "raise ValueError\n")],
        [Block(1, "sh", "twelvelabs-contract operations --no-such-option\n")],
        [Block(1, "sh", "twelvelabs-contract serve --no-such-option\n")],
        [Block(1, "sh", "pytest --contract-nothing\n")],
        [Block(1, "sh", "make nothing\n")],
        [Block(1, "sh", "pip install '.[nothing]'\n")],
        [Block(1, "sh", "nothing\n")],
        [Block(1, "yaml", "a: 1\n")],
    ]
    with reading(tmp_path, monkeypatch, in_shell=False) as reader:
        for *before, last in wrong:
            for block in before:
                reader.follow(block)
            with pytest.raises((AssertionError, ValueError)):
                reader.follow(last)
