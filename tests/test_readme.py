"""The README and similar files name existing files, the figures of the latest run, and the layers that are enforced."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPEED = ROOT / "docs" / "explain" / "speed.md"
PAGES = [path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")] if path.is_file()]


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL))
    for link in links:
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings], link


def test_the_readme_is_short_and_has_what_a_newcomer_looks_for() -> None:
    readme = (ROOT / "README.md").read_text()
    assert readme.count("\n") <= 150
    for heading in (
        "Install",
        "An example",
        "In your tests",
        "On the command line",
        "The client",
        "What is not checked",
    ):
        assert f"\n## {heading}\n" in readme


def test_the_targets_met_are_those_of_the_latest_run() -> None:
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text()
    counted = re.search(r"^(\d+) of (\d+) targets met", results, re.MULTILINE)
    assert counted
    met, asked = counted.groups()
    assert f"Of {asked} targets the latest run met {met};" in " ".join(SPEED.read_text().split())


def test_the_rooms_of_the_architecture_are_there() -> None:
    """Each file, and each registry in it."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = re.findall(r"^\|.*\| `(src/[\w/.]+)`(?:: `(\w+)`)?", text, re.MULTILINE)
    assert len(rooms) == 11
    for path, registry in rooms:
        place = ROOT / path / ("__init__.py" if path.endswith("/") else "")
        assert re.search(rf"^{registry}\b", place.read_text(), re.MULTILINE), f"{path}: {registry}"
    passed = re.findall(r"`(\w+/[\w/]+)(?:\.py)?`", text)
    engine = ROOT / "src" / "apicontract"
    assert [p for p in passed if not any((at / p).exists() or (at / f"{p}.py").exists() for at in (engine, ROOT))] == []


def test_the_layers_of_the_architecture_are_those_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (held,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    text = (ROOT / "ARCHITECTURE.md").read_text().split("## Layers")[1].split("## ")[0]
    rows = [set(re.findall(r"`(\w+)`", row.split("|")[1])) for row in text.split("\n") if row.startswith("| `")]
    assert rows == [{name for name in layer.split(" | ") if not name.startswith("(")} for layer in held]
