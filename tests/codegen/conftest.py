"""Generated packages that several tests share."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from codegen.__main__ import Wanted, generate

HERE = Path(__file__).parent
BOOKSHOP = HERE / "documents" / "bookshop"
HOSTILE = HERE / "hostile"
PAYLOADS = (
    '"""',
    "'''",
    '"',
    "\\",
    '\\"""',
    'ends in "',
    "ends in \\",
    "a\nb",
    "a\rb",
    "a\r\nb",
    "a\fb",
    "a\u2028b\u2029c\u0085d",
    "a\0b",
    "\ud800",
    "\u202eabc\u2066",
    '"""\nimport os\n"""',
    "{x!r} %s \\N{BULLET} \\x41 \\u0041",
    "coding: utf-7",
    "type: ignore # noqa",
    "fmt: off",
    "- a list",
    ">>> 1 + 1",
)


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package, in memory and on disk."""

    name: str
    spec: Path
    files: dict[str, bytes]
    parent: Path


def document(name: str, folder: Path) -> Path:
    """Write a hostile document to the place where the reader expects one."""
    spec = folder / "spec"
    spec.mkdir()
    shutil.copy(HOSTILE / f"{name}.yaml", spec / "openapi.yaml")
    return spec


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return the content, modification time and identity of every file in a directory."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in files
    }


def _package(name: str, spec: Path, parent: Path) -> Package:
    files = generate(spec, Wanted(package=name))[name]
    for path, content in files.items():
        place = parent / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return Package(name, spec, files, parent)


@pytest.fixture(scope="session")
def bookshop(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Generate the client of another API."""
    return _package("bookshop_api", BOOKSHOP / "spec", tmp_path_factory.mktemp("bookshop"))


@pytest.fixture(scope="session")
def hostile_names(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Generate the client of an API whose names all have another meaning in Python."""
    folder = tmp_path_factory.mktemp("names")
    return _package("names_api", document("names", folder), folder)


@pytest.fixture(scope="session")
def hostile_strings(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Generate the client of an API whose strings all try to become code."""
    folder = tmp_path_factory.mktemp("strings")
    return _package("strings_api", document("strings", folder), folder)
