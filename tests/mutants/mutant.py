"""One change of the code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    file: str
    """Below the root of the project."""
    function: str
    """The dotted name of the function or class that it stands in, `""` for the module."""
    line: int
    operator: str
    before: str
    after: str
    start: int
    """Where the text to replace begins, in bytes."""
    number: int
    """Which it is of those at one place with the same texts."""

    @property
    def package(self) -> str:
        """The package that is measured: `apicontract.wire`, or `codegen`."""
        steps = Path(self.file).parts
        steps = steps[1:] if steps[0] == "src" else steps
        return ".".join(steps[:2] if steps[0] == "apicontract" and len(steps) > 2 else steps[:1])

    @property
    def name(self) -> str:
        """What it is called in the list of equivalent mutants: nothing that other lines change."""
        number = f" #{self.number}" if self.number else ""
        return f"{self.file}:{self.function}: {short(self.before)} -> {short(self.after)}{number}"

    def applied(self, source: bytes) -> bytes:
        """Return the changed file."""
        before = self.before.encode()
        if source[self.start : self.start + len(before)] != before:
            raise ValueError(f"{self.name}: the file is another than the mutant was made of")
        return source[: self.start] + self.after.encode() + source[self.start + len(before) :]


def short(text: str) -> str:
    """Write a text in one line."""
    return " ".join(text.split())
