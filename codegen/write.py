"""Compare a package with what it should be, and replace it as a whole or not at all.

The new package is built beside the old one, on the same file system, and takes its place by renaming. A file whose
bytes do not change is linked, not copied, so it keeps its time of change. Whatever goes wrong on the way, the old
package is put back before the error goes on.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codegen import manifest
from codegen.emit import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotOurs(Exception):
    """Something stands where the package belongs that no run of this program wrote."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One file that is not what it should be."""

    path: str
    kind: str
    """`differs`, `missing`, or `stale` for a file that should not be there."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}"


def differences(out: Path, package: str, files: Mapping[str, bytes]) -> list[Difference]:
    """Return how the package that stands there differs from what it should be, sorted by path.

    Raises `NotOurs` if it is no generated package, because writing would remove it.
    """
    directory = out / package
    _refuse_foreign(directory)
    present = set(manifest.tree(directory))
    found = [Difference(f"{package}/{path}", "stale") for path in present - files.keys()]
    for path, content in files.items():
        place = directory / path
        if path not in present:
            found.append(Difference(f"{package}/{path}", "missing"))
        elif place.is_symlink() or place.read_bytes() != content:
            found.append(Difference(f"{package}/{path}", "differs"))
    return sorted(found)


def write(out: Path, package: str, files: Mapping[str, bytes], recorded: bytes) -> None:
    """Make the package and its manifest what they should be, all of it or nothing; what is right is not touched."""
    changed = bool(differences(out, package, files))
    place = manifest.location(out, package)
    if not changed and place.is_file() and place.read_bytes() == recorded:
        return
    out.mkdir(parents=True, exist_ok=True)
    directory = out / package
    with tempfile.TemporaryDirectory(prefix=f".{package}-", dir=out, ignore_cleanup_errors=True) as name:
        stage = Path(name)
        (stage / "manifest").write_bytes(recorded)
        if changed:
            for path, content in files.items():
                _place(stage / "new" / path, content, directory / path)
        with contextlib.ExitStack() as undo:  # runs backwards, and only if something below fails
            if changed:
                if directory.exists():
                    os.rename(directory, stage / "old")
                    undo.callback(os.rename, stage / "old", directory)
                os.rename(stage / "new", directory)
                undo.callback(os.rename, directory, stage / "undone")
            os.replace(stage / "manifest", place)
            undo.pop_all()


def _place(place: Path, content: bytes, former: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if former.is_file() and not former.is_symlink() and former.read_bytes() == content:
        try:
            os.link(former, place)
        except OSError:  # a file system without links
            shutil.copy2(former, place)
    else:
        place.write_bytes(content)


def _refuse_foreign(directory: Path) -> None:
    """Refuse to touch a directory that holds something and whose front door does not bear our mark."""
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise NotOurs(f"{directory} is not a directory; remove it, or choose another --out or --package")
    door = directory / "__init__.py"
    if door.is_file() and door.read_bytes().startswith(MARK.encode()):
        return
    held = [path for path in manifest.tree(directory) if (directory / path).stat().st_size]
    if held:
        raise NotOurs(
            f"{directory} was not generated (it holds {held[0]}); remove it, or choose another --out or --package"
        )
