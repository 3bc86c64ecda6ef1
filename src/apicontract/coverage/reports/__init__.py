"""Report the coverage of a contract as a terminal table, JSON, JUnit XML, or one HTML page.

    reports.write(coverage, Path("coverage.html"))     # by suffix: .html, .json or .xml
    for line in reports.lines(coverage, width=100): print(line.text)

Every form has the same figures, in document order; the same coverage gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from apicontract.coverage import Coverage
from apicontract.coverage.reports.html import html
from apicontract.coverage.reports.junit import junit
from apicontract.coverage.reports.terminal import Line, lines

__all__ = ["FORMATS", "Line", "html", "junit", "lines", "writable", "write", "writer"]

FORMATS: dict[str, Callable[[Coverage], str]] = {".html": html, ".json": Coverage.to_json, ".xml": junit}
"""Functions that return a report, by the suffix of its file; add an entry for another form."""


def writer(path: Path) -> Callable[[Coverage], str]:
    """Return the function for the suffix of a file; raise `ValueError` for another suffix."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise ValueError(f"the suffix must be one of {', '.join(FORMATS)}")
    return found


def writable(path: Path) -> None:
    """Check before a long run that a report can be written; raise `ValueError` with the reason if not."""
    writer(path)
    if path.is_dir():
        raise ValueError("it is a directory; name a file")
    for folder in path.parents:
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder.name} is not a directory")


def write(coverage: Coverage, path: Path) -> None:
    """Write a report, and create missing folders; raise `ValueError` for the suffix, `OSError` for the file."""
    text = writer(path)(coverage)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
