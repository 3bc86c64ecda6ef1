"""What can be planted: the change of one file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class CannotPlant(Exception):
    """A fault has no place any more."""


class Planting(Protocol):
    """Something that can be planted: the change of one file."""

    @property
    def label(self) -> str:
        """Where it is planted, and its name."""

    @property
    def change(self) -> str:
        """What is changed."""

    def edit(self, root: Path) -> tuple[Path, str]:
        """Return the file to change below a project's root, and its new text. Raises `CannotPlant`."""
