"""Write strings of the document into Python source so that none of them can end its literal, docstring or comment.

A string of the document enters generated code only in one of three ways: as a literal through `repr`, as part of a
docstring through `docstring`, or as part of a comment through `one_line`.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 120
_SENTENCE = re.compile(r".*?(?<!e\.g)(?<!i\.e)[.!?](?= [A-Z0-9`\"'(]|$)")


@lru_cache(maxsize=1 << 14)  # most strings are the same on all days of a document
def one_line(text: str) -> str:
    """Reduce text to printable characters and single spaces.

    Control, format, private and unassigned characters and lone surrogates become spaces, and with them every line break
    that Python or an editor knows, NUL, and the marks that change the writing direction.
    """
    kept = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return " ".join("".join(kept).split())


def comment(text: str) -> str:
    """Return text for a comment: one line, without `#`, which could begin a directive for a tool."""
    return one_line(text.replace("#", " "))


def sentence(text: str) -> str:
    """Return text as one line that ends like a sentence."""
    line = one_line(text)
    return line if line.endswith((".", "!", "?")) or not line else f"{line}."


def first_sentence(text: str) -> str:
    """Return the first sentence of a description, which says what something is and in which unit."""
    line = one_line(text)
    found = _SENTENCE.match(line)
    return found[0] if found else sentence(line)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a description, each on one line."""
    line = one_line(text)
    at = 0
    while found := _SENTENCE.match(line, at):
        yield found[0]
        at = found.end() + 1
    if at < len(line):
        yield sentence(line[at:])


def docstring(lines: Iterable[str], indent: int) -> str:
    """Return lines as a docstring with an indentation; a line that begins with `- ` is wrapped with a hanging indent.

    Each line passes through `one_line`, so a document cannot add lines; empty lines are kept. Backslashes and quotes
    are escaped where necessary.
    """
    margin = " " * indent
    written: list[str] = []
    for line in map(one_line, lines):
        escaped = line.replace("\\", "\\\\")
        if '"""' in line or line.endswith('"'):
            escaped = escaped.replace('"', '\\"')
        hang = margin + ("  " if escaped.startswith("- ") else "")
        room = WIDTH - 6 if not written else WIDTH
        wrapped = textwrap.wrap(
            escaped, room, initial_indent=margin, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
        )
        written += wrapped or [""]
    text = "\n".join(written).strip()
    closing = f"\n{margin}" if "\n" in text else ""
    return f'{margin}"""{text}{closing}"""'
