"""The documents of a folder, as they are or compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from apicontract.openapi.document import Document, parse

SUFFIXES = (".json", ".yaml", ".yml")


def files(folder: Path) -> Iterator[Path]:
    """Yield the files that hold a document, by name."""
    for path in sorted(folder.iterdir()):
        if plain_name(path).suffix in SUFFIXES:
            yield path


def plain_name(path: Path) -> Path:
    """Return the path of a document without the suffix of its compression."""
    return path.with_suffix("") if path.suffix == ".gz" else path


def read(path: Path) -> bytes:
    """Return the text of a document."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def load(path: Path) -> Document:
    """Load a document, compressed or not."""
    return Document(parse(read(path), plain_name(path)))
