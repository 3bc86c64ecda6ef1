"""Select the mutants of a day: the packages in turn, a line at random, and a mutant of it at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.mutants.tree import MUTATED


def files(root: Path) -> dict[str, list[str]]:
    """Return the files of each package."""
    found: dict[str, list[str]] = {}
    for place in MUTATED:
        for path in sorted((root / place).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            found.setdefault(package_of(name), []).append(name)
    return found


def package_of(file: str) -> str:
    """Return the package that a file is measured with."""
    return Mutant(file, "", 0, "", "", "", 0, 0).package


def sample(root: Path, seed: str, only: str = "") -> Iterator[Mutant]:
    """Yield mutants without end, each once, the same for the same seed and state of the project.

    `only` is a text that the names of files must hold.
    """
    from tests.mutants.operators import mutants

    known: dict[str, dict[int, list[Mutant]]] = {}
    packages = {name: kept for name, found in files(root).items() if (kept := [file for file in found if only in file])}
    lines = {
        file: (root / file).read_text(encoding="utf-8").count("\n") + 1 for found in packages.values() for file in found
    }
    draws = {name: random.Random(f"{seed} {name}") for name in packages}  # noqa: S311 - a sample, no secret
    seen: set[str] = set()
    while packages:
        for name, found in packages.items():
            for _ in range(200):
                draw = draws[name]
                (file,) = draw.choices(found, [lines[one] for one in found])
                if file not in known:
                    known[file] = {}
                    for mutant in mutants(root, file):
                        known[file].setdefault(mutant.line, []).append(mutant)
                here = known[file].get(draw.randint(1, lines[file]), ())
                if here and (mutant := draw.choice(here)).name not in seen:
                    seen.add(mutant.name)
                    yield mutant
                    break


def named(root: Path, name: str) -> Mutant | None:
    """Return the mutant of a name, if the code still has it."""
    from tests.mutants.operators import mutants

    file = name.partition(":")[0]
    if not (root / file).exists():
        return None
    return next((mutant for mutant in mutants(root, file) if mutant.name == name), None)
