"""Print the lowest version that each range of `pyproject.toml` admits, as pip takes it: `httpx==0.28`.

    python -m tests.lowest

`make test-lowest` installs these, and runs the tests of the parts that users run.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def lowest() -> Iterator[str]:
    """Yield a requirement for each package that a user can install; `ValueError` for one without a lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for line in [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]:
        requirement = Requirement(line)
        if requirement.name == project["name"]:  # an extra that is made of others
            continue
        from_ = [one.version for one in requirement.specifier if one.operator in (">=", "==")]
        if not from_:
            raise ValueError(f"{line}: a range needs a lowest version")
        marker = f"; {requirement.marker}" if requirement.marker else ""
        yield f"{requirement.name}=={from_[0]}{marker}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lowest()))
