"""A code fault: a text that stands exactly once in a file, and what stands there instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class CannotPlant(Exception):
    """A fault has no place any more: the text that it replaces is gone, or is no longer the only one."""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One code fault."""

    name: str
    file: str
    """Relative to the project's root."""
    old: str
    """The text to replace: as little as tells its place, so that it outlives edits around it."""
    new: str
    tests: tuple[str, ...]
    """Arguments of pytest that name the tests which concern it."""

    @property
    def label(self) -> str:
        """The file's name and the fault's."""
        return f"{self.file.removeprefix('src/twelvelabs_contract/')}: {self.name}"

    @property
    def change(self) -> str:
        """The text, and what stands there instead."""
        return f"{self.old!r} becomes {self.new!r}"

    def edit(self, root: Path) -> tuple[Path, str]:
        """Replace the text."""
        path = root / self.file
        if not path.is_file():
            raise CannotPlant(f"{self.file} does not exist")
        text = path.read_text()
        count = text.count(self.old)
        if count != 1:
            raise CannotPlant(f"the text to replace occurs {count} times: {self.old!r}")
        changed = text.replace(self.old, self.new)
        try:
            compile(changed, self.file, "exec")
        except SyntaxError as error:
            raise CannotPlant(f"the replacement is no Python: {error}") from None
        return path, changed


def faults_in(file: str, *tests: str, root: str = "src/twelvelabs_contract") -> Callable[..., Fault]:
    """Return a maker of the faults of one file, with the tests that concern it."""

    def fault(name: str, old: str, new: str, *own_tests: str) -> Fault:
        return Fault(name, f"{root}/{file}", old, new, own_tests or tests)

    return fault
