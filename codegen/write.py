"""Compare packages with their expected content, and replace all of them or none.

A new package is built beside the old one, on the same file system, and replaces it by renaming. An unchanged file is
linked, not copied, so it keeps its modification time. If anything fails, the old packages are restored before the error
is raised.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codegen import manifest, staging
from codegen.emit import ADOPTED, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping


DATA = ("editions.json", "openapi.json", "py.typed")
"""The files of a package that are not Python, and have no mark."""


class NotOurs(Exception):
    """The place of a package contains something that this program did not write."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One file that differs from its expected content."""

    path: str
    kind: str
    """`differs`, `missing`, or `stale` for a file that should not be there."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}"


def differences(out: Path, package: str, files: Mapping[str, bytes]) -> list[Difference]:
    """Return how the existing package differs from its expected content, sorted by path.

    Raises `NotOurs` if it is not a generated package, because writing would remove it.
    """
    directory = out / package
    _refuse_foreign(directory)
    present = set(manifest.tree(directory))
    _refuse_other_files(directory, files)
    found = [Difference(f"{package}/{path}", "stale") for path in present - files.keys()]
    for path, content in files.items():
        place = directory / path
        if path not in present:
            found.append(Difference(f"{package}/{path}", "missing"))
        elif place.is_symlink() or place.read_bytes() != content:
            found.append(Difference(f"{package}/{path}", "differs"))
    return sorted(found)


def write(out: Path, packages: Mapping[str, Mapping[str, bytes]], place: Path, recorded: bytes) -> None:
    """Replace packages and their manifest, all or nothing; correct packages are not touched.

    Raises `NotOurs` if that would remove or overwrite files that no run wrote.
    """
    changed = {package: files for package, files in packages.items() if differences(out, package, files)}
    if not changed and place.is_file() and place.read_bytes() == recorded:
        return
    if not manifest.is_one(place):
        raise NotOurs(f"{place} is not a manifest of this program; remove it, or choose another --out")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f"{staging.PREFIX}{os.getpid()}-", dir=out, ignore_cleanup_errors=True
    ) as name:
        stage = Path(name)
        (stage / "manifest").write_bytes(recorded)
        for package, files in changed.items():
            for path, content in files.items():
                _place(stage / "new" / package / path, content, out / package / path)
        for folder in ("old", "undone"):
            (stage / folder).mkdir()
        with contextlib.ExitStack() as undo:  # runs backwards, and only after an error
            for package in changed:
                undo.callback(_put_back, stage, package, out / package)
                if (out / package).exists():
                    os.rename(out / package, stage / "old" / package)
                os.rename(stage / "new" / package, out / package)
            os.replace(stage / "manifest", place)
            undo.pop_all()


def _put_back(stage: Path, package: str, directory: Path) -> None:
    """Undo the steps that were taken for a package, however many there are."""
    if not (stage / "new" / package).exists():
        os.rename(directory, stage / "undone" / package)
    if (stage / "old" / package).exists():
        os.rename(stage / "old" / package, directory)


def _place(place: Path, content: bytes, former: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if former.is_file() and not former.is_symlink() and former.read_bytes() == content:
        try:
            os.link(former, place)
        except OSError:  # a file system without hard links
            shutil.copy2(former, place)
    else:
        place.write_bytes(content)


def _refuse_other_files(directory: Path, files: Mapping[str, bytes]) -> None:
    """Raise `NotOurs` rather than remove or overwrite files that no run wrote: notes, a `.git`, another module."""
    recorded = manifest.recorded(directory.parent, directory.name)
    others = [
        path
        for path in manifest.others(directory)
        if path not in recorded and not _is_ours(directory / path, path in files)
    ]
    if others:
        more = f", and {len(others) - 1} more" if len(others) > 1 else ""
        raise NotOurs(
            f"{directory} contains {others[0]}{more}, which this program did not write; move it away, or choose another"
            " --out or --package"
        )


def _is_ours(place: Path, written: bool) -> bool:
    """Return whether this program wrote a file, or it can be overwritten: an empty file, or a link."""
    if place.is_symlink():
        return written
    content = place.read_bytes()
    if place.suffix == ".py":
        return any(mark.encode() in content for mark in (MARK, ADOPTED)) or (written and not content)
    return written or place.name in DATA


def _refuse_foreign(directory: Path) -> None:
    """Raise `NotOurs` for a file, and for a non-empty directory whose `__init__.py` does not have our mark."""
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise NotOurs(f"{directory} is not a directory; remove it, or choose another --out or --package")
    door = directory / "__init__.py"
    if door.is_file() and door.read_bytes().startswith((MARK.encode(), ADOPTED.encode())):
        return
    held = [path for path in manifest.tree(directory) if (directory / path).stat().st_size]
    if held:
        raise NotOurs(
            f"{directory} was not generated (it contains {held[0]}); remove it, or choose another --out or --package"
        )
