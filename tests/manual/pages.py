"""The blocks of a page, and the comment that can be before each.

A comment on the line before a block, which no reader sees, is one of

    <!-- file: NAME -->         the block is this file of the reader's project
    <!-- append: FILE -->       its lines go to the end of this file of the repository
    <!-- append below KEY: FILE -->  or below the line `KEY:` of it
    <!-- exit: 1 -->            the commands end with this status
    <!-- in: repository -->     the commands are run at the top of the repository
    <!-- not run: WHY -->       the block is not run, nor is what it prints compared

A block of text is what the block before it prints; `…` stands for anything, and alone on a line for any lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKS = ("file", "append", "append below paths", "exit", "in", "not run")
_BLOCK = re.compile(r"^(?:<!-- ([^:\n]+): ([^\n]+) -->\n)?^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    line: int
    """The first line of its text in the page, from 1."""
    language: str
    text: str
    mark: str = ""
    value: str = ""


def pages() -> list[Path]:
    """Return the pages whose blocks are for the reader to do; two are written by programs, and the reference is."""
    manual = [page for page in sorted(ROOT.glob("docs/**/*.md")) if "reference" not in page.parts]
    return [ROOT / "README.md", ROOT / "examples" / "README.md", *(p for p in manual if p.name != "changes.md")]


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page, without the directives of the site."""
    text = page.read_text()
    found: list[Block] = []
    for match in _BLOCK.finditer(text):
        mark, value, language, body = match.groups()
        if not language.startswith("{"):
            found.append(Block(text.count("\n", 0, match.start(4)) + 1, language, body, mark or "", value or ""))
    return found


def matches(expected: str, output: str) -> str:
    """Return the first line of a block of text that the output has not, after those before it; nothing if all are."""
    lines = iter(output.splitlines())
    for wanted in expected.splitlines():
        pattern = ".*".join(map(re.escape, wanted.rstrip().split("…")))
        if wanted.strip() not in ("", "…") and not any(re.fullmatch(pattern, line.rstrip()) for line in lines):
            return wanted
    return ""
