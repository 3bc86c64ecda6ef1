"""The README names files that are there, and the figures of the latest run of the benchmarks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_every_relative_link_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", README) if "://" not in link and not link.startswith("#")]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link.partition("#")[0]).exists()] == []


def test_the_targets_met_are_those_of_the_latest_run() -> None:
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text()
    counted = re.search(r"^(\d+) of (\d+) targets met", results, re.MULTILINE)
    assert counted
    met, asked = counted.groups()
    assert f"Of {asked} targets the latest run met {met};" in " ".join(README.split())
