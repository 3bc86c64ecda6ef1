"""Problems of a document: what is wrong, where, and how to fix it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem; problems sort by file, then line."""

    file: str
    """Relative to the folder that holds the spec directory, such as `spec/paths/tasks.yaml`."""
    line: int
    """Counted from 1; 0 if unknown."""
    pointer: str
    """A JSON pointer within that file, such as `#/get/operationId`."""
    message: str
    """What is wrong, as a statement."""
    fix: str
    """How to fix it, as an instruction."""

    def holds(self, other: Problem) -> bool:
        """Return whether another problem is at the same place, or inside it."""
        return self.file == other.file and f"{other.pointer}/".startswith(f"{self.pointer}/")

    def spoils(self, other: Problem) -> bool:
        """Return whether another problem can be a consequence of this one: of a reference that was not followed."""
        return self.holds(other) or replace(self, pointer=self.pointer.removesuffix("/$ref")).holds(other)

    def __str__(self) -> str:
        """Return one line: place, pointer, what is wrong, what to do."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.pointer}: {self.message}; {self.fix}"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: the file, the line (from 1), and the pointer inside that file."""

    file: str
    line: int
    pointer: str

    def problem(self, message: str, fix: str) -> Problem:
        """Return a problem at this location."""
        return Problem(self.file, self.line, self.pointer, message, fix)


class DocumentWrong(Exception):
    """The document cannot be used; `problems` has all problems, sorted, at least one."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("a wrong document has at least one problem")
        super().__init__("\n".join(map(str, self.problems)))
